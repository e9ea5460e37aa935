"""The security log: every try to sign in; the throttle is counted from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.store.database import Id, Moment, metadata

FAILED, SUCCEEDED = "failed", "succeeded"
SIGN_IN, CHANGE_PASSWORD = "sign-in", "change-password"
"""What a password was tried for; all of it counts alike."""

sign_in = sa.Table(
    "sign_in",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("at", Moment, nullable=False, index=True),
    sa.Column("name", sa.String(100), nullable=False),
    sa.Column("address", sa.String(60), nullable=False),
    sa.Column("browser", sa.String(64), nullable=False),
    sa.Column("outcome", sa.String(10), nullable=False),
    sa.Column("deed", sa.String(20), nullable=False, server_default=SIGN_IN),
    sa.CheckConstraint("outcome IN ('failed', 'succeeded')", "outcome"),
    sa.Index("ix_sign_in_name_at", "name", "at"),
    sa.Index("ix_sign_in_address_at", "address", "at"),
)


_OF_ACCOUNT, _OF_ADDRESS = 1, 2
_TURN = sa.text("SELECT pg_advisory_xact_lock(:of, hashtext(:name))")


def wait_turn(connection: Connection, name: str, address: str) -> None:
    """Tries at one account or from one address are counted one after another.

    SQLite has one writer anyway; elsewhere many at once would all see the same few failures.
    """
    if connection.dialect.name != "postgresql":
        return
    connection.execute(_TURN, {"of": _OF_ACCOUNT, "name": name})
    connection.execute(_TURN, {"of": _OF_ADDRESS, "name": address})


@dataclass(frozen=True, slots=True)
class Try:
    """One try; `browser` is the digest of a long-lived cookie."""

    name: str
    address: str
    browser: str
    deed: str = SIGN_IN


def add(connection: Connection, at: datetime, of: Try) -> int:
    """A try counts as failed until it is known to have succeeded: many at once are counted too."""
    done = connection.execute(
        sign_in.insert().values(
            at=at,
            name=of.name[:100],
            address=of.address[:60],
            browser=of.browser,
            outcome=FAILED,
            deed=of.deed,
        )
    )
    return int(done.inserted_primary_key[0])  # type: ignore[index]


def put_success(connection: Connection, id_: int) -> None:
    connection.execute(sign_in.update().where(sign_in.c.id == id_).values(outcome=SUCCEEDED))


def latest_success(connection: Connection, name: str, browser: str) -> datetime | None:
    """When this account last signed in from this browser; never is None."""
    found = sa.select(sa.func.max(sign_in.c.at, type_=Moment)).where(
        sign_in.c.name == name, sign_in.c.browser == browser, sign_in.c.outcome == SUCCEEDED
    )
    at: datetime | None = connection.execute(found).scalar_one()
    return at


def failures(
    connection: Connection, name: str, since: datetime, *, browser: str = "", address: str = ""
) -> Sequence[datetime]:
    """Of an account; only those of one browser or from one address where it is named."""
    found = sa.select(sign_in.c.at).where(
        sign_in.c.name == name, sign_in.c.at >= since, sign_in.c.outcome == FAILED
    )
    if browser:
        found = found.where(sign_in.c.browser == browser)
    if address:
        found = found.where(sign_in.c.address == address)
    return connection.execute(found.order_by(sign_in.c.at)).scalars().all()


def failures_of_address(
    connection: Connection, address: str, since: datetime
) -> tuple[int, datetime | None]:
    found = sa.select(sa.func.count(), sa.func.max(sign_in.c.at, type_=Moment)).where(
        sign_in.c.address == address, sign_in.c.at > since, sign_in.c.outcome == FAILED
    )
    row = connection.execute(found).one()
    return row[0], row[1]


def sweep(connection: Connection, before: datetime) -> int:
    """Remove what is older than the retention."""
    return connection.execute(sign_in.delete().where(sign_in.c.at < before)).rowcount
