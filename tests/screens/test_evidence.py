"""Documents in a real browser: sent with progress, gone on with after a cut line, looked at."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from evalsvc.domain.access import SERVICE
from evalsvc.store import documents
from tests.browser import axe, offline
from tests.files import made
from tests.screens.conftest import Enter
from tests.web.small_house import House, send_file

MEGABYTE = 1024 * 1024
BIG = made.pdf(3) + b"%" * (3 * MEGABYTE) + b"\n%%EOF\n"
OFF = ("ERR_FAILED", "409", "422")


def group(house: House, code: str = "A") -> str:
    return f"/unit/sheets/{house.sheet()}/groups/{code}"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "Báo cáo quý III.pdf"
    path.write_bytes(BIG)
    return path


def kept(house: House, code: str = "A1") -> list[tuple[str, int]]:
    with house.office.reading(SERVICE) as doing:
        found = documents.of_assessment(doing.store, house.sheet()).get(code, ())
    return [(each.document.name, each.document.size) for each in found]


def fill_in(page: Page, report: Path) -> None:
    part = page.locator("#A1-ev")
    part.get_by_text("Thêm tài liệu A1").click()
    part.get_by_label("Số, ký hiệu").fill("212/BC-SNV")
    part.get_by_label("Ngày ban hành").fill("5/11/2026")
    part.get_by_label("Trang cần xem").fill("tr. 2")
    part.get_by_label("Tệp", exact=True).set_input_files(report)


def test_a_file_is_sent_in_place_and_the_answer_goes_on(
    house: House, enter: Enter, report: Path
) -> None:
    page = enter("editor", group(house))
    fill_in(page, report)

    page.get_by_role("button", name="Thêm A1").click()

    expect(page.locator("#A1-ev .chip")).to_contain_text("212/BC-SNV, 05/11/2026, tr. 2 PDF")
    assert kept(house) == [(report.name, len(BIG))]
    page.locator("#A1--0").check()
    expect(page.locator("#A1 .cl")).to_have_text("2,00")
    expect(page.locator("[data-status]")).to_contain_text("Đã lưu")


def test_a_cut_line_only_costs_time(house: House, enter: Enter, report: Path) -> None:
    page = enter("editor", group(house), allow=OFF)
    pieces: list[str] = []

    def cut(route: Route) -> None:
        pieces.append(route.request.url)
        if 4 <= len(pieces) <= 6:
            route.abort()
        else:
            route.continue_()

    page.route("**/unit/uploads/*?at=*", cut)
    fill_in(page, report)
    page.get_by_role("button", name="Thêm A1").click()

    expect(page.locator("#A1-ev [data-said]")).to_contain_text("mất mạng")

    expect(page.locator("#A1-ev .chip")).to_contain_text("212/BC-SNV", timeout=30_000)
    assert kept(house) == [(report.name, len(BIG))]
    assert len(pieces) < 20


def test_the_same_goes_without_javascript(house: House, enter: Enter, report: Path) -> None:
    page = enter("editor", group(house), javascript=False)
    fill_in(page, report)

    page.get_by_role("button", name="Thêm A1").click()

    expect(page.locator("#A1-ev .chip")).to_contain_text("212/BC-SNV, 05/11/2026, tr. 2 PDF")
    assert kept(house) == [(report.name, len(BIG))]


def test_what_is_no_document_is_told_at_the_form(
    house: House, enter: Enter, tmp_path: Path
) -> None:
    page = enter("editor", group(house), allow=OFF)
    wrong = tmp_path / "ke-hoach.pdf"
    wrong.write_bytes(b"<html><script>alert(1)</script>")
    fill_in(page, wrong)

    page.get_by_role("button", name="Thêm A1").click()

    expect(page.locator("#A1-ev [data-said]")).to_contain_text("trang web")
    expect(page.locator("#A1-ev").get_by_label("Số, ký hiệu")).to_have_value("212/BC-SNV")


def test_a_file_that_is_empty_is_told_at_its_field(
    house: House, enter: Enter, tmp_path: Path
) -> None:
    page = enter("editor", group(house), allow=OFF)
    empty = tmp_path / "ke-hoach.pdf"
    empty.write_bytes(b"")
    fill_in(page, empty)

    page.get_by_role("button", name="Thêm A1").click()

    expect(page.locator("#A1-ev p.err")).to_contain_text("trống")
    expect(page.locator("#A1-ev-file")).to_have_attribute("aria-invalid", "true")


def test_the_fields_of_a_document_keep_apart_on_a_phone(house: House, enter: Enter) -> None:
    page = enter("editor", group(house), viewport={"width": 360, "height": 800})
    part = page.locator("#A1-ev")
    part.get_by_text("Thêm tài liệu A1").click()

    number, pages = part.locator(".ev__row .f:nth-child(1)"), part.locator(".ev__row .f:last-child")
    wanted, find = part.locator("[name=q]"), part.get_by_role("button", name="Tìm")

    assert apart(number, pages) >= 12
    assert apart(wanted, find) >= 8


def apart(one: Locator, other: Locator) -> float:
    """Pixels between two boxes, beside or below each other."""
    first, second = one.bounding_box(), other.bounding_box()
    assert first
    assert second
    beside = second["x"] - first["x"] - first["width"]
    return max(beside, second["y"] - first["y"] - first["height"])


def test_a_document_is_used_again_on_another_line(house: House, enter: Enter) -> None:
    send_file(house, "so-noi-vu", "A1", "a.pdf", made.pdf(), number="9/KH", title="Kế hoạch")
    page = enter("editor", group(house))
    part = page.locator("#A2-ev")
    part.get_by_text("Thêm tài liệu A2").click()

    part.get_by_label("Dùng lại tài liệu đã có").fill("kế hoạch")
    part.get_by_role("button", name="Tìm").click()
    part.get_by_role("button", name="Dùng ở đây").click()

    expect(page.locator("#A2-ev .chip")).to_contain_text("Kế hoạch, số 9/KH")


def test_reviewers_turn_pages_beside_the_line(house: House, enter: Enter) -> None:
    send_file(house, "so-noi-vu", "A1", "a.pdf", made.pdf(3), number="9/KH", pages="tr. 2")
    house.fill("so-noi-vu")
    house.submit("so-noi-vu")
    page = enter("evaluator", f"/review/sheets/{house.sheet()}/groups/A?line=A1")
    picture = page.get_by_role("img", name="Trang 2 của 9/KH")
    expect(picture).to_be_visible()
    expect(page.locator("[data-pages] img")).to_have_js_property("naturalWidth", 640)

    page.get_by_role("link", name="Trang sau").click()

    expect(page.get_by_text("Trang 3/3")).to_be_visible()
    expect(page.locator("[data-pages] img")).to_have_js_property("naturalWidth", 640)
    assert axe(page) == []


def test_the_pages_are_open_to_everybody(house: House, enter: Enter) -> None:
    send_file(house, "so-noi-vu", "A1", "a.pdf", made.pdf(3), number="9/KH")
    page = enter("editor", group(house))
    page.locator("#A1-ev").get_by_text("Thêm tài liệu A1").click()
    assert axe(page) == []

    page.goto(f"/unit/sheets/{house.sheet()}/lines/A1/evidence")
    assert axe(page) == []

    page.get_by_role("link", name="9/KH").first.click()
    expect(page.get_by_text("Trang 1/3").first).to_be_visible()
    assert axe(page) == []


def test_offline_from_the_start_it_waits(house: House, enter: Enter, report: Path) -> None:
    page = enter("editor", group(house))
    fill_in(page, report)

    with offline(page):
        page.get_by_role("button", name="Thêm A1").click()
        expect(page.locator("#A1-ev [data-said]")).to_contain_text("mất mạng")

    expect(page.locator("#A1-ev .chip")).to_contain_text("212/BC-SNV", timeout=30_000)
