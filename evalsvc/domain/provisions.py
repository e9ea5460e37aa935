"""What a set provides beyond its lines: bands, gates, quotas, titles, targets, comparisons."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from evalsvc.domain.conditions import Condition


@dataclass(frozen=True, slots=True)
class Band:
    """One step of a ladder; `above` leaves the bound itself out."""

    code: str
    name: str
    bound: Decimal
    above: bool = False


Ladder = tuple[Band, ...]
"""Best band first; the lowest starts at 0."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition beside the points, and what it does to a result."""

    code: str
    name: str
    condition: Condition
    at_most: str = ""
    no_title: bool = False
    unrated: bool = False


class Rounding(StrEnum):
    FLOOR = "floor"
    HALF_UP = "half-up"
    UP = "up"


class Per(StrEnum):
    BLOCK = "block"
    ROUND = "round"


class BaseIs(StrEnum):
    RATED = "rated"
    UNITS = "units"


Base = BaseIs | tuple[str, ...]
"""Of what a share is taken: all rated units, all units, or those with these bands."""


@dataclass(frozen=True, slots=True)
class Quota:
    """At most so many per cent may keep a band."""

    band: str
    percent: Decimal
    of: Base
    per: Per
    rounding: Rounding = Rounding.FLOOR
    at_least: int = 0
    excess: bool = False


@dataclass(frozen=True, slots=True)
class Bounds:
    """From … to …, as shares in per cent or as numbers; `above` leaves out the lower bound."""

    low: Decimal
    high: Decimal | None = None
    in_percent: bool = True
    above: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """A title for units with one of `bands`, or for some of those that hold `within`."""

    code: str
    name: str
    bounds: Bounds
    bands: tuple[str, ...] = ()
    of: Base = BaseIs.RATED
    per: Per = Per.ROUND
    within: str = ""


@dataclass(frozen=True, slots=True)
class BandShare:
    """The share of units of a kind that have a band or a better one."""

    kind: str
    band: str


@dataclass(frozen=True, slots=True)
class TotalOf:
    """What all units did together, of what was due from all of them."""

    criterion: str


@dataclass(frozen=True, slots=True)
class TitleHolders:
    """The share, or the number, of units that get a title."""

    title: str


@dataclass(frozen=True, slots=True)
class Target:
    """A share to watch for a whole round: no points, no effect."""

    code: str
    name: str
    what: BandShare | TotalOf | TitleHolders
    bounds: Bounds


class Sign(StrEnum):
    ABOVE = ">"
    FROM = ">="
    BELOW = "<"
    TO = "<="
    IS = "="
    IS_NOT = "!="


@dataclass(frozen=True, slots=True)
class PointsOf:
    """The points of a line."""

    criterion: str


@dataclass(frozen=True, slots=True)
class AnswerOf:
    """The number that was stated on a line."""

    criterion: str


Operand = PointsOf | AnswerOf | Decimal


@dataclass(frozen=True, slots=True)
class Comparison:
    """A rule between two criteria: warns, never changes points."""

    left: Operand
    sign: Sign
    right: Operand
    say: str
