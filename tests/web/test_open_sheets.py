"""Reviewers do not read what a unit writes before it hands in, by whichever address they ask."""

import pytest

from evalsvc.usecases import assess
from tests.web.small_house import After, House

NOTE = "Chưa kiểm tra lại số liệu này"
REVIEWERS = ("evaluator", "lead")


def answered(house: House) -> House:
    """Answered, and not handed in."""
    house.fill("so-noi-vu")
    house.answer("so-noi-vu", "A2", "4/7", NOTE)
    return house


@pytest.fixture
def open_(house_after: After) -> House:
    return house_after(answered)


def read(house: House, who: str, where: str, status: int = 200, **values: object) -> str:
    visitor = house.visitor_of(who)
    path = visitor.path(where, id=house.sheet(), **values)
    with visitor.client.get(path, headers={"Accept": "application/json"}) as answer:
        assert answer.status_code == status
        return str(answer.get_data(as_text=True))


@pytest.mark.parametrize("who", REVIEWERS)
def test_a_history_does_not_tell_answers_before_they_are_handed_in(open_: House, who: str) -> None:
    page = open_.visitor_of(who).get("evaluate.history", id=open_.sheet())

    assert ("A2" in page.text, "4/7" in page.text) == (False, False)


@pytest.mark.parametrize("who", REVIEWERS)
def test_a_line_is_not_opened_for_a_script_before_it_is_handed_in(open_: House, who: str) -> None:
    found = read(open_, who, "evaluate.group", 422, code="A", line="A2")

    assert NOTE not in found


@pytest.mark.parametrize("who", REVIEWERS)
def test_an_official_line_is_opened_before_that(open_: House, who: str) -> None:
    read(open_, who, "evaluate.group", code="C", line="C1")


@pytest.mark.parametrize("who", REVIEWERS)
def test_the_pages_say_that_it_is_not_handed_in(open_: House, who: str) -> None:
    visitor = open_.visitor_of(who)

    pages = [
        visitor.get("evaluate.sheet", id=open_.sheet()),
        visitor.get("evaluate.group", id=open_.sheet(), code="A", line="A2"),
        visitor.get("evaluate.group", id=open_.sheet(), code="C"),
    ]

    assert [NOTE in page.text for page in pages] == [False] * 3
    assert ["Đơn vị chưa nộp" in page.text for page in pages] == [True] * 3


@pytest.mark.parametrize("who", REVIEWERS)
def test_a_recalled_sheet_is_the_units_own_again(open_: House, who: str) -> None:
    open_.submit("so-noi-vu")
    open_.office.do(open_.actor("head"), assess.recall, open_.sheet())

    page = open_.visitor_of(who).get("evaluate.history", id=open_.sheet())

    assert "A2" not in page.text


@pytest.mark.parametrize("who", REVIEWERS)
def test_the_history_is_read_once_it_is_handed_in(open_: House, who: str) -> None:
    open_.submit("so-noi-vu")

    page = open_.visitor_of(who).get("evaluate.history", id=open_.sheet())

    assert "A2" in page.text


def test_a_leader_still_reads_the_history_of_an_open_sheet(open_: House) -> None:
    page = open_.visitor_of("leader").get("lead.history", id=open_.sheet())

    assert "A2" in page.text


@pytest.mark.parametrize("button", ["Lưu và sang dòng sau Enter", "Chấp nhận 2,29 C"])
def test_a_mark_on_a_sheet_that_was_recalled_meanwhile_says_so_without_its_answers(
    open_: House, button: str
) -> None:
    open_.submit("so-noi-vu")
    visitor = open_.visitor_of("evaluator")
    visitor.get("evaluate.group", id=open_.sheet(), code="A", line="A2")
    open_.office.do(open_.actor("head"), assess.recall, open_.sheet())

    page = visitor.submit(
        f"/review/sheets/{open_.sheet()}/lines/A2/adjust", button=button, status=422
    )

    assert ("Đơn vị chưa nộp" in page.text, NOTE in page.text) == (True, False)


def test_the_lead_reads_no_total_of_a_sheet_that_is_not_handed_in(open_: House) -> None:
    page = open_.visitor_of("lead").get("evaluate.decision", id=open_.sheet())

    assert "Tự chấm –" in page.text
