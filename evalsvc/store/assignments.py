"""Who appraises in a round: standing roles of reviewers, and what the round itself assigns."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.access import ASSIGNED, OF_UNIT, Grant, Place, Role
from evalsvc.domain.appraisal import Assigned, Bench
from evalsvc.store.accounts import account, role
from evalsvc.store.assessments import assessment
from evalsvc.store.units import unit

_ASSIGNED = [each.value for each in ASSIGNED]
_OF_UNIT = [each.value for each in OF_UNIT]


@dataclass(frozen=True, slots=True)
class Named:
    """An assignment of a round as it is listed."""

    id: int
    account: int
    name: str
    label: str
    grant: Grant
    unit_name: str
    given_at: datetime | None


_BENCH = (
    sa.select(role.c.account_id, role)
    .join(account, account.c.id == role.c.account_id)
    .where(account.c.ended_at.is_(None), role.c.ended_at.is_(None))
    .where(
        sa.or_(
            role.c.role.in_(_OF_UNIT),
            sa.and_(
                role.c.role.in_(_ASSIGNED),
                sa.or_(role.c.round_id.is_(None), role.c.round_id == sa.bindparam("of")),
            ),
        )
    )
    .where(role.c.account_id.in_(sa.select(role.c.account_id).where(role.c.role.in_(_ASSIGNED))))
    .order_by(role.c.id)
)


def bench(connection: Connection, round_id: int) -> Bench:
    """Everybody who appraises in the round, with the units in which they hold a role."""
    rows = connection.execute(_BENCH, {"of": round_id}).all()
    owned: dict[int, set[int]] = {}
    for row in rows:
        if row.role in _OF_UNIT:
            owned.setdefault(row.account_id, set()).add(row.unit_id)
    return Bench(
        tuple(
            Assigned(row.account_id, _grant(row), frozenset(owned.get(row.account_id, ())))
            for row in rows
            if row.role in _ASSIGNED
        )
    )


def _grant(row: Any) -> Grant:
    of = row.round_id, frozenset(row.lines.split()), row.seat
    return Grant(Role(row.role), row.unit_id, row.kind, row.block, *of)


def of_round(connection: Connection, round_id: int) -> Sequence[Named]:
    """What the round assigns, in the order in which it was given."""
    found = (
        sa.select(role, account.c.name, account.c.label, unit.c.name.label("unit_name"))
        .join(account, account.c.id == role.c.account_id)
        .outerjoin(unit, unit.c.id == role.c.unit_id)
        .where(role.c.round_id == round_id, role.c.ended_at.is_(None))
        .order_by(role.c.id)
    )
    return [
        Named(
            row.id,
            row.account_id,
            row.name,
            row.label,
            _grant(row),
            row.unit_name or "",
            row.given_at,
        )
        for row in connection.execute(found)
    ]


@dataclass(frozen=True, slots=True)
class Person:
    """A standing account that appraises."""

    name: str
    label: str


def reviewers(connection: Connection) -> Sequence[Person]:
    """Whoever has a role of reviewers, or no role: an account that was made to be assigned."""
    of = sa.select(role.c.account_id).where(role.c.ended_at.is_(None))
    appraises = account.c.id.in_(of.where(role.c.role.in_(_ASSIGNED)))
    found = (
        sa.select(account.c.name, account.c.label)
        .where(account.c.ended_at.is_(None), sa.or_(appraises, account.c.id.not_in(of)))
        .order_by(account.c.label, account.c.name)
    )
    return [Person(*row) for row in connection.execute(found)]


def place_in(connection: Connection, round_id: int, unit_id: int) -> Place | None:
    """Where the sheet of a unit stands in a round; None for a unit that has none."""
    of = assessment.c.round_id == round_id, assessment.c.unit_id == unit_id
    found = sa.select(assessment.c.kind, assessment.c.block).where(*of)
    row = connection.execute(found).one_or_none()
    return None if row is None else Place(unit_id, row.kind, row.block, round_id)


@dataclass(frozen=True, slots=True)
class Stand:
    """A sheet as far as it says who may review it."""

    place: Place
    code: str
    name: str
    tags: frozenset[str]
    sha256: str
    exempt: str


def sheets_in(connection: Connection, round_id: int) -> Sequence[Stand]:
    """Every sheet of the round, in the order of protocol."""
    of = assessment.c
    found = (
        sa.select(
            *(of.unit_id, of.kind, of.block, of.unit_code, of.unit_name),
            *(of.tags, of.sha256, of.exempt),
        )
        .where(of.round_id == round_id)
        .order_by(of.place, of.sort_key, of.unit_code)
    )
    return [
        Stand(Place(unit, kind, block, round_id), code, name, frozenset(json.loads(tags)), *rest)
        for unit, kind, block, code, name, tags, *rest in connection.execute(found)
    ]


def labels(connection: Connection, ids: Sequence[int]) -> Mapping[int, str]:
    """What people call accounts."""
    found = sa.select(account.c.id, account.c.label).where(account.c.id.in_(ids))
    return {row.id: row.label for row in connection.execute(found)}


def end(connection: Connection, id_: int, at: datetime) -> bool:
    mine = role.update().where(role.c.id == id_, role.c.ended_at.is_(None))
    return connection.execute(mine.values(ended_at=at)).rowcount == 1
