"""The security log beside the tries to sign in: ends of sessions, changed passwords and rights."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.store.accounts import account
from evalsvc.store.database import Id, Moment, metadata
from evalsvc.store.sign_ins import FAILED, sign_in

MOST_SAID = 500

security_log = sa.Table(
    "security_log",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("at", Moment, nullable=False, index=True),
    sa.Column("deed", sa.String(40), nullable=False),
    sa.Column("account_id", sa.ForeignKey("account.id"), index=True),
    sa.Column("by_id", sa.ForeignKey("account.id")),
    sa.Column("address", sa.String(60), nullable=False),
    sa.Column("said", sa.String(MOST_SAID), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened to an account; `by` is None for the machine room and for nobody."""

    at: datetime
    deed: str
    account: int | None
    by: int | None = None
    address: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """The same as it is listed; `name` is as it was typed where no such account is known."""

    at: datetime
    deed: str
    name: str
    by: str = ""
    address: str = ""
    said: str = ""


def add(connection: Connection, what: Happened) -> None:
    connection.execute(
        security_log.insert().values(
            at=what.at,
            deed=what.deed,
            account_id=what.account,
            by_id=what.by,
            address=what.address,
            said=what.said[:MOST_SAID],
        )
    )


def latest(
    connection: Connection, most: int, name: str = "", since: datetime | None = None
) -> Sequence[Line]:
    """Tries to sign in and everything else, newest first."""
    found = [*_tries(connection, most, name, since), *_others(connection, most, name, since)]
    return sorted(found, key=lambda each: each.at, reverse=True)[:most]


def _tries(connection: Connection, most: int, name: str, since: datetime | None) -> Sequence[Line]:
    found = sa.select(sign_in).order_by(sign_in.c.at.desc(), sign_in.c.id.desc()).limit(most)
    if name:
        found = found.where(sign_in.c.name == name)
    if since is not None:
        found = found.where(sign_in.c.at >= since)
    return [_try(row) for row in connection.execute(found)]


def _try(row: Any) -> Line:
    deed = f"{row.deed}-failed" if row.outcome == FAILED else row.deed
    return Line(row.at, deed, row.name, address=row.address)


def _others(connection: Connection, most: int, name: str, since: datetime | None) -> Sequence[Line]:
    by = account.alias("by_whom")
    found = (
        sa.select(security_log, account.c.name, by.c.name.label("by_name"))
        .outerjoin(account, account.c.id == security_log.c.account_id)
        .outerjoin(by, by.c.id == security_log.c.by_id)
        .order_by(security_log.c.at.desc(), security_log.c.id.desc())
        .limit(most)
    )
    if name:
        found = found.where(account.c.name == name)
    if since is not None:
        found = found.where(security_log.c.at >= since)
    return [
        Line(row.at, row.deed, row.name or "", row.by_name or "", row.address, row.said)
        for row in connection.execute(found)
    ]


def sweep(connection: Connection, before: datetime) -> int:
    """Remove what is older than the retention."""
    return connection.execute(security_log.delete().where(security_log.c.at < before)).rowcount
