"""Who may do what: roles on units, and one question for each deed."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from evalsvc.domain.course import HANDED_IN, RELEASED, Status
from evalsvc.domain.errors import Forbidden


class Role(StrEnum):
    EDITOR = "editor"
    HEAD = "head"
    EVALUATOR = "evaluator"
    LEAD = "lead"
    ANSWERER = "answerer"
    LEADER = "leader"
    ADMIN = "admin"


OF_UNIT = frozenset({Role.EDITOR, Role.HEAD})
REVIEWERS = frozenset({Role.EVALUATOR, Role.LEAD})
ASSIGNED = REVIEWERS | {Role.ANSWERER}
"""Roles that may be given for one round and for some lines."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an assessment stands: whose it is, in which kind, block and round."""

    unit: int
    kind: str
    block: str
    round: int = 0


EVERYTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Grant:
    """One role over a unit, a kind, a block, or over all where nothing is named.

    An assignment is a role in one round, perhaps for some lines only, on the first or second seat.
    """

    role: Role
    unit: int | None = None
    kind: str = ""
    block: str = ""
    round: int | None = None
    lines: frozenset[str] = EVERYTHING
    seat: int = 1

    def __post_init__(self) -> None:
        if self.role in OF_UNIT and self.unit is None:
            raise ValueError("roles of a unit name the unit")
        if sum((self.unit is not None, bool(self.kind), bool(self.block))) > 1:
            raise ValueError("a role is over one thing")
        if self.lines and (self.round is None or self.role not in ASSIGNED):
            raise ValueError("lines are named in a round, for those who appraise")

    def takes(self, code: str) -> bool:
        return not self.lines or code in self.lines

    def covers(self, place: Place) -> bool:
        if self.round is not None and self.round != place.round:
            return False
        if self.unit is not None:
            return self.unit == place.unit
        if self.kind:
            return self.kind == place.kind
        return not self.block or self.block == place.block

    def includes(self, part: "Grant", place: Place | None) -> bool:
        """Whether all that `part` is over is in here; `place` is that of the unit it names."""
        if self.round is not None and self.round != part.round:
            return False
        if part.unit is not None:
            return place is not None and self.covers(place)
        mine = self.unit, self.kind, self.block
        return mine in ((None, "", ""), (None, part.kind, part.block))


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


def can_review(actor: Actor, place: Place) -> bool:
    """Mark lines of others; never of one's own unit."""
    return actor.holds(REVIEWERS, place) and place.unit not in actor.own_units()


def leads(actor: Actor, place: Place) -> bool:
    """Never over a unit of one's own."""
    return actor.holds({Role.LEAD}, place) and place.unit not in actor.own_units()


def can_flag(actor: Actor, place: Place) -> bool:
    outside = place.unit not in actor.own_units()
    return outside and actor.holds(REVIEWERS | {Role.LEADER}, place)


def can_rank(actor: Actor) -> bool:
    return Role.LEADER in actor.roles()


def sees_line(actor: Actor, place: Place, code: str) -> bool:
    """Whether a line of a readable sheet is in scope: whoever is named for some sees only those."""
    seen = lines_seen(actor, place)
    return seen is EVERYTHING or code in seen


def lines_seen(actor: Actor, place: Place) -> frozenset[str]:
    """EVERYTHING, or the lines that a person is named for; sums over others are not shown."""
    named: set[str] = set()
    for grant in actor.grants:
        if not grant.covers(place) or grant.role is Role.ADMIN:
            continue
        if not grant.lines:
            return EVERYTHING
        named |= grant.lines
    return frozenset(named)


def sees_every_line(actor: Actor, place: Place) -> bool:
    """Sums over lines out of scope are not shown."""
    return lines_seen(actor, place) is EVERYTHING


def can_read(actor: Actor, place: Place) -> bool:
    """See the sheet at all. An administrator keeps accounts and sees no points."""
    return (
        can_prepare(actor, place)
        or (actor.holds(ASSIGNED, place) and place.unit not in actor.own_units())
        or actor.holds({Role.LEADER}, place)
    )


def sees_claims(actor: Actor, place: Place, status: Status) -> bool:
    """Read what the unit states: itself and leaders always, reviewers once it is handed in.

    Official lines are nobody's claim: whoever may read the sheet sees them before that too.
    """
    if can_prepare(actor, place) or actor.holds({Role.LEADER}, place):
        return True
    return status in HANDED_IN and can_read(actor, place)


def can_read_marks(actor: Actor, place: Place, status: Status = Status.SUBMITTED) -> bool:
    """See what reviewers gave: the unit itself once its sheet is released to it."""
    if status in RELEASED and can_prepare(actor, place):
        return True
    others = actor.holds(ASSIGNED, place) and place.unit not in actor.own_units()
    return others or actor.holds({Role.LEADER}, place)


def may_give(actor: Actor, part: Grant, place: Place | None) -> bool:
    """An administrator gives any part; a lead what lies within the sheets that are led."""
    if Role.ADMIN in actor.roles():
        return True
    return any(each.role is Role.LEAD and each.includes(part, place) for each in actor.grants)


def can_administer(actor: Actor) -> bool:
    return Role.ADMIN in actor.roles()


def require(answer: bool, deed: str) -> None:  # noqa: FBT001 - reads as a sentence: require(can_…)
    if not answer:
        raise Forbidden(deed)
