"""Hours that wait for a person, as one's own calendar shows them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from evalsvc.domain.access import Actor, can_prepare, can_review
from evalsvc.domain.course import Status
from evalsvc.domain.dates import ZONE
from evalsvc.domain.line_course import WITH_UNIT, Step
from evalsvc.domain.reminders import Course, Occasion, contested

LONG = timedelta(days=14)


class Ending(StrEnum):
    """What ends at the hour."""

    ASSESS = "assess"
    RETURN = "return"
    EXPLAIN = "explain"
    REVIEW = "review"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Deadline:
    """`uid` stays the same when the hour is moved, so that a calendar moves it too."""

    ending: Ending
    uid: str
    at: datetime
    round: str
    unit: str = ""
    line: str = ""
    sheet: int = 0


def deadlines(courses: Iterable[Course], actor: Actor, now: datetime) -> list[Deadline]:
    """Of one person with the roles of this hour, the earliest first; none that is long past."""
    found: dict[str, Deadline] = {}
    for course in courses:
        for each in _of(course, actor):
            if now - each.at < LONG:
                found.setdefault(each.uid, each)
    return sorted(found.values(), key=lambda each: (each.at, each.uid))


def _of(course: Course, actor: Actor) -> Iterator[Deadline]:
    if can_prepare(actor, course.place):
        yield from _of_unit(course)
        return
    if course.status in (Status.OPEN, Status.SUBMITTED) and can_review(actor, course.place):
        closes = course.review.closes
        uid = f"review-{course.place.round}-{closes.astimezone(ZONE):%Y%m%d%H%M}"
        yield Deadline(Ending.REVIEW, uid, closes, course.round)
    for news in contested(course, actor):
        if news.occasion is Occasion.CONTESTED and news.until is not None:
            yield _line(course, Ending.ANSWER, (news.line, news.until))


def _of_unit(course: Course) -> Iterator[Deadline]:
    match course.status:
        case Status.OPEN:
            if not course.exempt:
                yield _sheet(course, Ending.ASSESS, course.assess.closes)
        case Status.SUBMITTED:
            for line in course.lines:
                if line.step is Step.RETURNED and line.returned_until is not None:
                    yield _line(course, Ending.RETURN, (line.code, line.returned_until))
        case Status.RELEASED:
            yield from _explained(course)
        case _:
            pass


def _explained(course: Course) -> Iterator[Deadline]:
    """The hour of the sheet, and those of lines that were answered or lowered since."""
    if course.explain_until is not None:
        yield _sheet(course, Ending.EXPLAIN, course.explain_until)
    for line in course.lines:
        if line.step in WITH_UNIT and line.explain_until is not None:
            yield _line(course, Ending.EXPLAIN, (line.code, line.explain_until))


def _sheet(course: Course, ending: Ending, at: datetime) -> Deadline:
    uid = f"{ending}-{course.id}"
    return Deadline(ending, uid, at, course.round, course.unit, sheet=course.id)


def _line(course: Course, ending: Ending, line: tuple[str, datetime]) -> Deadline:
    code, at = line
    uid = f"{ending}-{course.id}-{code}"
    return Deadline(ending, uid, at, course.round, course.unit, code, course.id)
