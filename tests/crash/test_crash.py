"""Killed in the middle of saves: what clerks were told is kept, whole, on both databases."""

from pathlib import Path

import pytest

from tests import postgres
from tests.crash import crashing, deciding, uploading
from tests.crash.crashing import APPLICATION, DATABASE

SEED = "2026"
"""Always the same moments; `make crash` takes new ones and many more of them."""
SAVING, OTHERWISE = 4, 3
"""Rounds on each database: of saves, and of uploads and decisions each."""


def test_a_killed_service_loses_nothing_that_it_acknowledged_on_sqlite() -> None:
    tallies = [tally for _, tally in crashing.on_sqlite(SAVING, SEED)]

    assert len(tallies) == SAVING
    assert all(tally.acknowledged > 0 for tally in tallies)


@pytest.mark.skipif(postgres.binaries() is None, reason=postgres.ABSENT)
def test_a_killed_service_or_database_loses_nothing_on_postgresql() -> None:
    found = list(crashing.on_postgresql(SAVING, SEED))

    assert [name for name, _ in found] == [DATABASE, APPLICATION] * (SAVING // 2)
    assert all(tally.acknowledged > 0 for _, tally in found)


def test_a_killed_service_keeps_every_file_that_it_acknowledged_and_no_other(
    database_url: str, tmp_path: Path
) -> None:
    with uploading.scene(database_url, SEED, tmp_path / "files") as here:
        kept = [here.crash(number) for number in range(OTHERWISE)]

    assert kept[-1] > 0


def test_a_killed_service_has_decided_on_a_whole_block_or_on_nothing(database_url: str) -> None:
    with deciding.scene(database_url, SEED) as here:
        kept = [here.crash(number) for number in range(OTHERWISE)]

    assert len(kept) == OTHERWISE
