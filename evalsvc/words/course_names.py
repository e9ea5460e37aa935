"""What the course calls things: statuses, steps and tasks, and the deeds that lead on."""

from collections.abc import Mapping

from evalsvc.domain.appraisal import TaskDeed, TaskState
from evalsvc.domain.course import Status
from evalsvc.domain.deeds import Deed
from evalsvc.domain.line_course import LineDeed, Step
from evalsvc.domain.windows import Task
from evalsvc.words.language import sentence

STATUSES: Mapping[Status, str] = {
    Status.OPEN: sentence("Being filled in"),
    Status.SUBMITTED: sentence("Submitted, waits for review"),
    Status.REVIEWED: sentence("Review finished"),
    Status.RELEASED: sentence("Released to the unit"),
    Status.CONCLUDED: sentence("Concluded, waits for the leader"),
    Status.CLOSED: sentence("Closed"),
}
DEEDS: Mapping[Deed, str] = {
    Deed.ANSWER: sentence("Fill in lines"),
    Deed.SUBMIT: sentence("Hand in"),
    Deed.RECALL: sentence("Take the sheet back to go on with it"),
    Deed.SUPPLY: sentence("Give a returned line back"),
    Deed.MARK: sentence("Mark lines"),
    Deed.RETURN: sentence("Return a line to the unit"),
    Deed.FINISH: sentence("Finish the review"),
    Deed.RESUME: sentence("Take the review up again"),
    Deed.RELEASE: sentence("Release the result to the unit"),
    Deed.REPLY: sentence("Draft an explanation"),
    Deed.CONTEST: sentence("Contest a line or agree to it"),
    Deed.RULE: sentence("Answer an explanation"),
    Deed.CORRECT: sentence("Correct a line"),
    Deed.CONCLUDE: sentence("Conclude the sheet"),
    Deed.TAKE_BACK: sentence("Take the conclusion back"),
    Deed.CLOSE: sentence("Close the sheet by a decision"),
    Deed.REOPEN: sentence("Reopen the sheet by a decision"),
}
WINDOWS: Mapping[Task, str] = {
    Task.ASSESS: sentence("Self-assessment"),
    Task.REVIEW: sentence("Review"),
}
STEPS: Mapping[Step, str] = {
    Step.CLAIMED: sentence("Claimed by the unit"),
    Step.RETURNED: sentence("Returned"),
    Step.MARKED: sentence("Marked by reviewers"),
    Step.SHOWN: sentence("Shown to the unit"),
    Step.AGREED: sentence("Agreed by the unit"),
    Step.CONTESTED: sentence("Contested"),
    Step.RULED: sentence("Answered"),
    Step.FINAL: sentence("Final"),
}
LINE_DEEDS: Mapping[LineDeed, str] = {
    LineDeed.MARK: sentence("A mark is given"),
    LineDeed.UNMARK: sentence("The mark is undone"),
    LineDeed.RETURN: sentence("Returned to the unit with an hour"),
    LineDeed.SUPPLY: sentence("Given back by the unit"),
    LineDeed.LAPSE: sentence("The hour passes"),
    LineDeed.RELEASE: sentence("The sheet is released"),
    LineDeed.AGREE: sentence("The unit agrees"),
    LineDeed.CONTEST: sentence("The unit contests"),
    LineDeed.WITHDRAW: sentence("The unit withdraws its explanation"),
    LineDeed.RULE: sentence("The explanation is answered"),
    LineDeed.RAISE: sentence("Corrected, not lowered"),
    LineDeed.LOWER: sentence("Corrected and lowered"),
    LineDeed.CONCLUDE: sentence("The sheet is concluded"),
}
TASKS: Mapping[Task, str] = {
    Task.ASSESS: sentence("Self-assessment"),
    Task.REVIEW: sentence("Review"),
    Task.EXPLAIN: sentence("Explanations"),
    Task.DECIDE: sentence("Conclusion"),
}
TASK_STATES: Mapping[TaskState, str] = {
    TaskState.DUE: sentence("Mark still due"),
    TaskState.GIVEN: sentence("Mark given"),
    TaskState.PASSED: sentence("Passed over as absent"),
    TaskState.AGREED: sentence("Value agreed"),
}
TASK_DEEDS: Mapping[TaskDeed, str] = {
    TaskDeed.MARK: sentence("Give a mark"),
    TaskDeed.SKIP: sentence("Pass over an absent reviewer"),
    TaskDeed.AGREE: sentence("Enter the agreed value"),
    TaskDeed.RETURN: sentence("Return a line to the unit"),
}
