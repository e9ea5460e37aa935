"""The wheel is whole: installed elsewhere, run from another folder, it finds its criteria sets."""

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SETS = sorted(path.name for path in (ROOT / "criteria").glob("*.yaml"))


def run(*command: str | Path, at: Path) -> str:
    done = subprocess.run(  # noqa: S603
        [str(word) for word in command], cwd=at, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that has the wheel and, by path, the dependencies; nothing of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    run(
        *(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder),
        at=ROOT,
    )
    venv.create(folder / "env", with_pip=False)
    python = folder / "env" / "bin" / "python"
    ask = "import site; print(site.getsitepackages()[0])"
    site = Path(run(python, "-c", ask, at=folder).strip())
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    wheel = next(folder.glob("*.whl"))
    run(
        *(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps"),
        *("--no-index", "--force-reinstall", "--target", site, wheel),
        at=folder,
    )
    return python


def test_the_wheel_finds_every_shipped_set(installed: Path, tmp_path: Path) -> None:
    code = (
        "from evalsvc import resources\n"
        "print(*sorted(path.name for path in resources.criteria().iterdir()), sep='\\n')"
    )

    found = run(installed, "-c", code, at=tmp_path)

    assert found.split() == SETS


def test_the_wheel_shows_a_set_by_its_code(installed: Path, tmp_path: Path) -> None:
    shown = run(installed, "-m", "evalsvc.cli", "criteria", "show", "TV-2019", at=tmp_path)

    assert "Bộ TV-2019" in shown


def test_the_wheel_has_its_templates(installed: Path, tmp_path: Path) -> None:
    shown = run(
        *(installed, "-m", "evalsvc.cli", "criteria", "show", "TV-2019", "--format", "html"),
        at=tmp_path,
    )

    assert shown.lstrip().startswith("<!doctype html>")


SERVES = """
from evalsvc.app import create_app
from evalsvc.settings import Settings

client = create_app(Settings()).test_client()
page = client.get("/sign-in")
assert page.status_code == 200, page.status
for line in page.get_data(as_text=True).split('"'):
    if line.startswith("/static/"):
        assert client.get(line).status_code == 200, line
        print(line)
"""


def test_the_wheel_makes_its_database_and_serves_its_pages(installed: Path, tmp_path: Path) -> None:
    run(installed, "-m", "evalsvc.cli", "init", at=tmp_path)

    served = run(installed, "-c", SERVES, at=tmp_path)

    assert (tmp_path / "evalsvc.db").exists()
    assert "/static/css/tokens.css" in served
