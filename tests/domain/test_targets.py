"""Shares to watch for a whole round: they change nothing."""

from decimal import Decimal
from fractions import Fraction

import pytest

from evalsvc.domain.assessment import Assessment
from evalsvc.domain.criteria import Kind
from evalsvc.domain.outcome import Outcome
from evalsvc.domain.provisions import (
    BandShare,
    Bounds,
    Target,
    Title,
    TitleHolders,
    TotalOf,
)
from evalsvc.domain.scales import Ratio
from evalsvc.domain.targets import TargetOutcome
from tests import make

D = Decimal
OVER_70 = Bounds(D(70), above=True)
GOOD = Target("t", "", BandShare("so", "tot"), OVER_70)


def run(target: Target, points: list[object], *extra: object) -> Outcome:
    """A round of units with the points named, each on a line of 100."""
    table = make.criteria(targets=(target,), kinds=(Kind("so", ""), Kind("xa", "")))
    units = [make.unit(f"u{at:02}") for at in range(len(points))]
    handed_in = [
        make.assessment(unit.code, {"1": number})  # type: ignore[dict-item]
        for unit, number in zip(units, points, strict=True)
    ]
    return make.outcome_of(
        make.round_of(*units, *extra, of=table),  # type: ignore[arg-type]
        *handed_in,
    )


def only(found: Outcome) -> TargetOutcome:
    return found.targets[0]


@pytest.mark.parametrize(
    ("good", "of", "bounds", "met", "printed"),
    [
        (7, 10, OVER_70, False, "70.00"),
        (8, 10, OVER_70, True, "80.00"),
        (7, 10, Bounds(D(70)), True, "70.00"),
        (2, 3, Bounds(D(50), D(66)), False, "66.66"),
        (2, 3, Bounds(D(50), D(67)), True, "66.66"),
        (0, 3, Bounds(D(0)), True, "0.00"),
        (3, 10, Bounds(D(3), D(5), in_percent=False), True, "30.00"),
        (6, 10, Bounds(D(3), D(5), in_percent=False), False, "60.00"),
    ],
)
def test_a_share_of_units_with_a_band_or_a_better_one(
    good: int, of: int, bounds: Bounds, printed: str, *, met: bool
) -> None:
    target = Target("t", "", BandShare("so", "tot"), bounds)

    found = only(run(target, [*([85] * good), *([60] * (of - good))]))

    assert (found.top, found.bottom, found.met) == (good, of, met)
    assert str(found.share) == printed


def test_a_better_band_counts_too() -> None:
    assert only(run(GOOD, [95, 85, 60])).top == 2


def test_the_unsubmitted_count_against_and_the_exempt_do_not() -> None:
    others = (
        make.unit("v1"),
        make.unit("v2", exempt="Mới thành lập"),
        make.unit("v3", kind="xa"),
    )

    found = only(run(GOOD, [85, 85, 85], *others))

    assert (found.top, found.bottom) == (3, 4)


def test_an_unrated_unit_counts_against() -> None:
    found = only(run(GOOD, [85, make.na("exclude")]))

    assert (found.top, found.bottom) == (1, 2)


def test_a_kind_without_units_has_no_share() -> None:
    found = only(run(Target("t", "", BandShare("xa", "tot"), OVER_70), [85]))

    assert (found.bottom, found.share, found.met) == (0, None, None)


def test_a_total_adds_up_what_was_done_and_what_was_due() -> None:
    ratio = Ratio(Fraction(100), may_exceed=True)
    target = Target("t", "", TotalOf("1"), Bounds(D(100)))
    table = make.criteria(make.line("1", scale=ratio), targets=(target,))
    answers = {"a": make.stated(ratio, "5/7"), "b": make.stated(ratio, "9/6"), "c": make.na("full")}
    assessments: list[Assessment] = [
        make.assessment(unit, {"1": answer}) for unit, answer in answers.items()
    ]
    units = [make.unit(code) for code in (*answers, "d")]

    found = make.outcome_of(make.round_of(*units, of=table), *assessments, make.assessment("d"))

    assert (only(found).top, only(found).bottom, only(found).met) == (14, 13, True)
    assert str(only(found).share) == "107.69"


def test_holders_of_a_title_are_a_share_of_the_rated() -> None:
    title = Title("dvk", "", Bounds(D(25), D(30)), bands=("tot",))
    target = Target("t", "", TitleHolders("dvk"), Bounds(D(25), D(30)))
    table = make.criteria(titles=(title,), targets=(target,))
    units = [make.unit(f"u{at}") for at in range(8)]
    handed_in = [make.assessment(unit.code, {"1": 80 + at}) for at, unit in enumerate(units)]

    found = make.outcome_of(make.round_of(*units, of=table), *handed_in)

    assert (only(found).top, only(found).bottom, only(found).met) == (2, 8, True)
