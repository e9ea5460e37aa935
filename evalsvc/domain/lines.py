"""One line of a sheet: what stands on it in a layer, and the points that it earns."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import assert_never

from evalsvc.domain import scales
from evalsvc.domain.answers import (
    NOT_DUE,
    UNANSWERED,
    ByHand,
    NotApplicable,
    NotDue,
    Stated,
    Surveyed,
    Treatment,
    Unanswered,
    Value,
)
from evalsvc.domain.criteria import TOO_FEW_REPLIES, Criterion, GivenBy, too_few_reason
from evalsvc.domain.forms import Entry
from evalsvc.domain.points import ZERO as EXACT_ZERO
from evalsvc.domain.points import left_of, rounded
from evalsvc.domain.scales import Survey
from evalsvc.domain.scales.events import worth

ZERO = Decimal(0)


class Layer(StrEnum):
    """The three layers, side by side for ever."""

    CLAIMED = "claimed"
    REVIEWED = "reviewed"
    FINAL = "final"


class State(StrEnum):
    UNANSWERED = "unanswered"
    ANSWERED = "answered"
    NOT_APPLICABLE = "not-applicable"
    NOT_DUE = "not-due"


STATES: dict[type[Value], State] = {
    Stated: State.ANSWERED,
    ByHand: State.ANSWERED,
    NotApplicable: State.NOT_APPLICABLE,
    Unanswered: State.UNANSWERED,
    NotDue: State.NOT_DUE,
}


@dataclass(frozen=True, slots=True)
class LineScore:
    """`exact` is what was rounded into `points`; `treatment` only where not applicable."""

    entry: Entry
    value: Value
    exact: Fraction
    points: Decimal
    treatment: Treatment | None = None

    @property
    def state(self) -> State:
        return STATES[type(self.value)]


def missing_value(criterion: Criterion, layer: Layer) -> Unanswered | NotDue:
    """What a line without a value is: still to come, or silence."""
    if criterion.given_by is GivenBy.SERVICE:
        return NOT_DUE
    if criterion.given_by is GivenBy.REVIEWER and layer is Layer.CLAIMED:
        return NOT_DUE
    return UNANSWERED


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


def line_score(entry: Entry, value: Value, decimals: int) -> LineScore:
    """Points of one line, rounded once, here."""
    match value:
        case Stated(answer, less):
            exact = scales.points(entry.scale, answer)
            if less:
                exact = left_of(exact, worth(less, entry.criterion.less))
            return LineScore(entry, value, exact, rounded(exact, decimals))
        case ByHand(points):
            return LineScore(entry, value, Fraction(points), points)
        case NotApplicable(reason):
            return _not_applicable(entry, value, treatment_of(entry, reason))
        case Unanswered():
            return LineScore(entry, value, EXACT_ZERO, ZERO)
        case NotDue():
            return LineScore(entry, value, EXACT_ZERO, ZERO)
        case _:
            assert_never(value)


def _not_applicable(entry: Entry, value: Value, treatment: Treatment) -> LineScore:
    points = (entry.most or ZERO) if treatment is Treatment.FULL else ZERO
    return LineScore(entry, value, Fraction(points), points, treatment)


def treatment_of(entry: Entry, code: str) -> Treatment:
    if code == TOO_FEW_REPLIES and isinstance(entry.scale, Survey):
        return too_few_reason(entry.scale).treatment
    reason = entry.criterion.reason(code)
    if reason is None:
        raise KeyError(code)
    return reason.treatment
