"""Sheets that a ranking lists apart: exempt, not handed in, without the layer yet, or unrated."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.access import Actor
from evalsvc.domain.course import Status
from evalsvc.domain.lines import Layer
from evalsvc.domain.summary import Totals
from evalsvc.store import scope
from evalsvc.store.assessments import assessment
from evalsvc.store.queues import PROTOCOL, Wanted, narrowed
from evalsvc.store.rankings import RATED, TEXT
from evalsvc.store.totals_text import of_text


@dataclass(frozen=True, slots=True)
class ApartRecord:
    """A sheet that is listed, but not ranked; `totals` where it was handed in."""

    id: int
    unit_code: str
    unit_name: str
    kind: str
    block: str
    sha256: str
    exempt: str
    status: Status
    totals: Totals | None


def part(
    connection: Connection,
    actor: Actor,
    wanted: Wanted,
    layer: Layer | None,
    page: tuple[int, int] | None = None,
) -> Sequence[ApartRecord]:
    """Exempt, not handed in, without this layer yet, or unrated, in the order of protocol."""
    text = sa.case((assessment.c.status == Status.OPEN.value, sa.null()), else_=TEXT[layer])
    wanted_rows = (
        sa.select(
            assessment.c.id,
            assessment.c.unit_code,
            assessment.c.unit_name,
            assessment.c.kind,
            assessment.c.block,
            assessment.c.sha256,
            assessment.c.exempt,
            assessment.c.status,
            text,
        )
        .where(scope.led_by(actor, assessment), *narrowed(wanted), _out(layer))
        .order_by(*PROTOCOL)
    )
    if page is not None:
        wanted_rows = wanted_rows.offset(page[0]).limit(page[1])
    return [
        ApartRecord(id_, code, name, kind, in_, sha256, exempt, Status(status), of_text(text))
        for id_, code, name, kind, in_, sha256, exempt, status, text in connection.execute(
            wanted_rows
        )
    ]


def _out(layer: Layer | None) -> sa.ColumnElement[bool]:
    return sa.or_(
        assessment.c.exempt != "",
        assessment.c.status == Status.OPEN.value,
        RATED[layer].is_not(sa.true()),
    )


def count(connection: Connection, actor: Actor, wanted: Wanted, layer: Layer | None) -> int:
    """How many of those are found by a text."""
    number = sa.select(sa.func.count()).where(
        scope.led_by(actor, assessment), *narrowed(wanted), _out(layer)
    )
    return connection.execute(number).scalar_one()
