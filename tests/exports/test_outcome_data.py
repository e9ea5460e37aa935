"""Results as data: exact numbers as text, the same in any order of input."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from evalsvc.catalog import shelf
from evalsvc.domain.lines import Layer
from evalsvc.domain.outcome import Outcome
from evalsvc.exports.outcome_data import (
    COLUMNS,
    outcome_data,
    plain,
    ranking_csv,
    result_data,
    step_data,
)
from evalsvc.usecases.from_files import ranked, scored

GOLDEN = Path(__file__).parents[1] / "golden"


def outcome_of(name: str, answers: str) -> Outcome:
    folder = GOLDEN / name
    return ranked(folder / "round.yaml", [folder / answers], shelf.finder(folder))


@pytest.fixture(scope="module")
def quang_binh() -> Outcome:
    return outcome_of("quang-binh", "answers")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("2.50"), "2.50"),
        (Decimal("1E+2"), "100"),
        (Fraction(2, 3), "2/3"),
        (date(2019, 12, 1), "2019-12-01"),
        (Layer.FINAL, "final"),
        (frozenset({"b", "a"}), ["a", "b"]),
        ((Decimal(1), None), ["1", None]),
        (True, True),
    ],
)
def test_values_are_written_without_binary_floats(value, written):
    assert plain(value) == written


def test_every_number_of_a_sheet_is_in_its_data():
    folder = GOLDEN / "tra-vinh"
    criteria = shelf.load("tv.yaml", folder)
    found = scored(criteria, folder / "answers" / "so-noi-vu.yaml")

    data = result_data(found.result)

    lines = [Decimal(line["points"]) for line in data["lines"]]
    assert lines == [line.points for line in found.result.sheet.lines]
    assert Decimal(data["total"]) == found.result.sheet.total
    assert data["steps"][-1] == step_data(found.result.sheet.steps[-1])
    assert data["set"]["sha256"] == criteria.sha256


def test_a_unit_that_waits_for_a_decision_has_no_band(quang_binh):
    data = outcome_data(quang_binh)

    pending = {unit for quota in data["quotas"] for unit in quota["pending"]}
    waiting = [
        row["unit"]
        for ranking in data["rankings"]
        for row in ranking["placings"]
        if row["band"] is None
    ]
    assert data["provisional"]
    assert pending
    assert set(waiting) == pending


def test_quotas_carry_their_arithmetic(quang_binh):
    quota = outcome_data(quang_binh)["quotas"][0]

    base, percent = Fraction(quota["base"]), Fraction(quota["at-most"])
    assert Fraction(quota["share"]) == base * percent / 100


def test_data_is_json_and_each_unit_is_ranked_or_apart_once(quang_binh):
    data = json.loads(json.dumps(outcome_data(quang_binh)))

    named = [
        row["unit"]
        for ranking in data["rankings"]
        for row in (*ranking["placings"], *ranking["apart"])
        if ranking["block"] is not None
    ]
    assert sorted(named) == sorted(unit.code for unit in quang_binh.round.units)


def test_the_table_has_every_column_in_every_row(quang_binh):
    lines = ranking_csv(quang_binh).decode("utf-8-sig").splitlines()

    assert lines[0].split(",") == list(COLUMNS)
    assert "?" in "\n".join(lines)


def test_titles_and_targets_of_a_round_are_told():
    data = outcome_data(outcome_of("tan-yen", "answers.csv"))

    given = {unit for title in data["titles"] for unit in title["given"]}
    assert given
    assert all(
        set(target) == {"set", "target", "top", "bottom", "share", "met"}
        for target in data["targets"]
    )


def test_a_result_says_by_which_rules_and_which_format_it_was_made(quang_binh):
    data = result_data(quang_binh.results["so-noi-vu"])

    assert (data["format"], data["engine"]) == (1, 1)
