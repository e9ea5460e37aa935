"""Letters: one mail to one person, plain text, recognised again when it is sent a second time."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.header import Header
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256

from evalsvc.domain.dates import ZONE
from evalsvc.domain.errors import Refused
from evalsvc.settings import PREFIX, Settings, WrongSetting

LONGEST_ADDRESS, LONGEST_LOCAL_PART = 254, 64
WIDTH = 76
SENDER_ON_SCREEN = "evalsvc@console.invalid"
"""Who writes where nothing leaves the house; `.invalid` belongs to nobody (RFC 2606)."""

_LOCAL = r"[A-Za-z0-9_]+(?:(?:\.|[+-]+)[A-Za-z0-9_]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"({_LOCAL})@(?:{_LABEL}\.)+(?:[A-Za-z]{{2,63}}|xn--[A-Za-z0-9-]{{2,59}})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_NOT_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_POLICY = policy.SMTP.clone(max_line_length=WIDTH, refold_source="none")


@dataclass(frozen=True, slots=True)
class Letter:
    """`key` names the occasion and the person: the same key gives the same Message-ID.

    Raises Refused for an address that is none, ValueError for a subject of more than one line.
    """

    to: str
    subject: str
    text: str
    key: str

    def __post_init__(self) -> None:
        address(self.to)
        if not self.subject.strip() or _CONTROL.search(self.subject):
            raise ValueError(f"a subject is one line of text: {self.subject!r}")
        if not self.key:
            raise ValueError("a letter without a key cannot be recognised when it is sent again")


def address(text: str) -> str:
    """One bare address of letters and digits, as offices have them; raises Refused."""
    found = text.strip(" ")
    match = _ADDRESS.fullmatch(found) if len(found) <= LONGEST_ADDRESS else None
    if not match or len(match[1]) > LONGEST_LOCAL_PART:
        raise Refused("not-an-address", text=text)
    return found


def sender_of(settings: Settings) -> str:
    """Who the mails are from; raises WrongSetting, also where mails leave and nobody is named."""
    if not settings.mail_from and settings.mail.startswith("console:"):
        return SENDER_ON_SCREEN
    try:
        return address(settings.mail_from)
    except Refused:
        name, value = f"{PREFIX}MAIL_FROM", settings.mail_from
        raise WrongSetting("setting-not-a-sender", name, value) from None


def message(letter: Letter, sender: str, at: datetime) -> EmailMessage:
    """The letter as it travels; `at` is when it was written, and says its zone."""
    if at.utcoffset() is None:
        raise ValueError("the moment of a letter needs its zone")
    made = EmailMessage(policy=_POLICY)
    made["From"] = address(sender)
    made["To"] = address(letter.to)
    # Folding in the library loses spaces between encoded words (as of Python 3.11).
    made.set_raw("Subject", Header(letter.subject, "utf-8", WIDTH, "Subject").encode())
    made["Date"] = format_datetime(at.astimezone(ZONE))
    made["Message-ID"] = _id(letter.key, address(sender))
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(_clean(letter.text), cte="quoted-printable")
    return made


def _id(key: str, sender: str) -> str:
    """A digest: a key may hold what an id may not."""
    return f"<{sha256(key.encode()).hexdigest()[:32]}@{sender.partition('@')[2]}>"


def _clean(text: str) -> str:
    """Without what is no text: notes pasted from elsewhere may bring it, and servers refuse it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_IN_TEXT.sub("", lines)
