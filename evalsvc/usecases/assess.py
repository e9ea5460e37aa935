"""A unit assesses itself: answers line by line, and hands in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from evalsvc.domain.access import can_prepare, can_submit, require
from evalsvc.domain.course import Status, demand_answerable
from evalsvc.domain.errors import Refused
from evalsvc.domain.forms import Entry
from evalsvc.domain.history import written
from evalsvc.domain.lines import Layer
from evalsvc.domain.readings import read_value, write_value
from evalsvc.domain.summary import Gap, claim_state, gaps, is_claimable
from evalsvc.domain.windows import Hour, Task, Window
from evalsvc.store import sheet_lines
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import sheets
from evalsvc.usecases.sheets import Seen, Sheet, Told
from evalsvc.usecases.work import Work

MOST_NOTE, MOST_TYPED = 4_000, 8_000


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
    demand_answerable(sheet.record.status, window, doing.now)
    if not is_claimable(entry):
        raise Refused("line-not-yours", line=code)
    changed, fault = _answered(doing, sheet, entry, typed)
    sheet_lines.put(doing.store, id_, changed, seen=line.version)
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
    after = sheets.keep(doing, sheet.with_line(changed), Told("answer", code, data, seen.key))
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
            value = read_value(entry, typed.text, sheet.form.year)
        except Refused as refused:
            fault = refused
    claim = None if value is None else write_value(value)
    if len(claim or "") > MOST_TYPED:
        raise Refused("answer-too-long", most=MOST_TYPED)
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


def gaps_of(sheet: Sheet) -> Sequence[Gap]:
    return gaps(sheet.form, sheet.kept())


def submit(doing: Work, id_: int, confirmed: Iterable[str]) -> Sheet:
    """Hand in. `confirmed` are the lines that were shown as missing and explicitly accepted."""
    sheet, window = sheets.held(doing, id_, Task.ASSESS)
    require(can_submit(doing.actor, sheet.record.place), "submit")
    demand_answerable(sheet.record.status, window, doing.now)
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
        status=Status.SUBMITTED,
        columns={
            "submitted_at": doing.now,
            "submitted_by": doing.actor.account,
            "late": late,
        },
    )
