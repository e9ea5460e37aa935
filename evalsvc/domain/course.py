"""The course of one assessment: which deeds its status and the hour allow."""

from datetime import datetime
from enum import StrEnum

from evalsvc.domain.errors import Refused
from evalsvc.domain.lines import Layer
from evalsvc.domain.windows import Hour, Window


class Status(StrEnum):
    OPEN = "open"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    CLOSED = "closed"


_COUNTS = {
    Status.OPEN: Layer.CLAIMED,
    Status.SUBMITTED: Layer.CLAIMED,
    Status.REVIEWED: Layer.REVIEWED,
    Status.CLOSED: Layer.FINAL,
}

HANDED_IN = frozenset({Status.SUBMITTED, Status.REVIEWED, Status.CLOSED})


def in_force(status: Status) -> Layer:
    """The layer whose total counts: a review counts once it is finished."""
    return _COUNTS[status]


def is_answerable(status: Status, window: Window, now: datetime) -> bool:
    return status is Status.OPEN and window.at(now) in (Hour.OPEN, Hour.LATE)


def demand_answerable(status: Status, window: Window, now: datetime) -> None:
    """The unit fills in its sheet while it is open, and late as long as the round allows."""
    if status is not Status.OPEN:
        raise Refused("sheet-handed-in")
    match window.at(now):
        case Hour.BEFORE:
            raise Refused("window-not-open", opens=window.opens)
        case Hour.LOCKED:
            raise Refused("window-locked", closes=window.locks)
        case _:
            pass


def is_reviewable(status: Status, window: Window, now: datetime) -> bool:
    return status is Status.SUBMITTED and window.at(now) in (Hour.OPEN, Hour.LATE)


def demand_reviewable(status: Status, window: Window, now: datetime) -> None:
    if status is Status.OPEN:
        raise Refused("sheet-not-handed-in")
    if status is not Status.SUBMITTED:
        raise Refused("review-finished")
    match window.at(now):
        case Hour.BEFORE:
            raise Refused("review-not-open", opens=window.opens)
        case Hour.LOCKED:
            raise Refused("review-locked", closes=window.locks)
        case _:
            pass
