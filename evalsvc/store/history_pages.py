"""Pages of a stream of the journal: which entries there are, and the few of them that are shown."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.history import BLANK, Entry
from evalsvc.store.journal import READ, Told, journal, told, told_of


def outline(
    connection: Connection, name: str, said: Collection[str] = ()
) -> Iterator[tuple[int, Entry]]:
    """Every entry by its number, oldest first, without its texts: those are read page by page.

    Only entries of the deeds in `said` come with what they say.
    """
    data = sa.case((journal.c.deed.in_(said), journal.c.data))
    found = sa.select(
        journal.c.number,
        journal.c.deed,
        journal.c.at,
        journal.c.account_id,
        journal.c.line,
        data.label("data"),
    )
    mine = found.where(journal.c.stream == name).order_by(journal.c.number)
    for row in connection.execute(mine):
        says = None if row.data is None else json.loads(row.data)
        yield row.number, Entry(row.deed, row.at, row.account_id, row.line, says)


def last(connection: Connection, name: str) -> int:
    """The number of the newest entry; they count from 1 without a gap."""
    found = sa.select(sa.func.max(journal.c.number)).where(journal.c.stream == name)
    return connection.execute(found).scalar_one() or 0


def numbered(connection: Connection, name: str, numbers: Collection[int]) -> Sequence[Told]:
    """As people read them, newest first; a blanked one says when its text went, and why."""
    wanted = sa.or_(journal.c.number.in_(list(numbers)), journal.c.deed == BLANK)
    mine = READ.where(journal.c.stream == name, wanted).order_by(journal.c.number.desc())
    found = told(told_of(row) for row in connection.execute(mine))
    return [each for each in found if each.number in numbers]


def newest(
    connection: Connection, names: Collection[str], deeds: Collection[str]
) -> Mapping[str, Told]:
    """By stream the newest entry of one of these deeds, as it is kept."""
    wanted = sa.and_(journal.c.stream.in_(list(names)), journal.c.deed.in_(list(deeds)))
    found = connection.execute(READ.where(wanted).order_by(journal.c.number))
    return {row.stream: told_of(row) for row in found}
