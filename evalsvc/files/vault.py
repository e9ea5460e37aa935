"""Where evidence is kept: each content once, under its sha256, whole or not at all."""

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from evalsvc.domain.errors import NotFound
from evalsvc.files import disk

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LOCK = "lock"
_ONLY_US = 0o600


@dataclass(frozen=True, slots=True)
class Stored:
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Vault:
    """`ab/cdef…` in a folder; temporary files must lie on the same disk."""

    folder: Path

    def put(self, temporary: Path) -> Stored:
        """Takes the file in, for good once this returns; the same content again is the same file.

        Raises Refused when the disk is full; the temporary file is gone in either case. What
        has gone already, because the same upload was finished twice, is a FileNotFoundError.
        """
        with disk.room(temporary), temporary.open("rb") as file:
            # Held until it has its new name: a late piece must not be written into the vault.
            fcntl.flock(file, fcntl.LOCK_EX)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            size = os.fstat(file.fileno()).st_size
            os.fchmod(file.fileno(), _ONLY_US)
            path = self.path(sha256)
            with self._locked(fcntl.LOCK_SH):
                disk.make_folder(path.parent)
                # Fresh even if the content has lain here for long: the sweep must spare it.
                os.utime(file.fileno())
                os.fsync(file.fileno())
                temporary.replace(path)
            disk.settle(path.parent)
            disk.settle(self.folder)
        return Stored(sha256, size)

    def path(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise NotFound
        return self.folder / sha256[:2] / sha256[2:]

    def open(self, sha256: str) -> BinaryIO:
        return self.path(sha256).open("rb")

    def each(self) -> Iterator[disk.Kept]:
        """All that is kept, by sha256."""
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            for found in disk.kept(folder.iterdir()):
                sha256 = folder.name + found.name
                if _SHA256.fullmatch(sha256):
                    yield replace(found, name=sha256)

    def remove(self, sha256: str, before: datetime | None = None) -> bool:
        """Whether it was taken away; with `before` only if it has not been put again since."""
        path = self.path(sha256)
        with self._locked(fcntl.LOCK_EX):
            if not any(before is None or each.at < before for each in disk.kept([path])):
                return False
            path.unlink()
        return True

    @contextmanager
    def _locked(self, how: int) -> Iterator[None]:
        """Between processes: nobody looks at the age of a file that is just put again."""
        disk.make_folder(self.folder)
        descriptor = os.open(self.folder / _LOCK, os.O_RDWR | os.O_CREAT, _ONLY_US)
        try:
            fcntl.flock(descriptor, how)
            yield
        finally:
            os.close(descriptor)
