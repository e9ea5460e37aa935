"""Killed in the middle of saves: what clerks were told is kept, whole, on both databases."""

import pytest

from tests import postgres
from tests.crash import crashing
from tests.crash.crashing import APPLICATION, DATABASE

SEED = "2026"
"""Always the same moments; `make crash` takes new ones and many more of them."""
ROUNDS = 10


def test_a_killed_service_loses_nothing_that_it_acknowledged_on_sqlite() -> None:
    tallies = [tally for _, tally in crashing.on_sqlite(ROUNDS, SEED)]

    assert len(tallies) == ROUNDS
    assert all(tally.acknowledged > 0 for tally in tallies)


@pytest.mark.skipif(postgres.binaries() is None, reason=postgres.ABSENT)
def test_a_killed_service_or_database_loses_nothing_on_postgresql() -> None:
    found = list(crashing.on_postgresql(ROUNDS, SEED))

    assert [name for name, _ in found] == [DATABASE, APPLICATION] * (ROUNDS // 2)
    assert all(tally.acknowledged > 0 for _, tally in found)
