"""Journal entries: what was done, by whom, chained so that nothing can be rewritten unseen."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

FIRST_LINK = "0" * 64
BLANK = "blank"
"""The deed that takes away what an earlier entry of the stream says; it tells who and why."""
BLANKED: Mapping[str, str | int | None] = {"blanked": 1}
"""All that is left of what a blanked entry said; its digest stays, so the chain stays too."""
GONE = "[…]"
"""Stands where the text of a blanked entry stood beside the journal."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a stream of entries ends."""

    number: int = 0
    link: str = FIRST_LINK


@dataclass(frozen=True, slots=True)
class Entry:
    """One deed; `data` holds texts and numbers only, so that its digest can be made again."""

    deed: str
    at: datetime
    account: int | None
    line: str = ""
    data: Mapping[str, str | int | None] | None = None

    @property
    def is_blanked(self) -> bool:
        return self.data == BLANKED


@dataclass(frozen=True, slots=True)
class Seal:
    """How all streams ended at one moment, chained to the seal before; it leaves the database."""

    number: int
    at: datetime
    streams: int
    heads: str
    previous: str
    digest: str


def digest(entry: Entry) -> str:
    """Of everything that the entry says; the text may be blanked later, the digest stays."""
    said = {
        "deed": entry.deed,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "account": entry.account,
        "line": entry.line,
        "data": dict(entry.data or {}),
    }
    return _sha256(written(said))


def link(head: Head, of_entry: str) -> Head:
    number = head.number + 1
    return Head(number, _sha256(f"{head.link}:{number}:{of_entry}"))


def digest_of(*texts: str) -> str:
    return _sha256(written({str(at): text for at, text in enumerate(texts)}))


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def written(data: Mapping[str, object]) -> str:
    """Canonical JSON: the same data give the same text."""
    return _CANONICAL.encode(data)


# Blanked entries


def blanks(entries: Iterable[Entry]) -> dict[int, Entry]:
    """By the number of the entry that was blanked, the one that says who did it and why."""
    found = {}
    for each in entries:
        number = (each.data or {}).get("number")
        if each.deed == BLANK and isinstance(number, int):
            found[number] = each
    return found


def explained(entry: Entry, by: Entry | None) -> Entry:
    """What can still be said of a blanked entry: when its text was taken away, and why."""
    if not entry.is_blanked or by is None:
        return entry
    said = {"blanked": by.at.astimezone(UTC).isoformat(), "reason": (by.data or {}).get("reason")}
    return replace(entry, data=said)


# Seals


class Heads:
    """The digest of a list of streams in the order of their names, taken line by line."""

    def __init__(self) -> None:
        self.number = 0
        self._digest = hashlib.sha256()

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()

    def add(self, name: str, head: Head) -> str:
        """The line of a stream, as it stands in an anchor."""
        line = f"{name} {head.number} {head.link}\n"
        self._digest.update(line.encode())
        self.number += 1
        return line


def sealed(before: Seal | None, at: datetime, heads: Heads) -> Seal:
    number = 1 if before is None else before.number + 1
    previous = FIRST_LINK if before is None else before.digest
    seal = Seal(number, at.astimezone(UTC), heads.number, heads.digest, previous, "")
    return replace(seal, digest=seal_digest(seal))


def seal_digest(seal: Seal) -> str:
    """Of everything that a seal says but the digest itself."""
    said = {
        "number": seal.number,
        "at": seal.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "streams": seal.streams,
        "heads": seal.heads,
        "previous": seal.previous,
    }
    return _sha256(written(said))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
