"""The browsers in which people are signed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.access import Actor
from evalsvc.store.accounts import account, grant_of, role
from evalsvc.store.database import Clock, Moment, metadata

session = sa.Table(
    "session",
    metadata,
    sa.Column("token", sa.String(64), primary_key=True),
    sa.Column("account_id", sa.ForeignKey("account.id"), nullable=False, index=True),
    sa.Column("agent", sa.String(200), nullable=False),
    sa.Column("started_at", Moment, nullable=False),
    sa.Column("seen_at", Moment, nullable=False),
    sa.Column("ended_at", Moment),
)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session with its account and roles, as one statement finds them."""

    actor: Actor
    name: str
    must_change: bool
    started_at: datetime
    seen_at: datetime
    now: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """One browser in which somebody is signed in."""

    token: str
    agent: str
    started_at: datetime
    seen_at: datetime


def add(connection: Connection, token: str, account_id: int, agent: str, at: datetime) -> None:
    connection.execute(
        session.insert().values(
            token=token, account_id=account_id, agent=agent[:200], started_at=at, seen_at=at
        )
    )


_SIGNED_IN = (
    sa.select(
        account.c.id,
        account.c.name,
        account.c.label,
        account.c.must_change,
        session.c.started_at,
        session.c.seen_at,
        Clock().label("now"),
        role.c.role,
        role.c.unit_id,
        role.c.kind,
        role.c.block,
        role.c.round_id,
        role.c.lines,
        role.c.seat,
    )
    .join(account, account.c.id == session.c.account_id)
    .outerjoin(role, sa.and_(role.c.account_id == account.c.id, role.c.ended_at.is_(None)))
    .where(session.c.token == sa.bindparam("token"))
    .where(session.c.ended_at.is_(None), account.c.ended_at.is_(None))
    .order_by(role.c.id)
)


def get(connection: Connection, token: str) -> SignedIn | None:
    """With what the clock says, so that looking takes one statement."""
    rows = connection.execute(_SIGNED_IN, {"token": token}).all()
    if not rows:
        return None
    first = rows[0]
    grants = tuple(grant_of(row) for row in rows if row.role)
    actor = Actor(first.id, first.label, grants)
    return SignedIn(
        actor, first.name, first.must_change, first.started_at, first.seen_at, first.now
    )


def put_seen(connection: Connection, token: str, at: datetime) -> None:
    connection.execute(session.update().where(session.c.token == token).values(seen_at=at))


def of_account(connection: Connection, account_id: int) -> Sequence[Session]:
    """Not ended, the one seen last first; whether one has run out is for the caller to judge."""
    found = (
        sa.select(session.c.token, session.c.agent, session.c.started_at, session.c.seen_at)
        .where(session.c.account_id == account_id, session.c.ended_at.is_(None))
        .order_by(session.c.seen_at.desc(), session.c.token)
    )
    return [Session(*row) for row in connection.execute(found)]


def sweep(connection: Connection, before: datetime) -> int:
    """Remove those that began so long ago that none can be alive."""
    return connection.execute(session.delete().where(session.c.started_at < before)).rowcount


def end(connection: Connection, token: str, at: datetime) -> None:
    mine = session.update().where(session.c.token == token, session.c.ended_at.is_(None))
    connection.execute(mine.values(ended_at=at))


def end_all(connection: Connection, account_id: int, at: datetime, but: str = "") -> int:
    """Sign out everywhere; `but` is the token of the browser that stays."""
    found = session.update().where(
        session.c.account_id == account_id, session.c.ended_at.is_(None), session.c.token != but
    )
    return connection.execute(found.values(ended_at=at)).rowcount
