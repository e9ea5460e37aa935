"""Mails that were written to people, and what each of them told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.store.database import Id, Moment, metadata

OVERTAKEN = "overtaken"
"""It was not sent in time: what it told is no longer so, or no longer for this person."""

SHOWN = "shown on the screen"
"""It went nowhere, because no mail leaves the house."""

letter = sa.Table(
    "letter",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("key", sa.String(64), nullable=False, unique=True),
    sa.Column("account_id", sa.ForeignKey("account.id"), nullable=False),
    sa.Column("address", sa.String(254), nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("urgent", sa.Boolean, nullable=False),
    sa.Column("subject", sa.String(300), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("sent_at", Moment),
    sa.Column("failed", sa.String(300), nullable=False),
    # By whom it is being sent: until then nobody else sends it.
    sa.Column("claimed_at", Moment),
    sa.Index("ix_letter_account_id_day", "account_id", "day"),
)

letter_item = sa.Table(
    "letter_item",
    metadata,
    sa.Column("letter_id", sa.ForeignKey("letter.id"), primary_key=True),
    sa.Column("about", sa.String(120), primary_key=True, index=True),
)


@dataclass(frozen=True, slots=True)
class Written:
    """A mail as it is kept."""

    id: int
    key: str
    account: int
    address: str
    day: date
    urgent: bool
    subject: str
    text: str
    at: datetime


def add(connection: Connection, record: Written, about: Iterable[str]) -> int:
    """Written before it is sent: a letter that a crash leaves behind goes out next time."""
    done = connection.execute(
        letter.insert().values(
            key=record.key,
            account_id=record.account,
            address=record.address,
            day=record.day,
            urgent=record.urgent,
            subject=record.subject,
            text=record.text,
            at=record.at,
            failed="",
        )
    )
    id_ = int(done.inserted_primary_key[0])  # type: ignore[index]
    rows = [{"letter_id": id_, "about": each} for each in dict.fromkeys(about)]
    if rows:
        connection.execute(letter_item.insert(), rows)
    return id_


_KEPT = (
    letter.c.id,
    letter.c.key,
    letter.c.account_id,
    letter.c.address,
    letter.c.day,
    letter.c.urgent,
    letter.c.subject,
    letter.c.text,
    letter.c.at,
)
_WAITING = sa.and_(letter.c.sent_at.is_(None), letter.c.failed == "")


def unsent(connection: Connection) -> Sequence[int]:
    """Neither taken by a server nor given up: what is urgent first, then the oldest."""
    order = letter.c.urgent.desc(), letter.c.id
    return (
        connection.execute(sa.select(letter.c.id).where(_WAITING).order_by(*order)).scalars().all()
    )


def claim(connection: Connection, id_: int, at: datetime, before: datetime) -> Written | None:
    """To be sent by the one who asks; None where another has it, and claimed it since `before`."""
    free = sa.or_(letter.c.claimed_at.is_(None), letter.c.claimed_at < before)
    mine = letter.update().where(letter.c.id == id_, _WAITING, free).values(claimed_at=at)
    if connection.execute(mine).rowcount != 1:
        return None
    return Written(*connection.execute(sa.select(*_KEPT).where(letter.c.id == id_)).one())


def put_unclaimed(connection: Connection, id_: int) -> None:
    """To be tried again at once by whoever comes next."""
    connection.execute(letter.update().where(letter.c.id == id_).values(claimed_at=None))


def about_of(connection: Connection, id_: int) -> frozenset[str]:
    found = sa.select(letter_item.c.about).where(letter_item.c.letter_id == id_)
    return frozenset(connection.execute(found).scalars())


def put_sent(connection: Connection, id_: int, at: datetime) -> None:
    connection.execute(letter.update().where(letter.c.id == id_).values(sent_at=at))


def put_failed(connection: Connection, id_: int, why: str) -> None:
    connection.execute(letter.update().where(letter.c.id == id_).values(failed=why[:300]))


def told(
    connection: Connection, account_id: int, address: str, *, on_screen: bool
) -> frozenset[str]:
    """Everything that this person has been told; what an earlier address refused was not told.

    What was only shown on the screen counts where nothing but the screen is written to.
    """
    given_up = [OVERTAKEN] if on_screen else [OVERTAKEN, SHOWN]
    found = (
        sa.select(letter_item.c.about)
        .join(letter, letter.c.id == letter_item.c.letter_id)
        .where(letter.c.account_id == account_id, letter.c.failed.not_in(given_up))
        .where(sa.or_(letter.c.failed.in_(["", SHOWN]), letter.c.address == address))
    )
    return frozenset(connection.execute(found).scalars())


def urgent_of(connection: Connection, account_id: int) -> int:
    """How many urgent mails this person has got."""
    found = sa.select(sa.func.count()).where(
        letter.c.account_id == account_id, letter.c.urgent.is_(True)
    )
    number: int = connection.execute(found).scalar_one()
    return number


def had_digest(connection: Connection, account_id: int, day: date) -> bool:
    found = sa.select(letter.c.id).where(
        letter.c.account_id == account_id, letter.c.day == day, letter.c.urgent.is_(False)
    )
    return connection.execute(found.limit(1)).first() is not None


def sent_about(connection: Connection, about: Iterable[str]) -> Sequence[datetime]:
    """When each of these things was first told by a mail that a server took.

    Two people who are told the same have been told once.
    """
    first = sa.func.min(letter.c.sent_at, type_=Moment)
    found = (
        sa.select(first)
        .join(letter_item, letter_item.c.letter_id == letter.c.id)
        .where(letter_item.c.about.in_(list(about)), letter.c.sent_at.is_not(None))
        .group_by(letter_item.c.about)
        .order_by(first)
    )
    return connection.execute(found).scalars().all()
