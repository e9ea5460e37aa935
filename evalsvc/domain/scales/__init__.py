"""The closed union of scales: from an answer to exact points, and from text to an answer.

A new kind of scale is a new member of `Scale`; the type checker then names each place to extend.
"""

from fractions import Fraction
from typing import TypeVar, assert_never

from evalsvc.domain.answers import (
    Answer,
    Chosen,
    Measured,
    Occurred,
    OfChildren,
    Official,
    PartOf,
    Proposed,
    Sent,
    Surveyed,
    Ticked,
    YesOrNo,
)
from evalsvc.domain.errors import Refused
from evalsvc.domain.scales import choice, events, judgement, measure
from evalsvc.domain.scales.choice import Checklist, Level, Options, YesNo
from evalsvc.domain.scales.events import Count, Deduct, Lateness, LateStep, Sort
from evalsvc.domain.scales.judgement import (
    Children,
    ChildrenOf,
    Judged,
    OfBand,
    OneChild,
    Wording,
)
from evalsvc.domain.scales.measure import Asks, Imported, Line, Ratio, Survey, Tier, Tiers

__all__ = [
    "Asks",
    "Checklist",
    "Children",
    "ChildrenOf",
    "Count",
    "Deduct",
    "Imported",
    "Judged",
    "LateStep",
    "Lateness",
    "Level",
    "Line",
    "OfBand",
    "OneChild",
    "Options",
    "Ratio",
    "Scale",
    "Sort",
    "Survey",
    "Tier",
    "Tiers",
    "Wording",
    "YesNo",
    "points",
    "read",
    "write",
]

Scale = (
    YesNo
    | Options
    | Checklist
    | Tiers
    | Ratio
    | Count
    | Deduct
    | Lateness
    | Judged
    | Survey
    | Imported
    | Children
    | OneChild
)

_A = TypeVar("_A")


def _as(kind: type[_A], answer: Answer) -> _A:
    if isinstance(answer, kind):
        return answer
    raise Refused("answer-of-another-kind", answer=answer)


def points(scale: Scale, answer: Answer) -> Fraction:
    """Exact points of an answer, before `less` and before rounding."""
    match scale:
        case YesNo():
            return choice.yes_no_points(scale, _as(YesOrNo, answer))
        case Options():
            return choice.options_points(scale, _as(Chosen, answer))
        case Checklist():
            return choice.checklist_points(scale, _as(Ticked, answer))
        case Ratio():
            return measure.ratio_points(scale, _as(PartOf, answer))
        case Tiers():
            measured = answer if isinstance(answer, Measured) else _as(PartOf, answer)
            return measure.tiers_points(scale, measured)
        case Count():
            return events.count_points(scale, _as(Occurred, answer))
        case Deduct():
            return events.deduct_points(scale, _as(Occurred, answer))
        case Lateness():
            return events.lateness_points(scale, _as(Sent, answer))
        case Judged():
            return judgement.judged_points(_as(Proposed, answer))
        case Survey():
            return measure.survey_points(scale, _as(Surveyed, answer))
        case Imported():
            return measure.imported_points(scale, _as(Official, answer))
        case Children():
            return judgement.children_points(scale, _as(OfChildren, answer))
        case OneChild():
            return judgement.one_child_points(scale, _as(Chosen, answer))
        case _:
            assert_never(scale)


def read(scale: Scale, text: str) -> Answer:
    """The answer that a text states; raises Refused when it does not fit the scale."""
    match scale:
        case YesNo():
            return choice.read_yes_no(text)
        case Options():
            return choice.read_options(scale, text)
        case Checklist():
            return choice.read_checklist(scale, text)
        case Ratio():
            return measure.read_ratio(scale, text)
        case Tiers():
            return measure.read_tiers(scale, text)
        case Count() | Deduct():
            return Occurred(events.read_times(scale.sorts, text))
        case Lateness():
            return events.read_lateness(scale, text)
        case Judged():
            return judgement.read_judged(scale, text)
        case Survey():
            return measure.read_survey(scale, text)
        case Imported():
            return measure.read_imported(scale, text)
        case Children():
            return judgement.read_children(text)
        case OneChild():
            return judgement.read_one_child(text)
        case _:
            assert_never(scale)


def write(answer: Answer) -> str:
    """The text of an answer; `read` gives the same answer back."""
    match answer:
        case YesOrNo():
            return choice.write_yes_no(answer)
        case Chosen():
            return answer.level
        case Ticked():
            return choice.write_checklist(answer)
        case PartOf() | Measured():
            return measure.write_part_of(answer)
        case Occurred():
            return events.write_times(answer.times)
        case Sent():
            return events.write_lateness(answer)
        case Proposed():
            return judgement.write_judged(answer)
        case Surveyed():
            return measure.write_survey(answer)
        case Official():
            return measure.write_imported(answer)
        case OfChildren():
            return judgement.write_children(answer)
        case _:
            assert_never(answer)
