"""Which columns of the summary a deed has to put: fewer values to send with every save."""

from collections.abc import Mapping

from evalsvc.domain.course import Status
from evalsvc.domain.lines import Layer
from evalsvc.domain.summary import Progress, Totals
from evalsvc.store.assessments import Record, summary_columns

_LATER = {
    Layer.REVIEWED: ("reviewed", "reviewed_rated", "reviewed_compared"),
    Layer.FINAL: ("final", "final_rated", "final_compared"),
}


def changed(
    before: Record, totals: Mapping[Layer, Totals], progress: Progress, status: Status
) -> dict[str, object]:
    """All but those of layers that there are not, neither now nor on the record that is held.

    A layer that is there is always put: equal totals may be written with other decimals.
    """
    found = summary_columns(totals, progress, status)
    for layer, columns in _LATER.items():
        if layer not in totals and layer not in before.totals:
            for column in columns:
                del found[column]
    return found
