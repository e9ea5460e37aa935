"""Titles for a share or a number of the best, read after the quotas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from evalsvc.domain.errors import Refused
from evalsvc.domain.provisions import Band, Bounds, Title
from evalsvc.domain.quotas import Banded, Field, count_of_base
from evalsvc.domain.ranking import Ranked, clusters


@dataclass(frozen=True, slots=True)
class Award:
    """A leader's decision: how many get a title, or which of those tied at the line."""

    title: str
    block: str
    reason: str
    number: int | None = None
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TitleOutcome:
    """`number` None: no whole number fits and a leader has not decided yet."""

    title: Title
    set: str
    block: str
    base: int
    low: Fraction
    high: Fraction | None
    lowest: int
    highest: int | None
    eligible: tuple[str, ...]
    number: int | None = None
    given: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    short: int = 0
    decision: Award | None = None
    waits: bool = False

    @property
    def fits(self) -> bool:
        return self.highest is None or self.lowest <= self.highest


def titled(
    field: Field, result: Banded, decisions: Sequence[Award] = ()
) -> tuple[TitleOutcome, ...]:
    outcomes: list[TitleOutcome] = []
    for title in field.set.titles:
        for block, ranking in field.scopes(title.per):
            candidates = _candidates(title, ranking, result.bands, outcomes)
            opened = _opened(field, title, (block, candidates, ranking), result)
            if not result.complete or _parent_waits(title, outcomes):
                outcomes.append(replace(opened, waits=True))
            else:
                decision = _decision(decisions, title, block)
                outcomes.append(_applied(opened, candidates, decision))
    return tuple(outcomes)


def _candidates(
    title: Title,
    ranking: tuple[Ranked, ...],
    bands: Mapping[str, Band | None],
    outcomes: Sequence[TitleOutcome],
) -> list[Ranked]:
    if title.within:
        holders = holders_of(title.within, outcomes)
        return [each for each in ranking if each.standing.unit in holders]
    return [
        each
        for each in ranking
        if not each.standing.no_title
        and (band := bands[each.standing.unit]) is not None
        and band.code in title.bands
    ]


def holders_of(title: str, outcomes: Sequence[TitleOutcome]) -> frozenset[str]:
    return frozenset(
        unit for outcome in outcomes if outcome.title.code == title for unit in outcome.given
    )


def _opened(
    field: Field,
    title: Title,
    scope: tuple[str, list[Ranked], tuple[Ranked, ...]],
    result: Banded,
) -> TitleOutcome:
    block, candidates, ranking = scope
    units = field.units[block] if block else sum(field.units.values())
    bands = [band.code for each in ranking if (band := result.bands[each.standing.unit])]
    base = len(candidates) if title.within else count_of_base(title.of, bands, units)
    low, high = bounds_of(title.bounds, base)
    return TitleOutcome(
        title,
        field.set.code,
        block,
        base,
        low,
        high,
        lowest=-(-low.numerator // low.denominator),
        highest=None if high is None else high.numerator // high.denominator,
        eligible=tuple(each.standing.unit for each in candidates),
    )


def bounds_of(bounds: Bounds, base: int) -> tuple[Fraction, Fraction | None]:
    """Both bounds as numbers of units."""
    factor = Fraction(base, 100) if bounds.in_percent else Fraction(1)
    high = None if bounds.high is None else Fraction(bounds.high) * factor
    return Fraction(bounds.low) * factor, high


def _parent_waits(title: Title, outcomes: Sequence[TitleOutcome]) -> bool:
    parents = [each for each in outcomes if each.title.code == title.within]
    return any(each.waits or each.pending or each.number is None for each in parents)


def _decision(decisions: Sequence[Award], title: Title, block: str) -> Award | None:
    wanted = (title.code, block)
    return next((each for each in decisions if (each.title, each.block) == wanted), None)


def _applied(
    outcome: TitleOutcome, candidates: list[Ranked], decision: Award | None
) -> TitleOutcome:
    number = _number(outcome, decision)
    if number is None:
        return outcome
    given: list[str] = []
    tied: list[str] = []
    for cluster in clusters(candidates):
        units = [each.unit for each in cluster]
        if len(given) + len(units) <= number:
            given += units
        else:
            tied = units if len(given) < number else []
            break
    used = decision if decision is not None and decision.number is not None else None
    if tied and decision is not None and decision.units:
        given += _chosen(decision, tied, number - len(given))
        tied, used = [], decision
    return replace(
        outcome,
        number=number,
        given=tuple(given),
        pending=tuple(tied),
        short=max(outcome.lowest - len(outcome.eligible), 0),
        decision=used,
    )


def _number(outcome: TitleOutcome, decision: Award | None) -> int | None:
    """The largest whole number that fits and is eligible, or what a leader decided."""
    eligible = len(outcome.eligible)
    if decision is not None and decision.number is not None:
        _demand_within(outcome, decision.number)
        return decision.number
    if not outcome.fits:
        return None
    return eligible if outcome.highest is None else min(outcome.highest, eligible)


def _demand_within(outcome: TitleOutcome, number: int) -> None:
    """Inside the bounds where a number fits them; never more than are eligible."""
    if number > len(outcome.eligible):
        raise Refused("more-than-eligible", number=number, eligible=len(outcome.eligible))
    enough = len(outcome.eligible) >= outcome.lowest
    too_many = outcome.highest is not None and number > outcome.highest
    outside = number < outcome.lowest or too_many
    if outcome.fits and enough and outside:
        raise Refused(
            "number-outside-bounds",
            number=number,
            lowest=outcome.lowest,
            highest=outcome.highest,
        )


def _chosen(decision: Award, tied: list[str], left: int) -> list[str]:
    if strangers := [unit for unit in decision.units if unit not in tied]:
        raise Refused("not-among-the-tied", unit=strangers[0], choices=tied)
    if len(decision.units) > left:
        raise Refused("more-than-places-left", number=len(decision.units), left=left)
    return [unit for unit in tied if unit in decision.units]
