"""Reviewers accept or adjust what units claim, give their own lines, raise flags, and finish."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from evalsvc.domain.access import can_flag, can_review, require, sees_line
from evalsvc.domain.answers import UNANSWERED, Value
from evalsvc.domain.course import HANDED_IN, Status
from evalsvc.domain.criteria import GivenBy
from evalsvc.domain.deeds import Deed
from evalsvc.domain.errors import NotFound, Refused
from evalsvc.domain.forms import Entry
from evalsvc.domain.lines import Layer, State
from evalsvc.domain.readings import demand_day_past, demand_past, read_value, write_mark
from evalsvc.domain.summary import is_claimable, markable
from evalsvc.domain.windows import Task
from evalsvc.store import marks
from evalsvc.store.marks import FlagRecord
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import appraise, sheets, unhidden
from evalsvc.usecases.assess import today
from evalsvc.usecases.finals import unseen
from evalsvc.usecases.found import Found, value_of
from evalsvc.usecases.official_lines import demand_enterable, entered, points_now, stands
from evalsvc.usecases.reasons import account_of, bounded_reason, reason_of
from evalsvc.usecases.sheets import Seen, Sheet, Told
from evalsvc.usecases.work import Work

MOST_DOCUMENT, MOST_BECAUSE = 500, 1_000


@dataclass(frozen=True, slots=True)
class Marked:
    sheet: Sheet
    line: LineRecord


def accept(doing: Work, id_: int, code: str, seen: Seen) -> Marked:
    """The claim stands as it is, at the version that was shown."""
    sheet, seen = _held(doing, id_), seen.saying(code, "accept")
    entry, line = _line(doing, sheet, code)
    if unhidden.has_moved(doing, sheet, line, seen.version):
        return _again(doing, sheet, line, seen)
    if not is_claimable(entry):
        raise Refused("nothing-claimed", line=code)
    value = sheet.value(entry, line.claim)
    return _put(doing, sheet, entry, (value or UNANSWERED, ""), seen.key)


def adjust(doing: Work, id_: int, code: str, found: Found, reason: str, seen: Seen) -> Marked:
    """Another value than the claim, with a reason that the unit will read."""
    sheet, seen = _held(doing, id_), seen.saying(code, *found.said, reason)
    entry, line = _line(doing, sheet, code)
    if unhidden.has_moved(doing, sheet, line, seen.version):
        return _again(doing, sheet, line, seen)
    value = value_of(sheet, entry, found)
    demand_past(value, today(doing))
    said = bounded_reason(reason)
    if _changes(sheet, entry, value):
        said = reason_of(reason, code)
    return _put(doing, sheet, entry, (value, said), seen.key)


def _held(doing: Work, id_: int) -> Sheet:
    return sheets.begin(doing, id_, Deed.MARK)[0]


def _line(doing: Work, sheet: Sheet, code: str) -> tuple[Entry, LineRecord]:
    """A line out of scope is as one that there is not."""
    entry = sheet.entry(code)
    if not sees_line(doing.actor, sheet.record.place, code):
        raise NotFound("line")
    return entry, sheet.lines[code]


def _changes(sheet: Sheet, entry: Entry, value: Value) -> bool:
    """A line of the unit on which something else than its claim is put."""
    if not is_claimable(entry):
        return False
    claim = sheet.lines[entry.code].claim
    return write_mark(value) != (claim or "")


def _again(doing: Work, sheet: Sheet, line: LineRecord, seen: Seen) -> Marked:
    sheets.answered_before(doing, sheet, line, seen)
    return Marked(sheet, line)


def _put(doing: Work, sheet: Sheet, entry: Entry, given: tuple[Value, str], key: str) -> Marked:
    value, reason = given
    line, adjusts = sheet.lines[entry.code], _changes(sheet, entry, value)
    deed = "adjust" if adjusts else "accept"
    if entry.criterion.given_by is GivenBy.REVIEWER:
        deed = "give"
    data: dict[str, str | int | None] = {
        "claim": line.claim,
        "before": line.reviewed,
        "reason": reason,
    }
    told = Told(deed, entry.code, data, key)
    return Marked(*appraise.put(doing, sheet, entry, (value, reason, adjusts), told))


def finish(doing: Work, id_: int) -> Sheet:
    """The review of a sheet is finished: every line is marked and nothing is still to come."""
    sheet, move = sheets.begin(doing, id_, Deed.FINISH)
    if unmarked := _unmarked(sheet):
        raise Refused("lines-not-marked", lines=unmarked)
    found = sheet.score(Layer.REVIEWED)
    if waiting := [line.entry.code for line in found.lines if line.state is State.NOT_DUE]:
        raise Refused("lines-to-come", lines=waiting)
    columns = {"reviewed_at": doing.now}
    return sheets.keep(doing, sheet, Told("finish-review"), status=move.to, columns=columns)


def _unmarked(sheet: Sheet) -> list[str]:
    return [code for code in markable(sheet.form) if sheet.lines[code].reviewed is None]


def resume(doing: Work, id_: int, reason: str) -> Sheet:
    """A finished review is taken up again, before the unit has seen it."""
    sheet, move = sheets.begin(doing, id_, Deed.RESUME)
    return sheets.keep(
        doing,
        sheet,
        Told("resume-review", data={"reason": reason_of(reason)}),
        status=move.to,
        columns={"reviewed_at": None},
    )


def raise_flag(doing: Work, id_: int, code: str, document: str, day: date) -> Sheet:
    """A flag rests on a document; gates look at it."""
    sheet, _ = sheets.held(doing, id_, Task.REVIEW)
    require(can_flag(doing.actor, sheet.record.place), "flag")
    _demand_flaggable(sheet)
    if code not in sheet.form.set.flags:
        raise Refused("no-such-flag", text=code, choices=sorted(sheet.form.set.flags))
    if not document.strip():
        raise Refused("document-missing")
    if len(document.strip()) > MOST_DOCUMENT:
        raise Refused("document-too-long", most=MOST_DOCUMENT)
    demand_day_past(day, today(doing))
    record = FlagRecord(0, code, document.strip(), day, "", doing.now)
    marks.add_flag(doing.store, id_, record, account_of(doing))
    data: Mapping[str, str | int | None] = {
        "flag": code,
        "document": record.document,
        "day": day.isoformat(),
    }
    after = replace(sheet, flags=tuple(sorted({*sheet.flags, code})))
    return sheets.keep(doing, after, Told("raise-flag", data=data))


def withdraw_flag(doing: Work, id_: int, flag_id: int, because: str) -> Sheet:
    sheet, _ = sheets.held(doing, id_, Task.REVIEW)
    require(can_flag(doing.actor, sheet.record.place), "flag")
    _demand_flaggable(sheet)
    reason_of(because)
    if len(because.strip()) > MOST_BECAUSE:
        raise Refused("reason-too-long", most=MOST_BECAUSE)
    if not marks.withdraw_flag(doing.store, id_, flag_id, because.strip(), doing.now):
        raise NotFound("flag")
    after = replace(sheet, flags=tuple(marks.standing_flags(doing.store, id_)))
    return sheets.keep(
        doing, after, Told("withdraw-flag", data={"id": flag_id, "reason": because.strip()})
    )


def _demand_flaggable(sheet: Sheet) -> None:
    if sheet.record.status not in HANDED_IN:
        raise Refused("sheet-not-handed-in")
    if sheet.record.status is Status.CLOSED:
        raise Refused("sheet-closed")


def enter_official(doing: Work, id_: int, code: str, text: str, seen: Seen) -> Marked:
    """An official result on one sheet: part of the claim until hand-in, then beside it.

    What was handed in does not move; the result is nobody's mark, and what counts has it. After the
    release it is a correction like any other.
    """
    sheet, _ = sheets.held(doing, id_, Task.REVIEW)
    require(can_review(doing.actor, sheet.record.place), "enter-official")
    demand_enterable(doing, sheet, code, text)
    entry, line = _line(doing, sheet, code)
    seen = seen.saying(code, text)
    if line.version != seen.version:
        return _again(doing, sheet, line, seen)
    if entry.criterion.given_by is not GivenBy.SERVICE:
        raise Refused("not-an-official-line", line=code)
    value = read_value(entry, text, sheet.form.year) if text else None
    demand_past(value, today(doing))
    changed = entered(doing, sheet, entry, value)
    data: dict[str, str | int | None] = {
        "before": stands(line),
        "after": stands(changed),
        "points": str(points_now(changed)),
        "version": changed.version,
    }
    told, columns = Told("official", code, data, seen.key), unseen(sheet, changed)
    return Marked(sheets.keep_line(doing, sheet, changed, told, columns=columns), changed)
