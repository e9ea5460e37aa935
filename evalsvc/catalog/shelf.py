"""Finds a criteria set by the path of its file, or by code among the sets that ship."""

import errno
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from evalsvc import resources
from evalsvc.catalog import sets
from evalsvc.catalog.tree import MOST_BYTES
from evalsvc.domain.criteria import CriteriaSet
from evalsvc.domain.errors import Refused

FILES = "*.yaml"
_CODE_LINE = re.compile(r"""^code: *["']?([^\s"'#]+)""", re.MULTILINE)


def content(path: Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file, never more than one too many; raises OSError.

    Also for a named pipe, on which one may wait for ever; a shell's own (/dev/fd/63) are read.
    """
    if path.is_fifo() and path.parts[:2] != ("/", "dev"):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    with path.open("rb") as file:
        return file.read(most + 1)


def codes(folder: Path) -> dict[str, Path]:
    """Criteria files of a folder by the code that they say; of two with one code the last."""
    found = {}
    for path in sorted(folder.glob(FILES)):
        if path.is_file() and (match := _CODE_LINE.search(_text(path))):
            found[match[1]] = path
    return found


def _text(path: Path) -> str:
    try:
        return content(path).decode("utf-8-sig", errors="replace")
    except OSError:
        return ""


def shipped() -> dict[str, Path]:
    return codes(resources.criteria())


def find(name: str, beside: Path = Path()) -> Path:
    """A file of that name, else the shipped set of that code; raises Refused."""
    path = beside / name
    if path.exists() or path.is_symlink():
        return path
    known = shipped()
    if name not in known:
        raise Refused("no-such-set", text=name, choices=sorted(known))
    return known[name]


def load(name: str, beside: Path = Path()) -> CriteriaSet:
    """Raises Refused where there is no such set, Faulty where it has faults, OSError."""
    path = find(name, beside)
    return sets.load(str(path), content(path))


def finder(beside: Path) -> Callable[[str], CriteriaSet]:
    """How a round finds its sets: files beside it, or shipped ones."""
    return lambda name: load(name, beside)


def nearby(paths: Iterable[Path]) -> dict[str, Path]:
    """Sets that ship and sets that lie beside the files, by code; those beside come first."""
    found = shipped()
    for folder in dict.fromkeys(path.parent for path in paths):
        found |= codes(folder)
    return found
