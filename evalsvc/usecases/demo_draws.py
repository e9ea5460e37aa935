"""Chance that always falls the same way: the demo province is alike on every machine."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

_T = TypeVar("_T")
_BYTES = 8
_WORLD = "Bình An 53"
"""Another word here makes another province; this one was chosen for its few equal totals."""


@dataclass(frozen=True, slots=True)
class Draw:
    """Numbers drawn from a seed; the same name gives the same number again."""

    seed: str

    def below(self, end: int, name: str) -> int:
        digest = sha256(f"{self.seed}|{name}".encode()).digest()
        return int.from_bytes(digest[:_BYTES]) % end

    def between(self, least: int, most: int, name: str) -> int:
        """Both ends included."""
        return least + self.below(most - least + 1, name)

    def one_of(self, choices: Sequence[_T], name: str) -> _T:
        return choices[self.below(len(choices), name)]

    def once_in(self, times: int, name: str) -> bool:
        return self.below(times, name) == 0


def draw(*seed: str | int) -> Draw:
    return Draw("|".join(str(each) for each in (_WORLD, *seed)))
