"""Lines that go back to the unit for a while, are supplied, and come again to the reviewers."""

from dataclasses import replace
from datetime import datetime

from evalsvc.domain import line_course
from evalsvc.domain.access import sees_line
from evalsvc.domain.deeds import Deed
from evalsvc.domain.errors import NotFound, Refused
from evalsvc.domain.line_course import LineDeed
from evalsvc.domain.summary import is_claimable
from evalsvc.domain.windows import Task
from evalsvc.store import assessments, marks
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import appraise, sheets
from evalsvc.usecases.assess import gaps_of
from evalsvc.usecases.reasons import reason_of
from evalsvc.usecases.sheets import Seen, Sheet, Told
from evalsvc.usecases.work import Work


def return_line(
    doing: Work, id_: int, code: str, until: datetime, because: str, seen: Seen
) -> Sheet:
    """What reviewers put on it falls away; the first claim stays in the journal."""
    sheet, _ = sheets.begin(doing, id_, Deed.RETURN)
    entry, line = sheet.entry(code), sheet.lines[code]
    if not sees_line(doing.actor, sheet.record.place, code):
        raise NotFound("line")
    appraise.demand_appraises(doing, sheet, code)
    seen = seen.saying(code, "return", because)
    if sheets.is_repeated(doing, sheet, line, seen):
        return sheet
    if not is_claimable(entry):
        raise Refused("nothing-claimed", line=code)
    said = reason_of(because, code)
    _demand_time(doing, sheet, until)
    step = line_course.standing(line.step, line.returned_until, doing.now)
    changed = replace(
        line,
        step=line_course.after(step, LineDeed.RETURN, code),
        returned_until=until,
        returned_because=said,
        reviewed=None,
        reviewed_points=None,
        version=line.version + 1,
    )
    marks.clear(doing.store, id_, code)
    data: dict[str, str | int | None] = {
        "claim": line.claim,
        "before": line.reviewed,
        "until": until.isoformat(timespec="minutes"),
        "reason": said,
        "version": changed.version,
    }
    return sheets.keep_line(doing, sheet, changed, Told("return", code, data, seen.key))


def _demand_time(doing: Work, sheet: Sheet, until: datetime) -> None:
    """The unit gets an hour that is to come, and reviewers have some time left after it."""
    if until <= doing.now:
        raise Refused("moment-is-past", moment=until)
    review = assessments.window_of(doing.store, sheet.record, Task.REVIEW)
    if until >= review.locks:
        raise Refused("return-after-review", closes=review.locks)


def supply(doing: Work, id_: int, code: str, seen: Seen) -> Sheet:
    """The unit has put it right and gives it back before its hour."""
    sheet, _ = sheets.begin(doing, id_, Deed.SUPPLY)
    line = line_of(sheet, code)
    seen = seen.saying(code, "supply")
    if sheets.is_repeated(doing, sheet, line, seen):
        return sheet
    if line.returned_until is None:
        raise Refused("sheet-handed-in")
    line_course.demand_with_unit(line.step, line.returned_until, doing.now)
    if any(gap.blocks and gap.entry.code == code for gap in gaps_of(sheet)):
        raise Refused("line-not-ready", line=code)
    changed = replace(
        line,
        step=line_course.after(line.step, LineDeed.SUPPLY, code),
        supplied_at=doing.now,
        version=line.version + 1,
    )
    data: dict[str, str | int | None] = {"claim": line.claim, "version": changed.version}
    return sheets.keep_line(doing, sheet, changed, Told("supply", code, data, seen.key))


def line_of(sheet: Sheet, code: str) -> LineRecord:
    if (line := sheet.lines.get(code)) is None:
        raise NotFound("line")
    return line
