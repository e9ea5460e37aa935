"""The minutes of a joint session with everything that they print: lines, marks, reasons, ends."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from evalsvc.domain.dates import read_moment
from evalsvc.domain.deeds import Deed, may
from evalsvc.domain.errors import NotFound
from evalsvc.domain.forms import Entry
from evalsvc.domain.summary import is_claimable
from evalsvc.store import explanations
from evalsvc.store.joint_sessions import JointSession
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import decide, explain, sheets, unhidden
from evalsvc.usecases.own_explanations import stands
from evalsvc.usecases.reasons import account_of
from evalsvc.usecases.sheets import Sheet
from evalsvc.usecases.work import Work


@dataclass(frozen=True, slots=True)
class Discussed:
    """One line as the minutes print it; `given`: by others, so that the unit claims nothing."""

    code: str
    name: str
    claimed: Decimal | None
    reviewed: Decimal | None
    final: Decimal | None
    reasons: tuple[str, ...]
    replies: tuple[str, ...]
    given: bool


@dataclass(frozen=True, slots=True)
class Minutes:
    """`session` is None until somebody has written when and where it was.

    `lines` are as they are now, `kept` as they were when the minutes were saved.
    """

    sheet: Sheet
    session: JointSession | None
    lines: Sequence[Discussed]
    kept: Sequence[Discussed]


def minutes(doing: Work, id_: int) -> Minutes:
    """For the lead evaluator; there are none before the unit has seen its review."""
    sheet = sheets.seen(doing, id_)
    if not may(doing.actor, sheet.record.place, Deed.CORRECT):
        raise NotFound("assessment")
    session = decide.session_of(doing, id_)
    lines = _discussed(doing, sheet)
    kept = _read(session.lines) if session and session.lines else lines
    return Minutes(sheet, session, lines, kept)


def _discussed(doing: Work, sheet: Sheet) -> tuple[Discussed, ...]:
    """Lines that were contested, also those raised to their claim since, and all that differ."""
    marks = unhidden.marks_of(doing, sheet)
    said = [
        each for each in explanations.of_assessment(doing.store, sheet.record.id) if stands(each)
    ]
    contested = {each.line for each in said}
    return tuple(
        _line(
            entry,
            sheet.lines[entry.code],
            [each.reason for each in marks if each.line == entry.code and each.reason],
            [each.text for each in said if each.line == entry.code],
        )
        for entry in sheet.form.entries()
        if entry.code in contested or explain.is_changed(sheet, entry)
    )


def _line(
    entry: Entry, line: LineRecord, reasons: Sequence[str], replies: Sequence[str]
) -> Discussed:
    return Discussed(
        entry.code,
        entry.criterion.name,
        line.claimed_points if line.claim else None,
        line.reviewed_points,
        line.final_points,
        tuple(reasons),
        tuple(replies),
        not is_claimable(entry) and not replies,
    )


def write(doing: Work, id_: int, held: str, texts: tuple[str, str, str]) -> None:
    """Place, people and remarks as they were typed, with the hour as clocks show it."""
    lines = _written(_discussed(doing, sheets.seen(doing, id_)))
    record = JointSession(read_moment(held), *texts, account_of(doing), doing.now, lines)
    decide.put_session(doing, id_, record)


def _written(lines: Sequence[Discussed]) -> str:
    return json.dumps([asdict(each) for each in lines], ensure_ascii=False, default=str)


def _read(text: str) -> tuple[Discussed, ...]:
    return tuple(
        Discussed(
            each["code"],
            each["name"],
            _points(each["claimed"]),
            _points(each["reviewed"]),
            _points(each["final"]),
            tuple(each["reasons"]),
            tuple(each["replies"]),
            each["given"],
        )
        for each in json.loads(text)
    )


def _points(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
