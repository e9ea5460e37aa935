"""The summary of an assessment as columns, and which of them a deed has to put."""

from collections.abc import Mapping
from decimal import Decimal

from evalsvc.domain.course import Status, in_force
from evalsvc.domain.lines import Layer
from evalsvc.domain.summary import Progress, Totals
from evalsvc.store.assessments import Record
from evalsvc.store.totals_text import to_text

_LATER = {
    Layer.REVIEWED: ("reviewed", "reviewed_rated", "reviewed_compared"),
    Layer.FINAL: ("final", "final_rated", "final_compared"),
}


def changed(
    before: Record, totals: Mapping[Layer, Totals], progress: Progress, status: Status
) -> dict[str, object]:
    """All but those of layers that there are not, neither now nor on the record that is held.

    Fewer values to send with every save; a layer that is there is always put: equal totals may be
    written with other decimals.
    """
    found = of(totals, progress, status)
    for layer, columns in _LATER.items():
        if layer not in totals and layer not in before.totals:
            for column in columns:
                del found[column]
    return found


def of(totals: Mapping[Layer, Totals], progress: Progress, status: Status) -> dict[str, object]:
    """Totals of each layer, and the number of the layer that counts."""
    latest = totals[in_force(status)]
    return {
        "status": status.value,
        "asked": progress.asked,
        "answered": progress.answered,
        "faulty": progress.faulty,
        "to_mark": progress.to_mark,
        "marked": progress.marked,
        "returned": progress.returned,
        "contested": progress.contested,
        "claimed": to_text(totals[Layer.CLAIMED]),
        "reviewed": to_text(totals.get(Layer.REVIEWED)),
        "final": to_text(totals.get(Layer.FINAL)),
        "rated": not latest.unrated,
        "claimed_rated": not totals[Layer.CLAIMED].unrated,
        "reviewed_rated": _rated(totals.get(Layer.REVIEWED)),
        "final_rated": _rated(totals.get(Layer.FINAL)),
        "band": latest.band,
        "claimed_compared": totals[Layer.CLAIMED].compared,
        "reviewed_compared": _compared(totals.get(Layer.REVIEWED)),
        "final_compared": _compared(totals.get(Layer.FINAL)),
        "in_force": latest.compared,
    }


def _rated(totals: Totals | None) -> bool | None:
    return None if totals is None else not totals.unrated


def _compared(totals: Totals | None) -> Decimal | None:
    return None if totals is None else totals.compared
