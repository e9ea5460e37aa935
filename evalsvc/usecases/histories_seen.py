"""What happened on a sheet or in a round, newest first, to those who may read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evalsvc.domain.access import Actor, Place, can_read_marks, sees_line
from evalsvc.domain.deeds import tells_unit
from evalsvc.domain.errors import NotFound
from evalsvc.store import assignments, journal
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
    place, status = sheet.record.place, sheet.record.status
    hearing, name = appraise.hearing(doing, sheet), journal.assessment(id_)
    marks = can_read_marks(doing.actor, place, status)
    found = [
        told
        for told in unhidden.told(doing, hearing, journal.of_stream(doing.store, name))
        if (marks or tells_unit(told.entry.deed, status))
        and _in_scope(doing.actor, place, told.entry.line)
    ]
    return OfSheet(sheet, _page(found, page))


def _in_scope(actor: Actor, place: Place, line: str) -> bool:
    return not line or sees_line(actor, place, line)


def of_round(doing: Work, code: str, page: int) -> OfRound:
    here, _ = rank_scope.round_and_before(doing, code)
    found = journal.of_stream(doing.store, f"round:{here.code}")
    units = {each.place.unit: each.name for each in assignments.sheets_in(doing.store, here.id)}
    return OfRound(here, _page(found, page), units)


def _page(found: Sequence[Told], page: int) -> History:
    first = (page - 1) * PAGE
    if page < 1 or (first >= len(found) and page > 1):
        raise NotFound("page")
    newest = list(reversed(found))
    return History(newest[first : first + PAGE], len(found), page)
