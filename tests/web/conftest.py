"""The small house in which pages are tested."""

from collections.abc import Iterator

import pytest

from evalsvc.store.database import Database, metadata
from tests.postgres import Prepare
from tests.web import small_house
from tests.web.small_house import House

__all__ = ["House", "house", "prepare"]


@pytest.fixture(scope="session")
def prepare() -> Prepare:
    """Tables as they are today."""
    return _create


def _create(url: str) -> None:
    database = Database(url)
    with database.writing() as store:
        metadata.create_all(store)
    database.close()


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    """Three units, an open round and the one before, an account for each role."""
    built = small_house.build(sqlite_url)
    yield built
    built.office.database.close()
