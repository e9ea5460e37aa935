"""A unit gives back a line that was returned to it, with what stands in the fields."""

from evalsvc.usecases import own_sheets, returns
from evalsvc.usecases.own_sheets import Kept, Reads, save
from evalsvc.usecases.sheets import Seen
from evalsvc.usecases.work import Work


def supply(doing: Work, id_: int, code: str, read: Reads, seen: Seen) -> Kept:
    """Saved first, so that nothing typed is lost; what cannot be read stays with the unit."""
    kept = save(doing, id_, code, read, seen)
    if kept.saved.fault is not None:
        return kept
    returns.supply(doing, id_, code, Seen(kept.saved.line.version, seen.key))
    own = own_sheets.own(doing, id_)
    return Kept(own, kept.saved)
