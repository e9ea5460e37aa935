"""From the sums of groups to the total, each printed step as a sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from evalsvc.domain.scoring import (
    ZERO,
    Base,
    BonusAdded,
    Clamped,
    Compared,
    PenaltyTaken,
    ScoreSheet,
    Step,
    Stretched,
)
from evalsvc.words.amounts import MINUS, TIMES, out_of, plus
from evalsvc.words.language import Language
from evalsvc.words.working import signed

_PARTED = re.compile(r"[:;] ")


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step in the columns of a table: what it does, its sum, its change and what it leaves."""

    title: str
    text: str
    change: str
    value: str


def step_rows(language: Language, sheet: ScoreSheet) -> Iterator[StepRow]:
    """The same steps as `step_sentences`."""
    decimals = sheet.form.set.decimals
    running = ZERO
    for step in sheet.steps:
        after = _after(step, running)
        if said := _step(language, step, running, decimals):
            title, text = (*_PARTED.split(said, 1), "")[:2]
            is_own = isinstance(step, Base | Compared)
            change = "" if is_own else _change(language, after - running, decimals)
            yield StepRow(title, text, change, signed(language, after, decimals))
        running = after


def _change(language: Language, by: Decimal, decimals: int) -> str:
    return f"{'+' if by > 0 else ''}{signed(language, by, decimals)}"


def step_sentences(language: Language, sheet: ScoreSheet) -> Iterator[str]:
    """One sentence for each step that does something, with the running total in each."""
    decimals = sheet.form.set.decimals
    running = ZERO
    for step in sheet.steps:
        if said := _step(language, step, running, decimals):
            yield said
        running = _after(step, running)


def total_and_compared(language: Language, sheet: ScoreSheet) -> str:
    """`69,70/85 · 82,00`; the second number only where it is another one."""
    decimals = sheet.form.set.decimals
    total = out_of(language, sheet.total, sheet.unit_scale, decimals)
    if sheet.steps and isinstance(sheet.steps[-1], Compared):
        return f"{total} · {language.points(sheet.compared, decimals)}"
    return total


def _after(step: Step, running: Decimal) -> Decimal:
    match step:
        case BonusAdded():
            return running + step.result
        case PenaltyTaken():
            return running - step.result
        case _:
            return step.result


def _step(language: Language, step: Step, running: Decimal, decimals: int) -> str:
    match step:
        case Base(parts):
            return language.say("Sum of the groups: {sum}", sum=plus(language, parts, decimals))
        case Stretched():
            return _stretched(language, step, decimals)
        case BonusAdded():
            return _bonus(language, step, running, decimals)
        case PenaltyTaken():
            return _penalty(language, step, running, decimals)
        case Clamped():
            return _clamped(language, step, decimals)
        case Compared():
            return _compared(language, step, decimals)
        case _:
            assert_never(step)


def _scaled(
    language: Language,
    amounts: tuple[Decimal, Decimal],
    share: tuple[Decimal, Decimal],
    places: int,
) -> str:
    """`66,42 × 85/81 = 69,70`."""
    before, after = (language.points(each, places) for each in amounts)
    top, bottom = (language.number(each) for each in share)
    return f"{before} {TIMES} {top}/{bottom} = {after}"


def _stretched(language: Language, step: Stretched, decimals: int) -> str:
    share = (step.unit_scale, step.applicable)
    said = _scaled(language, (step.base, step.result), share, decimals)
    most = language.number(step.applicable)
    return language.say("Stretched, as {most} points can be earned: {sum}", sum=said, most=most)


def _bonus(language: Language, step: BonusAdded, running: Decimal, decimals: int) -> str:
    if not any(step.parts):
        return language.say("No bonus")
    total = sum(step.parts, ZERO)
    result = language.points(step.result, decimals)
    said = plus(language, step.parts, decimals)
    if step.result == step.cap and step.result < total:
        said = language.say("{sum}, cap {cap}: {result}", sum=said, cap=result, result=result)
    return language.say(
        "Bonus added: {bonus}; {before} + {result} = {after}",
        bonus=said,
        before=language.points(running, decimals),
        result=result,
        after=language.points(running + step.result, decimals),
    )


def _penalty(language: Language, step: PenaltyTaken, running: Decimal, decimals: int) -> str:
    if not any(step.parts):
        return language.say("No penalty")
    before, result = (language.points(each, decimals) for each in (running, step.result))
    after = signed(language, running - step.result, decimals)
    said = language.say("Penalty taken: {sum}", sum=plus(language, step.parts, decimals))
    return f"{said}; {before} {MINUS} {result} = {after}"


def _clamped(language: Language, step: Clamped, decimals: int) -> str:
    result = language.points(step.result, decimals)
    if step.result > step.before:
        return language.say("A total is not below 0: {result}", result=result)
    if step.ceiling is not None and step.result < step.before:
        most = language.number(step.ceiling)
        return language.say("A total is not above {most}: {result}", most=most, result=result)
    return ""


def _compared(language: Language, step: Compared, decimals: int) -> str:
    share = (step.scale, step.unit_scale)
    said = _scaled(language, (step.total, step.result), share, decimals)
    scale = language.number(step.scale)
    return language.say("For comparison on the scale of {scale}: {sum}", scale=scale, sum=said)
