"""What a sheet keeps beside its total: exact values, layer, lines beside the scale, own most."""

from decimal import Decimal
from fractions import Fraction

import pytest

from evalsvc.domain.answers import (
    NOT_DUE,
    UNANSWERED,
    NotApplicable,
    PartOf,
    Stated,
    Treatment,
    Value,
)
from evalsvc.domain.criteria import TOO_FEW_REPLIES, Fit, GivenBy, Role
from evalsvc.domain.lines import Layer, line_score
from evalsvc.domain.scales import Line, Ratio, Sort, Survey
from evalsvc.domain.scoring import Base, Clamped, OutsideScore
from tests import make

D, F = Decimal, Fraction
RATIO = Ratio(F(4))
SURVEY = Survey(F(4), Line(D(1), D(5)), 30, Treatment.RESCALE)


@pytest.mark.parametrize(
    ("value", "exact", "points"),
    [
        (make.stated(RATIO, "1/3"), F(4, 3), "1.33"),
        (make.value("1.25"), F(5, 4), "1.25"),
        (make.na("full"), F(4), "4"),
        (make.na("zero"), F(0), "0"),
        (make.na("drop"), F(0), "0"),
        (UNANSWERED, F(0), "0"),
        (NOT_DUE, F(0), "0"),
    ],
)
def test_a_line_keeps_what_was_rounded(value: Value, exact: Fraction, points: str) -> None:
    found = line_score(make.entry(RATIO), value, 2)

    assert (found.exact, found.points) == (exact, D(points))


@pytest.mark.parametrize("code", ["lost", TOO_FEW_REPLIES])
def test_a_reason_that_the_line_does_not_have_is_named(code: str) -> None:
    with pytest.raises(KeyError) as error:
        line_score(make.entry(RATIO), NotApplicable(code), 2)

    assert error.value.args == (code,)


@pytest.mark.parametrize(
    ("code", "treatment"),
    [(TOO_FEW_REPLIES, Treatment.RESCALE), ("drop", Treatment.DROP), ("zero", Treatment.ZERO)],
)
def test_a_survey_has_its_listed_reasons_beside_that_of_too_few_replies(
    code: str, treatment: Treatment
) -> None:
    found = line_score(make.entry(SURVEY), NotApplicable(code), 2)

    assert found.treatment is treatment


@pytest.mark.parametrize("layer", list(Layer))
def test_a_sheet_names_its_layer(layer: Layer) -> None:
    assert make.sheet(make.criteria(), {}, layer=layer).layer is layer


@pytest.mark.parametrize(("most", "total"), [("1", "0.50"), ("0.50", "0.50"), ("0.01", "0.01")])
def test_a_scale_of_one_point_or_less_is_rated(most: str, total: str) -> None:
    rest = 100 - D(most)
    table = make.criteria(make.line("out", rest), make.line("1", most))

    sheet = make.sheet(table, {"out": make.na("drop"), "1": "0.50"})

    assert (sheet.unit_scale, sheet.total) == (D(most), D(total))


def test_a_sheet_without_bonus_or_penalty_has_no_step_for_them() -> None:
    sheet = make.sheet(make.criteria(make.line("1", 100)), {"1": 50})

    assert sheet.steps == (Base((D(50),), D(50)), Clamped(D(50), D(100), D(50)))


def test_lines_beside_the_scale_stand_one_by_one_or_together_where_a_group_has_a_cap() -> None:
    loose = make.group(make.line("1", 100), make.penalty("p"), make.bonus("t"))
    capped = make.group(
        make.bonus("t1"), make.penalty("p1"), make.bonus("t2"), make.penalty("p2"), code="C", cap=6
    )

    sheet = make.sheet(
        make.criteria(loose, capped), {"1": 90, "p": 1, "t": 2, "t1": 5, "t2": 4, "p1": 3}
    )

    assert sheet.outside == (
        OutsideScore(Role.BONUS, ("t",), D(2), None, D(2)),
        OutsideScore(Role.PENALTY, ("p",), D(1), None, D(1)),
        OutsideScore(Role.BONUS, ("t1", "t2"), D(9), D(6), D(6)),
        OutsideScore(Role.PENALTY, ("p1", "p2"), D(3), D(6), D(3)),
    )


GIVEN = make.line("g", 10, given_by=GivenBy.REVIEWER)


@pytest.mark.parametrize(
    ("layer", "own_most"), [(Layer.CLAIMED, 90), (Layer.REVIEWED, 100), (Layer.FINAL, 100)]
)
def test_only_the_claimed_layer_has_a_most_of_its_own(layer: Layer, own_most: int) -> None:
    sheet = make.sheet(make.criteria(make.line("1", 90), GIVEN), {"1": 79}, layer=layer)

    assert sheet.own_most == own_most


@pytest.mark.parametrize(
    ("treatment", "own_most"),
    [
        ("full", "90"),
        ("zero", "90"),
        ("rescale", "87.50"),  # 70 of 80, on a scale of 100
        ("drop", "70"),
    ],
)
def test_the_own_most_leaves_out_only_what_leaves_the_sheet(treatment: str, own_most: str) -> None:
    table = make.criteria(make.line("1", 70), make.line("2", 20), GIVEN)

    sheet = make.sheet(table, {"2": make.na(treatment)}, layer=Layer.CLAIMED)

    assert sheet.own_most == D(own_most)


@pytest.mark.parametrize(
    ("number", "exact"), [(0, F(8, 3)), (1, F(13, 6)), (5, F(1, 6)), (6, F(0))]
)
def test_what_is_taken_off_a_line_leaves_the_exact_rest(number: int, exact: Fraction) -> None:
    here = make.entry(RATIO, less=(Sort("vu", "", F(1, 2)),))

    found = line_score(here, Stated(PartOf(2, 3), (("vu", number),)), 2)

    assert found.exact == exact


def test_a_sheet_smaller_than_what_leaves_it_claims_nothing() -> None:
    table = make.criteria(make.line("out", 105), make.line("1", 5), GIVEN, fit=Fit.SCALE)

    sheet = make.sheet(table, {"out": make.na("drop"), "1": 3}, layer=Layer.CLAIMED)

    assert (sheet.nothing_applicable, sheet.own_most) == (True, D(0))
