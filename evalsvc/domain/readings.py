"""Text to the value that stands on a line, and back: answers, what is taken off, points by hand."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import assert_never

from evalsvc.domain import scales
from evalsvc.domain.answers import (
    NOT_DUE,
    UNANSWERED,
    Answer,
    ByHand,
    NotApplicable,
    NotDue,
    Official,
    Sent,
    Stated,
    Surveyed,
    Unanswered,
    Value,
)
from evalsvc.domain.errors import Refused
from evalsvc.domain.forms import Entry
from evalsvc.domain.points import is_finer, plain
from evalsvc.domain.scales import Imported, Judged, Survey
from evalsvc.domain.scales.events import read_times, write_times
from evalsvc.domain.scales.judgement import read_points
from evalsvc.domain.scales.measure import TOP_PER_CENT

_USUAL_TOPS = Decimal(5), Decimal(10)
NOT_APPLICABLE_MARK = "n/a "
LESS_MARK = "|"
BY_HAND_MARK = "= "
NOT_DUE_MARK = "= not-due"
"""An official result that was taken out again after the sheet had been handed in."""


def read_value(entry: Entry, text: str, year: int) -> Value:
    """The value that a text states on a line: an answer with `less`, or not applicable."""
    if text.startswith(NOT_APPLICABLE_MARK):
        return read_not_applicable(entry, text.removeprefix(NOT_APPLICABLE_MARK).strip())
    answer_text, less_text = _split_less(text, entry)
    answer = scales.read(entry.scale, answer_text)
    match entry.scale, answer:
        case Imported() as scale, _:
            _demand_year(scale, answer, year)
        case Survey() as scale, Surveyed(mean):
            _demand_on_scale(scale, mean)
        case _:
            pass
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


def _demand_on_scale(scale: Survey, mean: Decimal) -> None:
    low, high = survey_ends(scale)
    if not low <= mean <= high:
        raise Refused("off-the-survey-scale", number=mean, low=low, high=high)


def survey_ends(scale: Survey) -> tuple[Decimal, Decimal]:
    """The scale on which people answered: 1 to 5 or 1 to 10 around the line, else an index.

    A set says only where points begin and end, which may lie inside of it.
    """
    start, end = scale.line.start, scale.line.end
    for top in _USUAL_TOPS:
        if end <= top:
            return min(start, Decimal(1)), top
    return Decimal(0), max(end, TOP_PER_CENT)


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


def demand_past(value: Value | None, today: date) -> None:
    """Nothing was sent or published on a day that is still to come; deeds ask, files do not."""
    for day in days_of(value):
        demand_day_past(day, today)


def demand_day_past(day: date, today: date) -> None:
    if day > today:
        raise Refused("day-to-come", day=day, today=today)


def days_of(value: Value | None) -> Iterator[date]:
    """Days on which something was sent or published, as the value states it."""
    match value:
        case Stated(Sent(days)):
            yield from (day for _, day in days if day is not None)
        case Stated(Official(day=day)):
            yield day
        case _:
            pass


def write_mark(value: Value) -> str:
    """What is put beside a claim: as `write_value`, what is no answer marked as such.

    Empty is a refusal of "not applicable".
    """
    if isinstance(value, NotDue):
        return NOT_DUE_MARK
    text = write_value(value)
    return f"{BY_HAND_MARK}{text}" if isinstance(value, ByHand) else text


def read_mark(entry: Entry, text: str, year: int, decimals: int) -> Value:
    """Reads what `write_mark` wrote."""
    if text == NOT_DUE_MARK:
        return NOT_DUE
    if text.startswith(BY_HAND_MARK):
        return read_by_hand(entry, text.removeprefix(BY_HAND_MARK), decimals)
    return read_value(entry, text, year) if text else UNANSWERED
