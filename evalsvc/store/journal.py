"""The journal: append-only, one chain of links for each stream, kept so by the database itself."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.history import (
    BLANKED,
    FIRST_LINK,
    Entry,
    Head,
    blanks,
    digest,
    explained,
    link,
    written,
)
from evalsvc.store.database import Id, Moment, metadata

journal = sa.Table(
    "journal",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("stream", sa.String(60), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("account_id", sa.ForeignKey("account.id")),
    sa.Column("deed", sa.String(40), nullable=False),
    sa.Column("line", sa.String(60), nullable=False),
    sa.Column("data", sa.Text, nullable=False),
    sa.Column("key", sa.String(64)),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("link", sa.String(64), nullable=False),
    sa.UniqueConstraint("stream", "number"),
    sa.UniqueConstraint("stream", "key"),
)

stream = sa.Table(
    "stream",
    metadata,
    sa.Column("name", sa.String(60), primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("link", sa.String(64), nullable=False),
)


_BEGIN_STREAM = sa.text(
    "INSERT INTO stream (name, number, link) VALUES (:name, 0, :link) ON CONFLICT DO NOTHING"
)


_ACCOUNT = sa.table("account", sa.column("id"), sa.column("label"))
READ = sa.select(journal, _ACCOUNT.c.label).outerjoin(
    _ACCOUNT, _ACCOUNT.c.id == journal.c.account_id
)
"""Entries with who made them; `told_of` reads its rows."""


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as it is read back, with who did it in words."""

    number: int
    entry: Entry
    who: str
    digest: str
    link: str


def assessment(id_: int) -> str:
    """The stream of an assessment; its head stands on the row that a deed has locked anyway."""
    return f"assessment:{id_}"


_ENTRY = journal.insert().inline()
"""Without asking for the number that the database gives the row: nobody needs it."""


def put(connection: Connection, columns: Mapping[str, object]) -> None:
    connection.execute(_ENTRY, columns)


def columns_of(
    name: str, head: Head, entry: Entry, key: str = ""
) -> tuple[Head, dict[str, object]]:
    """An entry behind the head of its stream, as columns, and the new head: the caller keeps it
    with the row that it has locked."""
    made = digest(entry)
    new = link(head, made)
    return new, {
        "stream": name,
        "number": new.number,
        "at": entry.at,
        "account_id": entry.account,
        "deed": entry.deed,
        "line": entry.line,
        "data": written(dict(entry.data or {})),
        "key": key or None,
        "digest": made,
        "link": new.link,
    }


def note(connection: Connection, name: str, entry: Entry) -> None:
    """An entry in a stream that belongs to no assessment (a round, an account, the system)."""
    connection.execute(_BEGIN_STREAM, {"name": name, "link": FIRST_LINK})
    row = connection.execute(sa.select(stream).where(stream.c.name == name).with_for_update()).one()
    new, columns = columns_of(name, Head(row.number, row.link), entry)
    put(connection, columns)
    changed = stream.update().where(stream.c.name == name)
    connection.execute(changed.values(number=new.number, link=new.link))


def of_key(connection: Connection, name: str, key: str) -> Mapping[str, str | int | None] | None:
    """What the deed with this client key wrote, for answering a repeated one as the first.

    None as well for a blanked one: what the first answer was is not known any more.
    """
    found = sa.select(journal.c.data).where(journal.c.stream == name, journal.c.key == key)
    text = connection.execute(found).scalar_one_or_none()
    data = None if text is None else json.loads(text)
    return None if data == BLANKED else data


def of_stream(connection: Connection, name: str, line: str = "") -> Sequence[Told]:
    """Oldest first; only what happened on one line where it is named."""
    return told(each_of_stream(connection, name, line))


def told(found: Iterable[Told]) -> list[Told]:
    """For people: a blanked entry says when and why, where the one that blanked it is among them.

    It is, where all entries of a line or of a stream are: both stand on the same line.
    """
    kept = list(found)
    by = blanks(each.entry for each in kept)
    return [replace(each, entry=explained(each.entry, by.get(each.number))) for each in kept]


def each_of_stream(connection: Connection, name: str, line: str = "") -> Iterator[Told]:
    """As they are kept."""
    found = READ.where(journal.c.stream == name).order_by(journal.c.number)
    if line:
        found = found.where(journal.c.line == line)
    return (told_of(row) for row in connection.execute(found))


def get(connection: Connection, name: str, number: int) -> Told | None:
    found = READ.where(journal.c.stream == name, journal.c.number == number)
    row = connection.execute(found).one_or_none()
    return None if row is None else told_of(row)


def told_of(row: Any) -> Told:
    entry = Entry(row.deed, row.at, row.account_id, row.line, json.loads(row.data))
    return Told(row.number, entry, row.label or "", row.digest, row.link)


def put_blank(connection: Connection, name: str, number: int) -> None:
    """The one change that the database lets through, once an entry says who makes it and why."""
    mine = sa.and_(journal.c.stream == name, journal.c.number == number)
    connection.execute(journal.update().where(mine).values(data=written(BLANKED)))


def streams(connection: Connection) -> Mapping[str, Head]:
    """Heads of the streams that belong to no assessment."""
    rows = connection.execute(sa.select(stream))
    return {row.name: Head(row.number, row.link) for row in rows}


def latest(connection: Connection, name: str) -> datetime | None:
    found = sa.select(sa.func.max(journal.c.at, type_=Moment)).where(journal.c.stream == name)
    at: datetime | None = connection.execute(found).scalar_one()
    return at
