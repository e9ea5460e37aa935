"""The page of one's mails and calendar."""

import re

import pytest

from evalsvc.domain.access import SERVICE
from evalsvc.domain.reminders import Mails, Occasion
from evalsvc.store import journal, people
from evalsvc.store.people import Person
from evalsvc.words import calendars, letters, links
from tests.web.small_house import House

MAIL = "/account/mail"
FEED = re.compile(r"http://127\.0\.0\.1:8000(/calendar/[A-Za-z0-9_-]{43}\.ics)")


def person(house: House, name: str) -> Person:
    with house.office.reading(SERVICE) as doing:
        found = people.get(doing.store, house.people[name].account or 0)
    assert found is not None
    return found


def test_one_puts_in_the_own_address_and_chooses_the_mails(house: House) -> None:
    visitor = house.visitor_of("editor")
    visitor.get("account.mine")
    visitor.click("Thư và lịch")

    page = visitor.submit(
        MAIL, {"Địa chỉ thư điện tử": " van-thu@example.vn ", "Nhận những thư nào": "Chỉ việc gấp"}
    )

    assert "Đã lưu." in page.text
    found = person(house, "editor")
    assert (found.email, found.mails) == ("van-thu@example.vn", Mails.URGENT)
    assert "van-thu@example.vn" in visitor.get("account.mine").text


def test_what_is_no_address_stays_in_the_field(house: House) -> None:
    visitor = house.visitor_of("editor")
    visitor.get("account.mail")

    page = visitor.submit(MAIL, {"Địa chỉ thư điện tử": "van-thu"}, status=422)

    assert "“van-thu” không phải là địa chỉ thư điện tử." in page.text
    assert page.form(MAIL).field("Địa chỉ thư điện tử")["value"] == "van-thu"
    assert person(house, "editor").email == ""


def test_an_empty_address_ends_the_mails(house: House) -> None:
    visitor = house.visitor_of("editor")
    visitor.get("account.mail")
    visitor.submit(MAIL, {"Địa chỉ thư điện tử": "van-thu@example.vn"})

    visitor.submit(MAIL, {"Địa chỉ thư điện tử": ""})

    assert person(house, "editor").email == ""


def test_the_address_itself_does_not_stand_in_the_journal(house: House) -> None:
    visitor = house.visitor_of("editor")
    visitor.get("account.mail")
    visitor.submit(MAIL, {"Địa chỉ thư điện tử": "van-thu@example.vn"})

    with house.office.reading(SERVICE) as doing:
        told = journal.of_stream(doing.store, f"account:{house.people['editor'].account}")
    assert [each.entry.deed for each in told] == ["change-email"]
    assert "van-thu" not in str(told)


def test_the_address_of_the_calendar_is_shown_once(house: House) -> None:
    visitor = house.visitor_of("editor")
    visitor.get("account.mail")

    page = visitor.submit("/account/calendar")

    found = FEED.search(page.text)
    assert found
    assert house.app.test_client().get(found[1]).status_code == 200
    assert not FEED.search(visitor.get("account.mail").text)


def test_the_address_of_the_calendar_is_ended(house: House) -> None:
    visitor = house.visitor_of("editor")
    visitor.get("account.mail")
    found = FEED.search(visitor.submit("/account/calendar").text)
    assert found

    visitor.submit("/account/calendar/end")

    assert not person(house, "editor").has_feed
    assert house.app.test_client().get(found[1]).status_code == 404


PLACES = {*letters.PLACES.values(), *calendars.PLACES.values(), links.SETTINGS}


@pytest.mark.parametrize("place", sorted(PLACES))
def test_every_link_in_mails_and_calendars_leads_to_a_page(house: House, place: str) -> None:
    adapter = house.app.url_map.bind("localhost")

    assert adapter.match(links.path(place, house.sheet(), "Đ1"))


def test_every_occasion_has_its_words() -> None:
    tables = (letters.SENTENCES, letters.TOPICS, letters.PLACES)

    assert [set(each) for each in tables] == [set(Occasion)] * 3
