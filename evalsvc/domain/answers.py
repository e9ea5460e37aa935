"""What a unit states on a line, and what may stand there instead of an answer."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Treatment(StrEnum):
    """What becomes of a line that is not applicable."""

    DROP = "drop"
    RESCALE = "rescale"
    FULL = "full"
    ZERO = "zero"
    EXCLUDE = "exclude"


Times = tuple[tuple[str, int], ...]
"""How often, by sort: pairs in the order of the scale, every sort named."""


@dataclass(frozen=True, slots=True)
class YesOrNo:
    """Answer to a yes-or-no question."""

    yes: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """The one level that was chosen, or the band of the one child."""

    level: str


@dataclass(frozen=True, slots=True)
class Ticked:
    """The items that hold, in the order of the scale; none at all is an answer too."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """A number, or a per cent, to be looked up in tiers."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class PartOf:
    """`done` of `due`; due is never 0."""

    done: int
    due: int


@dataclass(frozen=True, slots=True)
class Occurred:
    """How often each sort of event occurred."""

    times: Times


@dataclass(frozen=True, slots=True)
class Sent:
    """When each due thing was sent, None for not sent; in the order of the scale."""

    days: tuple[tuple[str, date | None], ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """Points that are proposed on a step, with the grounds."""

    points: Decimal
    grounds: str


@dataclass(frozen=True, slots=True)
class Surveyed:
    """The mean or index of a survey, and how many replies it rests on."""

    value: Decimal
    replies: int


@dataclass(frozen=True, slots=True)
class Official:
    """A result that somebody else published, with the document that says so."""

    value: Decimal
    document: str
    day: date
    year: int


@dataclass(frozen=True, slots=True)
class OfChildren:
    """How many children have each band; `unsubmitted` are in the base too."""

    bands: Times
    unsubmitted: int = 0

    @property
    def base(self) -> int:
        return sum(number for _, number in self.bands) + self.unsubmitted


Answer = (
    YesOrNo
    | Chosen
    | Ticked
    | Measured
    | PartOf
    | Occurred
    | Sent
    | Proposed
    | Surveyed
    | Official
    | OfChildren
)


@dataclass(frozen=True, slots=True)
class Stated:
    """An answer, with the events that are taken off the line (`less`)."""

    answer: Answer
    less: Times = ()


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The line does not apply, for one of the reasons that the criterion lists."""

    reason: str


@dataclass(frozen=True, slots=True)
class ByHand:
    """Points set by a reviewer where the file allows it."""

    points: Decimal


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Silence: earns 0 and is listed."""


@dataclass(frozen=True, slots=True)
class NotDue:
    """Neither 0 nor unanswered: a date, survey, index or child result is still to come."""


Value = Stated | NotApplicable | ByHand | Unanswered | NotDue

UNANSWERED = Unanswered()
NOT_DUE = NotDue()
