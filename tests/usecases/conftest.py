"""The small house on either database."""

from collections.abc import Iterator

import pytest

from tests.conftest import Copy
from tests.postgres import Prepare
from tests.web import small_house
from tests.web.small_house import After, House, as_built

BOTH = [
    pytest.param("sqlite_copy", id="sqlite"),
    pytest.param("postgres_copy", id="postgresql"),
]


@pytest.fixture(params=BOTH)
def database_copy(request: pytest.FixtureRequest) -> Copy:
    """The test runs once on each kind."""
    copy: Copy = request.getfixturevalue(request.param)
    return copy


@pytest.fixture
def house_after(database_copy: Copy, prepare: Prepare) -> Iterator[After]:
    with small_house.copies(database_copy, prepare) as after:
        yield after


@pytest.fixture
def house(house_after: After) -> House:
    return house_after(as_built)
