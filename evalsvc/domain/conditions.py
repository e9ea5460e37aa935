"""What a gate asks: a small closed language of conditions that nest."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never


@dataclass(frozen=True, slots=True)
class NotHeld:
    """An item of a checklist does not hold."""

    criterion: str
    item: str


@dataclass(frozen=True, slots=True)
class AnswerIs:
    """The answer is (or is not) a level, yes, no, or not-sent; `due` picks one due date."""

    criterion: str
    value: str
    negated: bool = False
    due: str = ""


@dataclass(frozen=True, slots=True)
class CriterionBelow:
    """Under a percentage of the line's most on this sheet."""

    criterion: str
    percent: Decimal


@dataclass(frozen=True, slots=True)
class GroupBelow:
    """A group earned less than a percentage of its most on this sheet."""

    group: str
    percent: Decimal


@dataclass(frozen=True, slots=True)
class AtZero:
    """A line earned nothing."""

    criterion: str


@dataclass(frozen=True, slots=True)
class Flagged:
    """A flag was raised."""

    flag: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """The unit holds a tag."""

    tag: str


@dataclass(frozen=True, slots=True)
class ChildrenBelow:
    """Less than a percentage of the children of a kind has one of the bands."""

    set: str
    kind: str
    bands: tuple[str, ...]
    percent: Decimal


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of the conditions holds."""

    conditions: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the conditions holds."""

    conditions: tuple["Condition", ...]


Simple = (
    NotHeld | AnswerIs | CriterionBelow | GroupBelow | AtZero | Flagged | Tagged | ChildrenBelow
)
Condition = Simple | AllOf | AnyOf


def simple_ones(condition: Condition) -> Iterator[Simple]:
    """Every condition inside, without the joints."""
    match condition:
        case AllOf(conditions) | AnyOf(conditions):
            for each in conditions:
                yield from simple_ones(each)
        case (
            NotHeld()
            | AnswerIs()
            | CriterionBelow()
            | GroupBelow()
            | AtZero()
            | Flagged()
            | Tagged()
            | ChildrenBelow()
        ):
            yield condition
        case _:
            assert_never(condition)
