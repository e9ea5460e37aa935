"""Adds up every golden working again, in exact fractions and without the service."""

import re
from fractions import Fraction
from math import ceil, floor
from operator import pos
from pathlib import Path

import pytest

WORKINGS = sorted(Path(__file__).parent.glob("*/working.txt"))
ARITHMETIC = re.compile(r"\S[^:=]* : (?P<expression>[^=]+) = (?P<value>\d+(?:,(?P<decimals>\d+))?)")
PROSE_OR_FACT = re.compile(r"|#.*|== \S.*|\S[^:=]* -> \S.*")
FALSE = ["a : 5/13 × 4 = 1,55", "a : 2 + = 2", "a : (1; 2) = 1", "a : 1/0 = 0", "a: 1 = 2"]
TOKEN = re.compile(r"\d+(?:,\d+)?|[a-z]+|\S")
FUNCTIONS = {"": pos, "min": min, "max": max, "floor": floor, "ceil": ceil}


def evaluated(expression: str) -> Fraction:
    tokens = TOKEN.findall(expression)[::-1]
    result = _sum(tokens)
    if tokens:
        raise ValueError(f"{tokens[-1]!r} where the expression should end")
    return result


def _sum(tokens: list[str]) -> Fraction:
    result = _product(tokens)
    while tokens[-1:] in (["+"], ["-"]):
        result += _product(tokens) if tokens.pop() == "+" else -_product(tokens)
    return result


def _product(tokens: list[str]) -> Fraction:
    result = _atom(tokens)
    while tokens[-1:] in (["×"], ["/"]):
        result *= _atom(tokens) if tokens.pop() == "×" else 1 / _atom(tokens)
    return result


def _atom(tokens: list[str]) -> Fraction:
    if tokens and tokens[-1][0].isdigit():
        return Fraction(tokens.pop().replace(",", "."))
    function = FUNCTIONS[tokens.pop() if tokens and tokens[-1].isalpha() else ""]
    arguments = []
    while (mark := tokens.pop()) == (";" if arguments else "("):
        arguments.append(_sum(tokens))
    if mark != ")":
        raise ValueError(f"{mark!r} where a number or a bracket should be")
    return Fraction(function(*arguments))


def faults(name: str, text: str) -> list[str]:
    """One message for each line not true or not readable; values show as many decimals as count."""
    found, arithmetic = [], 0
    for number, line in enumerate(text.split("\n"), 1):
        if match := ARITHMETIC.fullmatch(line):
            arithmetic += 1
            unit = Fraction(1, 10 ** len(match["decimals"] or ""))
            try:
                rounded = floor(evaluated(match["expression"]) / unit + Fraction(1, 2)) * unit
            except (ArithmeticError, LookupError, TypeError, ValueError) as error:
                found.append(f"{name}:{number}: {line} -- not readable: {error}")
            else:
                if rounded != Fraction(match["value"].replace(",", ".")):
                    found.append(f"{name}:{number}: {line} -- gives {rounded}")
        elif not PROSE_OR_FACT.fullmatch(line):
            found.append(f"{name}:{number}: {line} -- neither prose, heading, fact nor arithmetic")
    return found if arithmetic else [*found, f"{name}: no arithmetic"]


@pytest.mark.parametrize("path", WORKINGS, ids=lambda path: path.parent.name)
def test_every_line_of_arithmetic_is_true(path: Path) -> None:
    assert faults(f"{path.parent.name}/working.txt", path.read_text("utf-8")) == []


@pytest.mark.parametrize("line", FALSE)
def test_a_line_that_is_false_or_not_readable_is_named(line: str) -> None:
    assert faults("working", f"a : 5/13 × 4 = 1,54\n{line}")[0].startswith(f"working:2: {line}")
    assert faults("working", "a -> b") == ["working: no arithmetic"]
