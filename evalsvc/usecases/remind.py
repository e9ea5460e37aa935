"""Mails about the course of sheets: written first, then sent, each of them once.

A mail is kept before it is sent, so that a crash loses none. What has been told is not told again;
what was not told yet is asked of the roles and the sheets of this hour.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evalsvc.domain.access import SERVICE
from evalsvc.domain.reminders import News, day_of, is_morning_over
from evalsvc.store import letters, people
from evalsvc.store.letters import Written
from evalsvc.store.people import Person
from evalsvc.usecases.reminders import news_for
from evalsvc.usecases.reminders_sent import Outcome, Post, send_all
from evalsvc.usecases.work import Office, Work
from evalsvc.words import letters as words
from evalsvc.words.language import language

__all__ = ["Outcome", "Post", "remind"]


def remind(office: Office, post: Post) -> Outcome:
    """May be run as often as one likes, and by several at once."""
    written = sum(_written(office, post, id_) for id_ in _addressed(office))
    return replace(send_all(office, post), written=written)


def _addressed(office: Office) -> Sequence[int]:
    with office.reading(SERVICE) as doing:
        return people.addressed(doing.store)


# Writing


@dataclass(frozen=True, slots=True)
class _Draft:
    """A mail that is to be written."""

    key: str
    urgent: bool
    news: Sequence[News]


def _written(office: Office, post: Post, id_: int) -> int:
    """Looked at first without holding anything: for most people there is nothing to write."""
    with office.reading(SERVICE) as doing:
        person = people.get(doing.store, id_)
        if person is None or not _drafts(doing, person, post):
            return 0
    return office.do(SERVICE, _write, id_, post)


def _write(doing: Work, id_: int, post: Post) -> int:
    """Whoever writes to the same person at the same time waits, and then finds nothing new."""
    if (person := people.locked(doing.store, id_)) is None:
        return 0
    drafts = _drafts(doing, person, post)
    for draft in drafts:
        _keep(doing, person, draft, post)
    return len(drafts)


def _drafts(doing: Work, person: Person, post: Post) -> list[_Draft]:
    """What is told at once, and the mail of the day: one a day, and never in the night."""
    if not person.email:
        return []
    told = letters.told(doing.store, person.id, person.email, on_screen=post.on_screen)
    wanted = news_for(doing, person, post.days)
    fresh = [each for each in wanted if each.about not in told]
    urgent = [each for each in fresh if each.is_urgent(doing.now)]
    rest = [each for each in fresh if not each.is_urgent(doing.now)]
    drafts = []
    if urgent:
        number = letters.urgent_of(doing.store, person.id) + 1
        drafts.append(_Draft(f"urgent:{person.id}:{number}", urgent=True, news=urgent))
    today = day_of(doing.now)
    is_due = rest and is_morning_over(doing.now)
    if is_due and not letters.had_digest(doing.store, person.id, today):
        drafts.append(_Draft(f"day:{person.id}:{today}", urgent=False, news=rest))
    return drafts


def _keep(doing: Work, person: Person, draft: _Draft, post: Post) -> None:
    said = language()
    record = Written(
        0,
        draft.key,
        person.id,
        person.email,
        day_of(doing.now),
        draft.urgent,
        words.subject(said, draft.news, day_of(doing.now), urgent=draft.urgent),
        words.text(said, person.label, draft.news, post.site, doing.now),
        doing.now,
    )
    letters.add(doing.store, record, (each.about for each in draft.news))
