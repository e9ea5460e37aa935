"""The criteria sets that ship: sound, complete, each line with the phrase that it comes from."""

from pathlib import Path

import pytest

from evalsvc import resources
from evalsvc.catalog import sets, tree
from evalsvc.catalog.line_schemas import LINES
from evalsvc.domain.answers import Treatment
from evalsvc.domain.criteria import CriteriaSet

FILES = sorted(resources.criteria().glob("*.yaml"))
CODES = {"HDND-2018", "QB-01", "TV-2019", "TY-2017", "TY-B", "BDVTW-2017", "BDVTW-M"}
NOMINAL = {
    "HDND-2018": {"VP": 100, "P": 55},
    "QB-01": {"S": 100, "SN": 74, "P": 15},
    "TV-2019": {"S": 100, "H": 100, "X": 100},
    "TY-2017": {"D": 70, "C": 68, "M": 46},
    "TY-B": {"T": 100, "K": 95},
    "BDVTW-2017": {"N": 100, "K": 90},
    "BDVTW-M": {"": 100},
}
"""What the lines of each column add up to, overlays for named units left out."""


def loaded(path: Path) -> CriteriaSet:
    return sets.load(path.name, path.read_bytes())


def test_all_seven_sets_ship_and_are_sound() -> None:
    assert {loaded(path).code for path in FILES} == CODES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_line_names_its_source_in_every_column(path: Path) -> None:
    lines = [line for line in loaded(path).criteria() if set(line.sources) != set(line.scales)]

    assert [line.code for line in lines] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_source_is_a_short_citation(path: Path) -> None:
    phrases = {phrase for line in loaded(path).criteria() for phrase in line.sources.values()}

    assert [phrase for phrase in phrases if len(phrase) > 200] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_columns_add_up_to_what_the_proposals_say(path: Path) -> None:
    criteria = loaded(path)
    overlays = {"TV-2019": {"7"}}.get(criteria.code, set())
    groups = [group for group in criteria.groups if group.code not in overlays]

    sums = {
        column: sum(group.most.get(column, 0) for group in groups) for column in criteria.columns
    }

    assert sums == NOMINAL[criteria.code]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_was_left_open_is_decided_with_a_reason(path: Path) -> None:
    decided = loaded(path).decided

    assert decided
    assert all(each.why for each in decided)


def test_every_kind_of_scale_is_used_by_a_shipped_set() -> None:
    roots = [tree.read(path.name, path.read_bytes()).root for path in FILES]

    used = {
        value["kind"]
        for root in roots
        for _, value in tree.walk(root)
        if isinstance(value, tree.Mapping) and value.get("kind") in LINES
    }

    assert used == set(LINES)


def test_shipped_sets_show_more_than_one_treatment_of_not_applicable() -> None:
    used = {
        reason.treatment
        for path in FILES
        for line in loaded(path).criteria()
        for reason in line.reasons
    }

    assert used >= {Treatment.DROP, Treatment.RESCALE, Treatment.FULL, Treatment.ZERO}
