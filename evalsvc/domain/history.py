"""Journal entries: what was done, by whom, chained so that nothing can be rewritten unseen."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

FIRST_LINK = "0" * 64


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


def written(data: Mapping[str, object]) -> str:
    """Canonical JSON: the same data give the same text."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
