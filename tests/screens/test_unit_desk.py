"""The unit desk in a real browser: filling in, handing in, and never losing a word."""

import re

import pytest
from playwright.sync_api import Page, expect

from evalsvc.domain.access import SERVICE
from evalsvc.store import sessions
from evalsvc.usecases import assess
from tests.browser import axe, offline, switch_off
from tests.screens.conftest import Enter
from tests.web.small_house import PASSWORD, House, with_last_year

SAVED = re.compile("Đã lưu 09:30")
OFF = ("ERR_FAILED", "401", "409", "422")
"""What the browser itself writes on its console about answers that the page expects."""


def group(house: House, code: str) -> str:
    return f"/unit/sheets/{house.sheet()}/groups/{code}"


def settled(page: Page) -> None:
    """Everything that was typed has arrived."""
    expect(page.locator("[data-status]")).to_have_text(SAVED)
    page.wait_for_function("Object.keys(localStorage).length === 0")


def claim(house: House, code: str) -> str:
    """What is kept on a line."""
    visitor = house.visitor_of("second")
    found = visitor.get(f"{group(house, code[0])}")
    article = next(each for each in found.document.all("article") if each["id"] == code)
    return article.text


def test_a_group_is_filled_in_by_keyboard_and_the_head_hands_in(house: House, enter: Enter) -> None:
    house.fill("so-noi-vu", but=["A2", "A3"])
    page = enter("head", group(house, "A"))

    page.locator("#A3--0").focus()
    page.keyboard.press("Space")
    expect(page.locator("#A3 .cl")).to_have_text("3,00")
    page.locator("#A2--0").focus()
    page.keyboard.type("5")
    page.keyboard.press("Tab")
    page.keyboard.type("7")
    page.keyboard.press("Tab")
    expect(page.locator("#A2 .calc")).to_contain_text("5/7 văn bản × 4 điểm = 2,86")
    settled(page)
    page.goto("/unit/")
    page.get_by_role("link", name="Xem lại và nộp phiếu").first.click()
    page.get_by_label("Đồng ý nộp phiếu như hiện nay.").check()
    page.get_by_role("button", name="Nộp phiếu").click()

    expect(page.get_by_text("Phiếu đã được nộp.")).to_be_visible()


def test_the_same_goes_without_javascript(house: House, enter: Enter) -> None:
    house.fill("so-noi-vu", but=["A2"])
    page = enter("head", group(house, "A"), javascript=False)

    page.locator("#A2--0").fill("5")
    page.locator("#A2--1").fill("7")
    page.get_by_role("button", name="Lưu A2").click()
    expect(page.locator("#A2 .calc")).to_contain_text("= 2,86")
    page.goto(f"/unit/sheets/{house.sheet()}/submit")
    page.get_by_label("Đồng ý nộp phiếu như hiện nay.").check()
    page.get_by_role("button", name="Nộp phiếu").click()

    expect(page.get_by_text("Phiếu đã được nộp.")).to_be_visible()


def test_a_fault_is_shown_at_its_field_and_goes_when_it_is_put_right(
    house: House, enter: Enter
) -> None:
    page = enter("editor", group(house, "A"))

    page.locator("#A2--0").fill("8")
    page.locator("#A2--1").fill("7")
    page.locator("#A2--1").blur()
    expect(page.locator("#A2--0")).to_have_attribute("aria-invalid", "true")
    assert axe(page) == []
    page.locator("#A2--0").fill("7")
    page.locator("#A2--0").blur()

    expect(page.locator("#A2 .cl")).to_have_text("4,00")
    expect(page.locator("#A2 p.err")).to_have_count(0)


def test_a_fault_is_shown_as_soon_as_its_field_is_left_and_not_before(
    house: House, enter: Enter
) -> None:
    page = enter("editor", group(house, "A"))
    done, of = page.locator("#A2--0"), page.locator("#A2--1")

    done.fill("8")
    of.focus()
    expect(page.locator("#A2 [data-saved]")).to_have_text("Có lỗi")
    expect(page.locator("#A2 p.err")).to_have_count(0)
    of.fill("7")

    expect(done).to_have_attribute("aria-invalid", "true")
    expect(of).to_be_focused()


def test_fields_rest_while_the_line_is_not_applicable_and_are_empty_after_saving(
    house: House, enter: Enter
) -> None:
    page = enter("editor", group(house, "A"))
    done, reason = page.locator("#A2--0"), page.locator("#A2 [name=reason]")
    done.fill("5")

    reason.check()
    expect(done).to_be_disabled()
    settled(page)
    expect(done).to_have_value("")
    page.reload()
    expect(done).to_be_disabled()
    reason.uncheck()

    expect(done).to_be_enabled()
    settled(page)


def test_what_is_typed_offline_is_delivered_after_coming_back(house: House, enter: Enter) -> None:
    page = enter("editor", group(house, "A"), allow=OFF)

    with offline(page):
        page.locator("#A2--0").fill("5")
        page.locator("#A2--1").fill("7")
        page.locator("#A2--1").blur()
        expect(page.locator("#A2 [data-saved]")).to_have_text("Chưa lưu (mất mạng)")
    page.evaluate("dispatchEvent(new Event('online'))")

    settled(page)
    assert "5/7 văn bản" in claim(house, "A2")


def test_what_was_typed_offline_survives_closing_the_page(house: House, enter: Enter) -> None:
    page = enter("editor", group(house, "A"), allow=OFF)
    with offline(page):
        page.locator("#A2--0").fill("5")
        page.locator("#A2--1").fill("7")
        page.locator("#A2--1").blur()
        expect(page.locator("#A2 [data-saved]")).to_have_text("Chưa lưu (mất mạng)")
        switch_off(page)

    page = reopened(page, group(house, "A"))

    settled(page)
    expect(page.locator("#A2--0")).to_have_value("5")
    assert "5/7 văn bản" in claim(house, "A2")


def test_what_is_taken_back_at_once_leaves_nothing_behind(house: House, enter: Enter) -> None:
    page = enter("editor", group(house, "A"))

    page.locator("#A2--0").press_sequentially("5")
    page.locator("#A2--0").press("Backspace")

    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_what_waits_is_delivered_from_another_page_too(house: House, enter: Enter) -> None:
    page = enter("editor", group(house, "A"), allow=OFF)
    with offline(page):
        page.locator("#A1--0").check()
        expect(page.locator("#A1 [data-saved]")).to_have_text("Chưa lưu (mất mạng)")
        switch_off(page)

    page = reopened(page, "/unit/")

    expect(page.get_by_text("Nội dung giữ trong máy này đã được gửi: A1")).to_be_visible()
    assert "Có: 2,00" in claim(house, "A1")


def test_what_waits_is_shown_beside_the_line_that_changed_meanwhile(
    house: House, enter: Enter
) -> None:
    page = enter("editor", group(house, "A"), allow=OFF)
    with offline(page):
        page.locator("#A1--0").check()
        expect(page.locator("#A1 [data-saved]")).to_have_text("Chưa lưu (mất mạng)")
        switch_off(page)
    house.answer("so-noi-vu", "A1", "no", by="second")

    page = reopened(page, group(house, "A"))

    expect(page.locator("#A1 .conf")).to_contain_text("Phòng Tổ chức Sở Nội vụ")
    assert "Không: 0,00" in claim(house, "A1")


@pytest.mark.parametrize(
    ("button", "kept"),
    [
        (re.compile("Dùng bản của tôi: 2,86"), "5/7 văn bản"),
        (re.compile("Giữ bản đã lưu: 3,43"), "6/7 văn bản"),
    ],
)
def test_two_clerks_on_one_line_choose(
    house: House, enter: Enter, button: re.Pattern[str], kept: str
) -> None:
    page = enter("editor", group(house, "A"), allow=OFF)
    house.answer("so-noi-vu", "A2", "6/7", by="second")
    page.locator("#A2--0").fill("5")
    page.locator("#A2--1").fill("7")
    page.locator("#A2--1").blur()
    expect(page.locator("#A2 .conf")).to_be_visible()
    assert axe(page) == []

    page.get_by_role("button", name=button).click()

    expect(page.locator("#A2 .conf")).to_have_count(0)
    expect(page.locator("#A2 .calc")).to_contain_text(kept)
    page.wait_for_function("Object.keys(localStorage).length === 0")
    assert kept in claim(house, "A2")


def test_one_may_go_on_from_ones_own_version(house: House, enter: Enter) -> None:
    page = enter("editor", group(house, "A"), allow=OFF)
    house.answer("so-noi-vu", "A2", "6/7", by="second")
    page.locator("#A2--0").fill("5")
    page.locator("#A2--1").fill("7")
    page.locator("#A2--1").blur()

    page.get_by_role("button", name="Sửa tiếp từ bản của tôi").click()
    page.locator("#A2--0").fill("4")
    page.locator("#A2--0").blur()

    expect(page.locator("#A2 .calc")).to_contain_text("4/7 văn bản")
    settled(page)


def test_signed_out_in_between_the_text_stays_and_arrives_after_signing_in(
    house: House, enter: Enter
) -> None:
    page = answered_after_the_end(house, enter)
    page.get_by_role("link", name="Đăng nhập lại").click()

    page.get_by_label("Tên đăng nhập").fill("editor")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()

    expect(page.locator("#A1 .cl")).to_have_text("2,00")
    settled(page)
    assert "Có: 2,00" in claim(house, "A1")


def test_a_slow_click_on_signing_in_again_is_not_lost_to_the_next_attempt(
    house: House, enter: Enter
) -> None:
    page = answered_after_the_end(house, enter)
    page.get_by_role("link", name="Đăng nhập lại").hover()

    with page.expect_response(lambda answer: answer.request.method == "POST") as tried:
        page.mouse.down()  # the line is left, and tries once more
    tried.value.finished()
    expect(page.locator("[data-status]")).not_to_have_text(re.compile("Đang lưu"))
    page.mouse.up()

    expect(page.get_by_label("Tên đăng nhập")).to_be_visible()


def test_another_account_gets_nothing_of_it(house: House, enter: Enter) -> None:
    page = enter("editor", group(house, "A"), allow=(*OFF, "400"))
    with offline(page):
        page.locator("#A1--0").check()
        expect(page.locator("#A1 [data-saved]")).to_have_text("Chưa lưu (mất mạng)")
        switch_off(page)
    becomes(page, house, "second")

    page = reopened(page, group(house, "A"))

    expect(page.locator("#A1 .clw .no")).to_have_text("–")
    assert page.evaluate("Object.keys(localStorage).length") == 1
    assert "Có: 2,00" not in claim(house, "A1")


def test_signing_out_asks_before_it_removes_what_was_not_sent(house: House, enter: Enter) -> None:
    page = enter("editor", group(house, "A"), allow=OFF)
    page.context.route("**/lines/*", lambda route: route.abort("failed"))
    page.locator("#A1--0").check()
    expect(page.locator("#A1 [data-saved]")).to_have_text("Chưa lưu (mất mạng)")

    page.get_by_role("button", name="Đăng xuất").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("A1")
    assert axe(page) == []
    page.get_by_role("button", name="Chưa đăng xuất").click()
    assert page.evaluate("Object.keys(localStorage).length") == 1
    page.get_by_role("button", name="Đăng xuất").first.click()
    page.get_by_role("button", name="Xóa và đăng xuất").click()

    expect(page.get_by_label("Tên đăng nhập")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_what_comes_after_the_time_is_shown_and_not_counted(house: House, enter: Enter) -> None:
    page = enter("editor", group(house, "A"), allow=OFF)
    with offline(page):
        page.locator("#A2--0").fill("5")
        page.locator("#A2--1").fill("7")
        page.locator("#A2--1").blur()
        expect(page.locator("#A2 [data-saved]")).to_have_text("Chưa lưu (mất mạng)")
        switch_off(page)
    house.clock.later(days=13)
    becomes(page, house, "editor")

    page = reopened(page, group(house, "A"))

    expect(page.get_by_text("5; 7")).to_be_visible()
    expect(page.get_by_text("không được tính:")).to_be_visible()
    assert "5/7" not in claim(house, "A2")


def test_what_was_refused_is_not_sent_when_the_sheet_is_taken_back(
    house: House, enter: Enter
) -> None:
    house.fill("so-noi-vu")
    page = enter("editor", group(house, "A"), allow=OFF)
    house.submit("so-noi-vu")
    page.locator("#A2--0").fill("7")
    page.locator("#A2--0").blur()
    expect(page.get_by_text("không được tính:")).to_be_visible()
    house.office.do(house.actor("head"), assess.recall, house.sheet())
    sent: list[str] = []
    page.context.on("request", lambda asked: sent.append(asked.method))

    page.locator("#A2--0").focus()
    page.locator("#A2--0").blur()
    page = reopened(page, group(house, "A"))

    expect(page.get_by_text("7; 7")).to_be_visible()
    expect(page.locator("#A2--0")).to_have_value("5")
    page.get_by_role("button", name="Xóa nội dung này khỏi máy").click()
    assert page.evaluate("Object.keys(localStorage).length") == 0
    assert "POST" not in sent
    assert "5/7" in claim(house, "A2")


def test_last_years_answer_is_copied_in_place(house: House, enter: Enter) -> None:
    with_last_year(house)
    page = enter("editor", group(house, "A"))

    page.get_by_role("button", name="Chép lại A2").click()

    expect(page.locator("#A2 .cl")).to_have_text("4,00")
    expect(page.locator("#A2--0")).to_have_value("7")


@pytest.mark.parametrize("width", [1280, 360])
def test_no_page_stands_in_the_way_of_anybody(house: House, enter: Enter, width: int) -> None:
    house.fill("so-noi-vu", but=["A3", "P1"])
    sheet = f"/unit/sheets/{house.sheet()}"
    viewport = {"width": width, "height": 800}
    page = enter("head", "/unit/", viewport=viewport)
    pages = [f"{sheet}/groups/{code}" for code in "ABCTP"]
    found = {}

    result = f"/unit/assessments/{house.sheet()}/result"
    for path in ["/unit/", *pages, f"{sheet}/submit", f"{sheet}/print", result]:
        page.goto(path)
        found[path] = axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path

    assert {path: faults for path, faults in found.items() if faults} == {}


def reopened(page: Page, path: str) -> Page:
    """Another page in the same browser."""
    fresh = page.context.new_page()
    fresh.goto(path)
    return fresh


def becomes(page: Page, house: House, name: str) -> None:
    """Somebody else sits down at the same browser."""
    cookie = {"name": "evalsvc_session", "value": house.token(name)}
    page.context.clear_cookies(name="evalsvc_session")
    page.context.add_cookies([{**cookie, "domain": "127.0.0.1", "path": "/"}])


def answered_after_the_end(house: House, enter: Enter) -> Page:
    """A line was answered in a window in which nobody is signed in any more."""
    page = enter("editor", group(house, "A"), allow=(*OFF, "400"))
    end_sessions(house, "editor")
    page.locator("#A1--0").check()
    return page


def end_sessions(house: House, name: str) -> None:
    with house.office.writing(SERVICE) as doing:
        of = house.people[name].account or 0
        sessions.end_all(doing.store, of, doing.now)
