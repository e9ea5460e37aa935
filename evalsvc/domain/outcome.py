"""The whole outcome of a round: every sheet, result, ranking, quota, title and target."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from evalsvc.domain.answers import (
    Answer,
    Chosen,
    OfChildren,
    Stated,
    Value,
)
from evalsvc.domain.assessment import Assessment, Layer, layers, values
from evalsvc.domain.conditions import ChildrenBelow, simple_ones
from evalsvc.domain.criteria import CriteriaSet
from evalsvc.domain.errors import Refused
from evalsvc.domain.forms import Form
from evalsvc.domain.quotas import Banded, Field, QuotaOutcome, banded
from evalsvc.domain.ranking import Apart, ApartBy, Ranked, Standing, ranked, standing
from evalsvc.domain.results import ChildResults, Result, result
from evalsvc.domain.rounds import Block, Forms, Round
from evalsvc.domain.scales import Children, OneChild
from evalsvc.domain.scoring import score
from evalsvc.domain.targets import TargetOutcome, watched
from evalsvc.domain.titles import TitleOutcome, titled
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
        open_quota = any(each.pending or each.waits for each in self.quotas)
        open_title = any(e.pending or e.waits or e.number is None for e in self.titles)
        return mixed or open_quota or open_title


def outcome(of: Round, assessments: Mapping[str, Assessment]) -> Outcome:
    """Children's sets first: a parent's line may count its children's bands."""
    forms = Forms(of)
    results: dict[str, Result] = {}
    reached: dict[str, Layer] = {}
    found: dict[str, Banded] = {}
    fields: dict[str, Field] = {}
    apart: list[Apart] = []
    for criteria in _children_first(of):
        mine = [unit for unit in of.units if of.sets[unit.kind].code == criteria.code]
        for unit in mine:
            handed_in = _handed_in(assessments.get(unit.code))
            if not unit.exempt and handed_in is not None:
                children = child_results(of, unit, found, results)
                layer = _best_layer(handed_in, of.layer)
                reached[unit.code] = layer
                results[unit.code] = _result(forms.of(unit), handed_in, layer, children)
        apart += _apart(of, mine, results)
        fields[criteria.code] = _field(of, criteria, mine, (results, assessments))
        found[criteria.code] = banded(fields[criteria.code], of.keeps)
    given = tuple(chain(*(titled(fields[code], found[code], of.awards) for code in fields)))
    rankings = tuple(_rankings(of, fields.values(), found, apart))
    targets = tuple(watched(of, fields, found, (given, results)))
    return Outcome(of, results, reached, rankings, found, given, targets)


def _handed_in(assessment: Assessment | None) -> Assessment | None:
    return assessment if assessment is not None and assessment.submitted else None


def _best_layer(assessment: Assessment, wanted: Layer) -> Layer:
    """The wanted layer, or the last one reached before it."""
    order = list(Layer)
    reached = [layer for layer in layers(assessment) if order.index(layer) <= order.index(wanted)]
    return reached[-1]


def _result(form: Form, assessment: Assessment, layer: Layer, children: ChildResults) -> Result:
    found = {**_from_children(form, children), **values(assessment, layer)}
    flags = [flag.code for flag in assessment.flags]
    return result(score(form, found, layer), flags, children)


def _from_children(form: Form, children: ChildResults) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for entry in form.entries():
        scale = entry.scale
        if isinstance(scale, Children | OneChild):
            counted = children.get((scale.of.set, scale.of.kind))
            answer = _answer(scale, counted)
            if answer is not None:
                found[entry.code] = Stated(answer)
    return found


def _answer(scale: Children | OneChild, counted: OfChildren | None) -> Answer | None:
    if counted is None or not counted.base:
        return None
    if isinstance(scale, Children):
        return counted
    if counted.base > 1:
        raise Refused("more-than-one-child", number=counted.base, kind=scale.of.kind)
    return Chosen(counted.bands[0][0] if counted.bands else "")


def child_results(
    of: Round, parent: Unit, found: Mapping[str, Banded], results: Mapping[str, Result]
) -> dict[tuple[str, str], OfChildren]:
    """Bands of a unit's children by set and kind; a child that is unrated has none of them."""
    counted: dict[tuple[str, str], dict[str, int]] = {}
    for unit in of.units:
        if unit.parent == parent.code and not unit.exempt:
            code = of.sets[unit.kind].code
            band = found[code].bands.get(unit.code) if code in found else None
            word = band.code if band else ""
            tally = counted.setdefault((code, unit.kind), {})
            tally[word] = tally.get(word, 0) + 1
    return {key: _of_children(tally) for key, tally in counted.items()}


def _of_children(tally: dict[str, int]) -> OfChildren:
    unsubmitted = tally.pop("", 0)
    return OfChildren(tuple(sorted(tally.items())), unsubmitted)


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
    return Field(criteria, tuple(standings), counts)


def _is_late(of: Round, assessment: Assessment) -> bool:
    if of.deadline is None or assessment.submitted is None:
        return False
    return assessment.submitted > of.deadline


def _rankings(
    of: Round, fields: Iterable[Field], found: Mapping[str, Banded], apart: Sequence[Apart]
) -> Iterator[Ranking]:
    standings = tuple(_with_bands(fields, found))
    for block in of.blocks:
        yield Ranking(
            block,
            ranked(each for each in standings if each.block == block.code),
            tuple(each for each in apart if each.block == block.code),
        )
    if of.overall:
        yield Ranking(None, ranked(standings), tuple(apart))


def _with_bands(fields: Iterable[Field], found: Mapping[str, Banded]) -> Iterator[Standing]:
    """Standings keep the band after gates; the one after quotas is in `banded`."""
    for field in fields:
        if found[field.set.code].bands.keys() != {each.unit for each in field.standings}:
            raise AssertionError("a ranked unit without a band")
        yield from field.standings


def _children_first(of: Round) -> list[CriteriaSet]:
    """Sets in an order in which the sets of children come before those that read them."""
    sets = {criteria.code: criteria for criteria in of.sets.values()}
    ordered: dict[str, CriteriaSet] = {}

    def visit(code: str, path: tuple[str, ...]) -> None:
        if code in path:
            raise Refused("sets-read-each-other", sets=[*path, code])
        if code in ordered or code not in sets:
            return
        for child in sorted(_sets_read_by(sets[code])):
            visit(child, (*path, code))
        ordered[code] = sets[code]

    for code in sorted(sets):
        visit(code, ())
    return list(ordered.values())


def _sets_read_by(criteria: CriteriaSet) -> set[str]:
    found = {
        scale.of.set
        for criterion in criteria.criteria()
        for scale in criterion.scales.values()
        if isinstance(scale, Children | OneChild)
    }
    for gate in criteria.gates:
        for condition in simple_ones(gate.condition):
            if isinstance(condition, ChildrenBelow):
                found.add(condition.set)
    return found
