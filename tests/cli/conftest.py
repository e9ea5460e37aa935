"""The command line, run in this process."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evalsvc.catalog.skeleton import skeleton
from evalsvc.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    def run(*words: object, lang: str = "vi") -> Result:
        env = {"EVALSVC_LANG": lang}
        return CliRunner().invoke(main, [str(word) for word in words], env=env)

    return run


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A sound criteria file."""
    path = tmp_path / "sound.yaml"
    path.write_text(skeleton(), encoding="utf-8")
    return path


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """The same with a misspelled key and a strange band."""
    path = tmp_path / "faulty.yaml"
    text = skeleton().replace("        step: 0.5\n", "        stpe: 0.5\n")
    path.write_text(text.replace("at-most: hoan-thanh", "at-most: gioi"), encoding="utf-8")
    return path
