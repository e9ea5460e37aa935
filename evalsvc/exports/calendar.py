"""Days that matter as a calendar (.ics, RFC 5545), for the calendar that people use anyway."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

PRODUCT = "-//evalsvc//evalsvc//VI"
WIDEST = 75
"""Octets in a line, without its end."""
REMIND = "-P3D"

_BREAK = re.compile(r"\r\n|[\r\n\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_NOT_IN_URL = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Event:
    """A moment (with its zone), or a whole day. A later calendar with the same uid moves it."""

    uid: str
    at: datetime | date
    summary: str
    description: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        if isinstance(self.at, datetime):
            _moment(self.at)
        if _NOT_IN_URL.search(self.url):
            raise ValueError(f"no address: {self.url!r}")


def calendar(events: Iterable[Event], *, name: str, at: datetime) -> bytes:
    """`at` is when the calendar was written; it needs its zone."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}"]
    for event in events:
        lines += _lines(event, at)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _lines(event: Event, at: datetime) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", f"UID:{_text(event.uid)}", f"DTSTAMP:{_moment(at)}")
    # Without an end: a moment lasts no time, a day lasts that day (3.6.1).
    yield _start(event.at)
    yield f"SUMMARY:{_text(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{_text(event.description)}"
    if event.url:
        yield f"URL:{event.url}"
    yield "TRANSP:TRANSPARENT"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(event.summary)}")
    yield from (f"TRIGGER:{REMIND}", "END:VALARM", "END:VEVENT")


def _start(at: datetime | date) -> str:
    if isinstance(at, datetime):
        return f"DTSTART:{_moment(at)}"
    return f"DTSTART;VALUE=DATE:{at:%Y%m%d}"


def _moment(at: datetime) -> str:
    if at.utcoffset() is None:
        raise ValueError(f"a moment needs its zone: {at}")
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """As a value: its signs escaped, its lines in one, without what no calendar reads."""
    escaped = re.sub(r"([\\;,])", r"\\\1", _BREAK.sub("\n", text))
    return _CONTROL.sub("", escaped).replace("\n", r"\n")


def _folded(line: str) -> bytes:
    """Further lines begin with a space, which counts; no letter is cut in two."""
    rows, row = [], b""
    for octets in (letter.encode() for letter in line):
        if len(row) + len(octets) > WIDEST:
            rows.append(row)
            row = b" "
        row += octets
    return b"\r\n".join([*rows, row]) + b"\r\n"
