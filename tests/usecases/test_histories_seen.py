"""Histories are read page by page, newest first, and never whole."""

from datetime import datetime

import pytest

from evalsvc.domain.access import SERVICE, Actor, Grant, Role
from evalsvc.domain.dates import ZONE
from evalsvc.domain.errors import NotFound
from evalsvc.domain.history import Entry
from evalsvc.store import history_pages, journal
from evalsvc.usecases import blank, extensions, histories_seen
from evalsvc.usecases.extensions import To
from evalsvc.usecases.histories_seen import History
from evalsvc.usecases.work import Work
from tests.web.small_house import ROUND, House

MORE = 450
LATER = datetime(2026, 12, 5, 17, tzinfo=ZONE)


@pytest.fixture
def long(house: House) -> House:
    """A round about which more was noted than stands on two pages."""
    with house.office.writing(SERVICE) as doing:
        for number in range(MORE):
            _note(doing, number)
    return house


def _note(doing: Work, number: int) -> None:
    said = {"reason": f"Lần {number}"}
    entry = Entry("extend-round", doing.now, doing.actor.account, "", said)
    journal.note(doing.store, f"round:{ROUND}", entry)


def of_round(house: House, page: int) -> History:
    with house.office.reading(house.actor("leader")) as doing:
        return histories_seen.of_round(doing, ROUND, page).history


def test_who_leads_a_block_reads_nothing_of_others(house: House) -> None:
    for unit in ("so-noi-vu", "xa-binh-an"):
        args = extensions.extend, ROUND, LATER, "Sáp nhập", To(unit)
        house.office.do(house.actor("leader"), *args)
    of_block = Actor(99, "lãnh đạo khối", (Grant(Role.LEADER, block="khoi-1"),))

    with house.office.reading(of_block) as doing:
        found = histories_seen.of_round(doing, ROUND, 1).history

    assert [each.entry.deed for each in found.entries] == ["open-round"]


def numbers(history: History) -> list[int]:
    return [each.number for each in history.entries]


def test_pages_of_a_round_go_on_where_the_one_before_ended(long: House) -> None:
    first, second, third = (of_round(long, page) for page in (1, 2, 3))

    total = first.total
    assert [*numbers(first), *numbers(second), *numbers(third)] == list(range(total, 0, -1))
    assert first.pages == 3


@pytest.mark.parametrize("page", [0, 4])
def test_a_page_that_there_is_not_is_not_found(long: House, page: int) -> None:
    with pytest.raises(NotFound):
        of_round(long, page)


def test_a_deletion_is_explained_on_another_page_than_it_stands_on(long: House) -> None:
    long.office.do(SERVICE, blank.blank, f"round:{ROUND}", 3, "Công văn 12/SNV")

    entry = next(each.entry for each in of_round(long, 3).entries if each.number == 3)

    assert (entry.data or {})["reason"] == "Công văn 12/SNV"


def test_the_pages_of_a_sheet_go_on_where_the_one_before_ended(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(histories_seen, "PAGE", 2)
    for number in range(5):
        house.answer("so-noi-vu", "A2", f"{number}/7")

    with house.office.reading(house.actor("editor")) as doing:
        found = [histories_seen.of_sheet(doing, house.sheet(), page).history for page in (1, 2, 3)]

    assert [numbers(each) for each in found] == [[5, 4], [3, 2], [1]]
    assert {(each.total, each.pages) for each in found} == {(5, 3)}


def test_texts_are_read_of_the_entries_of_one_page_only(house: House) -> None:
    for number in range(5):
        house.answer("so-noi-vu", "A2", f"{number}/7")
    name = journal.assessment(house.sheet())

    with house.office.reading(SERVICE) as doing:
        outline = dict(history_pages.outline(doing.store, name))
        shown = history_pages.numbered(doing.store, name, [2, 4])

    assert [entry.data for entry in outline.values()] == [None] * 5
    assert [(each.number, (each.entry.data or {})["after"]) for each in shown] == [
        (4, "3/7"),
        (2, "1/7"),
    ]
