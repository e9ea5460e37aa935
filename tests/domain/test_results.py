"""Bands and gates: what fires, what never fires, and which cap counts."""

from decimal import Decimal
from fractions import Fraction

import pytest

from evalsvc.domain.answers import (
    NOT_DUE,
    UNANSWERED,
    Chosen,
    OfChildren,
    Stated,
    Ticked,
    Value,
    YesOrNo,
)
from evalsvc.domain.conditions import (
    AllOf,
    AnswerIs,
    AnyOf,
    AtZero,
    ChildrenBelow,
    Condition,
    CriterionBelow,
    Flagged,
    GroupBelow,
    NotHeld,
    Tagged,
    simple_ones,
)
from evalsvc.domain.criteria import CriteriaSet
from evalsvc.domain.dates import Due, YearlyDay
from evalsvc.domain.provisions import Band, Gate
from evalsvc.domain.results import Result, Unrated, UnratedBy, band_of, result
from evalsvc.domain.scales import (
    Checklist,
    Children,
    ChildrenOf,
    Lateness,
    Level,
    Options,
    Tier,
    YesNo,
)
from tests import make

D, F = Decimal, Fraction

YES_NO = YesNo(F(10))
OPTIONS = Options(F(10), (Level("du", "", F(10)), Level("mot", "", F(4)), Level("khong", "", F(0))))
LIST = Checklist(F(10), (Level("a", "", F(5)), Level("b", "", F(5))))
DUES = Lateness(F(10), (Due("q1", "", YearlyDay(10, 3)), Due("q2", "", YearlyDay(10, 6))), ())
ONE_DUE = Lateness(F(10), (Due("1", "", YearlyDay(10, 6)),), ())
OF = ChildrenOf("TY-B", "to")
CHILDREN = Children(F(10), OF, ("tot",), (Tier(F(10), D(70)), Tier(F(0))))

YES, NO = Stated(YesOrNo(yes=True)), Stated(YesOrNo(yes=False))


def table(*conditions: Condition, scale: object = YES_NO, **effect: object) -> CriteriaSet:
    gates = tuple(
        Gate(f"K{at + 1}", "", each, **(effect or {"at_most": "kha"}))  # type: ignore[arg-type]
        for at, each in enumerate(conditions)
    )
    watched = make.group(make.line("1", scale=scale), make.line("2", 10), code="W")  # type: ignore[arg-type]
    rest = make.group(make.line("rest", 80), code="R")
    return make.criteria(watched, rest, gates=gates, tags={"t": ""}, flags={"f": ""})


def outcome(condition: Condition, value: Value, scale: object = YES_NO) -> tuple[bool, bool]:
    """Whether the gate fires, and whether by silence."""
    found = result(make.sheet(table(condition, scale=scale), {"1": value, "2": 10, "rest": 80}))
    fired = found.fired[0] if found.fired else None
    return fired is not None, fired is not None and fired.by_silence


@pytest.mark.parametrize(
    ("compared", "band"),
    [("100", "xs"), ("90", "xs"), ("89.99", "tot"), ("50", "tb"), ("49.99", "yeu"), ("0", "yeu")],
)
def test_a_band_starts_at_its_lower_bound(compared: str, band: str) -> None:
    assert band_of(make.LADDER, D(compared)).code == band


@pytest.mark.parametrize(
    ("compared", "band"), [("90.01", "xs"), ("90", "tot"), ("80", "tot"), ("79.99", "yeu")]
)
def test_a_band_may_start_above_its_bound(compared: str, band: str) -> None:
    ladder = (Band("xs", "", D(90), above=True), Band("tot", "", D(80)), Band("yeu", "", D(0)))

    assert band_of(ladder, D(compared)).code == band


FIRES, FIRES_BY_SILENCE, SILENT = (True, False), (True, True), (False, False)


@pytest.mark.parametrize(
    ("condition", "scale", "value", "found"),
    [
        (AtZero("1"), YES_NO, NO, FIRES),
        (AtZero("1"), YES_NO, YES, SILENT),
        (AtZero("1"), YES_NO, UNANSWERED, FIRES_BY_SILENCE),
        (CriterionBelow("1", D(50)), OPTIONS, Stated(Chosen("mot")), FIRES),
        (CriterionBelow("1", D(40)), OPTIONS, Stated(Chosen("mot")), SILENT),
        (CriterionBelow("1", D(50)), OPTIONS, UNANSWERED, FIRES_BY_SILENCE),
        (CriterionBelow("1", D(50)), YES_NO, make.value(5), SILENT),
        (CriterionBelow("1", D(50)), YES_NO, make.value("4.99"), FIRES),
        (NotHeld("1", "a"), LIST, Stated(Ticked(("b",))), FIRES),
        (NotHeld("1", "a"), LIST, Stated(Ticked(("a",))), SILENT),
        (NotHeld("1", "a"), LIST, Stated(Ticked(())), FIRES),
        (NotHeld("1", "a"), LIST, UNANSWERED, FIRES_BY_SILENCE),
        (AnswerIs("1", "no"), YES_NO, NO, FIRES),
        (AnswerIs("1", "no"), YES_NO, YES, SILENT),
        (AnswerIs("1", "no"), YES_NO, UNANSWERED, FIRES_BY_SILENCE),
        (AnswerIs("1", "yes"), YES_NO, UNANSWERED, SILENT),
        (AnswerIs("1", "yes", negated=True), YES_NO, NO, FIRES),
        (AnswerIs("1", "yes", negated=True), YES_NO, YES, SILENT),
        (AnswerIs("1", "yes", negated=True), YES_NO, UNANSWERED, FIRES_BY_SILENCE),
        (AnswerIs("1", "mot"), OPTIONS, Stated(Chosen("mot")), FIRES),
        (AnswerIs("1", "mot"), OPTIONS, UNANSWERED, SILENT),
        (AnswerIs("1", "khong"), OPTIONS, UNANSWERED, FIRES_BY_SILENCE),
        (AnswerIs("1", "no"), YES_NO, make.value(0), FIRES),
        (AnswerIs("1", "no"), YES_NO, make.value(3), SILENT),
    ],
)
def test_a_condition_on_a_line(
    condition: Condition, scale: object, value: Value, found: tuple[bool, bool]
) -> None:
    assert outcome(condition, value, scale) == found


@pytest.mark.parametrize(
    ("due", "text", "fires"),
    [
        ("", "q1 10/3/2019; q2 10/6/2019", False),
        ("", "q1 10/3/2019; q2 not-sent", True),
        ("q2", "q1 10/3/2019; q2 not-sent", True),
        ("q1", "q1 10/3/2019; q2 not-sent", False),
    ],
)
def test_not_sent_looks_at_one_due_date_or_at_all(due: str, text: str, *, fires: bool) -> None:
    condition = AnswerIs("1", "not-sent", due=due)

    assert outcome(condition, make.stated(DUES, text), DUES)[0] is fires


def test_silence_is_as_good_as_not_sent() -> None:
    assert outcome(AnswerIs("1", "not-sent"), UNANSWERED, ONE_DUE) == FIRES_BY_SILENCE


EVERY_CONDITION_ON_A_LINE = [
    AtZero("1"),
    CriterionBelow("1", D(100)),
    AnswerIs("1", "no"),
    AnswerIs("1", "yes", negated=True),
    NotHeld("1", "a"),
]


@pytest.mark.parametrize("condition", EVERY_CONDITION_ON_A_LINE)
@pytest.mark.parametrize(
    "value", [NOT_DUE, *(make.na(each) for each in ("drop", "rescale", "full", "zero"))]
)
def test_a_line_not_applicable_or_still_to_come_never_fires(
    condition: Condition, value: Value
) -> None:
    assert outcome(condition, value) == SILENT


@pytest.mark.parametrize("condition", [AtZero("x"), CriterionBelow("x", D(100)), NotHeld("x", "a")])
def test_a_line_that_is_not_on_the_sheet_never_fires(condition: Condition) -> None:
    assert outcome(condition, NO) == SILENT


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (make.value("0"), make.value("9.99"), FIRES),  # 9,99 of 20
        (make.value("0"), make.value(10), SILENT),  # exactly 50 %
        (UNANSWERED, make.value("9.99"), FIRES_BY_SILENCE),
        (make.na("drop"), make.value("4.99"), FIRES),  # of the 10 that are left
        (make.na("rescale"), make.value(5), SILENT),
        (NOT_DUE, make.value("0"), SILENT),  # 10 of 20 may still come
        (make.na("drop"), make.na("rescale"), SILENT),
        (make.na("zero"), make.value(9), FIRES),
        (make.na("full"), make.value(0), SILENT),
    ],
)
def test_a_group_below_a_share_of_its_most_on_this_sheet(
    first: Value, second: Value, found: tuple[bool, bool]
) -> None:
    of = table(GroupBelow("W", D(50)))

    fired = result(make.sheet(of, {"1": first, "2": second, "rest": 80})).fired

    assert (bool(fired), bool(fired) and fired[0].by_silence) == found


def test_a_group_that_is_not_on_the_sheet_never_fires() -> None:
    assert outcome(GroupBelow("X", D(100)), NO) == SILENT


def test_flags_and_tags_fire() -> None:
    of = table(Flagged("f"), Tagged("t"))
    given: make.Values = {"1": 10, "2": 10, "rest": 80}

    without = result(make.sheet(of, given))
    both = result(make.sheet(of, given, ["t"]), ["f"])

    assert without.fired == ()
    assert [fired.gate.code for fired in both.fired] == ["K1", "K2"]


@pytest.mark.parametrize(
    ("children", "fires"),
    [
        (OfChildren((("tot", 7), ("xs", 1)), 2), False),  # exactly 80 %
        (OfChildren((("tot", 7), ("kha", 1)), 2), True),
        (OfChildren((("tot", 7),), 3), True),
        (OfChildren(()), False),
        (None, False),
    ],
)
def test_children_below_a_share_fire(children: OfChildren | None, *, fires: bool) -> None:
    of = table(ChildrenBelow("TY-B", "to", ("xs", "tot"), D(80)))
    known = {("TY-B", "to"): children} if children else {}

    found = result(make.sheet(of, {"1": 10, "2": 10, "rest": 80}), (), known)

    assert bool(found.fired) is fires


def test_results_of_children_may_be_stated_on_a_line() -> None:
    of = table(ChildrenBelow("TY-B", "to", ("tot",), D(80)), scale=CHILDREN)

    found = result(make.sheet(of, {"1": make.stated(CHILDREN, "tot 7; kha 3")}))

    assert [fired.gate.code for fired in found.fired] == ["K1"]


@pytest.mark.parametrize(
    ("condition", "flags", "fires"),
    [
        (AllOf((Flagged("f"), AtZero("1"))), ["f"], True),
        (AllOf((Flagged("f"), AtZero("1"))), [], False),
        (AnyOf((Flagged("f"), AtZero("1"))), [], True),
        (AnyOf((Flagged("f"), Tagged("t"))), [], False),
        (AllOf((AnyOf((Flagged("f"), Tagged("t"))), AllOf((AtZero("1"),)))), ["f"], True),
    ],
)
def test_conditions_nest(condition: Condition, flags: list[str], *, fires: bool) -> None:
    found = result(make.sheet(table(condition), {"1": NO, "2": 10, "rest": 80}), flags)

    assert bool(found.fired) is fires
    assert all(not isinstance(each, AllOf | AnyOf) for each in simple_ones(condition))


@pytest.mark.parametrize(
    ("condition", "by_silence"),
    [
        (AllOf((Flagged("f"), AtZero("1"))), True),
        (AnyOf((Flagged("f"), AtZero("rest"))), False),
    ],
)
def test_a_joint_says_whether_silence_took_part(condition: Condition, *, by_silence: bool) -> None:
    found = result(make.sheet(table(condition), {"2": 10, "rest": 80}), ["f"])

    assert [fired.by_silence for fired in found.fired] == [by_silence]


def test_an_any_of_that_holds_without_the_silence_does_not_fire_by_silence() -> None:
    condition = AnyOf((Flagged("f"), AtZero("1")))

    found = result(make.sheet(table(condition), {"2": 10, "rest": 80}), ["f"])

    assert [fired.by_silence for fired in found.fired] == [False]


# --- effects ----------------------------------------------------------------------------------


def gated(*gates: Gate, rest: int = 80) -> Result:
    of = make.criteria(make.line("1", 20), make.line("rest", 80), gates=gates)
    return result(make.sheet(of, {"1": 20, "rest": rest}), ["f"])


def test_the_lowest_cap_wins_in_any_order_and_every_gate_is_named() -> None:
    gates = tuple(Gate(band, "", Flagged("f"), at_most=band) for band in ("tot", "tb", "kha", "xs"))

    found, turned = gated(*gates), gated(*gates[::-1])

    assert (found.earned.code, found.band and found.band.code) == ("xs", "tb")
    assert turned.band == found.band
    assert [fired.gate.code for fired in found.fired] == ["tot", "tb", "kha", "xs"]


def test_a_gate_without_effect_is_named_and_never_lifts() -> None:
    found = gated(Gate("K1", "", Flagged("f"), at_most="tot"), rest=40)

    assert (found.earned.code, found.band and found.band.code) == ("tb", "tb")
    assert [fired.gate.code for fired in found.fired] == ["K1"]


def test_a_gate_may_forbid_titles_only() -> None:
    found = gated(Gate("K1", "", Flagged("f"), no_title=True))

    assert found.no_title
    assert found.band == found.earned


def test_a_gate_may_leave_a_unit_unrated() -> None:
    found = gated(
        Gate("K1", "", Flagged("f"), unrated=True), Gate("K2", "", Flagged("f"), at_most="kha")
    )

    assert (found.band, found.unrated) == (None, (Unrated(UnratedBy.GATE, "K1"),))
    assert [fired.gate.code for fired in found.fired] == ["K1", "K2"]


def test_a_gate_that_does_not_fire_changes_nothing() -> None:
    found = gated(Gate("K1", "", Flagged("other"), at_most="yeu", no_title=True))

    assert (found.fired, found.no_title, found.band) == ((), False, found.earned)
