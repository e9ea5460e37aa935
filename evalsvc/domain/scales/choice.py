"""Scales on which one picks: yes or no, one level, the items that hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from evalsvc.domain.answers import Chosen, Ticked, YesOrNo
from evalsvc.domain.errors import Flaw, Refused, demand_sound, flaw
from evalsvc.domain.points import ZERO, total_of
from evalsvc.domain.scales.text import NONE, split

YES, NO = "yes", "no"
_SPELLINGS = {"yes": YES, "có": YES, "no": NO, "không": NO}


@dataclass(frozen=True, slots=True)
class YesNo:
    """All or nothing."""

    most: Fraction


@dataclass(frozen=True, slots=True)
class Level:
    """A level to choose, or an item to tick, with the points that it gives."""

    code: str
    name: str
    points: Fraction


@dataclass(frozen=True, slots=True)
class Options:
    """One of several levels."""

    most: Fraction
    levels: tuple[Level, ...]

    def __post_init__(self) -> None:
        flaws = [*flaws_of_codes(self.levels, "levels"), *_above_most(self)]
        if not flaws and max(level.points for level in self.levels) != self.most:
            flaws.append(flaw("best-is-not-most", "levels", 0, most=self.most))
        demand_sound(flaws)


@dataclass(frozen=True, slots=True)
class Checklist:
    """The sum of the items that hold."""

    most: Fraction
    items: tuple[Level, ...]

    def __post_init__(self) -> None:
        flaws = list(flaws_of_codes(self.items, "items"))
        total = sum((item.points for item in self.items), ZERO)
        if total != self.most:
            flaws.append(flaw("items-do-not-add-up", "items", total=total, most=self.most))
        demand_sound(flaws)


def flaws_of_codes(coded: tuple[Level, ...], key: str) -> Iterator[Flaw]:
    seen = set()
    for index, each in enumerate(coded):
        if each.code in seen or each.code == NONE:
            yield flaw("duplicate-code", key, index, "code", code=each.code)
        seen.add(each.code)


def _above_most(scale: Options) -> Iterator[Flaw]:
    for index, level in enumerate(scale.levels):
        if level.points > scale.most:
            yield flaw("above-most", "levels", index, points=level.points, most=scale.most)


def yes_no_points(scale: YesNo, answer: YesOrNo) -> Fraction:
    return scale.most if answer.yes else ZERO


def options_points(scale: Options, answer: Chosen) -> Fraction:
    for level in scale.levels:
        if level.code == answer.level:
            return level.points
    raise Refused("no-such-level", level=answer.level)


def checklist_points(scale: Checklist, answer: Ticked) -> Fraction:
    if len(answer.items) == len(scale.items):
        return scale.most
    return total_of((1, item.points) for item in scale.items if item.code in answer.items)


def read_yes_no(text: str) -> YesOrNo:
    if (spelling := _SPELLINGS.get(text.strip().lower())) is None:
        raise Refused("not-yes-or-no", text=text)
    return YesOrNo(spelling == YES)


def write_yes_no(answer: YesOrNo) -> str:
    return YES if answer.yes else NO


def read_options(scale: Options, text: str) -> Chosen:
    codes = [level.code for level in scale.levels]
    if (code := text.strip()) not in codes:
        raise Refused("no-such-choice", text=code, choices=codes)
    return Chosen(code)


def read_checklist(scale: Checklist, text: str) -> Ticked:
    codes = [item.code for item in scale.items]
    if text.strip() == NONE:
        return Ticked(())
    ticked = split(text)
    for code in ticked:
        if code not in codes:
            raise Refused("no-such-choice", text=code, choices=[*codes, NONE])
    if len(set(ticked)) != len(ticked):
        raise Refused("said-twice", text=text)
    return Ticked(tuple(code for code in codes if code in ticked))


def write_checklist(answer: Ticked) -> str:
    return "; ".join(answer.items) if answer.items else NONE
