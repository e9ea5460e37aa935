"""What is said about a fault: two English sentences, whose Vietnamese stands in the catalogue."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is wrong, and what to write instead; {facts} are those that the fault carries."""

    what: str
    instead: str
