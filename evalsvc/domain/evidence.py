"""Evidence: documents that a unit shows for what it states, and lines that still lack one."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from evalsvc.domain.criteria import GivenBy, Need
from evalsvc.domain.errors import Refused
from evalsvc.domain.forms import Entry

MOST_NUMBER, MOST_TITLE, MOST_PAGES, MOST_LINK = 100, 500, 100, 2_000
LINKS = frozenset({"http", "https"})
DEEDS = frozenset({"attach", "replace", "remove"})
"""Deeds with documents as the journal calls them."""


@dataclass(frozen=True, slots=True)
class Described:
    """What people say of a document: number, day, issuer, title, and where it is, if not a file."""

    number: str = ""
    day: date | None = None
    issuer: str = ""
    title: str = ""
    link: str = ""


def checked(described: Described, today: date) -> Described:
    """Trimmed; raises Refused with what is missing or cannot be."""
    found = Described(
        _short(described.number, MOST_NUMBER),
        described.day,
        _short(described.issuer, MOST_TITLE),
        _short(described.title, MOST_TITLE),
        described.link.strip(),
    )
    if not found.title and not found.number:
        raise Refused("document-unnamed")
    if found.day is not None and found.day > today:
        raise Refused("day-to-come", day=found.day, today=today)
    if found.link:
        demand_link(found.link)
    return found


def demand_link(link: str) -> None:
    """A link is shown and never fetched; only those that a browser opens as a page."""
    if len(link) > MOST_LINK:
        raise Refused("link-too-long", most=MOST_LINK)
    try:
        parts = urlsplit(link)
        host = parts.hostname
    except ValueError:
        raise Refused("not-a-link", text=link) from None
    if parts.scheme not in LINKS or not host or any(sign.isspace() for sign in link):
        raise Refused("not-a-link", text=link)


def pages(text: str) -> str:
    return _short(text, MOST_PAGES)


def _short(text: str, most: int) -> str:
    found = " ".join(text.split())
    if len(found) > most:
        raise Refused("text-too-long", most=most)
    return found


def is_missing(entry: Entry, *, answered: bool, documents: int) -> bool:
    """Evidence that the table requires for an answer, and nothing is shown."""
    asked = entry.criterion.evidence.need is Need.REQUIRED
    own = entry.criterion.given_by is GivenBy.UNIT
    return asked and own and answered and documents == 0
