"""What a unit is told of a released sheet as a whole: that it was reopened, and what fell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from evalsvc.domain.course import is_standing
from evalsvc.domain.history import Entry
from evalsvc.domain.lines import Layer
from evalsvc.store import history_pages, journal
from evalsvc.usecases.sheets import Sheet
from evalsvc.usecases.work import Work

CORRECTIONS = frozenset({"correct", "official"})
SAID = frozenset({"reopen", *CORRECTIONS})


@dataclass(frozen=True, slots=True)
class Fallen:
    """A line that was corrected and gives less since."""

    line: str
    before: Decimal
    points: Decimal
    at: datetime


@dataclass(frozen=True, slots=True)
class News:
    """`decision`: by which the sheet was reopened; empty where it was not, or is closed again."""

    decision: str = ""
    fallen: Sequence[Fallen] = ()


def of(doing: Work, sheet: Sheet) -> News:
    """Since the release, or since the sheet was closed the last time."""
    if not is_standing(sheet.record.status):
        return News()
    decision, fallen = "", dict[str, Fallen]()
    name = journal.assessment(sheet.record.id)
    for _, entry in history_pages.outline(doing.store, name, SAID):
        if entry.deed in ("release", "close"):
            decision = ""
            fallen.clear()
        elif entry.deed == "reopen":
            decision = str((entry.data or {}).get("decision") or "")
        elif entry.deed in CORRECTIONS:
            _put(fallen, entry, _fallen(sheet, entry))
    return News(decision, tuple(fallen.values()))


def _put(fallen: dict[str, Fallen], entry: Entry, found: Fallen | None) -> None:
    """Only the last correction of a line counts."""
    fallen.pop(entry.line, None)
    if found is not None:
        fallen[entry.line] = found


def _fallen(sheet: Sheet, entry: Entry) -> Fallen | None:
    data, of = entry.data or {}, sheet.entry(entry.line)
    if "points" not in data:
        return None  # blanked
    kept = (data.get(name) for name in ("before", "reviewed", "claim"))
    text = next((str(each) for each in kept if each is not None), None)
    before = sheet.points(of, sheet.mark(of, text), Layer.FINAL)
    points = Decimal(str(data["points"]))
    return Fallen(entry.line, before, points, entry.at) if points < before else None
