"""What the published results of child units make of their parent's lines."""

from collections import Counter
from collections.abc import Iterable, Mapping

from evalsvc.domain.answers import (
    NOT_DUE,
    Answer,
    Chosen,
    NotApplicable,
    OfChildren,
    Stated,
    Value,
)
from evalsvc.domain.conditions import ChildrenBelow, simple_ones
from evalsvc.domain.criteria import CriteriaSet
from evalsvc.domain.errors import Refused
from evalsvc.domain.forms import Form
from evalsvc.domain.quotas import Banded
from evalsvc.domain.scales import Children, OneChild
from evalsvc.domain.units import Unit

NO_BAND = ""
Counted = Mapping[tuple[str, str], OfChildren | None]
"""Bands of a unit's children by set and kind; None while a band waits for a leader."""


def by_parent(units: Iterable[Unit]) -> dict[str, list[Unit]]:
    """Children that are assessed; exempt ones count nowhere."""
    found: dict[str, list[Unit]] = {}
    for unit in units:
        if unit.parent and not unit.exempt:
            found.setdefault(unit.parent, []).append(unit)
    return found


def counted(
    children: Iterable[Unit], sets: Mapping[str, CriteriaSet], banded: Mapping[str, Banded]
) -> dict[tuple[str, str], OfChildren | None]:
    """A child that is unrated or handed nothing in has no band, and counts in the base."""
    tallies: dict[tuple[str, str], Counter[str]] = {}
    waiting = set()
    for child in children:
        code = sets[child.kind].code
        bands = banded[code].bands if code in banded else {}
        band = bands.get(child.code)
        tallies.setdefault((code, child.kind), Counter())[band.code if band else NO_BAND] += 1
        if child.code in bands and band is None:
            waiting.add((code, child.kind))
    return {key: None if key in waiting else _of_children(tally) for key, tally in tallies.items()}


def _of_children(tally: Counter[str]) -> OfChildren:
    bands = sorted((band, number) for band, number in tally.items() if band != NO_BAND)
    return OfChildren(tuple(bands), tally[NO_BAND])


def settled(counts: Counted) -> dict[tuple[str, str], OfChildren]:
    """Those that nothing is waiting for."""
    return {key: count for key, count in counts.items() if count is not None}


def lines(form: Form, counts: Counted, claims: Mapping[str, Value]) -> dict[str, Value]:
    """Values of the lines that count children of this round; a stated one is refused."""
    found: dict[str, Value] = {}
    for entry in form.entries():
        scale = entry.scale
        if isinstance(scale, Children | OneChild) and (scale.of.set, scale.of.kind) in counts:
            count = counts[scale.of.set, scale.of.kind]
            claim = claims.get(entry.code)
            if isinstance(claim, Stated):
                raise Refused("stated-and-counted", line=entry.code)
            if not isinstance(claim, NotApplicable):
                found[entry.code] = NOT_DUE if count is None else Stated(_answer(scale, count))
    return found


def _answer(scale: Children | OneChild, count: OfChildren) -> Answer:
    if isinstance(scale, Children):
        return count
    if count.base > 1:
        raise Refused("more-than-one-child", number=count.base, kind=scale.of.kind)
    return Chosen(count.bands[0][0] if count.bands else NO_BAND)


def sets_read_by(criteria: CriteriaSet) -> set[str]:
    """Codes of the sets whose results this set counts."""
    found = {
        scale.of.set
        for criterion in criteria.criteria()
        for scale in criterion.scales.values()
        if isinstance(scale, Children | OneChild)
    }
    conditions = (each for gate in criteria.gates for each in simple_ones(gate.condition))
    return found | {each.set for each in conditions if isinstance(each, ChildrenBelow)}


def children_first(sets: Iterable[CriteriaSet]) -> list[CriteriaSet]:
    """Sets in an order in which the sets of children come before those that read them."""
    known = {criteria.code: criteria for criteria in sets}
    ordered: dict[str, CriteriaSet] = {}

    def visit(code: str, path: tuple[str, ...]) -> None:
        if code in path:
            raise Refused("sets-read-each-other", sets=[*path, code])
        if code in ordered or code not in known:
            return
        for child in sorted(sets_read_by(known[code])):
            visit(child, (*path, code))
        ordered[code] = known[code]

    for code in sorted(known):
        visit(code, ())
    return list(ordered.values())
