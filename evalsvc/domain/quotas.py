"""Shares that limit how many may keep a band, with their arithmetic."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import assert_never

from evalsvc.domain.criteria import CriteriaSet
from evalsvc.domain.errors import Refused
from evalsvc.domain.provisions import Band, Base, BaseIs, Per, Quota, Rounding
from evalsvc.domain.ranking import Ranked, Standing, clusters, ranked

WHOLE_ROUND = ""


@dataclass(frozen=True, slots=True)
class Keep:
    """A leader's decision: who of those tied at the line keeps the band."""

    band: str
    block: str
    units: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class QuotaOutcome:
    """`pending` units are tied across the line and wait for a leader; `waits` for another quota."""

    quota: Quota
    set: str
    block: str
    base: int
    share: Fraction
    allowed: int
    kept: tuple[str, ...] = ()
    fallen: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    places_left: int = 0
    decision: Keep | None = None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Banded:
    """Bands by unit once the quotas have passed; a unit that waits for a decision has none."""

    bands: Mapping[str, Band | None]
    outcomes: tuple[QuotaOutcome, ...]

    @property
    def complete(self) -> bool:
        return not any(each.pending or each.waits for each in self.outcomes)


@dataclass(frozen=True, slots=True)
class Field:
    """The units of one set in a round, ranked once: in each block, and under "" all together.

    `units` counts them by block, those that are not ranked included.
    """

    set: CriteriaSet
    units: Mapping[str, int]
    rankings: Mapping[str, tuple[Ranked, ...]]

    @property
    def standings(self) -> Iterator[Standing]:
        return (each.standing for block in self.units for each in self.rankings[block])

    def scopes(self, per: Per) -> Iterator[tuple[str, tuple[Ranked, ...]]]:
        """The rankings inside which something is counted."""
        match per:
            case Per.ROUND:
                yield WHOLE_ROUND, self.rankings[WHOLE_ROUND]
            case Per.BLOCK:
                for block in self.units:
                    yield block, self.rankings[block]
            case _:
                assert_never(per)


def field(criteria: CriteriaSet, standings: Iterable[Standing], units: Mapping[str, int]) -> Field:
    members: dict[str, list[Standing]] = {block: [] for block in units}
    for each in standings:
        members[each.block].append(each)
    rankings = {block: ranked(those) for block, those in members.items()}
    rankings[WHOLE_ROUND] = ranked(each for those in members.values() for each in those)
    return Field(criteria, units, rankings)


def banded(field: Field, decisions: Sequence[Keep] = ()) -> Banded:
    """One pass from the top band down; bases are counted before any quota."""
    bands: dict[str, Band | None] = {each.unit: each.band for each in field.standings}
    outcomes: list[QuotaOutcome] = []
    for quota in _top_down(field.set):
        for block, ranking in field.scopes(quota.per):
            outcome = _opened(field, quota, block, ranking)
            if _must_wait(outcomes, block):
                outcomes.append(replace(outcome, waits=True))
                continue
            holders = [each for each in ranking if _holds(bands[each.standing.unit], quota)]
            outcomes.append(_applied(outcome, holders, _decision(decisions, quota, block)))
            _let_fall(bands, outcomes[-1], holders)
    return Banded(bands, tuple(outcomes))


def _top_down(criteria: CriteriaSet) -> list[Quota]:
    def position(quota: Quota) -> int:
        return min(
            index
            for ladder in criteria.ladders.values()
            for index, band in enumerate(ladder)
            if band.code == quota.band
        )

    return sorted(criteria.quotas, key=position)


def _opened(field: Field, quota: Quota, block: str, ranking: tuple[Ranked, ...]) -> QuotaOutcome:
    units = sum(field.units.values()) if quota.per is Per.ROUND else field.units[block]
    base = count_of_base(quota.of, (each.standing.band.code for each in ranking), units)
    share = Fraction(quota.percent) / 100 * base
    allowed = max(whole(share, quota.rounding), quota.at_least)
    return QuotaOutcome(quota, field.set.code, block, base, share, allowed)


def count_of_base(of: Base, bands: Iterable[str], units: int) -> int:
    match of:
        case BaseIs.UNITS:
            return units
        case BaseIs.RATED:
            return sum(1 for _ in bands)
        case codes:
            counted = Counter(bands)
            return sum(counted[code] for code in codes)


def whole(share: Fraction, rounding: Rounding) -> int:
    match rounding:
        case Rounding.FLOOR:
            return share.numerator // share.denominator
        case Rounding.UP:
            return -(-share.numerator // share.denominator)
        case Rounding.HALF_UP:
            return (2 * share.numerator + share.denominator) // (2 * share.denominator)
        case _:
            assert_never(rounding)


def _must_wait(outcomes: Iterable[QuotaOutcome], block: str) -> bool:
    """Whether an earlier quota that touches these units is undecided."""
    open_ones = [each for each in outcomes if each.pending or each.waits]
    return any(block in (WHOLE_ROUND, each.block) or not each.block for each in open_ones)


def _holds(band: Band | None, quota: Quota) -> bool:
    return band is not None and band.code == quota.band


def _decision(decisions: Iterable[Keep], quota: Quota, block: str) -> Keep | None:
    wanted = (quota.band, block)
    return next((each for each in decisions if (each.band, each.block) == wanted), None)


def _applied(outcome: QuotaOutcome, holders: list[Ranked], decision: Keep | None) -> QuotaOutcome:
    """Who keeps the band: whole ranks from the top while they fit, then a decision on a tie."""
    kept: list[str] = []
    tied: list[str] = []
    fallen: list[str] = []
    for cluster in clusters(holders):
        units = [each.unit for each in cluster]
        if tied or fallen or len(kept) == outcome.allowed:
            fallen += units
        elif len(kept) + len(units) <= outcome.allowed:
            kept += units
        else:
            tied = units
    left = outcome.allowed - len(kept)
    used = decision if tied else None
    if used is not None:
        demand_decision(used, tied, left, excess=outcome.quota.excess)
        kept += [unit for unit in tied if unit in used.units]
        fallen = [*(unit for unit in tied if unit not in used.units), *fallen]
        tied = []
    if tied:
        return replace(
            outcome,
            kept=tuple(kept),
            fallen=tuple(fallen),
            pending=tuple(tied),
            places_left=left,
        )
    return replace(outcome, kept=tuple(kept), fallen=tuple(fallen), decision=used)


def demand_decision(decision: Keep, tied: list[str], left: int, *, excess: bool) -> None:
    strangers = [unit for unit in decision.units if unit not in tied]
    if strangers:
        raise Refused("not-among-the-tied", unit=strangers[0], choices=tied)
    if len(decision.units) > left and not excess:
        raise Refused("more-than-places-left", number=len(decision.units), left=left)


def _let_fall(bands: dict[str, Band | None], outcome: QuotaOutcome, holders: list[Ranked]) -> None:
    ladders = {each.standing.unit: each.standing.ladder for each in holders}
    for unit in outcome.fallen:
        bands[unit] = _below(bands[unit], ladders[unit])
    for unit in outcome.pending:
        bands[unit] = None


def _below(band: Band | None, ladder: Sequence[Band]) -> Band | None:
    if band is None:
        return None
    index = next(at for at, each in enumerate(ladder) if each.code == band.code)
    return ladder[min(index + 1, len(ladder) - 1)]
