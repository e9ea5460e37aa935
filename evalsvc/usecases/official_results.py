"""Official results of one line, entered for all units from one list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evalsvc.domain.answers import Official, Stated
from evalsvc.domain.course import Status
from evalsvc.domain.criteria import CriteriaSet, Criterion, GivenBy
from evalsvc.domain.errors import DomainError, NotFound, Refused, Stale
from evalsvc.domain.forms import Entry
from evalsvc.domain.history import Entry as Deed
from evalsvc.domain.scales import Children, OneChild, Survey
from evalsvc.store import journal, queues
from evalsvc.store.queues import Of, Wanted
from evalsvc.store.rounds import RoundRecord
from evalsvc.usecases import evaluate
from evalsvc.usecases.review import PAGE, first_of, pages, round_of, window_of
from evalsvc.usecases.review_across import row_of
from evalsvc.usecases.review_criteria import entry_in, given_of, which
from evalsvc.usecases.review_rows import Row
from evalsvc.usecases.sheets import Seen
from evalsvc.usecases.work import Work

Bands = Mapping[str, str]
"""Names by code of the bands of a set below, best first."""


@dataclass(frozen=True, slots=True)
class AskedResults:
    """Which line; `set` where several sets have a line of this code."""

    code: str
    set: str = ""
    block: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Results:
    """A page of all units whose sheets have this line, handed in or not."""

    round: RoundRecord
    asked: AskedResults
    criteria: CriteriaSet
    criterion: Criterion
    entry: Entry
    rows: tuple[Row, ...]
    total: int
    given: int
    bands: Bands

    @property
    def pages(self) -> int:
        return pages(self.total)

    @property
    def is_survey(self) -> bool:
        return isinstance(self.entry.scale, Survey)

    @property
    def latest(self) -> Official | None:
        """The document of a result that is there, to be offered for the others."""
        for row in self.rows:
            if isinstance(row.official, Stated) and isinstance(row.official.answer, Official):
                return row.official.answer
        return None


def results(doing: Work, code: str, asked: AskedResults) -> Results:
    found, _ = round_of(doing, code)
    if asked.block and asked.block not in {each.code for each in found.blocks}:
        raise NotFound("block")
    shas, criteria, criterion = which(doing, found, asked.code, asked.set)
    if criterion.given_by is not GivenBy.SERVICE:
        raise NotFound("line")
    of, wanted = Of(asked.code, shas), Wanted(found.id, asked.block, "", tuple(Status))
    tally = queues.tally(doing.store, doing.actor, wanted, of)
    total = sum(number for *_, number in tally)
    page = first_of(asked.page, total), PAGE
    across = queues.across(doing.store, doing.actor, wanted, of, page)
    window = window_of(doing, found)
    rows = tuple(row_of(doing, found, window, each) for each in across)
    entry = rows[0].entry if rows else entry_in(doing, found, shas[0], asked.code)
    given = given_of(tally)
    bands = bands_below(doing, found, entry)
    return Results(found, asked, criteria, criterion, entry, rows, total, given, bands)


def bands_below(doing: Work, of: RoundRecord, entry: Entry) -> Bands:
    """The bands of the set whose results count here; empty where the line counts none."""
    scale = entry.scale
    if not isinstance(scale, Children | OneChild):
        return {}
    for sha in of.sets.values():
        criteria = doing.shelf.set_of(doing.store, sha)
        kind = criteria.kind(scale.of.kind)
        if criteria.code == scale.of.set and kind is not None:
            return {band.code: band.name for band in criteria.ladders[kind.column]}
    return {}


def names_in(doing: Work, of: RoundRecord) -> Mapping[str, str]:
    """Names by code of kinds and bands of all sets of a round, for lines that speak of others."""
    found: dict[str, str] = {}
    for sha in of.sets.values():
        criteria = doing.shelf.set_of(doing.store, sha)
        found |= {kind.code: kind.name for kind in criteria.kinds}
        found |= {band.code: band.name for ladder in criteria.ladders.values() for band in ladder}
    return found


@dataclass(frozen=True, slots=True)
class Given:
    """What was typed for one unit: the text of the answer, or what is wrong with it."""

    id: int
    text: str
    seen: int


@dataclass(frozen=True, slots=True)
class Entered:
    """Sheets on which a result was put, and what was wrong on the others."""

    saved: tuple[int, ...]
    faults: Mapping[int, DomainError]


def enter_all(doing: Work, code: str, line: str, given: Sequence[Given], document: str) -> Entered:
    """Put what can be read; the rest stays as it was. Sheets are locked in the order of ids."""
    found, _ = round_of(doing, code)
    saved: list[int] = []
    faults: dict[int, DomainError] = {}
    for each in sorted(given, key=lambda one: one.id):
        try:
            evaluate.enter_official(doing, each.id, line, each.text, Seen(each.seen))
        except (Refused, Stale) as fault:
            faults[each.id] = fault
        else:
            saved.append(each.id)
    if saved:
        data: dict[str, str | int | None] = {"document": document, "sheets": len(saved)}
        entry = Deed("official-results", doing.now, doing.actor.account, line, data)
        journal.note(doing.store, f"round:{found.code}", entry)
    return Entered(tuple(saved), faults)
