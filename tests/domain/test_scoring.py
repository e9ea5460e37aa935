"""From lines to a total: states, treatments, caps, stretching, bonus, penalty, ceiling."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from evalsvc.domain.answers import NOT_DUE, UNANSWERED, NotApplicable, Surveyed, Treatment
from evalsvc.domain.criteria import (
    CeilingIs,
    Compare,
    Fit,
    GivenBy,
    Reason,
    Role,
    Validity,
)
from evalsvc.domain.dates import Due, YearlyDay
from evalsvc.domain.errors import Refused
from evalsvc.domain.lines import Layer, State, line_score
from evalsvc.domain.results import Unrated, UnratedBy, result
from evalsvc.domain.scales import Count, Lateness, LateStep, Line, Ratio, Sort, Survey
from evalsvc.domain.scoring import (
    Base,
    BonusAdded,
    Clamped,
    Compared,
    PenaltyTaken,
    Stretched,
    score,
)
from tests import make

D, F = Decimal, Fraction
TWO = make.criteria(make.line("1", 20), make.line("2", 80))


@pytest.mark.parametrize(
    ("value", "state", "points"),
    [
        (make.value("7.5"), State.ANSWERED, "7.5"),
        (UNANSWERED, State.UNANSWERED, "0"),
        (NOT_DUE, State.NOT_DUE, "0"),
        (make.na("full"), State.NOT_APPLICABLE, "20"),
        (make.na("zero"), State.NOT_APPLICABLE, "0"),
        (make.na("drop"), State.NOT_APPLICABLE, "0"),
    ],
)
def test_a_line_is_in_one_of_four_states(value: object, state: State, points: str) -> None:
    line = make.sheet(TWO, {"1": value, "2": 80}).line("1")  # type: ignore[dict-item]

    assert line is not None
    assert (line.state, line.points) == (state, D(points))


@pytest.mark.parametrize(
    ("treatment", "unit_scale", "applicable", "total", "compared"),
    [
        ("full", 100, 100, "80.00", "80.00"),
        ("zero", 100, 100, "60.00", "60.00"),
        ("drop", 80, 80, "60.00", "75.00"),
        ("rescale", 100, 80, "75.00", "75.00"),
        ("exclude", 80, 80, "60.00", "75.00"),
    ],
)
def test_each_reason_has_its_treatment(
    treatment: str, unit_scale: int, applicable: int, total: str, compared: str
) -> None:
    sheet = make.sheet(TWO, {"1": make.na(treatment), "2": 60})

    assert (sheet.unit_scale, sheet.applicable) == (D(unit_scale), D(applicable))
    assert (sheet.total, sheet.compared) == make.decimals(total, compared)


def test_silence_earns_nothing_and_shrinks_nothing() -> None:
    sheet = make.sheet(TWO, {"2": 60})

    assert (sheet.applicable, sheet.total) == (D(100), D(60))


@pytest.mark.parametrize(
    ("given_by", "layer", "state"),
    [
        (GivenBy.UNIT, Layer.CLAIMED, State.UNANSWERED),
        (GivenBy.REVIEWER, Layer.CLAIMED, State.NOT_DUE),
        (GivenBy.REVIEWER, Layer.REVIEWED, State.UNANSWERED),
        (GivenBy.REVIEWER, Layer.FINAL, State.UNANSWERED),
        (GivenBy.SERVICE, Layer.FINAL, State.NOT_DUE),
    ],
)
def test_a_missing_value_is_silence_or_still_to_come(
    given_by: GivenBy, layer: Layer, state: State
) -> None:
    table = make.criteria(make.line("1", 100, given_by=given_by))

    assert make.sheet(table, {}, layer=layer).lines[0].state is state


@pytest.mark.parametrize(
    ("replies", "state", "total"), [(30, State.ANSWERED, "95"), (29, State.NOT_APPLICABLE, "93.75")]
)
def test_a_survey_with_too_few_replies_is_not_applicable(
    replies: int, state: State, total: str
) -> None:
    survey = Survey(F(20), Line(D(1), D(5)), minimum=30, too_few=Treatment.RESCALE)
    table = make.criteria(make.line("1", scale=survey, reasons=()), make.line("2", 80))
    value = make.stated(survey, f"5; {replies}")

    sheet = make.sheet(table, {"1": value, "2": 75})

    assert (sheet.lines[0].state, sheet.total) == (state, D(total))


def test_a_reason_that_the_line_does_not_have_is_a_programming_error() -> None:
    with pytest.raises(KeyError):
        line_score(make.entry(Ratio(F(4)), reasons=()), NotApplicable("drop"), 2)


def test_a_line_is_rounded_to_the_decimals_of_its_set() -> None:
    ratio = Ratio(F(100))
    third = {"1": make.stated(ratio, "1/3")}

    totals = [
        make.sheet(make.criteria(make.line("1", scale=ratio), decimals=places), third).total
        for places in (0, 1, 2, 4)
    ]

    assert totals == [D("33"), D("33.3"), D("33.33"), D("33.3333")]


def test_only_sums_come_after_the_rounding_of_lines() -> None:
    thirds = [make.line(code, scale=Ratio(F(10))) for code in "abc"]
    table = make.criteria(*thirds, make.line("rest", 70))
    third = make.stated(Ratio(F(10)), "1/3")

    sheet = make.sheet(table, {"a": third, "b": third, "c": third, "rest": 0})

    assert sheet.total == D("9.99")


# --- capped groups ----------------------------------------------------------------------------

CAPPED = make.criteria(
    make.group(make.line("a", 12), make.line("b", 8), make.line("c", 4), cap=20),
    make.group(make.line("rest", 80), code="B"),
)


def test_a_capped_group_counts_up_to_its_cap() -> None:
    sheet = make.sheet(CAPPED, {"a": 12, "b": 8, "c": 4, "rest": 60})

    assert (sheet.groups[0].earned, sheet.groups[0].counted) == make.decimals(24, 20)
    assert sheet.total == 80


@pytest.mark.parametrize(
    ("dropped", "unit_scale"),
    [(("c",), 100), (("b",), 96), (("a",), 92), (("b", "c"), 92), (("a", "b", "c"), 80)],
)
def test_dropping_from_a_capped_group_shrinks_the_scale_by_what_leaves_the_cap(
    dropped: tuple[str, ...], unit_scale: int
) -> None:
    given = {"a": 0, "b": 0, "c": 0, "rest": 60} | dict.fromkeys(dropped, make.na("drop"))

    sheet = make.sheet(CAPPED, given)

    assert (sheet.unit_scale, sheet.applicable) == (D(unit_scale), D(unit_scale))
    assert sheet.total == 60


def test_a_full_line_in_a_capped_group_counts_under_the_cap() -> None:
    sheet = make.sheet(CAPPED, {"a": 12, "b": 8, "c": make.na("full"), "rest": 60})

    assert (sheet.total, sheet.applicable) == (D(80), D(100))


def test_dropped_and_rescaled_lines_meet_in_one_sheet() -> None:
    table = make.criteria(make.line("d", 15), make.line("r", 5), make.line("rest", 80))

    sheet = make.sheet(table, {"d": make.na("drop"), "r": make.na("rescale"), "rest": 40})

    assert (sheet.unit_scale, sheet.applicable, sheet.total) == make.decimals(85, 80, "42.50")
    assert sheet.compared == D("50.00")


# --- the unit's scale -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fit", "unit_scale", "total", "compared"),
    [(Fit.SCALE, 100, "80.00", "80.00"), (Fit.OWN, 85, "68", "80.00")],
)
def test_a_sheet_that_is_smaller_than_the_scale_fits_as_the_set_says(
    fit: Fit, unit_scale: int, total: str, compared: str
) -> None:
    sheet = make.sheet(make.criteria(make.line("1", 85), fit=fit), {"1": 68})

    assert (sheet.unit_scale, sheet.total, sheet.compared) == make.decimals(
        unit_scale, total, compared
    )


def test_lines_of_other_tags_years_and_halves_are_not_on_the_sheet() -> None:
    lines = [
        make.line("all", 50),
        make.line("tag", 10, only=("don-thu", "khac")),
        make.line("year", 10, validity=Validity(start=2018, every=2)),
        make.line("half", 10, validity=Validity(half=2)),
    ]
    table = make.criteria(*lines, fit=Fit.SCALE, tags={"don-thu": "", "khac": ""})

    def codes(*tags: str, **when: int) -> list[str]:
        return [entry.code for entry in make.form(table, tags, **when).entries()]

    assert codes() == ["all", "half"]
    assert codes("khac") == ["all", "tag", "half"]
    assert codes(year=2020, half=1) == ["all", "year"]
    assert codes("khac", year=2020, half=2) == ["all", "tag", "year", "half"]


@pytest.mark.parametrize(
    ("kind", "tags", "year", "message"),
    [
        ("xa", (), 2019, "no-such-kind"),
        ("so", ("la",), 2019, "no-such-tag"),
        ("so", (), 2016, "set-not-valid-in-year"),
    ],
)
def test_a_set_serves_its_own_kinds_tags_and_years(
    kind: str, tags: tuple[str, ...], year: int, message: str
) -> None:
    table = make.criteria(years=Validity(2017, 2026))

    with pytest.raises(Refused) as error:
        make.form(table, tags, kind=kind, year=year)

    assert error.value.message == message


def test_nothing_applicable_is_unrated() -> None:
    sheet = make.sheet(TWO, {"1": make.na("drop"), "2": make.na("rescale")})

    found = result(sheet)

    assert sheet.nothing_applicable
    assert (sheet.steps, sheet.total) == ((), D(0))
    assert (found.band, found.unrated) == (None, (Unrated(UnratedBy.NOTHING_APPLICABLE),))


def test_an_excluding_reason_leaves_the_unit_unrated_and_names_the_line() -> None:
    found = result(make.sheet(TWO, {"1": make.na("exclude"), "2": 60}))

    assert (found.band, found.unrated) == (None, (Unrated(UnratedBy.LINE, "1"),))


@pytest.mark.parametrize(("out", "stays"), [("100", "10"), ("105", "5")])
def test_a_sheet_that_loses_its_whole_scale_is_unrated(out: str, stays: str) -> None:
    table = make.criteria(make.line("out", out), make.line("1", stays), fit=Fit.SCALE)

    found = result(make.sheet(table, {"out": make.na("drop"), "1": 3}))

    assert (found.band, found.unrated) == (None, (Unrated(UnratedBy.NOTHING_APPLICABLE),))


# --- bonus, penalty, ceiling, compared --------------------------------------------------------


@pytest.mark.parametrize(("cap", "added"), [(None, 9), (D(5), 5), (D(9), 9), (D(10), 9), (D(0), 0)])
def test_bonuses_share_a_common_cap(cap: Decimal | None, added: int) -> None:
    table = make.criteria(make.line("1", 100), make.bonus("t1"), make.bonus("t2"), bonus_cap=cap)

    sheet = make.sheet(table, {"1": 50, "t1": 5, "t2": 4})

    assert sheet.total == 50 + added


def test_a_bonus_has_its_own_cap_first() -> None:
    counted = make.line("t", role=Role.BONUS, scale=Count(F(3), (Sort("t", "", F(1)),)))
    table = make.criteria(make.line("1", 100), counted)

    sheet = make.sheet(table, {"1": 50, "t": make.stated(counted.scales[""], "7")})

    assert sheet.total == 53


def test_a_group_of_bonuses_may_have_a_cap() -> None:
    extra = make.group(make.bonus("t1"), make.bonus("t2"), code="T", cap=6)
    table = make.criteria(make.line("1", 100), extra)

    assert make.sheet(table, {"1": 50, "t1": 5, "t2": 4}).total == 56


def test_a_cap_on_lines_of_the_scale_never_caps_a_bonus_beside_them() -> None:
    mixed = make.group(make.line("a", 12, only=("khac",)), make.bonus("t"), code="M", cap=2)
    table = make.criteria(make.line("1", 88), mixed, fit=Fit.SCALE, tags={"khac": ""})

    with_a, without_a = (make.sheet(table, {"1": 0, "t": 5}, tags) for tags in (("khac",), ()))

    assert (with_a.total, without_a.total) == make.decimals(5, 5)


def test_a_cap_on_a_group_of_penalties_limits_what_is_taken_off() -> None:
    taken = make.group(make.penalty("p1"), make.penalty("p2"), code="P", cap=6)
    table = make.criteria(make.line("1", 100), taken)

    assert make.sheet(table, {"1": 50, "p1": 5, "p2": 4}).total == 44


def test_silence_beside_the_scale_is_zero() -> None:
    table = make.criteria(make.line("1", 100), make.bonus("t"), make.penalty("p"))

    assert make.sheet(table, {"1": 50}).total == 50


@pytest.mark.parametrize(
    ("ceiling", "total"),
    [(CeilingIs.UNIT_SCALE, 100), (CeilingIs.NONE, 110), (D(105), 105), (D(120), 110)],
)
def test_the_ceiling_is_the_scale_a_number_or_none(
    ceiling: Decimal | CeilingIs, total: int
) -> None:
    table = make.criteria(make.line("1", 100), make.bonus("t", 10), ceiling=ceiling)

    sheet = make.sheet(table, {"1": 100, "t": 10})

    assert (sheet.total, sheet.compared) == (D(total), D(total))


@pytest.mark.parametrize("ceiling", [CeilingIs.UNIT_SCALE, CeilingIs.NONE, D(105)])
def test_no_total_is_below_zero(ceiling: Decimal | CeilingIs) -> None:
    table = make.criteria(make.line("1", 100), make.penalty("p"), ceiling=ceiling)

    assert make.sheet(table, {"1": 3, "p": 5}).total == 0


@pytest.mark.parametrize(
    ("compare", "compared"), [(Compare.SCALE, "80.00"), (Compare.POINTS, "68")]
)
def test_a_set_may_compare_points(compare: Compare, compared: str) -> None:
    table = make.criteria(make.line("out", 15), make.line("1", 85), compare=compare)

    sheet = make.sheet(table, {"out": make.na("drop"), "1": 68})

    assert (sheet.total, sheet.compared) == (D(68), D(compared))


def test_a_band_reads_the_compared_value_as_printed() -> None:
    table = make.criteria(make.line("out", 15), make.line("1", 85))

    sheet = make.sheet(table, {"out": make.na("drop"), "1": "67.996"})

    assert sheet.compared == D("80.00")  # 79,9952…
    assert result(sheet).earned.code == "tot"


def test_every_step_stands_in_the_sheet_in_order() -> None:
    lines = [make.line("d", 15), make.line("r", 5), make.line("rest", 80)]
    table = make.criteria(*lines, make.bonus("t"), make.penalty("p"), bonus_cap=D(3))
    out = {"d": make.na("drop"), "r": make.na("rescale")}

    sheet = make.sheet(table, {**out, "rest": 40, "t": 5, "p": 2})

    assert sheet.steps == (
        Base((D(40),), D(40)),
        Stretched(D(40), D(85), D(80), D("42.50")),
        BonusAdded((D(5),), D(3), D(3)),
        PenaltyTaken((D(2),), D(2)),
        Clamped(D("43.50"), D(85), D("43.50")),
        Compared(D("43.50"), D(100), D(85), D("51.18")),
    )


def test_a_printed_bonus_step_adds_up_from_its_parts() -> None:
    extra = make.group(make.bonus("t1"), make.bonus("t2"), code="T", cap=6)
    sheet = make.sheet(make.criteria(make.line("1", 100), extra), {"1": 50, "t1": 5, "t2": 4})

    step = next(each for each in sheet.steps if isinstance(each, BonusAdded))

    assert sum(step.parts) == step.result


# --- what the unit itself can claim -----------------------------------------------------------


def test_the_claimed_layer_names_its_own_most() -> None:
    table = make.criteria(make.line("1", 90), make.line("2", 10, given_by=GivenBy.REVIEWER))

    assert make.sheet(table, {"1": 79}, layer=Layer.CLAIMED).own_most == 90


def test_the_own_most_is_stretched_with_the_sheet() -> None:
    lines = [make.line("1", 70), make.line("2", 10, given_by=GivenBy.REVIEWER), make.line("r", 20)]

    given = {"1": 60, "r": make.na("rescale")}

    sheet = make.sheet(make.criteria(*lines), given, layer=Layer.CLAIMED)

    assert sheet.own_most == D("87.50")  # 70 × 100/80


def test_the_own_most_counts_a_capped_group_without_what_was_rescaled_away() -> None:
    capped = make.group(
        make.line("a", 12),
        make.line("b", 8, given_by=GivenBy.REVIEWER),
        make.line("c", 4),
        cap=20,
    )
    table = make.criteria(capped, make.group(make.line("rest", 80), code="B"))

    sheet = make.sheet(table, {"c": make.na("rescale")}, layer=Layer.CLAIMED)

    assert sheet.own_most == 92  # 12 + 80; the group still holds 20 of 20


def test_due_days_of_the_round_stand_over_those_of_the_set() -> None:
    scale = Lateness(F(100), (Due("q1", "", YearlyDay(10, 3)),), (LateStep(F(1, 2)),))
    table = make.criteria(make.line("1", scale=scale))
    value = {"1": make.stated(scale, "q1 12/3/2019")}

    usual = score(make.form(table), value)
    moved = score(make.form(table, dates={"1": {"q1": date(2019, 3, 12)}}), value)

    assert (usual.total, moved.total) == make.decimals(50, 100)


def test_a_line_by_its_code() -> None:
    sheet = make.sheet(TWO, {})

    assert sheet.line("2") is sheet.lines[1]
    assert sheet.line("3") is None
    assert Surveyed(D(1), 2) != Surveyed(D(1), 3)


def test_a_reason_may_be_given_by_hand_in_the_set() -> None:
    only = (Reason("khong-don", "Không có đơn", Treatment.FULL),)
    table = make.criteria(make.line("1", 20, reasons=only), make.line("2", 80))

    assert make.sheet(table, {"1": NotApplicable("khong-don"), "2": 60}).total == 80
