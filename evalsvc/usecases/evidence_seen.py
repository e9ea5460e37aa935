"""Documents as people look at them: only on lines that are within their sight."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby, islice
from pathlib import Path

from evalsvc.domain.access import Actor, can_prepare, sees_line
from evalsvc.domain.course import Status
from evalsvc.domain.errors import NotFound, Refused
from evalsvc.domain.forms import Entry
from evalsvc.domain.names import search_key
from evalsvc.domain.windows import Window
from evalsvc.files.kinds import Kind
from evalsvc.files.pictures import Width
from evalsvc.store import documents, evidence_places
from evalsvc.store.documents import Document, Shown
from evalsvc.usecases import sheets
from evalsvc.usecases.depot import Depot
from evalsvc.usecases.evidence import Held, turn_of
from evalsvc.usecases.sheets import Sheet
from evalsvc.usecases.work import Work

MOST_LOOKED_AT, MOST_OFFERED = 2_000, 50

__all__ = ["NO_PAPERS", "Document", "Kind", "Papers", "Same", "Shown", "Width"]

Shelf = Mapping[str, Sequence[Shown]]
"""What is shown on the lines of a sheet, by code."""

Same = tuple[str, int, str]
"""Another unit with the same file: its name, its sheet, the line."""


def on_sheet(doing: Work, sheet: Sheet) -> Shelf:
    """What this person may see of it, oldest first."""
    found = documents.of_assessment(doing.store, sheet.record.id)
    seen = {
        code: [each for each in shown if _is_seen(doing.actor, sheet, code, each.turn)]
        for code, shown in found.items()
    }
    return {code: shown for code, shown in seen.items() if shown}


@dataclass(frozen=True, slots=True)
class Papers:
    """The documents of an own sheet, and on which lines something can be added now.

    `turns`: with what it would come: 0 with the claim, 1 and 2 with an explanation.
    """

    shown: Shelf = field(default_factory=dict)
    turns: Mapping[str, int] = field(default_factory=dict)


NO_PAPERS = Papers()


def of_own(doing: Work, sheet: Sheet, window: Window, entries: Iterable[Entry]) -> Papers:
    """Those of the whole sheet; whether something can be added, on the lines that are named."""
    turns = {}
    for entry in entries:
        if (line := sheet.lines.get(entry.code)) is None:
            continue
        with suppress(Refused):
            turns[entry.code] = turn_of(doing, Held(sheet, window, entry, line))
    return Papers(on_sheet(doing, sheet), turns)


def of_unit(doing: Work, sheet: Sheet, text: str = "") -> Sequence[Document]:
    """What the unit has shown in any year, newest first: to be shown again.

    Found without tone marks, which no database does alike.
    """
    if not can_prepare(doing.actor, sheet.record.place):
        raise NotFound("assessment")
    wanted = search_key(text)
    found = (
        each
        for each in documents.of_unit(doing.store, sheet.record.unit_id, MOST_LOOKED_AT)
        if wanted in search_key(f"{each.number} {each.title}")
    )
    return list(islice(found, MOST_OFFERED))


def same_files(doing: Work, sheet: Sheet, code: str) -> Mapping[str, Sequence[Same]]:
    """Files of this line that other units show too, on lines that this person reviews."""
    return documents.same_files(doing.store, doing.actor, (sheet.record.id, code))


def document(doing: Work, id_: int) -> Document:
    """Raises NotFound for what is not there and for what is not theirs alike."""
    found = documents.get(doing.store, doing.actor, id_)
    if found is None:
        raise NotFound("document")
    if found.unit_id in doing.actor.own_units():
        return found
    if not any(_places(doing, id_)):
        raise NotFound("document")
    return found


def places(doing: Work, found: Document) -> Sequence[tuple[Sheet, str]]:
    """Lines on which it is shown, as far as this person sees them, newest first."""
    return list(_places(doing, found.id))[::-1]


def file_of(depot: Depot, found: Document) -> tuple[Path, Kind]:
    """Where the file lies; NotFound for a document without one."""
    if found.sha256 is None:
        raise NotFound("file")
    path = depot.shelves.vault.path(found.sha256)
    if not path.is_file():
        raise NotFound("file")
    return path, Kind(found.kind)


def picture(depot: Depot, found: Document, page: int, width: Width) -> bytes:
    """One page as the server has drawn it; raises Refused where it cannot be drawn."""
    path, kind = file_of(depot, found)
    if not 1 <= page <= (found.pages or 0):
        raise NotFound("page")
    drawn = depot.shelves.pictures.of(path, found.sha256 or "", kind, page, width)
    if drawn is None:
        raise NotFound("page")
    return drawn


def _places(doing: Work, id_: int) -> Iterator[tuple[Sheet, str]]:
    found = evidence_places.places(doing.store, id_)
    for of, places in groupby(found, lambda each: each.assessment):
        with suppress(NotFound):
            sheet = sheets.seen(doing, of)
            for each in places:
                if _is_seen(doing.actor, sheet, each.line, each.turn):
                    yield sheet, each.line


def _is_seen(actor: Actor, sheet: Sheet, code: str, turn: int) -> bool:
    """The unit sees all of its own; others what was handed in, and explanations that were sent."""
    place = sheet.record.place
    if can_prepare(actor, place):
        return True
    is_sent = sheet.record.status is not Status.OPEN and turn <= sheet.lines[code].turn
    return is_sent and sees_line(actor, place, code)
