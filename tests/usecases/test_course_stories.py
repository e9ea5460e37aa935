"""Short stories of a sheet that once ended badly."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from evalsvc.domain.course import Status
from evalsvc.domain.errors import DomainError, Forbidden, Refused
from evalsvc.domain.explanations import Settled
from evalsvc.domain.line_course import Step
from evalsvc.usecases import (
    appraise,
    assess,
    bulk,
    decide,
    evaluate,
    explain,
    returns,
    sheets,
)
from evalsvc.usecases.assess import Typed
from evalsvc.usecases.bulk import Pick
from evalsvc.usecases.found import Found
from evalsvc.usecases.sheets import Seen
from evalsvc.usecases.verify import Difference
from tests.usecases.course_house import (
    BEGINS,
    DOUBLE,
    GENERAL,
    MARKS,
    NAMED,
    OFFICIAL,
    CourseHouse,
    moved_into,
    officially,
    settle,
)
from tests.usecases.together import outcome_of

CLAIMED = "3; Có căn cứ."


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("course") / "template.db"
    path.touch()
    settle(path)
    return path


@pytest.fixture
def course(template: Path, tmp_path: Path) -> Iterator[CourseHouse]:
    """Handed in with an official result; nothing is marked."""
    here = moved_into(template, tmp_path / "evalsvc.db")
    enter(here, "75")
    for code in (DOUBLE, NAMED, GENERAL):
        state(here, code, CLAIMED)
    by(here, "head", assess.submit, [])
    yield here
    here.office.database.close()


def by(here: CourseHouse, who: str, deed: Any, *said: Any) -> Any:
    return here.office.do(here.people[who], deed, here.id, *said)


def seen(here: CourseHouse, code: str) -> Seen:
    return Seen(here.look().lines[code].version)


def why(here: CourseHouse, who: str, deed: Any, *said: Any) -> str:
    """What is said against a deed."""
    outcome = outcome_of(lambda: by(here, who, deed, *said))
    match outcome:
        case Refused():
            return outcome.message
        case DomainError():
            return type(outcome).__name__
        case _:
            return ""


def state(here: CourseHouse, code: str, text: str, note: str = "Số 12/KH") -> None:
    by(here, "editor", assess.save_answer, code, Typed(text, note=note), seen(here, code))


def enter(here: CourseHouse, text: str, who: str = "lead") -> None:
    by(here, who, evaluate.enter_official, OFFICIAL, officially(text), seen(here, OFFICIAL))


def mark(here: CourseHouse, who: str, code: str, points: int = 2) -> None:
    found = Found(f"{points}; Đã kiểm tra.")
    by(here, who, evaluate.adjust, code, found, "Đã kiểm tra.", seen(here, code))


def send_back(here: CourseHouse, who: str, code: str) -> None:
    until = here.clock.at + timedelta(days=1)
    by(here, who, returns.return_line, code, until, "Thiếu căn cứ.", seen(here, code))


def agree(here: CourseHouse, points: int = 2) -> None:
    found = Found(f"{points}; Thống nhất.")
    by(here, "lead", appraise.agree, DOUBLE, found, "Thống nhất.", seen(here, DOUBLE))


def release(here: CourseHouse) -> None:
    """All lines are marked and shown to the unit."""
    for code, people in MARKS.items():
        for who in sorted(people):
            mark(here, who, code)
    agree(here)
    by(here, "lead", evaluate.finish)
    by(here, "lead", explain.release)


def take_off(here: CourseHouse, who: str, code: str) -> list[str]:
    """Undoes at the version as it is; what is said against it."""
    pick = Pick(here.id, code, seen(here, code).version)
    done = here.office.do(here.people[who], bulk.undo, [pick], f"undo {who}")
    return [refused.message for _, refused in done.left]


def contest(here: CourseHouse, code: str) -> None:
    by(here, "head", explain.contest, code, "Đề nghị xem lại.", seen(here, code))


def differences(here: CourseHouse) -> list[Difference]:
    return here.differences()


# Handed in and taken back


def test_a_sheet_is_not_taken_back_after_a_line_was_returned(course: CourseHouse) -> None:
    send_back(course, "named", NAMED)

    assert why(course, "head", assess.recall) == "review-has-begun"


def test_an_official_result_entered_after_a_recall_stands_over_the_earlier_one(
    course: CourseHouse,
) -> None:
    enter(course, "50")
    by(course, "head", assess.recall)

    enter(course, "90")

    line = course.look().lines[OFFICIAL]
    assert (line.claim, line.reviewed) == (officially("90"), None)
    assert differences(course) == []


def test_a_line_is_not_given_back_without_the_evidence_that_it_needs(course: CourseHouse) -> None:
    send_back(course, "lead", GENERAL)
    state(course, GENERAL, CLAIMED, note="")

    refused = why(course, "head", returns.supply, GENERAL, seen(course, GENERAL))

    assert refused == "line-not-ready"


# Marks


@pytest.mark.parametrize("who", ["seat1", "seat2"])
def test_a_mark_that_the_other_seat_sees_is_not_taken_off(course: CourseHouse, who: str) -> None:
    mark(course, "seat1", DOUBLE)
    mark(course, "seat2", DOUBLE, points=1)

    assert take_off(course, who, DOUBLE) == ["marks-are-all-in"]


def test_a_mark_that_the_lead_agreed_on_is_not_taken_off(course: CourseHouse) -> None:
    mark(course, "seat1", DOUBLE)
    mark(course, "seat2", DOUBLE)
    agree(course)

    assert take_off(course, "seat1", DOUBLE) == ["line-agreed"]


def test_a_mark_is_taken_off_while_the_other_seat_is_due(course: CourseHouse) -> None:
    mark(course, "seat1", DOUBLE)

    assert take_off(course, "seat1", DOUBLE) == []
    assert course.look().marks == []


# Explanations


def test_an_answerer_named_for_other_lines_does_not_answer(course: CourseHouse) -> None:
    release(course)
    contest(course, NAMED)

    with pytest.raises(Forbidden):
        by(course, "answerer", explain.rule, NAMED, None, "Giữ.", seen(course, NAMED))


def test_a_unit_agrees_to_the_answer_of_its_last_turn(course: CourseHouse) -> None:
    release(course)
    for _ in range(2):
        contest(course, NAMED)
        by(course, "lead", explain.rule, NAMED, None, "Giữ.", seen(course, NAMED))

    by(course, "head", explain.agree, NAMED, seen(course, NAMED))

    assert course.look().lines[NAMED].step is Step.AGREED


@pytest.mark.parametrize("points", [1, 0])
def test_a_line_that_is_lowered_keeps_the_hour_that_was_told(
    course: CourseHouse, points: int
) -> None:
    release(course)
    told = course.look().record.explain_until

    said = NAMED, Found(f"{points}; Sửa."), "Sửa.", seen(course, NAMED)
    by(course, "lead", explain.correct, *said)

    assert course.look().lines[NAMED].explain_until == told


def test_an_answer_keeps_the_hour_that_was_told(course: CourseHouse) -> None:
    release(course)
    told = course.look().record.explain_until
    contest(course, NAMED)

    by(course, "lead", explain.rule, NAMED, None, "Giữ.", seen(course, NAMED))

    assert course.look().lines[NAMED].explain_until == told


def test_an_answer_is_never_below_what_was_contested(course: CourseHouse) -> None:
    release(course)
    contest(course, NAMED)
    said = NAMED, Found("1; Xem lại."), "Hạ.", seen(course, NAMED)

    assert why(course, "lead", explain.rule, *said) == "answer-below-review"


def test_an_answer_or_a_correction_that_changes_nothing_is_refused(course: CourseHouse) -> None:
    release(course)
    line = course.look().lines[NAMED]
    same = Found(line.reviewed or line.claim or "")
    said = NAMED, same, "Xem lại.", seen(course, NAMED)

    assert why(course, "lead", explain.correct, *said) == "correction-changes-nothing"

    contest(course, NAMED)
    said = NAMED, same, "Xem lại.", seen(course, NAMED)

    assert why(course, "lead", explain.rule, *said) == "answer-changes-nothing"


@pytest.mark.parametrize("who", ["seat1", "named", "head", "lead"])
def test_nobody_answers_for_a_mark_that_was_their_own(course: CourseHouse, who: str) -> None:
    release(course)
    contest(course, GENERAL)

    assert (
        why(course, who, explain.rule, GENERAL, None, "Giữ.", seen(course, GENERAL)) == "Forbidden"
    )


# Official results after the release


def test_an_official_result_that_takes_points_after_the_release_opens_a_window(
    course: CourseHouse,
) -> None:
    release(course)
    by(course, "head", explain.agree, OFFICIAL, seen(course, OFFICIAL))
    course.clock.at = WINDOWS_END

    enter(course, "50")

    line = course.look().lines[OFFICIAL]
    assert (line.step, line.explain_until) == (Step.SHOWN, WINDOWS_END + timedelta(days=5))
    assert (line.final, line.heard) == (officially("50"), line.turn)
    assert differences(course) == []


WINDOWS_END = BEGINS + timedelta(days=40)


def test_an_official_result_that_gives_points_after_the_release_leaves_the_line(
    course: CourseHouse,
) -> None:
    release(course)
    by(course, "head", explain.agree, OFFICIAL, seen(course, OFFICIAL))

    enter(course, "90")

    line = course.look().lines[OFFICIAL]
    assert (line.step, line.final) == (Step.AGREED, officially("90"))


@pytest.mark.parametrize(
    ("who", "text", "refused"),
    [("named", "50", "sheet-released"), ("lead", "", "nothing-stated"), ("lead", "50", "")],
)
def test_an_official_result_is_put_right_after_the_release_by_the_lead(
    course: CourseHouse, who: str, text: str, refused: str
) -> None:
    release(course)
    said = OFFICIAL, officially(text), seen(course, OFFICIAL)

    assert why(course, who, evaluate.enter_official, *said) == refused


def test_an_official_result_of_a_finished_review_is_not_removed(course: CourseHouse) -> None:
    for code, people in MARKS.items():
        for who in sorted(people):
            mark(course, who, code)
    agree(course)
    by(course, "lead", evaluate.finish)
    said = OFFICIAL, "", seen(course, OFFICIAL)

    assert why(course, "lead", evaluate.enter_official, *said) == "nothing-stated"


def test_an_official_result_of_a_concluded_sheet_stands(course: CourseHouse) -> None:
    conclude(course)
    said = OFFICIAL, officially("50"), seen(course, OFFICIAL)

    assert why(course, "lead", evaluate.enter_official, *said) == "sheet-concluded"


def conclude(here: CourseHouse) -> None:
    release(here)
    by(here, "head", explain.opened)
    here.clock.at = WINDOWS_END
    by(here, "lead", decide.conclude)


def test_a_whole_course_ends_and_is_opened_again(course: CourseHouse) -> None:
    conclude(course)

    by(course, "leader", decide.close, "12/QĐ-UBND")
    by(course, "leader", decide.reopen, "13/QĐ-UBND")

    found = course.look()
    assert found.record.status is Status.RELEASED
    assert {line.step for line in found.lines.values()} == {Step.FINAL}


def test_a_line_that_nobody_answered_and_everybody_accepted_waits_for_nobody(
    template: Path, tmp_path: Path
) -> None:
    here = moved_into(template, tmp_path / "evalsvc.db")
    enter(here, "75")
    by(here, "head", assess.submit, [DOUBLE, NAMED, GENERAL])
    for code, people in MARKS.items():
        for who in sorted(people):
            by(here, who, evaluate.accept, code, seen(here, code))
    by(here, "lead", appraise.agree, DOUBLE, Found(), "", seen(here, DOUBLE))
    by(here, "lead", evaluate.finish)
    by(here, "lead", explain.release)

    by(here, "lead", decide.conclude)

    assert here.look().record.status is Status.CONCLUDED
    here.office.database.close()


def open_lines(here: CourseHouse) -> list[str]:
    """Lines that stand in the way of the conclusion."""
    with here.office.reading(here.people["lead"]) as doing:
        found = decide.obstacles(doing, sheets.seen(doing, here.id))
    return [each.line for each in found]


def correct(here: CourseHouse, points: int) -> None:
    said = NAMED, Found(f"{points}; Sửa."), "Sửa.", seen(here, NAMED)
    by(here, "lead", explain.correct, *said)


def test_a_line_that_is_lowered_twice_has_to_be_seen_again(course: CourseHouse) -> None:
    release(course)
    correct(course, 1)
    by(course, "head", explain.opened)
    correct(course, 0)
    course.clock.at = WINDOWS_END

    assert NAMED in open_lines(course)

    by(course, "head", explain.opened)
    assert open_lines(course) == []


def test_an_official_result_that_takes_points_has_to_be_seen(course: CourseHouse) -> None:
    release(course)
    by(course, "head", explain.opened)
    enter(course, "50")
    course.clock.at = WINDOWS_END + timedelta(days=6)

    assert OFFICIAL in open_lines(course)


def test_a_line_raised_by_a_correction_is_not_called_agreed(course: CourseHouse) -> None:
    release(course)
    by(course, "head", explain.agree, NAMED, seen(course, NAMED))
    correct(course, 3)
    by(course, "head", explain.opened)
    course.clock.at = WINDOWS_END
    by(course, "lead", decide.conclude)

    assert course.look().lines[NAMED].settled is Settled.CORRECTED


def test_nobody_answers_for_a_correction_that_was_their_own(course: CourseHouse) -> None:
    release(course)
    correct(course, 1)
    contest(course, NAMED)

    assert (
        why(course, "lead", explain.rule, NAMED, None, "Giữ.", seen(course, NAMED)) == "Forbidden"
    )
