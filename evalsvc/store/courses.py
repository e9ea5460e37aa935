"""How far the sheets are that a person prepares or reviews: for reminders and calendars."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.access import Actor, Place, can_prepare
from evalsvc.domain.course import Status
from evalsvc.domain.line_course import WITH_UNIT, Step
from evalsvc.domain.reminders import Course, LineNow
from evalsvc.domain.windows import Task, Window
from evalsvc.store import scope
from evalsvc.store.assessments import assessment
from evalsvc.store.rounds import extension, round_, round_window
from evalsvc.store.sheet_lines import line

_COLUMNS = (
    assessment.c.id,
    assessment.c.round_id,
    assessment.c.unit_id,
    assessment.c.unit_name,
    assessment.c.kind,
    assessment.c.block,
    assessment.c.status,
    assessment.c.exempt,
    assessment.c.to_mark,
    assessment.c.marked,
    assessment.c.explain_until,
    assessment.c.opened_at,
    assessment.c.closed_at,
    round_.c.title,
    round_.c.silence_days,
)
_OF_UNIT = [Step.RETURNED.value, *(each.value for each in WITH_UNIT)]
_OF_REVIEWERS = [Step.CONTESTED.value]
Windows = Mapping[tuple[int, str], Window]


def of_actor(connection: Connection, actor: Actor, since: datetime) -> Sequence[Course]:
    """Sheets of one's own units and those one reviews, but for those closed before `since`."""
    mine = sa.or_(
        scope.prepared_by(actor, assessment),
        scope.reviewed_by(actor, assessment),
    )
    going_on = sa.or_(assessment.c.status != Status.CLOSED.value, assessment.c.closed_at > since)
    found = (
        sa.select(*_COLUMNS)
        .join(round_, round_.c.id == assessment.c.round_id)
        .where(mine, going_on)
        .order_by(assessment.c.id)
    )
    rows = connection.execute(found).all()
    windows, longer = _windows(connection, rows), _extensions(connection, rows)
    return _with_lines(connection, actor, [_course(row, windows, longer) for row in rows])


def _course(row: Any, windows: Windows, longer: Mapping[tuple[int, int, str], datetime]) -> Course:
    def window(task: Task) -> Window:
        until = longer.get((row.round_id, row.unit_id, task.value))
        return windows[row.round_id, task.value].extended(until)

    return Course(
        row.id,
        Place(row.unit_id, row.kind, row.block, row.round_id),
        row.unit_name,
        row.title,
        Status(row.status),
        window(Task.ASSESS),
        window(Task.REVIEW),
        bool(row.exempt),
        row.marked >= row.to_mark,
        row.explain_until,
        row.opened_at,
        row.closed_at,
        row.silence_days,
    )


def _windows(connection: Connection, rows: Iterable[Any]) -> Windows:
    rounds = {row.round_id for row in rows}
    found = sa.select(round_window).where(round_window.c.round_id.in_(rounds))
    return {
        (row.round_id, row.task): Window(
            row.opens, row.closes, timedelta(minutes=row.grace_minutes)
        )
        for row in connection.execute(found)
    }


def _extensions(
    connection: Connection, rows: Iterable[Any]
) -> Mapping[tuple[int, int, str], datetime]:
    rounds = {row.round_id for row in rows}
    found = sa.select(extension).where(extension.c.round_id.in_(rounds))
    return {(row.round_id, row.unit_id, row.task): row.closes for row in connection.execute(found)}


def _with_lines(
    connection: Connection, actor: Actor, courses: Sequence[Course]
) -> Sequence[Course]:
    """Lines that wait for this person: of own units, and contested ones of others."""
    own = [each.id for each in courses if can_prepare(actor, each.place)]
    others = [each.id for each in courses if not can_prepare(actor, each.place)]
    found = _lines(connection, own, _OF_UNIT) | _lines(connection, others, _OF_REVIEWERS)
    return [replace(each, lines=tuple(found.get(each.id, ()))) for each in courses]


def _lines(
    connection: Connection, ids: Sequence[int], steps: Sequence[str]
) -> dict[int, list[LineNow]]:
    wanted = (
        sa.select(
            line.c.assessment_id,
            line.c.code,
            line.c.step,
            line.c.turn,
            line.c.returned_until,
            line.c.explain_until,
            line.c.final_points,
        )
        .where(line.c.assessment_id.in_(ids), line.c.step.in_(steps))
        .order_by(line.c.assessment_id, line.c.place)
    )
    found: dict[int, list[LineNow]] = {}
    for id_, code, step, *rest in connection.execute(wanted):
        found.setdefault(id_, []).append(LineNow(code, Step(step), *rest))
    return found
