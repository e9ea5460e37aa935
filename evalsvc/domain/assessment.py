"""One unit in one round: what it states, what reviewers make of it, layer by layer."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import assert_never

from evalsvc.domain import scales
from evalsvc.domain.answers import (
    NOT_DUE,
    UNANSWERED,
    Answer,
    ByHand,
    NotApplicable,
    NotDue,
    Stated,
    Surveyed,
    Unanswered,
    Value,
)
from evalsvc.domain.criteria import TOO_FEW_REPLIES, Criterion, GivenBy
from evalsvc.domain.errors import Refused
from evalsvc.domain.forms import Entry, Form
from evalsvc.domain.points import is_finer, plain
from evalsvc.domain.scales import Imported, Judged, Survey
from evalsvc.domain.scales.events import read_times, write_times
from evalsvc.domain.scales.judgement import read_points

NOT_APPLICABLE_MARK = "n/a "
LESS_MARK = "|"


class Layer(StrEnum):
    """The three layers, side by side for ever."""

    CLAIMED = "claimed"
    REVIEWED = "reviewed"
    FINAL = "final"


class Stage(StrEnum):
    REVIEW = "review"
    AGREED = "agreed"
    EXPLAINED = "explained"
    FINAL = "final"


STAGES_OF = {
    Layer.CLAIMED: (),
    Layer.REVIEWED: (Stage.REVIEW, Stage.AGREED),
    Layer.FINAL: (Stage.REVIEW, Stage.AGREED, Stage.EXPLAINED, Stage.FINAL),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One person's value on one line at one stage; UNANSWERED refuses "not applicable"."""

    line: str
    stage: Stage
    value: Value
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """Raised by an evaluator or leader on a document; never by the unit."""

    code: str
    document: str
    day: date


@dataclass(frozen=True, slots=True)
class Assessment:
    """`stages` are those that have been closed; a line without a mark there was accepted."""

    unit: str
    submitted: date | None
    claims: Mapping[str, Value]
    marks: tuple[Mark, ...] = ()
    stages: frozenset[Stage] = frozenset()
    flags: tuple[Flag, ...] = field(default=())


def layers(assessment: Assessment) -> Iterator[Layer]:
    """The layers that this assessment has reached."""
    yield Layer.CLAIMED
    if assessment.stages:
        yield Layer.REVIEWED
    if Stage.FINAL in assessment.stages:
        yield Layer.FINAL


def values(assessment: Assessment, layer: Layer) -> dict[str, Value]:
    """What counts on each line in a layer; a later stage stands over an earlier one."""
    found = dict(assessment.claims)
    for stage in STAGES_OF[layer]:
        for mark in assessment.marks:
            if mark.stage is stage:
                found[mark.line] = mark.value
    return found


def missing_value(criterion: Criterion, layer: Layer) -> Unanswered | NotDue:
    """What a line without a value is: still to come, or silence."""
    if criterion.given_by is GivenBy.SERVICE:
        return NOT_DUE
    if criterion.given_by is GivenBy.REVIEWER and layer is Layer.CLAIMED:
        return NOT_DUE
    return UNANSWERED


def read_value(entry: Entry, text: str, year: int) -> Value:
    """The value that a text states on a line: an answer with `less`, or not applicable."""
    if text.startswith(NOT_APPLICABLE_MARK):
        return read_not_applicable(entry, text.removeprefix(NOT_APPLICABLE_MARK).strip())
    answer_text, less_text = _split_less(text, entry)
    answer = scales.read(entry.scale, answer_text)
    if isinstance(entry.scale, Imported):
        _demand_year(entry.scale, answer, year)
    less = read_times(entry.criterion.less, less_text) if entry.criterion.less else ()
    return Stated(answer, less)


def write_value(value: Value) -> str:
    """The text that `read_value` reads; empty where there is nothing to state."""
    match value:
        case Stated(answer, less):
            text = scales.write(answer)
            return f"{text} {LESS_MARK} {write_times(less)}" if less else text
        case NotApplicable(reason):
            return f"{NOT_APPLICABLE_MARK}{reason}"
        case ByHand(points):
            return plain(points)
        case Unanswered() | NotDue():
            return ""
        case _:
            assert_never(value)


def _split_less(text: str, entry: Entry) -> tuple[str, str]:
    """`10/12 | vu 1`: the answer, and the events that are taken off, which must be said."""
    if not entry.criterion.less:
        if LESS_MARK in text and not isinstance(entry.scale, Judged | Imported):
            raise Refused("less-not-asked", text=text)
        return text, ""
    answer, mark, less = text.rpartition(LESS_MARK)
    if not mark:
        raise Refused("less-missing", text=text)
    return answer.strip(), less.strip()


def _demand_year(scale: Imported, answer: Answer, year: int) -> None:
    wanted = year - scale.year_before
    stated = getattr(answer, "year", wanted)
    if stated != wanted:
        raise Refused("result-of-another-year", year=stated, wanted=wanted)


def read_not_applicable(entry: Entry, code: str) -> NotApplicable:
    criterion = entry.criterion
    if criterion.reason(code) is None:
        choices = [reason.code for reason in criterion.reasons]
        raise Refused("no-such-reason", reason=code, choices=choices)
    return NotApplicable(code)


def read_by_hand(entry: Entry, text: str, decimals: int) -> ByHand:
    """Points set by a reviewer: only where judged, or where the file allows it."""
    judged = isinstance(entry.scale, Judged)
    if not judged and not entry.criterion.points_by_hand:
        raise Refused("points-not-by-hand", line=entry.code)
    step = entry.scale.step if isinstance(entry.scale, Judged) else None
    points = read_points(text, entry.scale.most, step)
    if is_finer(points, decimals):
        raise Refused("number-too-fine", text=text, places=decimals)
    return ByHand(points)


def too_few(entry: Entry, value: Stated) -> bool:
    """A survey with too few replies counts as not applicable, by the service."""
    scale, answer = entry.scale, value.answer
    return (
        isinstance(scale, Survey)
        and isinstance(answer, Surveyed)
        and answer.replies < scale.minimum
    )


def settled(entry: Entry, value: Value | None, layer: Layer) -> Value:
    """The value on a line once missing answers and surveys with too few replies are seen."""
    if value is None:
        return missing_value(entry.criterion, layer)
    if type(value) is Stated and type(entry.scale) is Survey and too_few(entry, value):
        return NotApplicable(TOO_FEW_REPLIES)
    return value


def demand_known_lines(form: Form, lines: Iterable[str]) -> None:
    codes = {entry.code for entry in form.entries()}
    for line in lines:
        if line not in codes:
            raise Refused("no-such-line", line=line, choices=sorted(codes))
