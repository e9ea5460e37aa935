"""A difference between two criteria sets in one line for people: `3.2 điểm tối đa 2 → 1,5`."""

import re

from evalsvc.catalog import tree
from evalsvc.catalog.diff import Change, Code, What
from evalsvc.catalog.labels import LABELS, label
from evalsvc.words.language import VIETNAMESE, Language

NUMBERS = frozenset(
    {"at-most", "below", "bonus-cap", "cap", "ceiling", "cut-below", "each", "from", "more-than"}
    | {"most", "out-of", "points", "scale", "step", "to"}
)
"""Keys whose value is a number or a per cent, which people write with a comma."""

BETWEEN, BECOMES = " › ", "→"
_NUMBER = re.compile(r"[0-9]+\.[0-9]+( ?%)?")


def text(language: Language, change: Change) -> str:
    place = _place(language, change)
    match change.what:
        case What.ADDED if not change.keys:
            return language.say("{place}: new: {value}", place=place, value=_new(language, change))
        case What.REMOVED if not change.keys:
            name = change.old.get("name", "") if isinstance(change.old, dict) else ""
            return language.say("{place}: taken out: “{name}”", place=place, name=name)
        case What.ADDED:
            value = _value(language, change, change.new)
            return language.say("{place}: added: {value}", place=place, value=value)
        case What.REMOVED:
            value = _value(language, change, change.old)
            return language.say("{place}: removed: {value}", place=place, value=value)
        case What.MOVED:
            return _moved(language, change, place)
        case What.CHANGED:
            old, new = (_value(language, change, each) for each in (change.old, change.new))
            return f"{place} {old} {BECOMES} {new}"


def _new(language: Language, change: Change) -> str:
    return said(language, "", change.new)


def _moved(language: Language, change: Change, place: str) -> str:
    if change.old == change.new:
        return language.say("{place}: stands at another place in the order", place=place)
    return language.say(
        "{place}: moved from {old} to {new}", place=place, old=change.old, new=change.new
    )


def _place(language: Language, change: Change) -> str:
    """`3.2 điểm tối đa › S`, the code first and then the way down to the key."""
    steps = BETWEEN.join(_step(language, step) for step in change.keys)
    return f"{change.code} {steps}".strip()


def _step(language: Language, step: str | int) -> str:
    if isinstance(step, int):
        return language.say("item {number}", number=step + 1)
    return str(step) if isinstance(step, Code) else label(language, step)


def _value(language: Language, change: Change, value: object) -> str:
    return said(language, _key(change), value)


def _key(change: Change) -> str:
    """The key of the format that a value stands under, past codes and positions."""
    keys = (key for key in reversed(change.keys) if isinstance(key, str) and key in LABELS)
    return next((key for key in keys if not isinstance(key, Code)), "")


def said(language: Language, key: str, value: object) -> str:
    """A value of the file as people read it."""
    match value:
        case tree.Mapping() | dict():
            return "; ".join(_entry(language, key, each, value[each]) for each in value)
        case tree.Sequence():
            between = " | " if any(isinstance(each, dict) for each in value) else ", "
            return between.join(said(language, key, each) for each in value)
        case None:
            return language.say("no value")
        case _:
            return _word(language, key, str(value))


def _entry(language: Language, above: str, key: str, value: object) -> str:
    known = key in LABELS
    return f"{label(language, key)} {said(language, key if known else above, value)}"


def _word(language: Language, key: str, word: str) -> str:
    if key in NUMBERS and _NUMBER.fullmatch(word):
        return word.replace(".", ",") if language.code == VIETNAMESE else word
    return f"“{word}”" if " " in word and not word.endswith("%") else word
