"""How far an assessment is, and which of its totals counts there."""

from enum import StrEnum

from evalsvc.domain.lines import Layer
from evalsvc.domain.windows import Task


class Status(StrEnum):
    OPEN = "open"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    RELEASED = "released"
    CONCLUDED = "concluded"
    CLOSED = "closed"


_COUNTS = {
    Status.OPEN: Layer.CLAIMED,
    Status.SUBMITTED: Layer.CLAIMED,
    Status.REVIEWED: Layer.REVIEWED,
    Status.RELEASED: Layer.FINAL,
    Status.CONCLUDED: Layer.FINAL,
    Status.CLOSED: Layer.FINAL,
}

HANDED_IN = frozenset(Status) - {Status.OPEN}
FINISHED = HANDED_IN - {Status.SUBMITTED}
"""Every line is marked."""
RELEASED = FINISHED - {Status.REVIEWED}
"""The unit sees what reviewers gave, and what was said to it since."""


FINAL = frozenset(status for status, layer in _COUNTS.items() if layer is Layer.FINAL)
"""What counts is final; a line without a final value counts as it was reviewed."""


def shown_as(status: Status) -> Layer:
    """The layer that a list marks its total with: nothing is final before a leader closes it."""
    layer = in_force(status)
    return Layer.REVIEWED if layer is Layer.FINAL and status is not Status.CLOSED else layer


def is_standing(status: Status) -> bool:
    """Whether what counts is final by its kind, and may still change by answer or decision."""
    return in_force(status) is not shown_as(status)


def may_gain(status: Status, task: Task) -> bool:
    """Whether more time for a task is of any use to a sheet."""
    over = FINAL - {Status.RELEASED} if task is Task.EXPLAIN else {Status.CLOSED}
    return status not in over


def in_force(status: Status) -> Layer:
    """The layer whose total counts: a review counts once it is finished."""
    return _COUNTS[status]
