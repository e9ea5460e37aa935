"""Lines of a batch by their names, for the page that says what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from evalsvc.usecases import sheets
from evalsvc.usecases.bulk import Pick
from evalsvc.usecases.sheets import Sheet
from evalsvc.usecases.work import Work


@dataclass(frozen=True, slots=True)
class Named:
    """One line of one unit with the points that its unit claims."""

    pick: Pick
    unit: str
    name: str
    points: Decimal
    decimals: int


def named(doing: Work, picks: Sequence[Pick]) -> list[Named]:
    """In the order of the picks; a sheet is looked at once."""
    known: dict[int, Sheet] = {}
    found = []
    for pick in picks:
        if pick.id not in known:
            known[pick.id] = sheets.seen(doing, pick.id)
        sheet = known[pick.id]
        entry = sheet.entry(pick.line)
        points = sheet.lines[pick.line].claimed_points
        unit, name = sheet.record.unit_name, entry.criterion.name
        found.append(Named(pick, unit, name, points, sheet.form.set.decimals))
    return found
