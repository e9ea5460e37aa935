"""What charts are drawn from: bands, totals of a unit, units of a block, claims and results."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Mark = Literal["claimed", "reviewed", "final"]
FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Band:
    """A zone of the ruler, from `start` up to the next band."""

    name: str
    start: Decimal


@dataclass(frozen=True, slots=True)
class Layer:
    """One total of a unit, with the mark of its layer and the name to print beside it."""

    mark: Mark
    name: str
    total: Decimal


@dataclass(frozen=True, slots=True)
class Block:
    """Units that are ranked together, each with its name and total."""

    name: str
    note: str
    units: Sequence[tuple[str, Decimal]]


@dataclass(frozen=True, slots=True)
class Gap:
    """What a unit claimed and what came out of it later."""

    name: str
    claimed: Decimal
    later: Decimal


def thresholds(bands: Iterable[Band]) -> list[Decimal]:
    """Where one band ends and a better one begins; the lowest band begins at nothing."""
    return sorted({band.start for band in bands if band.start > 0})


def within(bands: Iterable[Band], low: Decimal, high: Decimal) -> list[Decimal]:
    """The thresholds that a ruler from `low` to `high` shows inside it."""
    return [start for start in thresholds(bands) if low < start < high]


def rising(bands: Iterable[Band]) -> list[Band]:
    return sorted(bands, key=lambda band: band.start)


def median(totals: Sequence[Decimal]) -> Decimal:
    ordered = sorted(totals)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2
