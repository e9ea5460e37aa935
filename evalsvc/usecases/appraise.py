"""Who marks which line: seats that do not see each other, the lead's agreed value, absences."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from evalsvc.domain import line_course
from evalsvc.domain.access import EVERYTHING, Place, leads, lines_seen
from evalsvc.domain.answers import Value
from evalsvc.domain.appraisal import (
    Bench,
    Given,
    TaskDeed,
    TaskState,
    after_task,
    demand_agree,
    demand_mark,
)
from evalsvc.domain.assessment import Stage
from evalsvc.domain.deeds import Deed
from evalsvc.domain.errors import Forbidden, Refused
from evalsvc.domain.forms import Entry
from evalsvc.domain.line_course import LineDeed
from evalsvc.domain.lines import Layer
from evalsvc.domain.readings import write_mark
from evalsvc.store import assignments, marks, seats, sheet_lines
from evalsvc.store.marks import MarkRecord
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import sheets
from evalsvc.usecases.assess import bounded
from evalsvc.usecases.reasons import account_of, reason_of
from evalsvc.usecases.sheets import Seen, Sheet, Told
from evalsvc.usecases.work import Work


@dataclass(frozen=True, slots=True)
class Hearing:
    """Who sits on each line of one sheet, and what they have given."""

    bench: Bench
    place: Place
    given: Mapping[str, Given]

    def of(self, code: str) -> Given:
        return self.given.get(code) or Given(self.bench.seats(self.place, code))


def hearing(doing: Work, sheet: Sheet) -> Hearing:
    """Two statements, whatever the number of lines."""
    bench = assignments.bench(doing.store, sheet.record.round_id)
    place = sheet.record.place
    found = seats.seats_of(doing.store, sheet.record.id)
    given = {
        code: Given(bench.seats(place, code), marked, passed, agreed)
        for code, (marked, passed, agreed) in found.items()
    }
    return Hearing(bench, place, given)


def demand_appraises(doing: Work, sheet: Sheet, code: str) -> int:
    """The seat of the one who asks; whoever is named for a line takes it from the others."""
    bench = assignments.bench(doing.store, sheet.record.round_id)
    seat = bench.seat_of(doing.actor, sheet.record.place, code)
    if seat is None and not leads(doing.actor, sheet.record.place):
        raise Forbidden("mark-line")
    return seat or 0


def put(
    doing: Work, sheet: Sheet, entry: Entry, given: tuple[Value, str, bool], told: Told
) -> tuple[Sheet, LineRecord]:
    """One mark of the review: counted at once where a line has one seat, else when all agree."""
    value, reason, adjusts = given
    line, now = sheet.lines[entry.code], doing.now
    found = hearing(doing, sheet)
    seat = found.bench.seat_of(doing.actor, sheet.record.place, entry.code)
    if seat is None:
        raise Forbidden("mark-line")
    of = found.of(entry.code)
    demand_mark(of, seat, entry.code)
    step = line_course.standing(line.step, line.returned_until, now)
    counted = line_course.after(step, LineDeed.MARK, entry.code)
    points = sheet.points(entry, value, Layer.REVIEWED)
    text = bounded(write_mark(value))
    if of.is_double:
        changed = replace(line, step=step, version=line.version + 1)
    else:
        changed = replace(
            line,
            step=counted,
            reviewed=text,
            reviewed_points=points,
            version=line.version + 1,
        )
    mark = MarkRecord(
        entry.code,
        Stage.REVIEW,
        account_of(doing),
        text,
        points,
        adjusts,
        reason,
        now,
        seat=seat,
    )
    sheet_lines.put(doing.store, sheet.record.id, changed, seen=line.version)
    marks.put(doing.store, sheet.record.id, mark)
    said = {
        **(told.data or {}),
        "after": text,
        "points": str(points),
        "version": changed.version,
        **({"seat": seat} if of.is_double else {}),
    }
    after = sheets.keep(doing, sheet.with_line(changed), replace(told, data=said))
    return after, changed


def agree(
    doing: Work, id_: int, code: str, given: tuple[Value, str], seen: Seen
) -> tuple[Sheet, LineRecord]:
    """The lead's own mark on a line that two seats marked: no mean of them is ever taken."""
    sheet, _ = sheets.begin(doing, id_, Deed.FINISH)
    entry, line = sheet.entry(code), sheet.lines[code]
    value, reason = given
    text = bounded(write_mark(value))
    seen = seen.saying(code, "agree", text, reason)
    if line.version != seen.version:
        sheets.answered_before(doing, sheet, line, seen)
        return sheet, line
    demand_agree(hearing(doing, sheet).of(code), code)
    adjusts = text != (line.claim or "")
    said = reason_of(reason, code) if adjusts else reason.strip()
    points = sheet.points(entry, value, Layer.REVIEWED)
    changed = replace(
        line,
        step=line_course.after(line.step, LineDeed.MARK, code),
        reviewed=text,
        reviewed_points=points,
        version=line.version + 1,
    )
    mark = MarkRecord(code, Stage.AGREED, account_of(doing), text, points, adjusts, said, doing.now)
    sheet_lines.put(doing.store, id_, changed, seen=line.version)
    marks.put(doing.store, id_, mark)
    data: dict[str, str | int | None] = {
        "claim": line.claim,
        "after": text,
        "points": str(points),
        "reason": said,
        "version": changed.version,
    }
    after = sheets.keep(doing, sheet.with_line(changed), Told("agree", code, data, seen.key))
    return after, changed


def pass_over(doing: Work, id_: int, code: str, seat: int, reason: str, seen: Seen) -> Sheet:
    """A reviewer who is absent: the line goes on without that seat, and it is written why."""
    sheet, _ = sheets.begin(doing, id_, Deed.FINISH)
    sheet.entry(code)
    line, said = sheet.lines[code], reason_of(reason, code)
    seen = seen.saying(code, "pass-over", str(seat))
    if line.version != seen.version:
        sheets.answered_before(doing, sheet, line, seen)
        return sheet
    of = hearing(doing, sheet).of(code)
    if seat not in of.seats or not of.is_double:
        raise Refused("line-has-one-seat", line=code)
    after_task(of.state(seat), TaskDeed.SKIP, code)
    if all(of.state(each) is not TaskState.GIVEN for each in of.seats if each != seat):
        raise Refused("mark-still-due", line=code)
    changed = replace(line, version=line.version + 1)
    sheet_lines.put(doing.store, id_, changed, seen=line.version)
    seats.pass_over(doing.store, id_, code, seat, (said, account_of(doing), doing.now))
    data: dict[str, str | int | None] = {"seat": seat, "reason": said, "version": changed.version}
    return sheets.keep(doing, sheet.with_line(changed), Told("pass-over", code, data, seen.key))


def sees_all(doing: Work, place: Place) -> bool:
    """Sums over lines out of scope are not shown."""
    return lines_seen(doing.actor, place) is EVERYTHING
