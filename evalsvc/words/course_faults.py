"""Refusals in the course of a sheet: returned, released, contested, decided; and assignments."""

from evalsvc.words.sentence import Sentence

COURSE: dict[str, Sentence] = {
    "round-without-window": Sentence(
        "The round “{round}” has no window for this.",
        "Extend what the round has a window for.",
    ),
    "line-not-marked": Sentence(
        "Line {line} has no mark yet.",
        "Mark it first.",
    ),
    "line-is-returned": Sentence(
        "Line {line} is with the unit, which is putting it right.",
        "Wait until the unit gives it back, or until its hour has passed.",
    ),
    "line-not-released": Sentence(
        "Line {line} has not been shown to the unit yet.",
        "Release the sheet first.",
    ),
    "line-not-contested": Sentence(
        "The unit has not contested line {line}.",
        "Only contested lines are answered.",
    ),
    "line-is-agreed": Sentence(
        "The unit has agreed to line {line}.",
        "Its word on this line is given; the lead evaluator may still correct it.",
    ),
    "line-is-contested": Sentence(
        "Line {line} is contested and not answered yet.",
        "Answer the explanation first.",
    ),
    "line-is-ruled": Sentence(
        "The explanation of line {line} has been answered.",
        "See the answer beside the line.",
    ),
    "line-is-final": Sentence(
        "Line {line} is concluded.",
        "A concluded line is changed only after a leader has reopened the sheet.",
    ),
    "return-lapsed": Sentence(
        "The time to put this line right ended at {closes}.",
        "What you typed is shown but not counted; ask the reviewers to return the line again.",
    ),
    "line-not-ready": Sentence(
        "Line {line} cannot be sent again yet: its answer cannot be read, or required evidence or "
        "an answer is missing.",
        "Put it right, then send it.",
    ),
    "moment-is-past": Sentence(
        "{moment} has passed already.",
        "Choose an hour that is still to come.",
    ),
    "moment-to-come": Sentence(
        "{moment} is still to come.",
        "Write when it took place.",
    ),
    "return-after-review": Sentence(
        "The review ends at {closes}, and somebody has to look at the line after it comes back.",
        "Choose an earlier hour.",
    ),
    "review-has-begun": Sentence(
        "The first mark on this sheet has been saved, so it is no longer taken back.",
        "Ask the reviewers to return the lines that have to be put right.",
    ),
    "sheet-released": Sentence(
        "This sheet has been released to the unit.",
        "What is not right is now contested by the unit or corrected by the lead evaluator.",
    ),
    "sheet-concluded": Sentence(
        "This sheet is concluded and waits for the leader.",
        "The lead evaluator can take it back with a reason.",
    ),
    "sheet-not-released": Sentence(
        "This sheet has not been released to the unit yet.",
        "Finish the review and release it first.",
    ),
    "sheet-not-concluded": Sentence(
        "This sheet is not concluded yet.",
        "The lead evaluator concludes it first.",
    ),
    "sheet-not-closed": Sentence(
        "This sheet is not closed yet.",
        "Only a closed sheet is reopened.",
    ),
    "mark-still-due": Sentence(
        "A mark on line {line} is still due.",
        "Wait for it, or pass over the absent reviewer with a reason.",
    ),
    "mark-given": Sentence(
        "A mark on line {line} has been given.",
        "Nobody is passed over who has marked.",
    ),
    "seat-passed-over": Sentence(
        "On line {line} this reviewer was passed over as absent.",
        "The lead evaluator decides on the value.",
    ),
    "line-agreed": Sentence(
        "The value of line {line} has been agreed.",
        "Only the lead evaluator changes it.",
    ),
    "marks-are-all-in": Sentence(
        "Both marks on line {line} are in and show themselves to each other.",
        "The lead evaluator now enters the agreed value.",
    ),
    "line-has-one-seat": Sentence(
        "Line {line} is marked by one reviewer.",
        "There is nothing to agree on.",
    ),
    "explanation-locked": Sentence(
        "The time for explanations of this line ended at {closes}.",
        "The value stands; ask the body that runs the round if something is wrong.",
    ),
    "explanations-used-up": Sentence(
        "Line {line} has been contested as often as the round allows ({most}).",
        "The answer that was given stands.",
    ),
    "answer-below-review": Sentence(
        "The answer to an explanation is never below {least} points, which the unit contests.",
        "Keep the value or raise it; a lower one needs a correction with a new window.",
    ),
    "line-window-open": Sentence(
        "The unit may still contest a line.",
        "Wait until its hour has passed, or until the unit agrees.",
    ),
    "line-not-seen": Sentence(
        "The unit has not opened its result, so its silence does not count yet.",
        "Silence counts once the head has opened the result, or some days after two mails.",
    ),
    "lines-not-settled": Sentence(
        "These lines are not settled yet: {lines}.",
        "Answer what is contested, and wait for windows that are still open.",
    ),
    "sheet-changed-since": Sentence(
        "The sheet has changed since it was on your screen.",
        "Look at it again, then decide.",
    ),
    "text-too-long": Sentence(
        "The text is too long.",
        "Write at most {most} characters.",
    ),
    "session-before-hand-in": Sentence(
        "{moment} is before the unit handed in its sheet, at {at}.",
        "Write when the session took place.",
    ),
    "session-incomplete": Sentence(
        "The minutes name the place and who was present.",
        "Fill in both.",
    ),
    "line-changed-since": Sentence(
        "The line has changed since it was on your screen.",
        "Look at it again.",
    ),
    "line-marked-already": Sentence(
        "Line {line} has a mark already.",
        "Nothing is to be done; open it to change the mark.",
    ),
    "line-of-others": Sentence(
        "Somebody else is named for line {line}.",
        "Leave it to them.",
    ),
    "too-many-at-once": Sentence(
        "Too many lines at once.",
        "Choose at most {most}.",
    ),
    "document-unnamed": Sentence(
        "A document needs a number or a title.",
        "Write at least one of them.",
    ),
    "not-a-link": Sentence(
        "“{text}” is not the address of a page.",
        "Write an address that begins with https:// or http://.",
    ),
    "link-too-long": Sentence(
        "The address is too long.",
        "Write at most {most} characters.",
    ),
    "lines-without-reviewer": Sentence(
        "Nobody may review these lines: {units}.",
        "Nobody reviews the body that they belong to; name somebody else for them.",
    ),
    "lines-without-answerer": Sentence(
        "Nobody could answer an explanation of these lines who gave no mark on them: {units}.",
        "Name one more person under reviewers, with the role answerer.",
    ),
    "seats-of-one-person": Sentence(
        "One person would mark these lines twice: {units}.",
        "Two people mark such a line without seeing each other; name somebody else for one seat.",
    ),
    "nothing-picked": Sentence(
        "Nothing was ticked.",
        "Tick at least one sheet.",
    ),
    "no-such-part": Sentence(
        "There is no part {text} in this round.",
        "Parts that there are: {choices}.",
    ),
    "no-line-ticked": Sentence(
        "No line was ticked.",
        "Tick at least one line.",
    ),
    "no-such-reviewer": Sentence(
        "“{text}” is no account of a reviewer, or is the same person.",
        "Choose one of the accounts that appraise.",
    ),
    "assigned-already": Sentence(
        "“{text}” has this part already.",
        "Look at it in the list.",
    ),
    "role-not-assigned": Sentence(
        "The role “{text}” is not given for one round.",
        "Evaluators and those who answer explanations are named for a round.",
    ),
    "no-such-lines": Sentence(
        "The sets of the round have no such lines: {lines}.",
        "Write the codes of criteria as the set does.",
    ),
    "reviewer-over-one-thing": Sentence(
        "A reviewer is named for a unit, a kind or a block, not for several of them.",
        "Write an entry for each.",
    ),
}
