"""More time for a unit or a block: nobody else gets it, and nobody loses any."""

from datetime import datetime

import pytest

from evalsvc.domain.access import SERVICE
from evalsvc.domain.dates import ZONE
from evalsvc.domain.errors import Refused
from evalsvc.domain.windows import Task
from evalsvc.usecases import decide, explain, extensions, sheets
from evalsvc.usecases.extensions import To
from tests.web import released
from tests.web.small_house import ROUND, After, House

LATER = datetime(2026, 12, 5, 17, tzinfo=ZONE)


def one_closed(house: House) -> House:
    """Sở Nội vụ is closed; its head had seen the result and said nothing."""
    released.released(house)
    lead, id_ = house.actor("lead"), house.sheet()
    house.office.do(house.actor("head"), explain.opened, id_)
    house.clock.later(days=15)
    house.office.do(lead, decide.conclude, id_)
    house.office.do(house.actor("leader"), decide.close, id_, "15/QĐ-UBND")
    return house


def windows(house: House) -> dict[str, datetime]:
    found = {}
    for unit in ("so-noi-vu", "so-y-te", "xa-binh-an"):
        with house.office.writing(SERVICE) as doing:
            _, window = sheets.held(doing, house.sheet(unit), Task.ASSESS)
        found[unit] = window.closes
    return found


def test_one_unit_gets_more_time(house: House) -> None:
    usual = windows(house)["so-y-te"]

    house.office.do(SERVICE, extensions.extend, ROUND, LATER, "Sáp nhập", To("so-noi-vu"))

    assert windows(house) == {"so-noi-vu": LATER, "so-y-te": usual, "xa-binh-an": usual}


def test_a_whole_block_gets_more_time(house: House) -> None:
    usual = windows(house)["so-y-te"]

    found = house.office.do(SERVICE, extensions.extend, ROUND, LATER, "Bão", To(block="khoi-1"))

    assert found == ("so-noi-vu", "so-y-te")
    assert windows(house) == {"so-noi-vu": LATER, "so-y-te": LATER, "xa-binh-an": usual}


def test_nobody_loses_a_later_hour_to_what_all_are_given(house: House) -> None:
    later = LATER.replace(day=20)
    house.office.do(SERVICE, extensions.extend, ROUND, later, "Sáp nhập", To("so-noi-vu"))

    found = house.office.do(SERVICE, extensions.extend, ROUND, LATER, "Bão", To(everyone=True))

    assert found == ("so-y-te", "xa-binh-an")
    assert windows(house) == {"so-noi-vu": later, "so-y-te": LATER, "xa-binh-an": LATER}


def test_less_time_than_a_unit_has_already_is_refused(house: House) -> None:
    later = LATER.replace(day=20)
    house.office.do(SERVICE, extensions.extend, ROUND, later, "Sáp nhập", To("so-noi-vu"))

    with pytest.raises(Refused) as caught:
        house.office.do(SERVICE, extensions.extend, ROUND, LATER, "Bão", To("so-noi-vu"))

    assert (caught.value.message, caught.value.facts) == ("extension-shortens", {"closes": later})


@pytest.mark.parametrize("task", [Task.ASSESS, Task.EXPLAIN])
def test_sheets_that_are_closed_are_given_nothing(house_after: After, task: Task) -> None:
    house = house_after(one_closed)
    until = LATER.replace(month=12, day=30)

    found = house.office.do(
        SERVICE, extensions.extend, ROUND, until, "Bão", To(everyone=True, task=task)
    )
    with pytest.raises(Refused) as caught:
        house.office.do(SERVICE, extensions.extend, ROUND, until, "Bão", To("so-noi-vu", task=task))

    assert found == ("so-y-te", "xa-binh-an")
    assert caught.value.message in {"sheet-closed", "sheet-concluded"}


def test_a_unit_is_found_by_its_name_too(house: House) -> None:
    found = house.office.do(SERVICE, extensions.extend, ROUND, LATER, "Bão", To("Sở Y tế"))

    assert found == ("so-y-te",)


def test_an_hour_that_has_passed_helps_nobody(house: House) -> None:
    house.clock.at = LATER.replace(day=6)

    with pytest.raises(Refused, match="extension-over"):
        house.office.do(SERVICE, extensions.extend, ROUND, LATER, "Bão", To("so-noi-vu"))


def test_another_year_is_a_slip(house: House) -> None:
    until = LATER.replace(year=LATER.year + 4)

    with pytest.raises(Refused, match="extension-too-long"):
        house.office.do(SERVICE, extensions.extend, ROUND, until, "Bão", To("so-noi-vu"))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({}, "unit-or-block"),
        ({"unit": "so-y-te", "block": "khoi-1"}, "unit-or-block"),
        ({"block": "khoi-7"}, "no-such-block"),
        ({"unit": "so-khac"}, "unit-not-of-round"),
        (
            {"unit": "so-y-te", "until": datetime(2026, 11, 30, 17, tzinfo=ZONE)},
            "extension-shortens",
        ),
        ({"unit": "so-y-te", "reason": " "}, "reason-missing"),
        ({"unit": "so-y-te", "code": "1999"}, "no-such-round"),
    ],
)
def test_an_extension_that_cannot_be_is_refused(
    house: House, words: dict[str, object], message: str
) -> None:
    said = {"code": ROUND, "until": LATER, "reason": "Bão", **words}
    code, until, reason = said.pop("code"), said.pop("until"), said.pop("reason")

    with pytest.raises(Refused) as caught:
        house.office.do(SERVICE, extensions.extend, code, until, reason, To(**said))  # type: ignore[arg-type]

    assert caught.value.message == message
