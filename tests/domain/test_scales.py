"""From an answer to exact points, on each kind of scale, at every boundary."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import get_args

import pytest

from evalsvc.domain.answers import Measured, Occurred, OfChildren, PartOf, Sent, Ticked
from evalsvc.domain.dates import Due, YearlyDay
from evalsvc.domain.errors import Refused, Unsound
from evalsvc.domain.scales import (
    Checklist,
    Children,
    ChildrenOf,
    Count,
    Deduct,
    Imported,
    Judged,
    Lateness,
    LateStep,
    Level,
    Line,
    OfBand,
    OneChild,
    Options,
    Ratio,
    Scale,
    Sort,
    Survey,
    Tier,
    Tiers,
    Wording,
    YesNo,
    points,
)
from evalsvc.domain.scales.text import exactly
from tests import make

D, F = Decimal, Fraction


def level(code: str, worth: Fraction | int) -> Level:
    return Level(code, code, F(worth))


THIRDS = Checklist(F(2), tuple(level(code, F(2, 3)) for code in "abc"))
TIERS = (Tier(F(3), D(80), above=True), Tier(F(2), D(80)), Tier(F(1), D("50.5")), Tier(F(0)))
LATE = (LateStep(F(1, 2), 5), LateStep(F(1, 4), 30), LateStep(F(1, 10)))
DUE = Due("1", "", YearlyDay(10, 6))
OF = ChildrenOf("TY-B", "to")


@pytest.mark.parametrize(
    ("scale", "answer", "earned"),
    [
        (YesNo(F(3)), "yes", F(3)),
        (YesNo(F(3)), "no", F(0)),
        (Options(F(3), (level("a", 3), level("b", F(1, 3)))), "b", F(1, 3)),
        (THIRDS, "a", F(2, 3)),
        (THIRDS, "a; b", F(4, 3)),
        (THIRDS, "a; b; c", F(2)),
        (THIRDS, "none", F(0)),
        (Tiers(F(3), TIERS), "100", F(3)),
        (Tiers(F(3), TIERS), "80,01", F(3)),
        (Tiers(F(3), TIERS), "80", F(2)),
        (Tiers(F(3), TIERS), "4/5", F(2)),
        (Tiers(F(3), TIERS), "79,999999", F(1)),
        (Tiers(F(3), TIERS), "50,5", F(1)),
        (Tiers(F(3), TIERS), "50,49", F(0)),
        (Tiers(F(3), TIERS), "0/7", F(0)),
        (Tiers(F(3), TIERS, may_exceed=True), "9/7", F(3)),
        (Tiers(F(3), TIERS, of_share=False), "81", F(3)),
        (Ratio(F(4)), "0/7", F(0)),
        (Ratio(F(4)), "7/7", F(4)),
        (Ratio(F(4)), "5/7", F(20, 7)),
        (Ratio(F(4), due=13), "5", F(20, 13)),
        (Ratio(F(4), may_exceed=True), "9/7", F(4)),
        (Ratio(F(4), cut_below=D(70)), "7/10", F(14, 5)),
        (Ratio(F(4), cut_below=D(70)), "699/1000", F(0)),
        (Ratio(F(4), cut_below=D("66.67")), "2/3", F(0)),
        (Ratio(F(4), line=Line(D(80), D(98))), "80/100", F(0)),
        (Ratio(F(4), line=Line(D(80), D(98))), "79/100", F(0)),
        (Ratio(F(4), line=Line(D(80), D(98))), "98/100", F(4)),
        (Ratio(F(4), line=Line(D(80), D(98))), "99/100", F(4)),
        (Ratio(F(4), line=Line(D(80), D(98))), "89/100", F(2)),
        (Count(F(3), (Sort("1", "", F(1, 2)),)), "0", F(0)),
        (Count(F(3), (Sort("1", "", F(1, 2)),)), "5", F(5, 2)),
        (Count(F(3), (Sort("1", "", F(1, 2)),)), "6", F(3)),
        (Count(F(3), (Sort("1", "", F(1, 2)),)), "700", F(3)),
        (Count(None, (Sort("1", "", F(1, 2)),)), "700", F(350)),
        (Count(F(5), (Sort("a", "", F(2, 3)), Sort("b", "", F(1, 7)))), "a 1; b 2", F(20, 21)),
        (Deduct(F(4), (Sort("1", "", F(3, 2)),)), "0", F(4)),
        (Deduct(F(4), (Sort("1", "", F(3, 2)),)), "2", F(1)),
        (Deduct(F(4), (Sort("1", "", F(3, 2)),)), "3", F(0)),
        (Lateness(F(4), (DUE,), LATE), "1/1/2019", F(4)),
        (Lateness(F(4), (DUE,), LATE), "10/6/2019", F(4)),
        (Lateness(F(4), (DUE,), LATE), "11/6/2019", F(2)),
        (Lateness(F(4), (DUE,), LATE), "15/6/2019", F(2)),
        (Lateness(F(4), (DUE,), LATE), "16/6/2019", F(1)),
        (Lateness(F(4), (DUE,), LATE), "10/7/2019", F(1)),
        (Lateness(F(4), (DUE,), LATE), "11/7/2019", F(2, 5)),
        (Lateness(F(4), (DUE,), LATE), "11/7/2020", F(2, 5)),
        (Lateness(F(4), (DUE,), LATE), "not-sent", F(0)),
        (Lateness(F(4), (DUE,), LATE[:2]), "11/7/2019", F(0)),
        (Lateness(F(4), (DUE,), ()), "11/6/2019", F(0)),
        (Judged(F(5), F(1, 2)), "3,5; Đạt", F(7, 2)),
        (Survey(F(4), Line(D(1), D(5))), "4,2; 120", F(16, 5)),
        (Survey(F(4), Line(D(2), D(5))), "1,5; 120", F(0)),
        (Survey(F(4), Line(D(1), D(5))), "5,00; 120", F(4)),
        (Survey(F(4), Line(D(50), D(90))), "95,5; 120", F(4)),
        (Imported(F(15), D(100), "Chỉ số"), "0; 1/QĐ; 1/2/2020; 2019", F(0)),
        (Imported(F(15), D(100), "Chỉ số"), "100; 1/QĐ; 1/2/2020; 2019", F(15)),
        (Imported(F(2), D(300), "Chỉ số"), "100; 1/QĐ; 1/2/2020; 2019", F(2, 3)),
        (Children(F(3), OF, ("xs", "tot"), TIERS), "xs 1; tot 7; kha 2", F(2)),
        (Children(F(3), OF, ("xs", "tot"), TIERS), "xs 1; tot 8; kha 2", F(3)),
        (Children(F(3), OF, ("xs", "tot"), TIERS), "xs 1; unsubmitted 1", F(0)),
        (OneChild(F(3), OF, (OfBand(F(3), "tot"), OfBand(F(2), "kha"), OfBand(F(0)))), "kha", F(2)),
        (OneChild(F(3), OF, (OfBand(F(3), "tot"), OfBand(F(2), "kha"), OfBand(F(1)))), "tb", F(1)),
    ],
)
def test_an_answer_gives_exact_points(scale: Scale, answer: str, earned: Fraction) -> None:
    here = make.entry(scale)

    assert points(here.scale, make.stated(scale, answer).answer) == earned


@pytest.mark.parametrize(
    ("make_scale", "message"),
    [
        (lambda: Options(F(3), (level("a", 3), level("a", 0))), "duplicate-code"),
        (lambda: Options(F(3), (level("none", 3), level("b", 0))), "duplicate-code"),
        (lambda: Options(F(3), (level("a", 4), level("b", 3))), "above-most"),
        (lambda: Options(F(3), (level("a", 2), level("b", 0))), "best-is-not-most"),
        (lambda: Checklist(F(3), (level("a", 1), level("b", 1))), "items-do-not-add-up"),
        (lambda: Checklist(F(2), (level("a", 1), level("a", 1))), "duplicate-code"),
        (lambda: Tiers(F(3), (Tier(F(2), D(90)), Tier(F(0)))), "best-is-not-most"),
        (lambda: Tiers(F(3), (Tier(F(4), D(90)), Tier(F(0)))), "above-most"),
        (lambda: Tiers(F(3), (Tier(F(3), D(90)), Tier(F(0), D(95)))), "tiers-out-of-order"),
        (lambda: Tiers(F(3), (Tier(F(3), D(90)), Tier(F(0), D(90)))), "tiers-out-of-order"),
        (lambda: Tiers(F(3), (Tier(F(3)), Tier(F(0)))), "tiers-out-of-order"),
        (lambda: Tiers(F(3), (Tier(F(1), D(90)), Tier(F(3)))), "tiers-out-of-order"),
        (lambda: Tiers(F(3), (Tier(F(3), D(90)), Tier(F(0), D(10)))), "lowest-tier-has-bound"),
        (
            lambda: Tiers(F(3), (Tier(F(3), D(90)), Tier(F(0), D(0), above=True))),
            "lowest-tier-has-bound",
        ),
        (lambda: Line(D(98), D(98)), "line-does-not-rise"),
        (lambda: Ratio(F(3), cut_below=D(70), line=Line(D(1), D(2))), "cut-and-line"),
        (lambda: Count(F(3), (Sort("a", "", F(1)), Sort("a", "", F(2)))), "duplicate-code"),
        (lambda: Deduct(F(3), (Sort("a", "", F(0)),)), "each-is-zero"),
        (lambda: Lateness(F(3), (DUE, DUE), ()), "duplicate-code"),
        (
            lambda: Lateness(F(3), (DUE,), (LateStep(F(1, 2), 5), LateStep(F(1, 4), 5))),
            "late-steps-out-of-order",
        ),
        (
            lambda: Lateness(F(3), (DUE,), (LateStep(F(1, 2)), LateStep(F(1, 4), 5))),
            "late-steps-out-of-order",
        ),
        (lambda: Lateness(F(3), (DUE,), (LateStep(F(1, 2), 0),)), "late-steps-out-of-order"),
        (
            lambda: Lateness(F(3), (DUE,), (LateStep(F(1, 4), 5), LateStep(F(1, 2), 9))),
            "late-gains",
        ),
        (lambda: Lateness(F(3), (DUE,), (LateStep(F(5, 4), 5),)), "late-gains"),
        (lambda: Judged(F(3), F(0)), "step-does-not-divide-most"),
        (lambda: Judged(F(3), F(2, 5)), "step-does-not-divide-most"),
        (
            lambda: Judged(F(3), F(1), (Wording(D(2), "a"), Wording(D(2), "b"))),
            "wordings-do-not-rise",
        ),
        (lambda: Children(F(3), OF, ("tot",), (Tier(F(2), D(90)), Tier(F(0)))), "best-is-not-most"),
        (lambda: OneChild(F(3), OF, (OfBand(F(4), "tot"), OfBand(F(0)))), "above-most"),
        (lambda: OneChild(F(3), OF, (OfBand(F(2), "tot"), OfBand(F(0)))), "best-is-not-most"),
        (lambda: OneChild(F(3), OF, (OfBand(F(3), "tot"),)), "last-level-is-the-rest"),
        (
            lambda: OneChild(F(3), OF, (OfBand(F(3), "tot"), OfBand(F(3), "tot"), OfBand(F(0)))),
            "duplicate-code",
        ),
    ],
)
def test_a_scale_that_contradicts_itself_is_unsound(
    make_scale: Callable[[], Scale], message: str
) -> None:
    with pytest.raises(Unsound) as error:
        make_scale()

    assert message in [flaw.message for flaw in error.value.flaws]


def test_over_80_may_stand_above_from_80() -> None:
    assert Tiers(F(3), TIERS).tiers == TIERS


def test_a_tier_from_zero_is_as_good_as_the_rest() -> None:
    scale = Tiers(F(3), (Tier(F(3), D(90)), Tier(F(1), D(0))))

    assert points(scale, Measured(D(0))) == 1


def test_dates_share_a_line_equally() -> None:
    dues = tuple(Due(code, "", YearlyDay(10, month)) for code, month in (("a", 3), ("b", 6)))
    scale = Lateness(F(3), dues, LATE, year=2019)

    earned = points(scale, Sent((("a", date(2019, 3, 10)), ("b", date(2019, 6, 12)))))

    assert earned == F(3) * F(3, 2) / 2


def test_every_child_counts_in_the_base() -> None:
    assert OfChildren((("tot", 7), ("kha", 2)), 1).base == 10


def test_a_text_has_so_many_parts_and_no_more() -> None:
    assert exactly("a; b; c; d", 3, "") == ["a", "b", "c; d"]
    with pytest.raises(Refused):
        exactly("a; b", 3, "")


def test_a_mark_too_many_takes_nothing_below_zero() -> None:
    deduct = Deduct(F(4), (Sort("1", "", F(1)),))

    assert points(deduct, Occurred((("1", 999_999_999),))) == 0
    assert points(Ratio(F(4)), PartOf(0, 999_999_999)) == 0
    assert points(THIRDS, Ticked(())) == 0


def test_the_union_of_scales_is_closed_and_known() -> None:
    assert {kind.__name__ for kind in get_args(Scale)} == {
        "YesNo", "Options", "Checklist", "Tiers", "Ratio", "Count", "Deduct", "Lateness",
        "Judged", "Survey", "Imported", "Children", "OneChild",
    }  # fmt: skip
