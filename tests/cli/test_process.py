"""The real process: exit codes, streams, what it loads, and never a traceback."""

import os
import subprocess
import sys
from importlib.metadata import packages_distributions

import pytest

from evalsvc import resources

COMMAND = (sys.executable, "-c", "from evalsvc.cli import main; main()")
HELP_AND_MODULES = """
import sys
from evalsvc.cli import main
try:
    main(["--help"])
finally:
    print(*sys.modules, file=sys.stderr)
"""
LIBRARIES = frozenset(packages_distributions()) - {"evalsvc", "_distutils_hack"}
DEEP = tuple(f"evalsvc.{room}" for room in ("catalog", "store", "usecases", "web", "exports"))


def started(*words: str | bytes, **env: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own command line, without a shell
        [*COMMAND, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "EVALSVC_LANG": "vi", **env},
    )


def process(*words: object, **env: str) -> subprocess.CompletedProcess[bytes]:
    named = [word if isinstance(word, bytes) else str(word) for word in words]
    with started(*named, **env) as running:
        out, err = running.communicate(timeout=60)
    return subprocess.CompletedProcess(named, running.returncode, out, err)


def test_help_loads_no_library_but_that_of_commands() -> None:
    """What takes the time of a command is what it loads."""
    done = subprocess.run(  # noqa: S603 - as above
        [sys.executable, "-c", HELP_AND_MODULES], capture_output=True, text=True, check=True
    )

    loaded = set(done.stderr.split())

    assert {name.partition(".")[0] for name in loaded} & LIBRARIES == {"click"}
    assert not [name for name in loaded if name.startswith(DEEP)]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", 1), (b"\xff\xfe\x00", 1), (b"[" * 100_000, 1), (b"a: {" * 20_000, 1)],
)
def test_hostile_files_end_with_1_and_no_traceback(tmp_path, content, code):
    path = tmp_path / "hostile.yaml"
    path.write_bytes(content)

    done = process("criteria", "check", path)

    assert done.returncode == code
    assert b"Traceback" not in done.stdout + done.stderr


def test_folders_and_missing_files_end_with_1_and_a_sentence(tmp_path):
    done = process("criteria", "check", tmp_path, tmp_path / "none.yaml")

    assert (done.returncode, done.stdout) == (1, b"")
    assert len(done.stderr.decode().splitlines()) == 2
    assert b"Traceback" not in done.stderr


def test_a_wrong_command_line_ends_with_2():
    done = process("criteria", "chek")

    assert (done.returncode, done.stdout) == (2, b"")


def test_vietnamese_is_printed_where_the_locale_is_plain(tmp_path):
    done = process("criteria", "show", "TY-B", LC_ALL="C", PYTHONIOENCODING="ascii")

    assert done.returncode == 0
    assert "tổ dân vận" in done.stdout.decode()


def test_a_reader_that_leaves_early_is_no_error_to_talk_about():
    with started("criteria", "show", "QB-01") as running:
        running.stdout.read(10)
        running.stdout.close()

        assert running.stderr.read() == b""


def test_a_name_that_is_not_utf_8_is_no_traceback(tmp_path):
    done = process("criteria", "check", os.fsencode(tmp_path) + b"/\xff\xfe.yaml")

    assert done.returncode == 1
    assert b"Traceback" not in done.stderr


def test_the_shipped_sets_lie_where_resources_says():
    assert list(resources.criteria().glob("*.yaml"))
    assert (resources.templates() / "criteria" / "table.html").is_file()
