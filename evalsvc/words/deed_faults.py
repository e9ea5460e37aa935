"""Deeds that are refused: what is wrong, what to do instead."""

from evalsvc.words.sentence import Sentence

DEEDS: dict[str, Sentence] = {
    "sheet-handed-in": Sentence(
        "This sheet has been handed in and is no longer changed here.",
        "Look at it in “Result”; corrections are made by the reviewers.",
    ),
    "window-not-open": Sentence(
        "Answers are not asked for yet; the round opens at {opens}.",
        "Come back when the round is open.",
    ),
    "window-locked": Sentence(
        "The time for answers ended at {closes}; what you typed is shown but not counted.",
        "Ask the body that runs the round for an extension.",
    ),
    "line-not-yours": Sentence(
        "Line {line} is not answered by the unit.",
        "Leave it as it is; reviewers or official results fill it.",
    ),
    "note-too-long": Sentence(
        "The note is too long.",
        "Write at most {most} characters.",
    ),
    "answer-too-long": Sentence(
        "The answer is too long.",
        "Write at most {most} characters.",
    ),
    "sheet-not-ready": Sentence(
        "These lines have to be put right before handing in: {lines}.",
        "Open each of them, correct it, then hand in.",
    ),
    "gaps-not-confirmed": Sentence(
        "These lines have no answer and earn 0 points: {lines}.",
        "Answer them, or tick that the unit hands in without them.",
    ),
    "sheet-not-handed-in": Sentence(
        "The unit has not handed in this sheet yet.",
        "Wait until it is handed in.",
    ),
    "review-finished": Sentence(
        "The review of this sheet is finished.",
        "The lead evaluator can take it up again with a reason.",
    ),
    "review-not-finished": Sentence(
        "The review of this sheet is not finished.",
        "Go on with the lines that are left.",
    ),
    "review-not-open": Sentence(
        "The review has not begun; it opens at {opens}.",
        "Come back when the review is open.",
    ),
    "review-locked": Sentence(
        "The time for the review ended at {closes}.",
        "Ask the body that runs the round for more time.",
    ),
    "nothing-claimed": Sentence(
        "The unit claims nothing on line {line}.",
        "State the value yourself.",
    ),
    "answer-changes-nothing": Sentence(
        "What is typed for line {line} is the value that stands already.",
        "Choose to keep the value, or state another one.",
    ),
    "correction-changes-nothing": Sentence(
        "What is typed for line {line} is the value that stands already.",
        "Change the value, or leave the line as it is.",
    ),
    "value-and-not-applicable": Sentence(
        "There is both a result and “not applicable”.",
        "Empty the result, or choose that the line is applicable.",
    ),
    "nothing-stated": Sentence(
        "Nothing is stated on line {line}.",
        "Fill in the answer, or accept what the unit claims.",
    ),
    "reason-missing": Sentence(
        "A reason is missing.",
        "Write why.",
    ),
    "reason-too-long": Sentence(
        "The reason is too long.",
        "Write at most {most} characters.",
    ),
    "official-line": Sentence(
        "Line {line} holds an official result.",
        "Enter it in the list of official results.",
    ),
    "not-an-official-line": Sentence(
        "Line {line} holds no official result.",
        "Choose a line of the list of official results.",
    ),
    "only-not-applicable-is-refused": Sentence(
        "On line {line} the unit does not say “not applicable”.",
        "Correct the answer instead.",
    ),
    "lines-not-marked": Sentence(
        "These lines have no mark yet: {lines}.",
        "Accept or adjust each of them, then finish.",
    ),
    "lines-to-come": Sentence(
        "These lines wait for a result that is still to come: {lines}.",
        "Enter the official results, then finish.",
    ),
    "no-such-flag": Sentence(
        "“{text}” is not a flag of this set.",
        "Choose one of: {choices}.",
    ),
    "document-missing": Sentence(
        "The document is missing on which the flag rests.",
        "Write number, date and issuer of the document.",
    ),
    "day-to-come": Sentence(
        "{day} is still to come.",
        "Write a day that has been, {today} at the latest.",
    ),
    "document-too-long": Sentence(
        "The document is too long.",
        "Write at most {most} characters.",
    ),
    "sheet-closed": Sentence(
        "This sheet is closed.",
        "A closed sheet is changed only after a leader has reopened it.",
    ),
}
