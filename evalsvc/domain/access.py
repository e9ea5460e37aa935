"""Who may do what: roles on units, and one question for each deed."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from evalsvc.domain.course import Status
from evalsvc.domain.errors import Forbidden


class Role(StrEnum):
    EDITOR = "editor"
    HEAD = "head"
    EVALUATOR = "evaluator"
    LEAD = "lead"
    LEADER = "leader"
    ADMIN = "admin"


OF_UNIT = frozenset({Role.EDITOR, Role.HEAD})
REVIEWERS = frozenset({Role.EVALUATOR, Role.LEAD})


@dataclass(frozen=True, slots=True)
class Place:
    """Where an assessment stands: whose it is, in which kind and block."""

    unit: int
    kind: str
    block: str


@dataclass(frozen=True, slots=True)
class Grant:
    """One role over a unit, a kind, a block, or over all where nothing is named."""

    role: Role
    unit: int | None = None
    kind: str = ""
    block: str = ""

    def __post_init__(self) -> None:
        if self.role in OF_UNIT and self.unit is None:
            raise ValueError("roles of a unit name the unit")
        if sum((self.unit is not None, bool(self.kind), bool(self.block))) > 1:
            raise ValueError("a role is over one thing")

    def covers(self, place: Place) -> bool:
        if self.unit is not None:
            return self.unit == place.unit
        if self.kind:
            return self.kind == place.kind
        return not self.block or self.block == place.block


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks; `account` is None only for the service itself."""

    account: int | None
    label: str
    grants: tuple[Grant, ...] = ()

    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants)

    def holds(self, roles: Iterable[Role], place: Place) -> bool:
        wanted = frozenset(roles)
        return any(grant.role in wanted and grant.covers(place) for grant in self.grants)

    def own_units(self) -> frozenset[int]:
        """Units in which this person holds a role, and which they therefore never review."""
        owned = (grant.unit for grant in self.grants if grant.role in OF_UNIT)
        return frozenset(unit for unit in owned if unit is not None)


SERVICE = Actor(None, "evalsvc", (Grant(Role.LEAD), Grant(Role.LEADER), Grant(Role.ADMIN)))
"""The machine room: what is done on the command line."""


def can_prepare(actor: Actor, place: Place) -> bool:
    """Fill in the sheet of one's own unit."""
    return actor.holds(OF_UNIT, place)


def can_submit(actor: Actor, place: Place) -> bool:
    """Hand in for the unit: its head."""
    return actor.holds({Role.HEAD}, place)


def can_review(actor: Actor, place: Place) -> bool:
    """Mark lines of others; never of one's own unit."""
    return actor.holds(REVIEWERS, place) and place.unit not in actor.own_units()


def can_close_review(actor: Actor, place: Place) -> bool:
    return actor.holds({Role.LEAD}, place) and place.unit not in actor.own_units()


def can_flag(actor: Actor, place: Place) -> bool:
    outside = place.unit not in actor.own_units()
    return outside and actor.holds(REVIEWERS | {Role.LEADER}, place)


def can_rank(actor: Actor) -> bool:
    return Role.LEADER in actor.roles()


def can_read(actor: Actor, place: Place) -> bool:
    """See the sheet at all. An administrator keeps accounts and sees no points."""
    return (
        can_prepare(actor, place) or can_review(actor, place) or actor.holds({Role.LEADER}, place)
    )


def can_read_marks(actor: Actor, place: Place, status: Status = Status.SUBMITTED) -> bool:
    """See what reviewers gave: the unit itself once its sheet is closed."""
    if status is Status.CLOSED and can_prepare(actor, place):
        return True
    return can_review(actor, place) or actor.holds({Role.LEADER}, place)


def can_administer(actor: Actor) -> bool:
    return Role.ADMIN in actor.roles()


def require(answer: bool, deed: str) -> None:  # noqa: FBT001 - reads as a sentence: require(can_…)
    if not answer:
        raise Forbidden(deed)
