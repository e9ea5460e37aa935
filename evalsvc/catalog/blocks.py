"""Lists, mappings and whole schemas: what is made of fields, with the paths of what is wrong."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validates_schema

from evalsvc.catalog import tree
from evalsvc.catalog.fields import CODE, NOT_HERE, Field, refuse
from evalsvc.domain.errors import Flaw, flaw


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
            if not CODE.fullmatch(code):
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
