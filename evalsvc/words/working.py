"""What a sum in words is made of, before its result is known to be rounded or bounded."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from evalsvc.domain.answers import Answer, Times
from evalsvc.domain.points import rounded
from evalsvc.domain.scales import Sort
from evalsvc.words.amounts import MINUS, TIMES
from evalsvc.words.language import Language

_A = TypeVar("_A")


@dataclass(frozen=True, slots=True)
class Working:
    """`lead` is what is seen, `sum` the terms without their result, `spoken` the same with nouns.

    `before` is what the sum gives where a bound, said in `bound`, then changes it.
    """

    lead: str = ""
    sum: str = ""
    spoken: str = ""
    before: Fraction | None = None
    bound: str = ""


def told(language: Language, working: Working, earned: Decimal, decimals: int) -> str:
    result = language.points(earned, decimals)
    terms = working.spoken or working.sum
    if not terms:
        return f"{working.lead}: {result}"
    lead = f"{working.lead}: " if working.lead else ""
    if working.before is None:
        return f"{lead}{terms} = {result}"
    before = signed(language, working.before, decimals)
    return f"{lead}{terms} = {before}, {working.bound} {result}"


def signed(language: Language, amount: Fraction | Decimal, decimals: int) -> str:
    exact = Fraction(amount)
    sign = MINUS if exact < 0 else ""
    return sign + language.points(rounded(abs(exact), decimals), decimals)


def products(language: Language, times: Times, sorts: tuple[Sort, ...]) -> list[str]:
    """`3 × 1` for each sort, in the order of the rule."""
    return [
        f"{number} {TIMES} {language.number(sort.each)}"
        for (_, number), sort in zip(times, sorts, strict=True)
    ]


def taken_off(language: Language, times: Times, sorts: tuple[Sort, ...]) -> str:
    return "".join(f" {MINUS} {each}" for each in products(language, times, sorts))


def expect(kind: type[_A], answer: Answer) -> _A:
    """The answer, which was scored on its scale before it is told."""
    if isinstance(answer, kind):
        return answer
    raise TypeError(f"{type(answer).__name__} where {kind.__name__} was scored")
