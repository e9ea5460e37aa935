"""Sheets as they stand before anybody wrote on them: made and put in when a round opens."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evalsvc.catalog.round_openings import RoundOpening
from evalsvc.domain.course import Status
from evalsvc.domain.criteria import ENGINE
from evalsvc.domain.errors import Refused
from evalsvc.domain.forms import Entry, Form, form
from evalsvc.domain.lines import Layer
from evalsvc.domain.names import search_key, sort_key
from evalsvc.domain.summary import Kept, claim_state, progress_of, totals_of
from evalsvc.store import openings, summaries
from evalsvc.store.openings import Opening
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.store.units import UnitRecord
from evalsvc.usecases.work import Work

AT_ONCE = 500
"""Sheets that are put in at once, so that a round of a whole country fits into memory."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A sheet as it stands before anybody wrote on it: alike for units of one kind and tags."""

    sha256: str
    lines: Sequence[LineRecord]
    summary: Mapping[str, object]


Sort = tuple[str, frozenset[str]]


def sort_of(unit: UnitRecord) -> Sort:
    return unit.kind, frozenset(unit.tags)


def blanks(opening: RoundOpening, taken: Iterable[UnitRecord]) -> dict[Sort, Blank]:
    """One for each kind and tags; raises Refused naming every unit that no sheet can be made of."""
    made: dict[Sort, Blank] = {}
    strange: list[str] = []
    for unit in taken:
        sort = sort_of(unit)
        try:
            if sort not in made:
                made[sort] = _blank(_form(opening, sort))
        except Refused as refused:
            about = refused.facts.get("tag") or refused.message
            strange.append(f"{unit.code} ({about})")
    if strange:
        raise Refused("units-without-sheet", number=len(strange), units=strange)
    return made


def _form(opening: RoundOpening, sort: Sort) -> Form:
    kind, tags = sort
    criteria, dates = opening.sets[kind], opening.dates
    made = form(criteria, kind, tags, year=opening.year, half=opening.half, dates=dates)
    if not made.sections:
        raise Refused("set-not-valid-in-year", year=opening.year, set=made.set.code)
    return made


def _blank(made: Form) -> Blank:
    kept = [Kept(e.code, None, faulty=False, reviewed=None) for e in made.entries()]
    totals = {Layer.CLAIMED: totals_of(made, kept, Layer.CLAIMED, ())}
    summary = summaries.of(totals, progress_of(made.entries(), kept), Status.OPEN)
    lines = [_blank_line(entry) for entry in made.entries()]
    return Blank(made.set.sha256, lines, summary)


def _blank_line(entry: Entry) -> LineRecord:
    return LineRecord(entry.code, claim_state(entry, None).value, most=entry.most)


def put(doing: Work, id_: int, taken: Mapping[int, UnitRecord], made: Mapping[Sort, Blank]) -> None:
    """In parts: all the lines of a large round at once would not fit into memory."""
    waiting = []
    for unit_id, unit in taken.items():
        blank = made[sort_of(unit)]
        waiting.append((_opening(unit_id, unit, blank.sha256), blank.summary, blank.lines))
        if len(waiting) == AT_ONCE:
            openings.add_all(doing.store, id_, waiting, doing.now)
            waiting = []
    openings.add_all(doing.store, id_, waiting, doing.now)


def _opening(unit_id: int, unit: UnitRecord, sha256: str) -> Opening:
    return Opening(
        unit_id,
        unit.code,
        unit.name,
        sort_key(unit.name),
        search_key(f"{unit.name} {unit.code}"),
        unit.place,
        unit.kind,
        unit.block,
        frozenset(unit.tags),
        sha256,
        ENGINE,
        unit.exempt,
    )
