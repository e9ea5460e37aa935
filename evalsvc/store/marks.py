"""Marks of reviewers, and flags that they or a leader raise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.access import Actor
from evalsvc.domain.assessment import Stage
from evalsvc.domain.history import GONE
from evalsvc.store import scope
from evalsvc.store.accounts import account
from evalsvc.store.assessments import assessment
from evalsvc.store.database import Id, Moment, Points, metadata
from evalsvc.store.sheet_lines import line as line_

mark = sa.Table(
    "mark",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("assessment_id", Id, nullable=False),
    sa.Column("line", sa.String(60), nullable=False),
    sa.Column("stage", sa.String(20), nullable=False),
    sa.Column("account_id", sa.ForeignKey("account.id"), nullable=False),
    sa.Column("value", sa.String(8000), nullable=False),
    sa.Column("points", Points, nullable=False),
    sa.Column("adjusts", sa.Boolean, nullable=False),
    sa.Column("reason", sa.String(4000), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("seat", sa.Integer, nullable=False),
    sa.ForeignKeyConstraint(
        ["assessment_id", "line"], ["line.assessment_id", "line.code"], name="fk_mark_line"
    ),
    sa.UniqueConstraint("assessment_id", "line", "stage", "account_id"),
    sa.CheckConstraint("NOT adjusts OR reason <> ''", "reason"),
    sa.CheckConstraint("points >= 0", "points"),
)

flag = sa.Table(
    "flag",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("assessment_id", sa.ForeignKey("assessment.id"), nullable=False, index=True),
    sa.Column("code", sa.String(60), nullable=False),
    sa.Column("document", sa.String(500), nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("account_id", sa.ForeignKey("account.id"), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("withdrawn_at", Moment),
    sa.Column("withdrawn_because", sa.String(1000), nullable=False),
)


passed_over = sa.Table(
    "passed_over",
    metadata,
    sa.Column("assessment_id", Id, primary_key=True),
    sa.Column("line", sa.String(60), primary_key=True),
    sa.Column("seat", sa.Integer, primary_key=True),
    sa.Column("reason", sa.String(4000), nullable=False),
    sa.Column("account_id", sa.ForeignKey("account.id"), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.ForeignKeyConstraint(
        ["assessment_id", "line"], ["line.assessment_id", "line.code"], name="fk_passed_over_line"
    ),
)


@dataclass(frozen=True, slots=True)
class MarkRecord:
    """One person's value on one line; `value` is the text of `readings.write_mark`."""

    line: str
    stage: Stage
    account: int
    value: str
    points: Decimal
    adjusts: bool
    reason: str
    at: datetime
    who: str = ""
    seat: int = 1


@dataclass(frozen=True, slots=True)
class FlagRecord:
    """A flag on a document; withdrawn ones stay, with the reason."""

    id: int
    code: str
    document: str
    day: date
    who: str
    at: datetime
    withdrawn_because: str = ""
    withdrawn_at: datetime | None = None


def put(connection: Connection, assessment_id: int, record: MarkRecord) -> None:
    """One mark for each person, line and stage: a later one of the same person replaces it."""
    mine = sa.and_(
        mark.c.assessment_id == assessment_id,
        mark.c.line == record.line,
        mark.c.stage == record.stage.value,
        mark.c.account_id == record.account,
    )
    columns = {
        "value": record.value,
        "points": record.points,
        "adjusts": record.adjusts,
        "reason": record.reason,
        "at": record.at,
        "seat": record.seat,
    }
    if connection.execute(mark.update().where(mine).values(columns)).rowcount:
        return
    connection.execute(
        mark.insert().values(
            assessment_id=assessment_id,
            line=record.line,
            stage=record.stage.value,
            account_id=record.account,
            **columns,
        )
    )


def of_assessment(connection: Connection, id_: int) -> Sequence[MarkRecord]:
    """Oldest first, so that the last of a line is the one in force."""
    found = (
        sa.select(mark, account.c.label)
        .join(account, account.c.id == mark.c.account_id)
        .where(mark.c.assessment_id == id_)
        .order_by(mark.c.at, mark.c.id)
    )
    return [mark_of(row) for row in connection.execute(found)]


def mark_of(row: sa.Row[tuple[object, ...]]) -> MarkRecord:
    read = row._mapping  # noqa: SLF001 - SQLAlchemy's documented way to columns by name
    return MarkRecord(
        read["line"],
        Stage(read["stage"]),
        read["account_id"],
        read["value"],
        read["points"],
        read["adjusts"],
        read["reason"],
        read["at"],
        read["label"],
        read["seat"],
    )


def add_flag(
    connection: Connection, assessment_id: int, record: FlagRecord, account_id: int
) -> None:
    connection.execute(
        flag.insert().values(
            assessment_id=assessment_id,
            code=record.code,
            document=record.document,
            day=record.day,
            account_id=account_id,
            at=record.at,
            withdrawn_because="",
        )
    )


def flags(connection: Connection, assessment_id: int) -> Sequence[FlagRecord]:
    found = (
        sa.select(flag, account.c.label)
        .join(account, account.c.id == flag.c.account_id)
        .where(flag.c.assessment_id == assessment_id)
        .order_by(flag.c.at, flag.c.id)
    )
    return [
        FlagRecord(
            row.id,
            row.code,
            row.document,
            row.day,
            row.label,
            row.at,
            row.withdrawn_because,
            row.withdrawn_at,
        )
        for row in connection.execute(found)
    ]


def standing_flags(connection: Connection, assessment_id: int) -> Sequence[str]:
    """Codes of the flags that are not withdrawn: what gates look at."""
    found = sa.select(flag.c.code).where(
        flag.c.assessment_id == assessment_id, flag.c.withdrawn_at.is_(None)
    )
    return connection.execute(found.order_by(flag.c.code)).scalars().all()


def standing_flags_of(connection: Connection, ids: Sequence[int]) -> Mapping[int, Sequence[str]]:
    """Codes of the flags that are not withdrawn, by assessment."""
    found = sa.select(flag.c.assessment_id, flag.c.code).where(
        flag.c.assessment_id.in_(ids), flag.c.withdrawn_at.is_(None)
    )
    raised: dict[int, list[str]] = {}
    for id_, code in connection.execute(found.order_by(flag.c.code)):
        raised.setdefault(id_, []).append(code)
    return raised


def withdraw_flag(
    connection: Connection, assessment_id: int, id_: int, because: str, at: datetime
) -> bool:
    mine = flag.update().where(
        flag.c.id == id_, flag.c.assessment_id == assessment_id, flag.c.withdrawn_at.is_(None)
    )
    done = connection.execute(mine.values(withdrawn_at=at, withdrawn_because=because))
    return done.rowcount == 1


def clear(connection: Connection, id_: int, line: str) -> None:
    """What reviewers put on a claim that is no longer there; the journal keeps it."""
    for table in (mark, passed_over):
        mine = sa.and_(table.c.assessment_id == id_, table.c.line == line)
        connection.execute(table.delete().where(mine))


def take_off(connection: Connection, id_: int, line: str, account_id: int) -> bool:
    """One's own mark of the review, undone."""
    mine = sa.and_(
        mark.c.assessment_id == id_,
        mark.c.line == line,
        mark.c.stage == Stage.REVIEW.value,
        mark.c.account_id == account_id,
    )
    return connection.execute(mark.delete().where(mine)).rowcount == 1


PUT = frozenset({Stage.REVIEW, Stage.AGREED, Stage.FINAL})
"""Values that a unit may contest: put in the review, or by a correction afterwards."""
_PUT = mark.c.stage.in_(sorted(each.value for each in PUT))


def authors(connection: Connection, id_: int, line: str) -> frozenset[int]:
    """Who put a value that a unit may contest."""
    found = sa.select(mark.c.account_id).where(
        mark.c.assessment_id == id_, mark.c.line == line, _PUT
    )
    return frozenset(connection.execute(found).scalars())


def put_by(
    connection: Connection, account_id: int, ids: Sequence[int]
) -> frozenset[tuple[int, str]]:
    """The same of one person on several sheets: their ids with the lines."""
    found = sa.select(mark.c.assessment_id, mark.c.line).where(
        mark.c.assessment_id.in_(ids), mark.c.account_id == account_id, _PUT
    )
    return frozenset((id_, line) for id_, line in connection.execute(found))


def reasons(
    connection: Connection, actor: Actor, round_id: int, line: str, most: int = 20
) -> Sequence[str]:
    """Reasons already given on the same criterion, the most usual first, within one's scope."""
    number = sa.func.count().label("number")
    found = (
        sa.select(mark.c.reason, number)
        .join(assessment, assessment.c.id == mark.c.assessment_id)
        .join(line_, sa.and_(line_.c.assessment_id == assessment.c.id, line_.c.code == mark.c.line))
        .where(
            assessment.c.round_id == round_id,
            # What counts nowhere yet may be a mark that others must not see.
            line_.c.reviewed.is_not(None),
            mark.c.line == line,
            mark.c.stage == Stage.REVIEW.value,
            mark.c.seat == 1,
            mark.c.reason.not_in(("", GONE)),
            scope.reviewed_by(actor, assessment),
        )
        .group_by(mark.c.reason)
        .order_by(number.desc(), mark.c.reason)
        .limit(most)
    )
    return connection.execute(found).scalars().all()


def any_on(connection: Connection, id_: int) -> bool:
    found = sa.select(mark.c.id).where(mark.c.assessment_id == id_).limit(1)
    return connection.execute(found).first() is not None
