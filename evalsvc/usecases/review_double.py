"""The lead's deeds on lines that two people mark: the agreed value, and going on without one."""

from evalsvc.domain.readings import demand_past
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import appraise, sheets
from evalsvc.usecases.assess import today
from evalsvc.usecases.found import Found, value_of
from evalsvc.usecases.sheets import Seen, Sheet
from evalsvc.usecases.work import Work


def agree(
    doing: Work, id_: int, code: str, found: Found, reason: str, seen: Seen
) -> tuple[Sheet, LineRecord]:
    """What is stated is read as any other mark."""
    sheet = sheets.seen(doing, id_)
    value = value_of(sheet, sheet.entry(code), found)
    demand_past(value, today(doing))
    return appraise.agree(doing, id_, code, (value, reason), seen)
