"""Forms of the scales on which somebody judges, or on which child units' results count."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from evalsvc.domain.points import is_finer, plain
from evalsvc.domain.scales import Children, Judged, OneChild
from evalsvc.domain.scales.judgement import UNSUBMITTED
from evalsvc.domain.scales.text import split
from evalsvc.web.answers.choice import ANSWER, picked
from evalsvc.web.answers.controls import (
    Asking,
    Choice,
    Control,
    Filled,
    Said,
    Shape,
    Typed,
    of_regulation,
    one,
    shown,
    token,
)
from evalsvc.words.language import Language

GROUNDS = "grounds"
MOST_STEPS = 12
"""A ruler with more ticks than that cannot be hit with a finger."""

FINEST = 6
OTHER = "other"
"""Stands for the bands that a line does not name, where nobody said which ones there are."""

Bands = Mapping[str, str]


def judged(language: Language, scale: Judged) -> Asking:
    grounds = Control(GROUNDS, Shape.AREA, Said(language.say("Grounds")))
    ruler = points_on_step(language, ANSWER, language.say("Proposed points"), scale)
    return Asking(
        ((ruler,), (grounds,)), _judged_text, lambda text: _judged_typed(language, ruler, text)
    )


def _judged_text(typed: Typed) -> str:
    grounds = one(typed, GROUNDS).replace("\r\n", "\n").replace("\r", "\n")
    return f"{token(typed, ANSWER)}; {grounds}"


def _judged_typed(language: Language, ruler: Control, text: str) -> Filled:
    points, _, grounds = text.partition(";")
    return {
        ANSWER: [shown_points(language, ruler, Decimal(points))],
        GROUNDS: [grounds.strip()],
    }


def points_on_step(language: Language, name: str, label: str, scale: Judged) -> Control:
    """Radios on a ruler where they are few, else a number."""
    steps = int(scale.most / scale.step)
    if steps > MOST_STEPS or is_finer(scale.step, FINEST):
        hint = language.say(
            "From {low} to {high} in steps of {step}", low=0, high=scale.most, step=scale.step
        )
        return Control(name, Shape.NUMBER, Said(label), hint=hint)
    ticks = (_decimal(at * scale.step) for at in range(steps + 1))
    choices = tuple(Choice(plain(tick), Said(language.number(tick))) for tick in ticks)
    return Control(name, Shape.RULER, Said(label), choices)


def shown_points(language: Language, control: Control, points: Decimal) -> str:
    """The tick that stands for these points, however many zeros they were written with."""
    ticks = (each.value for each in control.choices if Decimal(each.value) == points)
    return next(ticks, shown(language, plain(points)))


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)


def children(language: Language, scale: Children, bands: Bands) -> Asking:
    """How many child units have each band, and how many have none."""
    said = {code: of_regulation(name) for code, name in bands.items()}
    if not said:
        said = {code: of_regulation(code) for code in scale.bands}
        said[OTHER] = Said(language.say("Any other band"))
    said[UNSUBMITTED] = Said(language.say("Nothing submitted"))
    unit = Said(language.say("units"))
    row = tuple(
        Control(f"band-{code}", Shape.NUMBER, label, unit=unit, counts=True)
        for code, label in said.items()
    )
    codes = tuple(said)
    return Asking(
        (row,),
        lambda typed: _children_text(typed, codes),
        lambda text: _children_typed(text, codes),
    )


def _children_text(typed: Typed, codes: tuple[str, ...]) -> str:
    """Bands that no child has are left out, as where the service counts them."""
    said = {code: token(typed, f"band-{code}") for code in codes}
    there = {code: number for code, number in said.items() if number != "0"}
    return "; ".join(f"{code} {number}" for code, number in (there or said).items())


def _children_typed(text: str, codes: tuple[str, ...]) -> Filled:
    numbers = dict.fromkeys(codes, 0)
    for part in split(text):
        band, _, number = part.partition(" ")
        known = band if band in numbers else OTHER
        numbers[known] = numbers.get(known, 0) + int(number)
    return {f"band-{code}": [str(number)] for code, number in numbers.items()}


def one_child(language: Language, scale: OneChild, bands: Bands) -> Asking:
    choices = [Choice(code, of_regulation(name)) for code, name in bands.items()]
    if not choices:
        named = [level.band for level in scale.levels if level.band is not None]
        choices = [Choice(band, of_regulation(band)) for band in named]
        choices.append(Choice(OTHER, Said(language.say("Any other band"))))
    return picked(language, tuple(choices))
