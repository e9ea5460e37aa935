"""Who marks which line: seats that do not see each other, the lead's agreed value, absences."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from evalsvc.domain import line_course
from evalsvc.domain.access import Place, leads
from evalsvc.domain.answers import UNANSWERED, Value
from evalsvc.domain.appraisal import FIRST, Bench, Given, demand_agree, demand_mark, demand_skip
from evalsvc.domain.assessment import Stage
from evalsvc.domain.deeds import Deed
from evalsvc.domain.errors import Forbidden
from evalsvc.domain.forms import Entry
from evalsvc.domain.line_course import LineDeed
from evalsvc.domain.lines import Layer
from evalsvc.domain.readings import demand_past, write_mark
from evalsvc.domain.summary import is_claimable
from evalsvc.store import assignments, marks, seats
from evalsvc.store.marks import MarkRecord
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import sheets
from evalsvc.usecases.assess import bounded, today
from evalsvc.usecases.found import Found, value_of
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


def demand_appraises(doing: Work, sheet: Sheet, code: str) -> None:
    """The lead, or who sits on the line: whoever is named for it takes it from the others."""
    bench = assignments.bench(doing.store, sheet.record.round_id)
    seat = bench.seat_of(doing.actor, sheet.record.place, code)
    if seat is None and not leads(doing.actor, sheet.record.place):
        raise Forbidden("mark-line")


def put(
    doing: Work, sheet: Sheet, entry: Entry, given: tuple[Value, str, bool], told: Told
) -> tuple[Sheet, LineRecord]:
    """One mark of the review: counted at once where a line has one seat, else when all agree."""
    (value, reason, adjusts), code = given, entry.code
    line, found = sheet.lines[code], hearing(doing, sheet)
    seat, of = found.bench.seat_of(doing.actor, sheet.record.place, code), found.of(code)
    if seat is None:
        raise Forbidden("mark-line")
    demand_mark(of, seat, code)
    step = line_course.standing(line.step, line.returned_until, doing.now)
    changed = counted = _counted(sheet, replace(line, step=step), entry, value)
    if of.is_double:
        changed = replace(line, step=step, version=counted.version)
    mark = _mark(doing, Stage.REVIEW, counted, (reason, adjusts), seat)
    marks.put(doing.store, sheet.record.id, mark)
    said = {
        **(told.data or {}),
        "after": mark.value,
        "points": str(mark.points),
        "version": changed.version,
        **({"seat": seat} if of.is_double else {}),
    }
    return sheets.keep_line(doing, sheet, changed, replace(told, data=said)), changed


def _counted(sheet: Sheet, line: LineRecord, entry: Entry, value: Value) -> LineRecord:
    """The line with the value that the review gives it."""
    return replace(
        line,
        step=line_course.after(line.step, LineDeed.MARK, entry.code),
        reviewed=bounded(write_mark(value)),
        reviewed_points=sheet.points(entry, value, Layer.REVIEWED),
        version=line.version + 1,
    )


def _mark(
    doing: Work, stage: Stage, line: LineRecord, said: tuple[str, bool], seat: int = FIRST
) -> MarkRecord:
    """The value of a line as that of the one who gives it."""
    if line.reviewed is None or line.reviewed_points is None:
        raise ValueError("a mark has a value")
    reason, adjusts = said
    of = line.reviewed, line.reviewed_points, adjusts, reason, doing.now
    return MarkRecord(line.code, stage, account_of(doing), *of, seat=seat)


def agree(
    doing: Work, id_: int, code: str, found: Found, reason: str, seen: Seen
) -> tuple[Sheet, LineRecord]:
    """The lead's own mark on a line that two seats marked: no mean of them is ever taken.

    Nothing stated on a line that nobody answered leaves it so.
    """
    sheet, _ = sheets.begin(doing, id_, Deed.FINISH)
    entry, line = sheet.entry(code), sheet.lines[code]
    nothing = is_claimable(entry) and line.claim is None and found == Found()
    value = UNANSWERED if nothing else value_of(sheet, entry, found)
    demand_past(value, today(doing))
    text = bounded(write_mark(value))
    seen = seen.saying(code, "agree", text, reason)
    if sheets.is_repeated(doing, sheet, line, seen):
        return sheet, line
    demand_agree(hearing(doing, sheet).of(code), code)
    adjusts = text != (line.claim or "")
    said = reason_of(reason, code) if adjusts else reason.strip()
    changed = _counted(sheet, line, entry, value)
    marks.put(doing.store, id_, _mark(doing, Stage.AGREED, changed, (said, adjusts)))
    data: dict[str, str | int | None] = {
        "claim": line.claim,
        "after": text,
        "points": str(changed.reviewed_points),
        "reason": said,
        "version": changed.version,
    }
    told = Told("agree", code, data, seen.key)
    return sheets.keep_line(doing, sheet, changed, told), changed


def pass_over(doing: Work, id_: int, code: str, seat: int, reason: str, seen: Seen) -> Sheet:
    """A reviewer who is absent: the line goes on without that seat, and it is written why."""
    sheet, _ = sheets.begin(doing, id_, Deed.FINISH)
    sheet.entry(code)
    line, said = sheet.lines[code], reason_of(reason, code)
    seen = seen.saying(code, "pass-over", str(seat))
    if sheets.is_repeated(doing, sheet, line, seen):
        return sheet
    demand_skip(hearing(doing, sheet).of(code), seat, code)
    changed = replace(line, version=line.version + 1)
    seats.pass_over(doing.store, id_, code, seat, (said, account_of(doing), doing.now))
    data: dict[str, str | int | None] = {"seat": seat, "reason": said, "version": changed.version}
    return sheets.keep_line(doing, sheet, changed, Told("pass-over", code, data, seen.key))
