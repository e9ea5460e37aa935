"""Tiers and bands in words: where one begins and where it ends."""

from decimal import Decimal
from typing import Protocol

from evalsvc.domain.provisions import Ladder
from evalsvc.domain.scales import Children, Tier, Tiers
from evalsvc.domain.scales.measure import TOP_PER_CENT
from evalsvc.words.amounts import percent
from evalsvc.words.language import Language


class _Step(Protocol):
    """A tier or a band: from its bound on, or only above it."""

    @property
    def bound(self) -> Decimal | None: ...
    @property
    def above(self) -> bool: ...


def tier_range(language: Language, scale: Tiers | Children, tier: Tier) -> str:
    """`từ 80% đến dưới 95%`; `100%` where there can be no more."""
    index = scale.tiers.index(tier)
    higher = scale.tiers[index - 1] if index else None
    if higher is None and _is_whole(scale, tier):
        return percent(language, TOP_PER_CENT)
    return _range(language, tier, higher, unit_of(scale))


def tier_reached(language: Language, scale: Tiers | Children, tier: Tier) -> str:
    """The tier by its name in a sum: the best one goes by its lower bound alone."""
    if tier == scale.tiers[0] and tier.bound is not None and not _is_whole(scale, tier):
        return _lower(language, tier, with_unit(language, tier.bound, unit_of(scale)))
    return tier_range(language, scale, tier)


def _is_whole(scale: Tiers | Children, tier: Tier) -> bool:
    """Whether a tier holds all of a share that cannot exceed the whole."""
    bounded = isinstance(scale, Children) or (scale.of_share and not scale.may_exceed)
    return bounded and tier.bound == TOP_PER_CENT and not tier.above


def band_range(language: Language, ladder: Ladder, code: str) -> str:
    """`từ 70 đến dưới 90`."""
    index = next(at for at, band in enumerate(ladder) if band.code == code)
    return _range(language, ladder[index], ladder[index - 1] if index else None, "")


def unit_of(scale: Tiers | Children) -> str:
    if isinstance(scale, Children) or scale.of_share:
        return "%"
    return scale.asks.noun


def with_unit(language: Language, number: Decimal, unit: str) -> str:
    if unit == "%":
        return percent(language, number)
    return f"{language.number(number)} {unit}".strip()


def _lower(language: Language, step: _Step, start: str) -> str:
    if step.above:
        return language.say("over {start}", start=start)
    return language.say("from {start}", start=start)


def _range(language: Language, step: _Step, higher: _Step | None, unit: str) -> str:
    start = with_unit(language, step.bound, unit) if step.bound else ""
    if higher is None or higher.bound is None:
        if not start:
            return language.say("in any case")
        if step.above:
            return language.say("over {start}", start=start)
        return language.say("from {start} up", start=start)
    end = with_unit(language, higher.bound, unit)
    if not start:
        return _rest(language, higher, end)
    return f"{_lower(language, step, start)} {_upper(language, higher, end)}"


def _rest(language: Language, higher: _Step, end: str) -> str:
    if higher.above:
        return language.say("{end} or less", end=end)
    return language.say("under {end}", end=end)


def _upper(language: Language, higher: _Step, end: str) -> str:
    if higher.above:
        return language.say("to {end}", end=end)
    return language.say("to under {end}", end=end)
