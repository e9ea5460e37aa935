"""What a deed changes on a sheet that it holds: one line at most, the summary, and the journal."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.store import assessments, journal, sheet_lines

Columns = Mapping[str, object]


class NotAsHeld(Exception):
    """The line in the database is not the one that the deed has seen: nothing is put."""


@dataclass(frozen=True, slots=True)
class LineChange:
    """New values on one line, which was at version `seen`."""

    code: str
    seen: int
    columns: Columns


@dataclass(frozen=True, slots=True)
class Change:
    """New values by column; `told` is the entry of the journal."""

    told: Columns
    summary: Columns
    line: LineChange | None = None


def put(connection: Connection, id_: int, change: Change) -> None:
    """In one statement where the database takes several writes in one: the way there and back
    costs more than what is done there."""
    is_one = connection.dialect.name == "postgresql"
    if not (_at_once if is_one else _one_by_one)(connection, id_, change):
        raise NotAsHeld(id_, change.line)


def _one_by_one(connection: Connection, id_: int, change: Change) -> bool:
    of = change.line
    if of and not sheet_lines.put(connection, id_, of.code, of.columns, seen=of.seen):
        return False
    journal.put(connection, change.told)
    return assessments.put(connection, id_, change.summary)


def _at_once(connection: Connection, id_: int, change: Change) -> bool:
    of, changed = change.line, change.line.columns if change.line else {}
    given = {"of": id_, **_named("told", change.told), **_named("summary", change.summary)}
    if of:
        given |= {"which": of.code, "seen": of.seen, **_named("line", changed)}
    statement = _statement(tuple(change.told), tuple(change.summary), tuple(changed))
    return connection.execute(statement, given).rowcount == 1


def _named(prefix: str, columns: Columns) -> dict[str, object]:
    return {f"{prefix}_{name}": value for name, value in columns.items()}


@lru_cache(maxsize=256)
def _statement(
    told: Collection[str], summary: Collection[str], changed: Collection[str]
) -> sa.Update:
    """The summary is put if the line was, so that the number of rows speaks for both."""
    whole, line = assessments.assessment, sheet_lines.line
    of: sa.BindParameter[int] = sa.bindparam("of")
    entry = journal.journal.insert().values(_bound(journal.journal, "told", told)).cte("entry")
    put_whole = whole.update().values(_bound(whole, "summary", summary)).where(whole.c.id == of)
    if not changed:
        return put_whole.add_cte(entry)
    one = (
        line.update()
        .values(_bound(line, "line", changed))
        .where(line.c.assessment_id == of, line.c.code == sa.bindparam("which"))
        .where(line.c.version == sa.bindparam("seen"))
        .returning(line.c.code)
        .cte("one")
    )
    return put_whole.where(sa.exists().select_from(one)).add_cte(entry)


def _bound(table: sa.Table, prefix: str, names: Collection[str]) -> dict[str, Any]:
    return {name: sa.bindparam(f"{prefix}_{name}", type_=table.c[name].type) for name in names}
