"""A line that holds an official result: where the result stands, before and after hand-in."""

from dataclasses import replace
from decimal import Decimal

from evalsvc.domain.answers import NOT_DUE, Official, Stated, Value
from evalsvc.domain.course import FINISHED, Status
from evalsvc.domain.deeds import Deed, may, move
from evalsvc.domain.errors import Refused
from evalsvc.domain.forms import Entry
from evalsvc.domain.lines import Layer
from evalsvc.domain.readings import NOT_DUE_MARK, write_mark, write_value
from evalsvc.domain.summary import claim_state
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import explain
from evalsvc.usecases.assess import bounded
from evalsvc.usecases.finals import corrected
from evalsvc.usecases.reasons import reason_of
from evalsvc.usecases.sheets import Sheet
from evalsvc.usecases.work import Work


def stands(line: LineRecord) -> str | None:
    """The text of the result as it is now; None while it is still to come."""
    text = line.claim if line.reviewed is None else line.reviewed
    text = text if line.final is None else line.final
    return None if text == NOT_DUE_MARK else text


def demand_enterable(doing: Work, sheet: Sheet, code: str, text: str) -> None:
    """Once the unit has seen it, it is the lead who puts it right; it is not taken away again."""
    status = sheet.record.status
    if status in (Status.CONCLUDED, Status.CLOSED):
        move(status, Deed.CORRECT)
    if status is Status.RELEASED and not may(doing.actor, sheet.record.place, Deed.CORRECT):
        raise Refused("sheet-released")
    if status in FINISHED and not text:
        raise Refused("nothing-stated", line=code)


def entered(doing: Work, sheet: Sheet, entry: Entry, value: Value | None) -> LineRecord:
    """The line with the result at the place where it stands now."""
    match sheet.record.status:
        case Status.OPEN:
            return claimed(doing, sheet, entry, value)
        case Status.RELEASED if value is not None:
            given = value, reason_of(_source(value), entry.code)
            told = explain.until(sheet, sheet.lines[entry.code])
            return corrected(doing, sheet, entry, given, told)
        case _:
            return beside(sheet, entry, value)


def _source(value: Value) -> str:
    """What a unit reads as the reason: the document, where the result names one."""
    if isinstance(value, Stated) and isinstance(value.answer, Official):
        return value.answer.document
    return write_value(value)


def points_now(line: LineRecord) -> Decimal:
    for points in (line.final_points, line.reviewed_points):
        if points is not None:
            return points
    return line.claimed_points


def claimed(doing: Work, sheet: Sheet, entry: Entry, value: Value | None) -> LineRecord:
    """While the sheet is open the result is part of the claim."""
    line = sheet.lines[entry.code]
    return replace(
        line,
        state=claim_state(entry, value).value,
        claim=None if value is None else bounded(write_value(value)),
        claimed_points=sheet.points(entry, value, Layer.CLAIMED),
        version=line.version + 1,
        saved_at=doing.now,
        saved_by=doing.actor.account,
    )


def beside(sheet: Sheet, entry: Entry, value: Value | None) -> LineRecord:
    """Then it stands beside what was handed in, and only where it says something else."""
    line = sheet.lines[entry.code]
    text, version = bounded(write_mark(value or NOT_DUE)), line.version + 1
    if text == (line.claim or NOT_DUE_MARK):
        return replace(line, reviewed=None, reviewed_points=None, version=version)
    points = sheet.points(entry, value, Layer.REVIEWED)
    return replace(line, reviewed=text, reviewed_points=points, version=version)
