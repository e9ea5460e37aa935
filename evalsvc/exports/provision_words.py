"""What a set provides beside its lines, in words: bands, gates, quotas, titles, targets."""

from collections.abc import Iterator
from dataclasses import dataclass

from evalsvc.domain.criteria import CeilingIs, Compare, CriteriaSet, Fit
from evalsvc.domain.provisions import (
    BandShare,
    Base,
    BaseIs,
    Bounds,
    Gate,
    Per,
    Quota,
    Rounding,
    Target,
    Title,
    TitleHolders,
    TotalOf,
)
from evalsvc.exports.condition_words import condition_in_words
from evalsvc.words.amounts import Names, capital, percent
from evalsvc.words.language import Language, sentence
from evalsvc.words.tiers import band_range

PER = {Per.BLOCK: sentence("in each block"), Per.ROUND: sentence("over the whole round")}
ROUNDINGS = {
    Rounding.FLOOR: sentence("rounded down"),
    Rounding.HALF_UP: sentence("rounded half up"),
    Rounding.UP: sentence("rounded up"),
}


@dataclass(frozen=True, slots=True)
class Provision:
    """One heading with its sentences; each with the code in front where it has one."""

    heading: str
    items: tuple[tuple[str, str], ...]


def provisions(
    language: Language, criteria: CriteriaSet, columns: tuple[str, ...], names: Names
) -> tuple[Provision, ...]:
    """Those that the set has, in the order in which they are applied."""
    say = language.say
    found = [
        *_bands(language, criteria, columns),
        Provision(say("How the total is made"), tuple(_total(language, criteria))),
        Provision(say("Gates"), tuple(_gates(language, criteria, names))),
        Provision(say("Equal points"), tuple(_ties(language, criteria))),
        Provision(
            say("Quotas"), tuple(("", _quota(language, criteria, q)) for q in criteria.quotas)
        ),
        Provision(
            say("Titles"), tuple(("", _title(language, criteria, each)) for each in criteria.titles)
        ),
        Provision(
            say("Targets"), tuple(("", _target(language, criteria, t)) for t in criteria.targets)
        ),
        Provision(say("Warnings between criteria"), tuple(("", r.say) for r in criteria.rules)),
    ]
    return tuple(each for each in found if each.items)


def _bands(
    language: Language, criteria: CriteriaSet, columns: tuple[str, ...]
) -> Iterator[Provision]:
    """One list where all columns share it."""
    ladders = {column: criteria.ladders[column] for column in columns}
    shared = len(set(ladders.values())) == 1
    for column, ladder in ladders.items():
        items = tuple(
            ("", f"{band.name}: {band_range(language, ladder, band.code)}") for band in ladder
        )
        heading = language.say("Bands")
        if not shared:
            name = criteria.columns[column]
            heading = language.say("Bands of column {column} ({name})", column=column, name=name)
        yield Provision(heading, items)
        if shared:
            return


def _total(language: Language, criteria: CriteriaSet) -> Iterator[tuple[str, str]]:
    say = language.say
    if criteria.fit is Fit.SCALE:
        scale = criteria.scale
        yield "", say("A sheet with another sum is stretched to {scale} points.", scale=scale)
    if criteria.fit is Fit.OWN:
        yield "", say("A sheet keeps its own sum as its scale.")
    if criteria.bonus_cap is not None:
        yield "", say("All bonuses together count at most {cap}.", cap=criteria.bonus_cap)
    if criteria.ceiling is CeilingIs.NONE:
        yield "", say("Nothing limits the total upwards.")
    elif not isinstance(criteria.ceiling, CeilingIs):
        yield "", say("The total is at most {ceiling}.", ceiling=criteria.ceiling)
    if criteria.compare is Compare.POINTS:
        yield "", say("Points are compared as they are, without the scale of the sheet.")


def _gates(language: Language, criteria: CriteriaSet, names: Names) -> Iterator[tuple[str, str]]:
    for gate in criteria.gates:
        condition = condition_in_words(language, criteria, gate.condition, names)
        effects = "; ".join(_effects(language, criteria, gate))
        said = language.say(
            "{name}. When {condition}: {effects}.",
            name=gate.name.rstrip("."),
            condition=condition,
            effects=effects,
        )
        yield gate.code, said


def _effects(language: Language, criteria: CriteriaSet, gate: Gate) -> Iterator[str]:
    if gate.at_most:
        yield language.say("at best “{band}”", band=_band(criteria, gate.at_most))
    if gate.no_title:
        yield language.say("no title")
    if gate.unrated:
        yield language.say("no rating")


def _band(criteria: CriteriaSet, code: str) -> str:
    bands = (band for ladder in criteria.ladders.values() for band in ladder)
    return next((band.name for band in bands if band.code == code), code)


def _ties(language: Language, criteria: CriteriaSet) -> Iterator[tuple[str, str]]:
    if criteria.ties:
        codes = list(criteria.ties)
        yield "", language.say("More points in these, one after the other: {codes}.", codes=codes)


def _quota(language: Language, criteria: CriteriaSet, quota: Quota) -> str:
    said = [
        language.say(
            "{band}: at most {share} of the units {base}, {per}, {rounding}",
            band=_band(criteria, quota.band),
            share=percent(language, quota.percent),
            base=_base(language, criteria, quota.of),
            per=language.say(PER[quota.per]),
            rounding=language.say(ROUNDINGS[quota.rounding]),
        )
    ]
    if quota.at_least:
        said.append(language.say("always at least {number}", number=quota.at_least))
    if quota.excess:
        said.append(language.say("a leader may exceed it with a reason"))
    return "; ".join(said) + "."


def _base(language: Language, criteria: CriteriaSet, base: Base) -> str:
    match base:
        case BaseIs.RATED:
            return language.say("that are rated")
        case BaseIs.UNITS:
            return language.say("that are assessed")
        case bands:
            named = [_band(criteria, band) for band in bands]
            return language.say("with {bands}", bands=language.series(named))


def _bounds(language: Language, bounds: Bounds) -> str:
    low, high = (
        None
        if each is None
        else percent(language, each)
        if bounds.in_percent
        else language.number(each)
        for each in (bounds.low, bounds.high)
    )
    if bounds.above:
        return language.say("over {low}", low=low)
    if high is None:
        return language.say("{low} or more", low=low)
    return language.say("from {low} to {high}", low=low, high=high)


def _title(language: Language, criteria: CriteriaSet, title: Title) -> str:
    share = _bounds(language, title.bounds)
    per = language.say(PER[title.per])
    if title.within:
        parent = next((t.name for t in criteria.titles if t.code == title.within), title.within)
        return language.say(
            "{name}: {share} of the holders of “{parent}”, {per}.",
            name=title.name,
            share=share,
            parent=parent,
            per=per,
        )
    return language.say(
        "{name}: {share} of the units {base}, {per}, among those with {bands}.",
        name=title.name,
        share=share,
        base=_base(language, criteria, title.of),
        per=per,
        bands=language.series(_band(criteria, band) for band in title.bands),
    )


def _target(language: Language, criteria: CriteriaSet, target: Target) -> str:
    share = _bounds(language, target.bounds)
    match target.what:
        case BandShare(kind_code, band):
            kind = criteria.kind(kind_code)
            what = language.say(
                "units of kind “{kind}” with “{band}” or better",
                kind=kind.name if kind else kind_code,
                band=_band(criteria, band),
            )
        case TotalOf(code):
            what = language.say("done of what was due in {code}, all units together", code=code)
        case TitleHolders(code):
            title = next((t.name for t in criteria.titles if t.code == code), code)
            what = language.say("units with the title “{title}”", title=title)
    return capital(f"{target.name}: {share} ({what}).")
