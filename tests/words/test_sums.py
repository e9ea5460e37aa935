"""Every sum that a golden round is told in adds up, when it is added again from its own text."""

import re
from collections.abc import Iterator
from fractions import Fraction
from math import floor
from pathlib import Path

import pytest

from evalsvc.catalog import sets
from evalsvc.domain.criteria import CriteriaSet
from evalsvc.domain.outcome import Outcome
from evalsvc.usecases.from_files import ranked
from evalsvc.words.columns import WIDTH, width
from evalsvc.words.language import CODES, language
from evalsvc.words.rankings import ranking_text
from evalsvc.words.reckonings import reckoning
from evalsvc.words.sheets import letter
from evalsvc.words.steps import step_sentences
from tests.golden.test_working import evaluated

GOLDEN = Path(__file__).parents[1] / "golden"
ROUNDS = sorted(path.parent for path in GOLDEN.glob("*/round.yaml"))
NOUN = re.compile(r"(?<=\d) [^\d×+−=]+?(?= [×=])")
"""`6 tin, bài × 0,5`, `× 4 điểm =`: words between a number and a sign."""
SUM = re.compile(r"((?:\d|\()[\d,()/ ×+−]*) = (−?)(\d+,\d\d)(?!\d|%)")


def outcome(folder: Path) -> Outcome:
    def find(name: str) -> CriteriaSet:
        beside = (folder / name, *(other / name for other in ROUNDS))
        path = next(each for each in beside if each.exists())
        return sets.load(name, path.read_bytes())

    table = folder / "answers.csv"
    answers = [table] if table.exists() else sorted((folder / "answers").iterdir())
    return ranked(folder / "round.yaml", answers, find)


OUTCOMES = {folder.name: outcome(folder) for folder in ROUNDS}


def told(found: Outcome) -> Iterator[str]:
    vietnamese = language()
    for result in found.results.values():
        decimals = result.sheet.form.set.decimals
        yield from (reckoning(vietnamese, line, decimals) for line in result.sheet.lines)
        yield from step_sentences(vietnamese, result.sheet)


def sums(text: str) -> list[tuple[str, Fraction]]:
    """The terms of each sum with the result that stands after them."""
    return [
        (terms.replace("−", "-"), Fraction(f"{'-' * bool(sign)}{result.replace(',', '.')}"))
        for terms, sign, result in SUM.findall(NOUN.sub("", text))
    ]


def rounded(exact: Fraction) -> Fraction:
    half_up = Fraction(floor(abs(exact) * 100 + Fraction(1, 2)), 100)
    return half_up if exact >= 0 else -half_up


@pytest.mark.parametrize("name", OUTCOMES)
def test_every_sum_that_is_told_adds_up(name: str) -> None:
    found = [(text, *each) for text in told(OUTCOMES[name]) for each in sums(text)]

    assert len(found) > 50
    assert [text for text, terms, said in found if rounded(evaluated(terms)) != said] == []


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", OUTCOMES)
def test_letters_and_rankings_keep_to_their_width(name: str, code: str) -> None:
    found = OUTCOMES[name]
    texts = [letter(language(code), unit, result) for unit, result in found.results.items()]
    lines = "\n".join(texts).splitlines()

    assert max(map(width, lines)) <= WIDTH
    assert "{" not in ranking_text(language(code), found)
