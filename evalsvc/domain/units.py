"""Who is assessed in a round."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """`exempt` is the reason why a unit is not assessed; empty when it is."""

    code: str
    name: str
    kind: str
    block: str
    tags: frozenset[str] = frozenset()
    parent: str = ""
    exempt: str = ""
