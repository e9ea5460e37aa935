"""Deeds that PostgreSQL sends back, because two of them met: they are done again, up to a point."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from evalsvc.domain.access import SERVICE
from evalsvc.domain.windows import Task
from evalsvc.usecases import sheets, work
from evalsvc.usecases.sheets import Seen
from evalsvc.usecases.work import Work
from tests.conftest import Copy
from tests.postgres import Prepare
from tests.usecases.test_two_writers import SO, XA, answer
from tests.usecases.together import PATIENCE, at_once
from tests.web import small_house
from tests.web.small_house import House, as_built


@pytest.fixture
def on_postgresql(postgres_copy: Copy, prepare: Prepare) -> Iterator[House]:
    """Only there do two writers hold locks at the same time."""
    with small_house.copies(postgres_copy, prepare) as after:
        yield after(as_built)


def test_deeds_that_wait_for_each_other_are_both_done(on_postgresql: House) -> None:
    house = on_postgresql
    one, two = house.sheet(SO), house.sheet(XA)
    both_hold = Barrier(2, timeout=PATIENCE)
    tries: list[int] = []

    def lock(doing: Work, first: int, second: int) -> str:
        tries.append(first)
        doing.store.execute(text("SET LOCAL deadlock_timeout = '10ms'"))
        sheets.held(doing, first, Task.REVIEW)
        if tries.count(first) == 1:
            both_hold.wait()
        sheets.held(doing, second, Task.REVIEW)
        return "done"

    outcomes = at_once(
        partial(house.office.do, SERVICE, lock, one, two),
        partial(house.office.do, SERVICE, lock, two, one),
    )

    assert outcomes == ["done", "done"]
    assert len(tries) > 2  # who was sent back may meet the other once more


def test_a_deed_that_read_what_has_changed_since_is_done_again(on_postgresql: House) -> None:
    house = on_postgresql
    id_ = house.sheet()
    seen: list[str | None] = []

    def adjust(doing: Work) -> None:
        doing.store.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        seen.append(sheets.seen(doing, id_).lines["A2"].claim)
        if len(seen) == 1:
            house.office.do(house.actor("editor"), answer(house, "A2", "5/7", Seen(0)))
        sheets.held(doing, id_, Task.REVIEW)

    house.office.do(SERVICE, adjust)

    assert seen == [None, "5/7"]


def test_a_deed_that_is_always_overtaken_is_given_up(on_postgresql: House) -> None:
    house = on_postgresql
    id_ = house.sheet()
    tries: list[int] = []
    pauses: list[int] = []

    def adjust(doing: Work) -> None:
        doing.store.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        sheets.seen(doing, id_)
        change = answer(house, "A2", "5/7", Seen(len(tries)))
        house.office.do(house.actor("editor"), change)
        tries.append(1)
        sheets.held(doing, id_, Task.REVIEW)

    with pytest.raises(OperationalError):
        replace(house.office, pause=pauses.append).do(SERVICE, adjust)

    assert len(tries) == work.TRIES
    assert pauses == list(range(1, work.TRIES))
