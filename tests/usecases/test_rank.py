"""A live ranking page by page has the places of the whole ranking, on each database."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
import sqlalchemy as sa

from evalsvc.domain.access import SERVICE, Actor, Grant, Role
from evalsvc.domain.errors import NotFound
from evalsvc.domain.lines import Layer
from evalsvc.domain.names import search_key, sort_key
from evalsvc.domain.ranking import ranked
from evalsvc.store import rankings, units
from evalsvc.store.assessments import assessment
from evalsvc.store.queues import Wanted
from evalsvc.store.rankings import RankRecord
from evalsvc.store.totals_text import of_text, to_text
from evalsvc.store.units import UnitRecord
from evalsvc.usecases import rank, rank_apart, rank_files, rank_overview, rank_scope
from evalsvc.usecases.rank import PAGE, Live
from evalsvc.usecases.rank_files import Wish
from evalsvc.usecases.work import Work
from tests.conftest import Copy
from tests.postgres import Prepare
from tests.web import small_house, small_sets
from tests.web.small_house import ROUND, After, House, as_built

LEADER = Actor(None, "lãnh đạo", (Grant(Role.LEADER),))
TIED = small_sets.SO + "ties: [A, B]\n"
MANY = 230


@pytest.fixture
def tied(database_copy: Copy, prepare: Prepare) -> Iterator[After]:
    with small_house.copies(database_copy, prepare, TIED) as after:
        yield after


@pytest.fixture
def house(tied: After) -> House:
    return tied(as_built)


@pytest.fixture
def crowd(tied: After) -> House:
    return tied(crowded)


def crowded(house: House) -> House:
    """Many departments, of which many have equal points; the second key is missing on some."""
    add(house, [(total(at), (key(at, 7), key(at, 5))) for at in range(MANY)])
    return house


def total(at: int) -> Decimal:
    return Decimal(at * 37 % 40) / 2


def key(at: int, of: int) -> Decimal | None:
    return None if at % (3 * of) == 0 else Decimal(at % of)


def add(house: House, of: Iterable[tuple[Decimal, tuple[Decimal | None, ...]]]) -> None:
    """Handed-in sheets with these compared totals and tie keys, as copies of one that is there."""
    wanted = list(of)
    with house.office.writing(SERVICE) as doing:
        records = [
            UnitRecord(f"so-{at:04}", f"Sở số {at}", "so", "khoi-1", place=10 + at)
            for at in range(len(wanted))
        ]
        units.put_all(doing.store, records)
        ids = units.ids(doing.store)
        like = (
            doing.store.execute(sa.select(assessment).where(assessment.c.id == house.sheet()))
            .mappings()
            .one()
        )
        rows = [
            row(dict(like), record, ids[record.code], each)
            for record, each in zip(records, wanted, strict=True)
        ]
        doing.store.execute(assessment.insert(), rows)


def row(
    like: dict[str, object],
    record: UnitRecord,
    unit_id: int,
    of: tuple[Decimal, tuple[Decimal | None, ...]],
) -> dict[str, object]:
    points, keys = of
    kept = of_text(str(like.pop("claimed")))
    like.pop("id")
    assert kept is not None
    totals = replace(kept, total=points, compared=points, keys=keys)
    return like | {
        "unit_id": unit_id,
        "unit_code": record.code,
        "unit_name": record.name,
        "sort_key": sort_key(record.name),
        "search_key": search_key(record.name),
        "place": record.place,
        "status": "submitted",
        "submitted_at": small_house.NOW,
        "claimed": to_text(totals),
        "claimed_compared": points,
        "in_force": points,
    }


def live(house: House, block: str = "khoi-1", layer: Layer | None = None, **words: object) -> Live:
    with house.office.reading(LEADER) as doing:
        return rank.live(doing, ROUND, block, layer, **words)  # type: ignore[arg-type]


def whole(house: House) -> list[tuple[int, str]]:
    """Ranks and units as the file gives them: in one piece."""
    with house.office.reading(LEADER) as doing:
        found = rank_files.whole(doing, Wish(ROUND, "khoi-1"))
        return [(each.rank, each.unit_code) for each in found.rows]


def by_hand(house: House) -> list[tuple[int, str]]:
    """The same from all standings at once, by the rules alone."""
    with house.office.reading(LEADER) as doing:
        standings = [rank.standing_of(doing, each) for each in records(doing)]
    return [(each.rank, each.standing.unit) for each in ranked(standings)]


def records(doing: Work) -> list[RankRecord]:
    round_id = rank_scope.rounds_of(doing)[0].id
    wanted = Wanted(round_id, "khoi-1")
    return list(rankings.each_ranked(doing.store, doing.actor, wanted, None))


def test_pages_hold_the_ranks_of_the_whole_ranking(crowd: House) -> None:
    pages = [live(crowd, page=number) for number in (1, 2, 3)]

    shown = [(row.rank, row.record.unit_code) for page in pages for row in page.rows]
    assert [len(page.rows) for page in pages] == [PAGE, PAGE, MANY - 2 * PAGE]
    assert shown == whole(crowd) == by_hand(crowd)


def test_there_is_no_page_after_the_last(crowd: House) -> None:
    with pytest.raises(NotFound):
        live(crowd, page=4)


@pytest.mark.parametrize("text", ["so so 7", "SỞ SỐ 12", "số 229"])
def test_what_is_found_keeps_its_rank(crowd: House, text: str) -> None:
    ranks = {code: place for place, code in whole(crowd)}

    found = live(crowd, text=text).rows

    assert found
    assert [row.rank for row in found] == [ranks[row.record.unit_code] for row in found]


def test_equal_points_are_told_with_their_keys(house: House) -> None:
    points = Decimal("15.50")
    add(
        house,
        [(points, (Decimal(9), None)), (points, (Decimal(8), None)), (Decimal(2), (None, None))],
    )

    first, second, third = live(house).rows

    assert (first.rank, first.keys) == (1, (("A", Decimal(9)), ("B", None)))
    assert second.rank == 2
    assert not third.equal


def test_a_sheet_that_is_open_exempt_or_unrated_is_listed_apart(house: House) -> None:
    add(house, [(Decimal(at), (None, None)) for at in (5, 6, 7)])
    with house.office.writing(SERVICE) as doing:
        put(doing, "so-0000", exempt="đang sắp xếp lại")
        put(doing, "so-0001", rated=False, claimed_rated=False)

    found = live(house)

    assert [row.record.unit_code for row in found.rows] == ["so-0002"]
    apart = {each.record.unit_code: each.why for each in found.apart}
    assert {code: str(why) for code, why in apart.items()} == {
        "so-noi-vu": "not-submitted",
        "so-y-te": "not-submitted",
        "so-0000": "exempt",
        "so-0001": "unrated",
    }


def put(doing: Work, code: str, **columns: object) -> None:
    of = assessment.update().where(assessment.c.unit_code == code)
    doing.store.execute(of.values(**columns))


def test_those_listed_apart_come_page_by_page(crowd: House) -> None:
    with crowd.office.writing(SERVICE) as doing:
        doing.store.execute(
            assessment.update()
            .where(assessment.c.unit_code.like("so-0%"))
            .values(exempt="sắp xếp lại")
        )

    found = live(crowd)
    with crowd.office.reading(LEADER) as doing:
        last = rank_apart.apart_page(doing, ROUND, "khoi-1", None, 3)

    assert found.rows == ()
    assert (len(found.apart), found.apart_total) == (rank.FIRST_APART, MANY + 2)
    assert len(last.rows) == MANY + 2 - 2 * PAGE


def test_a_layer_has_its_own_order(crowd: House) -> None:
    with crowd.office.writing(SERVICE) as doing:
        put(doing, "so-0000", in_force=Decimal(30), band="tot")

    now, claimed = live(crowd), live(crowd, layer=Layer.CLAIMED)
    later = live(crowd, layer=Layer.REVIEWED)

    assert now.total == claimed.total == MANY
    assert "so-0000" in [row.record.unit_code for row in now.rows]
    assert "so-0000" not in [row.record.unit_code for row in claimed.rows]
    assert (later.total, later.apart_total) == (0, MANY + 2)


def test_an_overview_counts_what_the_ranking_shows(crowd: House) -> None:
    with crowd.office.reading(LEADER) as doing:
        found = rank_overview.overview(doing, ROUND)

    assert (found.whole.sheets, found.whole.handed_in, found.whole.open) == (MANY + 3, MANY, 3)
    assert sum(found.bands.values()) == MANY
    assert len(found.heat) == rank_overview.HEAT
    (picture,) = found.pictures or ()
    assert [len(units) for _, units in picture.blocks] == [MANY]


def test_lines_of_a_file_are_those_of_the_sheets(house: House) -> None:
    house.fill("so-noi-vu", but=("A1",))
    house.submit("so-noi-vu")

    with house.office.reading(LEADER) as doing:
        found = rank_files.whole(doing, Wish(ROUND, "khoi-1", lines=True))
        (only,) = found.rows

    points = dict(zip([each.code for each in found.lines], only.lines, strict=True))
    assert points["A1"] == 0
    assert points["A2"] == Decimal("2.86")
    assert points["C1"] is None
    assert points["C2"] is None
    assert sum(each for each in only.groups if each) == only.total
