"""A leader in a real browser: from the overview to a line's history, and out as files."""

import csv
import io
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Page, expect

from evalsvc.domain.access import SERVICE, Grant, Role
from evalsvc.store import accounts
from evalsvc.usecases import evaluate
from evalsvc.usecases.found import Found
from evalsvc.usecases.sheets import Seen
from tests.browser import OpenPage
from tests.live import Serve
from tests.web import small_house
from tests.web.small_house import After, House


def with_a_lower_line(house: House) -> House:
    """Two departments have handed in; a reviewer has lowered one line of the first."""
    built = small_house.with_last_year(house)
    for unit in ("so-noi-vu", "so-y-te"):
        built.fill(unit, but=("A1",) if unit == "so-y-te" else ())
        built.submit(unit)
    lead = built.actor("lead")
    found, reason = Found("vu 2; don 0"), "Theo kết luận thanh tra"
    built.office.do(lead, evaluate.adjust, built.sheet(), "B2", found, reason, Seen(1))
    return built


@pytest.fixture
def house(house_after: After) -> House:
    return house_after(with_a_lower_line)


def signed_in(house: House, page: Page, base: str) -> Page:
    cookie = {"name": "evalsvc_session", "value": house.token("leader"), "url": base}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    return page


@pytest.mark.parametrize("javascript", [True, False])
def test_a_leader_opens_a_rank_down_to_its_history_and_takes_it_out(
    house: House, serve: Serve, open_page: OpenPage, tmp_path: Path, *, javascript: bool
) -> None:
    base = serve(house.app)
    page = signed_in(house, open_page(base, javascript=javascript), base)

    page.goto("/lead/")
    page.get_by_role("link", name="Xem bảng xếp hạng").click()
    page.get_by_label("Tìm đơn vị (không cần dấu)").fill("noi vu")
    page.get_by_role("button", name="Xem").click()
    page.get_by_role("link", name="Sở Nội vụ").click()
    page.get_by_role("link", name="Không để xảy ra quan liêu, sách nhiễu").click()
    history = page.get_by_role("region", name="Lịch sử của dòng này").inner_text()
    page.get_by_role("link", name="Bảng xếp hạng").first.click()
    workbook = taken(page, "Bảng xếp hạng này XLSX", tmp_path)
    table = taken(page, "Số liệu kèm điểm từng dòng CSV", tmp_path)

    assert "Lý do: Theo kết luận thanh tra." in history
    sheet = openpyxl.load_workbook(workbook).worksheets[0]
    numbers = [cell.value for cell in next(row for row in sheet.iter_rows() if row[0].value == 1)]
    assert numbers[1] == "Sở Nội vụ"
    assert 16.86 in numbers
    rows = list(csv.reader(io.StringIO(table.read_text("utf-8-sig")), delimiter=";"))
    assert dict(zip(rows[0], rows[1], strict=True))["B2"] == "3,00"


def taken(page: Page, link: str, folder: Path) -> Path:
    """The file behind a link of the menu of files."""
    menu = page.get_by_text("Xuất", exact=True)
    if not page.get_by_role("link", name=link, exact=True).is_visible():
        menu.click()
    with page.expect_download() as started:
        page.get_by_role("link", name=link, exact=True).click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


HIDDEN_BY_ANOTHER = """() => [...document.querySelectorAll('.top a, .top button')].filter(link => {
  const box = link.getBoundingClientRect();
  if (!box.width) return false;
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return !top || !link.contains(top);
}).map(link => link.innerText)"""


@pytest.mark.parametrize("wide", [1181, 1280])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_menu_of_many_roles_hides_nothing(
    house: House, serve: Serve, open_page: OpenPage, wide: int, language: str
) -> None:
    with house.office.writing(SERVICE) as doing:
        account = house.actor("leader").account
        assert account is not None
        accounts.add_grant(doing.store, account, Grant(Role.LEAD))
    base = serve(house.app)
    page = signed_in(house, open_page(base, viewport={"width": wide, "height": 720}), base)

    page.goto(f"/language/{language}?next=/lead/")

    assert page.locator(".nav a").count() > 6
    assert page.evaluate(HIDDEN_BY_ANOTHER) == []
    assert page.evaluate("document.documentElement.scrollWidth") == wide


def test_a_small_screen_shows_the_totals_and_the_groups_where_asked_for(
    house: House, serve: Serve, open_page: OpenPage
) -> None:
    base = serve(house.app)
    page = signed_in(house, open_page(base, viewport={"width": 768, "height": 1024}), base)
    page.goto("/lead/ranking")
    table = page.get_by_role("region", name="Bảng xếp hạng")

    assert table.evaluate("each => each.scrollWidth <= each.clientWidth")
    page.get_by_role("link", name="Hiện điểm các nhóm").click()
    expect(table.get_by_role("columnheader", name="A", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Ẩn điểm các nhóm")).to_be_visible()
