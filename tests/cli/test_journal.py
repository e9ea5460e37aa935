"""The journal from the machine room: sealed, compared, read, blanked; the log of the door."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result

from evalsvc.domain.access import SERVICE
from evalsvc.settings import Settings
from evalsvc.store import accounts, sign_ins
from evalsvc.store.database import Database
from evalsvc.store.sign_ins import Try
from evalsvc.usecases import password_hashes, sign_in
from evalsvc.usecases.sign_in import Caller
from evalsvc.usecases.work import Office
from tests.cli.conftest import Run
from tests.cli.test_machine_room import LATER, folder, opened, ready, said

__all__ = ["folder", "opened", "ready"]

NAME, ROUND = "so-noi-vu.bien-tap", "round:2027"
REASON = "Điện thoại của người gửi đơn: 0912 000 000"


def office(folder: Path) -> Office:
    return Office(Database(f"sqlite:///{folder / 'evalsvc.db'}"))


@pytest.fixture
def extended(run: Run, opened: Path) -> Path:
    """With an entry that holds what the law wants gone."""
    run("round", "extend", "2027", "so-y-te", "--until", LATER, "--reason", REASON)
    return opened


def blank(run: Run, number: int = 2, where: str = ROUND, lang: str = "en") -> Result:
    return run("journal", "blank", where, number, "--reason", "Công văn 12/SNV", lang=lang)


def test_an_anchor_is_printed_and_verified(run: Run, opened: Path) -> None:
    text = said(run("anchor"))
    path = opened / "anchor.txt"
    path.write_text(text, encoding="utf-8")

    shown = said(run("verify", "--anchor", path, lang="en"))

    assert text.splitlines()[0] == "evalsvc anchor 1"
    assert shown.splitlines()[1].endswith("streams hold what seal 1 saw.")


def test_an_anchor_is_written_to_a_file_and_its_seal_is_printed(run: Run, opened: Path) -> None:
    path = opened / "anchor.txt"

    shown = said(run("anchor", "--out", path))

    assert shown.strip() in path.read_text("utf-8").splitlines()
    assert said(run("anchor")) == path.read_text("utf-8")


def test_an_anchor_is_never_written_over(run: Run, opened: Path) -> None:
    path = opened / "anchor.txt"
    path.write_text("kept", encoding="utf-8")

    shown = said(run("anchor", "--out", path, lang="en"), 1)

    assert "exists" in shown
    assert path.read_text("utf-8") == "kept"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_sheet_that_is_gone_is_named(run: Run, opened: Path, lang: str) -> None:
    path = opened / "anchor.txt"
    run("anchor", "--out", path)
    made = office(opened).database
    with made.writing() as connection:
        for table, column in (("line", "assessment_id"), ("assessment", "id")):
            connection.execute(sa.text(f"DELETE FROM {table} WHERE {column} = 1"))  # noqa: S608
    made.close()

    assert run("verify").exit_code == 0
    result = run("verify", "--anchor", path, lang=lang)

    assert result.exit_code == 1
    assert "assessment:1:" in result.stdout


@pytest.mark.parametrize(
    ("content", "found"), [(b"\xff\xd8\xff", "no anchor"), (b"evalsvc anchor 1\n", "heads")]
)
def test_another_file_is_told(run: Run, opened: Path, content: bytes, found: str) -> None:
    path = opened / "anchor.txt"
    path.write_bytes(content)

    assert found in said(run("verify", "--anchor", path, lang="en"), 1)


def test_a_stream_is_shown(run: Run, extended: Path) -> None:
    shown = said(run("journal", "show", ROUND, lang="en")).splitlines()

    assert [line.split("  ")[0] for line in shown] == ["1", "2"]
    assert REASON in shown[1]


def test_a_text_is_deleted_and_the_journal_says_so(run: Run, extended: Path) -> None:
    done = said(blank(run))

    shown = said(run("journal", "show", ROUND)).splitlines()
    assert done == "The text of entry 2 of round:2027 is deleted, and 1 copies of it.\n"
    assert REASON not in "".join(shown)
    assert "Nội dung đã được xóa theo quy định ngày" in shown[1]
    assert shown[1].endswith("Lý do: Công văn 12/SNV")
    assert said(run("verify", lang="en")).startswith("All agree")


@pytest.mark.parametrize(
    ("number", "where", "found"),
    [(99, ROUND, "no entry 99"), (1, "2027/so-khac", "so-khac"), (1, "round:1999", "round:1999")],
)
def test_what_is_not_in_the_journal_is_told(
    run: Run, extended: Path, number: int, where: str, found: str
) -> None:
    assert found in said(blank(run, number, where), 1)


@pytest.fixture
def door(run: Run, ready: Path) -> Path:
    """Somebody has signed in, once in vain, and the password was set anew."""
    words = ("--label", "Sở Nội vụ", "--role", "editor@so-noi-vu")
    run("account", "create", NAME, *words)
    made, caller = office(ready), Caller("203.0.113.7", "a" * 64)
    with made.writing(SERVICE) as doing:
        hashed = password_hashes.known_password("chim hót trên cành").hash
        doing.store.execute(sa.text("UPDATE account SET password = :hash"), {"hash": hashed})
        sign_ins.add(doing.store, doing.now, Try(NAME, caller.address, caller.browser))
    token = sign_in.sign_in(made, NAME, "chim hót trên cành", caller).token
    sign_in.sign_out(made, token)
    made.database.close()
    run("account", "reset", NAME)
    return ready


def test_the_log_tells_what_happened_newest_first(run: Run, door: Path) -> None:
    shown = said(run("security-log", "--account", NAME, lang="en")).splitlines()

    assert [line.split("  ")[2] for line in shown] == [
        "new first password; signed out everywhere",
        "signed out",
        "signed in",
        "tried to sign in, in vain",
        "account made",
    ]
    assert "203.0.113.7" in shown[2]


def test_the_log_is_narrowed(run: Run, door: Path) -> None:
    later = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()

    assert said(run("security-log", "--most", "2")).count("\n") == 2
    assert said(run("security-log", "--since", later)) == ""
    assert said(run("security-log", "--account", "ai-khac")) == ""


def test_old_lines_are_swept_and_the_journal_keeps_its_own(run: Run, door: Path) -> None:
    made = office(door)
    with made.writing(SERVICE) as doing:
        of = accounts.get(doing.store, NAME)
        before = doing.now - timedelta(days=Settings().sign_in_days + 1)
        for table in ("sign_in", "security_log"):
            doing.store.execute(sa.text(f"UPDATE {table} SET at = :at"), {"at": f"{before:%F %T}"})  # noqa: S608
    made.database.close()
    stream = f"account:{of.id if of else 0}"

    swept = said(run("security-log", "--sweep", lang="en"))
    again = said(run("security-log", "--sweep", lang="en"))

    assert swept != again == "Removed: 0 lines of the security log, 0 sessions.\n"
    assert said(run("security-log")) == ""
    assert said(run("journal", "show", stream, lang="en")).count("\n") == 2
