"""The file format as JSON Schema (2020-12), made from the schemas that read the files.

It is for editors, which see numbers and booleans where the service sees text: both are let pass.
What needs the whole file (sums, names, examples) is left to `evalsvc criteria check`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields

from evalsvc.catalog import tree
from evalsvc.catalog.blocks import Block, ByColumn, Items, Named
from evalsvc.catalog.fields import (
    Code,
    Field,
    Maybe,
    Number,
    Percent,
    PercentOrNumber,
    Share,
    Whole,
    Word,
    YesNo,
)
from evalsvc.catalog.labels import label
from evalsvc.catalog.line_schemas import (
    LINES,
    DueNumber,
    DueNumberSchema,
    EvidenceField,
    EvidenceSchema,
    HeadingLine,
    LineSchema,
)
from evalsvc.catalog.set_schema import (
    CONDITIONS,
    BandSchema,
    BaseField,
    LaddersField,
    SetSchema,
)
from evalsvc.domain.provisions import BaseIs
from evalsvc.words.language import Language

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Shape = dict[str, Any]

_TEXT: Shape = {"type": ["string", "number", "boolean"]}
_COLUMN_TEXT: Shape = {"type": "string"}
_SCALARS: dict[type[fields.Field[Any]], Shape] = {
    Code: {"type": ["string", "number", "boolean"], "pattern": r"^[^\s/]{1,40}$"},
    Number: {"type": ["number", "string"], "minimum": 0, "pattern": r"^\d{1,9}(\.\d{1,6})?$"},
    Whole: {"type": ["integer", "string"], "minimum": 0, "pattern": r"^\d{1,9}$"},
    Share: {"type": ["string", "integer"], "pattern": r"^\d{1,6}(/\d{1,6})?$"},
    Percent: {"type": "string", "pattern": r"^\d{1,3}(\.\d{1,4})? ?%$"},
    PercentOrNumber: {
        "type": ["string", "integer"],
        "pattern": r"^(\d{1,9}|\d{1,3}(\.\d{1,4})? ?%)$",
    },
    YesNo: {"enum": ["yes", "no", "true", "false", True, False]},
}
_NOT_HERE: Shape = {"enum": ["—", "–", "-"]}


def json_schema(language: Language) -> Shape:
    """The whole format; titles of keys are in the language."""
    writer = _Writer(language)
    root = writer.object(SetSchema())
    definitions: Shape = {"criterion": writer.criterion(), "condition": writer.condition()}
    for kind, schema in LINES.items():
        definitions[f"kind-{kind}"] = writer.object(schema(), kind={"const": kind})
    definitions["part"] = {"$ref": "#/$defs/criterion", "not": {"required": ["parts"]}}
    parts = {"type": "array", "items": {"$ref": "#/$defs/part"}, "minItems": 1}
    definitions["with-parts"] = writer.object(HeadingLine(), parts=parts)
    title = language.say("Criteria set (evalsvc, format 1)")
    return {"$schema": DIALECT, "title": title, **root, "$defs": definitions}


class _Writer:
    def __init__(self, language: Language) -> None:
        self.language = language

    def object(self, schema: Schema, **fixed: Shape) -> Shape:
        named = {field.data_key or name: field for name, field in schema.fields.items()}
        shapes = {key: fixed.get(key) or self.field(field) for key, field in named.items()}
        required = [key for key, field in named.items() if field.required]
        return {
            "type": "object",
            "properties": {key: self._titled(key, shape) for key, shape in shapes.items()},
            **({"required": required} if required else {}),
            "additionalProperties": False,
        }

    def _titled(self, key: str, shape: Shape) -> Shape:
        return {"title": label(self.language, key), **shape}

    def field(self, field: fields.Field[Any]) -> Shape:
        match field:
            case Items():
                return {"type": "array", "items": self.field(field.inner), "minItems": field.least}
            case Named():
                shape = self.field(field.inner)
                return {"type": "object", "additionalProperties": shape, "minProperties": 1}
            case Block():
                return self._block(field)
            case LaddersField():
                ladder = {"type": "array", "items": self.object(BandSchema()), "minItems": 1}
                by_column = {"type": "object", "additionalProperties": ladder}
                return {"anyOf": [ladder, by_column]}
            case _:
                return self._value(field)

    def _value(self, field: fields.Field[Any]) -> Shape:
        """A value that may be written in more than one way, or a scalar."""
        match field:
            case ByColumn():
                each = {"anyOf": [self.field(field.inner), _NOT_HERE]}
                ways = [each, {"type": "object", "additionalProperties": each}]
            case BaseField():
                words = [str(word) for word in BaseIs]
                ways = [{"enum": words}, {"type": "array", "items": _SCALARS[Code]}]
            case Maybe():
                ways = [{"const": field.word}, self.field(field.inner)]
            case EvidenceField():
                ways = [{"const": "none"}, self.object(EvidenceSchema())]
            case DueNumber():
                ways = [_SCALARS[Whole], self.object(DueNumberSchema())]
            case _:
                return _scalar(field)
        return {"anyOf": ways}

    def _block(self, field: Block) -> Shape:
        if isinstance(field.schema, type):
            return self.object(field.schema())
        return {"$ref": "#/$defs/criterion" if _is_line(field.schema) else "#/$defs/condition"}

    def criterion(self) -> Shape:
        """One branch for each kind, so that an editor names the keys of the kind at hand."""
        kinds = [
            {
                "if": {"properties": {"kind": {"const": kind}}},
                "then": {"$ref": f"#/$defs/kind-{kind}"},
            }
            for kind in LINES
        ]
        of_a_kind: Shape = {
            "required": ["kind"],
            "properties": {"kind": {"enum": list(LINES)}},
            "allOf": kinds,
        }
        return {
            "type": "object",
            "if": {"required": ["parts"]},
            "then": {"$ref": "#/$defs/with-parts"},
            "else": of_a_kind,
        }

    def condition(self) -> Shape:
        return {"oneOf": [self.object(schema()) for schema in CONDITIONS.values()]}


def _is_line(choose: Callable[[tree.Mapping], Schema]) -> bool:
    """Whether the schema that a block chooses by its content is that of a criterion."""
    try:
        return isinstance(choose(tree.Mapping(kind="yes-no")), LineSchema)
    except ValidationError:
        return False


def _numbers(choices: list[str]) -> list[int]:
    return [int(choice) for choice in choices if choice.isdecimal()]


def _scalar(field: fields.Field[Any]) -> Shape:
    if isinstance(field, Word):
        return {"enum": [*field.choices, *_numbers(field.choices)]}
    known: Mapping[type[fields.Field[Any]], Shape] = _SCALARS
    for kind in type(field).__mro__:
        if kind in known:
            return known[kind]
    return _TEXT if isinstance(field, Field) else _COLUMN_TEXT
