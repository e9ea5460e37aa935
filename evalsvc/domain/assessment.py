"""One unit in one round: what it states, what reviewers make of it, layer by layer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from evalsvc.domain.answers import (
    Value,
)
from evalsvc.domain.lines import Layer


class Stage(StrEnum):
    REVIEW = "review"
    AGREED = "agreed"
    EXPLAINED = "explained"
    EXPLAINED_AGAIN = "explained-2"
    FINAL = "final"


STAGES_OF = {
    Layer.CLAIMED: (),
    Layer.REVIEWED: (Stage.REVIEW, Stage.AGREED),
    Layer.FINAL: tuple(Stage),
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
