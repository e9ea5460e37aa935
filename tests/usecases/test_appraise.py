"""Two seats on one line: what one does is no conflict for the other, who must not know of it."""

from dataclasses import replace

import pytest

from evalsvc.domain.access import SERVICE, Actor, Grant, Role
from evalsvc.domain.errors import Refused, Stale
from evalsvc.store import accounts
from evalsvc.usecases import appraise, bulk, evaluate
from evalsvc.usecases.bulk import Pick
from evalsvc.usecases.found import Found
from evalsvc.usecases.sheets import Seen
from tests.usecases.course_house import DOUBLE, CourseHouse
from tests.usecases.test_course_stories import (
    CLAIMED,
    by,
    course,
    differences,
    mark,
    seen,
    send_back,
    template,
)
from tests.web import reviewing
from tests.web.reviewing import with_parts
from tests.web.small_house import House

__all__ = ["course", "template"]

GIVEN = "C2"

LESS = Found("1; Đã kiểm tra.")


def adjust(here: CourseHouse, who: str, at: Seen) -> None:
    by(here, who, evaluate.adjust, DOUBLE, LESS, "Đã kiểm tra.", at)


def given(here: CourseHouse) -> list[tuple[int, str]]:
    return sorted((each.seat, each.value) for each in here.look().marks)


def test_the_second_seat_saves_from_the_page_that_was_open_before(course: CourseHouse) -> None:
    shown = seen(course, DOUBLE)
    mark(course, "seat1", DOUBLE, points=2)

    adjust(course, "seat2", shown)

    assert [seat for seat, _ in given(course)] == [1, 2]
    assert differences(course) == []


def test_ones_own_earlier_mark_is_a_conflict_in_a_second_window(course: CourseHouse) -> None:
    shown = seen(course, DOUBLE)
    mark(course, "seat2", DOUBLE)

    with pytest.raises(Stale):
        adjust(course, "seat2", shown)


def test_a_line_returned_meanwhile_is_a_conflict(course: CourseHouse) -> None:
    mark(course, "seat1", DOUBLE)
    shown = seen(course, DOUBLE)
    send_back(course, "seat1", DOUBLE)

    with pytest.raises(Stale):
        adjust(course, "seat2", shown)


def test_the_same_save_of_the_second_seat_twice_is_done_once(course: CourseHouse) -> None:
    shown = Seen(seen(course, DOUBLE).version, "same")
    mark(course, "seat1", DOUBLE)

    adjust(course, "seat2", shown)
    after = course.look()
    adjust(course, "seat2", shown)

    assert course.look().rows == after.rows


def test_a_batch_accepts_the_line_for_the_own_seat_alone(course: CourseHouse) -> None:
    pick = Pick(course.id, DOUBLE, seen(course, DOUBLE).version)
    mark(course, "seat1", DOUBLE)

    batch = course.office.do(course.people["seat2"], bulk.accept_all, [pick], "batch")

    assert [each.line for each in batch.done] == [DOUBLE]
    assert [value for seat, value in given(course) if seat == 2] == [CLAIMED]
    assert course.look().lines[DOUBLE].reviewed is None


def test_a_batch_of_one_seat_is_undone_before_the_other_has_marked(
    course: CourseHouse,
) -> None:
    pick = Pick(course.id, DOUBLE, seen(course, DOUBLE).version)
    seat2 = course.people["seat2"]
    batch = course.office.do(seat2, bulk.accept_all, [pick], "batch")

    undone = course.office.do(seat2, bulk.undo, batch.done, "undo")

    assert (len(undone.done), given(course)) == (1, [])


def test_a_line_that_somebody_else_is_named_for_is_left_by_a_batch(course: CourseHouse) -> None:
    pick = Pick(course.id, DOUBLE, seen(course, DOUBLE).version)

    batch = course.office.do(course.people["lead"], bulk.accept_all, [pick], "batch")

    assert [(each.line, why.message) for each, why in batch.left] == [(DOUBLE, "line-of-others")]


def test_nothing_stated_is_no_agreed_value_of_a_line_that_was_answered(course: CourseHouse) -> None:
    for who in ("seat1", "seat2"):
        mark(course, who, DOUBLE)

    with pytest.raises(Refused, match="nothing-stated"):
        by(course, "lead", appraise.agree, DOUBLE, Found(), "Thống nhất.", seen(course, DOUBLE))


def test_nothing_stated_is_no_agreed_value_of_a_line_that_reviewers_give(house: House) -> None:
    """A deduction left empty is not a deduction of nothing."""
    with_parts(house)
    id_ = house.sheet()
    for seat, name in enumerate(("seat-1", "seat-2"), 1):
        actor = seated(house, name, seat)
        said = GIVEN, Found(by_hand="2"), "Có đơn thư.", reviewing.seen(house, GIVEN)
        house.office.do(actor, evaluate.adjust, id_, *said)

    empty = GIVEN, Found(), "Thống nhất.", reviewing.seen(house, GIVEN)
    with pytest.raises(Refused, match="nothing-stated"):
        house.office.do(house.actor("lead"), appraise.agree, id_, *empty)


def seated(house: House, name: str, seat: int) -> Actor:
    """On one of two seats of the line that reviewers give."""
    actor = house.people[name]
    grant = Grant(Role.EVALUATOR, round=2, lines=frozenset({GIVEN}), seat=seat)
    with house.office.writing(SERVICE) as doing:
        accounts.add_grant(doing.store, actor.account or 0, grant)
    return replace(actor, grants=(*actor.grants, grant))
