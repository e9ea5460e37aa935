"""Titles: how many fit, who gets them, and what a leader may decide."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from evalsvc.domain.errors import Refused
from evalsvc.domain.provisions import BaseIs, Bounds, Per, Quota, Title
from evalsvc.domain.quotas import banded
from evalsvc.domain.ranking import Standing
from evalsvc.domain.titles import Award, TitleOutcome, holders_of, titled
from tests import make

D = Decimal
QUARTER = Title("dvk", "Dân vận khéo", Bounds(D(25), D(30)), bands=("xs", "tot"))
BEST = Title("tieu-bieu", "Tiêu biểu", Bounds(D(3), D(5), in_percent=False), within="dvk")


def run(
    standings: list[Standing],
    *titles: Title,
    awards: tuple[Award, ...] = (),
    **changes: object,
) -> list[TitleOutcome]:
    field = make.field(*standings, titles=titles, **changes)  # type: ignore[arg-type]
    return list(titled(field, banded(field), awards))


def award(
    title: str = "dvk", number: int | None = None, units: tuple[str, ...] = (), block: str = ""
) -> Award:
    return Award(title, block, "Theo kết luận của lãnh đạo.", number, units)


def test_both_bounds_and_the_base_are_shown() -> None:
    found = run(make.falling(25, 89), QUARTER)[0]

    assert (found.base, found.low, found.high) == (25, Fraction(25, 4), Fraction(15, 2))
    assert (found.lowest, found.highest, found.number) == (7, 7, 7)
    assert found.given == tuple(f"u{at:02}" for at in range(1, 8))


@pytest.mark.parametrize(
    ("of", "base"), [(BaseIs.RATED, 25), (BaseIs.UNITS, 30), (("tot",), 20), (("xs", "tot"), 20)]
)
def test_the_base_is_what_the_set_says(of: BaseIs | tuple[str, ...], base: int) -> None:
    units = [*make.falling(20, 89), *make.falling(5, 60, "v")]

    assert run(units, replace(QUARTER, of=of), units={"I": 30})[0].base == base


@pytest.mark.parametrize(
    ("low", "high", "rated", "lowest", "highest", "number"),
    [
        ("25", None, 9, 3, None, 9),  # no upper bound: all who are eligible
        ("25", "30", 20, 5, 6, 6),
        ("0", "5", 9, 0, 0, 0),
        ("33.3", "33.4", 3, 1, 1, 1),
    ],
)
def test_whole_numbers_between_the_bounds(
    low: str, high: str | None, rated: int, lowest: int, highest: int | None, number: int
) -> None:
    bounds = Bounds(D(low), None if high is None else D(high))

    found = run(make.falling(rated, 89), replace(QUARTER, bounds=bounds))[0]

    assert (found.lowest, found.highest, found.number) == (lowest, highest, number)


def test_no_whole_number_fits_and_nobody_gets_the_title() -> None:
    found = run(make.falling(9, 89), QUARTER)[0]

    assert (found.fits, found.number, found.given, found.pending) == (False, None, (), ())


def test_too_few_eligible_are_said_to_be_too_few() -> None:
    found = run([*make.falling(4, 85), *make.falling(21, 60, "v")], QUARTER)[0]

    assert (found.number, found.short, len(found.given)) == (4, 3, 4)


def test_a_gate_may_forbid_a_title() -> None:
    units = make.falling(4, 89)
    barred = [replace(units[0], no_title=True), *units[1:]]

    found = run(barred, QUARTER)[0]

    assert (found.base, found.eligible, found.given) == (4, ("u02", "u03", "u04"), ("u02",))


def test_titles_read_the_band_after_quotas() -> None:
    none_good = Quota("tot", D(0), BaseIs.RATED, Per.ROUND)

    found = run(make.falling(4, 89), replace(QUARTER, bands=("tot",)), quotas=(none_good,))[0]

    assert (found.eligible, found.number, found.short) == ((), 0, 1)


def test_titles_wait_while_a_quota_is_open() -> None:
    quota = Quota("tot", D(25), BaseIs.RATED, Per.ROUND)

    found = run(make.standings(4, 85), QUARTER, BEST, quotas=(quota,))

    assert [(each.waits, each.number, each.given) for each in found] == [(True, None, ())] * 2


# --- per round, per block, nested -------------------------------------------------------------


def test_a_title_may_be_given_in_each_block() -> None:
    units = [*make.falling(4, 89, "a", block="I"), *make.falling(8, 88, "b", block="II")]

    found = run(units, replace(QUARTER, per=Per.BLOCK))

    assert [(each.block, each.given) for each in found] == [
        ("I", ("a01",)),
        ("II", ("b01", "b02")),
    ]


def test_a_nested_title_goes_to_the_best_of_those_that_hold_the_outer_one() -> None:
    outer, inner = run(make.falling(25, 89), QUARTER, BEST)

    assert (inner.base, inner.lowest, inner.highest, inner.number) == (7, 3, 5, 5)
    assert inner.given == outer.given[:5]


def test_a_nested_title_is_short_where_the_outer_one_has_too_few() -> None:
    inner = run(make.falling(4, 89), QUARTER, BEST)[1]

    assert (inner.eligible, inner.number, inner.short) == (("u01",), 1, 2)


def test_a_nested_title_may_be_a_share_of_the_outer_one() -> None:
    half = replace(BEST, bounds=Bounds(D(50), D(60)))

    inner = run(make.falling(25, 89), QUARTER, half)[1]

    assert (inner.base, inner.number) == (7, 4)


def test_a_nested_title_waits_for_the_outer_one() -> None:
    undecided = run(make.falling(9, 89), QUARTER, BEST)[1]
    decided = run(make.falling(9, 89), QUARTER, BEST, awards=(award(number=3),))[1]

    assert (undecided.waits, decided.waits, decided.given) == (True, False, ("u01", "u02", "u03"))


def test_holders_are_those_of_every_block() -> None:
    units = [*make.falling(4, 89, "a", block="I"), *make.falling(4, 88, "b", block="II")]

    found = run(units, replace(QUARTER, per=Per.BLOCK))

    assert holders_of("dvk", found) == {"a01", "b01"}


# --- ties and decisions -----------------------------------------------------------------------

TIED = [make.standing("a", 89), *(make.standing(unit, 88) for unit in "bcd")]
HALF = replace(QUARTER, bounds=Bounds(D(50), D(50)))


def test_a_tie_at_the_last_place_waits_for_a_leader() -> None:
    found = run(TIED, HALF)[0]

    assert (found.number, found.given, found.pending) == (2, ("a",), ("b", "c", "d"))


def test_a_leader_chooses_among_the_tied() -> None:
    found = run(TIED, HALF, awards=(award(units=("c",)),))[0]

    assert (found.given, found.pending) == (("a", "c"), ())


@pytest.mark.parametrize(
    ("units", "message"),
    [
        (("a",), "not-among-the-tied"),
        (("zz",), "not-among-the-tied"),
        (("b", "c"), "more-than-places-left"),
    ],
)
def test_a_choice_outside_the_tie_is_refused(units: tuple[str, ...], message: str) -> None:
    with pytest.raises(Refused) as error:
        run(TIED, HALF, awards=(award(units=units),))

    assert error.value.message == message


def test_a_decision_for_another_block_or_title_changes_nothing() -> None:
    others = (award("khac", units=("b",)), award(block="I", units=("b",)))

    assert run(TIED, HALF, awards=others)[0].pending == ("b", "c", "d")


@pytest.mark.parametrize("number", [10, 11, 12])
def test_a_leader_may_choose_another_number_inside_the_bounds(number: int) -> None:
    found = run(make.falling(40, 89), QUARTER, awards=(award(number=number),))[0]

    assert (found.number, len(found.given), found.short) == (number, number, 0)


@pytest.mark.parametrize("number", [0, 9, 13])
def test_a_number_outside_the_bounds_is_refused(number: int) -> None:
    with pytest.raises(Refused) as error:
        run(make.falling(40, 89), QUARTER, awards=(award(number=number),))

    assert (error.value.message, error.value.facts) == (
        "number-outside-bounds",
        {"number": number, "lowest": 10, "highest": 12},
    )


def test_a_number_above_a_highest_of_none_is_refused() -> None:
    none = replace(QUARTER, bounds=Bounds(D(0), D(5)))

    with pytest.raises(Refused) as error:
        run(make.falling(9, 89), none, awards=(award(number=1),))

    assert error.value.message == "number-outside-bounds"


def test_more_than_are_eligible_is_refused() -> None:
    with pytest.raises(Refused) as error:
        run([*make.falling(4, 85), *make.falling(21, 60, "v")], QUARTER, awards=(award(number=5),))

    assert error.value.message == "more-than-eligible"


@pytest.mark.parametrize("number", [0, 2, 3, 9])
def test_where_no_whole_number_fits_a_leader_decides(number: int) -> None:
    found = run(make.falling(9, 89), QUARTER, awards=(award(number=number),))[0]

    assert (found.number, len(found.given)) == (number, number)


@pytest.mark.parametrize("number", [0, 3, 4])
def test_where_too_few_are_eligible_a_leader_decides(number: int) -> None:
    units = [*make.falling(4, 85), *make.falling(21, 60, "v")]

    found = run(units, QUARTER, awards=(award(number=number),))[0]

    assert (found.number, found.short) == (number, 3)
