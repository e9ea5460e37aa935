"""The file that writers start from."""

import pytest

from evalsvc.catalog.sets import check
from evalsvc.catalog.skeleton import skeleton
from evalsvc.domain import scales


def test_it_is_sound():
    assert check("new.yaml", skeleton().encode()).faults == ()


def test_its_lines_are_commented():
    comments = [line for line in skeleton().splitlines() if "#" in line]

    assert len(comments) > 40


@pytest.mark.parametrize(
    "kind",
    [
        scales.Options,
        scales.Checklist,
        scales.Tiers,
        scales.Ratio,
        scales.Count,
        scales.Deduct,
        scales.Lateness,
        scales.Judged,
    ],
)
def test_it_shows_each_common_kind_of_line(kind):
    criteria = check("new.yaml", skeleton().encode()).set

    found = {type(scale) for line in criteria.criteria() for scale in line.scales.values()}
    assert kind in found


def test_each_line_of_the_unit_has_an_example():
    assert all(f"criterion: {code}" in skeleton() for code in ("A1", "A2", "A3", "B1", "B2", "C3"))
