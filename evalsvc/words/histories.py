"""What the journal says of a deed on a sheet, in plain words; who and when stand beside it."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from evalsvc.domain.history import Entry
from evalsvc.words.language import Language, sentence

Shown = Callable[[str], str]
"""The text of a stored answer as people read it."""

DEEDS: Mapping[str, str] = {
    "submit": sentence("Handed in"),
    "accept": sentence("Accepted: {after}"),
    "adjust": sentence("Adjusted to {after}"),
    "give": sentence("Points given by the reviewer: {after}"),
    "finish-review": sentence("Review finished"),
    "resume-review": sentence("Review taken up again"),
    "raise-flag": sentence("Flag raised on {document} of {day}"),
    "withdraw-flag": sentence("Flag withdrawn"),
    "close": sentence("Closed"),
    "export": sentence("Taken out as a file"),
}
STATED = {
    "answer": sentence("Stated: {after}"),
    "official": sentence("Official result: {after}"),
}
EMPTIED = {
    "answer": sentence("Answer removed"),
    "official": sentence("Official result removed"),
}
KEPT = sentence("Typed, but not readable yet")
REFUSED = sentence("“Not applicable” refused")


def told(language: Language, entry: Entry, shown: Shown | None = None) -> str:
    """One deed as a sentence without a full stop; `shown` puts stored answers into words."""
    data = entry.data or {}
    after = data.get("after")
    said = language.say(_sentence(entry.deed, data), **_facts(language, data, shown))
    points = data.get("points")
    if points and after and shown is None:
        number = language.points(Decimal(str(points)))
        said = language.say("{said} ({points} points)", said=said, points=number)
    if reason := data.get("reason"):
        said = language.say("{said}. Reason: {reason}", said=said, reason=reason)
    return said


def _sentence(deed: str, data: Mapping[str, str | int | None]) -> str:
    if deed in STATED:
        if data.get("after"):
            return STATED[deed]
        return KEPT if data.get("typed") else EMPTIED[deed]
    if deed == "adjust" and data.get("after") == "":
        return REFUSED
    return DEEDS.get(deed, sentence("Changed"))


def _facts(
    language: Language, data: Mapping[str, str | int | None], shown: Shown | None
) -> dict[str, object]:
    text = data.get("after")
    if not text:
        after = language.say("nothing stated")
    else:
        after = shown(str(text)) if shown else f"“{text}”"
    day = data.get("day")
    when = date.fromisoformat(str(day)) if day else None
    return {"after": after, "document": data.get("document"), "day": when}
