"""How the lines of sheets were settled, and which are contested: counted and found in SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.access import Actor, Place
from evalsvc.domain.course import Status
from evalsvc.domain.explanations import Settled
from evalsvc.domain.line_course import Step
from evalsvc.store import scope
from evalsvc.store.assessments import RECORD, Record, assessment, record_of
from evalsvc.store.marks import PUT, mark
from evalsvc.store.queues import PROTOCOL, Counted, Wanted, narrowed
from evalsvc.store.sheet_lines import line

_CLAIM = sa.func.coalesce(line.c.claim, "")
_DIFFERS = sa.and_(line.c.final != _CLAIM, sa.or_(_CLAIM != "", line.c.final_points != Decimal(0)))
"""As `explanations.differs` tells it."""


def counted(connection: Connection, ids: Sequence[int]) -> Mapping[int, Mapping[Settled, int]]:
    """For each sheet how many lines that differ from the claim were settled in which way."""
    found = (
        sa.select(line.c.assessment_id, line.c.settled, sa.func.count())
        .where(line.c.assessment_id.in_(ids))
        .where(_DIFFERS)
        .group_by(line.c.assessment_id, line.c.settled)
    )
    told: dict[int, dict[Settled, int]] = {}
    for id_, how, number in connection.execute(found):
        told.setdefault(id_, {})[Settled(how)] = number
    return told


@dataclass(frozen=True, slots=True)
class Contested:
    """A line that waits for an answer; `is_own`: whoever asks has put the value themselves."""

    id: int
    line: str
    place: Place
    is_own: bool


def _has_put(actor: Actor) -> sa.ColumnElement[bool]:
    """As `marks.authors`, beside each line of a statement."""
    return sa.exists().where(
        mark.c.assessment_id == line.c.assessment_id,
        mark.c.line == line.c.code,
        mark.c.account_id == actor.account,
        mark.c.stage.in_(sorted(each.value for each in PUT)),
    )


def contested(connection: Connection, actor: Actor, round_id: int) -> Sequence[Contested]:
    """On sheets in scope, whoever answers: sheets in the order of protocol, then their lines."""
    of = assessment.c
    found = (
        sa.select(
            *(of.id, line.c.code, of.unit_id, of.kind, of.block),
            _has_put(actor),
        )
        .join(line, line.c.assessment_id == of.id)
        .where(
            of.round_id == round_id,
            of.contested > 0,
            line.c.step == Step.CONTESTED.value,
            scope.reviewed_by(actor, assessment),
        )
        .order_by(*PROTOCOL, line.c.place)
    )
    return [
        Contested(id_, code, Place(unit, kind, block, round_id), is_own)
        for id_, code, unit, kind, block, is_own in connection.execute(found)
    ]


def led(connection: Connection, actor: Actor, wanted: Wanted) -> Sequence[Counted]:
    """How many sheets of a leader are how far, by block."""
    of = assessment.c
    found = (
        sa.select(of.block, of.status, sa.func.count())
        .where(scope.led_by(actor, assessment), *narrowed(wanted), of.exempt == "")
        .group_by(of.block, of.status)
    )
    return [
        Counted(block, Status(status), number, 0, 0, 0)
        for block, status, number in connection.execute(found)
    ]


def led_page(
    connection: Connection, actor: Actor, wanted: Wanted, page: tuple[int, int]
) -> Sequence[Record]:
    """Sheets of a leader in the order of protocol: from `page[0]` on, `page[1]` of them."""
    mine = scope.led_by(actor, assessment), assessment.c.exempt == ""
    found = sa.select(*RECORD).where(*mine, *narrowed(wanted)).order_by(*PROTOCOL)
    return [record_of(row) for row in connection.execute(found.offset(page[0]).limit(page[1]))]
