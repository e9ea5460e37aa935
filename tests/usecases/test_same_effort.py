"""What a page asks of the database does not grow with what waits on it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TypeVar

import pytest

from evalsvc.domain.access import Grant, Role
from evalsvc.domain.errors import NotFound
from evalsvc.store import people
from evalsvc.usecases import evidence_seen, own_mail, pace, reminders, review_queue, sheets
from evalsvc.usecases.review_queue import Asked
from evalsvc.usecases.work import Work
from tests.files import made
from tests.statements import counted
from tests.web.released import contested, released
from tests.web.small_house import ROUND, After, House, send_file

PDF = made.pdf(1)
_T = TypeVar("_T")


def queue(doing: Work) -> int:
    return review_queue.queue(doing, ROUND, Asked()).contested


def deadlines(doing: Work) -> int:
    found = people.get(doing.store, doing.actor.account or 0)
    assert found is not None
    return len(reminders.deadlines(doing, found))


def effort(house: House, who: str, look: Callable[[Work], _T]) -> tuple[_T, int]:
    """What is seen, and how many statements it takes when everything is known already."""
    with house.office.reading(house.actor(who)) as doing:
        look(doing)
        with counted(house.engine) as sent:
            found = look(doing)
    return found, len(sent)


@pytest.fixture
def ready(house_after: After) -> House:
    return house_after(released)


@pytest.mark.parametrize("look", [queue, deadlines])
def test_contested_lines_are_found_at_once_whatever_their_number(
    ready: House, look: Callable[[Work], int]
) -> None:
    contested(ready, "A2")
    _, one = effort(ready, "lead", look)
    for code in ("B1", "C2"):
        contested(ready, code)

    _, three = effort(ready, "lead", look)

    assert three == one


def test_the_queue_counts_contested_lines_without_loading_a_sheet(ready: House) -> None:
    none, statements = effort(ready, "lead", queue)
    for code in ("A2", "B1", "C2"):
        contested(ready, code)

    assert none == 0
    assert effort(ready, "lead", queue) == (3, statements)


def same_files(house: House) -> Callable[[Work], dict[str, list[str]]]:
    def look(doing: Work) -> dict[str, list[str]]:
        found = evidence_seen.same_files(doing, sheets.seen(doing, house.sheet()), "A1")
        return {sha256: [unit for unit, _, _ in theirs] for sha256, theirs in found.items()}

    return look


def test_other_units_with_a_file_are_found_at_once_whatever_their_number(house: House) -> None:
    for unit in ("so-noi-vu", "so-y-te"):
        send_file(house, unit, "A1", "chung.pdf", PDF, number="12/BC")
        house.fill(unit)
        house.submit(unit)
    look = same_files(house)
    one, statements = effort(house, "evaluator", look)
    send_file(house, "xa-binh-an", "A1", "chung.pdf", PDF, number="12/BC")
    house.fill("xa-binh-an")
    house.submit("xa-binh-an")

    two, again = effort(house, "evaluator", look)

    assert list(one.values()) == [["Sở Y tế"]]
    assert [sorted(units) for units in two.values()] == [["Sở Y tế", "Xã Bình An"]]
    assert again == statements


def test_a_file_that_another_unit_has_not_handed_in_is_not_told_of(house: House) -> None:
    for unit in ("so-noi-vu", "so-y-te"):
        send_file(house, unit, "A1", "chung.pdf", PDF, number="12/BC")
    house.fill("so-noi-vu")
    house.submit("so-noi-vu")

    assert effort(house, "evaluator", same_files(house))[0] == {}


def test_a_calendar_that_is_asked_for_too_often_costs_no_work(house: House) -> None:
    token = house.office.do(house.actor("lead"), own_mail.new_feed)
    for _ in range(pace.MOST):
        own_mail.feed(house.office, token)

    with counted(house.engine) as known:
        found = own_mail.feed(house.office, token)
    with counted(house.engine) as unknown, suppress(NotFound):
        own_mail.feed(house.office, "khong-co")

    assert found is None
    assert len(known) <= len(unknown) + 1


def test_whoever_is_named_for_other_lines_is_not_told_of_a_file(house: House) -> None:
    for unit in ("so-noi-vu", "so-y-te"):
        send_file(house, unit, "A1", "chung.pdf", PDF, number="12/BC")
        house.fill(unit)
        house.submit(unit)
    of = house.actor("evaluator")
    named = Grant(Role.EVALUATOR, round=2, lines=frozenset({"A2"}))
    house.people["evaluator"] = replace(of, grants=(named,))

    assert effort(house, "evaluator", same_files(house))[0] == {}
