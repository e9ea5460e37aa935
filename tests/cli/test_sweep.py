"""evalsvc sweep: what uploads left behind goes, and the second time nothing does."""

import os
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from evalsvc.cli import main


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a service whose database has its tables."""
    monkeypatch.setenv("EVALSVC_DATABASE_URL", f"sqlite:///{tmp_path}/evalsvc.db")
    monkeypatch.setenv("EVALSVC_FILES", str(tmp_path / "files"))
    assert CliRunner().invoke(main, ["init"]).exit_code == 0
    return tmp_path / "files"


def test_a_sweep_says_what_it_did_and_does_it_once(files: Path) -> None:
    stray = files / "arriving" / ("a" * 32)
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"%PDF-")
    old = time.time() - 3 * 24 * 3600
    os.utime(stray, (old, old))

    first = CliRunner().invoke(main, ["--lang", "en", "sweep"])
    second = CliRunner().invoke(main, ["--lang", "en", "sweep"])

    said = "Taken away: 0 files, {} unfinished files, 0 pictures; 0 uploads forgotten.\n"
    assert (first.exit_code, first.output) == (0, said.format(1))
    assert (second.exit_code, second.output) == (0, said.format(0))
    assert not stray.exists()
