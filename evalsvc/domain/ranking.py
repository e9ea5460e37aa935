"""Rank by compared value, 1, 2, 2, 4; equal values by declared keys, never by chance."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from evalsvc.domain.lines import State
from evalsvc.domain.provisions import Band, Ladder
from evalsvc.domain.results import Result, Unrated
from evalsvc.domain.scoring import ScoreSheet

Keys = tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """One rated unit as the ranking sees it; `band` is the one after gates."""

    unit: str
    block: str
    set: str
    kind: str
    compared: Decimal
    ladder: Ladder
    band: Band
    keys: Keys = ()
    no_title: bool = False
    late: bool = False


class ApartBy(StrEnum):
    EXEMPT = "exempt"
    NOT_SUBMITTED = "not-submitted"
    UNRATED = "unrated"


@dataclass(frozen=True, slots=True)
class Apart:
    """A unit that is listed, but not ranked, and why."""

    unit: str
    block: str
    set: str
    kind: str
    why: ApartBy
    reason: str = ""
    unrated: tuple[Unrated, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """One row of a ranking."""

    rank: int
    standing: Standing


def keys(sheet: ScoreSheet) -> Keys:
    """Points of the groups and criteria that break ties; None where the unit lacks one."""
    return tuple(_key(sheet, code) for code in sheet.form.set.ties)


def _key(sheet: ScoreSheet, code: str) -> Decimal | None:
    for group in sheet.groups:
        if group.section.group.code == code:
            return group.counted if group.applicable else None
    line = sheet.line(code)
    missing = line is None or line.state is State.NOT_DUE or line.treatment is not None
    return None if line is None or missing else line.points


def standing(unit: str, block: str, result: Result, band: Band, *, late: bool = False) -> Standing:
    form = result.sheet.form
    return Standing(
        unit,
        block,
        form.set.code,
        form.kind.code,
        result.sheet.compared,
        form.ladder,
        band,
        keys(result.sheet),
        result.no_title,
        late,
    )


def ranked(standings: Iterable[Standing]) -> tuple[Ranked, ...]:
    """Best first. Equal ranks stand in the order of their codes, which decides nothing."""
    by_value = sorted(standings, key=lambda each: each.compared, reverse=True)
    found: list[Ranked] = []
    for _, cluster in groupby(by_value, key=lambda each: each.compared):
        for equal in _split(list(cluster), 0):
            rank = len(found) + 1
            found += [Ranked(rank, each) for each in sorted(equal, key=lambda each: each.unit)]
    return tuple(found)


def _split(cluster: list[Standing], level: int) -> Iterator[list[Standing]]:
    """A cluster of equals, parted by the keys from `level` on; a key that one lacks is skipped."""
    if len(cluster) == 1 or level >= _depth(cluster):
        yield cluster
    elif any(each.keys[level] is None for each in cluster):
        yield from _split(cluster, level + 1)
    else:
        by_key = sorted(cluster, key=lambda each: _sortable(each.keys[level]), reverse=True)
        for _, part in groupby(by_key, key=lambda each: each.keys[level]):
            yield from _split(list(part), level + 1)


def _depth(cluster: Sequence[Standing]) -> int:
    """How many keys there are; units of different sets share none."""
    if len({each.set for each in cluster}) > 1:
        return 0
    return min(len(each.keys) for each in cluster)


def _sortable(key: Decimal | None) -> Decimal:
    if key is None:
        raise TypeError("a cluster with a missing key is not sorted by it")
    return key


def clusters(found: Iterable[Ranked]) -> Iterator[list[Standing]]:
    """Units of equal rank together, best first."""
    for _, part in groupby(found, key=lambda each: each.rank):
        yield [each.standing for each in part]
