"""What the journal says of a deed, in plain words; who and when stand beside it."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from evalsvc.domain.access import Role
from evalsvc.domain.dates import ZONE
from evalsvc.domain.history import Entry
from evalsvc.domain.windows import Task
from evalsvc.words.account_roles import role_name, role_over
from evalsvc.words.course_names import TASKS
from evalsvc.words.history_deeds import DEEDS, EMPTIED, KEPT, NOBODY, REFUSED, STATED
from evalsvc.words.language import Language, sentence

Shown = Callable[[str], str]
"""The text of a stored answer as people read it."""
_Data = Mapping[str, str | int | None]
_FACT = re.compile(r"\{(\w+)\}")
_VALUES = frozenset({"after", "before"})
MOST_NAMED = 12
_BEFORE = {"task": Task.ASSESS.value}
"""What entries did not say as long as there was nothing else."""
_PERSONS = frozenset({"put-in-charge"})


@dataclass(frozen=True, slots=True)
class Named:
    """Names of units and blocks by what the journal keeps of them."""

    units: Mapping[int, str] = field(default_factory=dict)
    blocks: Mapping[str, str] = field(default_factory=dict)


NO_NAMES = Named()


def told(
    language: Language, entry: Entry, shown: Shown | None = None, named: Named = NO_NAMES
) -> str:
    """One deed as a sentence without a full stop; `shown` puts stored answers into words."""
    data = entry.data or {}
    if "blanked" in data:
        return _blanked(language, data)
    wording = _sentence(entry.deed, data)
    if entry.deed in _PERSONS:
        return language.say(wording, after=str(data.get("after") or ""))
    facts = {name: _fact(language, name, data, shown, named) for name in _FACT.findall(wording)}
    said = language.say(wording, **facts)
    after, points = data.get("after"), data.get("points")
    if points and after and shown is None:
        number = language.points(Decimal(str(points)))
        said = language.say("{said} ({points} points)", said=said, points=number)
    for extra in _extras(language, entry.deed, data, shown):
        said = f"{_open(said)}. {extra}"
    if reason := data.get("reason"):
        said = language.say("{said}. Reason: {reason}", said=_open(said), reason=reason)
    return said


def _open(said: str) -> str:
    """What people typed may end with its own full stop."""
    return said.rstrip(". ")


def _blanked(language: Language, data: _Data) -> str:
    """On which day and why the text was taken away, where the entry that did so is known."""
    at, reason = data["blanked"], data.get("reason")
    if not isinstance(at, str):
        return language.say("What stood here was deleted as the law requires")
    day = datetime.fromisoformat(at).astimezone(ZONE).date()
    said = language.say("What stood here was deleted on {day} as the law requires", day=day)
    return language.say("{said}. Reason: {reason}", said=said, reason=reason)


def _extras(language: Language, deed: str, data: _Data, shown: Shown | None) -> Iterator[str]:
    if deed == "contest" and (wanted := data.get("wanted")):
        value = shown(str(wanted)) if shown else f"“{wanted}”"
        yield language.say("Asked for: {value}", value=value)
    if remarks := data.get("remarks"):
        yield str(remarks)


def _sentence(deed: str, data: _Data) -> str:
    if deed in STATED:
        if data.get("after"):
            return STATED[deed]
        return KEPT if data.get("typed") else EMPTIED[deed]
    if deed == "adjust" and data.get("after") == "":
        return REFUSED
    if deed in _PERSONS and not data.get("after"):
        return NOBODY
    return DEEDS.get(deed, sentence("Changed"))


def _fact(language: Language, name: str, data: _Data, shown: Shown | None, named: Named) -> object:
    if name == "part":
        return part_of(language, data, named)
    value = data.get(name, _BEFORE.get(name))
    if name in _VALUES and not value:
        return language.say("nothing stated")
    if not isinstance(value, str):
        return value
    if name in _VALUES:
        return shown(value) if shown else f"“{value}”"
    return _READ[name](language, value) if name in _READ else value


def _task(language: Language, task: str) -> str:
    return language.say(TASKS[Task(task)])


def _few(language: Language, units: str) -> str:
    """A round has more than a line can hold."""
    codes = units.split()
    first = ", ".join(codes[:MOST_NAMED])
    left = len(codes) - MOST_NAMED
    if left <= 0:
        return first
    return language.say("{first} and {number} more", first=first, number=left)


_READ: Mapping[str, Callable[[Language, str], object]] = {
    "day": lambda _, text: date.fromisoformat(text),
    "until": lambda _, text: datetime.fromisoformat(text),
    "held": lambda _, text: datetime.fromisoformat(text),
    "task": _task,
    "units": _few,
}


def part_of(language: Language, data: _Data, named: Named = NO_NAMES) -> str:
    """What somebody is assigned: the role, over what, which lines, on which seat."""
    unit, block = data.get("unit"), str(data.get("block") or "")
    unit_name = named.units.get(int(unit), str(unit)) if unit else ""
    over = role_over(language, unit_name, str(data.get("kind") or ""), "")
    if block:
        over = named.blocks.get(block, role_over(language, "", "", block))
    parts = [role_name(language, Role(str(data["role"]))), over]
    if lines := data.get("lines"):
        parts.append(language.say("lines {lines}", lines=str(lines).split()))
    if str(data.get("seat") or 1) != "1":
        parts.append(language.say("second seat"))
    return ", ".join(parts)
