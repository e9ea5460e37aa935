"""evalsvc remind, and what it says to settings that cannot be right."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evalsvc.cli.remind import command
from evalsvc.cli.serve import command as serve
from evalsvc.domain.access import SERVICE
from evalsvc.store import units
from evalsvc.store.database import Database
from evalsvc.store.units import UnitRecord
from evalsvc.usecases.work import Office


@pytest.fixture
def url(sqlite_url: str) -> str:
    database = Database(sqlite_url)
    with Office(database).writing(SERVICE) as doing:
        units.put_all(doing.store, [UnitRecord("so-noi-vu", "Sở Nội vụ", "so", "khoi-1")])
    database.close()
    return sqlite_url


def run(url: str, **env: str) -> Result:
    given = {"EVALSVC_DATABASE_URL": url, "EVALSVC_LANG": "vi", **env}
    return CliRunner().invoke(command, [], env=given)


def test_a_house_without_addresses_is_told_nothing(url: str) -> None:
    result = run(url)

    assert result.exit_code == 0
    assert result.output.startswith("Thư đã viết: 0, đã gửi: 0")


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"EVALSVC_MAIL": "smtp//mail"}, "EVALSVC_MAIL"),
        ({"EVALSVC_MAIL": "smtp://mail.example.vn"}, "EVALSVC_MAIL_FROM"),
        ({"EVALSVC_REMIND_DAYS": "7;3"}, "EVALSVC_REMIND_DAYS"),
        ({"EVALSVC_REMIND_DAYS": "0"}, "EVALSVC_REMIND_DAYS"),
        ({"EVALSVC_ADDRESS": "danvan.example.vn"}, "EVALSVC_ADDRESS"),
    ],
)
def test_settings_that_cannot_be_right_stop_remind_and_serve(
    url: str, env: dict[str, str], said: str
) -> None:
    given = {"EVALSVC_DATABASE_URL": url, "EVALSVC_LANG": "vi", **env}

    for each in (command, serve):
        result = CliRunner().invoke(each, [], env=given)

        assert (result.exit_code, said in result.stderr) == (1, True)


def test_a_database_that_is_not_made_is_said(tmp_path: Path) -> None:
    result = run(f"sqlite:///{tmp_path / 'none.db'}")

    assert result.exit_code == 1
    assert "evalsvc init" in result.stderr
