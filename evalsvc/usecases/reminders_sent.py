"""Sending the mails that wait: each is claimed, handed to the server, and ticked off.

No transaction is open while a mail server talks. Two who send at once do not send the same mail; a
mail that was claimed by somebody who is gone is sent again, with the same Message-ID.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from enum import Enum

from evalsvc.domain.access import SERVICE
from evalsvc.domain.errors import Refused
from evalsvc.post.carriers import Carrier, Postponed, Rejected
from evalsvc.post.letters import Letter, message
from evalsvc.store import letters, people
from evalsvc.store.letters import OVERTAKEN, SHOWN, Written
from evalsvc.usecases.reminders import news_for
from evalsvc.usecases.work import Office, Work
from evalsvc.words.letters import Site

LEASE = timedelta(minutes=10)
"""Longer than any talk with a mail server: whoever has not ended it by then is gone."""

PATIENCE = 3
"""So many mails in a row that were not taken: the next run tries again."""


@dataclass(frozen=True, slots=True)
class Post:
    """How mails leave; `on_screen` where they do not leave at all."""

    carrier: Carrier
    sender: str
    site: Site
    days: tuple[int, ...]
    on_screen: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many mails were written, sent, refused for good, overtaken, and wait for the next run.

    `stopped` is what the server said when it took no mail at all.
    """

    written: int = 0
    sent: int = 0
    refused: int = 0
    overtaken: int = 0
    waiting: int = 0
    stopped: str = ""


class Fate(Enum):
    """What became of one mail; `ELSEWHERE`: another is sending it."""

    SENT = "sent"
    REFUSED = "refused"
    OVERTAKEN = "overtaken"
    ELSEWHERE = "elsewhere"
    POSTPONED = "postponed"


def send_all(office: Office, post: Post) -> Outcome:
    with office.reading(SERVICE) as doing:
        waiting = letters.unsent(doing.store)
    fates: list[Fate] = []
    stopped = ""
    try:
        if waiting:
            _send_each(office, post, waiting, fates)
    except Postponed as error:
        stopped = str(error)
    done = {fate: fates.count(fate) for fate in Fate}
    ended = done[Fate.SENT] + done[Fate.REFUSED] + done[Fate.OVERTAKEN]
    return Outcome(
        sent=done[Fate.SENT],
        refused=done[Fate.REFUSED],
        overtaken=done[Fate.OVERTAKEN],
        waiting=len(waiting) - ended,
        stopped=stopped,
    )


def _send_each(office: Office, post: Post, waiting: Sequence[int], fates: list[Fate]) -> None:
    """Notes each fate as it is known; raises Postponed where no mail is taken at all."""
    with post.carrier as carrier:
        for id_ in waiting:
            fates.append(_sent(office, post, carrier, id_))
            if fates[-PATIENCE:] == [Fate.POSTPONED] * PATIENCE:
                return


def _sent(office: Office, post: Post, carrier: Carrier, id_: int) -> Fate:
    letter = office.do(SERVICE, _claimed, id_, post)
    if isinstance(letter, Fate):
        return letter
    try:
        carrier.send(_message(letter, post))
    except (Rejected, Refused) as error:
        # Refused: an address that somebody has put into the database by another way.
        office.do(SERVICE, _put_failed, id_, str(error))
        return Fate.REFUSED
    except Postponed as error:
        office.do(SERVICE, _put_unclaimed, id_)
        if error.for_all:
            raise
        return Fate.POSTPONED
    office.do(SERVICE, _put_sent, id_, post)
    return Fate.SENT


def _claimed(doing: Work, id_: int, post: Post) -> Written | Fate:
    found = letters.claim(doing.store, id_, doing.now, doing.now - LEASE)
    if found is None:
        return Fate.ELSEWHERE
    if _is_overtaken(doing, found, post):
        letters.put_failed(doing.store, id_, OVERTAKEN)
        return Fate.OVERTAKEN
    return found


def _is_overtaken(doing: Work, letter: Written, post: Post) -> bool:
    """Written to a role or an address that is no more, or about something that has passed."""
    person = people.get(doing.store, letter.account)
    if person is None or person.email != letter.address:
        return True
    true_now = {each.about for each in news_for(doing, person, post.days)}
    return not letters.about_of(doing.store, letter.id) <= true_now


def _message(letter: Written, post: Post) -> EmailMessage:
    made = Letter(letter.address, letter.subject, letter.text, letter.key)
    return message(made, post.sender, letter.at)


def _put_sent(doing: Work, id_: int, post: Post) -> None:
    """What was only shown has told nobody anything: no silence counts from it."""
    if post.on_screen:
        letters.put_failed(doing.store, id_, SHOWN)
    else:
        letters.put_sent(doing.store, id_, doing.now)


def _put_failed(doing: Work, id_: int, why: str) -> None:
    letters.put_failed(doing.store, id_, why)


def _put_unclaimed(doing: Work, id_: int) -> None:
    letters.put_unclaimed(doing.store, id_)
