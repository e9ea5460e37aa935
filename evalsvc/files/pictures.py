"""Pictures of evidence, made by the server: what people see beside a criterion."""

import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from threading import BoundedSemaphore

from evalsvc.domain.errors import NotFound, Refused
from evalsvc.files import disk
from evalsvc.files.confined import LOCKED
from evalsvc.files.kinds import Kind

WALL_SECONDS = 20
"""However little it computes; a machine with much to do is slow."""

_AT_ONCE = 2
_PNG = b"\x89PNG\r\n\x1a\n"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_UNFINISHED, _FAILED = ".part", ".none"


class Width(IntEnum):
    """Pixels across: beside a criterion, and to read every letter."""

    BESIDE = 640
    READING = 1280


def pages(path: Path, kind: Kind) -> int | None:
    """How many; None for what has no pictures. Raises Refused when a PDF cannot be opened."""
    if kind is not Kind.PDF:
        return 1 if kind.has_pictures else None
    done = _ran("evalsvc.files.draw_pdf", str(path.resolve()))
    if done.returncode == LOCKED:
        raise Refused("file-locked")
    if done.returncode or not int(done.stdout):
        raise Refused("pdf-broken")
    return int(done.stdout)


def picture(path: Path, kind: Kind, page: int, width: Width) -> bytes | None:
    """A PNG of one page, the first is 1; None for what has no pictures; Refused when it fails."""
    whole = str(path.resolve())
    match kind:
        case Kind.PDF if page >= 1:
            done = _ran("evalsvc.files.draw_pdf", whole, str(page), str(int(width)))
        case Kind.PNG | Kind.JPEG if page == 1:
            done = _ran("evalsvc.files.draw_picture", whole, kind.name, str(int(width)))
        case Kind.DOCX | Kind.XLSX:
            return None
        case _:
            raise NotFound
    if done.returncode or not done.stdout.startswith(_PNG):
        raise Refused("no-picture")
    return done.stdout


def _ran(module: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """In a process of its own, without our environment: the file may be made to break readers."""
    command = [sys.executable, "-I", "-m", module, *arguments]
    try:
        return subprocess.run(  # noqa: S603 - our own module, no shell, a resolved path
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, returncode=1, stdout=b"")


@dataclass(frozen=True, slots=True)
class Pictures:
    """Keeps what it has drawn; a picture that is gone is drawn again."""

    folder: Path
    _turns: BoundedSemaphore = field(
        default_factory=lambda: BoundedSemaphore(_AT_ONCE), repr=False, compare=False
    )
    """Ten pages asked for at once must not become ten processes."""

    def of(self, content: Path, sha256: str, kind: Kind, page: int, width: Width) -> bytes | None:
        """As `picture`; `content` is the file in the vault, `sha256` what it is kept under.

        Whoever asks has looked whether there is such a page: each failure is kept as a file.
        """
        if not kind.has_pictures:
            return None
        if not _SHA256.fullmatch(sha256):
            raise NotFound
        path = self.folder / f"{sha256}-{page}-{width:d}.png"
        if found := _read(path):
            return found
        failed = path.with_suffix(_FAILED)
        with self._turns:
            if failed.exists():
                raise Refused("no-picture")
            try:
                drawn = _read(path) or picture(content, kind, page, width)
            except Refused:
                # A page made to take all of the ten seconds takes them once a day.
                self._keep(failed, b"")
                raise
        if drawn:
            self._keep(path, drawn)
        return drawn

    def each(self) -> Iterator[disk.Kept]:
        """All that lie there, by file name, which begins with the sha256."""
        if self.folder.is_dir():
            yield from disk.kept(sorted(self.folder.iterdir()))

    def is_passing(self, name: str) -> bool:
        """Whether it is no picture: half of one, or that there was none; both go with time."""
        return name.endswith((_UNFINISHED, _FAILED))

    def drop(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)

    def _keep(self, path: Path, drawn: bytes) -> None:
        """Only to save time: a disk that is full does not keep anybody from seeing it."""
        unfinished = self.folder / f"{path.stem}-{secrets.token_hex(8)}{_UNFINISHED}"
        with suppress(Refused), disk.room(unfinished):
            disk.make_folder(self.folder)
            unfinished.write_bytes(drawn)
            unfinished.replace(path)


def _read(path: Path) -> bytes:
    """Empty where there is none, or half of one after a power cut."""
    try:
        found = path.read_bytes()
    except FileNotFoundError:
        return b""
    return found if found.startswith(_PNG) else b""
