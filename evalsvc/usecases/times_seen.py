"""When each task of a round may be done, as its leaders see it, and who was given more time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from evalsvc.domain.errors import NotFound
from evalsvc.domain.rounds import Block
from evalsvc.domain.windows import Hour, Task, Window
from evalsvc.store import times
from evalsvc.store.rounds import RoundRecord
from evalsvc.store.times import Extended, Longer, Named, Number
from evalsvc.usecases import rank_scope
from evalsvc.usecases.work import Work

__all__ = ["EXTENDABLE", "Extended", "Longer", "Named", "Running", "Times", "of_own", "seen"]

EXTENDABLE = (Task.ASSESS, Task.REVIEW, Task.EXPLAIN)
PAGE, MOST_NAMED, MOST_UNITS = 20, 200, 500
NOTHING = Number(0, 0)


@dataclass(frozen=True, slots=True)
class Running:
    """The window of one task for everyone at this hour; `longer` is how many units have more."""

    task: Task
    window: Window
    hour: Hour
    longer: int


@dataclass(frozen=True, slots=True)
class Times:
    """One round; every number counts units of whoever looks, and `sees_all` says if that is all.

    `units` are codes and names to choose from, None where they are too many for a list.
    """

    round: RoundRecord
    rounds: tuple[RoundRecord, ...]
    now: datetime
    is_open: bool
    running: tuple[Running, ...]
    blocks: tuple[tuple[Block, int], ...]
    sees_all: bool
    units: Sequence[tuple[str, str]] | None
    extended: Sequence[Extended]
    deeds: int
    page: int

    @property
    def number(self) -> int:
        """Of all units to which whoever looks may give more time."""
        return sum(units for _, units in self.blocks)

    @property
    def pages(self) -> int:
        return max(1, -(-self.deeds // PAGE))

    @property
    def first(self) -> int:
        """How many deeds stand on the pages before."""
        return (self.page - 1) * PAGE

    @property
    def extendable(self) -> tuple[Task, ...]:
        return tuple(each.task for each in self.running if each.task in EXTENDABLE)


def seen(doing: Work, code: str, page: int) -> Times:
    led = rank_scope.led(doing, code)
    here = led.round
    numbers = times.numbers(doing.store, doing.actor, here.id)
    deeds = sum(each.deeds for each in numbers.values())
    first = (page - 1) * PAGE
    if page < 1 or (first >= deeds and page > 1):
        raise NotFound("page")
    units = times.units_led(doing.store, doing.actor, here.id, MOST_UNITS + 1)
    return Times(
        here,
        led.rounds,
        doing.now,
        times.is_open(doing.store, here.id),
        tuple(_running(doing, here, numbers)),
        _blocks(doing, here),
        rank_scope.sees_all(doing.actor),
        units if len(units) <= MOST_UNITS else None,
        times.led(doing.store, doing.actor, here.id, (first, PAGE), MOST_NAMED),
        deeds,
        page,
    )


def _running(doing: Work, of: RoundRecord, numbers: Mapping[Task, Number]) -> list[Running]:
    windows = rank_scope.windows_of(doing, of)
    return [
        Running(task, windows[task], windows[task].at(doing.now), numbers.get(task, NOTHING).units)
        for task in Task
        if task in windows
    ]


def _blocks(doing: Work, of: RoundRecord) -> tuple[tuple[Block, int], ...]:
    """Blocks with anything in scope, and how many units of each are."""
    sizes = rank_scope.sizes(doing, of, None)
    return tuple((block, sizes[block.code].all) for block in of.blocks if block.code in sizes)


def of_own(doing: Work, id_: int) -> Sequence[Longer]:
    """What the unit of an own sheet has more time for, the earliest hour first."""
    return times.of_sheet(doing.store, doing.actor, id_)
