"""The table of lines, cell by cell: what a deed makes of a line at each step, or why not."""

from datetime import datetime, timedelta

import pytest

from evalsvc.domain.dates import ZONE
from evalsvc.domain.errors import Refused
from evalsvc.domain.line_course import (
    LINE,
    WITH_UNIT,
    LineDeed,
    Step,
    after,
    demand_with_unit,
    standing,
)
from tests.course_tables import LINES
from tests.refusals import refusal
from tests.tables import cells

WHY = {
    "claimed": "line-not-marked",
    "returned": "line-is-returned",
    "marked": "line-not-released",
    "shown": "line-not-contested",
    "agreed": "line-is-agreed",
    "contested": "line-is-contested",
    "ruled": "line-is-ruled",
    "final": "line-is-final",
}
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=ZONE)
A_SECOND = timedelta(seconds=1)


def outcome(step: Step, deed: LineDeed) -> str:
    try:
        return after(step, deed, "A1").value
    except Refused as refused:
        return refused.message


def test_every_step_and_every_deed_has_its_cell() -> None:
    assert set(LINES) == set(LineDeed)
    assert {tuple(row) for row in LINES.values()} == {tuple(Step)}


@pytest.mark.parametrize(("deed", "step", "cell"), cells(LINES))
def test_a_deed_leads_there_or_is_refused_with_where_the_line_is(
    deed: str, step: str, cell: str
) -> None:
    wanted = WHY[step] if cell == "!" else cell

    assert outcome(Step(step), LineDeed(deed)) == wanted


def test_a_contested_line_ends_only_by_an_answer_or_by_the_unit() -> None:
    found = {deed for step, deed in LINE if step is Step.CONTESTED}

    assert found == {LineDeed.RULE, LineDeed.WITHDRAW}


def test_nothing_becomes_final_that_was_not_shown() -> None:
    before = {step for (step, deed), to in LINE.items() if to is Step.FINAL}

    assert before == {Step.SHOWN, Step.AGREED, Step.RULED, Step.FINAL}


@pytest.mark.parametrize("step", [Step.SHOWN, Step.AGREED, Step.RULED, Step.FINAL])
def test_a_line_that_is_lowered_is_with_the_unit_again(step: Step) -> None:
    assert LINE[step, LineDeed.LOWER] in WITH_UNIT


@pytest.mark.parametrize(
    ("step", "late", "wanted"),
    [
        *((step, timedelta(0), step) for step in Step),
        (Step.RETURNED, A_SECOND, Step.CLAIMED),
        *((step, A_SECOND, step) for step in Step if step is not Step.RETURNED),
    ],
)
def test_only_a_returned_line_whose_hour_has_passed_is_the_reviewers_again(
    step: Step, late: timedelta, wanted: Step
) -> None:
    assert standing(step, NOW, NOW + late) is wanted


def test_a_line_that_was_never_returned_stands_where_it_is() -> None:
    assert standing(Step.MARKED, None, NOW) is Step.MARKED


@pytest.mark.parametrize(
    ("step", "late", "why"),
    [
        # Its hour is included.
        (Step.RETURNED, timedelta(0), ""),
        (Step.RETURNED, A_SECOND, "return-lapsed"),
        *((s, timedelta(0), "sheet-handed-in") for s in Step if s is not Step.RETURNED),
    ],
)
def test_only_a_returned_line_of_a_sheet_handed_in_is_written_on_until_its_hour(
    step: Step, late: timedelta, why: str
) -> None:
    assert refusal(demand_with_unit, step, NOW, NOW + late) == why
