"""marshmallow fields for text that people write: each refuses with a message id and facts."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validates_schema

from evalsvc.catalog import tree
from evalsvc.domain.dates import YearlyDay, read_day, read_yearly_day
from evalsvc.domain.errors import Flaw, Refused, flaw

NOT_HERE = ("—", "–", "-")
MOST_TEXT = 4000
LONGEST_TURN = 30
HUNDRED = Decimal(100)

_CODE = re.compile(r"[^\W_][\w.\-]{0,39}")
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
        if not _CODE.fullmatch(text):
            raise Refused("not-a-code", text=text)
        return text


class ItemPath(Field):
    """`1.1/ban-hanh`: a criterion and one of its items."""

    def parse(self, text: str) -> tuple[str, str]:
        criterion, slash, item = text.partition("/")
        if not slash or not _CODE.fullmatch(criterion) or not _CODE.fullmatch(item):
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


class ByColumn(fields.Field[Any]):
    """One value for every column, or a mapping from column to value; "—" is not on the sheet."""

    default_error_messages = Field.default_error_messages

    def __init__(self, inner: Field, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.inner = inner

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, tree.Mapping):
            return self._one(value)
        found, errors = {}, {}
        for column, each in value.items():
            try:
                found[column] = self._one(each)
            except ValidationError as error:
                errors[column] = error.messages
        if errors:
            raise ValidationError(errors, valid_data=found)
        return found

    def _one(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip() in NOT_HERE:
            return None
        return self.inner.deserialize(value)


class Items(fields.List[Any]):
    """A list; a lone value where a list belongs is said so."""

    default_error_messages = {
        **Field.default_error_messages,
        "invalid": "not-a-list",
    }

    def __init__(self, inner: Any, *, least: int = 1, **kwargs: Any) -> None:
        super().__init__(inner, **kwargs)
        self.least = least

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, tree.Sequence):
            raise refuse("not-a-list")
        if len(value) < self.least:
            raise refuse("list-empty")
        return super()._deserialize(value, attr, data, **kwargs)


class Named(fields.Field[Any]):
    """A mapping from codes to values of one kind."""

    default_error_messages = Field.default_error_messages

    def __init__(self, inner: fields.Field[Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.inner = inner

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, tree.Mapping) or not value:
            raise refuse("not-a-mapping")
        found: dict[str, Any] = {}
        errors: dict[str, Any] = {}
        for code, each in value.items():
            if not _CODE.fullmatch(code):
                errors[code] = [flaw("not-a-code", text=code)]
                continue
            try:
                found[code] = self.inner.deserialize(each)
            except ValidationError as error:
                errors[code] = error.messages
        if errors:
            raise ValidationError(errors, valid_data=found)
        return found


class Block(fields.Field[Any]):
    """A nested mapping, read by a schema that may depend on the mapping itself."""

    default_error_messages = Field.default_error_messages

    def __init__(
        self, schema: type[Schema] | Callable[[tree.Mapping], Schema], **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.schema = schema

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, tree.Mapping):
            raise refuse("not-a-mapping")
        chosen = made(self.schema) if isinstance(self.schema, type) else self.schema(value)
        return chosen.load(value)


@cache
def made(schema: type[Schema]) -> Schema:
    """One instance of each schema: making one copies all of its fields."""
    return schema()


def known_keys(schema: Schema) -> list[str]:
    return [field.data_key or name for name, field in schema.fields.items()]


def _unknown_key(key: str, value: object, known: list[str]) -> Flaw:
    """A key without a value that nobody knows is the rest of a text after a comma in braces."""
    if value is None and key.rstrip(":") not in known:
        return flaw("comma-in-braces", key=key)
    return flaw("unknown-key", key=key, known=known)


class FileSchema(Schema):
    """Base: keys in kebab-case, unknown keys refused with what is known, the path kept."""

    error_messages = {"type": "not-a-mapping"}

    class Meta:
        unknown = EXCLUDE

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        field_obj.data_key = field_name.rstrip("_").replace("_", "-")

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _note_path_and_refuse_unknown_keys(
        self, data: dict[str, Any], original: Any, **kwargs: Any
    ) -> None:
        if not isinstance(original, tree.Mapping):
            return
        data["path"] = original.path
        known = known_keys(self)
        errors = {
            key: [_unknown_key(key, original[key], known)] for key in original if key not in known
        }
        if errors:
            raise ValidationError(errors)


def flaws_of(messages: Any, *path: str | int) -> list[Flaw]:
    """marshmallow's nested messages as flaws with whole paths."""
    if isinstance(messages, Mapping):
        found: list[Flaw] = []
        for key, inner in messages.items():
            step = () if key == "_schema" else (key,)
            found += flaws_of(inner, *path, *step)
        return found
    return [
        each.under(*path) if isinstance(each, Flaw) else Flaw(str(each), path, {"key": path[-1]})
        for each in messages
    ]
