"""evalsvc score and evalsvc rank, on the golden rounds."""

import csv
import io
import json
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parents[1] / "golden"
TRA_VINH = GOLDEN / "tra-vinh"
SHEET = TRA_VINH / "answers" / "so-noi-vu.yaml"
ROUNDS = {
    "tra-vinh": "answers",
    "quang-binh": "answers",
    "tan-yen": "answers.csv",
    "tan-yen-9": "answers.csv",
    "tan-yen-25": "answers.csv",
}


def test_score_prints_a_letter_that_ends_with_the_total(run):
    shown = run("score", TRA_VINH / "tv.yaml", SHEET)

    assert (shown.exit_code, shown.stderr) == (0, "")
    assert "Tổng điểm: 79,88/100." in shown.stdout


def test_score_as_json_has_exact_numbers_as_text(run):
    shown = run("score", TRA_VINH / "tv.yaml", SHEET, "--json")

    data = json.loads(shown.stdout)
    assert (data["total"], data["compared"], data["band"]) == ("79.88", "79.88", "kha")
    assert [step["step"] for step in data["steps"]] == [
        "base",
        "stretched",
        "bonus-added",
        "clamped",
    ]


def test_score_takes_the_layer_that_is_asked_for(run):
    shown = run("score", TRA_VINH / "tv.yaml", SHEET, "--layer", "claimed", "--json")

    assert json.loads(shown.stdout)["layer"] == "claimed"


@pytest.mark.parametrize("name", ROUNDS)
@pytest.mark.parametrize("form", [(), ("--csv",), ("--json",), ("--layer", "claimed")])
def test_rank_takes_every_golden_round(run, name, form):
    folder = GOLDEN / name

    shown = run("rank", folder / "round.yaml", folder / ROUNDS[name], *form)

    assert (shown.exit_code, shown.stderr) == (0, "")
    assert shown.stdout


def test_rank_says_the_same_in_whatever_order_the_files_are_named(run):
    files = sorted((TRA_VINH / "answers").iterdir())

    forward = run("rank", TRA_VINH / "round.yaml", *files, "--json")
    backward = run("rank", TRA_VINH / "round.yaml", *reversed(files), "--json")

    assert forward.stdout == backward.stdout


def test_ranking_as_csv_has_a_row_for_each_unit(run):
    folder = GOLDEN / "tan-yen-9"

    shown = run("rank", folder / "round.yaml", folder / "answers.csv", "--csv")

    rows = list(csv.DictReader(io.StringIO(shown.stdout_bytes.decode("utf-8-sig"))))
    data = json.loads(run("rank", folder / "round.yaml", folder / "answers.csv", "--json").stdout)
    placed = [each["unit"] for block in data["rankings"] for each in block["placings"]]
    assert [row["unit"] for row in rows if row["rank"]] == placed
    assert all("," not in row["total"] for row in rows)


def test_an_answer_that_does_not_fit_is_a_fault_with_its_place(run, tmp_path):
    wrong = tmp_path / "wrong.yaml"
    text = SHEET.read_text("utf-8").replace("answers:\n", "answers:\n  KHONG: yes\n", 1)
    wrong.write_text(text, encoding="utf-8")

    shown = run("score", TRA_VINH / "tv.yaml", wrong)

    assert (shown.exit_code, shown.stdout) == (1, "")
    assert f"{wrong}:" in shown.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("score", "TV-2019", "none.yaml"), "none.yaml: không có tệp này."),
        (("score", "none.yaml", SHEET), "none.yaml"),
        (("score", TRA_VINH / "tv.yaml", TRA_VINH), "đây là thư mục"),
        (("rank", "none.yaml", SHEET), "none.yaml: không có tệp này."),
        (("rank", TRA_VINH / "round.yaml", "none.yaml"), "none.yaml: không có tệp này."),
        (("rank", SHEET, SHEET), "so-noi-vu.yaml:"),
        (("rank", TRA_VINH / "tv.yaml", SHEET), "tv.yaml:"),
        (("score", TRA_VINH / "tv.yaml", TRA_VINH / "round.yaml"), "round.yaml:"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(run, words, said):
    shown = run(*words)

    assert (shown.exit_code, shown.stdout) == (1, "")
    assert said in shown.stderr
