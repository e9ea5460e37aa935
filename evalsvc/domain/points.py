"""Exact numbers: how they are read, rounded and cut."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from evalsvc.domain.errors import Refused

HUNDRED = Fraction(100)
ZERO = Fraction(0)

_QUANTA = tuple(Decimal(1).scaleb(-places) for places in range(7))
_NUMBER = re.compile(r"([0-9]{1,9})(?:([.,])([0-9]{1,6}))?")
_NEGATIVE = re.compile(r"[-−](?=[0-9.,]*[1-9])[0-9]+(?:[.,][0-9]+)?")
_ENDLESS = re.compile(r"0*[1-9][0-9]{9,}(?:[.,][0-9]+)?")
_GREATEST = Decimal(999_999_999)
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


def rounded(exact: Fraction, decimals: int) -> Decimal:
    """Half up, once; `exact` is never negative."""
    bottom = exact.denominator
    units = (2 * exact.numerator * 10**decimals + bottom) // (2 * bottom)
    return Decimal(units) * _QUANTA[decimals]


def portion(most: Fraction, top: int | Decimal, bottom: int | Decimal) -> Fraction:
    """most × top / bottom, exact, in one step: products of fractions are slow."""
    over, under = top.as_integer_ratio()
    by, per = bottom.as_integer_ratio()
    return Fraction(most.numerator * over * per, most.denominator * under * by)


def is_less(one: Fraction, other: Fraction) -> bool:
    return one.numerator * other.denominator < other.numerator * one.denominator


def left_of(most: Fraction, taken: Fraction) -> Fraction:
    """What is left when something is taken off, not below 0."""
    if not taken:
        return most
    left = most.numerator * taken.denominator - taken.numerator * most.denominator
    return Fraction(left, most.denominator * taken.denominator) if left > 0 else ZERO


def total_of(parts: Iterable[tuple[int, Fraction]]) -> Fraction:
    """Sum of n × each over one common denominator: adding Fractions one by one is slow."""
    top, bottom = 0, 1
    for number, each in parts:
        if number:
            below = each.denominator
            if bottom % below:
                top, bottom = top * below, bottom * below
            top += number * each.numerator * (bottom // below)
    return Fraction(top, bottom)


def cut(exact: Fraction, decimals: int = 2) -> Decimal:
    """Cut, not rounded: the way a printed per cent is made."""
    return Decimal(exact.numerator * 10**decimals // exact.denominator) * _QUANTA[decimals]


def per_cent(share: Fraction) -> Decimal:
    return cut(share * HUNDRED)


def is_finer(number: Decimal | Fraction, decimals: int) -> bool:
    """Whether a number needs more than `decimals` places to be written."""
    return (Fraction(number) * int(10**decimals)).denominator != 1


@dataclass(frozen=True, slots=True)
class NumberField:
    """What a number may be where it is asked for; decides between two readings of "1.234"."""

    greatest: Decimal | Fraction | None = None
    whole: bool = False
    places: int = 6

    def fits(self, number: Decimal) -> bool:
        return self.greatest is None or number <= self.greatest


WHOLE = NumberField(whole=True)


def read_number(text: str, field: NumberField) -> Decimal:
    """A number as people type it; raises Refused with what would do."""
    trimmed = text.strip(" ")
    if not (match := _NUMBER.fullmatch(trimmed)):
        raise _refusal_of_text(text, trimmed, field)
    readings = _readings(trimmed, match, field)
    fitting = [number for number in readings if field.fits(number)]
    if len(fitting) > 1:
        raise Refused("number-two-readings", text=text, first=fitting[0], second=fitting[1])
    if not readings:
        raise Refused(*_refusal_of_places(field), text=text, places=field.places)
    if not fitting:
        raise Refused("number-too-great", text=text, greatest=field.greatest)
    return fitting[0]


def plain(number: Decimal) -> str:
    """As `read_number` reads it back: three decimals get a 0 so that they have one reading."""
    text = f"{number:f}"
    return f"{text}0" if _THOUSANDS.fullmatch(text) else text


def read_whole(text: str) -> int:
    return int(read_number(text, WHOLE))


def _refusal_of_text(text: str, trimmed: str, field: NumberField) -> Refused:
    if _NEGATIVE.fullmatch(trimmed):
        return Refused("number-negative", text=text)
    if _ENDLESS.fullmatch(trimmed):
        greatest = _GREATEST if field.greatest is None else field.greatest
        return Refused("number-too-great", text=text, greatest=greatest)
    return Refused("not-a-number", text=text)


def _refusal_of_places(field: NumberField) -> tuple[str]:
    return ("number-not-whole",) if field.whole else ("number-too-fine",)


def _readings(text: str, match: re.Match[str], field: NumberField) -> list[Decimal]:
    whole, separator, places = match.groups()
    if separator is None:
        return [Decimal(whole)]
    readings = []
    if not field.whole and len(places) <= field.places:
        readings.append(Decimal(f"{whole}.{places}"))
    if _THOUSANDS.fullmatch(text):
        readings.append(Decimal(whole + places))
    return readings
