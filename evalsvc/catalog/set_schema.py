"""The shape of a criteria file: the whole set, its groups, and what it provides beside lines."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validates_schema

from evalsvc.catalog import tree
from evalsvc.catalog.blocks import Block, ByColumn, FileSchema, Items, Named, made
from evalsvc.catalog.fields import (
    Code,
    Day,
    Field,
    ItemPath,
    Maybe,
    Number,
    Percent,
    PercentOrNumber,
    Text,
    Whole,
    Word,
    Year,
    YesNo,
    refuse,
)
from evalsvc.catalog.line_schemas import exactly_one, line_schema
from evalsvc.domain.criteria import FORMAT, Compare, Fit, Role
from evalsvc.domain.errors import flaw
from evalsvc.domain.provisions import BaseIs, Per, Rounding


class DocumentSchema(FileSchema):
    number = Text()
    date = Day()
    issuer = Text()
    title = Text()


class YearsSchema(FileSchema):
    from_ = Year()
    until = Year()


class KindSchema(FileSchema):
    name = Text(required=True)
    column = Code()


class GroupSchema(FileSchema):
    code = Code(required=True)
    name = Text(required=True)
    most = ByColumn(Number())
    cap = ByColumn(Number())
    as_ = Word(Role)
    criteria = Items(Block(line_schema), required=True)


class BandSchema(FileSchema):
    code = Code()
    name = Text(required=True)
    from_ = Number()
    more_than = Number()

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _one_bound(self, data: dict[str, Any], original: Any, **kwargs: Any) -> None:
        exactly_one(data, original, "from", "more-than")


_LADDER = Items(Block(BandSchema))


class LaddersField(fields.Field[Any]):
    """One ladder for all columns, or a mapping from column to ladder."""

    default_error_messages = Field.default_error_messages

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, tree.Mapping):
            return Named(_LADDER).deserialize(value)
        return _LADDER.deserialize(value)


class BaseField(fields.Field[Any]):
    """`rated`, `units`, or a list of bands."""

    default_error_messages = Field.default_error_messages

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, tree.Sequence):
            return tuple(Items(Code()).deserialize(value))
        return Word(BaseIs).deserialize(value)


class NotHeldSchema(FileSchema):
    not_held = ItemPath(required=True)


class AnswerIsSchema(FileSchema):
    answer = Text(required=True)
    is_ = Code()
    is_not = Code()

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _one_way(self, data: dict[str, Any], original: Any, **kwargs: Any) -> None:
        exactly_one(data, original, "is", "is-not")


class CriterionBelowSchema(FileSchema):
    criterion = Code(required=True)
    below = Number(required=True)


class GroupBelowSchema(FileSchema):
    group = Code(required=True)
    below = Number(required=True)


class ZeroSchema(FileSchema):
    zero = Code(required=True)


class FlagSchema(FileSchema):
    flag = Code(required=True)


class TagSchema(FileSchema):
    tag = Code(required=True)


class ChildrenBelowSchema(FileSchema):
    children = Code(required=True)
    set = Code(required=True)
    bands = Items(Code(), required=True)
    below = Number(required=True)


class AllOfSchema(FileSchema):
    all_of = Items(Block(lambda value: condition_schema(value)), required=True)


class AnyOfSchema(FileSchema):
    any_of = Items(Block(lambda value: condition_schema(value)), required=True)


CONDITIONS: dict[str, type[FileSchema]] = {
    "not-held": NotHeldSchema,
    "answer": AnswerIsSchema,
    "criterion": CriterionBelowSchema,
    "group": GroupBelowSchema,
    "zero": ZeroSchema,
    "flag": FlagSchema,
    "tag": TagSchema,
    "children": ChildrenBelowSchema,
    "all-of": AllOfSchema,
    "any-of": AnyOfSchema,
}


def condition_schema(value: tree.Mapping) -> Schema:
    for key, schema in CONDITIONS.items():
        if key in value:
            return made(schema)
    raise refuse("not-a-condition", choices=list(CONDITIONS))


class GateSchema(FileSchema):
    code = Code(required=True)
    name = Text(required=True)
    if_ = Block(condition_schema, required=True)
    at_most = Code()
    no_title = YesNo()
    unrated = YesNo()

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _some_effect(self, data: dict[str, Any], original: Any, **kwargs: Any) -> None:
        if not {"at-most", "no-title", "unrated"} & set(original):
            raise ValidationError({"_schema": [flaw("gate-without-effect")]})


class RuleSchema(FileSchema):
    if_ = Text(required=True)
    say = Text(required=True)


class QuotaSchema(FileSchema):
    band = Code(required=True)
    at_most = Percent(required=True)
    of = BaseField(required=True)
    per = Word(Per, required=True)
    rounding = Word(Rounding)
    at_least = Whole()
    excess = YesNo()


class TitleSchema(FileSchema):
    code = Code(required=True)
    name = Text(required=True)
    bands = Items(Code())
    within = Code()
    from_ = PercentOrNumber(required=True)
    to = PercentOrNumber()
    of = BaseField()
    per = Word(Per)

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _who(self, data: dict[str, Any], original: Any, **kwargs: Any) -> None:
        exactly_one(data, original, "bands", "within")


class TargetSchema(FileSchema):
    code = Code(required=True)
    name = Text(required=True)
    kind = Code()
    band = Code()
    total_of = Code()
    title = Code()
    from_ = PercentOrNumber()
    more_than = PercentOrNumber()
    to = PercentOrNumber()

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _what(self, data: dict[str, Any], original: Any, **kwargs: Any) -> None:
        exactly_one(data, original, "kind", "total-of", "title")
        exactly_one(data, original, "from", "more-than")
        if ("kind" in original) != ("band" in original):
            raise ValidationError({"_schema": [flaw("kind-goes-with-band")]})


class ExampleSchema(FileSchema):
    criterion = Code(required=True)
    column = Code()
    year = Year()
    answer = Text(required=True)
    points = Number(required=True)


class DecidedSchema(FileSchema):
    on = Text(required=True)
    what = Text(required=True)
    why = Text(required=True)


class SetSchema(FileSchema):
    format = Word((str(FORMAT),), required=True)
    code = Code(required=True)
    version = Text(required=True)
    title = Text(required=True)
    issuer = Text()
    legal_basis = Items(Block(DocumentSchema))
    based_on = Items(Block(DocumentSchema))
    years = Block(YearsSchema)
    scale = Number()
    decimals = Word(("0", "1", "2", "3", "4"))
    fit = Word(Fit)
    ceiling = Maybe("none", Number())
    compare = Word(Compare)
    columns = Named(Text())
    kinds = Named(Block(KindSchema), required=True)
    tags = Named(Text())
    flags = Named(Text())
    groups = Items(Block(GroupSchema), required=True)
    bonus_cap = Number()
    bands = LaddersField(required=True)
    ties = Items(Code())
    gates = Items(Block(GateSchema))
    rules = Items(Block(RuleSchema))
    quotas = Items(Block(QuotaSchema))
    titles = Items(Block(TitleSchema))
    targets = Items(Block(TargetSchema))
    examples = Items(Block(ExampleSchema))
    decided = Items(Block(DecidedSchema))
