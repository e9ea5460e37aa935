"""Faults in tables of units: what is wrong, and what to write instead."""

from evalsvc.words.sentence import Sentence

UNIT_TABLES: dict[str, Sentence] = {
    "cell-empty": Sentence(
        "The cell {key} is empty.",
        "Every unit has a code, a name, a kind and a block.",
    ),
    "unit-twice": Sentence(
        "The unit “{code}” already stands on line {line}.",
        "Keep one of the two rows.",
    ),
    "no-such-unit": Sentence(
        "There is no unit “{text}”.",
        "Write the code of a unit of this table, or of one that is kept already.",
    ),
    "own-predecessor": Sentence(
        "The unit “{code}” is its own predecessor.",
        "Name the units that it was made of, or leave predecessors empty.",
    ),
    "unit-ends-first": Sentence(
        "The unit ends on {ends}, before it begins on {begins}.",
        "Look at from and until again; until is the last day.",
    ),
}
