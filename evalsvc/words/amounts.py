"""Points, per cents and lists of numbers as they stand in a sentence."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from evalsvc.domain.points import per_cent, rounded
from evalsvc.words.language import Language

MINUS, TIMES = "−", "×"
Names = Mapping[str, str]
"""Names by code, for what a set only knows by code; a code without a name stands for itself."""


def capital(text: str) -> str:
    """The text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def uncapital(text: str) -> str:
    """A sentence of ours as the rest of another one."""
    return text[:1].lower() + text[1:]


def points(language: Language, number: Decimal | Fraction | int) -> str:
    """`2,5 điểm`; a fraction that never ends stays one."""
    amount = Fraction(number)
    if amount == 1:
        return language.say("1 point")
    return language.say("{number} points", number=amount)


def criteria(language: Language, number: int) -> str:
    if number == 1:
        return language.say("1 criterion")
    return language.say("{number} criteria", number=number)


def awarded(language: Language, number: Decimal | Fraction, decimals: int) -> str:
    """`2,67 điểm`: what a line gives where nothing else is reckoned with."""
    amount = Fraction(number)
    ends = language.number(amount).count("/") == 0
    return points(language, amount if ends else rounded(amount, decimals))


def percent(language: Language, number: Decimal | Fraction) -> str:
    return f"{language.number(number)}%"


def share_in_percent(language: Language, top: int, bottom: int) -> str:
    """`182/190 = 95,78%`, cut and not rounded."""
    return f"{top}/{bottom} = {percent(language, per_cent(Fraction(top, bottom)))}"


def plus(language: Language, numbers: Iterable[Decimal], decimals: int) -> str:
    """`3,00 + 3,00 = 6,00`; one number stands alone."""
    parts = list(numbers)
    said = " + ".join(language.points(each, decimals) for each in parts)
    if len(parts) < 2:
        return said
    return f"{said} = {language.points(sum(parts, Decimal(0)), decimals)}"


def out_of(language: Language, earned: Decimal, most: Decimal | None, decimals: int) -> str:
    """`69,70/85`; alone where nothing limits it."""
    said = language.points(earned, decimals)
    return said if most is None else f"{said}/{language.number(most)}"
