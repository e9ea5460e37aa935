"""Scales that count events: so many of a sort, so many taken off, so many days late."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from evalsvc.domain.answers import Occurred, Sent, Times
from evalsvc.domain.dates import Due, days_late, read_day, write_day
from evalsvc.domain.errors import Flaw, demand_sound, flaw
from evalsvc.domain.points import ZERO, is_less, left_of, portion, read_whole, total_of
from evalsvc.domain.scales.measure import NOTHING_SAID, Asks
from evalsvc.domain.scales.text import NOT_SENT, by_code


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of event and the points of each."""

    code: str
    name: str
    each: Fraction


@dataclass(frozen=True, slots=True)
class Count:
    """`most` is the cap; None outside the scale where nothing caps the line."""

    most: Fraction | None
    sorts: tuple[Sort, ...]
    asks: Asks = NOTHING_SAID

    def __post_init__(self) -> None:
        demand_sound(list(flaws_of_sorts(self.sorts, "sorts")))


@dataclass(frozen=True, slots=True)
class Deduct:
    """Starts from the most; each event takes its points off, not below 0."""

    most: Fraction
    sorts: tuple[Sort, ...]
    asks: Asks = NOTHING_SAID

    def __post_init__(self) -> None:
        demand_sound(list(flaws_of_sorts(self.sorts, "sorts")))


@dataclass(frozen=True, slots=True)
class LateStep:
    """The share kept up to so many days late; None for any later day."""

    share: Fraction
    up_to: int | None = None


@dataclass(frozen=True, slots=True)
class Lateness:
    """Several due dates share `most` equally; `year` turns yearly days into dates."""

    most: Fraction
    dues: tuple[Due, ...]
    steps: tuple[LateStep, ...]
    year: int = 0

    def __post_init__(self) -> None:
        demand_sound([*flaws_of_dues(self.dues), *_flaws_of_steps(self.steps)])


def flaws_of_sorts(sorts: tuple[Sort, ...], key: str) -> Iterator[Flaw]:
    seen = set()
    for index, sort in enumerate(sorts):
        if sort.code in seen:
            yield flaw("duplicate-code", key, index, "code", code=sort.code)
        if not sort.each:
            yield flaw("each-is-zero", key, index, "each")
        seen.add(sort.code)


def flaws_of_dues(dues: tuple[Due, ...]) -> Iterator[Flaw]:
    seen = set()
    for index, due in enumerate(dues):
        if due.code in seen:
            yield flaw("duplicate-code", "due", index, "code", code=due.code)
        seen.add(due.code)


def _flaws_of_steps(steps: tuple[LateStep, ...]) -> Iterator[Flaw]:
    days, share = 0, Fraction(1)
    for index, step in enumerate(steps):
        last = index == len(steps) - 1
        if (step.up_to is None and not last) or (step.up_to is not None and step.up_to <= days):
            yield flaw("late-steps-out-of-order", "late", index)
        if step.share > share:
            yield flaw("late-gains", "late", index)
        days, share = step.up_to or days, step.share


def worth(times: Times, sorts: tuple[Sort, ...]) -> Fraction:
    """Sum of n × each."""
    return total_of((number, sort.each) for (_, number), sort in zip(times, sorts, strict=True))


def count_points(scale: Count, answer: Occurred) -> Fraction:
    total = worth(answer.times, scale.sorts)
    if scale.most is None or is_less(total, scale.most):
        return total
    return scale.most


def deduct_points(scale: Deduct, answer: Occurred) -> Fraction:
    return left_of(scale.most, worth(answer.times, scale.sorts))


def lateness_points(scale: Lateness, answer: Sent) -> Fraction:
    kept = total_of(
        (1, share_kept(scale, days_late(sent, due.last_day(scale.year))))
        for due, (_, sent) in zip(scale.dues, answer.days, strict=True)
        if sent is not None
    )
    return portion(scale.most, kept.numerator, kept.denominator * len(scale.dues))


ALL = Fraction(1)


def share_kept(scale: Lateness, late: int) -> Fraction:
    if late == 0:
        return ALL
    for step in scale.steps:
        if step.up_to is None or late <= step.up_to:
            return step.share
    return ZERO


def read_times(sorts: tuple[Sort, ...], text: str) -> Times:
    """`cap-tinh 3; tw 1`; `0` stands for none of any sort."""
    codes = tuple(sort.code for sort in sorts)
    if text.strip() == "0":
        return tuple((code, 0) for code in codes)
    numbers = by_code(text, codes)
    return tuple((code, read_whole(numbers[code])) for code in codes)


def write_times(times: Times) -> str:
    if not any(number for _, number in times):
        return "0"
    if len(times) == 1:
        return str(times[0][1])
    return "; ".join(f"{code} {number}" for code, number in times)


def read_lateness(scale: Lateness, text: str) -> Sent:
    codes = tuple(due.code for due in scale.dues)
    said = by_code(text, codes)
    return Sent(
        tuple((code, None if said[code] == NOT_SENT else read_day(said[code])) for code in codes)
    )


def write_lateness(answer: Sent) -> str:
    said = [(code, NOT_SENT if day is None else write_day(day)) for code, day in answer.days]
    if len(said) == 1:
        return said[0][1]
    return "; ".join(f"{code} {day}" for code, day in said)
