"""Scoring and ranking from files: decisions that cannot stand, faults of many files, tables."""

from pathlib import Path

import pytest

from evalsvc.catalog import sets, shelf
from evalsvc.catalog.faults import Faulty
from evalsvc.domain.errors import Refused
from evalsvc.domain.lines import Layer
from evalsvc.domain.outcome import Outcome
from evalsvc.usecases import from_files
from tests.small_round import COMMUNE, HAMLET

ROUND = """\
format: 1
round: V-2020
title: Năm 2020
year: 2020
layer: claimed
sets: {xa: xa.yaml, to: to.yaml}
blocks:
  - {code: I, name: Xã}
units:
  - {code: a, name: Xã A, kind: xa, block: I}
  - {code: b, name: Xã B, kind: xa, block: I}
  - {code: c, name: Xã C, kind: xa, block: I}
  - {code: d, name: Xã D, kind: xa, block: I}
  - {code: e, name: Xã E, kind: xa, block: I}
  - {code: f, name: Xã F, kind: xa, block: I}
"""
DONE = {"a": 80, "b": 70, "c": 70, "d": 20, "e": 50, "f": 50}
KEEP_B = "{quota: tot, keep: [b], reason: R}"
HAMLETS = "  - {code: t, name: T, kind: to, block: I, parent: a}\n"

# message, decisions
DECISIONS = [
    ("not-among-the-tied", ["{quota: tot, keep: [d], reason: R}"]),
    ("more-than-places-left", ["{quota: tot, keep: [b, c], reason: R}"]),
    ("decision-not-asked", ["{quota: tot, block: I, keep: [b], reason: R}"]),
    ("more-than-eligible", [KEEP_B, "{title: dvk, number: 3, reason: R}"]),
    ("number-outside-bounds", [KEEP_B, "{title: dvk, number: 2, reason: R}"]),
    ("not-among-the-tied", [KEEP_B, "{title: kk, give: [d], reason: R}"]),
    ("more-than-places-left", [KEEP_B, "{title: kk, give: [e, f], reason: R}"]),
]


def write(folder: Path, round_text: str = ROUND, commune: str = COMMUNE) -> Path:
    (folder / "xa.yaml").write_text(commune, "utf-8")
    (folder / "to.yaml").write_text(HAMLET, "utf-8")
    (folder / "round.yaml").write_text(round_text, "utf-8")
    answers = folder / "answers"
    answers.mkdir()
    for unit, done in DONE.items():
        put(answers / f"{unit}.yaml", unit, f"A1: {done}/80")
    return answers


def put(path: Path, unit: str, answer: str, more: str = "") -> None:
    text = f"format: 1\nunit: {unit}\nsubmitted: 5/12/2020\nanswers:\n  {answer}\n{more}"
    path.write_text(text, "utf-8")


def rank(folder: Path, answers: Path) -> Outcome:
    return from_files.ranked(folder / "round.yaml", [answers], shelf.finder(folder))


def told(folder: Path, answers: Path) -> list[tuple[str, str, int]]:
    with pytest.raises(Faulty) as error:
        rank(folder, answers)
    return [(each.message, Path(each.file).name, each.place.line) for each in error.value.faults]


@pytest.mark.parametrize(("message", "decisions"), DECISIONS)
def test_a_decision_that_cannot_stand_is_told(
    tmp_path: Path, message: str, decisions: list[str]
) -> None:
    text = ROUND + "decisions:\n" + "".join(f"  - {each}\n" for each in decisions)

    assert told(tmp_path, write(tmp_path, text)) == [(message, "round.yaml", 17)]


def test_faults_of_several_files_are_told_together_each_with_its_file(tmp_path: Path) -> None:
    answers = write(tmp_path)
    put(answers / "b.yaml", "b", "A1: 81/80")
    put(answers / "c.yaml", "c", "A9: 1")
    put(answers / "x.yaml", "x", "A1: 1/2")
    put(answers / "y.yaml", "a", "A1: 1/2")

    assert told(tmp_path, answers) == [
        ("more-than-due", "b.yaml", 5),
        ("no-such-line", "c.yaml", 5),
        ("unit-not-in-round", "x.yaml", 2),
        ("unit-answers-twice", "y.yaml", 2),
    ]


@pytest.mark.parametrize("mark", [",", ";"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_a_table_has_the_outcome_of_its_files(tmp_path: Path, mark: str, start: str) -> None:
    answers = write(tmp_path)
    rows = [["unit", "submitted", "A1"]]
    rows += [[unit, "5/12/2020", f"{done}/80"] for unit, done in DONE.items()]
    lines = [mark.join(row) for row in rows]
    table = tmp_path / "answers.csv"
    table.write_text(start + "\n\n".join([*lines, mark * 2]) + "\n", "utf-8")

    assert rank(tmp_path, table) == rank(tmp_path, answers)


def test_a_folder_without_answers_is_refused(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "empty").mkdir()

    with pytest.raises(Refused) as error:
        rank(tmp_path, tmp_path / "empty")
    assert error.value.message == "no-answer-files"


def test_what_the_round_counts_cannot_be_stated(tmp_path: Path) -> None:
    answers = write(tmp_path, ROUND + HAMLETS)
    put(answers / "a.yaml", "a", "A1: 1/2", "official: {A2: tot}\n")

    assert [each[0] for each in told(tmp_path, answers)] == ["stated-and-counted"]


def test_two_units_below_do_not_fit_a_line_for_one(tmp_path: Path) -> None:
    answers = write(tmp_path, ROUND + HAMLETS + HAMLETS.replace("code: t,", "code: u,"))

    assert [each[0] for each in told(tmp_path, answers)] == ["more-than-one-child"]


def test_points_of_units_with_different_scales_are_not_compared(tmp_path: Path) -> None:
    answers = write(tmp_path, commune=COMMUNE.replace("compare: scale", "compare: points"))
    put(answers / "b.yaml", "b", "A1: 1/2", "official: {A2: n/a khong-to}\n")

    assert [each[0] for each in told(tmp_path, answers)] == ["points-of-different-scales"]


@pytest.mark.parametrize(("message", "more"), [
    ("layer-not-reached", "kind: xa\nyear: 2020\n"),
    ("missing-key", "kind: xa\n"),
    ("missing-key", "year: 2020\n"),
    ("no-such-kind", "kind: so\nyear: 2020\n"),
    ("no-such-tag", "kind: xa\nyear: 2020\ntags: [lạ]\n"),
    ("set-not-valid-in-year", "kind: xa\nyear: 2016\n"),
])  # fmt: skip
def test_one_file_that_cannot_be_scored_is_told(tmp_path: Path, message: str, more: str) -> None:
    put(tmp_path / "a.yaml", "a", "A1: 1/2", more)
    criteria = sets.load("xa.yaml", COMMUNE.encode())

    with pytest.raises(Faulty) as error:
        from_files.scored(criteria, tmp_path / "a.yaml", Layer.FINAL)
    assert [each.message for each in error.value.faults] == [message]
