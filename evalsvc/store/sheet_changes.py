"""What a deed changes on a sheet that it holds: one line at most, the summary, and the journal."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.store import assessments, journal, sheet_lines
from evalsvc.store.assessments import assessment
from evalsvc.store.journal import journal as journal_
from evalsvc.store.sheet_lines import line

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
    given: dict[str, object] = {"of": id_}
    given.update({f"told_{name}": value for name, value in change.told.items()})
    given.update({f"summary_{name}": value for name, value in change.summary.items()})
    if change.line is None:
        statement = _statement(tuple(change.told), tuple(change.summary), None)
    else:
        names = tuple(change.line.columns)
        statement = _statement(tuple(change.told), tuple(change.summary), names)
        given.update({f"line_{name}": value for name, value in change.line.columns.items()})
        given.update(which=change.line.code, seen=change.line.seen)
    return connection.execute(statement, given).rowcount == 1


@lru_cache(maxsize=256)
def _statement(
    told: Collection[str], summary: Collection[str], changed: Collection[str] | None
) -> sa.Update:
    """The summary is put if the line was, so that the number of rows speaks for both."""
    held = assessment.c.id == sa.bindparam("of")
    entry = journal_.insert().values(_bound(journal_, "told", told)).cte("entry")
    whole = assessment.update().values(_bound(assessment, "summary", summary)).where(held)
    if changed is None:
        return whole.add_cte(entry)
    mine = sa.and_(line.c.assessment_id == sa.bindparam("of"), line.c.code == sa.bindparam("which"))
    seen = line.c.version == sa.bindparam("seen")
    one = (
        line.update()
        .values(_bound(line, "line", changed))
        .where(mine, seen)
        .returning(line.c.code)
        .cte("one")
    )
    return whole.where(sa.exists().select_from(one)).add_cte(entry)


def _bound(table: sa.Table, prefix: str, names: Collection[str]) -> dict[str, Any]:
    return {name: sa.bindparam(f"{prefix}_{name}", type_=table.c[name].type) for name in names}
