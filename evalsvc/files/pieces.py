"""Uploads that arrive in pieces and go on where they stopped, after a dropped line or a crash."""

import fcntl
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evalsvc.domain.errors import NotFound, Refused
from evalsvc.files import disk
from evalsvc.files.kinds import MEGABYTE

MOST_PIECE = MEGABYTE
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
_ONLY_US = 0o600


@dataclass(frozen=True, slots=True)
class Pieces:
    """One file for each upload that is under way, named by its token."""

    folder: Path
    most: int
    """Bytes that one upload may grow to."""

    def append(self, token: str, at: int, content: bytes) -> int:
        """The length now, on the disk for good; what follows `at` is replaced.

        Raises Refused at a gap, with the length so far: the sender goes on from there.
        """
        if len(content) > MOST_PIECE:
            raise Refused("piece-too-large", most=MOST_PIECE // MEGABYTE)
        if at + len(content) > self.most:
            raise Refused("evidence-too-large", most=self.most // MEGABYTE)
        path = self.path(token)
        with disk.room(path), self._opened(path, at) as descriptor:
            # Longer than `at`: written before a crash, but the sender never heard of it.
            os.ftruncate(descriptor, at)
            _write(descriptor, content, at)
            os.fsync(descriptor)
        if at == 0:
            disk.settle(self.folder)
        return at + len(content)

    def path(self, token: str) -> Path:
        if not _TOKEN.fullmatch(token):
            raise NotFound
        return self.folder / token

    def length(self, token: str) -> int:
        """How much has arrived; 0 when nothing has."""
        return sum(each.size for each in disk.kept([self.path(token)]))

    def drop(self, token: str) -> None:
        self.path(token).unlink(missing_ok=True)

    def set_aside(self, token: str) -> str:
        """Under a name that nobody was told: what is looked at is what is kept afterwards.

        Whoever writes a piece just now ends first; a second call is a FileNotFoundError.
        """
        path, aside = self.path(token), secrets.token_urlsafe(24)
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            path.rename(self.path(aside))
        return aside

    def bring_back(self, aside: str, token: str) -> None:
        """So that the upload can be finished later."""
        self.path(aside).rename(self.path(token))

    def each(self) -> Iterator[disk.Kept]:
        """Uploads under way or given up, by token."""
        if self.folder.is_dir():
            found = (each for each in sorted(self.folder.iterdir()) if _TOKEN.fullmatch(each.name))
            yield from disk.kept(found)

    @contextmanager
    def _opened(self, path: Path, at: int) -> Iterator[int]:
        """For one writer at a time, and long enough that `at` leaves no gap."""
        disk.make_folder(self.folder)
        flags = os.O_RDWR | os.O_NOFOLLOW | (os.O_CREAT if at == 0 else 0)
        try:
            descriptor = os.open(path, flags, _ONLY_US)
        except FileNotFoundError as error:
            raise Refused("piece-gap", length=0) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            _demand_place(descriptor, path, at)
            yield descriptor
        finally:
            os.close(descriptor)


def _demand_place(descriptor: int, path: Path, at: int) -> None:
    """Refuses a gap, and a file that went into the vault while this writer waited for it."""
    found = os.fstat(descriptor)
    try:
        here = os.path.samestat(found, path.stat())
    except FileNotFoundError:
        here = False
    length = found.st_size if here else 0
    if not here or not 0 <= at <= length:
        raise Refused("piece-gap", length=length)


def _write(descriptor: int, content: bytes, at: int) -> None:
    rest = memoryview(content)
    while rest:
        written = os.pwrite(descriptor, rest, at)
        rest, at = rest[written:], at + written
