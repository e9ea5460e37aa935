"""A round at a glance: who is where, bands by block, claims beside reviews; counted in SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.access import Actor
from evalsvc.domain.course import FINISHED, Status
from evalsvc.store import scope
from evalsvc.store.assessments import assessment
from evalsvc.store.database import Points
from evalsvc.store.queues import Wanted, narrowed
from evalsvc.store.rankings import ranked_where
from evalsvc.store.sheet_lines import line


@dataclass(frozen=True, slots=True)
class Stand:
    """Sheets of one block that are equally far."""

    block: str
    status: Status
    exempt: bool
    sheets: int
    late: int
    ranked: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A unit whose total was moved by the review."""

    id: int
    unit_name: str
    claimed: Decimal
    later: Decimal
    status: Status


def stands(connection: Connection, actor: Actor, wanted: Wanted) -> Sequence[Stand]:
    exempt = assessment.c.exempt != ""
    found = (
        sa.select(
            assessment.c.block,
            assessment.c.status,
            exempt,
            sa.func.count(),
            sa.func.count().filter(assessment.c.late),
            sa.func.count().filter(
                sa.not_(exempt), assessment.c.status != Status.OPEN.value, assessment.c.rated
            ),
        )
        .where(scope.led_by(actor, assessment), *narrowed(wanted))
        .group_by(assessment.c.block, assessment.c.status, exempt)
    )
    return [
        Stand(block, Status(status), bool(out), number, late, ranked)
        for block, status, out, number, late, ranked in connection.execute(found)
    ]


def bands(
    connection: Connection, actor: Actor, wanted: Wanted
) -> Mapping[tuple[str, str, str], int]:
    """How many ranked units have a band, by block, kind and code of the band."""
    found = (
        sa.select(assessment.c.block, assessment.c.kind, assessment.c.band, sa.func.count())
        .where(
            scope.led_by(actor, assessment),
            *narrowed(wanted),
            assessment.c.exempt == "",
            assessment.c.status != Status.OPEN.value,
            assessment.c.rated,
        )
        .group_by(assessment.c.block, assessment.c.kind, assessment.c.band)
    )
    return {(block, kind, band): n for block, kind, band, n in connection.execute(found)}


def totals(
    connection: Connection, actor: Actor, wanted: Wanted
) -> Sequence[tuple[str, str, str, Decimal]]:
    """Block, kind, name and compared total of each ranked unit, best first."""
    found = (
        sa.select(
            assessment.c.block, assessment.c.kind, assessment.c.unit_name, assessment.c.in_force
        )
        .where(*ranked_where(actor, wanted, None))
        .order_by(assessment.c.in_force.desc(), assessment.c.sort_key)
    )
    return [(row.block, row.kind, row.unit_name, row.in_force) for row in connection.execute(found)]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How many units are reviewed, and by how much all their totals, and what they claimed, moved.

    A total also has what others give: official results that came after the claim, for one.
    """

    units: int
    totals: Decimal
    claims: Decimal


_REVIEWED = sorted(FINISHED)
_DIFFERENCE = sa.type_coerce(assessment.c.in_force - assessment.c.claimed_compared, Points())


_OF_CLAIMS = sa.type_coerce(
    sa.func.coalesce(line.c.final_points, line.c.reviewed_points) - line.c.claimed_points, Points()
)


def _reviewed(actor: Actor, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    return [
        *ranked_where(actor, wanted, None),
        assessment.c.status.in_(_REVIEWED),
        assessment.c.claimed_rated,
    ]


def reviewed(connection: Connection, actor: Actor, wanted: Wanted) -> Reviewed:
    where = _reviewed(actor, wanted)
    of_claims = (
        sa.select(sa.cast(sa.func.sum(_OF_CLAIMS), Points))
        .join(assessment, assessment.c.id == line.c.assessment_id)
        .where(*where, line.c.claim.is_not(None))
        .scalar_subquery()
    )
    together = sa.cast(sa.func.sum(_DIFFERENCE), Points)
    found = sa.select(sa.func.count(), together, of_claims).where(*where)
    units, totals, claims = connection.execute(found).one()
    return Reviewed(units, Decimal(totals or 0), Decimal(claims or 0))


def moved(connection: Connection, actor: Actor, wanted: Wanted, most: int) -> Sequence[Moved]:
    """Units whose totals the review moved most."""
    distance = sa.func.abs(sa.type_coerce(_DIFFERENCE, sa.BigInteger))
    found = (
        sa.select(
            assessment.c.id,
            assessment.c.unit_name,
            assessment.c.claimed_compared,
            assessment.c.in_force,
            assessment.c.status,
        )
        .where(*_reviewed(actor, wanted), assessment.c.in_force != assessment.c.claimed_compared)
        .order_by(distance.desc(), assessment.c.sort_key, assessment.c.unit_code)
        .limit(most)
    )
    return [
        Moved(id_, name, claimed, later, Status(status))
        for id_, name, claimed, later, status in connection.execute(found)
    ]
