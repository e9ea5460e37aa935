"""What happened on a sheet or in a round, newest first, to those who may read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evalsvc.domain.access import can_read_marks, sees_claims, sees_line
from evalsvc.domain.deeds import OF_WHOLE_ROUND, tells_unit
from evalsvc.domain.errors import NotFound
from evalsvc.domain.evidence import DEEDS
from evalsvc.domain.history import Entry
from evalsvc.domain.summary import is_markable
from evalsvc.store import assignments, history_pages, journal
from evalsvc.store.journal import Told
from evalsvc.store.rounds import RoundRecord
from evalsvc.usecases import appraise, rank_scope, sheets, unhidden
from evalsvc.usecases.sheets import Sheet
from evalsvc.usecases.work import Work

PAGE = 200


@dataclass(frozen=True, slots=True)
class History:
    """One page of entries."""

    entries: Sequence[Told]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, slots=True)
class OfSheet:
    sheet: Sheet
    history: History


@dataclass(frozen=True, slots=True)
class OfRound:
    """With names of units by id, as assignments keep them."""

    round: RoundRecord
    history: History
    units: Mapping[int, str]


def of_sheet(doing: Work, id_: int, page: int) -> OfSheet:
    """Of every line in scope; a unit reads of reviewers' deeds once its sheet is released."""
    sheet = sheets.seen(doing, id_)
    hearing, name = appraise.hearing(doing, sheet), journal.assessment(id_)
    found = [
        number
        for number, entry in history_pages.outline(doing.store, name, DEEDS)
        if _is_told(doing, sheet, entry) and unhidden.shows(doing, sheet, hearing, entry)
    ]
    return OfSheet(sheet, _page(doing, name, found, page))


def _is_told(doing: Work, sheet: Sheet, entry: Entry) -> bool:
    place, status = sheet.record.place, sheet.record.status
    if not can_read_marks(doing.actor, place, status) and not tells_unit(entry.deed, status):
        return False
    if entry.line and not sees_line(doing.actor, place, entry.line):
        return False
    return sees_claims(doing.actor, place, status) or _is_official(sheet, entry.line)


def _is_official(sheet: Sheet, line: str) -> bool:
    """Not stated by the unit; of the sheet as a whole nothing is told before it is handed in."""
    return bool(line) and not is_markable(sheet.entry(line))


def of_round(doing: Work, code: str, page: int) -> OfRound:
    here = rank_scope.led(doing, code).round
    name = f"round:{here.code}"
    found = _of_round(doing, name)
    units = {each.place.unit: each.name for each in assignments.sheets_in(doing.store, here.id)}
    return OfRound(here, _page(doing, name, found, page), units)


def _of_round(doing: Work, name: str) -> Sequence[int]:
    """Who leads a part of the round reads its opening, and what they did themselves."""
    if rank_scope.sees_all(doing.actor):
        return range(1, history_pages.last(doing.store, name) + 1)
    me = doing.actor.account
    return [
        number
        for number, entry in history_pages.outline(doing.store, name)
        if entry.account == me or entry.deed in OF_WHOLE_ROUND
    ]


def _page(doing: Work, name: str, found: Sequence[int], page: int) -> History:
    """`found`: the numbers of all entries that are told, oldest first."""
    first = (page - 1) * PAGE
    if page < 1 or (first >= len(found) and page > 1):
        raise NotFound("page")
    numbers = found[::-1][first : first + PAGE]
    return History(history_pages.numbered(doing.store, name, numbers), len(found), page)
