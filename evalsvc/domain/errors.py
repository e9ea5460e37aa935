"""What the domain says when something cannot be: a stable message id and facts, never a sentence.

DomainError
 +-- Refused    one input does not fit what was asked (an answer, a mark, a decision)
 +-- Unsound    values that cannot make a criteria set, with every flaw found
 +-- NotFound   there is no such thing, or it is not for this person: the same answer
 +-- Forbidden  the person may see it, but not do this
 +-- Stale      somebody else saved first; the one who asks sees both and chooses

`evalsvc.words.faults` has the sentences; a test finds an id without one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

Fact = object
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong: its message, where (keys and indices), the facts."""

    message: str
    path: Path = ()
    facts: dict[str, Fact] = field(default_factory=dict)

    def under(self, *prefix: str | int) -> "Flaw":
        return Flaw(self.message, (*prefix, *self.path), self.facts)


def flaw(message: str, *path: str | int, **facts: Fact) -> Flaw:
    return Flaw(message, path, facts)


class DomainError(Exception):
    """Base of everything that the domain raises."""


class Refused(DomainError):
    def __init__(self, message: str, **facts: Fact) -> None:
        super().__init__(message)
        self.message = message
        self.facts = facts


class NotFound(DomainError):
    pass


class Forbidden(DomainError):
    def __init__(self, deed: str) -> None:
        super().__init__(deed)
        self.deed = deed


class Stale(DomainError):
    def __init__(self, seen: int, current: int) -> None:
        super().__init__(f"saw version {seen}, now {current}")
        self.seen = seen
        self.current = current


class Unsound(DomainError):
    def __init__(self, flaws: Sequence[Flaw]) -> None:
        super().__init__(", ".join(each.message for each in flaws))
        self.flaws = tuple(flaws)


def demand_sound(flaws: Sequence[Flaw]) -> None:
    if flaws:
        raise Unsound(flaws)
