"""A final value on a line that the unit has seen: by an answer to it, or by a correction."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from evalsvc.domain import line_course
from evalsvc.domain.answers import Value
from evalsvc.domain.assessment import Stage
from evalsvc.domain.explanations import Settled, heard_until, lowers
from evalsvc.domain.forms import Entry
from evalsvc.domain.line_course import LineDeed
from evalsvc.domain.lines import Layer
from evalsvc.domain.readings import write_mark
from evalsvc.store import marks
from evalsvc.store.marks import MarkRecord
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases.assess import bounded
from evalsvc.usecases.reasons import account_of
from evalsvc.usecases.sheets import Sheet
from evalsvc.usecases.work import Work


def points_of(sheet: Sheet, entry: Entry, value: Value | None) -> Decimal:
    """Of a value, or of what counts on the line now."""
    of = sheet.mark(entry, sheet.counts(entry)) if value is None else value
    return sheet.points(entry, of, Layer.FINAL)


def corrected(
    doing: Work, sheet: Sheet, entry: Entry, given: tuple[Value, str], told: datetime
) -> LineRecord:
    """Put right with a reason; whoever gets less is heard once more, until `told` or later."""
    line, (value, reason) = sheet.lines[entry.code], given
    points = points_of(sheet, entry, value)
    less = lowers(points, points_of(sheet, entry, None))
    deed = LineDeed.LOWER if less else LineDeed.RAISE
    until = heard_until(sheet.round.hearing, doing.now, told) if less else line.explain_until
    changed = replace(
        line,
        step=line_course.after(line.step, deed, line.code),
        final=bounded(write_mark(value)),
        final_points=points,
        explain_until=until,
        heard=line.turn if less else line.heard,
        settled=Settled.OPEN if less else Settled.CORRECTED,
        version=line.version + 1,
    )
    put_mark(doing, sheet, changed, Stage.FINAL, reason)
    return changed


def unseen(sheet: Sheet, changed: LineRecord) -> Mapping[str, object] | None:
    """What a lower value takes off the record: whoever opened the sheet before has not seen it."""
    entry, points = sheet.entry(changed.code), changed.final_points
    if points is None or not lowers(points, points_of(sheet, entry, None)):
        return None
    return {"opened_at": None, "opened_by": None}


def put_mark(doing: Work, sheet: Sheet, line: LineRecord, stage: Stage, reason: str) -> None:
    """Who put the final value, and why."""
    if line.final is None or line.final_points is None:
        raise ValueError("a line that is ruled on has a value")
    adjusts = line.final != (sheet.lines[line.code].reviewed or "")
    mark = MarkRecord(
        line.code,
        stage,
        account_of(doing),
        line.final,
        line.final_points,
        adjusts,
        reason,
        doing.now,
    )
    marks.put(doing.store, sheet.record.id, mark)
