"""Text to the value that stands on a line, and back: answers, what is taken off, points by hand."""

from typing import assert_never

from evalsvc.domain import scales
from evalsvc.domain.answers import (
    UNANSWERED,
    Answer,
    ByHand,
    NotApplicable,
    NotDue,
    Stated,
    Unanswered,
    Value,
)
from evalsvc.domain.errors import Refused
from evalsvc.domain.forms import Entry
from evalsvc.domain.points import is_finer, plain
from evalsvc.domain.scales import Imported, Judged
from evalsvc.domain.scales.events import read_times, write_times
from evalsvc.domain.scales.judgement import read_points

NOT_APPLICABLE_MARK = "n/a "
LESS_MARK = "|"
BY_HAND_MARK = "= "


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


def write_mark(value: Value) -> str:
    """What a reviewer states: as `write_value`, points by hand marked as such.

    Empty is a refusal of "not applicable".
    """
    text = write_value(value)
    return f"{BY_HAND_MARK}{text}" if isinstance(value, ByHand) else text


def read_mark(entry: Entry, text: str, year: int, decimals: int) -> Value:
    """Reads what `write_mark` wrote."""
    if text.startswith(BY_HAND_MARK):
        return read_by_hand(entry, text.removeprefix(BY_HAND_MARK), decimals)
    return read_value(entry, text, year) if text else UNANSWERED
