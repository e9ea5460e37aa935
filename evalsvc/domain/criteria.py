"""A criteria set: one published table of points with its rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from evalsvc.domain.answers import Treatment
from evalsvc.domain.provisions import Comparison, Gate, Ladder, Quota, Target, Title
from evalsvc.domain.scales import Scale, Sort, Survey

ENGINE = 1
FORMAT = 1
ONLY_COLUMN = ""
TOO_FEW_REPLIES = "too-few-replies"

ByColumn = Mapping[str, Decimal]
"""Numbers by column; a column that is not named is "—": not on that sheet."""


class GivenBy(StrEnum):
    UNIT = "unit"
    REVIEWER = "reviewer"
    SERVICE = "service"


class Role(StrEnum):
    """Whether a line counts on the scale, or beside it."""

    SCALE = "scale"
    BONUS = "bonus"
    PENALTY = "penalty"


class Need(StrEnum):
    REQUIRED = "required"
    WANTED = "wanted"
    NONE = "none"


class Fit(StrEnum):
    """What the unit's scale is where a sheet does not add up to the set's scale."""

    SCALE = "scale"
    OWN = "own"


class Compare(StrEnum):
    SCALE = "scale"
    POINTS = "points"


class CeilingIs(StrEnum):
    UNIT_SCALE = "unit-scale"
    NONE = "none"


Ceiling = Decimal | CeilingIs


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a line may be not applicable, and what then becomes of it."""

    code: str
    text: str
    treatment: Treatment


@dataclass(frozen=True, slots=True)
class Validity:
    """The years (and half-years) in which a line, or a set, counts."""

    start: int | None = None
    end: int | None = None
    every: int = 1
    half: int | None = None

    def holds(self, year: int, half: int | None) -> bool:
        first, last = self.start or year, self.end or year
        in_years = first <= year <= last and (year - first) % self.every == 0
        return in_years and (self.half is None or half is None or self.half == half)


ALWAYS = Validity()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What has to be shown for a line, in words."""

    need: Need = Need.NONE
    text: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A leaf of the table: the only thing that has a scale; one scale per column."""

    code: str
    name: str
    scales: Mapping[str, Scale]
    role: Role = Role.SCALE
    given_by: GivenBy = GivenBy.UNIT
    only: tuple[str, ...] = ()
    validity: Validity = ALWAYS
    less: tuple[Sort, ...] = ()
    reasons: tuple[Reason, ...] = ()
    points_by_hand: bool = False
    evidence: Evidence = Evidence()
    sources: Mapping[str, str] = field(default_factory=dict)
    guide: str = ""

    def reason(self, code: str) -> Reason | None:
        return next((reason for reason in self.reasons if reason.code == code), None)


@dataclass(frozen=True, slots=True)
class Heading:
    """A criterion that has parts; only the parts have scales."""

    code: str
    name: str
    most: ByColumn
    parts: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Criteria that are added up together; `cap` limits what of the sum counts."""

    code: str
    name: str
    children: tuple[Criterion | Heading, ...]
    most: ByColumn = field(default_factory=dict)
    cap: ByColumn = field(default_factory=dict)


def leaves(group: Group) -> Iterator[Criterion]:
    for child in group.children:
        if isinstance(child, Heading):
            yield from child.parts
        else:
            yield child


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of unit that the set serves, and the column that is its own."""

    code: str
    name: str
    column: str = ONLY_COLUMN


@dataclass(frozen=True, slots=True)
class Document:
    """A document as regulations cite it."""

    number: str = ""
    day: date | None = None
    issuer: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What the writer of the set decided where the source leaves it open."""

    on: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    """The whole table: kinds of unit, groups of lines, and what is made of a total."""

    code: str
    version: str
    title: str
    kinds: tuple[Kind, ...]
    groups: tuple[Group, ...]
    ladders: Mapping[str, Ladder]
    columns: Mapping[str, str] = field(default_factory=lambda: {ONLY_COLUMN: ""})
    scale: Decimal = Decimal(100)
    decimals: int = 2
    fit: Fit | None = None
    ceiling: Ceiling = CeilingIs.UNIT_SCALE
    compare: Compare = Compare.SCALE
    bonus_cap: Decimal | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    flags: Mapping[str, str] = field(default_factory=dict)
    ties: tuple[str, ...] = ()
    gates: tuple[Gate, ...] = ()
    rules: tuple[Comparison, ...] = ()
    quotas: tuple[Quota, ...] = ()
    titles: tuple[Title, ...] = ()
    targets: tuple[Target, ...] = ()
    years: Validity = ALWAYS
    issuer: str = ""
    legal_basis: tuple[Document, ...] = ()
    based_on: tuple[Document, ...] = ()
    decided: tuple[Decided, ...] = ()
    sha256: str = ""

    def kind(self, code: str) -> Kind | None:
        for kind in self.kinds:
            if kind.code == code:
                return kind
        return None

    def criteria(self) -> Iterator[Criterion]:
        for group in self.groups:
            yield from leaves(group)


def too_few_reason(survey: Survey) -> Reason:
    """The reason that the service itself finds when a survey has too few replies."""
    return Reason(TOO_FEW_REPLIES, "", survey.too_few)
