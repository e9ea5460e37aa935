"""Two seats on one line: what one does is no conflict for the other, who must not know of it."""

import pytest

from evalsvc.domain.errors import Stale
from evalsvc.usecases import bulk, evaluate
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

__all__ = ["course", "template"]

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
