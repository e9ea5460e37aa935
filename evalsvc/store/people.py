"""How people behind accounts are called and reached, and who signs for a unit."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.access import Actor, Role
from evalsvc.domain.reminders import Mails
from evalsvc.store.accounts import account, grant_of, role


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose account has not ended, and which mails go where."""

    id: int
    label: str
    email: str
    mails: Mails
    has_feed: bool


_PERSON = sa.select(
    account.c.id, account.c.label, account.c.email, account.c.mails, account.c.feed
).where(account.c.ended_at.is_(None))


def label_of(connection: Connection, account_id: int) -> str:
    found = sa.select(account.c.label).where(account.c.id == account_id)
    label: str = connection.execute(found).scalar_one()
    return label


def heads_of(connection: Connection, unit_id: int) -> Sequence[str]:
    """Accounts that hand in for a unit, and have not ended."""
    found = (
        sa.select(account.c.label)
        .join(role, role.c.account_id == account.c.id)
        .where(role.c.role == Role.HEAD.value, role.c.unit_id == unit_id)
        .where(role.c.ended_at.is_(None), account.c.ended_at.is_(None))
        .order_by(account.c.label)
    )
    return connection.execute(found).scalars().all()


def addressed(connection: Connection) -> Sequence[int]:
    """Everybody who has a mail address and whose account has not ended."""
    found = sa.select(account.c.id).where(account.c.ended_at.is_(None), account.c.email != "")
    return connection.execute(found.order_by(account.c.id)).scalars().all()


def get(connection: Connection, id_: int) -> Person | None:
    return _person(connection, _PERSON.where(account.c.id == id_))


def locked(connection: Connection, id_: int) -> Person | None:
    """Held until the deed is done: whoever else writes to the same person waits."""
    found = _PERSON.where(account.c.id == id_).with_for_update(key_share=True)
    return _person(connection, found)


def of_feed(connection: Connection, digest: str) -> Person | None:
    """Whose calendar is asked for with the secret of this digest."""
    return _person(connection, _PERSON.where(account.c.feed == digest))


def _person(connection: Connection, found: sa.Select[tuple[object, ...]]) -> Person | None:
    row = connection.execute(found).one_or_none()
    if row is None:
        return None
    return Person(row.id, row.label, row.email, Mails(row.mails), row.feed is not None)


def actor_of(connection: Connection, person: Person) -> Actor:
    """With the roles of this hour."""
    found = sa.select(role).where(role.c.account_id == person.id, role.c.ended_at.is_(None))
    rows = connection.execute(found.order_by(role.c.id))
    return Actor(person.id, person.label, tuple(grant_of(row) for row in rows))


def put_mails(connection: Connection, id_: int, email: str, mails: Mails) -> None:
    changed = account.update().where(account.c.id == id_)
    connection.execute(changed.values(email=email, mails=mails.value))


def put_feed(connection: Connection, id_: int, digest: str | None) -> None:
    connection.execute(account.update().where(account.c.id == id_).values(feed=digest))
