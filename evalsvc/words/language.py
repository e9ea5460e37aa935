"""A language: sentences from the catalogue, numbers and dates the way people write them.

Source sentences are English; `vi.po` beside this file has the Vietnamese ones. The catalogue is
read straight into memory: there is nothing to compile and nothing to ship but the text.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

from evalsvc.domain.dates import ZONE

VIETNAMESE, ENGLISH = "vi", "en"
CODES = (VIETNAMESE, ENGLISH)
_ENTRY = re.compile(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"\n)+)', re.MULTILINE)


def sentence(english: str) -> str:
    """Marks a sentence that stands in a table and is said later; the test of words looks for it."""
    return english


@dataclass(frozen=True, slots=True)
class Language:
    """One language: what to say, and how numbers and days are written in it."""

    code: str
    sentences: Mapping[str, str] = field(default_factory=dict)

    def say(self, sentence: str, **facts: object) -> str:
        """The sentence in this language with its facts put in as people write them."""
        said = self.sentences.get(sentence, sentence)
        return said.format_map({key: self.fact(value) for key, value in facts.items()})

    def fact(self, value: object) -> str:
        match value:
            case str():
                said = value
            case bool():
                said = self.say("yes") if value else self.say("no")
            case Decimal() | Fraction():
                said = self.number(value)
            case datetime():
                said = self.moment(value)
            case date():
                said = self.day(value)
            case list() | tuple() | set() | frozenset():
                said = ", ".join(self.fact(each) for each in value)
            case None:
                said = "—"
            case _:
                said = str(value)
        return said

    def number(self, number: Decimal | Fraction, places: int | None = None) -> str:
        """`2,5`; with `places` so many decimals; a fraction that never ends as 2/3."""
        if isinstance(number, Fraction):
            if not _ends(number):
                return f"{number.numerator}/{number.denominator}"
            number = Decimal(number.numerator) / Decimal(number.denominator)
        text = f"{number:f}" if places is None else f"{number:.{places}f}"
        if places is None and "." in text:
            text = text.rstrip("0").rstrip(".")
        return text.replace(".", ",") if self.code == VIETNAMESE else text

    def points(self, number: Decimal | Fraction, decimals: int = 2) -> str:
        return self.number(number, decimals)

    def day(self, day: date) -> str:
        return f"{day:%d/%m/}{day.year:04d}"

    def moment(self, at: datetime) -> str:
        """A time of the day as the people of the province read it."""
        here = at.astimezone(ZONE)
        return self.say("{time} on {day}", time=f"{here:%H:%M}", day=self.day(here.date()))

    def time(self, at: datetime) -> str:
        return f"{at.astimezone(ZONE):%H:%M}"

    def series(self, parts: Iterable[str]) -> str:
        """`a, b và c`."""
        said = list(parts)
        if len(said) < 2:
            return "".join(said)
        return self.say("{most} and {last}", most=", ".join(said[:-1]), last=said[-1])


def _ends(number: Fraction) -> bool:
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


@cache
def language(code: str = VIETNAMESE) -> Language:
    if code == ENGLISH:
        return Language(ENGLISH)
    return Language(code, catalogue(Path(__file__).with_name(f"{code}.po").read_text("utf-8")))


def catalogue(text: str) -> dict[str, str]:
    """The entries of a .po file that have a translation; the header is left out."""
    found = {}
    for match in _ENTRY.finditer(text):
        original, translated = (_joined(lines) for lines in match.groups())
        if original and translated:
            found[original] = translated
    return found


def _joined(lines: str) -> str:
    text = "".join(line[1:-1] for line in lines.splitlines())
    return text.replace(r"\n", "\n").replace(r"\"", '"') if "\\" in text else text
