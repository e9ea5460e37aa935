"""evalsvc criteria new, show, schema, diff."""

import csv
import io
import json

import pytest

from evalsvc import resources
from evalsvc.catalog.skeleton import skeleton

CODES = ("TV-2019", "TY-2017", "QB-01", "BDVTW-2017", "BDVTW-M", "HDND-2018", "TY-B")


def test_new_prints_a_file_that_check_finds_sound(run, tmp_path):
    path = tmp_path / "set.yaml"

    made = run("criteria", "new", path)

    assert (made.exit_code, made.output) == (0, "")
    assert run("criteria", "check", path).exit_code == 0
    assert path.read_text("utf-8") == run("criteria", "new").stdout


def test_new_never_writes_over_a_file(run, sound):
    before = sound.read_bytes()

    shown = run("criteria", "new", sound)

    assert shown.exit_code == 1
    assert "không ghi đè" in shown.stderr
    assert sound.read_bytes() == before


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("form", ["text", "html", "csv"])
@pytest.mark.parametrize("code", CODES)
def test_every_shipped_set_can_be_shown(run, code, form, lang):
    shown = run("criteria", "show", code, "--format", form, lang=lang)

    assert (shown.exit_code, shown.stderr) == (0, "")
    assert len(shown.stdout) > 1000


def test_show_takes_a_file_too(run, sound):
    assert "MAU-2026" in run("criteria", "show", sound).stdout


def test_show_of_a_kind_leaves_out_what_is_not_on_its_sheet(run):
    shown = run("criteria", "show", "TY-B", "--kind", "khoi").stdout

    assert "B7  " not in shown
    assert "B8  " in shown


def test_show_of_a_strange_kind_names_the_kinds(run):
    shown = run("criteria", "show", "TV-2019", "--kind", "phuong")

    assert (shown.exit_code, shown.stdout) == (1, "")
    assert "so, huyen, xa" in shown.stderr


def test_show_of_a_strange_set_names_the_sets(run):
    shown = run("criteria", "show", "TV-2091")

    assert (shown.exit_code, shown.stdout) == (1, "")
    assert "TV-2019" in shown.stderr


def test_show_of_a_faulty_file_keeps_faults_out_of_the_table(run, faulty):
    shown = run("criteria", "show", faulty)

    assert (shown.exit_code, shown.stdout) == (1, "")
    assert "stpe" in shown.stderr


def test_csv_has_one_row_for_each_line(run):
    shown = run("criteria", "show", "TY-B", "--format", "csv")

    text = shown.stdout_bytes.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert shown.stdout_bytes.startswith(b"\xef\xbb\xbf")
    assert [row[1] for row in rows] == ["Mã", "B", *(f"B{n}" for n in range(1, 9)), ""]


def test_schema_is_json_and_says_its_dialect(run):
    schema = json.loads(run("criteria", "schema").stdout)

    assert schema["$schema"].endswith("2020-12/schema")


def test_help_of_schema_shows_how_to_point_an_editor_at_it(run):
    assert "# yaml-language-server: $schema=" in run("criteria", "schema", "--help").stdout


def test_diff_says_a_changed_number_in_one_line(run, sound, tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text(skeleton().replace("step: 0.5", "step: 2.5"), encoding="utf-8")

    shown = run("criteria", "diff", sound, other)

    assert (shown.exit_code, shown.stdout) == (0, "C2 bước điểm 0,5 → 2,5\n")


def test_diff_of_the_same_text_says_so(run, sound):
    assert run("criteria", "diff", sound, sound).stdout == "Không có gì khác.\n"


def test_diff_of_comments_alone_says_so(run, sound, tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text(f"# ghi thêm\n{skeleton()}", encoding="utf-8")

    assert "Chỉ khác chú thích" in run("criteria", "diff", sound, other).stdout


def test_diff_as_json_has_the_same_lines_as_text(run, sound):
    told = run("criteria", "diff", "TY-B", sound).stdout.splitlines()

    found = json.loads(run("criteria", "diff", "TY-B", sound, "--json").stdout)

    assert [change["text"] for change in found["changes"]] == told


def test_diff_of_a_faulty_file_shows_its_faults(run, sound, faulty):
    shown = run("criteria", "diff", sound, faulty)

    assert (shown.exit_code, shown.stdout) == (1, "")
    assert "stpe" in shown.stderr


def test_sets_that_ship_are_found_by_code_whatever_the_folder(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert run("criteria", "diff", "TY-B", "TY-B").exit_code == 0
    assert resources.criteria().is_dir()
