"""Faults in round and answers files: what is wrong, and what to write instead."""

from evalsvc.words.sentence import Sentence

ROUNDS: dict[str, Sentence] = {
    "not-csv": Sentence(
        "The table cannot be read from this line on ({problem}).",
        "Save it again as CSV in UTF-8; a cell with a comma, a semicolon or a quotation mark goes "
        "in quotation marks.",
    ),
    "row-of-other-width": Sentence(
        "This row has {cells} cells, the first row {wanted}.",
        "Fill in or take out cells; a cell with a comma or a semicolon goes in quotation marks.",
    ),
    "not-an-answer": Sentence(
        "This is not an answer: a part is empty, or holds a list or a semicolon.",
        "Write one word or number for each part.",
    ),
    "not-the-same": Sentence(
        "“{said}” stands here, but for this unit it is “{here}”.",
        "Write {here}, or leave the key out.",
    ),
    "line-of-the-reviewer": Sentence(
        "The points of {line} are given by the reviewer, not by the unit.",
        "Move the line to review.",
    ),
    "line-not-official": Sentence(
        "{line} is answered by the unit itself, so it is not official.",
        "Move the line to answers.",
    ),
    "line-is-official": Sentence(
        "{line} comes from an official result, not from the unit.",
        "Move the line to official.",
    ),
    "reason-missing": Sentence(
        "A change to {line} gives no reason.",
        "Add reason: the unit will read it.",
    ),
    "explained-below-reviewed": Sentence(
        "After the explanation the line has {explained} points, fewer than the {reviewed} of the "
        "review.",
        "Keep at least {reviewed} points; lowering needs a reopened review.",
    ),
    "layer-not-reached": Sentence(
        "The sheet has not reached the layer “{layer}”.",
        "Choose one of: {choices}.",
    ),
    "unit-not-in-round": Sentence(
        "The round has no unit “{text}”.",
        "Units of the round: {choices}.",
    ),
    "unit-answers-twice": Sentence(
        "The unit “{code}” has two files or two rows of answers.",
        "Keep one of them.",
    ),
    "own-parent": Sentence(
        "The unit “{code}” is its own parent.",
        "Name the unit above it, or leave parent out.",
    ),
    "set-serves-other-kinds": Sentence(
        "The set does not serve the kind “{text}”.",
        "Name another set; this one serves: {choices}.",
    ),
    "two-sets-of-one-code": Sentence(
        "Two different sets have the code “{code}”.",
        "Use one of them, or give one another code.",
    ),
    "decision-not-asked": Sentence(
        "Nothing waits for the decision on “{what}”{in_block}.",
        "Remove the decision, or look at its band, title and block again.",
    ),
    "no-such-set": Sentence(
        "There is no criteria set “{text}”.",
        "Write the code of a set whose file lies in the same folder, or that ships: {choices}.",
    ),
    "stated-and-counted": Sentence(
        "{line} is stated, but the round counts it from the results of the units below.",
        "Remove the stated answer, or the units below.",
    ),
    "points-of-different-scales": Sentence(
        "Set {set} compares points, but “{unit}” has another scale than its block.",
        "Use compare: scale, or another block for the unit.",
    ),
    "which-due-date": Sentence(
        "The line has several due dates; the day does not say which.",
        "Write the code before each day: {choices}.",
    ),
    "nothing-to-refuse": Sentence(
        "Line {line} does not say “not applicable”, so there is nothing to refuse.",
        "To correct the answer write answer: with what is true.",
    ),
    "decided-twice": Sentence(
        "There are two decisions on “{what}”.",
        "Put number and give into one decision.",
    ),
    "no-answer-files": Sentence(
        "The folder “{folder}” holds no answers.",
        "Answers are files that end in .yaml or .csv.",
    ),
    "not-positive": Sentence(
        "“{text}” is not enough here.",
        "Write at least 1.",
    ),
    "comma-in-braces": Sentence(
        "“{key}” is the rest of a text that was cut at its comma.",
        "Within braces put a text with a comma or a colon in quotation marks.",
    ),
    "every-without-from": Sentence(
        "every does not say from which year it counts.",
        "Add from: with the first year.",
    ),
}
