"""An evaluator at work in a real browser: by keyboard, by unit, and without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import OpenPage, axe
from tests.live import Serve
from tests.web.evaluator import handed_in, line_of
from tests.web.small_house import ROUND, After, House

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@pytest.fixture
def ready(house_after: After) -> House:
    return house_after(handed_in)


class Desk:
    """The service on a server, with windows for whoever is to be signed in."""

    def __init__(self, house: House, serve: Serve, open_page: OpenPage) -> None:
        self.house, self.base, self.open_page = house, serve(house.app), open_page

    def window(self, name: str, *, size: dict[str, int] = WIDE, **options: Any) -> Page:
        conflict = ("409", "422")
        page = self.open_page(self.base, viewport=size, allow=conflict, **options)
        token = self.house.token(name)
        page.context.add_cookies([{"name": "evalsvc_session", "value": token, "url": self.base}])
        return page


@pytest.fixture
def desk(ready: House, serve: Serve, open_page: OpenPage) -> Desk:
    return Desk(ready, serve, open_page)


def test_one_criterion_for_all_units_by_keyboard_alone(desk: Desk) -> None:
    page = desk.window("evaluator")
    page.goto(f"/review/rounds/{ROUND}/criteria/A3")
    expect(page.get_by_role("link", name="Sở Nội vụ")).to_be_focused()

    page.keyboard.press("c")
    expect(page.get_by_role("link", name="Sở Y tế")).to_be_focused()
    page.get_by_role("radio", name="Chưa làm").focus()
    page.keyboard.press("Space")
    page.keyboard.press("l")
    page.keyboard.type("Chưa có quyết định sắp xếp.")
    page.keyboard.press("Control+Enter")

    expect(page.locator("[data-marked]")).to_have_text("2")
    first, second = line_of(desk.house, "A3"), line_of(desk.house, "A3", "so-y-te")
    assert (first.reviewed, second.reviewed) == ("mot-phan", "khong")


def test_a_reason_that_is_missing_is_asked_for_in_the_row(desk: Desk) -> None:
    page = desk.window("evaluator")
    page.goto(f"/review/rounds/{ROUND}/criteria/A2")

    page.get_by_label("Số văn bản đã quán triệt").fill("4")
    page.keyboard.press("Enter")

    expect(page.get_by_label("Lý do")).to_be_focused()
    expect(page.get_by_text("Thiếu lý do.").first).to_be_visible()
    expect(page.get_by_label("Số văn bản đã quán triệt")).to_have_value("4")
    page.keyboard.type("Một văn bản thuộc năm trước.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("link", name="Sở Y tế")).to_be_focused()
    assert line_of(desk.house, "A2").reviewed == "4/7"


def test_what_was_typed_is_still_there_after_looking_at_another_row(desk: Desk) -> None:
    page = desk.window("evaluator")
    page.goto(f"/review/rounds/{ROUND}/criteria/A2")
    page.get_by_label("Lý do").fill("Đang xem lại.")
    page.keyboard.press("Escape")

    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Sở Y tế")).to_be_focused()
    page.keyboard.press("k")

    expect(page.get_by_role("link", name="Sở Nội vụ")).to_be_focused()
    expect(page.get_by_label("Lý do")).to_have_value("Đang xem lại.")
    page.keyboard.press("c")
    expect(page.locator("[data-marked]")).to_have_text("1")


def test_the_list_of_groups_follows_what_is_saved(desk: Desk) -> None:
    page = desk.window("evaluator")
    page.goto(f"/review/sheets/{desk.house.sheet()}/groups/A")
    here = page.locator(".groups a[aria-current]")
    expect(here).to_contain_text("0/4")

    page.keyboard.press("c")

    expect(here).to_contain_text("1/4")
    expect(here.locator("svg")).to_have_attribute("aria-label", "Đã kê khai 1/4 tiêu chí")


def test_the_key_to_accept_is_offered_only_where_something_is_claimed(desk: Desk) -> None:
    page = desk.window("evaluator")
    key = page.locator("[data-key-accept]")
    page.goto(f"/review/sheets/{desk.house.sheet()}/groups/P")
    expect(key).to_be_visible()

    page.goto(f"/review/sheets/{desk.house.sheet()}/groups/C?line=C2")
    expect(key).to_be_hidden()
    page.keyboard.press("c")

    expect(page.locator("[data-said]")).to_have_text(
        "Đơn vị không kê khai dòng này; hãy tự cho điểm."
    )
    assert line_of(desk.house, "C2").reviewed is None


def test_fields_rest_while_a_reviewer_says_not_applicable(desk: Desk) -> None:
    page = desk.window("evaluator")
    page.goto(f"/review/sheets/{desk.house.sheet('so-y-te')}/groups/A?line=A2")
    done = page.get_by_label("Số văn bản đã quán triệt")
    expect(done).to_be_disabled()

    page.locator("[name=reason]").uncheck()

    expect(done).to_be_enabled()
    page.locator("[name=reason]").check()
    page.evaluate("document.querySelector('[data-touched]').removeAttribute('data-touched')")


def test_keys_can_be_switched_off_and_stay_off(desk: Desk) -> None:
    page = desk.window("evaluator")
    page.goto(f"/review/rounds/{ROUND}/criteria/A3")

    page.get_by_role("button", name="Tắt phím tắt").click()
    page.reload()
    page.get_by_role("link", name="Sở Nội vụ").focus()
    page.keyboard.press("c")

    expect(page.get_by_role("button", name="Bật phím tắt")).to_be_visible()
    assert line_of(desk.house, "A3").reviewed is None


def test_keys_do_nothing_while_somebody_types(desk: Desk) -> None:
    page = desk.window("evaluator")
    page.goto(f"/review/rounds/{ROUND}/criteria/A3")

    page.get_by_label("Lý do").press_sequentially("ccl?")

    expect(page.get_by_label("Lý do")).to_have_value("ccl?")
    assert line_of(desk.house, "A3").reviewed is None
    page.get_by_label("Lý do").fill("")
    page.evaluate("document.querySelector('[data-touched]').removeAttribute('data-touched')")


def test_somebody_who_was_faster_is_not_overwritten(desk: Desk) -> None:
    one, other = desk.window("evaluator"), desk.window("lead")
    for page in (one, other):
        page.goto(f"/review/rounds/{ROUND}/criteria/A3")
    other.get_by_role("button", name="Chấp nhận 1,50").click()
    expect(other.locator("[data-marked]")).to_have_text("1")

    one.get_by_role("radio", name="Chưa làm").check()
    one.get_by_label("Lý do").fill("Chưa có quyết định.")
    one.get_by_role("button", name="Lưu và sang dòng sau").click()

    expect(one.get_by_role("heading", name="Nội dung hiện có")).to_be_visible()
    assert line_of(desk.house, "A3").reviewed == "mot-phan"
    one.get_by_role("button", name="Lưu và sang dòng sau").click()
    expect(one.get_by_role("link", name="Sở Y tế")).to_be_focused()
    assert line_of(desk.house, "A3").reviewed == "khong"


def test_the_lead_reviews_a_unit_and_finishes(desk: Desk) -> None:
    page = desk.window("lead")
    page.goto(f"/review/rounds/{ROUND}/official/C1")
    page.get_by_label("Số, ký hiệu văn bản").fill("398/QĐ-UBND")
    page.get_by_label("Ngày ban hành văn bản").fill("22/4/2026")
    page.get_by_label("Chỉ số cải cách hành chính, Sở Nội vụ").fill("87,61")
    page.get_by_role("button", name="Lưu số liệu").click()
    expect(page.get_by_text("Đã lưu số liệu của 1 đơn vị.")).to_be_visible()

    id_ = desk.house.sheet()
    for group, lines in (("A", 4), ("B", 3), ("T", 1), ("P", 1)):
        page.goto(f"/review/sheets/{id_}/groups/{group}")
        for left in reversed(range(lines)):
            page.keyboard.press("c")
            expect(page.locator("[data-row][data-state=waiting]")).to_have_count(left)
            expect(page.locator("form[data-mark]")).to_have_count(min(left, 1))
    page.goto(f"/review/sheets/{id_}/groups/C?line=C2")
    page.get_by_role("radio", name="2,5", exact=True).check()
    page.get_by_role("button", name="Lưu và sang dòng sau").click()
    expect(page.locator("[data-row][data-state=waiting]")).to_have_count(0)

    page.goto(f"/review/sheets/{id_}/")
    page.get_by_role("button", name="Kết thúc thẩm định phiếu").click()

    expect(page.get_by_text("Đã kết thúc thẩm định Sở Nội vụ.")).to_be_visible()


def test_everything_works_without_javascript(desk: Desk) -> None:
    page = desk.window("evaluator", javascript=False)
    page.goto("/review/")
    page.get_by_role("link", name="Theo tiêu chí").first.click()
    page.get_by_role("link", name="Rà soát, sắp xếp bộ máy").click()

    page.get_by_role("button", name="Chấp nhận 1,50").click()
    page.get_by_role("radio", name="Chưa làm").check()
    page.get_by_label("Lý do").fill("Chưa có quyết định.")
    page.get_by_role("button", name="Lưu và sang dòng sau").click()

    expect(page.get_by_text("Chưa có quyết định.")).to_be_visible()
    assert line_of(desk.house, "A3", "so-y-te").reviewed == "khong"


PAGES = (
    "/review/",
    "/review/sheets/{id}/",
    "/review/sheets/{id}/groups/A",
    "/review/sheets/{id}/flags",
    "/review/rounds/{round}/criteria",
    "/review/rounds/{round}/criteria/A2",
    "/review/rounds/{round}/criteria/B1",
    "/review/rounds/{round}/official",
    "/review/rounds/{round}/official/C1",
)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "360"])
def test_no_page_stands_in_the_way(desk: Desk, size: dict[str, int]) -> None:
    page = desk.window("lead", size=size)
    found = {}
    for path in PAGES:
        page.goto(path.format(id=desk.house.sheet("so-y-te"), round=ROUND))
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found[path] = [*axe(page), *(["wider than the screen"] if wide else [])]

    assert {path: faults for path, faults in found.items() if faults} == {}
