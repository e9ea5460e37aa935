"""What holds for every field of units: the order of input, ranks, quotas and titles."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from evalsvc.domain.provisions import BaseIs, Bounds, Per, Quota, Title
from evalsvc.domain.quotas import banded
from evalsvc.domain.ranking import Standing, ranked
from evalsvc.domain.titles import titled
from tests import make
from tests.domain.laws import LAW, hundredths

key = st.none() | st.integers(0, 2).map(Decimal)


@st.composite
def fields_of_units(draw: st.DrawFn) -> list[Standing]:
    """Few values and few keys, so that ties are common."""
    number = draw(st.integers(1, 9))
    return [
        make.standing(
            f"u{at}",
            draw(st.sampled_from([60, 80, 81, 90, 95])),
            block=draw(st.sampled_from(["I", "II"])),
            keys=(draw(key), draw(key)),
        )
        for at in range(number)
    ]


TITLE = Title("dvk", "", Bounds(Decimal(25), Decimal(50)), bands=("xs", "tot"))
QUOTAS = (
    Quota("xs", Decimal(30), ("xs", "tot"), Per.ROUND),
    Quota("tot", Decimal(60), BaseIs.RATED, Per.BLOCK),
)


def rank_of(unit: str, standings: list[Standing]) -> int:
    return next(each.rank for each in ranked(standings) if each.standing.unit == unit)


@LAW
@given(fields_of_units(), st.randoms(use_true_random=False))
def test_the_order_of_input_changes_no_ranking_quota_or_title(
    standings: list[Standing], shuffler: Any
) -> None:
    shuffled = list(standings)
    shuffler.shuffle(shuffled)
    units = {"I": 9, "II": 9}

    one, other = (
        make.field(*order, units=units, quotas=QUOTAS, titles=(TITLE,))
        for order in (standings, shuffled)
    )

    assert ranked(standings) == ranked(shuffled)
    assert banded(one).outcomes == banded(other).outcomes
    assert dict(banded(one).bands) == dict(banded(other).bands)
    assert titled(one, banded(one)) == titled(other, banded(other))


@LAW
@given(fields_of_units(), hundredths(40))
def test_rising_points_never_worsen_a_rank(standings: list[Standing], rise: Decimal) -> None:
    first, *others = standings
    risen = replace(first, compared=first.compared + rise)

    assert rank_of("u0", [risen, *others]) <= rank_of("u0", standings)


@LAW
@given(fields_of_units())
def test_a_rank_is_one_more_than_the_number_of_better_units(standings: list[Standing]) -> None:
    found = ranked(standings)

    ranks = [each.rank for each in found]
    assert all(each.rank == 1 + sum(r < each.rank for r in ranks) for each in found)
    assert len(found) == len(standings)


@LAW
@given(fields_of_units())
def test_a_quota_keeps_no_more_than_it_allows_and_lifts_nobody(standings: list[Standing]) -> None:
    field = make.field(*standings, units={"I": 9, "II": 9}, quotas=QUOTAS)

    found = banded(field)

    assert all(len(each.kept) <= each.allowed for each in found.outcomes)
    for each in standings:
        band = found.bands[each.unit]
        assert band is None or band.bound <= each.band.bound
