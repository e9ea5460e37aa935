"""Answers, marks and decisions that are refused: what is wrong, what to write instead."""

from evalsvc.words.sentence import Sentence

ANSWERS: dict[str, Sentence] = {
    "not-a-number": Sentence(
        "“{text}” is not a number.",
        "Write digits, with a comma or a point before decimals, such as 12 or 87,5.",
    ),
    "number-negative": Sentence(
        "{text} is less than 0.",
        "Write 0 or more.",
    ),
    "number-two-readings": Sentence(
        "“{text}” can be read as {first} or as {second}.",
        "Write {second} without a mark, or add a 0 at the end for {first}.",
    ),
    "number-too-great": Sentence(
        "{text} is greater than {greatest}.",
        "Write at most {greatest}.",
    ),
    "number-not-whole": Sentence(
        "{text} is not a whole number.",
        "Write how many there are, without decimals.",
    ),
    "number-too-fine": Sentence(
        "{text} has more than {places} decimals.",
        "Write at most {places} decimals.",
    ),
    "less-missing": Sentence(
        "“{text}” does not say what is taken off.",
        "Add | and how often it happened, | 0 where it never did.",
    ),
    "less-not-asked": Sentence(
        "“{text}” says what is taken off, but nothing is taken off this line.",
        "Remove | and what follows.",
    ),
    "result-of-another-year": Sentence(
        "The result is of {year}, but that of {wanted} is asked for.",
        "Write the official result of {wanted}.",
    ),
    "off-the-survey-scale": Sentence(
        "{number} is not on the scale of the survey, which goes from {low} to {high}.",
        "Write the mean as it was published, from {low} to {high}.",
    ),
    "no-such-reason": Sentence(
        "“{text}” is not a reason why this line may be not applicable.",
        "Reasons of this line: {choices}.",
    ),
    "points-not-by-hand": Sentence(
        "Points of {line} are not set by hand.",
        "Correct the answer; the points follow from it.",
    ),
    "points-off-the-step": Sentence(
        "{points} does not lie on the step of {step}.",
        "Write a multiple of {step}.",
    ),
    "grounds-missing": Sentence(
        "“{text}” names no grounds for the points.",
        "Write the points, a semicolon and the grounds, such as 3,5; Có báo cáo.",
    ),
    "due-is-zero": Sentence(
        "Nothing can be taken of 0 (“{text}”).",
        "Write how many were due; where none were, choose “not applicable” with its reason if the "
        "line has one.",
    ),
    "not-a-part": Sentence(
        "“{text}” does not say so many of so many.",
        "Write both numbers, such as 5/7.",
    ),
    "due-is-fixed": Sentence(
        "The total of this line is always {due} (“{text}”).",
        "Write how many of {due}.",
    ),
    "more-than-due": Sentence(
        "{done} is more than the total, {due}.",
        "Correct one of the two numbers.",
    ),
    "not-all-named": Sentence(
        "Not said yet: {missing}.",
        "Name each of them, also with 0.",
    ),
    "said-twice": Sentence(
        "Something stands twice: “{text}”.",
        "Name each only once.",
    ),
    "empty-part": Sentence(
        "Nothing stands between two semicolons in “{text}”.",
        "Write what belongs there, or remove the semicolon.",
    ),
    "not-of-shape": Sentence(
        "“{text}” is not written as this line asks.",
        "Write it in this order, with semicolons: {shape}.",
    ),
    "no-such-level": Sentence(
        "The criterion has no level “{text}”.",
        "Choose one of its levels.",
    ),
    "answer-of-another-kind": Sentence(
        "This answer belongs to another kind of criterion.",
        "State the answer again for this line.",
    ),
    "no-such-line": Sentence(
        "There is no line “{text}” on this sheet.",
        "Lines of this sheet: {choices}.",
    ),
    "more-than-one-child": Sentence(
        "The line asks for one unit below of kind “{kind}”, but there are {number}.",
        "Leave one of them in the round, or use a criterion with tiers.",
    ),
    "sets-read-each-other": Sentence(
        "These sets need each other's results: {sets}.",
        "Remove one of the two directions.",
    ),
    "no-set-for-kind": Sentence(
        "The round has no criteria set for kind “{text}”.",
        "Name a set for it; kinds with a set: {choices}.",
    ),
    "set-not-valid-in-year": Sentence(
        "The set {set} does not hold in {year}.",
        "Use the set of that year, or correct the year.",
    ),
    "not-among-the-tied": Sentence(
        "“{text}” is not one of the tied units.",
        "Choose among: {choices}.",
    ),
    "more-than-places-left": Sentence(
        "{number} units were named, but {left} can be chosen.",
        "Name at most {left}.",
    ),
    "more-than-eligible": Sentence(
        "{number} titles, but only {eligible} units are eligible.",
        "Write at most {eligible}.",
    ),
    "number-outside-bounds": Sentence(
        "{number} does not lie between {lowest} and {highest}.",
        "Choose a number from {lowest} to {highest}.",
    ),
}
