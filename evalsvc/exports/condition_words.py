"""The condition of a gate in words, with the names that the set has for its codes."""

from typing import assert_never

from evalsvc.domain.conditions import (
    AllOf,
    AnswerIs,
    AnyOf,
    AtZero,
    ChildrenBelow,
    Condition,
    CriterionBelow,
    Flagged,
    GroupBelow,
    NotHeld,
    Simple,
    Tagged,
)
from evalsvc.domain.criteria import CriteriaSet
from evalsvc.domain.scales import Checklist, Lateness, Options
from evalsvc.domain.scales.choice import NO, YES
from evalsvc.domain.scales.text import NOT_SENT
from evalsvc.words.amounts import Names, percent
from evalsvc.words.language import Language, sentence
from evalsvc.words.rules import NO_NAMES

WORDS = {YES: sentence("yes"), NO: sentence("no"), NOT_SENT: sentence("not sent")}


def condition_in_words(
    language: Language, criteria: CriteriaSet, condition: Condition, names: Names = NO_NAMES
) -> str:
    match condition:
        case AllOf(conditions) | AnyOf(conditions):
            parts = [_inner(language, criteria, each, names) for each in conditions]
            joint = language.say(" and ") if isinstance(condition, AllOf) else language.say(" or ")
            return joint.join(parts)
        case ChildrenBelow(of_set, kind, bands, per_cent):
            return language.say(
                "less than {share} of the units below ({kind}, set {set}) have {bands}",
                share=percent(language, per_cent),
                kind=names.get(kind, kind),
                set=of_set,
                bands=[names.get(band, band) for band in bands],
            )
        case _:
            return _simple(language, criteria, condition)


def _inner(language: Language, criteria: CriteriaSet, condition: Condition, names: Names) -> str:
    said = condition_in_words(language, criteria, condition, names)
    return f"({said})" if isinstance(condition, AllOf | AnyOf) else said


def _simple(language: Language, criteria: CriteriaSet, condition: Simple) -> str:
    match condition:
        case NotHeld(code, item):
            name = _named(criteria, code, item)
            return language.say("{code}: “{item}” does not hold", code=code, item=name)
        case AnswerIs():
            return _answer_is(language, criteria, condition)
        case CriterionBelow(code, share) | GroupBelow(code, share):
            low = percent(language, share)
            return language.say("{code} has less than {share} of its most", code=code, share=low)
        case AtZero(code):
            return language.say("{code} has 0 points", code=code)
        case Flagged(flag):
            return language.say("noted: {meaning}", meaning=criteria.flags.get(flag, flag))
        case Tagged(tag):
            return language.say("the unit is: {meaning}", meaning=criteria.tags.get(tag, tag))
        case ChildrenBelow():
            raise AssertionError("said by the caller, who knows the names of the other set")
        case _:
            assert_never(condition)


def _answer_is(language: Language, criteria: CriteriaSet, condition: AnswerIs) -> str:
    code, due = condition.criterion, condition.due
    where = f"{code} ({_named(criteria, code, due)})" if due else code
    answer = _answer(language, criteria, condition)
    if condition.negated:
        return language.say("{code} is not “{answer}”", code=where, answer=answer)
    return language.say("{code} is “{answer}”", code=where, answer=answer)


def _answer(language: Language, criteria: CriteriaSet, condition: AnswerIs) -> str:
    if condition.value in WORDS:
        return language.say(WORDS[condition.value])
    return _named(criteria, condition.criterion, condition.value)


def _named(criteria: CriteriaSet, code: str, part: str) -> str:
    """The name of a level, an item or a due date of a criterion."""
    line = next((each for each in criteria.criteria() if each.code == code), None)
    for scale in line.scales.values() if line else ():
        named = {}
        match scale:
            case Options():
                named = {each.code: each.name for each in scale.levels}
            case Checklist():
                named = {each.code: each.name for each in scale.items}
            case Lateness():
                named = {each.code: each.name for each in scale.dues}
            case _:
                pass  # other scales have no parts with names
        if named.get(part):
            return named[part]
    return part
