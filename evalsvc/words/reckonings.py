"""The sum in words for one scored line: how its points came out, to be read aloud and re-added."""

from decimal import Decimal
from typing import assert_never

from evalsvc.domain.answers import (
    Answer,
    ByHand,
    Chosen,
    Measured,
    NotApplicable,
    NotDue,
    Occurred,
    OfChildren,
    Official,
    PartOf,
    Proposed,
    Sent,
    Stated,
    Surveyed,
    Ticked,
    Treatment,
    Unanswered,
    YesOrNo,
)
from evalsvc.domain.criteria import TOO_FEW_REPLIES, GivenBy
from evalsvc.domain.lines import LineScore
from evalsvc.domain.points import rounded
from evalsvc.domain.scales import (
    Checklist,
    Children,
    Count,
    Deduct,
    Imported,
    Judged,
    Lateness,
    OneChild,
    Options,
    Ratio,
    Scale,
    Survey,
    Tiers,
    YesNo,
)
from evalsvc.domain.scales import points as exact_points
from evalsvc.domain.scales.events import worth
from evalsvc.words import working_events as events
from evalsvc.words import working_measures as measures
from evalsvc.words.amounts import TIMES, Names, points
from evalsvc.words.language import Language, sentence
from evalsvc.words.rules import NO_NAMES
from evalsvc.words.working import Working, expect, taken_off, told

NOT_COUNTED = {
    Treatment.DROP: sentence(
        "Not applicable ({reason}): left out, the unit's scale shrinks by {most}"
    ),
    Treatment.RESCALE: sentence("Not applicable ({reason}): left out, the rest is stretched"),
    Treatment.EXCLUDE: sentence("Not applicable ({reason}): the unit is not rated"),
    Treatment.FULL: sentence("Not applicable ({reason}), full points: {points}"),
    Treatment.ZERO: sentence("Not applicable ({reason}), no points: {points}"),
}


def reckoning(language: Language, line: LineScore, decimals: int, names: Names = NO_NAMES) -> str:
    match line.value:
        case Stated(answer, less):
            working = _working(language, line.entry.scale, answer, names)
            if less:
                working = _with_less(language, line, working, line.value, decimals)
            return told(language, working, line.points, decimals)
        case ByHand():
            given = language.points(line.points, decimals)
            return language.say("Points given by the reviewer: {points}", points=given)
        case NotApplicable(reason):
            return _not_applicable(language, line, reason, decimals)
        case Unanswered():
            return _silent(language, line, decimals)
        case NotDue():
            return _to_come(language, line)
        case _:
            assert_never(line.value)


def _with_less(
    language: Language, line: LineScore, working: Working, stated: Stated, decimals: int
) -> Working:
    """The events of `less` come off before the rounding, so they stand in the same sum."""
    sorts = line.entry.criterion.less
    before = exact_points(line.entry.scale, stated.answer)
    lead, terms = working.lead, working.sum
    if working.before is not None:
        first = told(language, working, rounded(before, decimals), decimals)
        lead, terms = "", f"{first}; {language.number(before)}"
    elif not terms:
        terms = language.number(before)
    terms += taken_off(language, stated.less, sorts)
    left = before - worth(stated.less, sorts)
    if left >= 0:
        return Working(lead, terms)
    return Working(lead, terms, before=left, bound=language.say("not below 0:"))


def _silent(language: Language, line: LineScore, decimals: int) -> str:
    nothing = language.points(line.points, decimals)
    if line.entry.criterion.given_by is GivenBy.UNIT:
        return language.say("Not answered: {points}", points=nothing)
    return language.say("Not given yet: {points}", points=nothing)


def _to_come(language: Language, line: LineScore) -> str:
    if line.entry.criterion.given_by is GivenBy.REVIEWER:
        return language.say("Given by the reviewer, still to come")
    return language.say("Not due yet")


def _not_applicable(language: Language, line: LineScore, code: str, decimals: int) -> str:
    reason = line.entry.criterion.reason(code)
    text = reason.text if reason else ""
    if code == TOO_FEW_REPLIES and isinstance(line.entry.scale, Survey):
        minimum = line.entry.scale.minimum
        text = language.say("fewer than {number} replies to the survey", number=minimum)
    treatment = line.treatment or Treatment.RESCALE
    return language.say(
        NOT_COUNTED[treatment],
        reason=text,
        most=points(language, line.entry.most or Decimal(0)),
        points=language.points(line.points, decimals),
    )


def _working(language: Language, scale: Scale, answer: Answer, names: Names) -> Working:  # noqa: C901, PLR0911, PLR0912 - one case for each kind
    match scale:
        case YesNo():
            yes = expect(YesOrNo, answer).yes
            return Working(language.say("Yes") if yes else language.say("No"))
        case Options():
            return Working(_level(scale, expect(Chosen, answer)))
        case Checklist():
            return _ticked(language, scale, expect(Ticked, answer))
        case Tiers():
            measured = answer if isinstance(answer, Measured) else expect(PartOf, answer)
            return measures.tiered(language, scale, measured)
        case Ratio():
            return measures.part(language, scale, expect(PartOf, answer))
        case Count():
            return events.counted(language, scale, expect(Occurred, answer).times)
        case Deduct():
            return events.deducted(language, scale, expect(Occurred, answer).times)
        case Lateness():
            return events.lateness(language, scale, expect(Sent, answer))
        case Judged():
            grounds = expect(Proposed, answer).grounds
            return Working(language.say("Judged, with grounds “{grounds}”", grounds=grounds))
        case Survey():
            return measures.surveyed(language, scale, expect(Surveyed, answer))
        case Imported():
            return measures.official(language, scale, expect(Official, answer))
        case Children():
            return measures.children(language, scale, expect(OfChildren, answer), names)
        case OneChild():
            return Working(_one_child(language, expect(Chosen, answer).level, names))
        case _:
            assert_never(scale)


def _level(scale: Options, answer: Chosen) -> str:
    return next(level.name for level in scale.levels if level.code == answer.level)


def _one_child(language: Language, code: str, names: Names) -> str:
    if not code:
        return language.say("The unit below has no band")
    return language.say("The unit below has the band {band}", band=names.get(code, code))


def _ticked(language: Language, scale: Checklist, answer: Ticked) -> Working:
    held = [item for item in scale.items if item.code in answer.items]
    missing = [item.name for item in scale.items if item.code not in answer.items]
    number, of = len(held), len(scale.items)
    if not held:
        return Working(language.say("None of {of} items holds", of=of))
    lead = language.say("{number} of {of} items hold", number=number, of=of)
    if missing:
        lead += language.say(" (missing: {items})", items="; ".join(missing))
    worths = [item.points for item in held]
    if len(held) > 1 and len({item.points for item in scale.items}) == 1:
        return Working(lead, f"{number} {TIMES} {language.number(worths[0])}")
    terms = " + ".join(language.number(each) for each in worths)
    return Working(lead, terms if len(held) > 1 else "")
