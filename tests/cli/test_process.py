"""The real process: exit codes, streams, speed, and never a traceback."""

import os
import subprocess
import sys
import time

import pytest

from evalsvc import resources

COMMAND = (sys.executable, "-c", "from evalsvc.cli import main; main()")
QUICK = 0.20


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


def seconds_of_help() -> float:
    start = time.perf_counter()
    process("--help")
    return time.perf_counter() - start


def test_help_is_quick():
    assert min(seconds_of_help() for _ in range(5)) < QUICK


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
