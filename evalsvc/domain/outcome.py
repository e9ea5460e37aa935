"""The whole outcome of a round: every sheet, result, ranking, quota, title and target."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain

from evalsvc.domain import children
from evalsvc.domain.assessment import Assessment, layers, values
from evalsvc.domain.criteria import Compare, CriteriaSet
from evalsvc.domain.errors import Refused
from evalsvc.domain.forms import Form
from evalsvc.domain.lines import Layer, State
from evalsvc.domain.quotas import (
    WHOLE_ROUND,
    Banded,
    Field,
    Keep,
    QuotaOutcome,
    banded,
    field,
)
from evalsvc.domain.ranking import Apart, ApartBy, Ranked, ranked, standing
from evalsvc.domain.results import Result, result
from evalsvc.domain.rounds import Block, Forms, Round
from evalsvc.domain.scoring import score
from evalsvc.domain.targets import TargetOutcome, watched
from evalsvc.domain.titles import Award, TitleOutcome, titled
from evalsvc.domain.units import Unit


@dataclass(frozen=True, slots=True)
class Ranking:
    """All rows of one block, or of the round where `block` is None."""

    block: Block | None
    placings: tuple[Ranked, ...]
    apart: tuple[Apart, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """`provisional` while a layer is missing somewhere, or something waits for a leader."""

    round: Round
    results: Mapping[str, Result]
    layers: Mapping[str, Layer]
    rankings: tuple[Ranking, ...]
    banded: Mapping[str, Banded]
    titles: tuple[TitleOutcome, ...]
    targets: tuple[TargetOutcome, ...]

    @property
    def quotas(self) -> tuple[QuotaOutcome, ...]:
        return tuple(chain.from_iterable(each.outcomes for each in self.banded.values()))

    @property
    def provisional(self) -> bool:
        mixed = any(layer is not self.round.layer for layer in self.layers.values())
        waiting = any(
            line.state is State.NOT_DUE
            for each in self.results.values()
            for line in each.sheet.lines
        )
        open_quota = any(each.pending or each.waits for each in self.quotas)
        open_title = any(e.pending or e.waits or e.number is None for e in self.titles)
        return mixed or waiting or open_quota or open_title


def outcome(of: Round, assessments: Mapping[str, Assessment]) -> Outcome:
    """Children's sets first: a parent's line may count its children's bands."""
    handed_in = {code: each for code, each in assessments.items() if each.submitted}
    layers_of = {code: _best_layer(each, of.layer) for code, each in handed_in.items()}
    family = children.by_parent(of.units)
    forms = Forms(of)
    results: dict[str, Result] = {}
    found: dict[str, Banded] = {}
    fields: dict[str, Field] = {}
    apart: list[Apart] = []
    for criteria in children.children_first(of.sets.values()):
        mine = [unit for unit in of.units if of.sets[unit.kind].code == criteria.code]
        for unit in mine:
            if not unit.exempt and unit.code in handed_in:
                counts = children.counted(family.get(unit.code, ()), of.sets, found)
                known = handed_in[unit.code], layers_of[unit.code]
                results[unit.code] = _result(forms.of(unit), known, counts)
        apart += _apart(of, mine, results)
        _demand_one_scale(criteria, mine, results)
        fields[criteria.code] = _field(of, criteria, mine, (results, assessments))
        found[criteria.code] = banded(fields[criteria.code], of.keeps)
    given = tuple(chain(*(titled(fields[code], found[code], of.awards) for code in fields)))
    rankings = tuple(_rankings(of, tuple(fields.values()), apart))
    targets = tuple(watched(of, fields, found, (given, results)))
    reached = {code: layers_of[code] for code in results}
    return Outcome(of, results, reached, rankings, found, given, targets)


def unasked(found: Outcome) -> Iterator[Keep | Award]:
    """Decisions of leaders on something that did not wait for one."""
    used: list[Keep | Award | None] = [each.decision for each in found.quotas]
    used += [each.decision for each in found.titles]
    decided: list[Keep | Award] = [*found.round.keeps, *found.round.awards]
    yield from (decision for decision in decided if decision not in used)


def _best_layer(assessment: Assessment, wanted: Layer) -> Layer:
    """The wanted layer, or the last one reached before it."""
    order = list(Layer)
    reached = [layer for layer in layers(assessment) if order.index(layer) <= order.index(wanted)]
    return reached[-1]


def _result(form: Form, known: tuple[Assessment, Layer], counts: children.Counted) -> Result:
    assessment, layer = known
    found = {**children.lines(form, counts, assessment.claims), **values(assessment, layer)}
    flags = [flag.code for flag in assessment.flags]
    return result(score(form, found, layer), flags, children.settled(counts))


def _demand_one_scale(
    criteria: CriteriaSet, units: Iterable[Unit], results: Mapping[str, Result]
) -> None:
    """`compare: points` makes sense only among units of one block that share one scale."""
    scales: dict[str, Decimal] = {}
    for unit in units if criteria.compare is Compare.POINTS else ():
        found = results.get(unit.code)
        if found is not None and found.band is not None:
            own = found.sheet.unit_scale
            if scales.setdefault(unit.block, own) != own:
                raise Refused("points-of-different-scales", set=criteria.code, unit=unit.code)


def _apart(of: Round, units: Iterable[Unit], results: Mapping[str, Result]) -> Iterator[Apart]:
    for unit in units:
        row = Apart(unit.code, unit.block, of.sets[unit.kind].code, unit.kind, ApartBy.EXEMPT)
        result = results.get(unit.code)
        if unit.exempt:
            yield replace(row, reason=unit.exempt)
        elif result is None:
            yield replace(row, why=ApartBy.NOT_SUBMITTED)
        elif result.unrated:
            yield replace(row, why=ApartBy.UNRATED, unrated=result.unrated)


def _field(
    of: Round,
    criteria: CriteriaSet,
    units: Sequence[Unit],
    known: tuple[Mapping[str, Result], Mapping[str, Assessment]],
) -> Field:
    results, assessments = known
    standings = []
    counts = {block.code: 0 for block in of.blocks}
    for unit in units:
        counts[unit.block] += not unit.exempt
        found = results.get(unit.code)
        if found is not None and found.band is not None:
            late = _is_late(of, assessments[unit.code])
            standings.append(standing(unit.code, unit.block, found, found.band, late=late))
    return field(criteria, standings, counts)


def _is_late(of: Round, assessment: Assessment) -> bool:
    if of.deadline is None or assessment.submitted is None:
        return False
    return assessment.submitted > of.deadline


def _rankings(of: Round, fields: Sequence[Field], apart: Sequence[Apart]) -> Iterator[Ranking]:
    for block in of.blocks:
        here = tuple(each for each in apart if each.block == block.code)
        yield Ranking(block, _together([each.rankings[block.code] for each in fields]), here)
    if of.overall:
        together = _together([each.rankings[WHOLE_ROUND] for each in fields])
        yield Ranking(None, together, tuple(apart))


def _together(rankings: Sequence[tuple[Ranked, ...]]) -> tuple[Ranked, ...]:
    """One ranking of units of several sets; they share no tie keys."""
    filled = [each for each in rankings if each]
    if len(filled) < 2:
        return filled[0] if filled else ()
    return ranked(placing.standing for each in filled for placing in each)
