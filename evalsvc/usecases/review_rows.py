"""Lines as a reviewer sees them, whichever way they were found, and how far a group of them is."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from evalsvc.domain.answers import Value
from evalsvc.domain.course import Status
from evalsvc.domain.criteria import GivenBy
from evalsvc.domain.forms import Entry, Section
from evalsvc.domain.lines import Layer, LineScore, line_score, settled
from evalsvc.domain.summary import is_markable
from evalsvc.store.sheet_lines import LineRecord

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of one sheet; `open`: it may be marked now."""

    id: int
    unit_name: str
    entry: Entry
    line: LineRecord
    decimals: int
    year: int
    claim: Value | None
    mark: Value | None
    status: Status
    open: bool
    reason: str = ""
    adjusted: bool = False
    who: str = ""
    at: datetime | None = None

    @property
    def claimed(self) -> LineScore:
        return self._score(self.claim, Layer.CLAIMED)

    @property
    def reviewed(self) -> LineScore | None:
        return None if self.mark is None else self._score(self.mark, Layer.REVIEWED)

    @property
    def is_marked(self) -> bool:
        return self.line.reviewed is not None

    @property
    def is_claimed(self) -> bool:
        """Whether the unit itself states this line."""
        return self.entry.criterion.given_by is GivenBy.UNIT

    @property
    def difference(self) -> Decimal | None:
        """What review changed, where there is something to compare."""
        if self.line.reviewed_points is None or not self.is_claimed:
            return None
        return self.line.reviewed_points - self.line.claimed_points

    def _score(self, value: Value | None, layer: Layer) -> LineScore:
        return line_score(self.entry, settled(self.entry, value, layer), self.decimals)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the review of a group is."""

    section: Section
    rows: tuple[tuple[Entry, LineRecord], ...]

    @property
    def to_mark(self) -> int:
        return sum(is_markable(entry) for entry, _ in self.rows)

    def points(self, layer: Layer) -> Decimal:
        """The sum of its lines under its own cap, for a group that is beside the scale."""
        return self.section.capped(sum((_points(line, layer) for _, line in self.rows), ZERO))

    @property
    def marked(self) -> int:
        return sum(is_markable(entry) and line.reviewed is not None for entry, line in self.rows)


def _points(line: LineRecord, layer: Layer) -> Decimal:
    """What stands on a line in a layer: the latest that there is."""
    found = [line.claimed_points]
    if layer is not Layer.CLAIMED and line.reviewed_points is not None:
        found.append(line.reviewed_points)
    if layer is Layer.FINAL and line.final_points is not None:
        found.append(line.final_points)
    return found[-1]
