"""Explanations and returned lines in a real browser, with scripts and without."""

import pytest
from playwright.sync_api import Page, expect

from evalsvc.domain.line_course import Step
from tests.browser import axe, offline, switch_off
from tests.screens.conftest import Enter
from tests.web.evaluator import line_of
from tests.web.released import contested, handed_in, heard, released, returned, ruled
from tests.web.small_house import House

TEXT = "Có biên bản số 12."
OFF = ("ERR_FAILED", "409", "422")


def at(house: House) -> str:
    return f"/unit/assessments/{house.sheet()}/explanations"


def text_of(page: Page, code: str) -> str:
    return page.locator(f"#{code}-text").input_value()


def kept(house: House) -> str:
    draft = heard(house).lines[0].draft
    return draft.text if draft else ""


def test_an_explanation_saves_itself_and_the_head_sends_it(house: House, enter: Enter) -> None:
    released(house)
    page = enter("head", at(house))

    page.locator("#A2-text").fill(TEXT)
    page.locator("#A2-text").blur()
    expect(page.locator("#A2 + .formrow [data-draft]")).to_contain_text("Đã lưu 09:30")
    assert kept(house) == TEXT
    assert axe(page) == []
    page.get_by_role("button", name="Gửi giải trình A2").click()

    expect(page.get_by_text("Đã gửi giải trình cho A2.")).to_be_visible()
    assert line_of(house, "A2").step is Step.CONTESTED


def test_the_same_goes_without_javascript(house: House, enter: Enter) -> None:
    released(house)
    page = enter("head", at(house), javascript=False)

    page.locator("#A2-text").fill(TEXT)
    page.get_by_role("button", name="Lưu nháp A2").click()
    expect(page.get_by_text("Đã lưu nháp giải trình cho A2.")).to_be_visible()
    assert text_of(page, "A2") == TEXT
    page.get_by_role("button", name="Gửi giải trình A2").click()

    expect(page.get_by_text("Đã gửi giải trình cho A2.")).to_be_visible()
    assert line_of(house, "A2").step is Step.CONTESTED


def test_what_is_written_offline_is_delivered_later(house: House, enter: Enter) -> None:
    released(house)
    page = enter("editor", at(house), allow=OFF)
    with offline(page):
        page.locator("#A2-text").fill(TEXT)
        page.locator("#A2-text").blur()
        expect(page.locator("#A2 + .formrow [data-draft]")).to_contain_text("mất mạng")
        switch_off(page)

    fresh = page.context.new_page()
    fresh.goto(at(house))

    expect(fresh.locator("#A2 + .formrow [data-draft]")).to_contain_text("Đã lưu")
    assert text_of(fresh, "A2") == TEXT
    assert kept(house) == TEXT


def test_two_who_write_at_once_see_both(house: House, enter: Enter) -> None:
    released(house)
    page = enter("editor", at(house), allow=OFF)
    other = enter("second", at(house), allow=OFF)
    house.clock.later(minutes=1)
    other.locator("#A2-text").fill("Của phòng.")
    other.locator("#A2-text").blur()
    expect(other.locator("#A2 + .formrow [data-draft]")).to_contain_text("Đã lưu")

    page.locator("#A2-text").fill(TEXT)
    page.locator("#A2-text").blur()
    expect(page.locator("#A2 + .formrow [data-draft]")).to_contain_text("Hai bản")
    page.get_by_role("button", name="Lưu nháp A2").click()

    expect(page.locator(".conf")).to_contain_text("Của phòng.")
    assert text_of(page, "A2") == TEXT


def test_a_document_added_meanwhile_does_not_stand_in_the_way(house: House, enter: Enter) -> None:
    released(house)
    page = enter("head", at(house))
    page.locator("#A2-text").fill(TEXT)
    page.locator("#A2-text").blur()
    expect(page.locator("#A2 + .formrow [data-draft]")).to_contain_text("Đã lưu")

    part = page.locator("#A2 + .formrow [data-evidence]")
    part.locator("summary").first.click()
    part.locator("[name=number]").fill("12/BB")
    part.get_by_role("button", name="Thêm A2").click()
    expect(part.locator(".chip").first).to_contain_text("12/BB")
    page.get_by_role("button", name="Gửi giải trình A2").click()

    expect(page.get_by_text("Đã gửi giải trình cho A2.")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_returned_line_goes_back(house: House, enter: Enter, *, javascript: bool) -> None:
    returned(handed_in(house))
    path = f"/unit/sheets/{house.sheet()}/groups/A"
    page = enter("editor", path, javascript=javascript)

    page.locator("#A2--0").fill("6")
    page.get_by_role("button", name="Gửi lại A2").click()

    expect(page.get_by_text("Đã gửi lại dòng A2 cho Tổ thẩm định.")).to_be_visible()
    assert line_of(house, "A2").claim == "6/7"


def test_a_returned_line_that_is_saved_goes_back_at_the_first_click(
    house: House, enter: Enter
) -> None:
    returned(handed_in(house))
    page = enter("editor", f"/unit/sheets/{house.sheet()}/groups/A")
    page.locator("#A2--0").fill("6")
    page.locator("#A2--0").blur()
    expect(page.locator("#A2 [data-saved]")).to_contain_text("Đã lưu")

    page.get_by_role("button", name="Gửi lại A2").click()

    expect(page.get_by_text("Đã gửi lại dòng A2 cho Tổ thẩm định.")).to_be_visible()
    assert line_of(house, "A2").step is Step.CLAIMED


@pytest.mark.parametrize("width", [1280, 768, 360])
def test_no_page_stands_in_the_way_of_anybody(house: House, enter: Enter, width: int) -> None:
    released(house)
    contested(house)
    contested(house, "B1")
    ruled(house, "B1")
    page = enter("head", "/unit/", viewport={"width": width, "height": 800})
    result = f"/unit/assessments/{house.sheet()}/result"
    found = {}

    for path in ["/unit/", at(house), result, f"/unit/sheets/{house.sheet()}/groups/A"]:
        page.goto(path)
        found[path] = axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path

    assert {path: faults for path, faults in found.items() if faults} == {}
