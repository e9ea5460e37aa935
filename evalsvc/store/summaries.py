"""The summary of an assessment as columns, and which of them a deed has to put."""

from collections.abc import Iterable, Mapping

from evalsvc.domain.course import Status, in_force
from evalsvc.domain.lines import Layer
from evalsvc.domain.summary import Progress, Totals
from evalsvc.store.assessments import Record
from evalsvc.store.totals_text import to_text

Of = Mapping[Layer, Totals]


def changed(before: Record, totals: Of, progress: Progress, status: Status) -> dict[str, object]:
    """All but what stands there already: fewer values to send with every save.

    A layer that there is, now or on the record that is held, is always put: equal totals may be
    written with other decimals.
    """
    there = [layer for layer in Layer if layer in totals or layer in before.totals]
    found = _sums(totals, status, there)
    if progress != before.progress:
        found |= _counts(progress)
    if (standing := _standing(totals, status)) != _standing(before.totals, before.status):
        found |= standing
    return found


def of(totals: Of, progress: Progress, status: Status) -> dict[str, object]:
    """Totals of each layer, and the number of the layer that counts."""
    return _standing(totals, status) | _counts(progress) | _sums(totals, status, Layer)


def _standing(totals: Of, status: Status) -> dict[str, object]:
    latest = totals[in_force(status)]
    return {
        "status": status.value,
        "rated": not latest.unrated,
        "claimed_rated": _rated(totals.get(Layer.CLAIMED)),
        "reviewed_rated": _rated(totals.get(Layer.REVIEWED)),
        "final_rated": _rated(totals.get(Layer.FINAL)),
        "band": latest.band,
    }


def _rated(totals: Totals | None) -> bool | None:
    return None if totals is None else not totals.unrated


def _counts(progress: Progress) -> dict[str, object]:
    return {
        "asked": progress.asked,
        "answered": progress.answered,
        "faulty": progress.faulty,
        "to_mark": progress.to_mark,
        "marked": progress.marked,
        "returned": progress.returned,
        "contested": progress.contested,
    }


def _sums(totals: Of, status: Status, layers: Iterable[Layer]) -> dict[str, object]:
    found: dict[str, object] = {"in_force": totals[in_force(status)].compared}
    for layer in layers:
        of_layer = totals.get(layer)
        found[layer.value] = to_text(of_layer)
        found[f"{layer.value}_compared"] = None if of_layer is None else of_layer.compared
    return found
