"""How far an assessment is, and which of its totals counts there."""

from enum import StrEnum

from evalsvc.domain.lines import Layer


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


def in_force(status: Status) -> Layer:
    """The layer whose total counts: a review counts once it is finished."""
    return _COUNTS[status]
