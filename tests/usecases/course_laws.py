"""What holds between two looks at a sheet, whatever was done between them and by whom."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from evalsvc.domain.assessment import Stage
from evalsvc.domain.course import FINISHED, RELEASED, Status
from evalsvc.domain.line_course import Step
from evalsvc.domain.lines import Layer
from evalsvc.domain.summary import markable
from evalsvc.store.marks import MarkRecord
from evalsvc.store.sheet_lines import LineRecord
from tests.usecases.course_house import CODES, DOUBLE, HEARING, OFFICIAL, Look

SPAN = timedelta(days=HEARING.days)
STEPS = {
    Status.OPEN: {Step.CLAIMED},
    Status.SUBMITTED: {Step.CLAIMED, Step.RETURNED, Step.MARKED},
    Status.REVIEWED: {Step.CLAIMED, Step.MARKED},
    Status.RELEASED: {Step.SHOWN, Step.AGREED, Step.CONTESTED, Step.RULED, Step.FINAL},
    Status.CONCLUDED: {Step.FINAL},
    Status.CLOSED: {Step.FINAL},
}
SEATS = {each: 2 if each == DOUBLE else 1 for each in CODES}


def faults(look: Look) -> Iterator[str]:
    """At any moment."""
    status = look.record.status
    for code, line in look.lines.items():
        if line.step not in STEPS[status]:
            yield f"{code} is {line.step} on a sheet that is {status}"
        if (line.final is not None) != (line.step is Step.FINAL) and status not in RELEASED:
            yield f"{code} has a final value before the sheet was released"
        if status is not Status.OPEN and code in markable(look.sheet.form):
            yield from _of_marks(line, [each for each in look.marks if each.line == code])
    if status is Status.OPEN and (look.marks or any(e.reviewed for e in look.lines.values())):
        yield "an open sheet has marks"
    if status in FINISHED and look.record.submitted_at is None:
        yield "finished and never handed in"


def _of_marks(line: LineRecord, marks: list[MarkRecord]) -> Iterator[str]:
    """The mark that counts is there, and it is the last of its stage."""
    stage = Stage.AGREED if SEATS[line.code] > 1 else Stage.REVIEW
    counting = [each for each in marks if each.stage is stage]
    if (line.reviewed is None) != (not counting):
        yield f"{line.code} is reviewed {line.reviewed!r}, its marks are {counting}"
    elif counting and counting[-1].value != line.reviewed:
        yield f"{line.code} is reviewed {line.reviewed!r}, the last mark says {counting[-1].value}"


def breaches(before: Look, after: Look, now: datetime, told: dict[str, datetime]) -> Iterator[str]:
    """Between two moments. `told`: the latest hour until which the unit was told it may contest."""
    if list(after.told[: len(before.told)]) != list(before.told):
        yield "the journal was rewritten"
    for code in CODES:
        yield from _of_line(before, after, code, (now, told.get(code, now)))
    yield from _unblinded(before, after)


def _of_line(
    before: Look, after: Look, code: str, hours: tuple[datetime, datetime]
) -> Iterator[str]:
    was, line = before.lines[code], after.lines[code]
    now, told = hours
    is_recalled = after.record.status is Status.OPEN and code == OFFICIAL
    if was.claim != line.claim and not may_state(before, code, now) and not is_recalled:
        yield f"the claim of {code} changed while it was {was.step}"
    if line.step is Step.FINAL and was.step is not Step.FINAL:
        yield from _concluded(before, code, now, told)
    if was.step is Step.CONTESTED and line.step not in (
        Step.CONTESTED,
        Step.RULED,
        Step.AGREED,
    ):
        yield f"{code} was contested and became {line.step}"
    if after.record.status in RELEASED and before.record.status in RELEASED:
        less = counted(after, code) < counted(before, code)
        if less and (line.step is not Step.SHOWN or was.step is Step.CONTESTED):
            yield f"{code} lost points while {was.step}, and is {line.step}"
        if less and (line.explain_until is None or line.explain_until < max(told, now + SPAN)):
            yield f"{code} lost points and may be contested until {line.explain_until}, not {told}"


def may_state(look: Look, code: str, now: datetime) -> bool:
    line = look.lines[code]
    if look.record.status is Status.OPEN:
        return True
    until = line.returned_until
    return line.step is Step.RETURNED and until is not None and now <= until


def _concluded(before: Look, code: str, now: datetime, told: datetime) -> Iterator[str]:
    was = before.lines[code]
    if before.record.released_at is None:
        yield f"{code} was concluded and never released"
    if was.step not in (Step.SHOWN, Step.RULED):
        return
    turns = before.sheet.round.hearing.turns - (was.turn - was.heard)
    if was.step is Step.RULED and turns <= 0:
        return  # the last word on the line has been said
    other = (before.sheet.counts(before.sheet.entry(code)) or "") != (was.claim or "")
    if other and now <= told:
        yield f"{code} was concluded at {now}, before its window of {told} had passed"
    if other and was.step is Step.SHOWN and before.record.opened_at is None:
        yield f"{code} was concluded by a silence that does not count"


def counted(look: Look, code: str) -> object:
    """The points of a line that count once it is released."""
    entry = look.sheet.entry(code)
    value = look.sheet.mark(entry, look.sheet.counts(entry))
    return look.sheet.points(entry, value, Layer.FINAL)


def seen_marks(look: Look) -> list[MarkRecord]:
    """The marks of the two seats, once each may see the other's."""
    found = [each for each in look.marks if (each.line, each.stage) == (DOUBLE, Stage.REVIEW)]
    return found if len({each.seat for each in found}) == SEATS[DOUBLE] else []


def _unblinded(before: Look, after: Look) -> Iterator[str]:
    """A mark that shows itself to the other seat is changed by nobody; a return ends them all."""
    is_returned = after.lines[DOUBLE].step is Step.RETURNED
    if (shown := seen_marks(before)) and not is_returned and seen_marks(after) != shown:
        yield f"{DOUBLE}: a mark was changed after the other one could be seen"
