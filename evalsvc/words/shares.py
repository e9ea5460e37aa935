"""Quotas, titles and targets of a round: their arithmetic, and who they concern."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from evalsvc.domain.outcome import Outcome
from evalsvc.domain.provisions import Base, BaseIs, Bounds, Rounding, TitleHolders
from evalsvc.domain.quotas import QuotaOutcome
from evalsvc.domain.targets import TargetOutcome
from evalsvc.domain.titles import TitleOutcome
from evalsvc.words.amounts import TIMES, Names, percent
from evalsvc.words.language import Language, sentence

ROUNDINGS = {
    Rounding.FLOOR: sentence("{share}, so {allowed}"),
    Rounding.HALF_UP: sentence("{share}, rounded to {allowed}"),
    Rounding.UP: sentence("{share}, rounded up to {allowed}"),
}


def quota_sentences(language: Language, outcome: Outcome) -> Iterator[str]:
    for each in outcome.quotas:
        if not _has_units(outcome, each):
            continue
        bands = band_names(outcome, each.set)
        said = language.say(
            "{band}: at most {percent} of {base}",
            band=_place(language, bands[each.quota.band], each.block),
            percent=percent(language, each.quota.percent),
            base=_base(language, each.quota.of, each.base, bands),
        )
        share = language.number(each.share)
        rounding = ROUNDINGS[each.quota.rounding]
        allowed = language.say(rounding, share=share, allowed=each.allowed)
        if each.quota.at_least and each.allowed == each.quota.at_least > each.share:
            least = {"share": share, "least": each.quota.at_least}
            allowed = language.say("{share}, but always {least}", **least)
        yield "; ".join([f"{said}: {allowed}", *_quota_effects(language, outcome, each)])


def _has_units(outcome: Outcome, quota: QuotaOutcome) -> bool:
    """A set has no quota in a block where none of its units stands."""
    of = outcome.round
    here = [unit for unit in of.units if quota.block in ("", unit.block)]
    return any(of.sets[unit.kind].code == quota.set for unit in here)


def _quota_effects(language: Language, outcome: Outcome, quota: QuotaOutcome) -> Iterator[str]:
    if quota.waits:
        yield language.say("waits for the quota above")
        return
    if quota.kept:
        yield language.say("keep it: {units}", units=_units(outcome, quota.kept))
    if quota.decision is not None:
        yield _decided(language, quota.decision.reason)
    if quota.pending:
        yield language.say(
            "tied at the line, waiting for a decision on {left}: {units}",
            left=_places(language, quota.places_left),
            units=_units(outcome, quota.pending),
        )
    if quota.fallen:
        yield language.say("one band down: {units}", units=_units(outcome, quota.fallen))
    if not (quota.kept or quota.pending or quota.fallen):
        yield language.say("no unit has this band")


def _places(language: Language, number: int) -> str:
    return (
        language.say("1 place") if number == 1 else language.say("{number} places", number=number)
    )


def title_sentences(language: Language, outcome: Outcome) -> Iterator[str]:
    for each in outcome.titles:
        name = _place(language, each.title.name, each.block)
        first = f"{name}: {_sum(language, outcome, each)}"
        if each.number is not None:
            first += language.say(", so {number}", number=each.number)
        yield "; ".join([first, *_given(language, outcome, each)])


def _sum(language: Language, outcome: Outcome, title: TitleOutcome) -> str:
    """`25 × 25% … 30% = 6,25 … 7,5`, or the two numbers that bound it."""
    low, high = title.low, title.high
    bounds = _range(language, low, high)
    if not title.title.bounds.in_percent:
        return language.say("{bounds} of {base}", bounds=bounds, base=title.base)
    shares = bounds_text(language, title.title.bounds)
    base = _base(language, title.title.of, title.base, band_names(outcome, title.set))
    if title.title.within:
        base = str(title.base)
    return f"{base} {TIMES} {shares} = {bounds}"


def _range(language: Language, low: Fraction, high: Fraction | None) -> str:
    first = language.number(low)
    if high is None:
        return language.say("from {start} up", start=first)
    return f"{first} … {language.number(high)}"


def bounds_text(language: Language, bounds: Bounds) -> str:
    """`25% … 30%`, `trên 70%`, `từ 3`."""
    sign = "%" if bounds.in_percent else ""
    low = f"{language.number(bounds.low)}{sign}"
    if bounds.high is not None:
        return f"{low} … {language.number(bounds.high)}{sign}"
    if bounds.above:
        return language.say("over {start}", start=low)
    return language.say("from {start} up", start=low)


def _given(language: Language, outcome: Outcome, title: TitleOutcome) -> Iterator[str]:
    if title.waits:
        yield language.say("waits for a decision above")
        return
    if title.number is None:
        yield language.say("no whole number lies between, a leader decides")
        return
    if title.decision is not None:
        yield _decided(language, title.decision.reason)
    if title.short and title.fits:
        facts = {"number": len(title.eligible), "short": title.short}
        yield language.say("only {number} eligible, short by {short}", **facts)
    if title.given:
        yield language.say("given to: {units}", units=_units(outcome, title.given))
    if title.pending:
        left = _places(language, title.number - len(title.given))
        units = _units(outcome, title.pending)
        yield language.say(
            "tied at the line, waiting for a decision on {left}: {units}", left=left, units=units
        )


def target_sentences(language: Language, outcome: Outcome) -> Iterator[str]:
    for each in outcome.targets:
        wanted = bounds_text(language, each.target.bounds)
        met = language.say("met") if each.met else language.say("not met")
        if each.share is None:
            met = language.say("nothing to take a share of")
        told = f"{_reached(language, each)}, " if each.share is not None else ""
        said = language.say("target {bounds}: {met}", bounds=wanted, met=met)
        yield f"{each.target.name}: {told}{said}"


def _reached(language: Language, target: TargetOutcome) -> str:
    counted = isinstance(target.target.what, TitleHolders) and not target.target.bounds.in_percent
    if counted or target.share is None:
        return str(target.top)
    return f"{target.top}/{target.bottom} = {percent(language, target.share)}"


def _decided(language: Language, reason: str) -> str:
    return language.say("decided by a leader ({reason})", reason=reason)


def _place(language: Language, name: str, block: str) -> str:
    return language.say("Block {block}, {name}", name=name, block=block) if block else name


def _base(language: Language, of: Base, number: int, bands: Mapping[str, str]) -> str:
    match of:
        case BaseIs.RATED:
            return language.say("{number} rated units", number=number)
        case BaseIs.UNITS:
            return language.say("{number} units", number=number)
        case codes:
            names = language.series(bands.get(code, code) for code in codes)
            return language.say("{number} units with {bands}", number=number, bands=names)


def band_names(outcome: Outcome, code: str) -> Names:
    """Names of the bands of a set, whichever column they belong to."""
    sets = (each for each in outcome.round.sets.values() if each.code == code)
    ladders = (ladder for criteria in sets for ladder in criteria.ladders.values())
    return {band.code: band.name for ladder in ladders for band in ladder}


def _units(outcome: Outcome, codes: tuple[str, ...]) -> str:
    names = {unit.code: unit.name for unit in outcome.round.units}
    return ", ".join(names[code] for code in codes)
