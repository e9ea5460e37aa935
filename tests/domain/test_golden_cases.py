"""The cases worked by hand in the rules: each row can be added up again with a calculator."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from evalsvc.domain.answers import Treatment
from evalsvc.domain.assessment import Stage, values
from evalsvc.domain.criteria import CriteriaSet, Fit, GivenBy, Validity
from evalsvc.domain.dates import Due, YearlyDay
from evalsvc.domain.lines import Layer
from evalsvc.domain.points import cut, per_cent
from evalsvc.domain.provisions import BaseIs, Bounds, Per, Quota, Rounding, Title
from evalsvc.domain.quotas import banded
from evalsvc.domain.ranking import ranked
from evalsvc.domain.results import band_of, result
from evalsvc.domain.scales import (
    Children,
    ChildrenOf,
    Count,
    Deduct,
    Imported,
    Lateness,
    LateStep,
    Line,
    Ratio,
    Scale,
    Sort,
    Survey,
    Tier,
    Tiers,
)
from evalsvc.domain.scoring import score
from evalsvc.domain.titles import titled
from tests import make

D, F = Decimal, Fraction

FOUR_DATES = Lateness(
    F(1),
    tuple(Due(f"q{quarter}", "", YearlyDay(10, 3 * quarter)) for quarter in (1, 2, 3, 4)),
    (LateStep(F(1, 2), 5),),
)
OVER_70 = (Tier(F(4), D(70), above=True), Tier(F(2), D(50)), Tier(F(0)))
NEARLY_ALL = (Tier(F(3), D(100)), Tier(F(2), D(95)), Tier(F(1), D(80)), Tier(F(0)))
VU = (Sort("vu", "Vụ không báo cáo", F(1, 2)),)


@pytest.mark.parametrize(
    ("scale", "answer", "points"),
    [
        # the worked cases that the rules were settled with
        (Ratio(F(2)), "1/3", "0.67"),
        (
            FOUR_DATES,
            "q1 10/3/2019; q2 11/6/2019; q3 15/9/2019; q4 not-sent",
            "0.50",
        ),
        (Ratio(F(4), cut_below=D(70)), "13/20", "0"),
        (Ratio(F(4), cut_below=D(70)), "15/20", "3.00"),
        (Ratio(F(5), line=Line(D(80), D(98))), "89/100", "2.50"),
        (Tiers(F(3), NEARLY_ALL), "1899/1999", "1"),
        (
            Children(F(4), ChildrenOf("TY-B", "to"), ("tot",), OVER_70),
            "tot 7; kha 2; unsubmitted 1",
            "2",
        ),
        # worked by hand beside the proposed sets
        (Tiers(F(3), NEARLY_ALL), "99,99", "2"),
        (Tiers(F(3), NEARLY_ALL), "95,00", "2"),
        (Ratio(F(4)), "5/7", "2.86"),
        (Ratio(F(3), may_exceed=True), "6/4", "3"),
        (Count(F(3), (Sort("1", "buổi", F(1, 2)),)), "7", "3"),
        (Deduct(F(4), (Sort("a", "Nhẹ", F(1)), Sort("b", "Nặng", F(2)))), "a 2; b 2", "0"),
        (
            Lateness(F(2), (Due("1", "", YearlyDay(10, 6)),), (LateStep(F(1, 2), 5),)),
            "15/6/2019",
            "1",
        ),
        (Survey(F(4), Line(D(1), D(5))), "4,2; 120", "3.20"),
        (
            Imported(F(15), D(100), "Chỉ số cải cách hành chính", year_before=True),
            "87,61; 398/QĐ-UBND; 22/4/2019; 2018",
            "13.14",
        ),
    ],
)
def test_an_answer_earns_what_the_calculator_says(scale: Scale, answer: str, points: str) -> None:
    assert make.points(scale, answer) == D(points)


def test_four_dates_share_a_line_and_it_is_rounded_once() -> None:
    shares = Lateness(F(1), FOUR_DATES.dues, (LateStep(F(1, 2), 5), LateStep(F(0))))

    points = make.points(shares, "q1 10/3/2019; q2 11/6/2019; q3 15/9/2019; q4 12/12/2019")

    assert points == D("0.63")  # 0,25 + 3 × 0,125 = 0,625


@pytest.mark.parametrize(("answer", "points"), [("10/12 | vu 1", "2.83"), ("1/12 | vu 1", "0")])
def test_events_are_taken_off_before_the_line_is_rounded(answer: str, points: str) -> None:
    assert make.points(Ratio(F(4)), answer, less=VU) == D(points)


def test_zero_of_zero_is_full_or_not_counted_by_its_reason() -> None:
    table = make.criteria(make.line("1", 4), make.line("2", 96))

    full = make.sheet(table, {"1": make.na("full"), "2": 90})
    dropped = make.sheet(table, {"1": make.na("drop"), "2": 90})

    assert (full.total, full.unit_scale) == (D(94), D(100))
    assert (dropped.total, dropped.unit_scale) == (D(90), D(96))


def test_rounded_lines_decide_a_band() -> None:
    thirds = [make.line(code, scale=Ratio(F(2))) for code in "abc"]
    table = make.criteria(make.line("1", 94), *thirds)
    third = make.stated(Ratio(F(2)), "1/3")

    sheet = make.sheet(table, {"1": "77.99", "a": third, "b": third, "c": third})

    assert sheet.total == D("80.00")
    assert result(sheet).earned.code == "tot"  # exact 79,99 would be kha


def _quang_binh() -> CriteriaSet:
    lines = [
        make.line("cchc", 15),
        make.line("a", 2),
        make.line("b", 2),
        make.line("rest", 81),
        make.bonus("t1", 3),
        make.bonus("t2", 3),
        make.penalty("p"),
    ]
    return make.criteria(*lines, bonus_cap=D(5))


def test_a_sheet_without_the_index_is_stretched_and_compared() -> None:
    out = {"cchc": make.na("drop"), "a": make.na("rescale"), "b": make.na("rescale")}

    sheet = make.sheet(_quang_binh(), {**out, "rest": "66.42", "t1": 3, "t2": 3, "p": 5})

    assert (sheet.unit_scale, sheet.applicable) == (D(85), D(81))
    assert tuple(step.result for step in sheet.steps) == make.decimals(
        "66.42", "69.70", 5, 5, "69.70", "82.00"
    )
    assert (sheet.total, sheet.compared) == (D("69.70"), D("82.00"))
    assert result(sheet).earned.code == "tot"


@pytest.mark.parametrize(
    ("rest", "bonus", "taken", "total"),
    [("69.00", 3, 0, "72.00"), ("69.00", 0, 5, "64.00"), ("3", 0, 5, "0")],
)
def test_bonus_and_penalty_come_after_the_base(
    rest: str, bonus: int, taken: int, total: str
) -> None:
    table = make.criteria(make.line("1", 100), make.bonus("t"), make.penalty("p"))

    assert make.sheet(table, {"1": rest, "t": bonus, "p": taken}).total == D(total)


def test_the_ceiling_is_the_units_own_scale() -> None:
    table = make.criteria(
        make.line("out", 15), make.line("1", 85), make.bonus("t"), make.penalty("p")
    )

    sheet = make.sheet(table, {"out": make.na("drop"), "1": 84, "t": 5, "p": 3})

    assert (sheet.total, sheet.compared) == (D(85), D(100))  # 86 against a ceiling of 85


def test_a_stretched_sheet_gets_its_bonus_unstretched() -> None:
    table = make.criteria(make.line("1", 85), make.bonus("t"), fit=Fit.SCALE)

    assert make.sheet(table, {"1": 68, "t": 5}).total == D("85.00")  # 80 + 5


@pytest.mark.parametrize(
    ("year", "total"), [(2019, "80.00"), (2018, "80.00"), (2020, "76.52"), (2017, "76.52")]
)
def test_a_line_every_third_year_changes_what_the_rest_weighs(year: int, total: str) -> None:
    contest = make.line("thi", 2, validity=Validity(start=2017, every=3))
    table = make.criteria(make.line("1", 44), contest, fit=Fit.SCALE)

    sheet = score(make.form(table, year=year), make.values({"1": "35.20", "thi": 0}))

    assert sheet.total == D(total)


@pytest.mark.parametrize(
    ("earned", "total", "band"), [("88", "80", "tot"), ("87.99", "79.99", "kha")]
)
def test_an_overlay_above_the_scale_is_pressed_onto_it(earned: str, total: str, band: str) -> None:
    table = make.criteria(make.line("1", 110), fit=Fit.SCALE)

    found = result(make.sheet(table, {"1": earned}))

    assert (found.sheet.total, found.earned.code) == (D(total), band)


def test_a_line_rescaled_out_of_a_capped_group_leaves_nothing_to_stretch() -> None:
    capped = make.group(make.line("a", 12), make.line("b", 8), make.line("c", 4), cap=20)
    table = make.criteria(capped, make.group(make.line("rest", 80), code="B"))

    sheet = make.sheet(table, {"a": 9, "b": 6, "c": make.na("rescale"), "rest": 60})

    assert (sheet.applicable, sheet.total) == (D(100), D("75.00"))


def test_a_reviewer_finds_a_line_not_applicable() -> None:
    table = make.criteria(make.line("1", 4), make.line("rest", 96))
    claimed = make.assessment(
        claims={"1": 4, "rest": 76}, marks=(make.mark("1", make.na("rescale")),)
    )

    own = make.sheet(table, values(claimed, Layer.CLAIMED), layer=Layer.CLAIMED)
    reviewed = make.sheet(table, values(claimed, Layer.REVIEWED), layer=Layer.REVIEWED)

    assert (own.total, result(own).earned.code) == (D("80"), "tot")
    assert (reviewed.total, result(reviewed).earned.code) == (D("79.17"), "kha")


def test_review_moves_both_ways() -> None:
    table = make.criteria(make.line("own", 90), make.line("sup", 10, given_by=GivenBy.REVIEWER))
    marks = (
        make.mark("sup", 8),
        make.mark("own", 71, Stage.AGREED),
        make.mark("sup", 7, Stage.AGREED),
    )
    here = make.assessment(claims={"own": 79}, marks=marks[:1])
    lowered = make.assessment(claims={"own": 79}, marks=marks)

    claimed = make.sheet(table, values(here, Layer.CLAIMED), layer=Layer.CLAIMED)
    first, second = (make.sheet(table, values(each, Layer.REVIEWED)) for each in (here, lowered))

    assert (claimed.total, claimed.own_most) == (D(79), D(90))
    assert (first.total, result(first).earned.code) == (D(87), "tot")
    assert (second.total, result(second).earned.code) == (D(78), "kha")


@pytest.mark.parametrize(
    ("treatment", "total", "unit_scale", "compared"),
    [(Treatment.DROP, "68", "85", "80.00"), (Treatment.RESCALE, "80.00", "100", "80.00")],
)
def test_dropped_and_rescaled_lines_come_to_the_same_compared_value(
    treatment: Treatment, total: str, unit_scale: str, compared: str
) -> None:
    table = make.criteria(make.line("out", 15), make.line("1", 85))

    sheet = make.sheet(table, {"out": make.na(treatment), "1": 68})

    assert (sheet.total, sheet.unit_scale, sheet.compared) == make.decimals(
        total, unit_scale, compared
    )


@pytest.mark.parametrize(
    ("compared", "band"), [("79.99", "kha"), ("80", "tot"), ("75", "kha"), ("64.99", "tb")]
)
def test_a_lower_bound_belongs_to_its_band(compared: str, band: str) -> None:
    assert band_of(make.LADDER, D(compared)).code == band


@pytest.mark.parametrize(
    ("share", "decimals", "printed"),
    [(F(340, 369), 2, "92.14"), (F(340, 369), 1, "92.1"), (F(1899, 1999), 2, "94.99")],
)
def test_a_printed_per_cent_is_cut(share: Fraction, decimals: int, printed: str) -> None:
    assert cut(100 * share, decimals) == D(printed)


def test_a_share_is_printed_with_two_decimals() -> None:
    assert str(per_cent(F(1899, 1999))) == "94.99"  # 94,9975: rounded it would look like 95


# --- quotas, titles, ties ---------------------------------------------------------------------

TOP_20 = Quota("xs", D(20), ("xs", "tot"), Per.ROUND)


@pytest.mark.parametrize(
    ("best", "good", "of", "allowed"),
    [
        (5, 5, ("xs", "tot"), 2),
        (9, 25, ("xs", "tot"), 6),  # 6,8
        (9, 25, ("tot",), 5),
        (6, 10, ("xs", "tot"), 3),
    ],
)
def test_a_quota_is_the_floor_of_its_share(
    best: int, good: int, of: tuple[str, ...], allowed: int
) -> None:
    units = [*make.falling(best, 95, "x"), *make.falling(good, 85, "t")]
    quota = Quota("xs", D(20), of, Per.ROUND)

    outcome = banded(make.field(*units, quotas=(quota,))).outcomes[0]

    assert (outcome.base, outcome.allowed, len(outcome.kept)) == (
        best * ("xs" in of) + good,
        allowed,
        allowed,
    )


def test_two_quotas_pass_once_from_the_top_down() -> None:
    units = [
        *make.falling(6, 95, "x"),
        *make.falling(10, 85, "t"),
        *make.falling(4, 70, "k"),
    ]
    half = Quota("tot", D(50), BaseIs.RATED, Per.ROUND)

    bands = banded(make.field(*units, quotas=(TOP_20, half))).bands.values()

    codes = [band.code for band in bands if band]
    assert [codes.count(code) for code in ("xs", "tot", "kha")] == [3, 10, 7]


def test_a_tie_key_that_one_of_them_lacks_is_skipped_for_all() -> None:
    tied = [
        make.standing("A", "88.50", keys=make.decimals(90, 60)),
        make.standing("B", "88.50", keys=(None, D(80))),
        make.standing("C", "88.50", keys=make.decimals(85, 90)),
    ]

    assert [each.standing.unit for each in ranked(tied)] == ["C", "B", "A"]


def test_equal_values_share_a_rank_and_the_next_is_skipped() -> None:
    found = ranked(
        [make.standing(u, c) for u, c in zip("abcd", (90, "88.5", "88.5", 80), strict=True)]
    )

    assert [each.rank for each in found] == [1, 2, 2, 4]


QUARTER = Title("dvk", "Dân vận khéo", Bounds(D(25), D(30)), ("tot",), BaseIs.RATED, Per.ROUND)


@pytest.mark.parametrize(
    ("rated", "eligible", "number", "short"),
    [
        (25, 25, 7, 0),  # 6,25 … 7,5
        (9, 9, None, 0),  # 2,25 … 2,7: no whole number
        (11, 11, 3, 0),  # 2,75 … 3,3
        (37, 37, 11, 0),  # 9,25 … 11,1
        (40, 40, 12, 0),  # 10 … 12
        (25, 4, 4, 3),
    ],
)
def test_a_title_goes_to_the_largest_whole_number_that_fits(
    rated: int, eligible: int, number: int | None, short: int
) -> None:
    units = [*make.falling(eligible, 85), *make.falling(rated - eligible, 60, "v")]
    field = make.field(*units, titles=(QUARTER,))

    title = titled(field, banded(field))[0]

    assert (title.number, len(title.given), title.short) == (number, number or 0, short)


def test_a_title_per_round_counts_the_blocks_together() -> None:
    units = [
        *make.falling(9, 89, "a", block="I"),
        *make.falling(10, 88, "b", block="II"),
        *make.falling(6, 87, "c", block="III"),
    ]
    field = make.field(*units, titles=(QUARTER,))

    assert titled(field, banded(field))[0].number == 7


def test_a_quota_rounds_down_unless_the_set_says_otherwise() -> None:
    assert TOP_20.rounding is Rounding.FLOOR


def test_a_due_day_counts_both_of_its_ends() -> None:
    by, before = Due("a", "", YearlyDay(10, 6)), Due("b", "", YearlyDay(30, 3), before=True)

    assert by.last_day(2019) == date(2019, 6, 10)
    assert before.last_day(2019) == date(2019, 3, 29)
