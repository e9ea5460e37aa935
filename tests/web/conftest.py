"""The small house in which pages are tested."""

from collections.abc import Iterator

import pytest

from evalsvc.store.database import Database, metadata
from tests.conftest import Copy
from tests.postgres import Prepare
from tests.web import small_house
from tests.web.small_house import After, House, as_built

__all__ = ["House", "house", "house_after", "prepare"]


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
def house_after(sqlite_copy: Copy, prepare: Prepare) -> Iterator[After]:
    with small_house.copies(sqlite_copy, prepare) as after:
        yield after


@pytest.fixture
def house(house_after: After) -> House:
    """Three units, an open round and the one before, an account for each role."""
    return house_after(as_built)
