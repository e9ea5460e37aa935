"""The course of lines in a real browser: many at once, a return, reasons, two marks; narrow too."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import OpenPage, axe
from tests.files import made
from tests.live import Serve
from tests.web import small_house
from tests.web.evaluator import line_of
from tests.web.reviewing import DOUBLE, LABELS, mark, with_parts
from tests.web.small_house import ROUND, After, House
from tests.web.test_evaluator_in_browser import NARROW, Desk

UNSENT = "Bổ sung danh mục văn bản."


@pytest.fixture
def desk(house_after: After, serve: Serve, open_page: OpenPage) -> Desk:
    return Desk(house_after(with_parts), serve, open_page)


def test_lines_are_ticked_by_a_key_and_accepted_together(desk: Desk) -> None:
    page = desk.window("evaluator")
    page.goto(f"/review/sheets/{desk.house.sheet()}/groups/B")

    page.keyboard.press("x")
    page.keyboard.press("j")
    expect(page.locator("#line-B2 form[data-mark]")).to_be_visible()
    page.keyboard.press("x")
    page.get_by_role("button", name="Chấp nhận các dòng đã chọn").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Đã chấp nhận 2 dòng")
    assert axe(page) == []
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 dòng đã trở lại chờ chấm")


def test_what_was_marked_in_place_is_no_longer_among_those_that_wait(desk: Desk) -> None:
    page = desk.window("evaluator")
    page.goto(f"/review/sheets/{desk.house.sheet()}/groups/B")
    page.keyboard.press("c")
    expect(page.locator("#line-B2 form[data-mark]")).to_be_visible()

    page.get_by_role("button", name="Chấp nhận mọi dòng còn lại của trang này").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Đã chấp nhận 2 dòng")
    assert "Giữ nguyên" not in page.content()


def test_a_line_is_returned_from_its_row_without_a_question_about_unsent_text(desk: Desk) -> None:
    page = desk.window("evaluator")
    page.goto(f"/review/rounds/{ROUND}/criteria/A2")

    page.get_by_text("Trả dòng này để đơn vị bổ sung").click()
    page.get_by_label("Nội dung cần bổ sung").fill(UNSENT)
    assert axe(page) == []
    page.get_by_role("button", name="Trả lại đơn vị").click()

    expect(page.get_by_text("Đã trả dòng A2")).to_be_visible()
    assert line_of(desk.house, "A2").returned_because == UNSENT


def test_keys_lead_to_the_form_that_returns_a_line_and_to_its_document(
    house: House, serve: Serve, open_page: OpenPage
) -> None:
    small_house.send_file(house, "so-noi-vu", "A2", "bien-ban.pdf", made.pdf())
    desk = Desk(with_parts(house), serve, open_page)
    page = desk.window("evaluator")
    page.goto(f"/review/sheets/{desk.house.sheet()}/groups/A?line=A2")

    page.keyboard.press("t")
    expect(page.get_by_label("Hạn bổ sung")).to_be_focused()
    page.keyboard.press("Escape")
    with page.expect_popup() as opened:
        page.keyboard.press("e")

    expect(opened.value).to_have_title(re.compile("bien-ban"))


def test_a_reason_used_before_fills_the_field(desk: Desk) -> None:
    mark(desk.house, "evaluator", "4/7", UNSENT, code="A2")
    page = desk.window("evaluator")
    page.goto(f"/review/rounds/{ROUND}/criteria/A2?row={desk.house.sheet('so-y-te')}")

    page.get_by_label("Hoặc chọn lý do đã dùng").select_option(UNSENT)

    expect(page.get_by_label("Lý do (đơn vị sẽ đọc được)")).to_have_value(UNSENT)


@pytest.mark.parametrize("size", [{"width": 1280, "height": 900}, NARROW])
def test_both_marks_stand_side_by_side_and_the_lead_enters_the_value(
    desk: Desk, size: dict[str, int]
) -> None:
    mark(desk.house, "seat-1", "het", "Đủ hồ sơ.")
    mark(desk.house, "seat-2", "khong", "Không có hồ sơ.")
    page = desk.window("lead", size=size)
    page.goto(f"/review/sheets/{desk.house.sheet()}/groups/A?line={DOUBLE}")

    expect(page.get_by_text("Hai lượt chấm độc lập")).to_be_visible()
    expect(page.get_by_role("heading", name=LABELS["seat-2"])).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("radio", name="Hoàn thành một phần").check()
    page.get_by_role("button", name="Lưu giá trị thống nhất").click()

    expect(page.locator("[data-saved-at]")).not_to_be_empty()
    assert line_of(desk.house, DOUBLE).reviewed == "mot-phan"
