"""Documents of units and the lines that they are shown for; their files lie outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.access import Actor
from evalsvc.domain.course import Status
from evalsvc.store import scope
from evalsvc.store.assessments import assessment
from evalsvc.store.database import Id, Moment, metadata
from evalsvc.store.sheet_lines import line

MOST_SAME = 50
"""Whoever sees so many units with one file needs no longer list."""

document = sa.Table(
    "document",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("unit_id", sa.ForeignKey("unit.id"), nullable=False, index=True),
    sa.Column("number", sa.String(100), nullable=False),
    sa.Column("day", sa.Date),
    sa.Column("issuer", sa.String(500), nullable=False),
    sa.Column("title", sa.String(500), nullable=False),
    sa.Column("link", sa.String(2000), nullable=False),
    sa.Column("sha256", sa.String(64), index=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("pages", sa.Integer),
    sa.Column("account_id", sa.ForeignKey("account.id")),
    sa.Column("at", Moment, nullable=False),
    sa.Column("replaces_id", sa.ForeignKey("document.id")),
    sa.CheckConstraint("(sha256 IS NULL) = (kind = '')", "file"),
)

evidence = sa.Table(
    "evidence",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("assessment_id", Id, nullable=False),
    sa.Column("line", sa.String(60), nullable=False),
    sa.Column("document_id", sa.ForeignKey("document.id"), nullable=False, index=True),
    sa.Column("pages", sa.String(100), nullable=False),
    # 0 with the claim; 1, 2 with an explanation.
    sa.Column("turn", sa.Integer, nullable=False),
    sa.Column("account_id", sa.ForeignKey("account.id")),
    sa.Column("at", Moment, nullable=False),
    sa.Column("removed_at", Moment),
    sa.ForeignKeyConstraint(
        ["assessment_id", "line"], ["line.assessment_id", "line.code"], name="fk_evidence_line"
    ),
    sa.Index("ix_evidence_assessment_id_line", "assessment_id", "line"),
)


@dataclass(frozen=True, slots=True)
class Document:
    """What is said of it, and its file where it has one."""

    id: int
    unit_id: int
    number: str = ""
    day: date | None = None
    issuer: str = ""
    title: str = ""
    link: str = ""
    sha256: str | None = None
    name: str = ""
    kind: str = ""
    size: int = 0
    pages: int | None = None
    at: datetime | None = None
    account: int | None = None
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A document on one line of one sheet, with where in it one should look."""

    id: int
    line: str
    pages: str
    turn: int
    at: datetime
    document: Document


_DOCUMENT = (
    document.c.id,
    document.c.unit_id,
    document.c.number,
    document.c.day,
    document.c.issuer,
    document.c.title,
    document.c.link,
    document.c.sha256,
    document.c.name,
    document.c.kind,
    document.c.size,
    document.c.pages,
    document.c.at,
    document.c.account_id,
    document.c.replaces_id,
)
_SHOWN = (evidence.c.id, evidence.c.line, evidence.c.pages, evidence.c.turn, evidence.c.at)
_WIDTH = len(_SHOWN)


def _shown(row: Sequence[Any]) -> Shown:
    id_, line, pages, turn, at = row[:_WIDTH]
    return Shown(id_, line, pages, turn, at, Document(*row[_WIDTH:]))


def add(connection: Connection, record: Document) -> int:
    done = connection.execute(
        document.insert().values(
            unit_id=record.unit_id,
            number=record.number,
            day=record.day,
            issuer=record.issuer,
            title=record.title,
            link=record.link,
            sha256=record.sha256,
            name=record.name,
            kind=record.kind,
            size=record.size,
            pages=record.pages,
            account_id=record.account,
            at=record.at,
            replaces_id=record.replaces,
        )
    )
    return int(done.inserted_primary_key[0])  # type: ignore[index]


def show(
    connection: Connection,
    id_: int,
    line: str,
    of: tuple[int, str, int],
    by: tuple[int | None, datetime],
) -> int:
    """Put a document on a line: `of` is its id, the pages to look at, and the turn."""
    done = connection.execute(
        evidence.insert().values(
            assessment_id=id_,
            line=line,
            document_id=of[0],
            pages=of[1],
            turn=of[2],
            account_id=by[0],
            at=by[1],
        )
    )
    return int(done.inserted_primary_key[0])  # type: ignore[index]


def take_off(connection: Connection, id_: int, evidence_id: int, at: datetime) -> bool:
    """It stays in the database, for the history of the line."""
    mine = evidence.update().where(
        evidence.c.id == evidence_id,
        evidence.c.assessment_id == id_,
        evidence.c.removed_at.is_(None),
    )
    return connection.execute(mine.values(removed_at=at)).rowcount == 1


_OF_SHEET = (
    sa.select(*_SHOWN, *_DOCUMENT)
    .join(document, document.c.id == evidence.c.document_id)
    .where(evidence.c.assessment_id == sa.bindparam("of"), evidence.c.removed_at.is_(None))
    .order_by(evidence.c.line, evidence.c.id)
)


def of_assessment(connection: Connection, id_: int) -> Mapping[str, Sequence[Shown]]:
    """What is shown for each line, oldest first."""
    found: dict[str, list[Shown]] = {}
    for row in connection.execute(_OF_SHEET, {"of": id_}):
        each = _shown(tuple(row))
        found.setdefault(each.line, []).append(each)
    return found


def get(connection: Connection, actor: Actor, id_: int) -> Document | None:
    """A document that is on a sheet within one's scope, or belongs to a unit of one's own."""
    on_sheet = (
        sa.exists()
        .where(evidence.c.document_id == document.c.id)
        .where(assessment.c.id == evidence.c.assessment_id)
        .where(scope.readable_by(actor, assessment))
    )
    own = document.c.unit_id.in_(sorted(actor.own_units()))
    found = sa.select(*_DOCUMENT).where(document.c.id == id_, sa.or_(on_sheet, own))
    row = connection.execute(found).one_or_none()
    return None if row is None else Document(*row)


def of_unit(connection: Connection, unit_id: int, most: int) -> Sequence[Document]:
    """Documents that a unit has shown before, newest first: to be used again."""
    found = sa.select(*_DOCUMENT).where(document.c.unit_id == unit_id)
    newest = found.order_by(document.c.at.desc(), document.c.id.desc()).limit(most)
    return [Document(*row) for row in connection.execute(newest)]


def same_files(
    connection: Connection, actor: Actor, of: tuple[int, str], most: int = MOST_SAME
) -> Mapping[str, Sequence[tuple[str, int, str]]]:
    """Files of one line that other units show too, on lines that this person reviews.

    By digest: unit, sheet, line; only what was handed in, and explanations that were sent.
    """
    mine, theirs = evidence.alias("mine"), evidence.alias("theirs")
    file, other = document.alias("file"), document.alias("other")
    found = (
        sa.select(file.c.sha256, assessment.c.unit_name, assessment.c.id, theirs.c.line)
        .join(mine, mine.c.document_id == file.c.id)
        .join(other, sa.and_(other.c.sha256 == file.c.sha256, other.c.unit_id != file.c.unit_id))
        .join(theirs, theirs.c.document_id == other.c.id)
        .join(assessment, assessment.c.id == theirs.c.assessment_id)
        .join(
            line,
            sa.and_(line.c.assessment_id == assessment.c.id, line.c.code == theirs.c.line),
        )
        .where(
            mine.c.assessment_id == of[0],
            mine.c.line == of[1],
            mine.c.removed_at.is_(None),
            theirs.c.removed_at.is_(None),
            theirs.c.turn <= line.c.turn,
            assessment.c.status != Status.OPEN.value,
            scope.reviewed_by(actor, assessment),
            *scope.lines_of(actor, assessment, theirs.c.line),
        )
        .distinct()
        .order_by(assessment.c.unit_name, assessment.c.id, theirs.c.line)
        .limit(most)
    )
    same: dict[str, list[tuple[str, int, str]]] = {}
    for sha256, unit_name, id_, code in connection.execute(found):
        same.setdefault(sha256, []).append((unit_name, id_, code))
    return same


def files(connection: Connection) -> frozenset[str]:
    """Every file that a row names: a sweep leaves them alone."""
    named = sa.select(document.c.sha256).where(document.c.sha256.is_not(None)).distinct()
    return frozenset(connection.execute(named).scalars())
