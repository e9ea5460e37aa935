"""Gates and bands at their edges: silence in joints, the word of a line, shares just missed."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from evalsvc.domain.answers import (
    NOT_DUE,
    UNANSWERED,
    Chosen,
    OfChildren,
    Sent,
    Stated,
    Ticked,
    Value,
    YesOrNo,
)
from evalsvc.domain.conditions import AllOf, AnyOf, AtZero, ChildrenBelow, Condition, Flagged
from evalsvc.domain.criteria import CriteriaSet
from evalsvc.domain.lines import LineScore
from evalsvc.domain.provisions import Gate
from evalsvc.domain.results import Fired, band_of, result, said_on
from evalsvc.domain.scales import Children, ChildrenOf, Tier, YesNo
from tests import make

D, F = Decimal, Fraction
TIERS = (Tier(F(10), D(70)), Tier(F(0)))
TEAMS = Children(F(10), ChildrenOf("TY-B", "to"), ("tot",), TIERS)
UNITS = Children(F(10), ChildrenOf("TY-B", "xa"), ("tot",), TIERS)
YES_NO = YesNo(F(10))

YES, NO = Stated(YesOrNo(yes=True)), Stated(YesOrNo(yes=False))
ON, NEVER = date(2019, 6, 10), None


def gated(condition: Condition) -> CriteriaSet:
    """A yes-or-no line, two lines of children, and the rest of the scale."""
    lines = [
        make.line("1", scale=YES_NO),
        make.line("units", scale=UNITS),
        make.line("teams", scale=TEAMS),
        make.line("rest", 70),
    ]
    return make.criteria(*lines, gates=(Gate("K1", "", condition),), flags={"f": ""})


def fired(condition: Condition, given: make.Values) -> tuple[Fired, ...]:
    return result(make.sheet(gated(condition), given), ["f"]).fired


def line_of(value: Value) -> LineScore:
    """Only the value speaks: scale and points are not looked at."""
    return LineScore(make.entry(YES_NO), value, F(0), D(0))


@pytest.mark.parametrize("compared", ["-0.01", "-100"])
def test_below_every_bound_there_is_the_lowest_band(compared: str) -> None:
    assert band_of(make.LADDER, D(compared)).code == "yeu"


@pytest.mark.parametrize(
    ("condition", "given", "by_silence"),
    [
        # every part is needed: one silent part is enough
        (AllOf((AtZero("1"), AtZero("rest"))), {"1": NO, "rest": 0}, False),
        (AllOf((AtZero("1"), AtZero("rest"))), {"rest": 0}, True),
        (AllOf((AtZero("1"), AtZero("rest"))), {}, True),
        (AllOf((Flagged("f"), AtZero("1"))), {"1": NO}, False),
        # one part is enough: only silence of all that hold is silence
        (AnyOf((AtZero("1"), AtZero("rest"))), {"1": NO}, False),
        (AnyOf((AtZero("1"), AtZero("rest"))), {"rest": 1}, True),
        (AnyOf((AtZero("1"), AtZero("rest"))), {}, True),
    ],
)
def test_a_joint_fires_by_silence_where_it_would_not_without(
    condition: Condition, given: make.Values, *, by_silence: bool
) -> None:
    assert [each.by_silence for each in fired(condition, given)] == [by_silence]


def test_a_joint_that_does_not_hold_is_not_silent_inside_another() -> None:
    open_ = AllOf((AtZero("1"), AtZero("rest")))

    found = fired(AnyOf((open_, Flagged("f"))), {"rest": 1})

    assert [each.by_silence for each in found] == [False]


@pytest.mark.parametrize(
    ("value", "due", "word"),
    [
        (YES, "", "yes"),
        (NO, "", "no"),
        (Stated(Chosen("tot")), "", "tot"),
        (Stated(Sent((("a", ON), ("b", ON)))), "", "sent"),
        (Stated(Sent((("a", ON), ("b", NEVER)))), "", "not-sent"),
        (Stated(Sent((("a", ON), ("b", NEVER)))), "a", "sent"),
        (Stated(Sent((("a", ON), ("b", NEVER)))), "b", "not-sent"),
        (make.value(0), "", "no"),
        (make.value(1), "", None),
        (Stated(Ticked(())), "", None),
        (make.na("drop"), "", None),
        (UNANSWERED, "", None),
        (NOT_DUE, "", None),
    ],
)
def test_the_word_that_a_line_says(value: Value, due: str, word: str | None) -> None:
    assert said_on(line_of(value), due) == word


def test_without_a_due_date_a_line_speaks_of_all() -> None:
    assert said_on(line_of(Stated(Sent((("a", ON), ("b", NEVER)))))) == "not-sent"


@pytest.mark.parametrize(
    ("good", "of", "fires"),
    [
        (100, 125, False),  # exactly 80 %
        (100, 126, True),
        (799, 1000, True),
        (800, 1000, False),
    ],
)
def test_children_just_below_a_share_fire(good: int, of: int, *, fires: bool) -> None:
    condition = ChildrenBelow("TY-B", "to", ("tot",), D(80))
    children = {("TY-B", "to"): OfChildren((("tot", good),), of - good)}

    found = result(make.sheet(gated(condition), {}), (), children)

    assert bool(found.fired) is fires


@pytest.mark.parametrize(
    ("given", "fires"),
    [
        ({"teams": "tot 7; kha 3"}, True),
        ({"teams": "tot 8; kha 2"}, False),
        # other children of the same set, and no answer at all, say nothing about these
        ({"units": "tot 7; kha 3"}, False),
        ({"units": "tot 7; kha 3", "teams": "tot 8; kha 2"}, False),
        ({"units": "tot 8; kha 2", "teams": "tot 7; kha 3"}, True),
        ({}, False),
    ],
)
def test_only_stated_results_of_the_same_children_count(
    given: dict[str, str], *, fires: bool
) -> None:
    stated = {code: make.stated(TEAMS, text) for code, text in given.items()}

    found = fired(ChildrenBelow("TY-B", "to", ("tot",), D(80)), {"1": YES, **stated})

    assert bool(found) is fires


def test_points_by_hand_on_a_line_of_children_state_no_results() -> None:
    condition = ChildrenBelow("TY-B", "to", ("tot",), D(80))

    assert fired(condition, {"1": YES, "teams": make.value(0)}) == ()
