"""Accounts and their roles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from evalsvc.domain.access import Grant, Role
from evalsvc.domain.reminders import Mails
from evalsvc.store.database import Id, Moment, metadata
from evalsvc.store.units import unit

account = sa.Table(
    "account",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("name", sa.String(100), nullable=False, unique=True),
    sa.Column("label", sa.String(200), nullable=False),
    sa.Column("password", sa.String(200), nullable=False),
    sa.Column("must_change", sa.Boolean, nullable=False),
    sa.Column("email", sa.String(254), nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("ended_at", Moment),
    # Which mails are wanted, and the digest of the secret in the address of one's calendar.
    sa.Column("mails", sa.String(10), nullable=False),
    sa.Column("feed", sa.String(64), unique=True),
    sa.CheckConstraint("mails IN ('all', 'urgent', 'none')", "mails"),
)

role = sa.Table(
    "account_role",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("account_id", sa.ForeignKey("account.id"), nullable=False, index=True),
    sa.Column("role", sa.String(20), nullable=False),
    sa.Column("unit_id", sa.ForeignKey("unit.id"), index=True),
    sa.Column("kind", sa.String(60), nullable=False),
    sa.Column("block", sa.String(60), nullable=False),
    sa.Column("ended_at", Moment),
    # An assignment is a role in one round: some lines or all, on one of two seats.
    sa.Column("round_id", sa.ForeignKey("round.id"), index=True),
    sa.Column("lines", sa.String(8000), nullable=False),
    sa.Column("seat", sa.Integer, nullable=False),
    sa.Column("given_at", Moment),
    sa.CheckConstraint("role NOT IN ('editor', 'head') OR unit_id IS NOT NULL", "of_a_unit"),
    sa.CheckConstraint("seat IN (1, 2)", "seat"),
    sa.CheckConstraint("lines = '' OR round_id IS NOT NULL", "lines"),
)


@dataclass(frozen=True, slots=True)
class Account:
    id: int
    name: str
    label: str
    password: str
    must_change: bool
    ended: bool


@dataclass(frozen=True, slots=True)
class RoleOver:
    """A role with what it is over: the code and name of a unit, a kind, a block, or nothing."""

    role: Role
    unit: str = ""
    unit_name: str = ""
    kind: str = ""
    block: str = ""

    @property
    def text(self) -> str:
        """As it is written on the command line."""
        over = self.unit or (f"kind:{self.kind}" if self.kind else "")
        over = over or (f"block:{self.block}" if self.block else "")
        return f"{self.role}@{over}" if over else self.role.value


@dataclass(frozen=True, slots=True)
class Listed:
    """An account as the machine room sees it."""

    id: int
    name: str
    label: str
    must_change: bool
    ended_at: datetime | None
    roles: tuple[RoleOver, ...]


def add(
    connection: Connection, name: str, label: str, password: str, at: datetime, email: str = ""
) -> int:
    done = connection.execute(
        account.insert().values(
            name=name,
            label=label,
            password=password,
            must_change=True,
            made_at=at,
            email=email,
            mails=Mails.ALL.value,
        )
    )
    return int(done.inserted_primary_key[0])  # type: ignore[index]


def get(connection: Connection, name: str) -> Account | None:
    row = connection.execute(sa.select(account).where(account.c.name == name)).one_or_none()
    return None if row is None else _account(row)


def of_id(connection: Connection, id_: int) -> Account | None:
    row = connection.execute(sa.select(account).where(account.c.id == id_)).one_or_none()
    return None if row is None else _account(row)


def _account(row: Row[tuple[object, ...]]) -> Account:
    found = row._mapping  # noqa: SLF001 - SQLAlchemy's documented way to columns by name
    return Account(
        found["id"],
        found["name"],
        found["label"],
        found["password"],
        found["must_change"],
        found["ended_at"] is not None,
    )


def put_password(connection: Connection, id_: int, password: str, *, must_change: bool) -> None:
    changed = account.update().where(account.c.id == id_)
    connection.execute(changed.values(password=password, must_change=must_change))


def put_end(connection: Connection, id_: int, at: datetime) -> None:
    connection.execute(account.update().where(account.c.id == id_).values(ended_at=at))


def add_grant(
    connection: Connection, account_id: int, grant: Grant, at: datetime | None = None
) -> None:
    connection.execute(
        role.insert().values(
            account_id=account_id,
            role=grant.role.value,
            unit_id=grant.unit,
            kind=grant.kind,
            block=grant.block,
            round_id=grant.round,
            lines=" ".join(sorted(grant.lines)),
            seat=grant.seat,
            given_at=at,
        )
    )


_ROLES = (
    sa.select(role, unit.c.code, unit.c.name.label("unit_name"))
    .outerjoin(unit, unit.c.id == role.c.unit_id)
    .where(role.c.ended_at.is_(None))
    .order_by(role.c.account_id, role.c.id)
)


def roles_of(connection: Connection, account_id: int) -> Sequence[RoleOver]:
    rows = connection.execute(_ROLES.where(role.c.account_id == account_id))
    return [_role_over(row) for row in rows]


def all_of(connection: Connection) -> Sequence[Listed]:
    """By name, with their roles, ended ones too."""
    roles: dict[int, list[RoleOver]] = {}
    for row in connection.execute(_ROLES):
        roles.setdefault(row.account_id, []).append(_role_over(row))
    rows = connection.execute(sa.select(account).order_by(account.c.name))
    return [
        Listed(
            row.id, row.name, row.label, row.must_change, row.ended_at, tuple(roles.get(row.id, ()))
        )
        for row in rows
    ]


def _role_over(row: Row[tuple[object, ...]]) -> RoleOver:
    found = row._mapping  # noqa: SLF001 - SQLAlchemy's documented way to columns by name
    return RoleOver(
        Role(found["role"]),
        found["code"] or "",
        found["unit_name"] or "",
        found["kind"],
        found["block"],
    )


def grant_of(row: Any) -> Grant:
    """One row of `role`."""
    of = row.round_id, frozenset(row.lines.split()), row.seat
    return Grant(Role(row.role), row.unit_id, row.kind, row.block, *of)
