"""The virus scanner is asked as it wants to be asked; without its answer nothing is taken."""

import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from evalsvc.domain.errors import Refused
from evalsvc.files.scan import scan, target
from tests import refusals
from tests.files.made import Write

CLAMD = shutil.which("clamd")
HARMLESS, MARKED = (
    b"Bao cao",
    b"x" * 1000 + b"a harmless mark that the test looks for" + b"x" * 1000,
)
SIGNATURE = f"Test.Harmless:0:*:{b'a harmless mark that the test looks for'.hex()}\n"
CONFIGURATION = """
DatabaseDirectory {folder}/database
LocalSocket {folder}/socket
PidFile {folder}/pid
StreamMaxLength 1M
Foreground yes
OfficialDatabaseOnly no
AllowAllMatchScan no
"""


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real scanner that knows a single mark, for the tests of this file only."""
    if CLAMD is None:
        pytest.skip("clamd is not installed on this machine (apt: clamav-daemon)")
    folder = tmp_path_factory.mktemp("clamd")
    (folder / "database").mkdir()
    (folder / "database" / "test.ndb").write_text(SIGNATURE)
    (folder / "clamd.conf").write_text(CONFIGURATION.format(folder=folder))
    command = [CLAMD, f"--config-file={folder / 'clamd.conf'}"]
    daemon = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - found on the PATH
    try:
        _wait(daemon, folder / "socket")
        yield f"unix:{folder / 'socket'}"
    finally:
        daemon.terminate()
        daemon.wait(20)


def _wait(daemon: subprocess.Popen[bytes], path: Path) -> None:
    until = time.monotonic() + 60
    while not path.exists():
        assert daemon.poll() is None, "clamd has ended"
        assert time.monotonic() < until, "clamd does not begin"
        time.sleep(0.05)


def refusal(path: Path, address: str, seconds: float = 5) -> Refused:
    with pytest.raises(Refused) as error:
        scan(path, address, seconds)
    return error.value


def test_a_clean_file_passes_the_real_scanner(clamd: str, write: Write) -> None:
    assert refusals.refusal(scan, write(HARMLESS), clamd) == ""


def test_a_marked_file_is_refused_with_what_was_found(clamd: str, write: Write) -> None:
    error = refusal(write(MARKED), clamd)

    assert error.message == "file-infected"
    assert str(error.facts["name"]).startswith("Test.Harmless")


@pytest.mark.parametrize("size", [2_000_000, 20_000_000])
def test_a_file_beyond_the_limit_of_the_scanner_is_refused(
    clamd: str, write: Write, size: int
) -> None:
    assert refusal(write(bytes(size)), clamd, 20).message == "scanner-limit"


@contextmanager
def answering(answer: bytes, seconds: float = 0) -> Iterator[tuple[str, list[bytes]]]:
    """A scanner that hears all that is sent, waits, says this and hangs up."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)

        def run() -> None:
            line, _ = server.accept()
            with line:
                heard.append(_heard(line))
                over.wait(seconds)
                line.sendall(answer)

        over, thread = threading.Event(), threading.Thread(target=run)
        thread.start()
        try:
            yield f"127.0.0.1:{server.getsockname()[1]}", heard
        finally:
            over.set()
            thread.join()


def _heard(line: socket.socket) -> bytes:
    said = b""
    while not said.endswith(bytes(4)):
        said += line.recv(65536)
    return said


def test_the_content_is_sent_in_lengths_and_bytes(write: Write) -> None:
    with answering(b"stream: OK\0") as (address, heard):
        scan(write(HARMLESS), address)

    assert heard == [b"zINSTREAM\0" + b"\0\0\0\x07" + HARMLESS + b"\0\0\0\0"]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (b"stream: Eicar-Test FOUND\0", "file-infected"),
        (b"INSTREAM size limit exceeded. ERROR\0", "scanner-limit"),
        (b"", "scanner-unreachable"),
        # Without its end the answer may be half of another.
        (b"stream: OK", "scanner-unreachable"),
        (b"stream: OK or so\0", "scanner-unreachable"),
        (b"UNKNOWN COMMAND\0", "scanner-unreachable"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "scanner-unreachable"),
        (b"x" * 10_000, "scanner-unreachable"),
    ],
)
def test_only_a_clear_answer_lets_a_file_in(write: Write, answer: bytes, message: str) -> None:
    with answering(answer) as (address, _):
        assert refusal(write(HARMLESS), address).message == message


def test_a_scanner_that_is_too_slow_lets_nothing_in(write: Write) -> None:
    with answering(b"stream: OK\0", seconds=10) as (address, _):
        assert refusal(write(HARMLESS), address, 0.2).message == "scanner-unreachable"


@pytest.mark.parametrize("kind", ["tcp", "unix"])
def test_a_scanner_that_is_not_there_lets_nothing_in(
    write: Write, tmp_path: Path, kind: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    addresses = {"tcp": f"127.0.0.1:{port}", "unix": f"unix:{tmp_path}/none"}

    assert refusal(write(HARMLESS), addresses[kind]).message == "scanner-unreachable"


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("unix:/run/clamd.ctl", "/run/clamd.ctl"),
        ("127.0.0.1:3310", ("127.0.0.1", 3310)),
        ("scanner.local:3310", ("scanner.local", 3310)),
        ("[::1]:3310", ("::1", 3310)),
    ],
)
def test_an_address_is_a_path_or_a_host_with_a_port(address: str, where: object) -> None:
    assert target(address) == where


@pytest.mark.parametrize("address", ["", "scanner", "unix:run", ":3310", "a:0", "a:70000", "a:b"])
def test_what_is_no_address_is_a_fault_of_the_settings(address: str) -> None:
    with pytest.raises(ValueError, match="neither"):
        target(address)
