"""What a total comes to: the band, the gates that fire, what the next band would take."""

from collections.abc import Iterator, Mapping
from typing import assert_never

from evalsvc.domain.provisions import Band, Gate, Ladder
from evalsvc.domain.results import Fired, Result, Unrated, UnratedBy
from evalsvc.domain.scoring import Compared, ScoreSheet
from evalsvc.words.language import Language
from evalsvc.words.tiers import band_range


def band_sentences(language: Language, result: Result) -> Iterator[str]:
    ladder = result.sheet.form.ladder
    if result.unrated:
        yield from (_unrated(language, result, each) for each in result.unrated)
    elif result.band is not None and result.band == result.earned:
        bounds = band_range(language, ladder, result.band.code)
        yield language.say("Band: {band} ({bounds})", band=result.band.name, bounds=bounds)
    elif result.band is not None:
        yield language.say(
            "The points reach {earned} ({bounds}); the band is {band}",
            earned=result.earned.name,
            bounds=band_range(language, ladder, result.earned.code),
            band=result.band.name,
        )


def _unrated(language: Language, result: Result, why: Unrated) -> str:
    """Like `unrated_sentence`, where the gate itself is told in the next sentence."""
    if why.by is UnratedBy.GATE:
        name = _gate_names(result)[why.what]
        return language.say("Not rated because of gate “{name}”", name=name)
    return unrated_sentence(language, result, why)


def unrated_sentence(language: Language, result: Result, why: Unrated) -> str:
    match why.by:
        case UnratedBy.NOTHING_APPLICABLE:
            return language.say("Not rated: no line of the sheet is applicable")
        case UnratedBy.LINE:
            return language.say("Not rated: line {line} is not applicable", line=why.what)
        case UnratedBy.GATE:
            name = _gate_names(result)[why.what]
            return language.say("Not rated: gate {code} ({name})", code=why.what, name=name)
        case _:
            assert_never(why.by)


def _gate_names(result: Result) -> Mapping[str, str]:
    return {gate.code: gate.name for gate in result.sheet.form.set.gates}


def gate_sentences(language: Language, result: Result) -> Iterator[str]:
    """Every gate that fired, also by silence, also without effect."""
    ladder = result.sheet.form.ladder
    for fired in result.fired:
        said = language.say("Gate {code} ({name})", code=fired.gate.code, name=fired.gate.name)
        effects = ", ".join(_effects(language, fired.gate, ladder))
        said = f"{said}: {effects}"
        if fired.by_silence:
            said += language.say("; it fires because a line was not answered")
        if not (_lowers(fired, result) or fired.gate.no_title or fired.gate.unrated):
            said += language.say("; here it changes nothing")
        yield said


def _effects(language: Language, gate: Gate, ladder: Ladder) -> Iterator[str]:
    names: Mapping[str, str] = {band.code: band.name for band in ladder}
    if gate.at_most:
        yield language.say("at most {band}", band=names[gate.at_most])
    if gate.no_title:
        yield language.say("no title")
    if gate.unrated:
        yield language.say("not rated")


def _lowers(fired: Fired, result: Result) -> bool:
    codes = [band.code for band in result.sheet.form.ladder]
    cap = fired.gate.at_most
    return bool(cap) and codes.index(cap) > codes.index(result.earned.code)


def next_band_sentence(language: Language, result: Result) -> str:
    """What separates the unit from the next better band; empty where nothing does."""
    if result.band is None:
        return ""
    if result.band != result.earned:
        gates = [f"“{fired.gate.name}”" for fired in result.fired if _lowers(fired, result)]
        facts = {"gates": gates, "band": result.earned.name}
        return language.say("Only these gates stand before {band}: {gates}", **facts)
    ladder = result.sheet.form.ladder
    index = ladder.index(result.band)
    return _gap(language, result.sheet, ladder[index - 1]) if index else ""


def _gap(language: Language, sheet: ScoreSheet, band: Band) -> str:
    decimals = sheet.form.set.decimals
    missing = language.points(band.bound - sheet.compared, decimals)
    bound = language.points(band.bound, decimals)
    if isinstance(sheet.steps[-1], Compared):
        scale = language.number(sheet.form.set.scale)
        bound += language.say(" on the scale of {scale}", scale=scale)
    facts = {"missing": missing, "bound": bound, "band": band.name}
    if band.above:
        return language.say("More than {missing} missing to be above {bound}: {band}", **facts)
    return language.say("{missing} missing to reach {bound}: {band}", **facts)
