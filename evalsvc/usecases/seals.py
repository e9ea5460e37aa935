"""Seals over all streams of the journal, and the anchors that take them out of the database."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TextIO

from evalsvc.domain.access import can_administer, can_rank, require
from evalsvc.domain.errors import Refused
from evalsvc.domain.history import FIRST_LINK, Head, Heads, Seal, seal_digest, sealed
from evalsvc.store import seals
from evalsvc.usecases.work import Work

__all__ = ["Anchor", "Seal", "anchor", "lines_of", "make", "read_anchor", "seal_line"]

FIRST_LINE, HEADS_LINE = "evalsvc anchor 1", "heads"
_HEAD = re.compile(r"(?P<name>.+) (?P<number>\d{1,12}) (?P<link>[0-9a-f]{64})")
_SEAL = re.compile(
    r"seal (?P<number>\d{1,12}) (?P<at>\S+) (?P<streams>\d{1,12}) "
    r"(?P<heads>[0-9a-f]{64}) (?P<previous>[0-9a-f]{64}) (?P<digest>[0-9a-f]{64})"
)


def _forget(_line: str) -> None:
    """A seal is made without an anchor."""


def make(doing: Work, keep: Callable[[str], object] = _forget) -> Seal:
    """The seal over what there is now: the last one again where nothing has happened since.

    `keep` gets the line of every stream, in the order of their names.
    """
    require(can_administer(doing.actor) or can_rank(doing.actor), "seal")
    heads = Heads()
    for name, head in seals.heads(doing.store):
        keep(heads.add(name, head))
    last = seals.latest(doing.store)
    if last is not None and last.heads == heads.digest:
        return last
    made = sealed(last, doing.now, heads)
    seals.add(doing.store, made)
    return made


# Anchors: every seal on a line, then every stream as the last of them found it


def anchor(doing: Work, heads: TextIO) -> tuple[Seal, ...]:
    """Seals of all times, the new one last; lines of the streams are written to `heads`."""
    heads.seek(0)
    heads.truncate()
    make(doing, heads.write)
    return tuple(seals.each(doing.store))


def lines_of(made: Iterable[Seal], heads: TextIO) -> Iterator[str]:
    yield f"{FIRST_LINE}\n"
    for seal in made:
        yield f"{seal_line(seal)}\n"
    yield f"{HEADS_LINE}\n"
    heads.seek(0)
    yield from heads


def seal_line(seal: Seal) -> str:
    at = seal.at.isoformat(timespec="microseconds")
    return f"seal {seal.number} {at} {seal.streams} {seal.heads} {seal.previous} {seal.digest}"


@dataclass(slots=True)
class Anchor:
    """What left the database: seals by number, and the streams as the last seal found them."""

    seals: dict[int, Seal] = field(default_factory=dict)
    heads: Mapping[str, Head] = field(default_factory=dict)


def read_anchor(lines: Iterable[str]) -> Anchor:
    """Raises Refused unless the anchor agrees with itself: then nobody has changed it since."""
    found = (line.rstrip("\n") for line in lines)
    if next(found, "") != FIRST_LINE:
        raise Refused("not-an-anchor")
    read = {seal.number: seal for seal in _seals(found)}
    summed, heads = Heads(), {}
    for line in found:
        name, head = _head(line)
        heads[name] = head
        summed.add(name, head)
    last = list(read.values())[-1] if read else None
    if last is None or (last.streams, last.heads) != (summed.number, summed.digest):
        raise Refused("anchor-changed", line=HEADS_LINE)
    return Anchor(read, heads)


def _seals(lines: Iterator[str]) -> Iterator[Seal]:
    """Up to the line that begins the streams; each fits itself and the one before."""
    before = FIRST_LINK
    for number, line in enumerate(lines, 1):
        if line == HEADS_LINE:
            return
        seal = _seal(line)
        if (seal.number, seal.previous, seal.digest) != (number, before, seal_digest(seal)):
            raise Refused("anchor-changed", line=line)
        before = seal.digest
        yield seal


def _seal(line: str) -> Seal:
    if (match := _SEAL.fullmatch(line)) is None:
        raise Refused("anchor-changed", line=line)
    try:
        at = datetime.fromisoformat(match["at"])
    except ValueError:
        raise Refused("anchor-changed", line=line) from None
    if at.tzinfo is None:
        raise Refused("anchor-changed", line=line)
    return Seal(
        int(match["number"]),
        at,
        int(match["streams"]),
        match["heads"],
        match["previous"],
        match["digest"],
    )


def _head(line: str) -> tuple[str, Head]:
    if (match := _HEAD.fullmatch(line)) is None:
        raise Refused("anchor-changed", line=line)
    return match["name"], Head(int(match["number"]), match["link"])
