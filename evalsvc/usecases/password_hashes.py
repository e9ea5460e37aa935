"""Passwords as they are kept: argon2id, and nothing from which they could be read."""

import secrets
from dataclasses import dataclass

from argon2 import PasswordHasher, Type
from argon2.exceptions import VerifyMismatchError

from evalsvc.domain.passwords import MOST, normal

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)
_OF_NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$3ixTl22MV2lH3dP4p71/SQ$"
    "Y6NK52zW92uan2NRH/ugGTbWhHL5Wb4gHWLOyAkxEIQ"
)
"""Of a password that nobody knows: an unknown account takes as long to refuse as a known one."""

_LONGEST_TYPED = 4 * MOST
"""Letters typed with separate marks become fewer; what is longer than this fits no password."""

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_BLOCKS, _BLOCK = 4, 4
"""Letters that nobody mistakes for another on paper, in blocks that can be read out."""


@dataclass(frozen=True, slots=True)
class FirstPassword:
    """What a new account is handed out with; `text` is shown once and kept nowhere."""

    text: str
    hash: str
    must_change: bool = True


def first_password() -> FirstPassword:
    """By chance, about 79 bits; the first sign-in asks for another."""
    blocks = ("".join(secrets.choice(_LETTERS) for _ in range(_BLOCK)) for _ in range(_BLOCKS))
    text = "-".join(blocks)
    return FirstPassword(text, hashed(text))


def known_password(text: str) -> FirstPassword:
    """One that everybody is told, for a demonstration only: it need not be changed."""
    return FirstPassword(text, hashed(text), must_change=False)


def hashed(password: str) -> str:
    return _HASHER.hash(normal(password))


def fits(kept: str | None, password: str) -> bool:
    """Whether this is the password; without a kept one the same work is done for nothing."""
    try:
        _HASHER.verify(kept or _OF_NOBODY, normal(password[:_LONGEST_TYPED]))
    except VerifyMismatchError:
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether it was made with other parameters than those of today."""
    return _HASHER.check_needs_rehash(kept)
