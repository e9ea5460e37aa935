"""More time for a unit or a block: nobody else gets it, and nobody loses any."""

from datetime import datetime

import pytest

from evalsvc.domain.access import SERVICE
from evalsvc.domain.dates import ZONE
from evalsvc.domain.errors import Refused
from evalsvc.domain.windows import Task
from evalsvc.usecases import extensions, sheets
from evalsvc.usecases.extensions import To
from tests.web.small_house import ROUND, House

LATER = datetime(2026, 12, 5, 17, tzinfo=ZONE)


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


def test_an_hour_that_has_passed_helps_nobody(house: House) -> None:
    house.clock.at = LATER.replace(day=6)

    with pytest.raises(Refused, match="extension-over"):
        house.office.do(SERVICE, extensions.extend, ROUND, LATER, "Bão", To("so-noi-vu"))


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
