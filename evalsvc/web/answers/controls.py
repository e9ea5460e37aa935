"""What a line's form is made of: controls, what people typed into them, and the way to the text."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from evalsvc.domain.dates import with_slashes
from evalsvc.domain.errors import Refused
from evalsvc.domain.points import NumberField, read_number
from evalsvc.words.language import VIETNAMESE, Language

Typed = Mapping[str, Sequence[str]]
"""What stands in the fields, by name; a field that was left empty may be missing."""

Filled = dict[str, list[str]]

TICKED = "yes"
_PADDED = re.compile(r"[0-9]{1,3}\.[0-9]{3}0")
_TWINS = str.maketrans({";": "；", "|": "｜", "/": "／", "\n": " ", "\r": " "})
_TWINS_BUT_SLASH = {sign: twin for sign, twin in _TWINS.items() if sign != ord("/")}


class Shape(StrEnum):
    """How a control looks."""

    RADIOS = "radios"
    RULER = "ruler"
    TICKS = "ticks"
    TICK = "tick"
    SELECT = "select"
    NUMBER = "number"
    SHORT = "short"
    DAY = "day"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Said:
    """Words on the form: our own, or those of a regulation, which are never translated."""

    text: str = ""
    own: bool = True


NOTHING = Said()


def of_regulation(text: str) -> Said:
    return Said(text, own=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose or tick; `worth` is what it gives, in words."""

    value: str
    label: Said
    worth: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    """One field. `unless`: the field that takes its place, only one of the two may be filled.

    `default` stands there from the start and says nothing by itself; `fixed` cannot be changed;
    `of` is heard and not seen, where several fields have the same label.
    """

    name: str
    shape: Shape
    label: Said
    choices: tuple[Choice, ...] = ()
    unit: Said = NOTHING
    hint: str = ""
    of: Said = NOTHING
    unless: str = ""
    default: str = ""
    fixed: bool = False
    counts: bool = False

    def says_something(self, typed: Typed) -> bool:
        return not self.fixed and one(typed, self.name) not in ("", self.default)


Row = tuple[Control, ...]
"""Controls that stand side by side."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How a kind of scale is asked for, and the way between its fields and the text.

    `text` puts together what was typed, whatever it is: the domain says what is wrong with it.
    `typed` takes a text apart that the domain has written.
    """

    rows: tuple[Row, ...]
    text: Callable[[Typed], str]
    typed: Callable[[str], Filled]


@dataclass(frozen=True, slots=True)
class Part:
    """A fieldset; without a visible legend it has the name of the line."""

    rows: tuple[Row, ...]
    legend: Said = NOTHING


def one(typed: Typed, name: str) -> str:
    """What stands in a field with one value; spaces around it come from other programs."""
    found = typed.get(name) or ("",)
    return found[0].strip()


def closed(text: str) -> str:
    """A field that stays one field: signs that would part it become their wide twins.

    The domain refuses them, and the sentence shows what was typed.
    """
    return text.translate(_TWINS)


def token(typed: Typed, name: str) -> str:
    return closed(one(typed, name))


def slashed(typed: Typed, name: str) -> str:
    return one(typed, name).translate(_TWINS_BUT_SLASH)


def day(typed: Typed, name: str) -> str:
    return with_slashes(slashed(typed, name))


def shown(language: Language, number: str) -> str:
    """A number of the domain's text as people write it."""
    return number.replace(".", ",") if language.code == VIETNAMESE else number


def shortest(language: Language, number: str, field: NumberField) -> str:
    """Without the 0 that gives a stored number one reading, where the field has only one anyway."""
    if not _PADDED.fullmatch(number):
        return shown(language, number)
    short = number[:-1]
    try:
        one_way = read_number(short, field) == Decimal(number)
    except Refused:
        one_way = False
    return shown(language, short if one_way else number)


def number(
    name: str,
    label: Said,
    unit: Said = NOTHING,
    *,
    hint: str = "",
    unless: str = "",
    default: str = "",
) -> Control:
    return Control(name, Shape.NUMBER, label, unit=unit, hint=hint, unless=unless, default=default)
