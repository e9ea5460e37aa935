"""Asks a virus scanner, where the operator has one; who does not answer has not said “clean”."""

import re
import socket
import struct
import time
from contextlib import suppress
from pathlib import Path

from evalsvc.domain.errors import Refused

SECONDS = 60.0
_CHUNK = 256 * 1024
_LONGEST_ANSWER = 4096
_TCP = re.compile(r"(?:\[(?P<v6>[0-9a-fA-F:]+)\]|(?P<name>[^:\s/]+)):(?P<port>[0-9]{1,5})")
_FOUND = re.compile(rb"stream: (.+) FOUND")
_TOO_LARGE = b"size limit exceeded"

Target = str | tuple[str, int]


def target(address: str) -> Target:
    """`unix:/run/clamd.ctl` or `host:port`; raises ValueError at anything else."""
    if address.startswith("unix:/"):
        return address.removeprefix("unix:")
    if not (match := _TCP.fullmatch(address)) or not 0 < int(match["port"]) < 65536:
        raise ValueError(f"neither unix:/path nor host:port: {address}")
    return match["v6"] or match["name"], int(match["port"])


def scan(path: Path, address: str, seconds: float = SECONDS) -> None:
    """Returns when the scanner says that the file is clean; raises Refused otherwise."""
    where = target(address)
    content = path.read_bytes()
    try:
        answer = _asked(content, where, time.monotonic() + seconds)
    except OSError as error:
        raise Refused("scanner-unreachable") from error
    if answer == b"stream: OK":
        return
    if match := _FOUND.fullmatch(answer):
        raise Refused("file-infected", name=match[1].decode("ascii", "replace"))
    raise Refused("scanner-limit" if _TOO_LARGE in answer else "scanner-unreachable")


def _asked(content: bytes, where: Target, until: float) -> bytes:
    with _connected(where, until) as line:
        # It hangs up on a file that it finds too large, after having said so.
        with suppress(BrokenPipeError, ConnectionResetError):
            _send(line, content, until)
        return _answer(line, until)


def _connected(where: Target, until: float) -> socket.socket:
    if not isinstance(where, str):
        return socket.create_connection(where, _left(until))
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        line.settimeout(_left(until))
        line.connect(where)
    except OSError:
        line.close()
        raise
    return line


def _send(line: socket.socket, content: bytes, until: float) -> None:
    line.sendall(b"zINSTREAM\0")
    for start in range(0, len(content), _CHUNK):
        chunk = content[start : start + _CHUNK]
        line.settimeout(_left(until))
        line.sendall(struct.pack(">I", len(chunk)) + chunk)
    line.sendall(struct.pack(">I", 0))


def _answer(line: socket.socket, until: float) -> bytes:
    """Up to the zero byte that ends it; empty when the line breaks first."""
    said = b""
    while b"\0" not in said and len(said) < _LONGEST_ANSWER:
        line.settimeout(_left(until))
        if not (more := line.recv(_LONGEST_ANSWER)):
            return b""
        said += more
    return said.partition(b"\0")[0]


def _left(until: float) -> float:
    """For all of it together: one byte a minute must not keep the upload waiting for ever."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
