"""What is hidden for a time: marks that two people give apart, papers of an unsent explanation.

The one place that filters marks and journal entries; every page, file and history asks here.
"""

from collections.abc import Iterable, Sequence

from evalsvc.domain.access import can_prepare
from evalsvc.domain.evidence import DEEDS
from evalsvc.domain.history import Entry
from evalsvc.store import journal, marks
from evalsvc.store.journal import Told
from evalsvc.store.marks import MarkRecord
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import appraise
from evalsvc.usecases.appraise import Hearing
from evalsvc.usecases.sheets import Sheet
from evalsvc.usecases.work import Work

_MARKING = frozenset({"accept", "adjust", "give", "undo-accept"})


def marks_of(doing: Work, sheet: Sheet, hearing: Hearing | None = None) -> Sequence[MarkRecord]:
    """Oldest first, so that the last of a line is the one in force."""
    found = marks.of_assessment(doing.store, sheet.record.id)
    if not found:
        return found
    of = hearing or appraise.hearing(doing, sheet)
    return [each for each in found if _sees(doing, of, each.line, each.account)]


def told(doing: Work, sheet: Sheet, hearing: Hearing, found: Iterable[Told]) -> list[Told]:
    """Entries of a sheet's journal without those that are hidden from the one who asks."""
    return [each for each in found if shows(doing, sheet, hearing, each.entry)]


def shows(doing: Work, sheet: Sheet, hearing: Hearing, entry: Entry) -> bool:
    if entry.deed in _MARKING:
        return _sees(doing, hearing, entry.line, entry.account)
    if entry.deed in DEEDS:
        return _is_sent(sheet, entry) or can_prepare(doing.actor, sheet.record.place)
    return True


def _is_sent(sheet: Sheet, entry: Entry) -> bool:
    """A document is shown with the claim or with an explanation, which may not be sent yet."""
    turn = int((entry.data or {}).get("turn") or 0)
    return turn <= sheet.lines[entry.line].turn


def _sees(doing: Work, hearing: Hearing, line: str, account: int | None) -> bool:
    return not hearing.of(line).hidden or account == doing.actor.account


def has_moved(doing: Work, sheet: Sheet, line: LineRecord, version: int) -> bool:
    """Whether a line has changed since it was on the screen at that version.

    Marks of the other seat that the one who asks must not know of move nothing: saving the line is
    no conflict.
    """
    return line.version != version and not _is_unmoved(doing, sheet, line, version)


def _is_unmoved(doing: Work, sheet: Sheet, line: LineRecord, version: int) -> bool:
    hearing = appraise.hearing(doing, sheet)
    if version > line.version or not hearing.of(line.code).hidden:
        return False
    found = journal.of_stream(doing.store, journal.assessment(sheet.record.id), line.code)
    since = [each.entry for each in found if _version(each.entry) > version]
    unknown = sum(not shows(doing, sheet, hearing, each) for each in since)
    return unknown == len(since) == line.version - version


def _version(entry: Entry) -> int:
    return int((entry.data or {}).get("version") or 0)
