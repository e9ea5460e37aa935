"""Rules between two criteria warn; they are silent where a line says nothing."""

from decimal import Decimal
from fractions import Fraction

import pytest

from evalsvc.domain.answers import UNANSWERED, Chosen
from evalsvc.domain.comparisons import number_of, warnings
from evalsvc.domain.provisions import AnswerOf, Comparison, Operand, PointsOf, Sign
from evalsvc.domain.scales import (
    Checklist,
    Count,
    Imported,
    Judged,
    Level,
    Ratio,
    Scale,
    Sort,
    Survey,
    Tiers,
)
from evalsvc.domain.scales.measure import Line, Tier
from tests import make

D, F = Decimal, Fraction
ITEMS = (Level("a", "", F(1)), Level("b", "", F(1)))


def warned(left: Operand, sign: str, right: Operand, **given: object) -> bool:
    rule = Comparison(left, Sign(sign), right, "Xem lại.")
    table = make.criteria(make.line("one", 40), make.line("two", 60), rules=(rule,))
    return list(warnings(make.sheet(table, given))) == [rule]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sign", "below", "equal", "above"),
    [
        (">", False, False, True),
        (">=", False, True, True),
        ("<", True, False, False),
        ("<=", True, True, False),
        ("=", False, True, False),
        ("!=", True, False, True),
    ],
)
def test_points_are_compared_with_a_sign(
    sign: str, *, below: bool, equal: bool, above: bool
) -> None:
    found = [
        warned(PointsOf("one"), sign, PointsOf("two"), one=points, two=7) for points in (6, 7, 8)
    ]

    assert found == [below, equal, above]


def test_a_number_may_stand_on_either_side() -> None:
    assert warned(D(5), "<", PointsOf("one"), one=6)
    assert warned(PointsOf("one"), ">", D(5), one=6)


@pytest.mark.parametrize("value", [UNANSWERED, make.na("full"), make.na("drop")])
def test_a_line_that_says_nothing_is_silent(value: object) -> None:
    assert not warned(PointsOf("one"), "<", PointsOf("two"), one=value, two=7)


def test_a_line_that_is_not_on_the_sheet_is_silent() -> None:
    assert not warned(PointsOf("three"), "<", PointsOf("two"), two=7)


def test_points_by_hand_have_no_answer_to_compare() -> None:
    assert not warned(AnswerOf("one"), "<", D(100), one=7)


@pytest.mark.parametrize(
    ("scale", "text", "number"),
    [
        (Ratio(F(4)), "5/7", F(5, 7)),
        (Count(F(3), (Sort("a", "", F(1)), Sort("b", "", F(1)))), "a 2; b 3", F(5)),
        (Checklist(F(2), ITEMS), "a", F(1)),
        (Tiers(F(3), (Tier(F(3), D(90)), Tier(F(0)))), "87,5", F(175, 2)),
        (Judged(F(5), F(1, 2)), "3,5; Đạt", F(7, 2)),
        (Survey(F(4), Line(D(1), D(5))), "4,2; 30", F(21, 5)),
        (Imported(F(4), D(100), "Chỉ số"), "87,6; 1/QĐ; 1/2/2020; 2019", F(438, 5)),
    ],
)
def test_an_answer_has_a_number(scale: Scale, text: str, number: Fraction) -> None:
    assert number_of(make.stated(scale, text).answer) == number


def test_a_word_has_no_number() -> None:
    assert number_of(Chosen("tot")) is None


def test_answers_are_compared_where_they_have_numbers() -> None:
    ratio = Ratio(F(100))
    rule = Comparison(AnswerOf("1"), Sign.BELOW, D(1), "Chưa đủ.")
    table = make.criteria(make.line("1", scale=ratio), rules=(rule,))

    assert list(warnings(make.sheet(table, {"1": make.stated(ratio, "5/7")}))) == [rule]
    assert list(warnings(make.sheet(table, {"1": make.stated(ratio, "7/7")}))) == []
