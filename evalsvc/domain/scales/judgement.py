"""Scales on which somebody judges, or on which child units' results count."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from evalsvc.domain.answers import Chosen, OfChildren, Proposed
from evalsvc.domain.errors import Refused, demand_sound, flaw
from evalsvc.domain.points import ZERO, NumberField, plain, read_number, read_whole
from evalsvc.domain.scales.measure import Tier, flaws_of_tiers, tier_of
from evalsvc.domain.scales.text import split

UNSUBMITTED = "unsubmitted"


@dataclass(frozen=True, slots=True)
class Wording:
    """What it takes to deserve points from here on."""

    start: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class Judged:
    """Points on a step, proposed by the unit and marked by a person."""

    most: Fraction
    step: Fraction
    wordings: tuple[Wording, ...] = ()

    def __post_init__(self) -> None:
        flaws = []
        if self.step == 0 or (self.most / self.step).denominator != 1:
            flaws.append(flaw("step-does-not-divide-most", "step", step=self.step, most=self.most))
        for index, wording in enumerate(self.wordings):
            if wording.start > self.most:
                facts = {"points": wording.start, "most": self.most}
                flaws.append(flaw("above-most", "levels", index, **facts))
        for index, (one, other) in enumerate(pairwise(self.wordings)):
            if one.start >= other.start:
                flaws.append(flaw("wordings-do-not-rise", "levels", index + 1))
        demand_sound(flaws)


@dataclass(frozen=True, slots=True)
class ChildrenOf:
    """Which child units count: those assessed with this set, of this kind."""

    set: str
    kind: str


@dataclass(frozen=True, slots=True)
class Children:
    """Tiers over the share of children that have one of `bands`."""

    most: Fraction
    of: ChildrenOf
    bands: tuple[str, ...]
    tiers: tuple[Tier, ...]

    def __post_init__(self) -> None:
        demand_sound(list(flaws_of_tiers(self.tiers, self.most)))


@dataclass(frozen=True, slots=True)
class OfBand:
    """Points for the child's band; None covers every other band."""

    points: Fraction
    band: str | None = None


@dataclass(frozen=True, slots=True)
class OneChild:
    """Points by the band of the only child."""

    most: Fraction
    of: ChildrenOf
    levels: tuple[OfBand, ...]

    def __post_init__(self) -> None:
        flaws = [
            flaw("above-most", "child", index, points=level.points, most=self.most)
            for index, level in enumerate(self.levels)
            if level.points > self.most
        ]
        bands = [level.band for level in self.levels]
        for index, band in enumerate(bands):
            if band is not None and band in bands[:index]:
                flaws.append(flaw("duplicate-code", "child", index, "band", code=band))
        if None in bands[:-1] or bands[-1] is not None:
            flaws.append(flaw("last-level-is-the-rest", "child", len(bands) - 1))
        if not flaws and max(level.points for level in self.levels) != self.most:
            flaws.append(flaw("best-is-not-most", "child", 0, most=self.most))
        demand_sound(flaws)


def judged_points(answer: Proposed) -> Fraction:
    return Fraction(answer.points)


def children_points(scale: Children, answer: OfChildren) -> Fraction:
    good = sum(number for band, number in answer.bands if band in scale.bands)
    return tier_of(scale.tiers, 100 * good, answer.base).points


def one_child_points(scale: OneChild, answer: Chosen) -> Fraction:
    for level in scale.levels:
        if level.band in (answer.level, None):
            return level.points
    return ZERO


def read_points(text: str, most: Fraction | None, step: Fraction | None) -> Decimal:
    """Points set by a person: within the line, and on its step where it has one."""
    points = read_number(text, NumberField(most))
    if step is not None and (Fraction(points) / step).denominator != 1:
        raise Refused("points-off-the-step", points=points, step=step)
    return points


def read_judged(scale: Judged, text: str) -> Proposed:
    number, separator, grounds = text.partition(";")
    points = read_points(number, scale.most, scale.step)
    if not separator or not grounds.strip():
        raise Refused("grounds-missing", text=text)
    return Proposed(points, grounds.strip())


def write_judged(answer: Proposed) -> str:
    return f"{plain(answer.points)}; {answer.grounds}"


def read_children(text: str) -> OfChildren:
    """`tot 7; kha 2; unsubmitted 1`."""
    bands: list[tuple[str, int]] = []
    unsubmitted = 0
    for part in split(text):
        band, _, number = part.partition(" ")
        if band in dict(bands):
            raise Refused("said-twice", text=text)
        if band == UNSUBMITTED:
            unsubmitted = read_whole(number)
        else:
            bands.append((band, read_whole(number)))
    answer = OfChildren(tuple(bands), unsubmitted)
    if answer.base == 0:
        raise Refused("due-is-zero", text=text)
    return answer


def write_children(answer: OfChildren) -> str:
    said = [f"{band} {number}" for band, number in answer.bands]
    if answer.unsubmitted:
        said.append(f"{UNSUBMITTED} {answer.unsubmitted}")
    return "; ".join(said)


def read_one_child(text: str) -> Chosen:
    return Chosen(text.strip())
