"""The small house on either database."""

from collections.abc import Iterator

import pytest

from tests.web import small_house
from tests.web.small_house import House


@pytest.fixture
def house(database_url: str) -> Iterator[House]:
    built = small_house.build(database_url)
    yield built
    built.office.database.close()
