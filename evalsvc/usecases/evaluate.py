"""Reviewers accept or adjust what units claim, give their own lines, raise flags, and finish."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from evalsvc.domain.access import can_close_review, can_flag, can_review, require
from evalsvc.domain.answers import UNANSWERED, NotApplicable, Proposed, Stated, Value
from evalsvc.domain.assessment import Stage
from evalsvc.domain.course import HANDED_IN, Status, demand_reviewable
from evalsvc.domain.criteria import GivenBy
from evalsvc.domain.errors import NotFound, Refused
from evalsvc.domain.forms import Entry
from evalsvc.domain.lines import Layer, State
from evalsvc.domain.readings import read_by_hand, read_value, write_mark, write_value
from evalsvc.domain.summary import claim_state, is_markable
from evalsvc.domain.windows import Task
from evalsvc.store import marks, sheet_lines
from evalsvc.store.marks import FlagRecord, MarkRecord
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import sheets
from evalsvc.usecases.assess import MOST_TYPED
from evalsvc.usecases.sheets import Seen, Sheet, Told
from evalsvc.usecases.work import Work

MOST_REASON, MOST_DOCUMENT, MOST_BECAUSE = 4_000, 500, 1_000


@dataclass(frozen=True, slots=True)
class Found:
    """What a reviewer states: a corrected answer, points by hand, or a refusal of "not applicable".

    Exactly one of the three; `refuses` leaves the line unanswered until the fact is stated.
    """

    text: str = ""
    by_hand: str = ""
    refuses: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    sheet: Sheet
    line: LineRecord


def accept(doing: Work, id_: int, code: str, seen: Seen) -> Marked:
    """The claim stands as it is, at the version that was shown."""
    sheet, seen = _held(doing, id_), seen.saying(code, "accept")
    entry, line = sheet.entry(code), sheet.lines[code]
    if line.version != seen.version:
        return _again(doing, sheet, line, seen)
    if entry.criterion.given_by is not GivenBy.UNIT:
        raise Refused("nothing-claimed", line=code)
    value = sheet.value(entry, line.claim)
    return _put(doing, sheet, entry, (value or UNANSWERED, ""), seen.key)


def adjust(doing: Work, id_: int, code: str, found: Found, reason: str, seen: Seen) -> Marked:
    """Another value than the claim, with a reason that the unit will read."""
    sheet, seen = _held(doing, id_), seen.saying(code, *_said(found), reason)
    entry, line = sheet.entry(code), sheet.lines[code]
    if line.version != seen.version:
        return _again(doing, sheet, line, seen)
    value = _value(sheet, entry, found)
    said = reason.strip()
    if len(said) > MOST_REASON:
        raise Refused("reason-too-long", most=MOST_REASON)
    if not said and _changes(sheet, entry, value):
        raise Refused("reason-missing", line=code)
    return _put(doing, sheet, entry, (value, said), seen.key)


def _said(found: Found) -> tuple[str, str, str]:
    return found.text, found.by_hand, "refuses" if found.refuses else ""


def _held(doing: Work, id_: int) -> Sheet:
    sheet, window = sheets.held(doing, id_, Task.REVIEW)
    require(can_review(doing.actor, sheet.record.place), "review")
    demand_reviewable(sheet.record.status, window, doing.now)
    return sheet


def _value(sheet: Sheet, entry: Entry, found: Found) -> Value:
    if not is_markable(entry):
        raise Refused("official-line", line=entry.code)
    if found.refuses:
        if not isinstance(sheet.value(entry, sheet.lines[entry.code].claim), NotApplicable):
            raise Refused("only-not-applicable-is-refused", line=entry.code)
        return UNANSWERED
    if found.by_hand:
        return _by_hand(sheet, entry, found.by_hand)
    if not found.text:
        raise Refused("nothing-stated", line=entry.code)
    return read_value(entry, found.text, sheet.form.year)


def _by_hand(sheet: Sheet, entry: Entry, text: str) -> Value:
    """Points that the unit itself proposes are its claim, with its grounds."""
    value = read_by_hand(entry, text, sheet.form.set.decimals)
    claim = sheet.value(entry, sheet.lines[entry.code].claim)
    if isinstance(claim, Stated) and isinstance(claim.answer, Proposed) and not claim.less:
        return claim if claim.answer.points == value.points else value
    return value


def _changes(sheet: Sheet, entry: Entry, value: Value) -> bool:
    """A line of the unit on which something else than its claim is put."""
    if entry.criterion.given_by is not GivenBy.UNIT:
        return False
    claim = sheet.lines[entry.code].claim
    return write_mark(value) != (claim or "")


def _again(doing: Work, sheet: Sheet, line: LineRecord, seen: Seen) -> Marked:
    sheets.answered_before(doing, sheet, line, seen)
    return Marked(sheet, line)


def _bounded(text: str) -> str:
    if len(text) > MOST_TYPED:
        raise Refused("answer-too-long", most=MOST_TYPED)
    return text


def _put(doing: Work, sheet: Sheet, entry: Entry, given: tuple[Value, str], key: str) -> Marked:
    value, reason = given
    if doing.actor.account is None:
        raise NotFound("account")
    line = sheet.lines[entry.code]
    adjusts = _changes(sheet, entry, value)
    points = sheet.points(entry, value, Layer.REVIEWED)
    text = _bounded(write_mark(value))
    changed = replace(line, reviewed=text, reviewed_points=points, version=line.version + 1)
    mark = MarkRecord(
        entry.code, Stage.REVIEW, doing.actor.account, text, points, adjusts, reason, doing.now
    )
    sheet_lines.put(doing.store, sheet.record.id, changed, seen=line.version)
    marks.put(doing.store, sheet.record.id, mark)
    data: dict[str, str | int | None] = {
        "claim": line.claim,
        "before": line.reviewed,
        "after": text,
        "points": str(points),
        "reason": reason,
        "version": changed.version,
    }
    deed = "adjust" if adjusts else "accept"
    if entry.criterion.given_by is GivenBy.REVIEWER:
        deed = "give"
    after = sheets.keep(doing, sheet.with_line(changed), Told(deed, entry.code, data, key))
    return Marked(after, changed)


def finish(doing: Work, id_: int) -> Sheet:
    """The review of a sheet is finished: every line is marked and nothing is still to come."""
    sheet, window = sheets.held(doing, id_, Task.REVIEW)
    require(can_close_review(doing.actor, sheet.record.place), "finish-review")
    demand_reviewable(sheet.record.status, window, doing.now)
    if unmarked := _unmarked(sheet):
        raise Refused("lines-not-marked", lines=unmarked)
    found = sheet.score(Layer.REVIEWED)
    if waiting := [line.entry.code for line in found.lines if line.state is State.NOT_DUE]:
        raise Refused("lines-to-come", lines=waiting)
    return sheets.keep(
        doing,
        sheet,
        Told("finish-review"),
        status=Status.REVIEWED,
        columns={"reviewed_at": doing.now},
    )


def _unmarked(sheet: Sheet) -> list[str]:
    return [
        entry.code
        for entry in sheet.form.entries()
        if is_markable(entry) and sheet.lines[entry.code].reviewed is None
    ]


def resume(doing: Work, id_: int, reason: str) -> Sheet:
    """A finished review is taken up again, before a leader has closed the sheet."""
    sheet, _ = sheets.held(doing, id_, Task.REVIEW)
    require(can_close_review(doing.actor, sheet.record.place), "resume-review")
    if sheet.record.status is not Status.REVIEWED:
        raise Refused("review-not-finished")
    if not reason.strip():
        raise Refused("reason-missing", line="")
    if len(reason.strip()) > MOST_REASON:
        raise Refused("reason-too-long", most=MOST_REASON)
    return sheets.keep(
        doing,
        sheet,
        Told("resume-review", data={"reason": reason.strip()}),
        status=Status.SUBMITTED,
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
    if doing.actor.account is None:
        raise NotFound("account")
    record = FlagRecord(0, code, document.strip(), day, "", doing.now)
    marks.add_flag(doing.store, id_, record, doing.actor.account)
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
    if not because.strip():
        raise Refused("reason-missing", line="")
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
    """An official result on one sheet: the same number for the unit's claim and for reviewers."""
    sheet, _ = sheets.held(doing, id_, Task.REVIEW)
    require(can_review(doing.actor, sheet.record.place), "enter-official")
    if sheet.record.status is Status.CLOSED:
        raise Refused("sheet-closed")
    entry, line = sheet.entry(code), sheet.lines[code]
    seen = seen.saying(code, text)
    if line.version != seen.version:
        return _again(doing, sheet, line, seen)
    if entry.criterion.given_by is not GivenBy.SERVICE:
        raise Refused("not-an-official-line", line=code)
    value = read_value(entry, text, sheet.form.year) if text else None
    changed = replace(
        line,
        state=claim_state(entry, value).value,
        claim=None if value is None else _bounded(write_value(value)),
        claimed_points=sheet.points(entry, value, Layer.CLAIMED),
        version=line.version + 1,
        saved_at=doing.now,
        saved_by=doing.actor.account,
    )
    sheet_lines.put(doing.store, id_, changed, seen=line.version)
    data: dict[str, str | int | None] = {
        "before": line.claim,
        "after": changed.claim,
        "points": str(changed.claimed_points),
        "version": changed.version,
    }
    after = sheets.keep(doing, sheet.with_line(changed), Told("official", code, data, seen.key))
    return Marked(after, changed)
