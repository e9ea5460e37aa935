"""One's own mail address, which mails one wants, and the secret address of one's calendar."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from evalsvc.domain.access import SERVICE
from evalsvc.domain.deadlines import Deadline
from evalsvc.domain.errors import Forbidden, NotFound
from evalsvc.domain.reminders import Mails
from evalsvc.store import people
from evalsvc.store.people import Person
from evalsvc.usecases import reminders, security
from evalsvc.usecases.accounts import address
from evalsvc.usecases.work import Office, Work

__all__ = ["Feed", "Person", "end_feed", "feed", "new_feed", "own", "put"]

MOST_TOKEN = 100
MOST_EVENTS = 500


def own(doing: Work) -> Person:
    return _found(people.get(doing.store, _own_id(doing)))


def put(doing: Work, email: str, mails: Mails) -> Person:
    """Raises Refused for what is no address; an empty one ends all mails."""
    before = _found(people.locked(doing.store, _own_id(doing)))
    reached = address(email)
    if (reached, mails) != (before.email, before.mails):
        people.put_mails(doing.store, before.id, reached, mails)
        security.note_account(doing, before.id, "change-email", {"mails": mails.value})
    return own(doing)


def _own_id(doing: Work) -> int:
    if doing.actor.account is None:
        raise Forbidden("own-account")
    return doing.actor.account


def _found(person: Person | None) -> Person:
    if person is None:
        raise NotFound("account")
    return person


# The calendar: whoever knows its address reads it, without signing in


def new_feed(doing: Work) -> str:
    """The secret in a new address, told only now; an earlier address is worth nothing any more."""
    token = secrets.token_urlsafe(32)
    _put_feed(doing, _digest(token), "new-calendar")
    return token


def end_feed(doing: Work) -> None:
    _put_feed(doing, None, "end-calendar")


def _put_feed(doing: Work, digest: str | None, deed: str) -> None:
    person = _found(people.locked(doing.store, _own_id(doing)))
    people.put_feed(doing.store, person.id, digest)
    security.note_account(doing, person.id, deed, {})


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Feed:
    """What a calendar program is given: at most `MOST_EVENTS` hours, the earliest first."""

    person: Person
    deadlines: Sequence[Deadline]
    at: datetime


def feed(office: Office, token: str) -> Feed | None:
    """With the roles of this hour; raises NotFound for every secret that is not somebody's.

    None where the account may not ask again yet: that is found out before the work is done.
    """
    with office.reading(SERVICE) as doing:
        known = people.of_feed(doing.store, _digest(token)) if len(token) <= MOST_TOKEN else None
        person = _found(known)
        if not office.pace.allows(person.id, doing.now):
            return None
        found = reminders.deadlines(doing, person)
        return Feed(person, found[:MOST_EVENTS], doing.now)
