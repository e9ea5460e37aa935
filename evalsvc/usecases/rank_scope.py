"""Which rounds and blocks a leader may look at, and how much stands in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evalsvc.domain.access import Actor, Role, can_rank, require
from evalsvc.domain.errors import NotFound
from evalsvc.domain.lines import Layer
from evalsvc.domain.rounds import Block
from evalsvc.domain.windows import Task, Window
from evalsvc.store import rankings
from evalsvc.store import rounds as stored_rounds
from evalsvc.store.rankings import Size
from evalsvc.store.rounds import RoundRecord
from evalsvc.usecases.work import Work


@dataclass(frozen=True, slots=True)
class Tab:
    """A block that may be looked at, or all of them together."""

    block: Block | None
    all: int
    ranked: int

    @property
    def code(self) -> str:
        return self.block.code if self.block else ""


@dataclass(frozen=True, slots=True)
class Led:
    """All rounds of a leader, newest first, and the one that was asked for."""

    rounds: tuple[RoundRecord, ...]
    round: RoundRecord

    @property
    def before(self) -> RoundRecord | None:
        """The same time of an earlier year."""
        here = self.round
        earlier = (each for each in self.rounds if each.year < here.year and each.half == here.half)
        return next(earlier, None)


def rounds_of(doing: Work) -> tuple[RoundRecord, ...]:
    """Rounds with anything that this leader may see, newest first."""
    require(can_rank(doing.actor), "rank")
    ids = rankings.rounds_led(doing.store, doing.actor)
    return tuple(doing.shelf.round_of(doing.store, id_) for id_ in ids)


def led(doing: Work, code: str) -> Led:
    """The round of a code, or the newest without one.

    Raises NotFound too where nothing in it is for this person.
    """
    found = rounds_of(doing)
    for each in found:
        if code in ("", each.code):
            return Led(found, each)
    raise NotFound("round")


def windows_of(doing: Work, found: RoundRecord) -> Mapping[Task, Window]:
    """The windows of a round for everyone; a unit may have an extension of its own."""
    return stored_rounds.windows_of(doing.store, found.id)


def sees_all(actor: Actor) -> bool:
    return any(
        grant.role is Role.LEADER and grant.unit is None and not (grant.kind or grant.block)
        for grant in actor.grants
    )


def sees_block(actor: Actor, block: str) -> bool:
    """Whether all units of a block are in scope."""
    return sees_all(actor) or any(
        grant.role is Role.LEADER and grant.block == block != "" for grant in actor.grants
    )


def sizes(doing: Work, found: RoundRecord, layer: Layer | None) -> Mapping[str, Size]:
    return rankings.sizes(doing.store, doing.actor, found.id, layer)


def tabs(doing: Work, found: RoundRecord, of: Mapping[str, Size]) -> tuple[Tab, ...]:
    """Blocks with anything in scope; all together only for who sees all, where the round ranks
    overall."""
    shown = [
        Tab(block, of[block.code].all, of[block.code].ranked)
        for block in found.blocks
        if block.code in of
    ]
    if found.overall and len(shown) > 1 and sees_all(doing.actor):
        together = Tab(None, sum(tab.all for tab in shown), sum(tab.ranked for tab in shown))
        return (*shown, together)
    return tuple(shown)


def asked_of(found: Sequence[Tab], block: str | None) -> Tab:
    """The tab of a block's code, the first without one; NotFound for one that is not shown."""
    if block is None:
        return found[0]
    for tab in found:
        if tab.code == block:
            return tab
    raise NotFound("block")
