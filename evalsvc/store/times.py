"""Times of a round as they are looked at: whether it goes on, and who was given more time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.access import Actor
from evalsvc.domain.windows import Task
from evalsvc.store import scope
from evalsvc.store.accounts import account
from evalsvc.store.assessments import assessment
from evalsvc.store.queues import PROTOCOL, Wanted, narrowed
from evalsvc.store.rounds import extension, round_

OF_UNIT = (Task.ASSESS, Task.EXPLAIN)
"""What a unit itself has to do in its time."""

_DEED = (
    *(extension.c.at, extension.c.task, extension.c.closes, extension.c.reason),
    extension.c.account_id,
)
"""One deed writes the same on the row of every unit that it is for."""

_SHEET = sa.and_(
    assessment.c.round_id == extension.c.round_id, assessment.c.unit_id == extension.c.unit_id
)


@dataclass(frozen=True, slots=True)
class Named:
    """A unit that has more time, with the id of its sheet."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Extended:
    """What one deed gave and is still in force: how many units in scope, the first by name.

    `block` is the only one of them; with `blocks` above one it says nothing.
    """

    task: Task
    until: datetime
    reason: str
    at: datetime
    account: int | None
    who: str
    units: int
    blocks: int
    block: str
    named: tuple[Named, ...] = ()

    @property
    def deed(self) -> tuple[object, ...]:
        return self.at, self.task.value, self.until, self.reason, self.account


@dataclass(frozen=True, slots=True)
class Number:
    """How many units have more time for one task, and by how many deeds."""

    units: int
    deeds: int


@dataclass(frozen=True, slots=True)
class Longer:
    """More time that one unit has, and why."""

    task: Task
    until: datetime
    reason: str


def is_open(connection: Connection, round_id: int) -> bool:
    """As it stands now: what is kept of a round on the shelf was read when it opened."""
    found = sa.select(round_.c.closed_at).where(round_.c.id == round_id)
    return connection.execute(found).scalar_one() is None


def units_led(
    connection: Connection, actor: Actor, round_id: int, most: int
) -> Sequence[tuple[str, str]]:
    """Codes and names in the order of protocol, at most so many."""
    found = (
        sa.select(assessment.c.unit_code, assessment.c.unit_name)
        .where(scope.led_by(actor, assessment), *narrowed(Wanted(round_id)))
        .order_by(*PROTOCOL)
        .limit(most)
    )
    return [(code, name) for code, name in connection.execute(found)]


def numbers(connection: Connection, actor: Actor, round_id: int) -> Mapping[Task, Number]:
    deeds = (
        sa.select(extension.c.task, sa.func.count().label("units"))
        .join(assessment, _SHEET)
        .where(scope.led_by(actor, assessment), *narrowed(Wanted(round_id)))
        .group_by(*_DEED)
        .subquery()
    )
    found = sa.select(deeds.c.task, sa.func.sum(deeds.c.units), sa.func.count())
    rows = connection.execute(found.group_by(deeds.c.task))
    return {Task(task): Number(int(units), number) for task, units, number in rows}


def led(
    connection: Connection, actor: Actor, round_id: int, page: tuple[int, int], most: int
) -> Sequence[Extended]:
    """Newest first, from `page[0]` on `page[1]` deeds, each with at most so many names."""
    of = assessment.c.block
    found = (
        sa.select(
            *(*_DEED, account.c.label),
            *(sa.func.count(), sa.func.count(of.distinct()), sa.func.min(of)),
        )
        .join(assessment, _SHEET)
        .outerjoin(account, account.c.id == extension.c.account_id)
        .where(scope.led_by(actor, assessment), *narrowed(Wanted(round_id)))
        .group_by(*_DEED, account.c.label)
        .order_by(extension.c.at.desc(), extension.c.task, extension.c.closes, extension.c.reason)
        .offset(page[0])
        .limit(page[1])
    )
    told = [
        Extended(Task(task), until, reason, at, by, who or "", *rest)
        for at, task, until, reason, by, who, *rest in connection.execute(found)
    ]
    names = _named(connection, actor, round_id, {each.at for each in told}, most)
    return [replace(each, named=tuple(names.get(each.deed, ()))) for each in told]


def _named(
    connection: Connection, actor: Actor, round_id: int, at: set[datetime], most: int
) -> dict[tuple[object, ...], list[Named]]:
    """The first units of every deed of these moments."""
    place = sa.func.row_number().over(partition_by=_DEED, order_by=PROTOCOL).label("nth")
    every = (
        sa.select(*_DEED, assessment.c.id, assessment.c.unit_name, place)
        .join(assessment, _SHEET)
        .where(scope.led_by(actor, assessment), *narrowed(Wanted(round_id)))
        .where(extension.c.at.in_(sorted(at)))
        .subquery()
    )
    found: dict[tuple[object, ...], list[Named]] = {}
    wanted = sa.select(every).where(every.c.nth <= most).order_by(every.c.nth)
    for *deed, id_, name, _ in connection.execute(wanted):
        found.setdefault(tuple(deed), []).append(Named(id_, name))
    return found


def of_sheet(connection: Connection, actor: Actor, id_: int) -> Sequence[Longer]:
    """What a unit of one's own has more time for."""
    found = (
        sa.select(extension.c.task, extension.c.closes, extension.c.reason)
        .join(assessment, _SHEET)
        .where(scope.prepared_by(actor, assessment), assessment.c.id == id_)
        .where(extension.c.task.in_([each.value for each in OF_UNIT]))
        .order_by(extension.c.closes)
    )
    return [Longer(Task(task), *rest) for task, *rest in connection.execute(found)]
