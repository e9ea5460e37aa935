"""Lines as a reviewer sees them, whichever way they were found, and how far a group of them is."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from evalsvc.domain.answers import NotDue, Value
from evalsvc.domain.course import Status
from evalsvc.domain.forms import Entry, Section
from evalsvc.domain.line_course import Step
from evalsvc.domain.lines import Layer, LineScore, line_score, settled
from evalsvc.domain.summary import is_claimable
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases.review_seats import ANYBODY, Seats

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
    seats: Seats = ANYBODY
    step: Step = Step.CLAIMED
    leads: bool = False
    hour: bool = False
    """Whether the hour and the status allow marks at all."""

    @property
    def may_agree(self) -> bool:
        """The lead enters the value of a line on which both marks are in, or another one later."""
        return self.hour and self.leads and self.seats.is_double and self.seats.given.all_in

    @property
    def may_return(self) -> bool:
        mine = self.leads or self.seats.mine is not None
        return self.hour and mine and self.is_claimed and not self.is_returned

    @property
    def may_pass(self) -> bool:
        """Whether a seat may be passed over as absent."""
        return self.hour and self.leads and bool(self.seats.absent)

    @property
    def may_tick(self) -> bool:
        """Whether it may be accepted together with others."""
        return self.may_accept and self.is_claimed

    @property
    def points(self) -> Decimal | None:
        """Of the mark that is shown: the own one, while the other has still to come."""
        if self.line.reviewed is None and self.seats.own is not None:
            return self.seats.own.points
        return self.line.reviewed_points

    @property
    def claimed(self) -> LineScore:
        return self._score(self.claim, Layer.CLAIMED)

    @property
    def reviewed(self) -> LineScore | None:
        return None if self.mark is None else self._score(self.mark, Layer.REVIEWED)

    @property
    def is_marked(self) -> bool:
        return self.line.reviewed is not None or self.seats.is_given

    @property
    def waits(self) -> bool:
        """Whether the one who asks has still to say something to it."""
        return self.may_accept or (self.may_agree and self.seats.to_agree)

    @property
    def may_accept(self) -> bool:
        return self.open and not self.is_marked

    @property
    def is_returned(self) -> bool:
        return self.step is Step.RETURNED

    @property
    def is_lapsed(self) -> bool:
        """The unit let its hour pass."""
        return self.line.step is Step.RETURNED and not self.is_returned

    @property
    def is_supplied(self) -> bool:
        """It came back from the unit, and nobody has looked at it since."""
        return self.line.supplied_at is not None and self.line.step is Step.CLAIMED

    @property
    def is_claimed(self) -> bool:
        """Whether the unit itself states this line."""
        return is_claimable(self.entry)

    @property
    def official(self) -> Value | None:
        """What an official line says now; None while the result is still to come."""
        value = self.claim if self.mark is None else self.mark
        return None if isinstance(value, NotDue) else value

    @property
    def official_score(self) -> LineScore:
        return self._score(self.official, Layer.REVIEWED)

    @property
    def difference(self) -> Decimal | None:
        """What review changed, where there is something to compare."""
        if self.points is None or not self.is_claimed:
            return None
        return self.points - self.line.claimed_points

    def _score(self, value: Value | None, layer: Layer) -> LineScore:
        return line_score(self.entry, settled(self.entry, value, layer), self.decimals)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the review of a group is; `counted` are the lines that are asked of this person."""

    section: Section
    rows: tuple[tuple[Entry, LineRecord], ...]
    counted: frozenset[str]
    done: frozenset[str]

    @property
    def to_mark(self) -> int:
        return len(self.counted)

    def points(self, layer: Layer) -> Decimal:
        """The sum of its lines under its own cap, for a group that is beside the scale."""
        return self.section.capped(sum((_points(line, layer) for _, line in self.rows), ZERO))

    @property
    def marked(self) -> int:
        return len(self.counted & self.done)


def _points(line: LineRecord, layer: Layer) -> Decimal:
    """What stands on a line in a layer: the latest that there is."""
    found = [line.claimed_points]
    if layer is not Layer.CLAIMED and line.reviewed_points is not None:
        found.append(line.reviewed_points)
    if layer is Layer.FINAL and line.final_points is not None:
        found.append(line.final_points)
    return found[-1]
