"""Rules between two criteria: they warn while typing and at review, and never change points."""

from collections.abc import Iterator
from fractions import Fraction
from typing import assert_never

from evalsvc.domain.answers import (
    Answer,
    Measured,
    Occurred,
    Official,
    PartOf,
    Proposed,
    Stated,
    Surveyed,
    Ticked,
)
from evalsvc.domain.lines import LineScore, State
from evalsvc.domain.provisions import AnswerOf, Comparison, Operand, PointsOf, Sign
from evalsvc.domain.scoring import ScoreSheet


def warnings(sheet: ScoreSheet) -> Iterator[Comparison]:
    """The rules that hold on this sheet; silent where a line is not there or says nothing."""
    for rule in sheet.form.set.rules:
        left, right = _worth(rule.left, sheet), _worth(rule.right, sheet)
        if left is not None and right is not None and _holds(left, rule.sign, right):
            yield rule


def lines_of(rule: Comparison) -> frozenset[str]:
    """The criteria that a rule compares."""
    sides = (rule.left, rule.right)
    return frozenset(each.criterion for each in sides if isinstance(each, PointsOf | AnswerOf))


def _worth(operand: Operand, sheet: ScoreSheet) -> Fraction | None:
    match operand:
        case PointsOf(code):
            line = _speaking(sheet, code)
            return None if line is None else Fraction(line.points)
        case AnswerOf(code):
            line = _speaking(sheet, code)
            value = None if line is None else line.value
            return number_of(value.answer) if isinstance(value, Stated) else None
        case number:
            return Fraction(number)


def _speaking(sheet: ScoreSheet, code: str) -> LineScore | None:
    line = sheet.line(code)
    return line if line is not None and line.state is State.ANSWERED else None


def number_of(answer: Answer) -> Fraction | None:
    """The number that an answer states: a share, a count, a value; None where it is a word."""
    match answer:
        case PartOf(done, due):
            return Fraction(done, due)
        case Occurred(times):
            return Fraction(sum(number for _, number in times))
        case Ticked(items):
            return Fraction(len(items))
        case Measured(value) | Surveyed(value) | Official(value) | Proposed(value):
            return Fraction(value)
        case _:
            return None


def _holds(left: Fraction, sign: Sign, right: Fraction) -> bool:
    match sign:
        case Sign.ABOVE:
            held = left > right
        case Sign.FROM:
            held = left >= right
        case Sign.BELOW:
            held = left < right
        case Sign.TO:
            held = left <= right
        case Sign.IS:
            held = left == right
        case Sign.IS_NOT:
            held = left != right
        case _:
            assert_never(sign)
    return held
