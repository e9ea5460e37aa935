"""The minutes of a joint session with everything that they print: lines, marks, reasons, ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from evalsvc.catalog.round_openings import read_moment
from evalsvc.domain.deeds import Deed, may
from evalsvc.domain.errors import NotFound
from evalsvc.domain.forms import Entry
from evalsvc.store import explanations
from evalsvc.store.explanations import Reply
from evalsvc.store.joint_sessions import JointSession
from evalsvc.store.marks import MarkRecord
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import decide, explain, sheets, unhidden
from evalsvc.usecases.sheets import Sheet
from evalsvc.usecases.work import Work


@dataclass(frozen=True, slots=True)
class Discussed:
    """One line on which review and unit were not of one mind from the start."""

    entry: Entry
    line: LineRecord
    marks: tuple[MarkRecord, ...]
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """`session` is None until somebody has written when and where it was."""

    sheet: Sheet
    session: JointSession | None
    lines: Sequence[Discussed]


def minutes(doing: Work, id_: int) -> Minutes:
    """For the lead evaluator; there are none before the unit has seen its review."""
    sheet = sheets.seen(doing, id_)
    if not may(doing.actor, sheet.record.place, Deed.CORRECT):
        raise NotFound("assessment")
    session = decide.session_of(doing, id_)
    given = unhidden.marks_of(doing, sheet)
    said = [each for each in explanations.of_assessment(doing.store, id_) if each.sent_at]
    lines = [
        Discussed(
            entry,
            sheet.lines[entry.code],
            tuple(each for each in given if each.line == entry.code),
            tuple(each for each in said if each.line == entry.code),
        )
        for entry in explain.changed_lines(sheet)
    ]
    return Minutes(sheet, session, lines)


def write(doing: Work, id_: int, held: str, texts: tuple[str, str, str]) -> None:
    """Place, people and remarks as they were typed, with the hour as clocks show it."""
    record = JointSession(read_moment(held), *texts, doing.actor.account or 0, doing.now)
    decide.put_session(doing, id_, record)
