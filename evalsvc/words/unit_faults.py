"""What is refused on the desk of a unit: what is wrong, what to do instead."""

from evalsvc.words.sentence import Sentence

UNIT: dict[str, Sentence] = {
    "nothing-to-copy": Sentence(
        "Line {line} has no answer of last year that fits here.",
        "Fill in the answer for this year.",
    ),
    "yes-missing": Sentence(
        "The sheet has not been handed in: the box with the confirmation is not ticked.",
        "Tick it if the sheet is to be handed in as it stands.",
    ),
}
