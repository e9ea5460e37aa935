"""Who stands before whom: compared values, then the declared keys, never chance."""

from decimal import Decimal
from itertools import permutations

import pytest

from evalsvc.domain.answers import NOT_DUE
from evalsvc.domain.ranking import Standing, clusters, keys, ranked
from tests import make

D = Decimal
ONE, TWO = make.decimals(1, 2)


def rows(standings: list[Standing]) -> list[tuple[int, str]]:
    return [(each.rank, each.standing.unit) for each in ranked(standings)]


def tied(unit: str, *found: Decimal | None, **changes: object) -> Standing:
    return make.standing(unit, "88.50", keys=found, **changes)


@pytest.mark.parametrize(
    ("compared", "ranks"),
    [
        ((90, 80, 70, 60), [1, 2, 3, 4]),
        ((90, 80, 80, 60), [1, 2, 2, 4]),
        ((90, 90, 90, 60), [1, 1, 1, 4]),
        ((80, 80, 80, 80), [1, 1, 1, 1]),
        (("80.00", "80.0", "79.99", "80.01"), [1, 2, 2, 4]),
    ],
)
def test_equal_values_share_a_rank(compared: tuple[str | int, ...], ranks: list[int]) -> None:
    units = [make.standing(unit, number) for unit, number in zip("abcd", compared, strict=True)]

    assert [rank for rank, _ in rows(units)] == ranks


@pytest.mark.parametrize(
    ("standings", "order"),
    [
        ([tied("a", ONE), tied("b", TWO)], [(1, "b"), (2, "a")]),
        ([tied("a", ONE), tied("b", ONE)], [(1, "a"), (1, "b")]),
        ([tied("a", ONE, ONE), tied("b", ONE, TWO)], [(1, "b"), (2, "a")]),
        ([tied("a", None, ONE), tied("b", TWO, TWO)], [(1, "b"), (2, "a")]),
        ([tied("a", None), tied("b", TWO)], [(1, "a"), (1, "b")]),
        (
            [tied("a", TWO, None), tied("b", TWO, ONE), tied("c", ONE, TWO)],
            [(1, "a"), (1, "b"), (3, "c")],
        ),
        (
            # the first key parts c from the others, who then are a cluster of their own
            [tied("a", TWO, ONE), tied("b", TWO, TWO), tied("c", ONE, None)],
            [(1, "b"), (2, "a"), (3, "c")],
        ),
    ],
)
def test_keys_part_equals_in_order(standings: list[Standing], order: list[tuple[int, str]]) -> None:
    for each in permutations(standings):
        assert rows(list(each)) == order


def test_units_of_different_sets_share_no_keys() -> None:
    assert rows([tied("a", ONE), tied("b", TWO, set="BO-2")]) == [(1, "a"), (1, "b")]


def test_keys_never_part_unequal_values() -> None:
    better, worse = make.standing("a", 90, keys=(ONE,)), make.standing("b", 89, keys=(TWO,))

    assert rows([worse, better]) == [(1, "a"), (2, "b")]


def test_clusters_are_units_of_equal_rank() -> None:
    found = ranked([make.standing("a", 90), make.standing("c", 80), make.standing("b", 80)])

    assert [[each.unit for each in cluster] for cluster in clusters(found)] == [["a"], ["b", "c"]]


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (make.value(7), D(7)),
        (make.na("drop"), None),
        (make.na("zero"), None),
        (NOT_DUE, None),
    ],
)
def test_a_line_is_a_key_where_the_unit_has_points_on_it(value: object, key: Decimal) -> None:
    table = make.criteria(make.line("1", 20), make.line("2", 80), ties=("1", "2", "x"))

    assert keys(make.sheet(table, {"1": value, "2": 80})) == (key, D(80), None)  # type: ignore[dict-item]


def test_silence_is_zero_as_a_key() -> None:
    table = make.criteria(make.line("1", 20), make.line("2", 80), ties=("1",))

    assert keys(make.sheet(table, {})) == (D(0),)


def test_a_group_is_a_key_with_what_counts_of_it() -> None:
    capped = make.group(make.line("a", 12), make.line("b", 12), code="A", cap=20)
    table = make.criteria(capped, make.group(make.line("r", 80), code="R"), ties=("A", "R"))

    counted = keys(make.sheet(table, {"a": 12, "b": 12, "r": 50}))
    without = keys(make.sheet(table, {"a": 1, "b": 1, "r": make.na("drop")}))

    assert counted == make.decimals(20, 50)
    assert without == (D(2), None)
