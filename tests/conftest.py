"""Databases for tests: each one new, prepared once, the same test on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from evalsvc.store import schema
from evalsvc.store.database import Database
from tests import postgres
from tests.postgres import Databases, Prepare

pytest_plugins = ["tests.live", "tests.browser", "tests.sharing"]

Copy = Callable[[Prepare], str]
"""The URL of a new database that is prepared in this way."""

BOTH = [pytest.param("sqlite_url", id="sqlite"), pytest.param("postgres_url", id="postgresql")]


def migrated(url: str) -> None:
    """All tables, made by the migrations."""
    database = Database(url)
    schema.upgrade(database)
    database.close()


@pytest.fixture(scope="session")
def prepare() -> Prepare:
    """What makes the tables; a folder of tests may say something else."""
    return migrated


class Files:
    """Files of SQLite, each a copy of a template that was prepared once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.templates: dict[Prepare, Path] = {}

    def fresh(self, prepare: Prepare, path: Path) -> str:
        if prepare not in self.templates:
            self.templates[prepare] = self._template(prepare)
        shutil.copyfile(self.templates[prepare], path)
        return f"sqlite:///{path}"

    def _template(self, prepare: Prepare) -> Path:
        folder = self.folder / str(len(self.templates))
        folder.mkdir()
        path = folder / "template.db"
        path.touch()
        prepare(f"sqlite:///{path}")
        left = sorted(each.name for each in folder.iterdir() if each != path)
        assert not left, f"a connection to the template is still open: {left}"
        return path


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return Files(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_databases() -> Iterator[Databases]:
    if not postgres.found():
        pytest.skip(postgres.ABSENT)
    with postgres.databases() as databases:
        yield databases


@pytest.fixture
def sqlite_copy(sqlite_files: Files, tmp_path: Path) -> Copy:
    return lambda prepare: sqlite_files.fresh(prepare, tmp_path / "evalsvc.db")


@pytest.fixture
def postgres_copy(postgres_databases: Databases) -> Iterator[Copy]:
    with ExitStack() as open_:
        yield lambda prepare: open_.enter_context(postgres_databases.one(prepare))


@pytest.fixture
def sqlite_url(sqlite_copy: Copy, prepare: Prepare) -> str:
    return sqlite_copy(prepare)


@pytest.fixture
def postgres_url(postgres_copy: Copy, prepare: Prepare) -> str:
    return postgres_copy(prepare)


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """A new database; the test runs once on each kind."""
    url: str = request.getfixturevalue(request.param)
    return url
