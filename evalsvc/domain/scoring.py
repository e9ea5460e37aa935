"""From the lines of one sheet to its total, in one fixed order, every step kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import chain

from evalsvc.domain import forms
from evalsvc.domain.answers import NotDue, Treatment, Value
from evalsvc.domain.criteria import (
    CeilingIs,
    Compare,
    CriteriaSet,
    GivenBy,
    Role,
)
from evalsvc.domain.forms import Form, Section
from evalsvc.domain.lines import Layer, LineScore, line_score, settled
from evalsvc.domain.points import rounded

ZERO = Decimal(0)
OUT: frozenset[Treatment | None] = frozenset({Treatment.DROP, Treatment.RESCALE, Treatment.EXCLUDE})
SHRINKS = frozenset({Treatment.DROP, Treatment.EXCLUDE})


@dataclass(frozen=True, slots=True)
class GroupScore:
    """Earned by the lines on the scale, and what of it counts under the cap."""

    section: Section
    earned: Decimal
    counted: Decimal
    applicable: Decimal


@dataclass(frozen=True, slots=True)
class OutsideScore:
    """A bonus or penalty: one line, or the lines of a group that has a cap."""

    role: Role
    codes: tuple[str, ...]
    earned: Decimal
    cap: Decimal | None
    counted: Decimal


@dataclass(frozen=True, slots=True)
class SectionScore:
    """One section of a sheet. `group` is what it has on the scale; `own` the most that the unit
    itself could claim of that; `treated` are its lines that are not applicable."""

    lines: tuple[LineScore, ...]
    group: GroupScore | None
    outside: tuple[OutsideScore, ...]
    own: Decimal
    treated: tuple[LineScore, ...]
    waiting: int


@dataclass(frozen=True, slots=True)
class Base:
    """The sum of the groups."""

    parts: tuple[Decimal, ...]
    result: Decimal


@dataclass(frozen=True, slots=True)
class Stretched:
    """The base, stretched from what applied to the scale of the unit."""

    base: Decimal
    unit_scale: Decimal
    applicable: Decimal
    result: Decimal


@dataclass(frozen=True, slots=True)
class BonusAdded:
    """What is added beside the scale, under the common cap."""

    parts: tuple[Decimal, ...]
    cap: Decimal | None
    result: Decimal


@dataclass(frozen=True, slots=True)
class PenaltyTaken:
    """What is taken off beside the scale."""

    parts: tuple[Decimal, ...]
    result: Decimal


@dataclass(frozen=True, slots=True)
class Clamped:
    """Held between 0 and the ceiling, once."""

    before: Decimal
    ceiling: Decimal | None
    result: Decimal


@dataclass(frozen=True, slots=True)
class Compared:
    """The total on the scale of the set, where the unit has another one."""

    total: Decimal
    scale: Decimal
    unit_scale: Decimal
    result: Decimal


Step = Base | Stretched | BonusAdded | PenaltyTaken | Clamped | Compared


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """One layer of one sheet. Nothing applicable: no total. `own_most` is what a unit can claim;
    `waiting` lines are still to come."""

    form: Form
    layer: Layer
    lines: tuple[LineScore, ...]
    groups: tuple[GroupScore, ...]
    outside: tuple[OutsideScore, ...]
    unit_scale: Decimal
    applicable: Decimal
    own_most: Decimal
    steps: tuple[Step, ...]
    total: Decimal
    compared: Decimal
    excluded_by: tuple[str, ...] = ()
    waiting: int = 0

    @property
    def nothing_applicable(self) -> bool:
        return not self.applicable or self.unit_scale <= 0

    def line(self, code: str) -> LineScore | None:
        return next((line for line in self.lines if line.entry.code == code), None)


def score(form: Form, values: Mapping[str, Value], layer: Layer = Layer.FINAL) -> ScoreSheet:
    decimals = form.set.decimals
    parts = [section_score(each, values, layer, decimals) for each in form.sections]
    return together(form, layer, parts)


def section_score(
    section: Section, values: Mapping[str, Value], layer: Layer, decimals: int
) -> SectionScore:
    """It hangs on nothing but the values of its own lines."""
    lines = tuple(
        line_score(entry, settled(entry, values.get(entry.code), layer), decimals)
        for entry in section.entries
    )
    earned = out = own = ZERO
    for line in lines:
        if line.entry.on_scale:
            earned += line.points
            if line.treatment in OUT:
                out += line.entry.most or ZERO
            elif line.entry.criterion.given_by is not GivenBy.REVIEWER:
                own += line.entry.most or ZERO
    group = None
    if section.scale_most:
        left = section.capped(section.scale_most - out)
        group = GroupScore(section, earned, section.capped(earned), left)
    return SectionScore(
        lines,
        group,
        tuple(_outside(section, lines)),
        section.capped(own),
        tuple([line for line in lines if line.treatment is not None]),
        sum(isinstance(line.value, NotDue) for line in lines),
    )


def together(form: Form, layer: Layer, parts: Sequence[SectionScore]) -> ScoreSheet:
    """The sheet from the scores of all its sections, in their order."""
    lines = tuple(chain.from_iterable([part.lines for part in parts]))
    groups = tuple(part.group for part in parts if part.group)
    outside = tuple(each for part in parts for each in part.outside)
    treated = [line for part in parts for line in part.treated]
    applicable = sum((group.applicable for group in groups), ZERO)
    unit_scale = _unit_scale(form, treated)
    own = sum((part.own for part in parts), ZERO)
    rated = applicable and unit_scale > 0
    steps = _steps(form, groups, outside, (applicable, unit_scale)) if rated else ()
    total = next((step.result for step in reversed(steps) if isinstance(step, Clamped)), ZERO)
    return ScoreSheet(
        form,
        layer,
        lines,
        groups,
        outside,
        unit_scale,
        applicable,
        _own_most(form, own, applicable, unit_scale) if layer is Layer.CLAIMED else unit_scale,
        steps,
        total,
        steps[-1].result if steps else ZERO,
        tuple(line.entry.code for line in treated if line.treatment is Treatment.EXCLUDE),
        sum(part.waiting for part in parts),
    )


def _unit_scale(form: Form, treated: list[LineScore]) -> Decimal:
    """Full scale, minus what leaves the (capped) groups with the dropped lines."""
    full = forms.full_scale(form)
    dropped = {line.entry.code for line in treated if line.treatment in SHRINKS}
    return full if not dropped else full - _leaving(form, dropped)


def _leaving(form: Form, codes: set[str]) -> Decimal:
    left = ZERO
    for section in form.sections:
        staying = (entry for entry in section.entries if entry.code not in codes)
        left += section.capped(section.scale_most) - section.capped(forms.scale_most(staying))
    return left


def _steps(
    form: Form,
    groups: tuple[GroupScore, ...],
    outside: tuple[OutsideScore, ...],
    sizes: tuple[Decimal, Decimal],
) -> tuple[Step, ...]:
    applicable, unit_scale = sizes
    criteria = form.set
    counted = tuple(group.counted for group in groups)
    steps: list[Step] = [Base(counted, sum(counted, ZERO))]
    running = steps[0].result
    if applicable != unit_scale:
        running = stretch(running, unit_scale, applicable, criteria.decimals)
        steps.append(Stretched(steps[0].result, unit_scale, applicable, running))
    if bonus := _bonus(form, outside):
        steps.append(bonus)
        running += bonus.result
    if penalty := _penalty(outside):
        steps.append(penalty)
        running -= penalty.result
    steps.append(_clamped(running, criteria, unit_scale))
    if (compared := _compared(steps[-1].result, criteria, unit_scale)) is not None:
        steps.append(compared)
    return tuple(steps)


def stretch(amount: Decimal, to: Decimal, of: Decimal, decimals: int) -> Decimal:
    return rounded(Fraction(amount) * Fraction(to) / Fraction(of), decimals)


def _bonus(form: Form, outside: tuple[OutsideScore, ...]) -> BonusAdded | None:
    parts = tuple(each.counted for each in outside if each.role is Role.BONUS)
    if not parts:
        return None
    total, cap = sum(parts, ZERO), form.set.bonus_cap
    return BonusAdded(parts, cap, total if cap is None else min(total, cap))


def _penalty(outside: tuple[OutsideScore, ...]) -> PenaltyTaken | None:
    parts = tuple(each.counted for each in outside if each.role is Role.PENALTY)
    return PenaltyTaken(parts, sum(parts, ZERO)) if parts else None


def _outside(section: Section, lines: Iterable[LineScore]) -> Iterator[OutsideScore]:
    """Lines beside the scale one by one, or together where their group has a cap."""
    points = {line.entry.code: line.points for line in lines if not line.entry.on_scale}
    for role in (Role.BONUS, Role.PENALTY) if points else ():
        codes = tuple(e.code for e in section.entries if e.criterion.role is role)
        if codes and section.outside and section.cap is not None:
            earned = sum((points[code] for code in codes), ZERO)
            yield OutsideScore(role, codes, earned, section.cap, section.capped(earned))
        else:
            for code in codes:
                yield OutsideScore(role, (code,), points[code], None, points[code])


def _clamped(before: Decimal, criteria: CriteriaSet, unit_scale: Decimal) -> Clamped:
    match criteria.ceiling:
        case CeilingIs.UNIT_SCALE:
            ceiling: Decimal | None = unit_scale
        case CeilingIs.NONE:
            ceiling = None
        case Decimal() as number:
            ceiling = number
    kept = max(before, ZERO) if ceiling is None else min(max(before, ZERO), ceiling)
    return Clamped(before, ceiling, rounded(Fraction(kept), criteria.decimals))


def _compared(total: Decimal, criteria: CriteriaSet, unit_scale: Decimal) -> Compared | None:
    if unit_scale == criteria.scale or criteria.compare is Compare.POINTS:
        return None
    result = stretch(total, criteria.scale, unit_scale, criteria.decimals)
    return Compared(total, criteria.scale, unit_scale, result)


def _own_most(form: Form, own: Decimal, applicable: Decimal, unit_scale: Decimal) -> Decimal:
    """What the unit itself could claim: its scale without the lines that reviewers give."""
    if own == applicable:
        return max(unit_scale, ZERO)
    return stretch(own, max(unit_scale, ZERO), applicable, form.set.decimals)
