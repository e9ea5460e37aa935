"""Lines of a batch by their names, for the page that says what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from evalsvc.domain.criteria import Need
from evalsvc.usecases import sheets
from evalsvc.usecases.bulk import Pick
from evalsvc.usecases.sheets import Sheet
from evalsvc.usecases.work import Work


@dataclass(frozen=True, slots=True)
class Named:
    """One line of one unit with the points that its unit claims; `undocumented`: no document
    where the table asks for one."""

    pick: Pick
    unit: str
    name: str
    points: Decimal
    decimals: int
    undocumented: bool = False


def named(doing: Work, picks: Sequence[Pick]) -> list[Named]:
    """In the order of the picks; a sheet is looked at once."""
    known: dict[int, Sheet] = {}
    found = []
    for pick in picks:
        if pick.id not in known:
            known[pick.id] = sheets.seen(doing, pick.id)
        sheet = known[pick.id]
        entry = sheet.entry(pick.line)
        line = sheet.lines[pick.line]
        unit, name = sheet.record.unit_name, entry.criterion.name
        wants = entry.criterion.evidence.need is not Need.NONE
        bare = wants and not line.evidence and bool(line.claim)
        decimals = sheet.form.set.decimals
        found.append(Named(pick, unit, name, line.claimed_points, decimals, bare))
    return found
