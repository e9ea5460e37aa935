"""What stands beside a claim, days that have to have come, and means of surveys."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from evalsvc.domain.answers import NOT_DUE, Official, Sent, Stated, Value, YesOrNo
from evalsvc.domain.criteria import GivenBy
from evalsvc.domain.errors import Refused
from evalsvc.domain.readings import (
    demand_day_past,
    demand_past,
    read_mark,
    read_value,
    write_mark,
)
from evalsvc.domain.scales import Imported, Line, Survey
from tests import make
from tests.refusals import refusal

TODAY = date(2026, 11, 20)
TOMORROW = date(2026, 11, 21)
INDEX = make.entry(Imported(Fraction(5), Decimal(100), "PAR"), given_by=GivenBy.SERVICE)


def survey(start: str, end: str) -> Survey:
    return Survey(Fraction(4), Line(Decimal(start), Decimal(end)))


def test_a_result_that_was_taken_out_reads_back_as_still_to_come() -> None:
    assert read_mark(INDEX, write_mark(NOT_DUE), 2026, 2) is NOT_DUE


@pytest.mark.parametrize(
    "value",
    [
        None,
        Stated(YesOrNo(yes=True)),
        Stated(Sent((("q1", TODAY), ("q2", None)))),
        Stated(Official(Decimal(80), "12/QĐ-UBND", TODAY, 2025)),
    ],
)
def test_what_happened_until_today_is_taken(value: Value | None) -> None:
    assert refusal(demand_past, value, TODAY) == ""


@pytest.mark.parametrize(
    "value",
    [
        Stated(Sent((("q1", TODAY), ("q2", TOMORROW)))),
        Stated(Official(Decimal(80), "12/QĐ-UBND", TOMORROW, 2025)),
    ],
)
def test_nothing_was_sent_or_published_tomorrow(value: Value) -> None:
    with pytest.raises(Refused, match="day-to-come") as caught:
        demand_past(value, TODAY)

    assert caught.value.facts == {"day": TOMORROW, "today": TODAY}


def test_a_document_of_tomorrow_is_refused_and_one_of_today_is_not() -> None:
    assert refusal(demand_day_past, TODAY, TODAY) == ""
    assert refusal(demand_day_past, TOMORROW, TODAY) == "day-to-come"


@pytest.mark.parametrize(
    ("scale", "text", "low", "high"),
    [
        (survey("1", "5"), "6; 120", 1, 5),
        (survey("1", "5"), "0,5; 120", 1, 5),
        (survey("2", "4"), "5,01; 120", 1, 5),
        (survey("1", "10"), "11; 120", 1, 10),
        (survey("0", "5"), "5,5; 120", 0, 5),
    ],
)
def test_a_mean_off_the_scale_of_its_survey_is_refused(
    scale: Survey, text: str, low: int, high: int
) -> None:
    with pytest.raises(Refused, match="off-the-survey-scale") as caught:
        read_value(make.entry(scale), text, 2026)

    assert (caught.value.facts["low"], caught.value.facts["high"]) == (low, high)


@pytest.mark.parametrize(
    ("scale", "text"),
    [
        (survey("1", "5"), "1; 120"),
        (survey("2", "4"), "4,9; 120"),
        (survey("2", "4"), "1,2; 120"),
        (survey("50", "90"), "95,5; 120"),
        (survey("50", "90"), "12; 120"),
        (survey("100", "150"), "20; 120"),
    ],
)
def test_a_mean_beyond_the_line_but_on_the_scale_is_taken(scale: Survey, text: str) -> None:
    assert isinstance(read_value(make.entry(scale), text, 2026), Stated)
