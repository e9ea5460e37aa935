"""A sentence for every deed that the journal can tell of; a test looks for deeds without one."""

from collections.abc import Mapping

from evalsvc.words.language import sentence

OF_SHEET: Mapping[str, str] = {
    "submit": sentence("Handed in"),
    "recall": sentence("Taken back by the unit"),
    "put-in-charge": sentence("In charge of this line: {after}"),
    "attach": sentence("Evidence added: {what}"),
    "replace": sentence("Evidence replaced by {what}"),
    "remove": sentence("Evidence taken off: {what}"),
    "return": sentence("Returned to the unit until {until}"),
    "supply": sentence("Put right and given back by the unit"),
    "accept": sentence("Accepted: {after}"),
    "adjust": sentence("Adjusted to {after}"),
    "give": sentence("Points given by the reviewer: {after}"),
    "undo-accept": sentence("Acceptance undone"),
    "agree": sentence("Agreed value of both marks: {after}"),
    "pass-over": sentence("Reviewer on seat {seat} passed over as absent"),
    "finish-review": sentence("Review finished"),
    "resume-review": sentence("Review taken up again"),
    "raise-flag": sentence("Flag raised on {document} of {day}"),
    "withdraw-flag": sentence("Flag withdrawn"),
    "release": sentence("Released to the unit, which may contest until {until}"),
    "open-release": sentence("Result opened by the head of the unit"),
    "hear-longer": sentence("More time for explanations, until {until}"),
    "contest": sentence("Contested by the unit: {text}"),
    "agree-line": sentence("Agreed to by the unit"),
    "withdraw-contest": sentence("Contest withdrawn by the unit"),
    "rule": sentence("Explanation answered: {after}"),
    "correct": sentence("Corrected to {after}"),
    "conclude": sentence("Concluded; {silent} lines by silence of the unit"),
    "take-back": sentence("Conclusion taken back"),
    "close": sentence("Closed by {decision}"),
    "reopen": sentence("Reopened by {decision}"),
    "joint-session": sentence("Minutes of the joint session of {held}, {place}"),
    "blank": sentence("The text of entry {number} was removed as the law requires"),
}
OF_ROUND: Mapping[str, str] = {
    "open-round": sentence("Round opened: {sheets} sheets, {lines} lines"),
    "extend-round": sentence("{task}: more time until {until} for {units}"),
    "close-round": sentence("Closed by {decision}: {concluded} sheets"),
    "assign": sentence("{account} is given: {part}"),
    "hand-over": sentence("Handed over from {from} to {to}: {part}"),
    "end-assignment": sentence("{account} no longer has: {part}"),
    "official-results": sentence("Official results entered on {sheets} sheets from {document}"),
    "export": sentence("Taken out as a file"),
}
OF_HOUSE: Mapping[str, str] = {
    "create-account": sentence("Account {name} made"),
    "reset-password": sentence("Password set anew"),
    "change-password": sentence("Password changed"),
    "change-email": sentence("Address for mail changed"),
    "new-calendar": sentence("New address of the calendar"),
    "end-calendar": sentence("Address of the calendar ended"),
    "sign-out-everywhere": sentence("Signed out of every browser"),
    "end-account": sentence("Account ended"),
    "add-units": sentence("New units: {units}"),
    "change-units": sentence("Units changed: {units}"),
    "end-units": sentence("Units ended: {units}"),
}
STATED: Mapping[str, str] = {
    "answer": sentence("Stated: {after}"),
    "official": sentence("Official result: {after}"),
}
EMPTIED: Mapping[str, str] = {
    "answer": sentence("Answer removed"),
    "official": sentence("Official result removed"),
}
KEPT = sentence("Typed, but not readable yet")
REFUSED = sentence("“Not applicable” refused")
NOBODY = sentence("Nobody is named in charge of this line any more")

DEEDS: Mapping[str, str] = {**OF_SHEET, **OF_ROUND, **OF_HOUSE}
