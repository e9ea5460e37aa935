"""Sums in words of lines that measure: tiers, parts of what was due, indices, surveys."""

from fractions import Fraction

from evalsvc.domain.answers import Measured, OfChildren, Official, PartOf, Surveyed
from evalsvc.domain.points import per_cent
from evalsvc.domain.scales import Children, Imported, Line, Ratio, Survey, Tiers
from evalsvc.domain.scales.measure import tier_of
from evalsvc.words.amounts import MINUS, TIMES, Names, percent, points, share_in_percent
from evalsvc.words.language import Language
from evalsvc.words.tiers import tier_reached, unit_of, with_unit
from evalsvc.words.working import Working


def tiered(language: Language, scale: Tiers, answer: PartOf | Measured) -> Working:
    if isinstance(answer, PartOf):
        seen = share_in_percent(language, answer.done, answer.due)
        tier = tier_of(scale.tiers, 100 * answer.done, answer.due)
    else:
        seen = with_unit(language, answer.value, unit_of(scale))
        tier = tier_of(scale.tiers, answer.value)
    reached = tier_reached(language, scale, tier)
    return Working(language.say("{seen}, in the tier {tier}", seen=seen, tier=reached))


def part(language: Language, scale: Ratio, answer: PartOf) -> Working:
    share = f"{answer.done}/{answer.due}"
    seen = f"{share} {scale.asks.noun}".strip()
    full = points(language, scale.most)
    if answer.done > answer.due:
        return Working(language.say("{seen}, more than was due, full points", seen=seen))
    if scale.line is not None:
        return _on_line(language, scale.line, answer, scale.most)
    if scale.cut_below is not None and 100 * answer.done < scale.cut_below * answer.due:
        low = share_in_percent(language, answer.done, answer.due)
        bound = percent(language, scale.cut_below)
        return Working(language.say("{seen}, under {bound}", seen=low, bound=bound))
    most = language.number(scale.most)
    return Working("", f"{share} {TIMES} {most}", f"{seen} {TIMES} {full}")


def _on_line(language: Language, line: Line, answer: PartOf, most: Fraction) -> Working:
    exact = Fraction(100 * answer.done, answer.due)
    seen = share_in_percent(language, answer.done, answer.due)
    if held := _held(language, line, exact, "%"):
        return Working(f"{seen}, {held}")
    ends = per_cent(Fraction(answer.done, answer.due)) == exact
    value = language.number(exact) if ends else f"{answer.done}/{answer.due} {TIMES} 100"
    return Working(seen, _straight(language, line, value, most))


def _held(language: Language, line: Line, value: Fraction, sign: str) -> str:
    """What is said beyond the ends of the line; nothing between them."""
    low, high = (f"{language.number(end)}{sign}" for end in (line.start, line.end))
    if value <= line.start:
        return language.say("{end} or less", end=low)
    if value >= line.end:
        return language.say("from {start} up", start=high)
    return ""


def _straight(language: Language, line: Line, value: str, most: Fraction) -> str:
    start, end = language.number(line.start), language.number(line.end)
    full = language.number(most)
    if not line.start:
        value = f"({value})" if " " in value else value
        return f"{value}/{end} {TIMES} {full}"
    return f"({value} {MINUS} {start})/({end} {MINUS} {start}) {TIMES} {full}"


def surveyed(language: Language, scale: Survey, answer: Surveyed) -> Working:
    value = language.number(answer.value, 2)
    lead = language.say("Survey {value} of {replies} replies", value=value, replies=answer.replies)
    if held := _held(language, scale.line, Fraction(answer.value), ""):
        return Working(f"{lead}, {held}")
    return Working(lead, _straight(language, scale.line, value, scale.most))


def official(language: Language, scale: Imported, answer: Official) -> Working:
    lead = language.say(
        "{what} {year}, {document} of {day}",
        what=scale.what,
        year=answer.year,
        document=answer.document,
        day=answer.day,
    )
    value, out_of = language.number(answer.value), language.number(scale.out_of)
    return Working(lead, f"{value}/{out_of} {TIMES} {language.number(scale.most)}")


def children(language: Language, scale: Children, answer: OfChildren, names: Names) -> Working:
    good = sum(number for band, number in answer.bands if band in scale.bands)
    bands = ", ".join(names.get(band, band) for band in scale.bands)
    seen = language.say(
        "Units below with {bands}: {share}",
        bands=bands,
        share=share_in_percent(language, good, answer.base),
    )
    if answer.unsubmitted:
        seen += language.say(" ({number} without a result)", number=answer.unsubmitted)
    tier = tier_of(scale.tiers, 100 * good, answer.base)
    reached = tier_reached(language, scale, tier)
    return Working(language.say("{seen}, in the tier {tier}", seen=seen, tier=reached))
