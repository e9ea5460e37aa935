"""What is new for a person in the course of sheets, and which of it is told by mail at once.

Every piece of news has a name (`about`): it is told once, and true until its state has passed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from evalsvc.domain.access import OF_UNIT, Actor, Grant, Place, Role, can_prepare, can_review
from evalsvc.domain.course import Status
from evalsvc.domain.dates import ZONE
from evalsvc.domain.deeds import Deed, may
from evalsvc.domain.line_course import WITH_UNIT, Step
from evalsvc.domain.windows import Hour, Window

SOON = timedelta(hours=72)
MORNING = 7
DECIDED_FOR = timedelta(days=14)
"""A decision of last month is no news."""


class Mails(StrEnum):
    """Which mails a person wants."""

    ALL = "all"
    URGENT = "urgent"
    NONE = "none"


class Occasion(StrEnum):
    OPENED = "opened"
    DUE = "due"
    RETURNED = "returned"
    RELEASED = "released"
    EXPLAIN_DUE = "explain-due"
    LOWERED = "lowered"
    ANSWERED = "answered"
    DECIDED = "decided"
    REVIEW_DUE = "review-due"
    CONTESTED = "contested"


AT_ONCE = frozenset({Occasion.RETURNED, Occasion.CONTESTED})
"""Told at once where less than `SOON` is left; everything else waits for the mail of the day."""


@dataclass(frozen=True, slots=True)
class LineNow:
    """A line that somebody has to do something about."""

    code: str
    step: Step
    turn: int = 0
    returned_until: datetime | None = None
    explain_until: datetime | None = None
    points: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """How far one sheet is; `mailed` is when its release was first told to its head."""

    id: int
    place: Place
    unit: str
    round: str
    status: Status
    assess: Window
    review: Window
    exempt: bool = False
    is_marked: bool = False
    explain_until: datetime | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    silence_days: int = 0
    mailed: datetime | None = None
    lines: tuple[LineNow, ...] = ()

    def until(self, line: LineNow) -> datetime | None:
        """The last hour in which the unit may say something to a line."""
        return line.explain_until or self.explain_until


@dataclass(frozen=True, slots=True)
class News:
    """One thing to tell, for a round about `number` sheets.

    `always`: told even to whoever wants no mail, because an hour of the unit runs from it.
    """

    occasion: Occasion
    about: str
    round: str
    sheet: int = 0
    unit: str = ""
    line: str = ""
    until: datetime | None = None
    number: int = 0
    always: bool = False

    def is_urgent(self, now: datetime) -> bool:
        return self.occasion in AT_ONCE and self.until is not None and self.until - now < SOON

    def is_wanted(self, mails: Mails, now: datetime) -> bool:
        match mails:
            case Mails.ALL:
                return True
            case Mails.URGENT:
                return self.always or self.is_urgent(now)
            case Mails.NONE:
                return self.always


def day_of(at: datetime) -> date:
    return at.astimezone(ZONE).date()


def is_morning_over(now: datetime) -> bool:
    """Nobody is told in the night what can wait."""
    return now.astimezone(ZONE).hour >= MORNING


def days_left(until: datetime, now: datetime) -> int:
    """0 on the last day itself."""
    return (day_of(until) - day_of(now)).days


def reminder(until: datetime, now: datetime, days: Iterable[int]) -> int | None:
    """Which of the reminders it is time for: 7 while 7 to 4 days are left, of 7, 3 and 1."""
    if now > until:
        return None
    return min((each for each in days if each >= days_left(until, now)), default=None)


def news(courses: Iterable[Course], actor: Actor, now: datetime, days: Iterable[int]) -> list[News]:
    """For one person with the roles of this hour, over sheets that this person may read."""
    known = list(courses)
    found: list[News] = []
    for course in known:
        if can_prepare(actor, course.place):
            found += _of_unit(course, actor, now, tuple(days))
        else:
            found += contested(course, actor)
    return [*found, *_review_due(known, actor, now, tuple(days))]


# Those of the unit


def _of_unit(course: Course, actor: Actor, now: datetime, days: tuple[int, ...]) -> Iterator[News]:
    match course.status:
        case Status.OPEN:
            yield from _while_open(course, now, days)
        case Status.SUBMITTED:
            yield from _returned(course, now)
        case Status.RELEASED:
            yield from _release(course, actor, now)
            yield from _while_heard(course, actor, now)
            yield from _explain_due(course, now, days)
        case Status.CLOSED:
            yield from _decided(course, now)
        case _:
            pass


def _while_open(course: Course, now: datetime, days: tuple[int, ...]) -> Iterator[News]:
    if course.exempt or course.assess.at(now) is not Hour.OPEN:
        return
    closes = course.assess.closes
    number = reminder(closes, now, days)
    if number is None:
        yield _news(course, Occasion.OPENED, f"opened:{course.id}", until=closes)
    else:
        about = f"due:{course.id}:{_stamp(closes)}:{number}"
        yield _news(course, Occasion.DUE, about, until=closes)


def _returned(course: Course, now: datetime) -> Iterator[News]:
    for line in course.lines:
        until = line.returned_until
        if line.step is Step.RETURNED and until is not None and now <= until:
            about = f"returned:{course.id}:{line.code}:{_stamp(until)}"
            yield _news(course, Occasion.RETURNED, about, line=line.code, until=until)


def _release(course: Course, actor: Actor, now: datetime) -> Iterator[News]:
    """Heads are told twice, unless one of them has opened it: their silence counts after that."""
    until = course.explain_until
    if not actor.holds({Role.HEAD}, course.place):
        yield _news(course, Occasion.RELEASED, f"shown:{course.id}", until=until)
        return
    if course.opened_at is not None:
        return
    first = _news(course, Occasion.RELEASED, f"release:{course.id}:1", until=until)
    yield replace(first, always=True)
    if course.mailed is not None and now >= course.mailed + timedelta(days=course.silence_days):
        yield replace(first, about=f"release:{course.id}:2", always=True)


def _while_heard(course: Course, actor: Actor, now: datetime) -> Iterator[News]:
    is_head = actor.holds({Role.HEAD}, course.place)
    for line in course.lines:
        until = course.until(line)
        if until is None or line.step not in WITH_UNIT:
            continue
        if line.step is Step.RULED:
            about = f"answer:{course.id}:{line.code}:{line.turn}"
            yield _news(course, Occasion.ANSWERED, about, line=line.code, until=until)
        elif line.explain_until is not None and now <= until:
            about = f"lowered:{course.id}:{line.code}:{_stamp(until)}:{line.points}"
            lowered = _news(course, Occasion.LOWERED, about, line.code, until)
            yield replace(lowered, always=is_head)


def _explain_due(course: Course, now: datetime, days: tuple[int, ...]) -> Iterator[News]:
    until = course.explain_until
    if until is None or not any(line.step is Step.SHOWN for line in course.lines):
        return
    if (number := reminder(until, now, days)) is not None:
        about = f"explain:{course.id}:{_stamp(until)}:{number}"
        yield _news(course, Occasion.EXPLAIN_DUE, about, until=until)


def _decided(course: Course, now: datetime) -> Iterator[News]:
    at = course.closed_at
    if at is not None and now - at < DECIDED_FOR:
        yield _news(course, Occasion.DECIDED, f"closed:{course.id}:{_stamp(at)}")


# Those who review


def can_answer(actor: Actor, place: Place, code: str) -> bool:
    """Answer a contest of this line, as far as roles say; not whoever gave the mark."""
    return may(actor, place, Deed.RULE) and any(
        grant.covers(place) and grant.takes(code) for grant in actor.grants if _answers(grant)
    )


def _answers(grant: Grant) -> bool:
    return grant.role in (Role.LEAD, Role.ANSWERER)


def contested(course: Course, actor: Actor) -> Iterator[News]:
    """Contests that wait for an answer; who gave the mark is for the caller to know."""
    if course.status is not Status.RELEASED:
        return
    for line in course.lines:
        if line.step is Step.CONTESTED and can_answer(actor, course.place, line.code):
            about = f"contest:{course.id}:{line.code}:{line.turn}"
            until = course.until(line)
            yield _news(course, Occasion.CONTESTED, about, line=line.code, until=until)


def _review_due(
    courses: Iterable[Course], actor: Actor, now: datetime, days: tuple[int, ...]
) -> Iterator[News]:
    """One for all sheets of a round that are to be finished by the same hour."""
    waiting: dict[tuple[int, str, datetime], int] = {}
    for course in courses:
        if _waits_for(actor, course):
            key = course.place.round, course.round, course.review.closes
            waiting[key] = waiting.get(key, 0) + 1
    for (round_id, title, closes), sheets in waiting.items():
        if (number := reminder(closes, now, days)) is not None:
            about = f"review:{round_id}:{_stamp(closes)}:{number}"
            yield News(Occasion.REVIEW_DUE, about, title, until=closes, number=sheets)


def _waits_for(actor: Actor, course: Course) -> bool:
    """Evaluators have done their part when every line is marked; the lead finishes the review."""
    if course.status is not Status.SUBMITTED or not can_review(actor, course.place):
        return False
    return not course.is_marked or actor.holds({Role.LEAD}, course.place)


def has_news(actor: Actor) -> bool:
    """Whether a person's roles have any: who only leads or administers is not reminded."""
    return any(grant.role in OF_UNIT or grant.role in _TOLD for grant in actor.grants)


_TOLD = frozenset({Role.EVALUATOR, Role.LEAD, Role.ANSWERER})


def _news(
    course: Course, occasion: Occasion, about: str, line: str = "", until: datetime | None = None
) -> News:
    return News(occasion, about, course.round, course.id, course.unit, line, until)


def _stamp(at: datetime) -> str:
    """A moment in a name: an hour that is moved is told anew."""
    return f"{at.astimezone(ZONE):%Y%m%d%H%M}"
