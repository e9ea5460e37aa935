"""Scales that measure: tiers, a part of what was due, a survey, an official index."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from evalsvc.domain.answers import Measured, Official, PartOf, Surveyed, Treatment
from evalsvc.domain.dates import read_day, write_day
from evalsvc.domain.errors import Flaw, Refused, demand_sound, flaw
from evalsvc.domain.points import ZERO, NumberField, plain, portion, read_number, read_whole
from evalsvc.domain.scales.text import exactly

TOP_PER_CENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class Asks:
    """How the answer is asked for: the noun that is counted, the labels of two fields."""

    noun: str = ""
    done: str = ""
    due: str = ""


NOTHING_SAID = Asks()


@dataclass(frozen=True, slots=True)
class Tier:
    """From `bound` on (or only above it); the lowest tier has no bound and covers the rest."""

    points: Fraction
    bound: Decimal | None = None
    above: bool = False


@dataclass(frozen=True, slots=True)
class Tiers:
    """The points of the tier in which a number, a per cent or a share lies."""

    most: Fraction
    tiers: tuple[Tier, ...]
    of_share: bool = True
    may_exceed: bool = False
    whole: bool = False
    asks: Asks = NOTHING_SAID

    def __post_init__(self) -> None:
        demand_sound(list(flaws_of_tiers(self.tiers, self.most)))


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line: 0 at `start`, all at `end`, held beyond its ends."""

    start: Decimal
    end: Decimal

    def __post_init__(self) -> None:
        if self.start >= self.end:
            demand_sound([flaw("line-does-not-rise", "line", start=self.start, end=self.end)])

    def points(self, most: Fraction, top: int | Decimal, bottom: int = 1) -> Fraction:
        """What of `most` belongs to the value top/bottom."""
        above = top - self.start * bottom
        whole = (self.end - self.start) * bottom
        if above <= 0:
            return ZERO
        return most if above >= whole else portion(most, above, whole)


@dataclass(frozen=True, slots=True)
class Ratio:
    """Done of due, times the most; with a cut or along a straight line where it has one."""

    most: Fraction
    due: int | None = None
    due_may_change: bool = False
    cut_below: Decimal | None = None
    line: Line | None = None
    may_exceed: bool = False
    asks: Asks = NOTHING_SAID

    def __post_init__(self) -> None:
        if self.cut_below is not None and self.line is not None:
            demand_sound([flaw("cut-and-line", "line")])


@dataclass(frozen=True, slots=True)
class Survey:
    """The value of a survey along a straight line."""

    most: Fraction
    line: Line
    minimum: int = 0
    too_few: Treatment = Treatment.RESCALE


@dataclass(frozen=True, slots=True)
class Imported:
    """An official result as a share of the most that it could be."""

    most: Fraction
    out_of: Decimal
    what: str
    year_before: bool = False


def flaws_of_tiers(tiers: tuple[Tier, ...], most: Fraction) -> Iterator[Flaw]:
    for index, tier in enumerate(tiers):
        if tier.points > most:
            yield flaw("above-most", "tiers", index, points=tier.points, most=most)
        if index and not _follows(tiers[index - 1], tier):
            yield flaw("tiers-out-of-order", "tiers", index)
    if tiers[-1].bound or tiers[-1].above:
        yield flaw("lowest-tier-has-bound", "tiers", len(tiers) - 1)
    if max(tier.points for tier in tiers) < most:
        yield flaw("best-is-not-most", "tiers", 0, most=most)


def _follows(higher: Tier, lower: Tier) -> bool:
    """Whether both the bound and the points fall; "over 80" stands above "from 80"."""
    if higher.bound is None or lower.points > higher.points:
        return False
    return lower.bound is None or (lower.bound, lower.above) < (higher.bound, higher.above)


def tier_of(tiers: tuple[Tier, ...], top: Decimal | int, bottom: int = 1) -> Tier:
    """The tier of top/bottom, compared exactly without dividing."""
    for tier in tiers:
        if tier.bound is None:
            return tier
        mark = tier.bound * bottom
        if top > mark or (top == mark and not tier.above):
            return tier
    return tiers[-1]


def tiers_points(scale: Tiers, answer: PartOf | Measured) -> Fraction:
    if isinstance(answer, PartOf):
        return tier_of(scale.tiers, 100 * answer.done, answer.due).points
    return tier_of(scale.tiers, answer.value).points


def ratio_points(scale: Ratio, answer: PartOf) -> Fraction:
    done, due = answer.done, answer.due
    if done >= due:
        return scale.most
    if scale.line is not None:
        return scale.line.points(scale.most, 100 * done, due)
    if scale.cut_below is not None and 100 * done < scale.cut_below * due:
        return ZERO
    return portion(scale.most, done, due)


def survey_points(scale: Survey, answer: Surveyed) -> Fraction:
    return scale.line.points(scale.most, answer.value)


def imported_points(scale: Imported, answer: Official) -> Fraction:
    return portion(scale.most, answer.value, scale.out_of)


def read_part_of(text: str, due: int | None, *, may_change: bool, may_exceed: bool) -> PartOf:
    """`5/7`, or `5` where the file says of how many."""
    done_text, slash, due_text = text.partition("/")
    if not slash and due is None:
        raise Refused("not-a-part", text=text)
    done = read_whole(done_text)
    stated = read_whole(due_text) if slash else due or 0
    if stated == 0:
        raise Refused("due-is-zero", text=text)
    if due is not None and stated != due and not may_change:
        raise Refused("due-is-fixed", text=text, due=due)
    if done > stated and not may_exceed:
        raise Refused("more-than-due", done=done, due=stated)
    return PartOf(done, stated)


def read_tiers(scale: Tiers, text: str) -> PartOf | Measured:
    if not scale.of_share:
        return Measured(read_number(text, NumberField(whole=scale.whole)))
    if "/" in text:
        return read_part_of(text, None, may_change=False, may_exceed=scale.may_exceed)
    greatest = None if scale.may_exceed else TOP_PER_CENT
    return Measured(read_number(text, NumberField(greatest)))


def read_ratio(scale: Ratio, text: str) -> PartOf:
    changes = scale.due_may_change
    return read_part_of(text, scale.due, may_change=changes, may_exceed=scale.may_exceed)


def read_survey(scale: Survey, text: str) -> Surveyed:
    """A value beyond the line is held at its end, but nothing measures in thousands."""
    value, replies = exactly(text, 2, "4,20; 120")
    field = NumberField(max(scale.line.end, TOP_PER_CENT), places=2)
    return Surveyed(read_number(value, field), read_whole(replies))


def read_imported(scale: Imported, text: str) -> Official:
    value, document, day, year = exactly(text, 4, "87,61; 398/QĐ-UBND; 22/4/2026; 2025")
    number = read_number(value, NumberField(scale.out_of))
    return Official(number, document, read_day(day), read_whole(year))


def write_part_of(answer: PartOf | Measured) -> str:
    if isinstance(answer, PartOf):
        return f"{answer.done}/{answer.due}"
    return plain(answer.value)


def write_survey(answer: Surveyed) -> str:
    return f"{plain(answer.value)}; {answer.replies}"


def write_imported(answer: Official) -> str:
    day = write_day(answer.day)
    return f"{plain(answer.value)}; {answer.document}; {day}; {answer.year}"
