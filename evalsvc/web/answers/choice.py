"""Forms of the scales on which one picks."""

from fractions import Fraction

from evalsvc.domain.scales import Checklist, Level, Options
from evalsvc.domain.scales.choice import NO, YES
from evalsvc.domain.scales.text import NONE, split
from evalsvc.web.answers.controls import (
    TICKED,
    Asking,
    Choice,
    Control,
    Filled,
    Said,
    Shape,
    Typed,
    of_regulation,
    one,
    token,
)
from evalsvc.words.amounts import awarded, points
from evalsvc.words.language import Language

ANSWER, ITEMS, NO_ITEM = "answer", "items", "none"


def yes_no(language: Language) -> Asking:
    choices = (
        Choice(YES, Said(language.say("Yes"))),
        Choice(NO, Said(language.say("No"))),
    )
    return picked(language, choices)


def options(language: Language, scale: Options, decimals: int) -> Asking:
    return picked(
        language,
        tuple(
            Choice(each.code, of_regulation(each.name), awarded(language, each.points, decimals))
            for each in scale.levels
        ),
    )


def picked(language: Language, choices: tuple[Choice, ...]) -> Asking:
    """One of several, the code of which is the text."""
    control = Control(ANSWER, Shape.RADIOS, Said(language.say("Answer")), choices)
    return Asking(((control,),), _picked, lambda text: {ANSWER: [text]})


def _picked(typed: Typed) -> str:
    return token(typed, ANSWER)


def checklist(language: Language, scale: Checklist) -> Asking:
    ticks = Control(
        ITEMS,
        Shape.TICKS,
        Said(language.say("Items that hold")),
        tuple(_item(language, each) for each in scale.items),
        unless=NO_ITEM,
    )
    none = Control(NO_ITEM, Shape.TICK, Said(language.say("None of these")), unless=ITEMS)
    return Asking(((ticks, none),), _held, _ticked)


def _item(language: Language, item: Level) -> Choice:
    worth = points(language, item.points) if item.points != Fraction(0) else ""
    return Choice(item.code, of_regulation(item.name), worth)


def _held(typed: Typed) -> str:
    none = [NONE] if one(typed, NO_ITEM) else []
    return "; ".join([*typed.get(ITEMS, ()), *none])


def _ticked(text: str) -> Filled:
    return {NO_ITEM: [TICKED]} if text == NONE else {ITEMS: split(text)}
