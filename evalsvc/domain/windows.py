"""When something may be done: the only judge of "not yet", "open", "late" and "locked"."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

NO_GRACE = timedelta(0)
LONGEST_EXTENSION = timedelta(days=366)
"""Nobody needs a year more; whoever writes so has written another year."""


class Hour(StrEnum):
    """Late is a fact that is stored with what was handed in; locked is a rule."""

    BEFORE = "before"
    OPEN = "open"
    LATE = "late"
    LOCKED = "locked"


class Task(StrEnum):
    """What a round has a window for."""

    ASSESS = "assess"
    REVIEW = "review"
    EXPLAIN = "explain"
    DECIDE = "decide"


@dataclass(frozen=True, slots=True)
class Window:
    """Open from `opens` to `closes`, both included; late until the grace has passed."""

    opens: datetime
    closes: datetime
    grace: timedelta = NO_GRACE

    def __post_init__(self) -> None:
        if self.opens.tzinfo is None or self.closes.tzinfo is None:
            raise ValueError("a window has times of a time zone")
        if self.opens >= self.closes or self.grace < NO_GRACE:
            raise ValueError("a window opens before it closes")

    @property
    def locks(self) -> datetime:
        return self.closes + self.grace

    def extended(self, until: datetime | None) -> "Window":
        """An extension never shortens; what comes until then is not late."""
        if until is None or until <= self.closes:
            return self
        return replace(self, closes=until, grace=max(self.locks - until, NO_GRACE))

    def at(self, now: datetime) -> Hour:
        if now < self.opens:
            return Hour.BEFORE
        if now <= self.closes:
            return Hour.OPEN
        return Hour.LATE if now <= self.locks else Hour.LOCKED
