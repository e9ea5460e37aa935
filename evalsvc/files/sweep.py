"""Takes away what nobody names any more, and never what is young: a row may still be under way."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime

from evalsvc.files.pictures import Pictures
from evalsvc.files.pieces import Pieces
from evalsvc.files.vault import Vault


@dataclass(frozen=True, slots=True)
class Swept:
    """How many of each were taken away."""

    files: int
    pieces: int
    pictures: int


@dataclass(frozen=True, slots=True)
class Shelves:
    """The three places where files lie."""

    vault: Vault
    pieces: Pieces
    pictures: Pictures


def sweep(shelves: Shelves, *, named: Set[str], pending: Set[str], before: datetime) -> Swept:
    """`named`: every sha256 that a row has; `pending`: the tokens of uploads that may go on.

    Both must have been read after `before`, or a file put meanwhile would go.
    """
    return Swept(
        _sweep_vault(shelves.vault, named, before),
        _sweep_pieces(shelves.pieces, pending, before),
        _sweep_pictures(shelves.pictures, named, before),
    )


def _sweep_vault(vault: Vault, named: Set[str], before: datetime) -> int:
    old = [each.name for each in vault.each() if each.at < before and each.name not in named]
    return sum(vault.remove(each, before) for each in old)


def _sweep_pieces(pieces: Pieces, pending: Set[str], before: datetime) -> int:
    old = [each.name for each in pieces.each() if each.at < before and each.name not in pending]
    for each in old:
        pieces.drop(each)
    return len(old)


def _sweep_pictures(pictures: Pictures, named: Set[str], before: datetime) -> int:
    """Also those half written when the machine stopped, and failures: they are tried again."""
    old = [
        each.name
        for each in pictures.each()
        if each.at < before and (pictures.is_passing(each.name) or each.name[:64] not in named)
    ]
    for each in old:
        pictures.drop(each)
    return len(old)
