"""After the release: the unit sees what it was given, agrees or contests, and is answered."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from evalsvc.domain import line_course
from evalsvc.domain.access import Role, can_prepare
from evalsvc.domain.answers import UNANSWERED, Value
from evalsvc.domain.assessment import Stage
from evalsvc.domain.course import RELEASED
from evalsvc.domain.deeds import Deed
from evalsvc.domain.errors import Forbidden, Refused
from evalsvc.domain.explanations import (
    Settled,
    demand_contestable,
    demand_in_time,
    demand_not_below,
    differs,
    ends,
    heard_until,
)
from evalsvc.domain.forms import Entry
from evalsvc.domain.line_course import LineDeed, Step
from evalsvc.domain.readings import demand_past, write_mark
from evalsvc.domain.windows import Task
from evalsvc.store import assessments, assignments, explanations, marks, sheet_lines
from evalsvc.store.explanations import Reply
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import sheets
from evalsvc.usecases.assess import bounded, today
from evalsvc.usecases.finals import corrected, points_of, put_mark, unseen
from evalsvc.usecases.found import Found, value_of
from evalsvc.usecases.reasons import account_of, bounded_reason, reason_of
from evalsvc.usecases.sheets import Seen, Sheet, Told
from evalsvc.usecases.work import Work

# Release


def release(doing: Work, id_: int) -> Sheet:
    """The unit sees its review from now on, and may contest it until an hour that is told."""
    sheet, move = sheets.begin(doing, id_, Deed.RELEASE)
    until = ends(sheet.round.hearing, doing.now, _round_ends(doing, sheet))
    changed = [
        replace(line, step=line_course.after(line.step, LineDeed.RELEASE, line.code))
        for line in sheet.lines.values()
    ]
    sheet_lines.put_all(doing.store, id_, changed)
    data: dict[str, str | int | None] = {"until": until.isoformat(timespec="minutes")}
    return sheets.keep(
        doing,
        sheet.with_line(*changed),
        Told("release", data=data),
        status=move.to,
        columns={"released_at": doing.now, "explain_until": until},
    )


def _round_ends(doing: Work, sheet: Sheet) -> datetime | None:
    if Task.EXPLAIN not in sheet.round.windows:
        return None
    return assessments.window_of(doing.store, sheet.record, Task.EXPLAIN).locks


def opened(doing: Work, id_: int) -> bool:
    """The head has seen the release: silence counts from then on. Whether it was the first time."""
    sheet, _ = sheets.held(doing, id_, Task.ASSESS)
    record = sheet.record
    is_head = doing.actor.holds({Role.HEAD}, record.place)
    if record.status not in RELEASED or record.opened_at is not None or not is_head:
        return False
    columns = {"opened_at": doing.now, "opened_by": doing.actor.account}
    sheets.keep(doing, sheet, Told("open-release"), columns=columns)
    return True


def until(sheet: Sheet, line: LineRecord) -> datetime:
    """The last hour in which the unit may say something to a line."""
    found = line.explain_until or sheet.record.explain_until
    if found is None:
        raise Refused("sheet-not-released")
    return found


# The unit


def draft(doing: Work, id_: int, code: str, text: str, wanted: str = "") -> Sheet:
    """What editors prepare and the head sends; nobody outside the unit sees it."""
    sheet, _ = sheets.begin(doing, id_, Deed.REPLY)
    entry = sheet.entry(code)
    line, turn = sheet.lines[code], sheet.lines[code].turn + 1
    demand_open(doing, sheet, line)
    said = bounded_reason(text)
    value = _wanted(sheet, entry, wanted)
    record = Reply(code, turn, said, value, account_of(doing), doing.now)
    explanations.put(doing.store, id_, record)
    return sheet


def contest(doing: Work, id_: int, code: str, text: str, seen: Seen, wanted: str = "") -> Sheet:
    """The head says on behalf of the unit why the value is not right."""
    sheet, _ = sheets.begin(doing, id_, Deed.CONTEST)
    entry, line = sheet.entry(code), sheet.lines[code]
    seen = seen.saying(code, "contest", text, wanted)
    if sheets.is_repeated(doing, sheet, line, seen):
        return sheet
    step = line_course.after(line.step, LineDeed.CONTEST, code)
    demand_open(doing, sheet, line)
    said, turn = reason_of(text, code), line.turn + 1
    record = Reply(
        code, turn, said, _wanted(sheet, entry, wanted), account_of(doing), doing.now, doing.now
    )
    explanations.put(doing.store, id_, record)
    changed = replace(line, step=step, turn=turn, version=line.version + 1)
    data: dict[str, str | int | None] = {
        "text": said,
        "wanted": record.wanted,
        "turn": turn,
        "version": changed.version,
    }
    return sheets.keep_line(doing, sheet, changed, Told("contest", code, data, seen.key))


def demand_open(doing: Work, sheet: Sheet, line: LineRecord) -> None:
    """The line is with the unit, which has a turn left and is in time."""
    hours = doing.now, until(sheet, line)
    made = line.turn - line.heard
    demand_contestable(line.step, made, sheet.round.hearing, hours, line.code)


def turns_left(sheet: Sheet, line: LineRecord) -> int:
    """How often the unit may still contest a line; what it did before a lowering is not counted."""
    return sheet.round.hearing.turns - (line.turn - line.heard)


def _wanted(sheet: Sheet, entry: Entry, text: str) -> str:
    return bounded(write_mark(value_of(sheet, entry, Found(text)))) if text else ""


def agree(doing: Work, id_: int, code: str, seen: Seen) -> Sheet:
    """The unit takes what it was given, which ends its word on this line."""
    return _said(doing, id_, code, seen, LineDeed.AGREE)


def withdraw(doing: Work, id_: int, code: str, seen: Seen) -> Sheet:
    """A contest that is not answered yet is taken back."""
    return _said(doing, id_, code, seen, LineDeed.WITHDRAW)


def _said(doing: Work, id_: int, code: str, seen: Seen, deed: LineDeed) -> Sheet:
    sheet, _ = sheets.begin(doing, id_, Deed.CONTEST)
    sheet.entry(code)
    line, seen = sheet.lines[code], seen.saying(code, deed.value)
    if sheets.is_repeated(doing, sheet, line, seen):
        return sheet
    step = line_course.after(line.step, deed, code)
    changed = replace(line, step=step, settled=Settled.OPEN, version=line.version + 1)
    if deed is LineDeed.WITHDRAW:
        for reply in explanations.of_assessment(doing.store, id_):
            if reply.line == code and reply.turn == line.turn:
                explanations.put(doing.store, id_, replace(reply, withdrawn_at=doing.now))
    else:
        demand_in_time(line.step, doing.now, until(sheet, line))
    data: dict[str, str | int | None] = {"version": changed.version}
    name = "agree-line" if deed is LineDeed.AGREE else "withdraw-contest"
    return sheets.keep_line(doing, sheet, changed, Told(name, code, data, seen.key))


# The answer


def rule(doing: Work, id_: int, code: str, found: Found | None, reason: str, seen: Seen) -> Sheet:
    """The answer to a contest, by somebody who gave no mark on the line; None keeps the value."""
    sheet, _ = sheets.begin(doing, id_, Deed.RULE)
    entry, line = sheet.entry(code), sheet.lines[code]
    seen = seen.saying(code, "rule", repr(found), reason)
    if sheets.is_repeated(doing, sheet, line, seen):
        return sheet
    demand_outside(doing, sheet, code)
    step = line_course.after(line.step, LineDeed.RULE, code)
    value = _ruled(doing, sheet, entry, found)
    if found is not None and _stands(sheet, entry, value):
        raise Refused("answer-changes-nothing", line=code)
    before, points = points_of(sheet, entry, None), points_of(sheet, entry, value)
    demand_not_below(points, before, code)
    said = reason_of(reason, code)
    stage = Stage.EXPLAINED if line.turn <= 1 else Stage.EXPLAINED_AGAIN
    hearing, told_until = sheet.round.hearing, until(sheet, line)
    again = turns_left(sheet, line) > 0
    changed = replace(
        line,
        step=step,
        settled=Settled.OPEN,
        final=bounded(write_mark(value)),
        final_points=points,
        explain_until=heard_until(hearing, doing.now, told_until) if again else told_until,
        version=line.version + 1,
    )
    put_mark(doing, sheet, changed, stage, said)
    told = Told("rule", code, _data(line, changed, said), seen.key)
    return sheets.keep_line(doing, sheet, changed, told)


def demand_outside(doing: Work, sheet: Sheet, code: str) -> None:
    """The lead, or who is named for the line; nobody answers for a mark that was their own."""
    bench = assignments.bench(doing.store, sheet.record.round_id)
    named = {each.account for each in bench.answers(sheet.record.place, code)}
    if doing.actor.account not in named:
        raise Forbidden("rule-line")
    if doing.actor.account in marks.authors(doing.store, sheet.record.id, code):
        raise Forbidden("rule-own-mark")


def _ruled(doing: Work, sheet: Sheet, entry: Entry, found: Found | None) -> Value:
    if found is None:
        return sheet.mark(entry, sheet.counts(entry)) or UNANSWERED
    value = value_of(sheet, entry, found)
    demand_past(value, today(doing))
    return value


def _stands(sheet: Sheet, entry: Entry, value: Value) -> bool:
    """Whether it is what counts already."""
    return write_mark(value) == (sheet.counts(entry) or "")


def correct(doing: Work, id_: int, code: str, found: Found, reason: str, seen: Seen) -> Sheet:
    """The lead puts a released line right; whoever gets less is heard once more."""
    sheet, _ = sheets.begin(doing, id_, Deed.CORRECT)
    entry, line = sheet.entry(code), sheet.lines[code]
    seen = seen.saying(code, "correct", repr(found), reason)
    if sheets.is_repeated(doing, sheet, line, seen):
        return sheet
    value, said = _ruled(doing, sheet, entry, found), reason_of(reason, code)
    if _stands(sheet, entry, value):
        raise Refused("correction-changes-nothing", line=code)
    changed = corrected(doing, sheet, entry, (value, said), until(sheet, line))
    told = Told("correct", code, _data(line, changed, said), seen.key)
    return sheets.keep_line(doing, sheet, changed, told, columns=unseen(sheet, changed))


def _data(before: LineRecord, after: LineRecord, reason: str) -> dict[str, str | int | None]:
    return {
        "claim": before.claim,
        "reviewed": before.reviewed,
        "before": before.final,
        "after": after.final,
        "points": str(after.final_points),
        "reason": reason,
        "version": after.version,
    }


# Looking


def changed_lines(sheet: Sheet) -> Iterable[Entry]:
    """Lines on which the unit was given something else than it claimed, or that reviewers gave."""
    for entry in sheet.form.entries():
        step = sheet.lines[entry.code].step
        if is_changed(sheet, entry) or step in (Step.CONTESTED, Step.RULED):
            yield entry


def is_changed(sheet: Sheet, entry: Entry) -> bool:
    """A line that was left empty and accepted as such is as it was claimed."""
    line = sheet.lines[entry.code]
    points = line.reviewed_points if line.final is None else line.final_points
    return differs(line.claim or "", sheet.counts(entry) or "", points)


def replies(doing: Work, sheet: Sheet) -> dict[str, list[Reply]]:
    """What the unit has said, by line; drafts only to the unit itself."""
    own = can_prepare(doing.actor, sheet.record.place)
    found: dict[str, list[Reply]] = {}
    for reply in explanations.of_assessment(doing.store, sheet.record.id):
        if own or reply.sent_at is not None:
            found.setdefault(reply.line, []).append(reply)
    return found
