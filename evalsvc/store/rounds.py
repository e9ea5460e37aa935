"""Rounds: their frozen sets, blocks, due dates, windows and extensions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.explanations import Hearing
from evalsvc.domain.forms import DueDates
from evalsvc.domain.rounds import Block
from evalsvc.domain.windows import Task, Window
from evalsvc.store.database import Id, Moment, metadata

round_ = sa.Table(
    "round",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("code", sa.String(60), nullable=False, unique=True),
    sa.Column("title", sa.String(300), nullable=False),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("half", sa.Integer),
    sa.Column("overall", sa.Boolean, nullable=False),
    sa.Column("turns", sa.Integer, nullable=False),
    sa.Column("explain_days", sa.Integer, nullable=False),
    sa.Column("silence_days", sa.Integer, nullable=False),
    sa.Column("opened_at", Moment, nullable=False),
    sa.Column("closed_at", Moment),
)

round_set = sa.Table(
    "round_set",
    metadata,
    sa.Column("round_id", sa.ForeignKey("round.id"), primary_key=True),
    sa.Column("kind", sa.String(60), primary_key=True),
    sa.Column("sha256", sa.ForeignKey("criteria_text.sha256"), nullable=False),
)

round_block = sa.Table(
    "round_block",
    metadata,
    sa.Column("round_id", sa.ForeignKey("round.id"), primary_key=True),
    sa.Column("code", sa.String(60), primary_key=True),
    sa.Column("name", sa.String(300), nullable=False),
    sa.Column("place", sa.Integer, nullable=False),
)

round_date = sa.Table(
    "round_date",
    metadata,
    sa.Column("round_id", sa.ForeignKey("round.id"), primary_key=True),
    sa.Column("line", sa.String(60), primary_key=True),
    sa.Column("due", sa.String(60), primary_key=True),
    sa.Column("day", sa.Date, nullable=False),
)

round_window = sa.Table(
    "round_window",
    metadata,
    sa.Column("round_id", sa.ForeignKey("round.id"), primary_key=True),
    sa.Column("task", sa.String(20), primary_key=True),
    sa.Column("opens", Moment, nullable=False),
    sa.Column("closes", Moment, nullable=False),
    sa.Column("grace_minutes", sa.Integer, nullable=False),
    sa.CheckConstraint("opens < closes", "opens_first"),
    sa.CheckConstraint("grace_minutes >= 0", "grace"),
)

extension = sa.Table(
    "extension",
    metadata,
    sa.Column("round_id", sa.ForeignKey("round.id"), primary_key=True),
    sa.Column("unit_id", sa.ForeignKey("unit.id"), primary_key=True),
    sa.Column("task", sa.String(20), primary_key=True),
    sa.Column("closes", Moment, nullable=False),
    sa.Column("reason", sa.String(1000), nullable=False),
    sa.Column("account_id", sa.ForeignKey("account.id")),
    sa.Column("at", Moment, nullable=False),
)


@dataclass(frozen=True, slots=True)
class RoundRecord:
    """A round as it was opened; the text of its sets is kept by sha256."""

    id: int
    code: str
    title: str
    year: int
    half: int | None
    overall: bool
    sets: Mapping[str, str]
    blocks: tuple[Block, ...]
    windows: Mapping[Task, Window]
    dates: DueDates = field(default_factory=dict)
    closed: bool = False
    hearing: Hearing = field(default_factory=Hearing)


def add(connection: Connection, record: RoundRecord, at: datetime) -> int:
    """The id that it gets; that of `record` is not looked at."""
    done = connection.execute(
        round_.insert().values(
            code=record.code,
            title=record.title,
            year=record.year,
            half=record.half,
            overall=record.overall,
            turns=record.hearing.turns,
            explain_days=record.hearing.days,
            silence_days=record.hearing.silence_days,
            opened_at=at,
        )
    )
    id_ = int(done.inserted_primary_key[0])  # type: ignore[index]
    _add_parts(connection, id_, record)
    return id_


def _add_parts(connection: Connection, id_: int, record: RoundRecord) -> None:
    of = {"round_id": id_}
    parts: list[tuple[sa.Table, list[dict[str, object]]]] = [
        (round_set, [of | {"kind": kind, "sha256": sha} for kind, sha in record.sets.items()]),
        (
            round_block,
            [
                of | {"code": block.code, "name": block.name, "place": place}
                for place, block in enumerate(record.blocks)
            ],
        ),
        (
            round_date,
            [
                of | {"line": line, "due": due, "day": day}
                for line, days in record.dates.items()
                for due, day in days.items()
            ],
        ),
        (round_window, [of | _window(task, each) for task, each in record.windows.items()]),
    ]
    for table, rows in parts:
        if rows:
            connection.execute(table.insert(), rows)


def _window(task: Task, window: Window) -> dict[str, object]:
    return {
        "task": task.value,
        "opens": window.opens,
        "closes": window.closes,
        "grace_minutes": int(window.grace / timedelta(minutes=1)),
    }


def of_code(connection: Connection, code: str) -> RoundRecord | None:
    found = connection.execute(sa.select(round_.c.id).where(round_.c.code == code))
    id_ = found.scalar_one_or_none()
    return None if id_ is None else get(connection, id_)


def all_of(connection: Connection) -> Sequence[RoundRecord]:
    """Newest first."""
    newest = round_.c.year.desc(), sa.func.coalesce(round_.c.half, 0).desc(), round_.c.id.desc()
    ids = connection.execute(sa.select(round_.c.id).order_by(*newest)).scalars().all()
    return [found for id_ in ids if (found := get(connection, id_))]


def get(connection: Connection, id_: int) -> RoundRecord | None:
    row = connection.execute(sa.select(round_).where(round_.c.id == id_)).one_or_none()
    if row is None:
        return None
    return RoundRecord(
        id_,
        row.code,
        row.title,
        row.year,
        row.half,
        row.overall,
        {each.kind: each.sha256 for each in _parts(connection, round_set, id_)},
        tuple(
            Block(each.code, each.name)
            for each in sorted(_parts(connection, round_block, id_), key=lambda each: each.place)
        ),
        windows_of(connection, id_),
        _dates(connection, id_),
        closed=row.closed_at is not None,
        hearing=Hearing(row.turns, row.explain_days, row.silence_days),
    )


def hold(connection: Connection, id_: int) -> bool:
    """Whether the round goes on; whoever asks in the same way waits until this deed is done."""
    mine = sa.select(round_.c.closed_at).where(round_.c.id == id_)
    row = connection.execute(mine.with_for_update(key_share=True)).one_or_none()
    return row is not None and row.closed_at is None


def _parts(connection: Connection, table: sa.Table, id_: int) -> Sequence[sa.Row[tuple[object]]]:
    return connection.execute(sa.select(table).where(table.c.round_id == id_)).all()


_WINDOWS = sa.select(round_window).where(round_window.c.round_id == sa.bindparam("of"))


def windows_of(connection: Connection, id_: int) -> Mapping[Task, Window]:
    return {
        Task(row.task): Window(row.opens, row.closes, timedelta(minutes=row.grace_minutes))
        for row in connection.execute(_WINDOWS, {"of": id_})
    }


def _dates(connection: Connection, id_: int) -> DueDates:
    found: dict[str, dict[str, object]] = {}
    for row in _parts(connection, round_date, id_):
        found.setdefault(row.line, {})[row.due] = row.day
    return found  # type: ignore[return-value]


def put_closed(connection: Connection, id_: int, at: datetime) -> None:
    connection.execute(round_.update().where(round_.c.id == id_).values(closed_at=at))


def extensions_of(connection: Connection, round_id: int, task: Task) -> Mapping[int, datetime]:
    """Until when units have more time for a task, by their ids."""
    found = sa.select(extension.c.unit_id, extension.c.closes).where(
        extension.c.round_id == round_id, extension.c.task == task.value
    )
    return {row.unit_id: row.closes for row in connection.execute(found)}


def put_extension(
    connection: Connection,
    key: tuple[int, int, Task],
    closes: datetime,
    reason: str,
    given: tuple[int | None, datetime],
) -> None:
    round_id, unit_id, task = key
    mine = sa.and_(
        extension.c.round_id == round_id,
        extension.c.unit_id == unit_id,
        extension.c.task == task.value,
    )
    connection.execute(extension.delete().where(mine))
    connection.execute(
        extension.insert().values(
            round_id=round_id,
            unit_id=unit_id,
            task=task.value,
            closes=closes,
            reason=reason,
            account_id=given[0],
            at=given[1],
        )
    )
