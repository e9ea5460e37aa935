"""What vault, pieces and pictures know about disks: full ones, safe ones, what lies on them."""

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from evalsvc.domain.errors import Refused

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_ONLY_US = 0o700


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it lies there: its name, when it was last written, how many bytes."""

    name: str
    at: datetime
    size: int


@contextmanager
def room(spoiled: Path) -> Iterator[None]:
    """A full disk, quota or size limit is a refusal, and leaves no half of a file behind."""
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        spoiled.unlink(missing_ok=True)
        raise Refused("disk-full") from error


def make_folder(folder: Path) -> None:
    folder.mkdir(mode=_ONLY_US, parents=True, exist_ok=True)


def settle(folder: Path) -> None:
    """A name is on the disk only after its folder is; a power cut would take it back."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def kept(paths: Iterable[Path]) -> Iterator[Kept]:
    """Of those that are still there: another process may take one away meanwhile."""
    for path in paths:
        try:
            found = path.stat()
        except FileNotFoundError:
            continue
        yield Kept(path.name, datetime.fromtimestamp(found.st_mtime, UTC), found.st_size)
