"""A unit assesses itself: answers line by line, and hands in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from evalsvc.domain.access import can_prepare, require
from evalsvc.domain.course import Status
from evalsvc.domain.dates import ZONE
from evalsvc.domain.deeds import Deed, demand_hour, demand_role, move
from evalsvc.domain.errors import Refused
from evalsvc.domain.forms import Entry
from evalsvc.domain.history import written
from evalsvc.domain.line_course import demand_with_unit
from evalsvc.domain.lines import Layer
from evalsvc.domain.readings import NOT_DUE_MARK, demand_past, read_value, write_value
from evalsvc.domain.summary import Gap, claim_state, gaps, is_claimable
from evalsvc.domain.windows import Hour, Task, Window
from evalsvc.store import marks, sheet_lines
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import sheets
from evalsvc.usecases.sheets import Seen, Sheet, Told
from evalsvc.usecases.work import Work

MOST_NOTE, MOST_TYPED, MOST_NAME = 4_000, 8_000, 200


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed on a line: its text, or what is wrong with it, and the raw fields."""

    text: str
    raw: Mapping[str, list[str]] = field(default_factory=dict)
    note: str = ""
    fault: Refused | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """The sheet after saving. `fault`: what was typed is kept, but cannot be read yet."""

    sheet: Sheet
    window: Window
    line: LineRecord
    fault: Refused | None = None


Reads = Callable[[Sheet, Entry], Typed]
"""What was typed, once it is known on which line it stands."""


def save_answer(doing: Work, id_: int, code: str, typed: Typed, seen: Seen) -> Saved:
    """Save one line. Raises Stale where somebody saved it since the version `seen` was read.

    A repeated key is answered as the first: the client did not hear the answer.
    """
    return save_read(doing, id_, code, lambda _sheet, _entry: typed, seen)


def save_read(doing: Work, id_: int, code: str, read: Reads, seen: Seen) -> Saved:
    """The same for what can only be read when the line is at hand."""
    sheet, window = sheets.held(doing, id_, Task.ASSESS)
    require(can_prepare(doing.actor, sheet.record.place), "answer")
    entry = sheet.entry(code)
    line = sheet.lines[code]
    typed = read(sheet, entry)
    seen = seen.saying(code, typed.text, typed.note, written(dict(typed.raw)))
    if line.version != seen.version:
        return _again(doing, (sheet, window), line, seen)
    demand_writable(doing, sheet, line, window)
    if not is_claimable(entry):
        raise Refused("line-not-yours", line=code)
    changed, fault = _answered(doing, sheet, entry, typed)
    data: dict[str, str | int | None] = {
        "before": line.claim,
        "after": changed.claim,
        "points": str(changed.claimed_points),
        "version": changed.version,
    }
    if changed.note != line.note:
        data["note"] = changed.note
    if changed.draft is not None:
        data["typed"] = written(dict(changed.draft))
    after = sheets.keep_line(doing, sheet, changed, Told("answer", code, data, seen.key))
    return Saved(after, window, changed, fault)


def _again(doing: Work, held: tuple[Sheet, Window], line: LineRecord, seen: Seen) -> Saved:
    """Either the same save once more, or somebody else was first."""
    sheet, window = held
    first = sheets.answered_before(doing, sheet, line, seen)
    as_then = replace(
        line,
        version=int(first["version"] or 0),
        claim=None if first["after"] is None else str(first["after"]),
        claimed_points=Decimal(str(first["points"])),
    )
    return Saved(sheet, window, as_then)


def _answered(
    doing: Work, sheet: Sheet, entry: Entry, typed: Typed
) -> tuple[LineRecord, Refused | None]:
    """The line with what was typed; what cannot be read is kept as it was typed."""
    line = sheet.lines[entry.code]
    if len(typed.note) > MOST_NOTE:
        raise Refused("note-too-long", most=MOST_NOTE)
    fault, value = typed.fault, None
    if fault is None and typed.text:
        try:
            found = read_value(entry, typed.text, sheet.form.year)
            demand_past(found, today(doing))
            value = found
        except Refused as refused:
            fault = refused
    claim = None if value is None else bounded(write_value(value))
    changed = replace(
        line,
        state=claim_state(entry, value).value,
        claim=claim,
        claimed_points=sheet.points(entry, value, Layer.CLAIMED),
        note=typed.note,
        draft=typed.raw if fault else None,
        version=line.version + 1,
        saved_at=doing.now,
        saved_by=doing.actor.account,
    )
    return changed, fault


def demand_writable(doing: Work, sheet: Sheet, line: LineRecord, window: Window) -> None:
    """An open sheet in its window; later only a line that was returned, until its own hour."""
    if sheet.record.status is Status.SUBMITTED and line.returned_until is not None:
        demand_with_unit(line.step, line.returned_until, doing.now)
        return
    found = move(sheet.record.status, Deed.ANSWER)
    demand_hour(Deed.ANSWER, found.task, window, doing.now)


def put_in_charge(doing: Work, id_: int, code: str, name: str) -> Sheet:
    """Who in the unit answers for a line; it is printed beside it and moves no points."""
    sheet, _ = sheets.begin(doing, id_, Deed.ANSWER)
    sheet.entry(code)
    line, said = sheet.lines[code], " ".join(name.split())
    if len(said) > MOST_NAME:
        raise Refused("text-too-long", most=MOST_NAME)
    changed = replace(line, in_charge=said)
    told = Told("put-in-charge", code, {"before": line.in_charge, "after": said})
    return sheets.keep_line(doing, sheet, changed, told)


def recall(doing: Work, id_: int) -> Sheet:
    """The unit takes its sheet back to go on with it, until the first mark is saved."""
    sheet, to = sheets.begin(doing, id_, Deed.RECALL)
    if review_has_begun(doing, sheet):
        raise Refused("review-has-begun")
    columns = {"submitted_at": None, "submitted_by": None, "late": False}
    changed = [_claimed(sheet, line) for line in sheet.lines.values() if line.reviewed is not None]
    sheet_lines.put_all(doing.store, id_, changed)
    after = sheet.with_line(*changed)
    return sheets.keep(doing, after, Told("recall"), status=to.to, columns=columns)


def _claimed(sheet: Sheet, line: LineRecord) -> LineRecord:
    """An official result that came between a hand-in and its recall is part of the next claim."""
    entry = sheet.entry(line.code)
    text = None if line.reviewed == NOT_DUE_MARK else line.reviewed
    value = sheet.value(entry, text)
    return replace(
        line,
        state=claim_state(entry, value).value,
        claim=text,
        claimed_points=sheet.points(entry, value, Layer.CLAIMED),
        reviewed=None,
        reviewed_points=None,
        version=line.version + 1,
    )


def review_has_begun(doing: Work, sheet: Sheet) -> bool:
    """A mark is saved, also one that nobody else sees yet; or a line was returned."""
    back = any(line.returned_until is not None for line in sheet.lines.values())
    return back or marks.any_on(doing.store, sheet.record.id)


def bounded(text: str) -> str:
    """What is put on a line; raises Refused when the database would not keep it."""
    if len(text) > MOST_TYPED:
        raise Refused("answer-too-long", most=MOST_TYPED)
    return text


def today(doing: Work) -> date:
    """The day in Viet Nam."""
    return doing.now.astimezone(ZONE).date()


def gaps_of(sheet: Sheet) -> Sequence[Gap]:
    return gaps(sheet.form, sheet.kept())


def submit(doing: Work, id_: int, confirmed: Iterable[str]) -> Sheet:
    """Hand in. `confirmed` are the lines that were shown as missing and explicitly accepted."""
    sheet, window = sheets.held(doing, id_, Task.ASSESS)
    demand_role(doing.actor, sheet.record.place, Deed.SUBMIT)
    to = move(sheet.record.status, Deed.SUBMIT)
    demand_hour(Deed.SUBMIT, to.task, window, doing.now)
    open_ = gaps_of(sheet)
    if blocking := [gap.entry.code for gap in open_ if gap.blocks]:
        raise Refused("sheet-not-ready", lines=blocking)
    if {gap.entry.code for gap in open_} != set(confirmed):
        raise Refused("gaps-not-confirmed", lines=[gap.entry.code for gap in open_])
    late = window.at(doing.now) is Hour.LATE
    data: dict[str, str | int | None] = {
        "unanswered": len(open_),
        "late": int(late),
        "total": str(sheet.record.totals[Layer.CLAIMED].total),
    }
    return sheets.keep(
        doing,
        sheet,
        Told("submit", data=data),
        status=to.to,
        columns={
            "submitted_at": doing.now,
            "submitted_by": doing.actor.account,
            "late": late,
        },
    )
