"""The sheet that a kind of unit gets in a year: the lines that are on it, with their scales."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from evalsvc.domain.criteria import CriteriaSet, Criterion, Fit, Group, Kind, Role, leaves
from evalsvc.domain.dates import Due
from evalsvc.domain.errors import Refused
from evalsvc.domain.points import rounded
from evalsvc.domain.provisions import Ladder
from evalsvc.domain.scales import Lateness, Scale

ZERO = Decimal(0)

DueDates = Mapping[str, Mapping[str, date]]
"""Due dates that a round sets, by line and by code of the due date."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One criterion on the sheet; `most` is None only where nothing caps a line."""

    code: str
    criterion: Criterion
    scale: Scale
    most: Decimal | None
    on_scale: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A group as it stands on this sheet; `scale_most` is what its lines on the scale add up to.

    `outside`: the whole group is beside the scale, so that its cap is on bonuses or penalties.
    """

    group: Group
    entries: tuple[Entry, ...]
    cap: Decimal | None
    scale_most: Decimal
    outside: bool

    def capped(self, amount: Decimal) -> Decimal:
        return amount if self.cap is None else min(amount, self.cap)


@dataclass(frozen=True, slots=True)
class Form:
    """The sheet of every unit of one kind with the same tags, in one year."""

    set: CriteriaSet
    kind: Kind
    tags: frozenset[str]
    year: int
    half: int | None
    sections: tuple[Section, ...]

    @property
    def ladder(self) -> Ladder:
        return self.set.ladders[self.kind.column]

    def entries(self) -> Iterator[Entry]:
        for section in self.sections:
            yield from section.entries


def form(
    criteria: CriteriaSet,
    kind_code: str,
    tags: Iterable[str] = (),
    *,
    year: int,
    half: int | None = None,
    dates: DueDates | None = None,
) -> Form:
    """The sheet of a unit; raises Refused when the set does not serve such a unit."""
    if (kind := criteria.kind(kind_code)) is None:
        served = [each.code for each in criteria.kinds]
        raise Refused("no-such-kind", kind=kind_code, choices=served)
    held = frozenset(tags)
    if strange := sorted(held - set(criteria.tags)):
        raise Refused("no-such-tag", tag=strange[0], choices=sorted(criteria.tags))
    if not criteria.years.holds(year, half):
        raise Refused("set-not-valid-in-year", year=year, set=criteria.code)
    sections = tuple(
        _section(group, entries, kind)
        for group in criteria.groups
        if (entries := tuple(_entries(criteria, group, kind, held, (year, half, dates or {}))))
    )
    return Form(criteria, kind, held, year, half, sections)


def _section(group: Group, entries: tuple[Entry, ...], kind: Kind) -> Section:
    outside = all(line.role is not Role.SCALE for line in leaves(group))
    return Section(group, entries, group.cap.get(kind.column), scale_most(entries), outside)


_When = tuple[int, int | None, DueDates]


def _entries(
    criteria: CriteriaSet, group: Group, kind: Kind, tags: frozenset[str], when: _When
) -> Iterator[Entry]:
    year, half, dates = when
    for criterion in leaves(group):
        if kind.column in criterion.scales and on_sheet(criterion, tags, year, half):
            own = dates.get(criterion.code, {})
            yield entry_of(criterion, kind.column, criteria.decimals, year, own)


def entry_of(
    criterion: Criterion,
    column: str,
    decimals: int,
    year: int,
    dates: Mapping[str, date] | None = None,
) -> Entry:
    scale = criterion.scales[column]
    most = None if scale.most is None else rounded(scale.most, decimals)
    settled = _settled(scale, year, dates or {})
    return Entry(criterion.code, criterion, settled, most, criterion.role is Role.SCALE)


def on_sheet(criterion: Criterion, tags: frozenset[str], year: int, half: int | None) -> bool:
    wanted = not criterion.only or not tags.isdisjoint(criterion.only)
    return wanted and criterion.validity.holds(year, half)


def _settled(scale: Scale, year: int, dates: Mapping[str, date]) -> Scale:
    """A scale whose due days are days of the calendar."""
    if not isinstance(scale, Lateness):
        return scale
    dues = tuple(
        Due(due.code, due.name, dates.get(due.code) or due.last_day(year)) for due in scale.dues
    )
    return replace(scale, dues=dues, year=year)


def nominal(parts: Iterable[Section]) -> Decimal:
    """The mosts of the lines on the scale, a capped group counted as its cap at most."""
    return sum((section.capped(section.scale_most) for section in parts), ZERO)


def scale_most(entries: Iterable[Entry]) -> Decimal:
    return sum((entry.most or ZERO for entry in entries if entry.on_scale), ZERO)


def full_scale(sheet: Form) -> Decimal:
    """The unit's scale before anything is dropped."""
    return nominal(sheet.sections) if sheet.set.fit is Fit.OWN else sheet.set.scale
