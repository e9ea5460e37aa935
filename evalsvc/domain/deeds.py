"""What may be done with a sheet: its status, the deed and the role give the next status.

One of three small tables; the others are those of a line (`line_course`) and of a reviewer's task
(`appraisal`). Every deed asks here before it does anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from evalsvc.domain.access import OF_UNIT, REVIEWERS, Actor, Place, Role
from evalsvc.domain.course import RELEASED, Status
from evalsvc.domain.errors import Forbidden, Refused
from evalsvc.domain.windows import Hour, Task, Window


class Deed(StrEnum):
    ANSWER = "answer"
    SUBMIT = "submit"
    RECALL = "recall"
    SUPPLY = "supply"
    MARK = "mark"
    RETURN = "return"
    FINISH = "finish-review"
    RESUME = "resume-review"
    RELEASE = "release"
    REPLY = "reply"
    CONTEST = "contest"
    RULE = "rule"
    CORRECT = "correct"
    CONCLUDE = "conclude"
    TAKE_BACK = "take-back"
    CLOSE = "close"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Move:
    """Where a deed leads, who may do it, and in which window of the round."""

    to: Status
    roles: frozenset[Role]
    task: Task | None = None


_HEAD = frozenset({Role.HEAD})
_LEAD = frozenset({Role.LEAD})
_LEADER = frozenset({Role.LEADER})
_RULING = frozenset({Role.LEAD, Role.ANSWERER})

SHEET: Mapping[tuple[Status, Deed], Move] = {
    (Status.OPEN, Deed.ANSWER): Move(Status.OPEN, OF_UNIT, Task.ASSESS),
    (Status.OPEN, Deed.SUBMIT): Move(Status.SUBMITTED, _HEAD, Task.ASSESS),
    (Status.SUBMITTED, Deed.RECALL): Move(Status.OPEN, _HEAD, Task.ASSESS),
    (Status.SUBMITTED, Deed.SUPPLY): Move(Status.SUBMITTED, OF_UNIT),
    (Status.SUBMITTED, Deed.MARK): Move(Status.SUBMITTED, REVIEWERS, Task.REVIEW),
    (Status.SUBMITTED, Deed.RETURN): Move(Status.SUBMITTED, REVIEWERS, Task.REVIEW),
    (Status.SUBMITTED, Deed.FINISH): Move(Status.REVIEWED, _LEAD, Task.REVIEW),
    (Status.REVIEWED, Deed.RESUME): Move(Status.SUBMITTED, _LEAD),
    (Status.REVIEWED, Deed.RELEASE): Move(Status.RELEASED, _LEAD),
    (Status.RELEASED, Deed.REPLY): Move(Status.RELEASED, OF_UNIT),
    (Status.RELEASED, Deed.CONTEST): Move(Status.RELEASED, _HEAD),
    (Status.RELEASED, Deed.RULE): Move(Status.RELEASED, _RULING),
    (Status.RELEASED, Deed.CORRECT): Move(Status.RELEASED, _LEAD),
    (Status.RELEASED, Deed.CONCLUDE): Move(Status.CONCLUDED, _LEAD),
    (Status.CONCLUDED, Deed.TAKE_BACK): Move(Status.RELEASED, _LEAD | _LEADER),
    (Status.CONCLUDED, Deed.CLOSE): Move(Status.CLOSED, _LEADER),
    (Status.CLOSED, Deed.REOPEN): Move(Status.RELEASED, _LEADER),
}

TASK_OF: Mapping[Deed, Task] = {
    deed: each.task for (_, deed), each in SHEET.items() if each.task is not None
}
OF_REVIEW = frozenset(
    {
        *("accept", "adjust", "give", "undo-accept", "agree", "pass-over"),
        *("finish-review", "resume-review", "raise-flag", "withdraw-flag"),
    }
)
"""Deeds of reviewers as the journal calls them: the unit reads of them once it is released."""


OF_WHOLE_ROUND = frozenset({"open-round"})
"""What is noted on a round without naming a unit, a person or a number of sheets."""


def tells_unit(deed: str, status: Status) -> bool:
    """Whether the unit reads this entry in the history of its sheet."""
    return status in RELEASED or deed not in OF_REVIEW


ROLES: Mapping[Deed, frozenset[Role]] = {deed: move.roles for (_, deed), move in SHEET.items()}

_TOO_EARLY: Mapping[Status, str] = {
    Status.OPEN: "sheet-not-handed-in",
    Status.SUBMITTED: "review-not-finished",
    Status.REVIEWED: "sheet-not-released",
    Status.RELEASED: "sheet-not-concluded",
    Status.CONCLUDED: "sheet-not-closed",
}
_TOO_LATE: Mapping[Status, str] = {
    Status.SUBMITTED: "sheet-handed-in",
    Status.REVIEWED: "review-finished",
    Status.RELEASED: "sheet-released",
    Status.CONCLUDED: "sheet-concluded",
    Status.CLOSED: "sheet-closed",
}
_ORDER = tuple(Status)


def may(actor: Actor, place: Place, deed: Deed) -> bool:
    """Whether one's roles allow the deed at all; reviewing never on a unit of one's own."""
    roles = ROLES[deed]
    if not actor.holds(roles, place):
        return False
    return roles <= OF_UNIT or place.unit not in actor.own_units()


def demand_role(actor: Actor, place: Place, deed: Deed) -> None:
    if not may(actor, place, deed):
        raise Forbidden(deed.value)


def move(status: Status, deed: Deed) -> Move:
    """Raises Refused, saying how far the sheet is."""
    if (found := SHEET.get((status, deed))) is not None:
        return found
    at = _ORDER.index(status)
    allowed = [_ORDER.index(each) for each, of in SHEET if of is deed]
    why = _TOO_EARLY if at < min(allowed) else _TOO_LATE
    raise Refused(why[status])


def demand_hour(deed: Deed, task: Task | None, window: Window, now: datetime) -> None:
    """Whether the window of the deed is open; late is as good as open here, and stored as late."""
    if task is None:
        return
    reviews = task is Task.REVIEW
    match window.at(now):
        case Hour.BEFORE:
            message = "review-not-open" if reviews else "window-not-open"
            raise Refused(message, opens=window.opens)
        case Hour.LOCKED:
            message = "review-locked" if reviews else "window-locked"
            raise Refused(message, closes=window.locks)
        case _:
            pass


def is_allowed(status: Status, deed: Deed, window: Window, now: datetime) -> bool:
    """The same as a question: what a page offers."""
    found = SHEET.get((status, deed))
    if found is None:
        return False
    return found.task is None or window.at(now) in (Hour.OPEN, Hour.LATE)
