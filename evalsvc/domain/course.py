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


def is_standing(status: Status) -> bool:
    """Whether what counts is final by its kind, and may still change by answer or decision."""
    return status in FINAL and status is not Status.CLOSED


def may_gain(status: Status, task: Task) -> bool:
    """Whether more time for a task is of any use to a sheet."""
    heard = task is Task.EXPLAIN and status is Status.CONCLUDED
    return not heard and status is not Status.CLOSED


def in_force(status: Status) -> Layer:
    """The layer whose total counts: a review counts once it is finished."""
    return _COUNTS[status]
