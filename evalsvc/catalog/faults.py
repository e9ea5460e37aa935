"""A fault of a file: which message, at which place, with which facts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from evalsvc.domain.errors import Fact, Path


class Place(NamedTuple):
    """Counted from 1, as editors do. A tuple: every key and value of a file has one."""

    line: int
    column: int


START = Place(1, 1)


@dataclass(frozen=True, slots=True)
class Fault:
    """`also` names a second place that takes part in the fault (where a block began)."""

    message: str
    file: str
    place: Place
    path: Path = ()
    facts: dict[str, Fact] = field(default_factory=dict)
    also: Place | None = None

    @property
    def key(self) -> str:
        return ".".join(str(step + 1) if isinstance(step, int) else step for step in self.path)


class Faulty(Exception):
    """A file that cannot be used, with everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = in_order(faults)
        super().__init__(", ".join(fault.message for fault in self.faults))


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Once each, from the top of the file down."""
    once = {(fault.file, fault.message, fault.path, fault.place): fault for fault in faults}
    return tuple(sorted(once.values(), key=_position))


def _position(fault: Fault) -> tuple[str, int, int, str]:
    return fault.file, fault.place.line, fault.place.column, fault.message
