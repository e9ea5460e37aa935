"""The door and one's own account in a real browser: no script needed, no barrier found."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from evalsvc.domain.access import SERVICE, Grant, Role
from evalsvc.settings import Settings
from evalsvc.store.database import Database
from evalsvc.usecases import accounts
from evalsvc.usecases.work import Office
from tests.browser import OpenPage, axe
from tests.live import Serve
from tests.web.small_house import app_on

NAME, PASSWORD = "quan-tri", "chim hót trên cành"


@pytest.fixture
def site(sqlite_url: str, serve: Serve) -> Iterator[str]:
    office = Office(Database(sqlite_url))
    first = accounts.known_password(PASSWORD)
    office.do(SERVICE, accounts.create, NAME, "Quản trị", [Grant(Role.ADMIN)], first)
    yield serve(app_on(office, Settings(organisation="Ủy ban nhân dân tỉnh Bình An")))
    office.database.close()


def enter(page: Page) -> None:
    page.goto("/sign-in?next=/account")
    page.get_by_label("Tên đăng nhập").fill(NAME)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def test_one_signs_in_and_out_without_scripts(site: str, open_page: OpenPage) -> None:
    page = open_page(site, javascript=False)

    enter(page)
    assert heading(page) == "Tài khoản của tôi"

    page.get_by_role("button", name="Đăng xuất", exact=True).first.click()
    assert heading(page) == "Đăng nhập"


def test_no_page_of_an_account_has_a_barrier(site: str, open_page: OpenPage) -> None:
    page = open_page(site)

    page.goto("/sign-in")
    assert axe(page) == []
    enter(page)
    assert axe(page) == []
    page.get_by_role("link", name="Đổi mật khẩu").click()
    assert heading(page) == "Đổi mật khẩu"
    assert axe(page) == []


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_page_of_mails_and_calendar_has_no_barrier_at_any_width(
    site: str, open_page: OpenPage, width: int
) -> None:
    """The address of the calendar has no place where it would break by itself."""
    page = open_page(site, viewport={"width": width, "height": 800})
    enter(page)
    page.goto("/account/mail")

    page.get_by_label("Địa chỉ thư điện tử").fill(f"{'van-thu.' * 7}x@{'so-noi-vu.' * 5}vn")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("button", name="Tạo địa chỉ mới").click()

    assert "/calendar/" in page.get_by_role("status").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page) == []
    page.goto("/account")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
