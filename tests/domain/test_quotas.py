"""How many may keep a band, who falls, and what waits for a leader."""

from collections.abc import Mapping
from fractions import Fraction

import pytest

from evalsvc.domain.errors import Refused
from evalsvc.domain.provisions import BaseIs, Per, Quota, Rounding
from evalsvc.domain.quotas import Banded, Keep, banded, whole
from evalsvc.domain.ranking import Standing
from tests import make

F = Fraction


def quota(percent: int | str = 20, band: str = "xs", **changes: object) -> Quota:
    usual: dict[str, object] = {"of": BaseIs.RATED, "per": Per.ROUND}
    return Quota(band, make.decimals(percent)[0], **{**usual, **changes})  # type: ignore[arg-type]


def run(
    standings: list[Standing],
    *quotas: Quota,
    keeps: tuple[Keep, ...] = (),
    units: Mapping[str, int] | None = None,
) -> Banded:
    return banded(make.field(*standings, quotas=quotas, units=units), keeps)


def codes(found: Banded) -> list[str | None]:
    return [band and band.code for band in found.bands.values()]


def keep(*units: str, block: str = "", band: str = "xs") -> Keep:
    return Keep(band, block, units, "Theo kết luận của lãnh đạo.")


@pytest.mark.parametrize(
    ("share", "rounding", "number"),
    [
        (F(68, 10), Rounding.FLOOR, 6),
        (F(68, 10), Rounding.HALF_UP, 7),
        (F(65, 10), Rounding.HALF_UP, 7),
        (F(64, 10), Rounding.HALF_UP, 6),
        (F(61, 10), Rounding.UP, 7),
        (F(6), Rounding.UP, 6),
        (F(0), Rounding.UP, 0),
        (F(9, 10), Rounding.FLOOR, 0),
    ],
)
def test_a_share_becomes_a_whole_number(share: Fraction, rounding: Rounding, number: int) -> None:
    assert whole(share, rounding) == number


@pytest.mark.parametrize(
    ("of", "base"),
    [(BaseIs.RATED, 12), (BaseIs.UNITS, 15), (("xs", "tot"), 10), (("xs",), 4), (("yeu",), 0)],
)
def test_the_base_is_what_the_set_says(of: BaseIs | tuple[str, ...], base: int) -> None:
    units = [*make.falling(4, 95, "x"), *make.falling(6, 85, "t"), *make.falling(2, 70, "k")]

    outcome = run(units, quota(of=of), units={"I": 15}).outcomes[0]

    assert (outcome.base, outcome.share) == (base, F(base, 5))


def test_those_beyond_the_line_fall_one_band_from_the_bottom() -> None:
    found = run(make.falling(5, 95), quota(40))

    assert found.outcomes[0].kept == ("u01", "u02")
    assert found.outcomes[0].fallen == ("u03", "u04", "u05")
    assert codes(found) == ["xs", "xs", "tot", "tot", "tot"]


def test_a_quota_that_is_not_used_up_moves_nobody() -> None:
    found = run([*make.falling(2, 95, "x"), *make.falling(8, 70, "k")], quota(20))

    assert (found.outcomes[0].kept, found.outcomes[0].fallen) == (("x01", "x02"), ())


@pytest.mark.parametrize(("at_least", "kept"), [(0, 0), (1, 1), (3, 3)])
def test_a_block_may_always_have_so_many(at_least: int, kept: int) -> None:
    found = run(make.falling(4, 95), quota(20, at_least=at_least))

    assert len(found.outcomes[0].kept) == kept


def test_bases_are_counted_before_any_quota() -> None:
    units = [*make.falling(6, 95, "x"), *make.falling(10, 85, "t"), *make.falling(4, 70, "k")]

    found = run(units, quota(50, "tot"), quota(20, of=("xs", "tot")), quota(50, "kha", of=("kha",)))

    assert [(each.quota.band, each.base) for each in found.outcomes] == [
        ("xs", 16),
        ("tot", 20),
        ("kha", 4),
    ]


def test_those_who_fall_are_measured_again_in_the_band_below() -> None:
    found = run(make.falling(10, 95), quota(20), quota(30, "tot"))

    assert codes(found) == ["xs"] * 2 + ["tot"] * 3 + ["kha"] * 5


def test_nobody_falls_below_the_lowest_band() -> None:
    units = make.falling(2, 40)

    assert codes(run(units, quota(0, "yeu"))) == ["yeu", "yeu"]


def test_each_block_has_its_own_line_or_the_round_one_for_all() -> None:
    units = [*make.falling(5, 99, "a", block="I"), *make.falling(5, 95, "b", block="II")]

    per_block, per_round = (run(units, quota(20, per=per)) for per in (Per.BLOCK, Per.ROUND))

    assert [(each.block, each.kept) for each in per_block.outcomes] == [
        ("I", ("a01",)),
        ("II", ("b01",)),
    ]
    assert [(each.block, each.kept) for each in per_round.outcomes] == [("", ("a01", "a02"))]


def test_a_block_without_rated_units_has_a_line_all_the_same() -> None:
    outcomes = run(make.falling(5, 95), quota(per=Per.BLOCK), units={"I": 5, "II": 2}).outcomes

    assert [(each.block, each.base) for each in outcomes] == [("I", 5), ("II", 0)]


# --- ties across the line ---------------------------------------------------------------------

ACROSS = [
    make.standing("a", 99),
    *(make.standing(unit, 95) for unit in "bcd"),
    make.standing("e", 91),
    *make.falling(5, 60, "y"),
]
"""Ten units; 20 % lets two keep the band: a, and one of b, c and d."""


def test_a_tie_across_the_line_waits_for_a_leader() -> None:
    found = run(ACROSS, quota())

    outcome = found.outcomes[0]
    assert (outcome.kept, outcome.pending, outcome.places_left) == (("a",), ("b", "c", "d"), 1)
    assert outcome.fallen == ("e",)
    assert codes(found)[:5] == ["xs", None, None, None, "tot"]
    assert not found.complete


def test_a_leader_decides_who_keeps_the_band() -> None:
    found = run(ACROSS, quota(), keeps=(keep("c"),))

    outcome = found.outcomes[0]
    assert (outcome.kept, outcome.pending) == (("a", "c"), ())
    assert outcome.fallen == ("b", "d", "e")
    assert outcome.decision == keep("c")
    assert codes(found)[:5] == ["xs", "tot", "xs", "tot", "tot"]
    assert found.complete


def test_a_leader_may_leave_places_empty() -> None:
    assert run(ACROSS, quota(), keeps=(keep(),)).outcomes[0].kept == ("a",)


def test_more_may_keep_the_band_only_where_the_set_allows_an_excess() -> None:
    both = keep("b", "c")

    assert run(ACROSS, quota(excess=True), keeps=(both,)).outcomes[0].kept == ("a", "b", "c")
    with pytest.raises(Refused) as error:
        run(ACROSS, quota(), keeps=(both,))
    assert (error.value.message, error.value.facts) == (
        "more-than-places-left",
        {"number": 2, "left": 1},
    )


@pytest.mark.parametrize("stranger", ["a", "e", "zz"])
def test_only_those_tied_at_the_line_can_be_chosen(stranger: str) -> None:
    with pytest.raises(Refused) as error:
        run(ACROSS, quota(excess=True), keeps=(keep("b", stranger),))

    assert (error.value.message, error.value.facts) == (
        "not-among-the-tied",
        {"unit": stranger, "choices": ["b", "c", "d"]},
    )


def test_a_decision_for_another_band_or_block_changes_nothing() -> None:
    others = (keep("c", band="tot"), keep("c", block="I"))

    assert run(ACROSS, quota(), keeps=others).outcomes[0].pending == ("b", "c", "d")


def test_a_tie_that_fits_whole_does_not_wait() -> None:
    assert run(ACROSS, quota(40)).outcomes[0].kept == ("a", "b", "c", "d")


def test_a_tie_below_a_line_that_is_full_falls_whole() -> None:
    outcome = run(ACROSS, quota(10)).outcomes[0]

    assert (outcome.kept, outcome.pending) == (("a",), ())
    assert outcome.fallen == ("b", "c", "d", "e")


def test_declared_keys_part_a_tie_at_the_line() -> None:
    parted = [
        make.standing("a", 95, keys=make.decimals(1)),
        make.standing("b", 95, keys=make.decimals(2)),
        *make.falling(8, 60, "y"),
    ]

    assert run(parted, quota(10)).outcomes[0].kept == ("b",)


def test_a_lower_quota_waits_for_the_decision_above_it() -> None:
    found = run(ACROSS, quota(), quota(50, "tot"))

    assert [each.waits for each in found.outcomes] == [False, True]
    assert not found.complete
    assert run(ACROSS, quota(), quota(50, "tot"), keeps=(keep("b"),)).complete


def test_an_open_decision_holds_up_its_own_block_only() -> None:
    other = make.falling(5, 99, "z", block="II")
    units = [*ACROSS, *other]

    found = run(units, quota(per=Per.BLOCK), quota(50, "tot", per=Per.BLOCK))

    assert [(each.quota.band, each.block, each.waits) for each in found.outcomes] == [
        ("xs", "I", False),
        ("xs", "II", False),
        ("tot", "I", True),
        ("tot", "II", False),
    ]


def test_a_quota_of_the_round_waits_for_every_block() -> None:
    found = run(ACROSS, quota(per=Per.BLOCK), quota(50, "tot"))

    assert [each.waits for each in found.outcomes] == [False, True]
