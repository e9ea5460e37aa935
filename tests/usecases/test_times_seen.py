"""Deadlines of a round as leaders see them, each within what they lead."""

from datetime import datetime

import pytest

from evalsvc.domain.access import SERVICE, Actor, Grant, Role
from evalsvc.domain.dates import ZONE
from evalsvc.domain.errors import NotFound
from evalsvc.domain.history import GONE
from evalsvc.domain.windows import Hour, Task
from evalsvc.store import journal
from evalsvc.usecases import blank, extensions, times_seen
from evalsvc.usecases.extensions import To
from evalsvc.usecases.times_seen import Times
from tests.statements import counted
from tests.web.small_house import ROUND, House

LATER = datetime(2027, 1, 15, 17, tzinfo=ZONE)
BLOCK = "khoi-1"
OF_BLOCK = Actor(10, "Lãnh đạo khối", (Grant(Role.LEADER, block=BLOCK),))
OF_KIND = Actor(10, "Lãnh đạo các xã", (Grant(Role.LEADER, kind="xa"),))


def seen(house: House, actor: Actor | None = None, page: int = 1) -> Times:
    with house.office.reading(actor or house.actor("leader")) as doing:
        return times_seen.seen(doing, ROUND, page)


def extend(house: House, to: To, until: datetime = LATER, by: Actor | None = None) -> None:
    """Each deed at a moment of its own."""
    house.clock.later(minutes=1)
    actor = by or house.actor("leader")
    house.office.do(actor, extensions.extend, ROUND, until, "Bão số 9", to)


def told(found: Times) -> list[tuple[str, int, str]]:
    """Of each deed the first unit, how many there are, and for what."""
    return [(each.named[0].name, each.units, each.task.value) for each in found.extended]


def longer(found: Times) -> dict[str, int]:
    return {each.task.value: each.longer for each in found.running}


@pytest.mark.parametrize(
    ("at", "hours"),
    [
        ("2026-09-20", [Hour.BEFORE, Hour.BEFORE, Hour.BEFORE, Hour.BEFORE]),
        ("2026-11-20", [Hour.OPEN, Hour.OPEN, Hour.BEFORE, Hour.BEFORE]),
        ("2026-12-02", [Hour.LATE, Hour.OPEN, Hour.BEFORE, Hour.BEFORE]),
        ("2026-12-23", [Hour.LOCKED, Hour.LOCKED, Hour.OPEN, Hour.BEFORE]),
    ],
)
def test_each_window_says_what_it_is_at_this_hour(house: House, at: str, hours: list[Hour]) -> None:
    house.clock.at = datetime.fromisoformat(at).replace(hour=9, tzinfo=ZONE)

    found = seen(house)

    assert [each.task for each in found.running] == list(Task)
    assert [each.hour for each in found.running] == hours
    assert found.extendable == (Task.ASSESS, Task.REVIEW, Task.EXPLAIN)


def test_units_of_one_deed_are_one_entry_and_the_newest_is_first(house: House) -> None:
    extend(house, To(block=BLOCK))
    extend(house, To("xa-binh-an"))
    extend(house, To(everyone=True, task=Task.REVIEW))

    found = seen(house)

    assert told(found) == [
        ("Sở Nội vụ", 3, "review"),
        ("Xã Bình An", 1, "assess"),
        ("Sở Nội vụ", 2, "assess"),
    ]
    assert [each.blocks for each in found.extended] == [2, 1, 1]
    assert longer(found) == {"assess": 3, "review": 3, "explain": 0, "decide": 0}


def test_a_new_extension_of_a_unit_takes_it_out_of_the_one_before(house: House) -> None:
    extend(house, To(block=BLOCK))
    extend(house, To("so-noi-vu"), LATER.replace(day=20))

    found = seen(house)

    assert told(found) == [("Sở Nội vụ", 1, "assess"), ("Sở Y tế", 1, "assess")]
    assert longer(found)["assess"] == 2


def test_two_deeds_of_the_same_moment_stay_two(house: House) -> None:
    for unit, day in (("so-noi-vu", 15), ("so-y-te", 16)):
        to, until = To(unit), LATER.replace(day=day)
        house.office.do(house.actor("leader"), extensions.extend, ROUND, until, "Bão", to)

    assert sorted(told(seen(house))) == [("Sở Nội vụ", 1, "assess"), ("Sở Y tế", 1, "assess")]


def test_who_gave_it_is_named_and_the_machine_room_is_nobody(house: House) -> None:
    extend(house, To("so-y-te"))
    extend(house, To("so-noi-vu"), by=SERVICE)

    assert [each.who for each in seen(house).extended] == ["", "leader"]


def test_a_leader_of_a_block_sees_nothing_of_another(house: House) -> None:
    extend(house, To(everyone=True))
    extend(house, To("xa-binh-an", task=Task.REVIEW))

    found = seen(house, OF_BLOCK)

    assert told(found) == [("Sở Nội vụ", 2, "assess")]
    assert [block.code for block, _ in found.blocks] == [BLOCK]
    assert found.number == 2
    assert found.units == [("so-noi-vu", "Sở Nội vụ"), ("so-y-te", "Sở Y tế")]
    assert longer(found)["review"] == 0
    assert (found.deeds, found.sees_all) == (1, False)


@pytest.mark.parametrize(
    "leader", [OF_BLOCK, OF_KIND, Actor(10, "Lãnh đạo", (Grant(Role.LEADER),))]
)
def test_all_units_of_a_leader_are_as_many_as_the_page_says(house: House, leader: Actor) -> None:
    promised = seen(house, leader)

    units = house.office.do(
        with_account(house, leader), extensions.extend, ROUND, LATER, "Bão", To(everyone=True)
    )

    assert list(units) == [code for code, _ in promised.units or ()]
    assert len(units) == promised.number


def with_account(house: House, leader: Actor) -> Actor:
    """An account that exists."""
    return Actor(house.actor("leader").account, leader.label, leader.grants)


@pytest.mark.parametrize("leader", [OF_BLOCK, OF_KIND])
def test_a_block_of_a_leader_is_as_many_units_as_the_page_says(house: House, leader: Actor) -> None:
    ((block, number),) = seen(house, leader).blocks

    units = house.office.do(
        with_account(house, leader), extensions.extend, ROUND, LATER, "Bão", To(block=block.code)
    )

    assert len(units) == number


def test_a_leader_of_nothing_in_the_round_finds_none(house: House) -> None:
    with pytest.raises(NotFound):
        seen(house, Actor(10, "Lãnh đạo", (Grant(Role.LEADER, block="khoi-9"),)))


@pytest.mark.parametrize("page", [0, 2])
def test_a_page_that_there_is_not_is_not_found(house: House, page: int) -> None:
    with pytest.raises(NotFound):
        seen(house, page=page)


def test_many_deeds_stand_on_several_pages(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(times_seen, "PAGE", 2)
    for unit in ("so-noi-vu", "so-y-te", "xa-binh-an"):
        extend(house, To(unit))

    first, second = seen(house, page=1), seen(house, page=2)

    assert [told(each) for each in (first, second)] == [
        [("Xã Bình An", 1, "assess"), ("Sở Y tế", 1, "assess")],
        [("Sở Nội vụ", 1, "assess")],
    ]
    assert (first.pages, first.first, second.first) == (2, 0, 2)


def test_more_names_than_fit_are_counted(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(times_seen, "MOST_NAMED", 1)
    monkeypatch.setattr(times_seen, "MOST_UNITS", 2)
    extend(house, To(everyone=True))

    found = seen(house)

    assert [(each.units, len(each.named)) for each in found.extended] == [(3, 1)]
    assert found.units is None


def test_a_reason_that_was_taken_away_is_gone_here_too(house: House) -> None:
    extend(house, To(block=BLOCK))
    stream = f"round:{ROUND}"
    with house.office.reading(SERVICE) as doing:
        number = journal.of_stream(doing.store, stream)[-1].number

    house.office.do(house.actor("admin"), blank.blank, stream, number, "Công văn 12")

    assert [(each.reason, each.units) for each in seen(house).extended] == [(GONE, 2)]


def test_what_is_asked_of_the_database_does_not_grow_with_units(house: House) -> None:
    def effort() -> int:
        with house.office.reading(house.actor("leader")) as doing:
            times_seen.seen(doing, ROUND, 1)
            with counted(house.engine) as sent:
                times_seen.seen(doing, ROUND, 1)
        return len(sent)

    extend(house, To("so-y-te"))
    one = effort()
    extend(house, To("so-noi-vu"))
    extend(house, To(everyone=True, task=Task.REVIEW))

    assert effort() == one


# A unit


def of_own(house: House, who: str, unit: str) -> list[tuple[str, datetime]]:
    with house.office.reading(house.actor(who)) as doing:
        found = times_seen.of_own(doing, house.sheet(unit))
    return [(each.task.value, each.until) for each in found]


def test_a_unit_is_told_what_it_has_more_time_for_itself(house: House) -> None:
    extend(house, To("so-noi-vu", task=Task.EXPLAIN), LATER.replace(day=20))
    extend(house, To("so-noi-vu", task=Task.REVIEW))
    extend(house, To("so-noi-vu"))

    assert of_own(house, "editor", "so-noi-vu") == [
        ("assess", LATER),
        ("explain", LATER.replace(day=20)),
    ]


@pytest.mark.parametrize("who", ["y-te-head", "evaluator", "leader", "admin"])
def test_nobody_is_told_of_another_unit_as_of_the_own(house: House, who: str) -> None:
    extend(house, To("so-noi-vu"))

    assert of_own(house, who, "so-noi-vu") == []
