"""The shape of an answers file: what a unit states, and what reviewers make of it."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from evalsvc.catalog import tree
from evalsvc.catalog.blocks import Block, FileSchema, Items
from evalsvc.catalog.fields import Code, Day, Field, Maybe, Text, Word, Year, YesNo, refuse
from evalsvc.catalog.line_schemas import exactly_one
from evalsvc.domain.errors import flaw

NOT_SUBMITTED = "no"
MARK_WAYS = ("answer", "points", "refuse", "not-applicable")


class AnswerText(Field):
    """An answer as text; a list or a mapping is put into the same words."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        match value:
            case tree.Sequence():
                return "; ".join(self._word(each) for each in value)
            case tree.Mapping():
                return "; ".join(f"{code} {self._word(each)}" for code, each in value.items())
            case _:
                return super()._deserialize(value, attr, data, **kwargs)

    def parse(self, text: str) -> str:
        return text

    def _word(self, value: object) -> str:
        if not isinstance(value, str) or not value.strip() or ";" in value:
            raise refuse("not-an-answer")
        return value.strip()


class ByLine(fields.Field[Any]):
    """A mapping from the codes of lines to something; the lines are checked against the sheet."""

    default_error_messages = Field.default_error_messages

    def __init__(self, inner: fields.Field[Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.inner = inner

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, tree.Mapping):
            raise refuse("not-a-mapping")
        found: dict[str, Any] = {}
        errors: dict[str, Any] = {}
        for code, each in value.items():
            try:
                found[code] = self.inner.deserialize(each)
            except ValidationError as error:
                errors[code] = error.messages
        if errors:
            raise ValidationError(errors, valid_data=found)
        return found


class MarkSchema(FileSchema):
    """What a person makes of a line; `refuse` may come with the answer that is true."""

    answer = AnswerText()
    points = Text()
    refuse = YesNo()
    not_applicable = Code()
    reason = Text()

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _one_way(self, data: dict[str, Any], original: Any, **kwargs: Any) -> None:
        said = [key for key in MARK_WAYS if key in original]
        if said != ["answer", "refuse"]:
            exactly_one(data, original, *MARK_WAYS)


class FlagSchema(FileSchema):
    flag = Code(required=True)
    document = Text(required=True)
    date = Day(required=True)


class Submitted(Maybe):
    """The date of handing in, or `no`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(NOT_SUBMITTED, Day(), **kwargs)


class AnswersSchema(FileSchema):
    format = Word(("1",), required=True)
    unit = Code(required=True)
    name = Text()
    set = Code()
    version = Text()
    kind = Code()
    year = Year()
    half = Word(("1", "2"))
    tags = Items(Code(), least=0)
    submitted = Submitted(required=True)
    answers = ByLine(AnswerText(), required=True)
    official = ByLine(AnswerText())
    review = ByLine(Block(MarkSchema))
    agreed = ByLine(Block(MarkSchema))
    explained = ByLine(Block(MarkSchema))
    final = ByLine(Block(MarkSchema))
    flags = Items(Block(FlagSchema), least=0)

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _said_once(self, data: dict[str, Any], original: Any, **kwargs: Any) -> None:
        claimed, official = original.get("answers"), original.get("official")
        if isinstance(claimed, tree.Mapping) and isinstance(official, tree.Mapping):
            for code in official:
                if code in claimed:
                    raise ValidationError({"official": {code: [flaw("said-twice", text=code)]}})
