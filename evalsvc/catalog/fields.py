"""marshmallow fields for text that people write: each refuses with a message id and facts."""

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from marshmallow import ValidationError, fields

from evalsvc.domain.dates import YearlyDay, read_day, read_yearly_day
from evalsvc.domain.errors import Refused, flaw

NOT_HERE = ("—", "–", "-")
MOST_TEXT = 4000
LONGEST_TURN = 30
HUNDRED = Decimal(100)

CODE = re.compile(r"[^\W_][\w.\-]{0,39}")
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,6})?")
_SHARE = re.compile(r"([0-9]{1,6})(?:/([0-9]{1,6}))?")
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?) ?%")

_T = TypeVar("_T")


def refuse(message: str, **facts: object) -> ValidationError:
    return ValidationError([flaw(message, **facts)])


class Field(fields.Field[Any]):
    """Takes text only; None is a key without a value."""

    default_error_messages = {
        "required": "missing-key",
        "null": "value-missing",
        "validator_failed": "value-missing",
    }

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, str):
            raise refuse("not-one-value")
        if not value.strip():
            raise refuse("value-missing")
        try:
            return self.parse(value.strip())
        except Refused as error:
            raise refuse(error.message, **error.facts) from None

    def parse(self, text: str) -> Any:
        raise NotImplementedError


class Text(Field):
    def parse(self, text: str) -> str:
        if len(text) > MOST_TEXT:
            raise Refused("text-too-long", most=MOST_TEXT)
        return text


class Code(Field):
    def parse(self, text: str) -> str:
        if not CODE.fullmatch(text):
            raise Refused("not-a-code", text=text)
        return text


class ItemPath(Field):
    """`1.1/ban-hanh`: a criterion and one of its items."""

    def parse(self, text: str) -> tuple[str, str]:
        criterion, slash, item = text.partition("/")
        if not slash or not CODE.fullmatch(criterion) or not CODE.fullmatch(item):
            raise Refused("not-an-item", text=text)
        return criterion, item


class Number(Field):
    def parse(self, text: str) -> Decimal:
        if re.fullmatch(r"[0-9]+,[0-9]+", text):
            raise Refused("number-with-comma", text=text, instead=text.replace(",", "."))
        if not _NUMBER.fullmatch(text):
            raise Refused("not-a-file-number", text=text)
        return Decimal(text)


class UpToHundred(Number):
    """A per cent without its sign; more than all is a slip."""

    def parse(self, text: str) -> Decimal:
        if (number := super().parse(text)) > HUNDRED:
            raise Refused("number-too-great", text=text, greatest=HUNDRED)
        return number


class Whole(Field):
    def parse(self, text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text):
            raise Refused("not-whole", text=text)
        return int(text)


class Positive(Whole):
    def parse(self, text: str) -> int:
        if (number := super().parse(text)) == 0:
            raise Refused("not-positive", text=text)
        return number


class Turn(Positive):
    """Every so many years; more than a generation is a slip."""

    def parse(self, text: str) -> int:
        if (turn := super().parse(text)) > LONGEST_TURN:
            raise Refused("number-too-great", text=text, greatest=LONGEST_TURN)
        return turn


class PositiveNumber(Number):
    def parse(self, text: str) -> Decimal:
        if (number := super().parse(text)) == 0:
            raise Refused("not-positive", text=text)
        return number


class Year(Whole):
    def parse(self, text: str) -> int:
        if not re.fullmatch(r"(19|20|21)[0-9]{2}", text):
            raise Refused("not-a-year", text=text)
        return int(text)


class Share(Field):
    """An exact share of a line's most: 2/3, 1/2, 1, 0."""

    def parse(self, text: str) -> Fraction:
        match = _SHARE.fullmatch(text)
        if not match or match[2] == "0" * len(match[2] or "x"):
            raise Refused("not-a-share", text=text)
        share = Fraction(int(match[1]), int(match[2] or 1))
        if share > 1:
            raise Refused("share-above-one", text=text)
        return share


class Percent(Field):
    def parse(self, text: str) -> Decimal:
        if not (match := _PERCENT.fullmatch(text)) or Decimal(match[1]) > 100:
            raise Refused("not-a-percentage", text=text)
        return Decimal(match[1])


class PercentOrNumber(Field):
    """`25 %` or `3`: a share, or so many."""

    def parse(self, text: str) -> tuple[Decimal, bool]:
        if text.endswith("%"):
            return Percent().parse(text), True
        return Decimal(Whole().parse(text)), False


class YesNo(Field):
    def parse(self, text: str) -> bool:
        if text.lower() not in ("yes", "no", "true", "false"):
            raise Refused("not-yes-or-no", text=text)
        return text.lower() in ("yes", "true")


class Day(Field):
    def parse(self, text: str) -> date:
        return read_day(text)


class DayOrYearly(Field):
    """dd/mm/yyyy, or dd/mm for a day that comes back each year."""

    def parse(self, text: str) -> date | YearlyDay:
        return read_day(text) if text.count("/") == 2 else read_yearly_day(text)


class Word(Field):
    """One of a few words."""

    def __init__(self, words: type[StrEnum] | tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.words = words
        self.choices = list(words) if isinstance(words, tuple) else [str(w) for w in words]

    def parse(self, text: str) -> Any:
        if text not in self.choices:
            raise Refused("no-such-choice", text=text, choices=self.choices)
        return text if isinstance(self.words, tuple) else self.words(text)


class Maybe(Field):
    """A word that stands for nothing (`none`), or a value of another field."""

    def __init__(self, word: str, inner: Field, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.word, self.inner = word, inner

    def parse(self, text: str) -> Any:
        return None if text == self.word else self.inner.parse(text)
