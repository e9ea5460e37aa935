"""What is new for one person at this hour, and the hours that wait: rights are asked anew."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from evalsvc.domain import deadlines as ends
from evalsvc.domain import reminders
from evalsvc.domain.access import Actor, Role
from evalsvc.domain.course import Status
from evalsvc.domain.deadlines import Deadline
from evalsvc.domain.deeds import Deed, may
from evalsvc.domain.reminders import DECIDED_FOR, Course, News
from evalsvc.store import courses, letters, marks, people
from evalsvc.store.people import Person
from evalsvc.usecases.work import Work


def news(doing: Work, person: Person, days: Iterable[int]) -> Sequence[News]:
    """All that is so now, told before or not; nothing without a role that has it."""
    actor = people.actor_of(doing.store, person)
    if not reminders.has_news(actor):
        return []
    found = [_with_mails(doing, actor, each) for each in _courses(doing, actor)]
    return reminders.news(found, actor, doing.now, days)


def news_for(doing: Work, person: Person, days: Iterable[int]) -> Sequence[News]:
    """What this person wants to be told."""
    found = news(doing, person, days)
    return [each for each in found if each.is_wanted(person.mails, doing.now)]


def deadlines(doing: Work, person: Person) -> Sequence[Deadline]:
    """The earliest first."""
    actor = people.actor_of(doing.store, person)
    if not reminders.has_news(actor):
        return []
    return ends.deadlines(_courses(doing, actor), actor, doing.now)


def _courses(doing: Work, actor: Actor) -> Sequence[Course]:
    found = courses.of_actor(doing.store, actor, doing.now - DECIDED_FOR)
    answered = [each.id for each in found if each.lines and may(actor, each.place, Deed.RULE)]
    if not answered or actor.account is None:
        return found
    own = marks.put_by(doing.store, actor.account, answered)
    return [_answerable(each, own) for each in found]


def _answerable(course: Course, own: Set[tuple[int, str]]) -> Course:
    """Without contests of this person's own marks, which others answer."""
    lines = tuple(line for line in course.lines if (course.id, line.code) not in own)
    return replace(course, lines=lines)


def _with_mails(doing: Work, actor: Actor, course: Course) -> Course:
    """When the release was first told to the head, where it may have to be told again."""
    is_head = actor.holds({Role.HEAD}, course.place)
    if course.status is not Status.RELEASED or course.opened_at is not None or not is_head:
        return course
    told = letters.sent_about(doing.store, [f"release:{course.id}:1"])
    return replace(course, mailed=told[0]) if told else course
