"""evalsvc account …: made, reset, ended and listed on a database that stands."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from evalsvc.cli.account import command
from evalsvc.domain.access import SERVICE
from evalsvc.domain.errors import Refused
from evalsvc.store import accounts, units
from evalsvc.store.database import Database
from evalsvc.store.units import UnitRecord
from evalsvc.usecases import sign_in
from evalsvc.usecases.sign_in import Caller
from evalsvc.usecases.work import Office

NAME = "so-noi-vu.bien-tap"
CREATE = ("create", NAME, "--role", "editor@so-noi-vu", "--label", "Sở Nội vụ, cán bộ")
HERE = Caller("203.0.113.7", "a" * 64)

Account = Callable[..., Result]


@pytest.fixture
def url(sqlite_url: str) -> str:
    """With one unit."""
    database = Database(sqlite_url)
    with Office(database).writing(SERVICE) as doing:
        units.put_all(doing.store, [UnitRecord("so-noi-vu", "Sở Nội vụ", "so", "khoi-1")])
    database.close()
    return sqlite_url


@pytest.fixture
def account(url: str) -> Account:
    def run(*words: str, lang: str = "vi") -> Result:
        env = {"EVALSVC_DATABASE_URL": url, "EVALSVC_LANG": lang}
        return CliRunner().invoke(command, words, env=env)

    return run


def first_password(result: Result) -> str:
    (line,) = [each for each in result.output.splitlines() if "Mật khẩu đầu tiên: " in each]
    return line.partition(": ")[2]


def signs_in(url: str, password: str) -> bool:
    database = Database(url)
    try:
        return sign_in.sign_in(Office(database), NAME, password, HERE).must_change
    except Refused:
        return False
    finally:
        database.close()


def test_a_new_account_signs_in_with_the_password_that_is_printed_once(
    account: Account, url: str
) -> None:
    result = account(*CREATE)

    assert result.exit_code == 0
    assert result.output.splitlines()[:2] == [
        f"Tài khoản: {NAME} (Sở Nội vụ, cán bộ)",
        "Vai trò: editor@so-noi-vu",
    ]
    assert signs_in(url, first_password(result))


def test_a_reset_makes_the_old_password_worthless(account: Account, url: str) -> None:
    before = first_password(account(*CREATE))

    after = first_password(account("reset", NAME))

    assert not signs_in(url, before)
    assert signs_in(url, after)


def test_an_ended_account_is_listed_with_its_day(account: Account, url: str) -> None:
    first = first_password(account(*CREATE))

    result = account("end", NAME)

    assert result.output == f"Đã kết thúc tài khoản {NAME}.\n"
    assert not signs_in(url, first)
    assert "kết thúc ngày " in account("list").output


def test_accounts_are_listed_with_their_roles(account: Account) -> None:
    account(*CREATE)
    account("create", "lanh-dao", "--role", "leader", "--role", "admin", "--label", "Lãnh đạo tỉnh")

    assert account("list").output.splitlines() == [
        "lanh-dao  Lãnh đạo tỉnh  leader, admin  chưa đổi mật khẩu đầu tiên",
        f"{NAME}  Sở Nội vụ, cán bộ  editor@so-noi-vu  chưa đổi mật khẩu đầu tiên",
    ]


def test_an_empty_list_says_what_to_do(account: Account) -> None:
    result = account("list", lang="en")

    assert result.exit_code == 0
    assert "evalsvc account create NAME" in result.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("create", "Sở", "--role", "leader", "--label", "x"), "không dùng làm tên đăng nhập"),
        (("create", NAME, "--role", "editor@so-noi-v", "--label", "x"), "Có phải “so-noi-vu”"),
        (("create", NAME, "--role", "boss", "--label", "x"), "Không có vai trò “boss”."),
        (("reset", "khong-co"), "Không có tài khoản “khong-co”."),
        (("end", "khong-co"), "Không có tài khoản “khong-co”."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_done(
    account: Account, words: tuple[str, ...], said: str
) -> None:
    result = account(*words)

    assert result.exit_code == 1
    assert said in result.stderr
    assert "Chưa có tài khoản nào" in account("list").output


def emails(url: str) -> list[str]:
    database = Database(url)
    with Office(database).reading(SERVICE) as doing:
        found = doing.store.execute(accounts.account.select()).all()
    database.close()
    return [each.email for each in found]


def test_mails_go_where_the_account_says(account: Account, url: str) -> None:
    account(*CREATE, "--email", "van-thu@so-noi-vu.example.vn")
    assert emails(url) == ["van-thu@so-noi-vu.example.vn"]

    changed = account("email", NAME, "moi@so-noi-vu.example.vn")
    assert changed.output == f"Thư cho {NAME} được gửi đến moi@so-noi-vu.example.vn.\n"
    assert emails(url) == ["moi@so-noi-vu.example.vn"]

    assert account("email", NAME, "").output == f"{NAME} không nhận thư.\n"
    assert emails(url) == [""]


def test_what_is_no_mail_address_makes_no_account(account: Account, url: str) -> None:
    result = account(*CREATE, "--email", "van-thu")

    assert result.exit_code == 1
    assert "“van-thu” không phải là địa chỉ thư điện tử." in result.stderr
    assert emails(url) == []
