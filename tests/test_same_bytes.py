"""The same files give the same bytes, whatever the hash seed, the time zone, the locale."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"
COMMANDS = {
    "rank as text": ("rank", "tra-vinh/round.yaml", "tra-vinh/answers"),
    "rank as JSON": ("rank", "tan-yen/round.yaml", "tan-yen/answers.csv", "--json"),
    "rank as CSV": ("rank", "quang-binh/round.yaml", "quang-binh/answers", "--csv"),
    "a set as HTML": ("criteria", "show", "QB-01", "--format", "html"),
    "the schema": ("criteria", "schema"),
}
PLACES = {
    "another hash seed": {"PYTHONHASHSEED": "4242"},
    "another time zone": {"TZ": "Asia/Ho_Chi_Minh"},
    "another locale": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
    "no UTF-8 locale": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
}


@cache
def printed(*words: str, **environment: str) -> bytes:
    command = [sys.executable, "-m", "evalsvc.cli", *words]
    usual = {"PYTHONHASHSEED": "0", "TZ": "UTC", **environment}
    done = subprocess.run(  # noqa: S603
        command, cwd=GOLDEN, env={**os.environ, **usual}, capture_output=True, check=True
    )
    return done.stdout


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_the_same_files_give_the_same_bytes(words: tuple[str, ...], place: dict[str, str]) -> None:
    here = printed(*words)

    there = printed(*words, **place)

    assert there == here
    assert here


def test_the_order_of_answer_files_does_not_matter() -> None:
    files = sorted(str(path) for path in (GOLDEN / "quang-binh" / "answers").iterdir())

    forwards = printed("rank", "quang-binh/round.yaml", *files)
    backwards = printed("rank", "quang-binh/round.yaml", *reversed(files))

    assert forwards == backwards
