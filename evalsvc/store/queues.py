"""Lists of assessments and of one line across units, each within the scope of the one who asks."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.access import Actor, Place
from evalsvc.domain.course import HANDED_IN, Status
from evalsvc.domain.history import Entry
from evalsvc.domain.names import search_key
from evalsvc.domain.readings import NOT_DUE_MARK
from evalsvc.store import journal, scope
from evalsvc.store.assessments import RECORD, Record, assessment, record_of
from evalsvc.store.marks import mark
from evalsvc.store.rounds import round_
from evalsvc.store.sheet_lines import KEPT, LineRecord, line, line_of

PROTOCOL = (assessment.c.place, assessment.c.sort_key, assessment.c.unit_code)
NEWEST = (round_.c.year.desc(), sa.func.coalesce(round_.c.half, 0).desc(), round_.c.id.desc())


@dataclass(frozen=True, slots=True)
class Across:
    """One line of one unit, for the table of a criterion across units; no totals are read."""

    id: int
    unit_name: str
    place: Place
    tags: frozenset[str]
    sha256: str
    status: Status
    line: LineRecord
    reason: str = ""
    adjusted: bool = False


@dataclass(frozen=True, slots=True)
class Of:
    """A line of the sets in question, which codes alone do not tell apart."""

    code: str
    sets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; empty means everything in scope."""

    round_id: int
    block: str = ""
    kind: str = ""
    statuses: tuple[Status, ...] = ()
    text: str = ""


def prepared(connection: Connection, actor: Actor) -> Sequence[Record]:
    """Sheets of one's own units in all rounds, newest round first."""
    found = (
        sa.select(*RECORD)
        .join(round_, round_.c.id == assessment.c.round_id)
        .where(scope.prepared_by(actor, assessment))
        .order_by(*NEWEST, *PROTOCOL)
    )
    return [record_of(row) for row in connection.execute(found)]


_THIS_YEAR = sa.select(round_.c.year).where(round_.c.id == sa.bindparam("round"))
_PREVIOUS = (
    sa.select(assessment.c.id)
    .join(round_, round_.c.id == assessment.c.round_id)
    .where(assessment.c.unit_id == sa.bindparam("unit"))
    .where(round_.c.year < _THIS_YEAR.scalar_subquery())
    .order_by(*NEWEST)
    .limit(1)
)


def previous(connection: Connection, record: Record) -> int | None:
    """The sheet of the same unit in the round before, closed or not."""
    given = {"unit": record.unit_id, "round": record.round_id}
    return connection.execute(_PREVIOUS, given).scalar_one_or_none()


def to_review(
    connection: Connection, actor: Actor, wanted: Wanted, page: tuple[int, int]
) -> Sequence[Record]:
    """The queue of a reviewer in the order of protocol: from `page[0]` on, `page[1]` sheets."""
    mine = scope.reviewed_by(actor, assessment)
    found = sa.select(*RECORD).where(mine, *narrowed(wanted)).order_by(*PROTOCOL)
    return [record_of(row) for row in connection.execute(found.offset(page[0]).limit(page[1]))]


@dataclass(frozen=True, slots=True)
class Counted:
    """Sheets of one block that are as far, and how many of their lines are marked."""

    block: str
    status: Status
    sheets: int
    ready: int
    to_mark: int
    marked: int


def counted(connection: Connection, actor: Actor, wanted: Wanted) -> Sequence[Counted]:
    """How far the sheets of a reviewer are; `ready` have every line marked."""
    ready = sa.case((assessment.c.marked >= assessment.c.to_mark, 1), else_=0)
    found = (
        sa.select(
            assessment.c.block,
            assessment.c.status,
            sa.func.count(),
            sa.func.sum(ready),
            sa.func.sum(assessment.c.to_mark),
            sa.func.sum(assessment.c.marked),
        )
        .where(scope.reviewed_by(actor, assessment), *narrowed(wanted))
        .group_by(assessment.c.block, assessment.c.status)
    )
    return [
        Counted(block, Status(status), *(int(number) for number in numbers))
        for block, status, *numbers in connection.execute(found)
    ]


def led(connection: Connection, actor: Actor, wanted: Wanted) -> Sequence[Record]:
    mine = scope.led_by(actor, assessment)
    found = sa.select(*RECORD).where(mine, *narrowed(wanted)).order_by(*PROTOCOL)
    return [record_of(row) for row in connection.execute(found)]


def rounds_in_scope(connection: Connection, actor: Actor) -> Sequence[int]:
    """Rounds with anything that this person may see, newest first."""
    seen = (
        sa.exists()
        .where(assessment.c.round_id == round_.c.id)
        .where(scope.readable_by(actor, assessment))
    )
    return connection.execute(sa.select(round_.c.id).where(seen).order_by(*NEWEST)).scalars().all()


def narrowed(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    parts: list[sa.ColumnElement[bool]] = [assessment.c.round_id == wanted.round_id]
    if wanted.block:
        parts.append(assessment.c.block == wanted.block)
    if wanted.kind:
        parts.append(assessment.c.kind == wanted.kind)
    if wanted.statuses:
        parts.append(assessment.c.status.in_([each.value for each in wanted.statuses]))
    if key := search_key(wanted.text):
        parts.append(assessment.c.search_key.contains(key, autoescape=True))
    return parts


_HANDED_IN = assessment.c.status.in_(sorted(HANDED_IN))
_LAST_MARK = (
    sa.select(sa.func.max(mark.c.id))
    .where(mark.c.assessment_id == line.c.assessment_id, mark.c.line == line.c.code)
    .correlate(line)
    .scalar_subquery()
)


def across(
    connection: Connection,
    actor: Actor,
    wanted: Wanted,
    of: Of,
    page: tuple[int, int],
    *,
    unmarked: bool = False,
) -> Sequence[Across]:
    """One line on the sheets that this person reviews, with the reason of the mark that counts."""
    whole = (assessment.c.id, assessment.c.unit_id, assessment.c.unit_name, assessment.c.kind)
    rest = (assessment.c.block, assessment.c.tags, assessment.c.sha256, assessment.c.status)
    of_round = assessment.c.round_id
    columns = (column.label(f"line_{column.name}") for column in KEPT)
    found = (
        sa.select(*whole, *rest, of_round, *columns, mark.c.reason, mark.c.adjusts)
        .join(line, line.c.assessment_id == assessment.c.id)
        .outerjoin(mark, sa.and_(mark.c.id == _LAST_MARK, line.c.reviewed.is_not(None)))
        .where(*_crossing(actor, wanted, of), *([line.c.reviewed.is_(None)] if unmarked else []))
        .order_by(*PROTOCOL)
        .offset(page[0])
        .limit(page[1])
    )
    return [_across(row) for row in connection.execute(found)]


def _crossing(actor: Actor, wanted: Wanted, of: Of) -> list[sa.ColumnElement[bool]]:
    """One line on the sheets of a reviewer; `statuses` say which, without them all handed in."""
    return [
        scope.reviewed_by(actor, assessment),
        *narrowed(wanted),
        *(() if wanted.statuses else (_HANDED_IN,)),
        assessment.c.sha256.in_(of.sets),
        line.c.code == of.code,
        *scope.lines_of(actor, assessment, line.c.code),
    ]


_BEFORE_LINE = 9
"""Columns of the assessment that stand before those of the line."""


def _across(row: Any) -> Across:
    return Across(
        row.id,
        row.unit_name,
        Place(row.unit_id, row.kind, row.block, row.round_id),
        frozenset(json.loads(row.tags)),
        row.sha256,
        Status(row.status),
        line_of(row[_BEFORE_LINE : _BEFORE_LINE + len(KEPT)]),
        row.reason or "",
        bool(row.adjusts),
    )


Tally = Sequence[tuple[Decimal, bool, bool, int]]
"""Claimed points, whether something is claimed, whether it is marked, on how many sheets."""


def tally(connection: Connection, actor: Actor, wanted: Wanted, of: Of) -> Tally:
    """How units have claimed on one line, and how far its review is."""
    # An official result that was taken out again is still to come.
    here = sa.func.coalesce(line.c.reviewed, "") != NOT_DUE_MARK
    claimed = sa.and_(line.c.claim.is_not(None), here)
    marked = sa.and_(line.c.reviewed.is_not(None), here)
    found = (
        sa.select(line.c.claimed_points, claimed, marked, sa.func.count())
        .select_from(assessment)
        .join(line, line.c.assessment_id == assessment.c.id)
        .where(*_crossing(actor, wanted, of))
        .group_by(line.c.claimed_points, claimed, marked)
    )
    rows = connection.execute(found)
    return [(points, bool(some), bool(done), number) for points, some, done, number in rows]


@dataclass(frozen=True, slots=True)
class LineCount:
    """One line of one set: on how many sheets it stands, is claimed, is marked."""

    sha256: str
    code: str
    sheets: int
    claimed: int
    marked: int


def progress_by_line(connection: Connection, actor: Actor, wanted: Wanted) -> Sequence[LineCount]:
    """For each line of each set how far it is; `statuses` empty means all handed in."""
    found = (
        sa.select(
            assessment.c.sha256,
            line.c.code,
            sa.func.count(),
            sa.func.count(line.c.claim),
            sa.func.count(line.c.reviewed),
        )
        .join(line, assessment.c.id == line.c.assessment_id)
        .where(
            scope.reviewed_by(actor, assessment),
            *narrowed(wanted),
            *(() if wanted.statuses else (_HANDED_IN,)),
            *scope.lines_of(actor, assessment, line.c.code),
        )
        .group_by(assessment.c.sha256, line.c.code)
    )
    return [LineCount(*row) for row in connection.execute(found)]


def histories(
    connection: Connection, id_: int, codes: Sequence[str]
) -> Mapping[str, Sequence[tuple[str, Entry]]]:
    """What was done on lines of one sheet and by whom, newest first."""
    entries = journal.journal.c
    mine = sa.and_(entries.stream == journal.assessment(id_), entries.line.in_(codes))
    found = connection.execute(journal.READ.where(mine).order_by(entries.number.desc()))
    done: dict[str, list[tuple[str, Entry]]] = {}
    for each in journal.told(journal.told_of(row) for row in found):
        done.setdefault(each.entry.line, []).append((each.who, each.entry))
    return done
