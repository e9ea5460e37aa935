"""Signing in, the forced first change of a password, one's own account, and the language."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.engine import Connection

from evalsvc.domain.access import SERVICE
from evalsvc.settings import Settings
from evalsvc.store import units
from evalsvc.store.database import Database
from evalsvc.store.sessions import session
from evalsvc.store.units import UnitRecord
from evalsvc.usecases import accounts
from evalsvc.usecases.work import Office
from tests.browsing import Page, Visitor
from tests.web.small_house import app_on

NAME, PASSWORD, WRONG = "so-noi-vu.bien-tap", "chim hót trên cành", "chim bay về tổ"
NEW, FIRST_NAME = "mưa rơi ngoài hiên", "quan-tri"
KNOWN = accounts.known_password(PASSWORD)
GENERIC = "Tên đăng nhập hoặc mật khẩu chưa đúng."
FORM = "/sign-in"


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)

    def __call__(self, _connection: Connection) -> datetime:
        return self.at

    def later(self, **words: float) -> None:
        self.at += timedelta(**words)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(sqlite_url: str, clock: Clock) -> Iterator[Office]:
    """Two accounts: a leader who also edits for a unit, and a new administrator."""
    made = Office(Database(sqlite_url), clock)
    with made.writing(SERVICE) as doing:
        units.put_all(doing.store, [UnitRecord("so-noi-vu", "Sở Nội vụ", "so", "khoi-1")])
        roles = accounts.grants_of(doing, ["editor@so-noi-vu", "evaluator@kind:so", "leader"])
        accounts.create(doing, NAME, "Sở Nội vụ, cán bộ", roles, KNOWN)
        admin = accounts.grants_of(doing, ["admin"])
        accounts.create(doing, FIRST_NAME, "Quản trị tỉnh", admin, KNOWN)
        first = accounts.FirstPassword(PASSWORD, KNOWN.hash)
        accounts.reset(doing, FIRST_NAME, first)
    yield made
    made.database.close()


@pytest.fixture
def app(office: Office) -> Flask:
    return app_on(office, Settings(organisation="Ủy ban nhân dân tỉnh Bình An"))


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app)


def enter(
    visitor: Visitor, password: str = PASSWORD, name: str = NAME, to: str = "/account", **more: int
) -> Page:
    visitor.get("account.sign_in", next=to)
    typed = {"Tên đăng nhập": name, "Mật khẩu": password}
    return visitor.submit(FORM, typed, **more)


def open_sessions(office: Office) -> int:
    with office.database.reading() as store:
        found = sa.select(sa.func.count()).where(session.c.ended_at.is_(None))
        return store.execute(found.select_from(session)).scalar_one()


# The door


def test_one_signs_in_and_comes_to_where_one_was_going(visitor: Visitor) -> None:
    page = visitor.get("account.mine")
    assert page.heading == "Đăng nhập"

    page = visitor.submit(FORM, {"Tên đăng nhập": NAME, "Mật khẩu": PASSWORD})

    assert page.address == "/account"
    assert "Sở Nội vụ, cán bộ" in page.text


def test_the_door_says_where_one_is(visitor: Visitor) -> None:
    page = visitor.get("account.sign_in")

    assert "Ủy ban nhân dân tỉnh Bình An" in page.text
    assert "Quên mật khẩu" in page.text
    assert [form.labels for form in page.forms] == [["Tên đăng nhập", "Mật khẩu"]]


def test_a_failure_keeps_the_name_and_not_the_password(visitor: Visitor) -> None:
    page = enter(visitor, WRONG, status=422)

    assert GENERIC in page.text
    assert page.form(FORM).value("Tên đăng nhập") == NAME
    assert page.form(FORM).value("Mật khẩu") == ""
    assert WRONG not in page.body.decode()


def test_an_unknown_name_is_answered_as_a_wrong_password(visitor: Visitor) -> None:
    known = enter(visitor, WRONG, status=422)
    unknown = enter(visitor, WRONG, "khong-co", status=422)

    assert known.text == unknown.text


def test_an_empty_field_is_named(visitor: Visitor) -> None:
    page = enter(visitor, "", status=422)

    assert "Mật khẩu: Chưa nhập mục này." in page.text
    assert page.document.ids["password"]["aria-invalid"] == "true"


def test_after_many_failures_one_is_told_how_long_to_wait(visitor: Visitor, clock: Clock) -> None:
    for _ in range(5):
        enter(visitor, WRONG, status=422)

    page = enter(visitor, status=429)
    assert "Chờ 2 giây" in page.text

    clock.later(seconds=2)
    assert enter(visitor).heading == "Tài khoản của tôi"


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "/\t/evil.example",
        "javascript:alert(1)",
        "account",
        "",
    ],
)
def test_the_door_leads_nowhere_else(visitor: Visitor, to: str) -> None:
    page = enter(visitor, to=to, follow=False, status=303)

    assert page.headers["Location"] == "/"


def test_whoever_is_signed_in_is_not_asked_again(visitor: Visitor) -> None:
    enter(visitor)

    assert visitor.get("account.sign_in", next="/account").address == "/account"


def test_signing_in_again_ends_the_session_that_ran_out(
    visitor: Visitor, office: Office, clock: Clock
) -> None:
    enter(visitor)
    clock.later(hours=3)

    enter(visitor)

    assert open_sessions(office) == 1


def test_a_form_from_elsewhere_does_not_sign_in(visitor: Visitor, office: Office) -> None:
    values = {"name": NAME, "password": PASSWORD, "csrf": "0" * 64}

    visitor.post("account.begin", status=400, data=values)

    assert open_sessions(office) == 0


def test_the_session_is_kept_from_scripts(visitor: Visitor) -> None:
    page = enter(visitor, follow=False, status=303)

    cookie = next(each for each in page.headers.getlist("Set-Cookie") if "session" in each)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Max-Age" not in cookie


# Out


def test_signing_out_ends_the_session(visitor: Visitor, office: Office) -> None:
    enter(visitor)

    page = visitor.submit(visitor.page.forms[0])

    assert page.heading == "Đăng nhập"
    assert "Đã đăng xuất." in page.text
    assert open_sessions(office) == 0
    assert visitor.get("account.mine").heading == "Đăng nhập"


def test_signing_out_everywhere_ends_every_session(
    app: Flask, visitor: Visitor, office: Office
) -> None:
    other = Visitor(app)
    enter(other)
    enter(visitor)
    assert "Số trình duyệt đang đăng nhập 2" in visitor.page.text

    page = visitor.submit("Đăng xuất khỏi mọi nơi")

    assert "Đã đăng xuất khỏi mọi trình duyệt." in page.text
    assert open_sessions(office) == 0
    assert other.get("account.mine").heading == "Đăng nhập"


@pytest.mark.parametrize("endpoint", ["account.sign_out", "account.sign_out_everywhere"])
def test_a_link_signs_nobody_out(visitor: Visitor, office: Office, endpoint: str) -> None:
    enter(visitor)

    visitor.get(visitor.path(endpoint), status=405)

    assert open_sessions(office) == 1


def test_a_session_that_ran_out_leads_to_the_door(visitor: Visitor, clock: Clock) -> None:
    enter(visitor)

    clock.later(hours=3)
    page = visitor.get("account.password")

    assert page.heading == "Đăng nhập"
    page = visitor.submit(FORM, {"Tên đăng nhập": NAME, "Mật khẩu": PASSWORD})
    assert page.address == "/account/password"


# One's own account


def test_one_sees_the_own_roles_in_words(visitor: Visitor) -> None:
    page = enter(visitor)

    assert page.table()[1:] == [
        ["1", "Người kê khai của đơn vị", "Sở Nội vụ", "Kê khai phiếu của đơn vị"],
        ["2", "Người thẩm định", "Các đơn vị loại so", "Thẩm định phiếu các đơn vị đã gửi"],
        ["3", "Lãnh đạo", "Tất cả đơn vị", "Xem các phiếu và bảng xếp hạng"],
    ]


def change(visitor: Visitor, old: str, new: str, again: str, status: int = 200) -> Page:
    typed = {
        "Mật khẩu hiện tại": old,
        "Mật khẩu mới": new,
        "Nhập lại mật khẩu mới": again,
    }
    return visitor.submit("/account/password", typed, status=status)


def test_one_changes_the_password_and_stays_signed_in(app: Flask, visitor: Visitor) -> None:
    other = Visitor(app)
    enter(other)
    enter(visitor)
    visitor.click("Đổi mật khẩu")

    page = change(visitor, PASSWORD, NEW, NEW)

    assert page.address == "/account"
    assert "Đã đổi mật khẩu." in page.text
    assert other.get("account.mine").heading == "Đăng nhập"
    assert enter(other, WRONG, status=422)
    assert enter(other, NEW).heading == "Tài khoản của tôi"


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ((WRONG, NEW, NEW), "old", "Mật khẩu hiện tại chưa đúng."),
        ((PASSWORD, NEW, WRONG), "again", "Hai lần nhập mật khẩu mới không giống nhau."),
        ((PASSWORD, "ngắn", "ngắn"), "new", "Mật khẩu quá ngắn."),
        ((PASSWORD, "Sở Nội vụ 2026", "Sở Nội vụ 2026"), "new", "Mật khẩu có chứa tên đăng nhập."),
        ((PASSWORD, PASSWORD, PASSWORD), "new", "Mật khẩu mới trùng với mật khẩu hiện tại."),
        ((PASSWORD, "", ""), "new", "Chưa nhập mục này."),
    ],
)
def test_a_fault_stands_at_its_field(
    visitor: Visitor, typed: tuple[str, str, str], field: str, said: str
) -> None:
    enter(visitor)
    visitor.click("Đổi mật khẩu")

    page = change(visitor, *typed, status=422)

    assert said in page.document.ids[f"{field}-error"].text
    assert page.link(next(each.text for each in page.document.all("a") if said in each.text))


def test_the_first_password_is_changed_before_anything_else(visitor: Visitor) -> None:
    page = enter(visitor, name=FIRST_NAME)
    assert page.heading == "Đặt mật khẩu mới"
    assert visitor.get("account.mine").heading == "Đặt mật khẩu mới"

    page = change(visitor, PASSWORD, NEW, NEW)

    assert "Đã đổi mật khẩu." in page.text
    assert visitor.get("account.mine").heading == "Tài khoản của tôi"


def test_after_the_first_change_one_comes_to_where_one_was_going(visitor: Visitor) -> None:
    enter(visitor, name=FIRST_NAME, to="/account?a=1")

    page = change(visitor, PASSWORD, NEW, NEW)

    assert page.address == "/account?a=1"


def test_a_form_that_was_open_long_is_still_good(visitor: Visitor, clock: Clock) -> None:
    enter(visitor)
    form = visitor.click("Đổi mật khẩu").form("/account/password")
    clock.later(days=2)
    enter(visitor)

    typed = {"Mật khẩu hiện tại": PASSWORD, "Mật khẩu mới": NEW, "Nhập lại mật khẩu mới": NEW}
    page = visitor.submit(form, typed)

    assert "Đã đổi mật khẩu." in page.text


# Language


def test_the_language_is_one_click_away_and_stays(visitor: Visitor) -> None:
    visitor.get("account.sign_in", next="/account")

    page = visitor.click("English")
    assert page.heading == "Sign in"
    assert page.root.first("input", name="next")["value"] == "/account"  # type: ignore[index]

    page = visitor.submit(FORM, {"Sign-in name": NAME, "Password": WRONG}, status=422)
    assert "The sign-in name or the password is not right." in page.text
    assert visitor.click("Tiếng Việt").heading == "Đăng nhập"


def test_there_are_two_languages(visitor: Visitor) -> None:
    visitor.get("account.language", code="fr", status=404)


def test_a_change_of_language_leads_nowhere_else(visitor: Visitor) -> None:
    page = visitor.get(
        "account.language", code="en", next="//evil.example", follow=False, status=302
    )

    assert page.headers["Location"] == "/"
