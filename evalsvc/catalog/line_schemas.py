"""The shape of a criterion in a file: the keys that all share, and those of each kind."""

from typing import Any

from marshmallow import Schema, ValidationError, validates_schema

from evalsvc.catalog import tree
from evalsvc.catalog.blocks import Block, ByColumn, FileSchema, Items, made
from evalsvc.catalog.fields import (
    Code,
    DayOrYearly,
    Field,
    Number,
    Positive,
    PositiveNumber,
    Share,
    Text,
    Turn,
    UpToHundred,
    Whole,
    Word,
    Year,
    YesNo,
    refuse,
)
from evalsvc.domain.answers import Treatment
from evalsvc.domain.criteria import GivenBy, Need, Role
from evalsvc.domain.errors import Refused, flaw

THIS_YEAR, YEAR_BEFORE, NEXT_YEAR = "this-year", "year-before", "next-year"


def exactly_one(data: dict[str, Any], original: Any, *keys: str) -> None:
    """Demand one of the keys, no less and no more."""
    said = [key for key in keys if isinstance(original, tree.Mapping) and key in original]
    if len(said) != 1:
        raise ValidationError({"_schema": [flaw("one-of-these-keys", keys=list(keys), said=said)]})


class AmountSchema(FileSchema):
    """`points: 1.5` (or one number a column), or `share: 2/3` of the line's most."""

    points = ByColumn(Number())
    share = Share()

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _one_amount(self, data: dict[str, Any], original: Any, **kwargs: Any) -> None:
        exactly_one(data, original, "points", "share")


class LevelSchema(AmountSchema):
    code = Code()
    name = Text(required=True)


class ItemSchema(FileSchema):
    """Like a level; without points where all items of the list are equal."""

    code = Code()
    name = Text(required=True)
    points = ByColumn(Number())
    share = Share()


class TierSchema(AmountSchema):
    from_ = Number()
    more_than = Number()

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _one_bound(self, data: dict[str, Any], original: Any, **kwargs: Any) -> None:
        if "from" in original and "more-than" in original:
            exactly_one(data, original, "from", "more-than")


class SortSchema(FileSchema):
    code = Code()
    name = Text(required=True)
    each = ByColumn(Number(), required=True)


class LessSchema(FileSchema):
    code = Code()
    name = Text(required=True)
    each = Number(required=True)


class ReasonSchema(FileSchema):
    code = Code()
    text = Text(required=True)
    treatment = Word(Treatment, required=True)


class ValidSchema(FileSchema):
    from_ = Year()
    until = Year()
    every = Turn()
    half = Word(("1", "2"))


class StraightLineSchema(FileSchema):
    from_ = Number(required=True)
    to = Number(required=True)


class ShareLineSchema(StraightLineSchema):
    """Over a share: done of due is never more than all."""

    to = UpToHundred(required=True)


class DueNumberSchema(FileSchema):
    usual = Positive(required=True)
    may_change = YesNo(required=True)


class DueNumber(Field):
    """`13` fixed by the set, or `{usual: 7, may-change: yes}`."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, tree.Mapping):
            read = made(DueNumberSchema).load(value)
            return read["usual"], read["may_change"]
        return super()._deserialize(value, attr, data, **kwargs)

    def parse(self, text: str) -> tuple[int, bool]:
        return Positive().parse(text), False


class DueDaySchema(FileSchema):
    code = Code()
    name = Text()
    by = DayOrYearly()
    before = DayOrYearly()
    of = Word((THIS_YEAR, NEXT_YEAR))

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _one_day(self, data: dict[str, Any], original: Any, **kwargs: Any) -> None:
        exactly_one(data, original, "by", "before")


class LateStepSchema(AmountSchema):
    up_to = Whole()


class WordingSchema(FileSchema):
    from_ = Number(required=True)
    text = Text(required=True)


class OfBandSchema(AmountSchema):
    band = Code()


class EvidenceSchema(FileSchema):
    required = Text()
    wanted = Text()

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _one_need(self, data: dict[str, Any], original: Any, **kwargs: Any) -> None:
        exactly_one(data, original, "required", "wanted")


class EvidenceField(Field):
    """`none`, or `{required: text}`, or `{wanted: text}`."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, tree.Mapping):
            read = made(EvidenceSchema).load(value)
            need = Need.REQUIRED if "required" in read else Need.WANTED
            return need, read[need]
        return super()._deserialize(value, attr, data, **kwargs)

    def parse(self, text: str) -> tuple[Need, str]:
        if text != Need.NONE:
            raise Refused("not-evidence", text=text)
        return Need.NONE, ""


class LineSchema(FileSchema):
    """What every criterion may say."""

    code = Code(required=True)
    name = Text(required=True)
    guide = Text()
    kind: Field = Text(required=True)
    most = ByColumn(Number())
    as_ = Word(Role)
    given_by = Word(GivenBy)
    only_ = Items(Code())
    valid = Block(ValidSchema)
    reviewer_may_set_points = YesNo()
    less = Items(Block(LessSchema))
    not_applicable = Items(Block(ReasonSchema))
    evidence = EvidenceField(required=True)
    source = ByColumn(Text())


class YesNoLine(LineSchema):
    pass


class OptionsLine(LineSchema):
    levels = Items(Block(LevelSchema), required=True, least=2)


class ChecklistLine(LineSchema):
    items = Items(Block(ItemSchema), required=True)
    equal = YesNo()

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _points_unless_equal(self, data: dict[str, Any], original: Any, **kwargs: Any) -> None:
        keys = ("points", "share")
        errors: dict[int, Any] = {}
        for index, item in enumerate(original.get("items") or ()):
            if not isinstance(item, tree.Mapping):
                continue
            said = [key for key in keys if key in item]
            if data.get("equal") and said:
                errors[index] = {said[0]: [flaw("points-though-equal", key=said[0])]}
            elif not data.get("equal") and len(said) != 1:
                errors[index] = [flaw("one-of-these-keys", keys=[*keys], said=said)]
        if errors:
            raise ValidationError({"items": errors})


class AskingLine(LineSchema):
    in_ = Text()
    done_name = Text()
    due_name = Text()


class TiersLine(AskingLine):
    of = Word(("share", "number"))
    whole = YesNo()
    may_exceed = YesNo()
    tiers = Items(Block(TierSchema), required=True, least=2)


class RatioLine(AskingLine):
    due = DueNumber()
    cut_below = UpToHundred()
    line = Block(ShareLineSchema)
    may_exceed = YesNo()


class EventsLine(LineSchema):
    in_ = Text()
    each = ByColumn(Number())
    sorts = Items(Block(SortSchema))

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _one_way(self, data: dict[str, Any], original: Any, **kwargs: Any) -> None:
        exactly_one(data, original, "each", "sorts")


class LatenessLine(LineSchema):
    due = Items(Block(DueDaySchema), required=True)
    late = Items(Block(LateStepSchema))


class JudgedLine(LineSchema):
    step = Number(required=True)
    levels = Items(Block(WordingSchema))


class SurveyLine(LineSchema):
    line = Block(StraightLineSchema, required=True)
    minimum = Whole()
    too_few = Word(Treatment)

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _minimum_needs_treatment(self, data: dict[str, Any], original: Any, **kwargs: Any) -> None:
        if ("minimum" in original) != ("too-few" in original):
            raise ValidationError({"_schema": [flaw("minimum-without-treatment")]})


class ImportedLine(LineSchema):
    out_of = PositiveNumber(required=True)
    what = Text(required=True)
    result_of = Word((THIS_YEAR, YEAR_BEFORE))


class ChildrenLine(LineSchema):
    set = Code(required=True)
    of_kind = Code(required=True)
    bands = Items(Code())
    tiers = Items(Block(TierSchema), least=2)
    child = Items(Block(OfBandSchema), least=2)

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _share_or_one(self, data: dict[str, Any], original: Any, **kwargs: Any) -> None:
        exactly_one(data, original, "tiers", "child")
        if ("bands" in original) != ("tiers" in original):
            raise ValidationError({"_schema": [flaw("bands-go-with-tiers")]})


LINES: dict[str, type[LineSchema]] = {
    "yes-no": YesNoLine,
    "options": OptionsLine,
    "checklist": ChecklistLine,
    "tiers": TiersLine,
    "ratio": RatioLine,
    "count": EventsLine,
    "deduct": EventsLine,
    "lateness": LatenessLine,
    "judged": JudgedLine,
    "survey": SurveyLine,
    "imported": ImportedLine,
    "children": ChildrenLine,
}


class HeadingLine(FileSchema):
    """A criterion that has parts: it has no scale of its own."""

    code = Code(required=True)
    name = Text(required=True)
    most = ByColumn(Number(), required=True)
    parts = Items(Block(lambda value: part_schema(value)), required=True)


class UnknownLine(LineSchema):
    """A criterion whose kind is missing or unknown: only what all kinds share is looked at."""

    kind: Field = Word(tuple(LINES), required=True)

    def __init__(self, original: tree.Mapping) -> None:
        super().__init__()
        self._others = [key for key in original if key not in _COMMON]

    def load(self, data: Any, **kwargs: Any) -> Any:
        common = tree.Mapping({key: data[key] for key in data if key not in self._others})
        common.path = data.path
        return super().load(common, **kwargs)


_COMMON = {field.data_key for field in LineSchema().fields.values()}


def part_schema(value: tree.Mapping) -> Schema:
    """The schema for a part; a part has no parts of its own: there are three levels."""
    if "parts" in value:
        raise refuse("parts-of-parts")
    return line_schema(value)


def line_schema(value: tree.Mapping) -> Schema:
    """The schema for a criterion, by what it says of itself."""
    if "parts" in value:
        return made(HeadingLine)
    kind = value.get("kind")
    if isinstance(kind, str) and kind.strip() in LINES:
        return made(LINES[kind.strip()])
    return UnknownLine(value)
