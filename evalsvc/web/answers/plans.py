"""The form of one line as data: what is asked for each kind of scale, and what stands beside it."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import assert_never

from evalsvc.domain.answers import ByHand, NotApplicable, Proposed, Stated, Value
from evalsvc.domain.criteria import Reason
from evalsvc.domain.readings import LESS_MARK, NOT_APPLICABLE_MARK, write_value
from evalsvc.domain.scales import (
    Checklist,
    Children,
    Count,
    Deduct,
    Imported,
    Judged,
    Lateness,
    OneChild,
    Options,
    Ratio,
    Scale,
    Sort,
    Survey,
    Tiers,
    YesNo,
)
from evalsvc.domain.scales.measure import NOTHING_SAID
from evalsvc.web.answers import choice, events, judgement, measure
from evalsvc.web.answers.controls import (
    Asking,
    Choice,
    Control,
    Filled,
    Part,
    Row,
    Said,
    Shape,
    Typed,
    number,
    of_regulation,
    one,
    token,
)
from evalsvc.words.language import Language

REASON, BY_HAND = "reason", "by-hand"


@dataclass(frozen=True, slots=True)
class Line:
    """What the form of a line is made from; two equal lines have the same form."""

    code: str
    scale: Scale
    less: tuple[Sort, ...]
    reasons: tuple[Reason, ...]
    decimals: int
    by_hand: bool
    bands: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Fieldsets of the answer, and rows beside them: points by hand, not applicable."""

    line: Line
    language: Language
    parts: tuple[Part, ...]
    beside: tuple[Row, ...]
    answer: Asking | None
    less: Asking | None

    def answer_controls(self) -> tuple[Control, ...]:
        """Those that make the text of the answer."""
        rows = (row for part in self.parts for row in part.rows)
        return tuple(each for row in rows for each in row if each.name != BY_HAND)

    def controls(self) -> tuple[Control, ...]:
        return (
            *(each for part in self.parts for row in part.rows for each in row),
            *(each for row in self.beside for each in row),
        )

    def text(self, typed: Typed) -> str:
        if reason := token(typed, REASON):
            return f"{NOT_APPLICABLE_MARK}{reason}"
        if self.answer is None or not any(
            each.says_something(typed) for each in self.answer_controls()
        ):
            return ""
        text = self.answer.text(typed)
        return f"{text} {LESS_MARK} {self.less.text(typed)}" if self.less else text

    def by_hand_text(self, typed: Typed) -> str:
        return "" if one(typed, REASON) else token(typed, BY_HAND)

    def typed(self, value: Value | None) -> Filled:
        """What stands in the fields for a value."""
        match value:
            case NotApplicable(reason):
                return {REASON: [reason]}
            case ByHand(points):
                return self._by_hand(points)
            case Stated() if self.answer is not None:
                return self._stated(self.answer, write_value(value))
            case Stated(Proposed(points)):
                return self._by_hand(points)
            case _:
                return {}

    def _by_hand(self, points: Decimal) -> Filled:
        for control in self.controls():
            if control.name == BY_HAND:
                return {BY_HAND: [judgement.shown_points(self.language, control, points)]}
        return {}

    def _stated(self, asking: Asking, text: str) -> Filled:
        if self.less is None:
            return asking.typed(text)
        answer, _, less = text.rpartition(LESS_MARK)
        return {**asking.typed(answer.strip()), **self.less.typed(less.strip())}


def plan(language: Language, line: Line) -> Plan:
    """Points by hand replace the answer where it is points that are judged anyway."""
    beside = (*_by_hand(language, line), *_reasons(language, line.reasons))
    if line.by_hand and isinstance(line.scale, Judged):
        ruler = judgement.points_on_step(
            language, BY_HAND, language.say("Points of the reviewer"), line.scale
        )
        return Plan(line, language, (Part(((ruler,),)),), beside, None, None)
    answer = asking(language, line)
    parts = [Part(answer.rows)]
    less = None
    if line.less:
        less = events.times(language, line.less, NOTHING_SAID, events.LESS)
        parts.append(Part(less.rows, Said(language.say("Taken off"))))
    return Plan(line, language, tuple(parts), beside, answer, less)


def asking(language: Language, line: Line) -> Asking:  # noqa: C901, PLR0911, PLR0912 - one case for each kind
    bands = dict(line.bands)
    match line.scale:
        case YesNo():
            return choice.yes_no(language)
        case Options() as scale:
            return choice.options(language, scale, line.decimals)
        case Checklist() as scale:
            return choice.checklist(language, scale)
        case Tiers() as scale:
            return measure.tiers(language, scale)
        case Ratio() as scale:
            return measure.ratio(language, scale)
        case Count(_, sorts, asks) | Deduct(_, sorts, asks):
            return events.times(language, sorts, asks)
        case Lateness() as scale:
            return events.lateness(language, scale)
        case Judged() as scale:
            return judgement.judged(language, scale)
        case Survey() as scale:
            return measure.survey(language, scale)
        case Imported() as scale:
            return measure.imported(language, scale)
        case Children() as scale:
            return judgement.children(language, scale, bands)
        case OneChild() as scale:
            return judgement.one_child(language, scale, bands)
        case _:
            assert_never(line.scale)


def _by_hand(language: Language, line: Line) -> tuple[Row, ...]:
    if not line.by_hand or isinstance(line.scale, Judged):
        return ()
    hint = language.say("Instead of the answer, where the answer does not fit.")
    label = Said(language.say("Points of the reviewer"))
    return ((number(BY_HAND, label, hint=hint),),)


def _reasons(language: Language, reasons: tuple[Reason, ...]) -> tuple[Row, ...]:
    """One reason is a tick; several are a list that begins with the line as it is."""
    if not reasons:
        return ()
    label = Said(language.say("Not applicable"))
    choices = tuple(Choice(each.code, of_regulation(each.text)) for each in reasons)
    control = Control(REASON, Shape.TICK, label, choices)
    if len(reasons) > 1:
        applies = Choice("", Said(language.say("No, the line applies")))
        control = replace(control, shape=Shape.SELECT, choices=(applies, *choices))
    return ((control,),)
