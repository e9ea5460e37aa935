"""A round: one year or half-year in which units are scored with given sets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from evalsvc.domain.criteria import CriteriaSet
from evalsvc.domain.errors import Refused
from evalsvc.domain.forms import DueDates, Form, form
from evalsvc.domain.lines import Layer
from evalsvc.domain.quotas import Keep
from evalsvc.domain.titles import Award
from evalsvc.domain.units import Unit


@dataclass(frozen=True, slots=True)
class Block:
    """Units that are ranked among each other."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Round:
    """`sets` by kind of unit; `deadline` is the last day on which handing in is not late."""

    code: str
    title: str
    year: int
    sets: Mapping[str, CriteriaSet]
    blocks: tuple[Block, ...]
    units: tuple[Unit, ...]
    half: int | None = None
    layer: Layer = Layer.FINAL
    deadline: date | None = None
    overall: bool = False
    dates: DueDates = field(default_factory=dict)
    keeps: tuple[Keep, ...] = ()
    awards: tuple[Award, ...] = ()


class Forms:
    """The sheets of a round, made once for each kind of unit and combination of tags."""

    def __init__(self, of: Round) -> None:
        self._round = of
        self._made: dict[tuple[str, frozenset[str]], Form] = {}

    def of(self, unit: Unit) -> Form:
        key = (unit.kind, unit.tags)
        if key not in self._made:
            self._made[key] = self._make(unit)
        return self._made[key]

    def _make(self, unit: Unit) -> Form:
        here = self._round
        if (criteria := here.sets.get(unit.kind)) is None:
            raise Refused("no-set-for-kind", kind=unit.kind, choices=sorted(here.sets))
        return form(
            criteria, unit.kind, unit.tags, year=here.year, half=here.half, dates=here.dates
        )
