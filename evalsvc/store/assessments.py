"""Assessments with their lines: what stands on each line, and the summary kept beside them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.access import Actor, Place
from evalsvc.domain.course import Status, in_force
from evalsvc.domain.history import Head
from evalsvc.domain.lines import Layer
from evalsvc.domain.summary import Progress, Totals
from evalsvc.domain.windows import Task, Window
from evalsvc.store import scope
from evalsvc.store.database import GREATEST_ID, Clock, Id, Moment, Points, Sorted, metadata
from evalsvc.store.rounds import extension, round_window
from evalsvc.store.totals_text import of_text

RANKABLE = "assessment.exempt = '' AND assessment.status <> 'open'"
"""Sheets that may stand in a ranking, word for word as in the indexes that know only them."""

_COUNTED = [
    *("kind", "exempt", "late", "band"),
    *("rated", "claimed_rated", "reviewed_rated", "final_rated"),
]
_RANKED: dict[str, Any] = {
    "sqlite_where": sa.text(RANKABLE.replace("assessment.", "")),
    "postgresql_where": sa.text(RANKABLE.replace("assessment.", "")),
    # Counted and sorted in any layer without a look at the rows with their long texts.
    "postgresql_include": [
        *("block", "kind", "rated", "claimed_rated", "reviewed_rated", "final_rated"),
        *("claimed_compared", "reviewed_compared", "final_compared"),
    ],
}

assessment = sa.Table(
    "assessment",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("round_id", sa.ForeignKey("round.id"), nullable=False),
    sa.Column("unit_id", sa.ForeignKey("unit.id"), nullable=False, index=True),
    # Frozen when the round opens: old years still print with old names.
    sa.Column("unit_code", sa.String(60), nullable=False),
    sa.Column("unit_name", sa.String(300), nullable=False),
    sa.Column("sort_key", Sorted, nullable=False),
    sa.Column("search_key", sa.String(600), nullable=False),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(60), nullable=False),
    sa.Column("block", sa.String(60), nullable=False),
    sa.Column("tags", sa.String(2000), nullable=False),
    sa.Column("sha256", sa.ForeignKey("criteria_text.sha256"), nullable=False),
    sa.Column("engine", sa.Integer, nullable=False),
    sa.Column("exempt", sa.String(500), nullable=False),
    # Its course.
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("late", sa.Boolean, nullable=False),
    sa.Column("submitted_at", Moment),
    sa.Column("submitted_by", sa.ForeignKey("account.id")),
    sa.Column("reviewed_at", Moment),
    sa.Column("released_at", Moment),
    sa.Column("explain_until", Moment),
    sa.Column("opened_at", Moment),
    sa.Column("opened_by", sa.ForeignKey("account.id")),
    sa.Column("concluded_at", Moment),
    sa.Column("closed_at", Moment),
    sa.Column("changed_at", Moment, nullable=False),
    # Summary: set in the transaction that changes a line.
    sa.Column("asked", sa.Integer, nullable=False),
    sa.Column("answered", sa.Integer, nullable=False),
    sa.Column("faulty", sa.Integer, nullable=False),
    sa.Column("to_mark", sa.Integer, nullable=False),
    sa.Column("marked", sa.Integer, nullable=False),
    sa.Column("returned", sa.Integer, nullable=False),
    sa.Column("contested", sa.Integer, nullable=False),
    sa.Column("claimed", sa.Text, nullable=False),
    sa.Column("reviewed", sa.Text),
    sa.Column("final", sa.Text),
    sa.Column("rated", sa.Boolean, nullable=False),
    sa.Column("claimed_rated", sa.Boolean, nullable=False),
    sa.Column("reviewed_rated", sa.Boolean),
    sa.Column("final_rated", sa.Boolean),
    sa.Column("band", sa.String(60), nullable=False),
    sa.Column("claimed_compared", Points, nullable=False),
    sa.Column("reviewed_compared", Points),
    sa.Column("final_compared", Points),
    sa.Column("in_force", Points, nullable=False),
    sa.Column("entries", sa.Integer, nullable=False),
    sa.Column("link", sa.String(64), nullable=False),
    sa.UniqueConstraint("round_id", "unit_id"),
    sa.CheckConstraint(
        "status IN ('open', 'submitted', 'reviewed', 'released', 'concluded', 'closed')", "status"
    ),
    sa.CheckConstraint(
        "status NOT IN ('released', 'concluded') OR released_at IS NOT NULL", "released"
    ),
    sa.CheckConstraint("status = 'open' OR submitted_at IS NOT NULL", "submitted"),
    sa.CheckConstraint("(final IS NULL) = (final_compared IS NULL)", "final"),
    sa.CheckConstraint("(reviewed IS NULL) = (reviewed_compared IS NULL)", "reviewed"),
    sa.Index("ix_assessment_course", "round_id", "block", "status", postgresql_include=_COUNTED),
    sa.Index("ix_assessment_ranking", "round_id", "block", "in_force", "unit_code", **_RANKED),
    sa.Index("ix_assessment_overall", "round_id", "in_force", "unit_code", **_RANKED),
)


@dataclass(frozen=True, slots=True)
class Record:
    """One assessment without its lines."""

    id: int
    round_id: int
    unit_id: int
    unit_code: str
    unit_name: str
    place: Place
    tags: frozenset[str]
    sha256: str
    exempt: str
    status: Status
    late: bool
    submitted_at: datetime | None
    reviewed_at: datetime | None
    released_at: datetime | None
    explain_until: datetime | None
    opened_at: datetime | None
    concluded_at: datetime | None
    closed_at: datetime | None
    changed_at: datetime
    progress: Progress
    totals: Mapping[Layer, Totals]
    head: Head

    @property
    def layer(self) -> Layer:
        """The layer that counts on this assessment."""
        return in_force(self.status)


_SORTED = frozenset({"sort_key", "search_key"})
_SUMMARY = frozenset(
    {
        *("rated", "claimed_rated", "reviewed_rated", "final_rated", "band", "in_force"),
        *("claimed_compared", "reviewed_compared", "final_compared"),
    }
)
"""Of the summary what only lists and rankings look at: it is in the totals as well."""

WHOLE = [column for column in assessment.c if column.name not in _SORTED]
RECORD = [column for column in WHOLE if column.name not in _SUMMARY]


_WINDOW = (
    round_window.c.opens,
    round_window.c.closes,
    round_window.c.grace_minutes,
    extension.c.closes.label("until"),
)


def record_of(row: Any) -> Record:
    layers = {
        Layer.CLAIMED: of_text(row.claimed),
        Layer.REVIEWED: of_text(row.reviewed),
        Layer.FINAL: of_text(row.final),
    }
    return Record(
        row.id,
        row.round_id,
        row.unit_id,
        row.unit_code,
        row.unit_name,
        Place(row.unit_id, row.kind, row.block, row.round_id),
        frozenset(json.loads(row.tags)),
        row.sha256,
        row.exempt,
        Status(row.status),
        row.late,
        row.submitted_at,
        row.reviewed_at,
        row.released_at,
        row.explain_until,
        row.opened_at,
        row.concluded_at,
        row.closed_at,
        row.changed_at,
        Progress(
            row.asked,
            row.answered,
            row.faulty,
            row.to_mark,
            row.marked,
            row.returned,
            row.contested,
        ),
        {layer: each for layer, each in layers.items() if each is not None},
        Head(row.entries, row.link),
    )


def get(connection: Connection, actor: Actor, id_: int) -> Record | None:
    """None for an unknown id and for one that is not for this person alike."""
    if not 0 < id_ <= GREATEST_ID:
        return None
    statement = _one(scope.shape(actor))
    row = connection.execute(statement, {**scope.parameters(actor), "of": id_}).one_or_none()
    return None if row is None else record_of(row)


@lru_cache(maxsize=1_024)
def _one(of: scope.Shape) -> sa.Select[Any]:
    mine = scope.readable(of, assessment)
    return sa.select(*RECORD).where(assessment.c.id == sa.bindparam("of"), mine)


def locked(
    connection: Connection, actor: Actor, id_: int, task: Task
) -> tuple[str, Window, datetime] | None:
    """Holds the assessment until the deed is done: its last link, its window, and the time."""
    if not 0 < id_ <= GREATEST_ID:
        return None
    statement = _locked(scope.shape(actor))
    given = {**scope.parameters(actor), "of": id_, "task": task.value}
    row = connection.execute(statement, given).one_or_none()
    if row is None:
        return None
    return row.link, _window(row), row.now


_HELD = sa.select(*RECORD).where(assessment.c.id == sa.bindparam("of"))


def held(connection: Connection, id_: int) -> Record:
    """The one that `locked` has found for this person and holds."""
    return record_of(connection.execute(_HELD, {"of": id_}).one())


@lru_cache(maxsize=1_024)
def _locked(of: scope.Shape) -> sa.Select[Any]:
    """Made once for each shape of roles: building it costs more than the database needs for it."""
    task: sa.BindParameter[str] = sa.bindparam("task")
    until = sa.and_(
        extension.c.round_id == assessment.c.round_id,
        extension.c.unit_id == assessment.c.unit_id,
        extension.c.task == task,
    )
    window = sa.and_(round_window.c.round_id == assessment.c.round_id, round_window.c.task == task)
    return (
        sa.select(assessment.c.link, *_WINDOW, Clock().label("now"))
        .join(round_window, window)
        .outerjoin(extension, until)
        .where(assessment.c.id == sa.bindparam("of"), scope.readable(of, assessment))
        .with_for_update(of=assessment, key_share=True)
    )


_WINDOW_OF = (
    sa.select(*_WINDOW)
    .outerjoin(
        extension,
        sa.and_(
            extension.c.round_id == round_window.c.round_id,
            extension.c.task == round_window.c.task,
            extension.c.unit_id == sa.bindparam("unit"),
        ),
    )
    .where(
        round_window.c.round_id == sa.bindparam("round"),
        round_window.c.task == sa.bindparam("task"),
    )
)


def window_of(connection: Connection, record: Record, task: Task) -> Window:
    """The window of a task for one unit, with its extension."""
    given = {"unit": record.unit_id, "round": record.round_id, "task": task.value}
    return _window(connection.execute(_WINDOW_OF, given).one())


def _window(row: Any) -> Window:
    """With the extension of the unit, where it has one."""
    window = Window(row.opens, row.closes, timedelta(minutes=row.grace_minutes))
    return window.extended(row.until)


_ONE_ASSESSMENT = assessment.update().where(assessment.c.id == sa.bindparam("of"))


def put(connection: Connection, id_: int, columns: Mapping[str, object]) -> bool:
    """Whether there is such an assessment."""
    return connection.execute(_ONE_ASSESSMENT, {**columns, "of": id_}).rowcount == 1
