"""The machine room: from an empty folder to a round that is open, extended, closed and verified."""

import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import fields
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from evalsvc.cli import main
from evalsvc.settings import Settings
from evalsvc.store.database import Database
from evalsvc.usecases import demo_texts
from tests.cli.conftest import Run
from tests.conftest import Files
from tests.usecases.test_rounds import FILE
from tests.web.small_sets import SO, XA

UNITS = """\
code,name,kind,block,order
so-noi-vu,Sở Nội vụ,so,khoi-1,1
so-y-te,Sở Y tế,so,khoi-1,2
doan,Đoàn thanh niên,doan-the,khoi-1,3
"""
LATER = "2027-12-05 17:00"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the files lie; the database beside them has not been made yet."""
    _write_files(tmp_path)
    monkeypatch.setenv("EVALSVC_DATABASE_URL", f"sqlite:///{tmp_path / 'evalsvc.db'}")
    return tmp_path


def _write_files(folder: Path) -> None:
    files = {"units.csv": UNITS, "round.yaml": FILE, "so.yaml": SO, "xa.yaml": XA}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def ready(folder: Path, sqlite_files: Files) -> Path:
    """With tables and units."""
    sqlite_files.fresh(_make_ready, folder / "evalsvc.db")
    return folder


def _make_ready(url: str) -> None:
    with TemporaryDirectory() as name:
        _write_files(Path(name))
        _run_on(url, "init")
        _run_on(url, "units", "import", f"{name}/units.csv")
        council(partial(_run_on, url))


def _run_on(url: str, *words: str) -> Result:
    result = CliRunner().invoke(main, words, env={"EVALSVC_DATABASE_URL": url})
    assert result.exit_code == 0, result.output
    return result


def council(run: Run) -> None:
    """Who reviews and who answers: without them no round is opened."""
    for name, role in (("tham-dinh", "evaluator"), ("to-truong", "lead")):
        run("account", "create", name, "--label", name, "--role", role)


@pytest.fixture
def opened(folder: Path, sqlite_files: Files) -> Path:
    sqlite_files.fresh(_open_round, folder / "evalsvc.db")
    return folder


def _open_round(url: str) -> None:
    _make_ready(url)
    with TemporaryDirectory() as name:
        _write_files(Path(name))
        _run_on(url, "round", "open", f"{name}/round.yaml")


def said(result: Result, code: int = 0) -> str:
    assert result.exit_code == code, result.output
    return result.stdout if code == 0 else result.stderr


@pytest.mark.parametrize(
    "words",
    [("round", "list"), ("verify",), ("demo",), ("serve",), ("units", "import", "units.csv")],
    ids=" ".join,
)
def test_without_tables_a_command_says_what_to_run(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(folder)

    shown = said(run(*words), 1)

    assert "evalsvc init" in shown


def test_init_says_where_the_database_is_and_may_be_repeated(run: Run, folder: Path) -> None:
    run("init")

    shown = said(run("init"))

    assert str(folder / "evalsvc.db") in shown


def test_upgrade_says_that_nothing_was_to_do(run: Run, ready: Path) -> None:
    shown = said(run("db", "upgrade", lang="en"))

    assert shown.startswith("The database is up to date")


@pytest.mark.parametrize(
    "words", [("init",), ("db", "upgrade"), ("round", "list"), ("serve", "--demo")], ids=" ".join
)
def test_the_database_of_a_newer_release_is_left_alone(
    run: Run, ready: Path, words: tuple[str, ...]
) -> None:
    database = Database(f"sqlite:///{ready / 'evalsvc.db'}")
    with database.writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()

    shown = said(run(*words, lang="en"), 1)

    assert "newer release" in shown


def test_a_wrong_setting_is_told(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVALSVC_PORT", "eighty")

    shown = said(run("round", "list", lang="en"), 1)

    assert "EVALSVC_PORT" in shown
    assert "a whole number" in shown


def test_a_misspelt_setting_is_told_in_vietnamese_with_the_nearest(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVALSVC_PROT", "8010")

    shown = said(run("round", "list"), 1)

    assert "Không có thiết lập nào tên EVALSVC_PROT." in shown
    assert "“EVALSVC_PORT”" in shown


def test_a_database_that_is_not_there_is_told(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVALSVC_DATABASE_URL", f"sqlite:///{folder}/no/such/folder/x.db")

    shown = said(run("init", lang="en"), 1)

    assert "unable to open database file" in shown


def test_a_dry_run_keeps_nothing(run: Run, folder: Path) -> None:
    run("init")

    first = said(run("units", "import", folder / "units.csv", "--dry-run", lang="en"))
    then = said(run("units", "import", folder / "units.csv", lang="en"))

    assert first.splitlines()[0] == then.splitlines()[0] == "New: 3: so-noi-vu, so-y-te, doan"


def test_faults_of_a_table_are_told_by_file_and_line(run: Run, folder: Path) -> None:
    run("init")
    path = folder / "units.csv"
    path.write_text(UNITS + "so-y-te,Sở Y tế,so,khoi-1,x\n", encoding="utf-8")

    shown = said(run("units", "import", path), 1)

    assert [line.partition("  ")[0] for line in shown.splitlines()[:-1]] == [
        f"{path}:5:1",
        f"{path}:5:5",
    ]


def test_a_round_is_opened_and_listed(run: Run, ready: Path) -> None:
    shown = said(run("round", "open", ready / "round.yaml", lang="en"))
    listed = said(run("round", "list"))

    assert "2 sheets, 22 lines" in shown
    assert "doan" in shown
    assert "2027  Đánh giá năm 2027  07:30" in listed


def test_a_fault_of_a_round_file_is_told(run: Run, ready: Path) -> None:
    path = ready / "round.yaml"
    path.write_text(FILE.replace("grace: 48h", "grace: soon"), encoding="utf-8")

    shown = said(run("round", "open", path), 1)

    assert "windows.assess.grace" in shown


def test_a_unit_and_a_block_are_given_more_time(run: Run, opened: Path) -> None:
    words = ("--until", LATER, "--reason", "Bão")

    one = said(run("round", "extend", "2027", "so-y-te", *words))
    all_of_them = said(run("round", "extend", "2027", "--block", "khoi-1", *words))

    assert "1 đơn vị" in one
    assert "2 đơn vị" in all_of_them


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("extend", "2027", "--until", "soon", "--reason", "x"), "soon"),
        (("extend", "2027", "so-khac", "--until", LATER, "--reason", "x"), "so-khac"),
        (("extend", "1999", "so-y-te", "--until", LATER, "--reason", "x"), "2027"),
        (("close", "2027", "--decision", "QĐ 15"), "2027"),
    ],
)
def test_what_cannot_be_done_with_a_round_is_told(
    run: Run, opened: Path, words: tuple[str, ...], found: str
) -> None:
    assert found in said(run("round", *words), 1)


def test_verify_says_that_all_agrees(run: Run, opened: Path) -> None:
    shown = said(run("verify", lang="en"))

    assert shown == "All agree: 2 sheets, 22 lines, 4 entries.\n"


def test_verify_names_every_difference(run: Run, opened: Path) -> None:
    database = Database(f"sqlite:///{opened / 'evalsvc.db'}")
    with database.writing() as connection:
        connection.execute(sa.text("UPDATE assessment SET answered = 7"))
    database.close()

    result = run("verify", lang="en")

    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"2027/{unit}: answered is kept as 7, but comes out as 0."
        for unit in ("so-noi-vu", "so-y-te")
    ]
    assert result.stderr == "2 differences.\n"


def test_the_demo_is_refused_where_there_are_units(run: Run, ready: Path) -> None:
    shown = said(run("demo", lang="en"), 1)

    assert "EVALSVC_DATABASE_URL" in shown


class TestServing:
    """The real process, on a port of its own."""

    @pytest.fixture
    def process(self, ready: Path) -> Iterator[subprocess.Popen[str]]:
        code = "from evalsvc.cli import main; main()"
        env = {
            "EVALSVC_DATABASE_URL": f"sqlite:///{ready / 'evalsvc.db'}",
            "EVALSVC_PORT": "0",
            "EVALSVC_LANG": "en",
        }
        with subprocess.Popen(  # noqa: S603
            [sys.executable, "-u", "-c", code, "serve"], env=env, stdout=subprocess.PIPE, text=True
        ) as started:
            yield started
            started.kill()

    def test_it_says_where_it_runs_answers_and_stops_when_told(
        self, process: subprocess.Popen[str]
    ) -> None:
        assert process.stdout is not None
        line = process.stdout.readline()
        address = line.split()[4]

        with urllib.request.urlopen(f"{address}/sign-in") as answer:  # noqa: S310
            status = answer.status
        process.send_signal(signal.SIGTERM)

        assert status == 200
        assert process.wait(20) == 0


class TestTheManual:
    """docs/operations.md: what it shows can be used as it stands."""

    TEXT = (Path(__file__).parents[2] / "docs" / "operations.md").read_text("utf-8")

    def fenced(self, language: str) -> str:
        return self.TEXT.partition(f"```{language}\n")[2].partition("```")[0]

    def test_it_names_every_setting_and_its_usual_value(self) -> None:
        shown = {
            line.split(" | ")[0].strip("| `"): line.split(" | ")[1].strip("`")
            for line in self.TEXT.splitlines()
            if line.startswith("| `EVALSVC_")
        }

        usual = {
            f"EVALSVC_{each.name.upper()}": getattr(Settings(), each.name)
            for each in fields(Settings)
        }
        words = {True: "1", False: "0", "": "empty"}
        assert shown == {
            **{name: str(words.get(value, value)) for name, value in usual.items()},
            "EVALSVC_LANG": "vi",
        }

    def test_its_table_of_units_and_its_round_can_be_used(self, run: Run, folder: Path) -> None:
        (folder / "units.csv").write_text(self.fenced("csv"), encoding="utf-8")
        (folder / "round.yaml").write_text(self.fenced("yaml"), encoding="utf-8")
        commune = demo_texts.FOLDER / "ba-xa.yaml"
        shutil.copyfile(commune, folder / "xa-2026.yaml")
        run("init")
        council(run)

        units = said(run("units", "import", folder / "units.csv", lang="en"))
        opened = said(run("round", "open", folder / "round.yaml", lang="en"))

        assert units.startswith("New: 5")
        assert opened.startswith("Round 2026 is open: 3 sheets")
