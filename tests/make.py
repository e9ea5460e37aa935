"""Small values with a default for everything; a test names only what it is about."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from evalsvc.domain import forms, outcome, quotas, scoring
from evalsvc.domain.answers import ByHand, NotApplicable, Stated, Treatment, Value
from evalsvc.domain.assessment import Assessment, Mark, Stage
from evalsvc.domain.criteria import ONLY_COLUMN, CriteriaSet, Criterion, Group, Kind, Reason, Role
from evalsvc.domain.forms import Entry, Form
from evalsvc.domain.lines import Layer, line_score
from evalsvc.domain.outcome import Outcome
from evalsvc.domain.provisions import Band, Ladder
from evalsvc.domain.quotas import Field
from evalsvc.domain.ranking import Standing
from evalsvc.domain.readings import read_value
from evalsvc.domain.results import band_of
from evalsvc.domain.rounds import Block, Round
from evalsvc.domain.scales import Judged, Scale
from evalsvc.domain.scoring import ScoreSheet
from evalsvc.domain.units import Unit

YEAR = 2019
SUBMITTED = date(YEAR, 11, 25)
ANY_STEP = Fraction(1, 10_000)

Number = Decimal | str | int
Values = Mapping[str, Value | Number]

LADDER: Ladder = (
    Band("xs", "Xuất sắc", Decimal(90)),
    Band("tot", "Tốt", Decimal(80)),
    Band("kha", "Khá", Decimal(65)),
    Band("tb", "Trung bình", Decimal(50)),
    Band("yeu", "Yếu", Decimal(0)),
)
REASONS = tuple(Reason(each.value, each.value, each) for each in Treatment)
"""Every treatment under its own name: `make.na("drop")` is understood on any line."""


def decimals(*numbers: Number) -> tuple[Decimal, ...]:
    return tuple(Decimal(number) for number in numbers)


def line(
    code: str = "1", most: Number = 10, *, scale: Scale | None = None, **changes: Any
) -> Criterion:
    """A line on which any points can be given; `scale` says what else it is."""
    chosen = scale or Judged(Fraction(most), ANY_STEP)
    usual: dict[str, Any] = {"reasons": () if "role" in changes else REASONS}
    return Criterion(code, f"Tiêu chí {code}", {ONLY_COLUMN: chosen}, **{**usual, **changes})


def bonus(code: str = "T", most: Number = 5, **changes: Any) -> Criterion:
    return line(code, most, role=Role.BONUS, **changes)


def penalty(code: str = "P", most: Number = 20, **changes: Any) -> Criterion:
    return line(code, most, role=Role.PENALTY, **changes)


def group(*lines: Criterion, code: str = "A", cap: Number | None = None) -> Group:
    on_scale = [each for each in lines if each.role is Role.SCALE]
    total = sum((each.scales[ONLY_COLUMN].most or Fraction(0) for each in on_scale), Fraction(0))
    most = Decimal(total.numerator) / Decimal(total.denominator)
    return Group(
        code,
        f"Nhóm {code}",
        lines,
        {ONLY_COLUMN: most} if on_scale else {},
        {} if cap is None else {ONLY_COLUMN: Decimal(cap)},
    )


def criteria(*parts: Criterion | Group, **changes: Any) -> CriteriaSet:
    """A set for one kind of unit; lines that stand in no group share the group A."""
    loose = tuple(part for part in parts if isinstance(part, Criterion))
    groups = [part for part in parts if isinstance(part, Group)]
    if loose or not groups:
        groups.insert(0, group(*(loose or (line(most=100),))))
    usual: dict[str, Any] = {
        "code": "BO-1",
        "version": "1",
        "title": "Bộ tiêu chí",
        "kinds": (Kind("so", "Sở"),),
        "ladders": {ONLY_COLUMN: LADDER},
    }
    return CriteriaSet(groups=tuple(groups), **{**usual, **changes})


def na(treatment: str) -> NotApplicable:
    return NotApplicable(treatment)


def value(given: Value | Number) -> Value:
    """Points given by hand where a test only names a number."""
    return ByHand(Decimal(given)) if isinstance(given, Decimal | str | int) else given


def values(given: Values) -> dict[str, Value]:
    return {code: value(each) for code, each in given.items()}


def form(of: CriteriaSet | None = None, tags: Iterable[str] = (), **when: Any) -> Form:
    kind = when.pop("kind", "so")
    return forms.form(of or criteria(), kind, tags, **{"year": YEAR, **when})


def entry(scale: Scale, **changes: Any) -> Entry:
    """The line on a sheet; due days are days of the year."""
    return forms.entry_of(line("1", scale=scale, **changes), ONLY_COLUMN, 2, YEAR)


def sheet(
    of: CriteriaSet, given: Values, tags: Iterable[str] = (), *, layer: Layer = Layer.FINAL
) -> ScoreSheet:
    return scoring.score(form(of, tags), values(given), layer)


def points(scale: Scale, text: str, **changes: Any) -> Decimal:
    """What a line earns with an answer, as printed."""
    here = entry(scale, **changes)
    return line_score(here, read_value(here, text, YEAR), 2).points


def stated(scale: Scale, text: str) -> Stated:
    found = read_value(entry(scale), text, YEAR)
    if not isinstance(found, Stated):
        raise TypeError(text)
    return found


def standing(unit: str, compared: Number, **changes: Any) -> Standing:
    """A ranked unit in block I; the ladder gives it its band."""
    number = Decimal(compared)
    made = Standing(unit, "I", "BO-1", "so", number, LADDER, band_of(LADDER, number))
    return replace(made, **changes)


def standings(number: int, compared: Number, prefix: str = "u", **changes: Any) -> list[Standing]:
    """So many units with one value."""
    return [standing(f"{prefix}{at:02}", compared, **changes) for at in range(1, number + 1)]


def falling(number: int, best: Number, prefix: str = "u", **changes: Any) -> list[Standing]:
    """So many units, each 0,01 below the one before."""
    step = Decimal("0.01")
    return [
        standing(f"{prefix}{at + 1:02}", Decimal(best) - at * step, **changes)
        for at in range(number)
    ]


def field(*found: Standing, units: Mapping[str, int] | None = None, **provisions: Any) -> Field:
    counted: dict[str, int] = {}
    for each in found:
        counted[each.block] = counted.get(each.block, 0) + 1
    return quotas.field(criteria(**provisions), found, units or counted)


def unit(code: str = "a", **changes: Any) -> Unit:
    return replace(Unit(code, f"Đơn vị {code}", "so", "I"), **changes)


def mark(code: str, given: Value | Number, stage: Stage = Stage.REVIEW) -> Mark:
    return Mark(code, stage, value(given), "Có kiểm tra.")


def assessment(of: str = "a", claims: Values | None = None, **changes: Any) -> Assessment:
    """Handed in on time and concluded as claimed."""
    made = Assessment(of, SUBMITTED, values(claims or {}), stages=frozenset(Stage))
    return replace(made, **changes)


def round_of(*units: Unit, of: CriteriaSet | None = None, **changes: Any) -> Round:
    """A round with one set for all kinds of unit, unless `sets` says otherwise."""
    blocks = tuple(Block(code, code) for code in dict.fromkeys(each.block for each in units))
    sets = changes.pop("sets", None) or {each.kind: of or criteria() for each in units}
    return replace(Round("R", "Kỳ đánh giá", YEAR, sets, blocks, units), **changes)


def outcome_of(here: Round, *assessments: Assessment) -> Outcome:
    return outcome.outcome(here, {each.unit: each for each in assessments})
