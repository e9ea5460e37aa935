"""From one sheet to its result: the band, the gates that fire, what they do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from evalsvc.domain.answers import (
    ByHand,
    Chosen,
    OfChildren,
    Sent,
    Stated,
    Ticked,
    YesOrNo,
)
from evalsvc.domain.conditions import (
    AllOf,
    AnswerIs,
    AnyOf,
    AtZero,
    ChildrenBelow,
    Condition,
    CriterionBelow,
    Flagged,
    GroupBelow,
    NotHeld,
    Tagged,
)
from evalsvc.domain.criteria import Role
from evalsvc.domain.lines import LineScore, State
from evalsvc.domain.provisions import Band, Gate, Ladder
from evalsvc.domain.scales import Children
from evalsvc.domain.scales.choice import NO, YES
from evalsvc.domain.scales.text import NOT_SENT
from evalsvc.domain.scoring import ZERO, ScoreSheet

ChildResults = Mapping[tuple[str, str], OfChildren]
"""Published results of a unit's children, by set and kind of the child."""


class UnratedBy(StrEnum):
    NOTHING_APPLICABLE = "nothing-applicable"
    LINE = "line"
    GATE = "gate"


@dataclass(frozen=True, slots=True)
class Unrated:
    """Why a unit has no band; `what` is the code of the line or gate."""

    by: UnratedBy
    what: str = ""


@dataclass(frozen=True, slots=True)
class Fired:
    """A gate whose condition holds, and whether it was silence that made it hold."""

    gate: Gate
    by_silence: bool


@dataclass(frozen=True, slots=True)
class Result:
    """`band` is the one after gates, None when unrated; `earned` the one that points alone give."""

    sheet: ScoreSheet
    earned: Band
    band: Band | None
    fired: tuple[Fired, ...] = ()
    unrated: tuple[Unrated, ...] = ()

    @property
    def no_title(self) -> bool:
        return any(fired.gate.no_title for fired in self.fired)


@dataclass(frozen=True, slots=True)
class _Finding:
    """Whether a condition holds, and whether through silence."""

    holds: bool
    by_silence: bool = False


_NO = _Finding(holds=False)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the conditions look at."""

    sheet: ScoreSheet
    flags: frozenset[str]
    children: ChildResults


def result(
    sheet: ScoreSheet, flags: Iterable[str] = (), children: ChildResults | None = None
) -> Result:
    ladder = sheet.form.ladder
    seen = _Seen(sheet, frozenset(flags), children or {})
    fired = tuple(
        Fired(gate, finding.by_silence)
        for gate in sheet.form.set.gates
        if (finding := _finding(gate.condition, seen)).holds
    )
    unrated = tuple(_unrated(sheet, fired))
    earned = band_of(ladder, sheet.compared)
    return Result(
        sheet, earned, None if unrated else _capped(ladder, earned, fired), fired, unrated
    )


def band_of(ladder: Ladder, compared: Decimal) -> Band:
    for band in ladder:
        if compared > band.bound or (compared == band.bound and not band.above):
            return band
    return ladder[-1]


def _capped(ladder: Ladder, earned: Band, fired: tuple[Fired, ...]) -> Band:
    """The lowest cap wins; a gate never lifts."""
    codes = [band.code for band in ladder]
    caps = [codes.index(each.gate.at_most) for each in fired if each.gate.at_most]
    return ladder[max([codes.index(earned.code), *caps])]


def _unrated(sheet: ScoreSheet, fired: tuple[Fired, ...]) -> Iterable[Unrated]:
    if sheet.nothing_applicable:
        yield Unrated(UnratedBy.NOTHING_APPLICABLE)
    for code in sheet.excluded_by:
        yield Unrated(UnratedBy.LINE, code)
    for each in fired:
        if each.gate.unrated:
            yield Unrated(UnratedBy.GATE, each.gate.code)


def _finding(condition: Condition, seen: _Seen) -> _Finding:
    match condition:
        case AllOf() | AnyOf():
            return _joined(condition, seen)
        case GroupBelow(code, percent):
            return _group_below(seen.sheet, code, percent)
        case ChildrenBelow():
            return _children_below(condition, seen)
        case Flagged(flag):
            return _Finding(flag in seen.flags)
        case Tagged(tag):
            return _Finding(tag in seen.sheet.form.tags)
        case NotHeld() | AnswerIs() | CriterionBelow() | AtZero():
            line = seen.sheet.line(condition.criterion)
            return _NO if line is None or not _can_speak(line) else _of_line(condition, line)
        case _:
            assert_never(condition)


def _joined(condition: AllOf | AnyOf, seen: _Seen) -> _Finding:
    found = [_finding(each, seen) for each in condition.conditions]
    silent = (each.by_silence for each in found if each.holds)
    if isinstance(condition, AllOf):
        holds = all(each.holds for each in found)
        return _Finding(holds, holds and any(silent))
    holds = any(each.holds for each in found)
    return _Finding(holds, holds and all(silent))


def _can_speak(line: LineScore) -> bool:
    """A line that is not applicable, or whose value is still to come, never fires a gate."""
    return line.state in (State.ANSWERED, State.UNANSWERED)


def _of_line(condition: NotHeld | AnswerIs | CriterionBelow | AtZero, line: LineScore) -> _Finding:
    silent = line.state is State.UNANSWERED
    match condition:
        case AtZero():
            return _Finding(line.points == ZERO, silent)
        case CriterionBelow(_, percent):
            low = 100 * line.points < percent * (line.entry.most or ZERO)
            return _Finding(low, low and silent)
        case NotHeld(_, item):
            ticked = isinstance(line.value, Stated) and isinstance(line.value.answer, Ticked)
            held = ticked and item in line.value.answer.items  # type: ignore[union-attr]
            return _Finding(not held and (ticked or silent), silent)
        case AnswerIs(_, value, negated, due):
            said = said_on(line, due)
            if said is None and line.state is State.ANSWERED:
                return _NO  # set by hand: there is no answer to compare
            is_it = said == value or (silent and not negated and _is_nothing(line, value))
            return _Finding(is_it != negated, silent)
        case _:
            assert_never(condition)


def said_on(line: LineScore, due: str = "") -> str | None:
    """The word that a gate compares: yes, no, a level, not-sent; None for anything else."""
    match line.value:
        case Stated(YesOrNo(yes)):
            return YES if yes else NO
        case Stated(Chosen(level)):
            return level
        case Stated(Sent(days)):
            sent = [day for code, day in days if due in ("", code)]
            return NOT_SENT if None in sent else "sent"
        case ByHand(points) if points == ZERO:
            return NO
        case _:
            return None


def _is_nothing(line: LineScore, value: str) -> bool:
    """Whether a word means the same as saying nothing: no, not sent, a level worth 0."""
    levels = getattr(line.entry.scale, "levels", ())
    worthless = {level.code for level in levels if hasattr(level, "code") and not level.points}
    return value in {NO, NOT_SENT, *worthless}


def _group_below(sheet: ScoreSheet, code: str, percent: Decimal) -> _Finding:
    """Lines still to come are taken as full: a gate fires only on what is certain."""
    group = next((each for each in sheet.groups if each.section.group.code == code), None)
    if group is None or not group.applicable:
        return _NO
    codes = {entry.code for entry in group.section.entries}
    lines = [line for line in sheet.lines if line.entry.code in codes]
    on_scale = [line for line in lines if line.entry.criterion.role is Role.SCALE]
    due = sum((line.entry.most or ZERO for line in on_scale if line.state is State.NOT_DUE), ZERO)
    counted = group.section.capped(group.earned + due)
    low = 100 * counted < percent * group.applicable
    return _Finding(low, low and any(line.state is State.UNANSWERED for line in on_scale))


def _children_below(condition: ChildrenBelow, seen: _Seen) -> _Finding:
    children = seen.children.get((condition.set, condition.kind)) or _stated(condition, seen.sheet)
    if children is None or not children.base:
        return _NO
    good = sum(number for band, number in children.bands if band in condition.bands)
    return _Finding(100 * good < condition.percent * children.base)


def _stated(condition: ChildrenBelow, sheet: ScoreSheet) -> OfChildren | None:
    """Results of children that were stated on a line of the sheet."""
    for line in sheet.lines:
        scale, value = line.entry.scale, line.value
        if isinstance(scale, Children) and isinstance(value, Stated):
            same = (scale.of.set, scale.of.kind) == (condition.set, condition.kind)
            if same and isinstance(value.answer, OfChildren):
                return value.answer
    return None
