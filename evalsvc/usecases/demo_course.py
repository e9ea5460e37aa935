"""What follows a review in the demo province: release, explanations, answers, conclusion."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from evalsvc.domain.access import Actor
from evalsvc.domain.criteria import GivenBy
from evalsvc.domain.forms import Entry
from evalsvc.domain.line_course import Step
from evalsvc.domain.readings import write_value
from evalsvc.domain.windows import Task
from evalsvc.usecases import decide, explain, sheets
from evalsvc.usecases.demo_people import People, as_
from evalsvc.usecases.demo_plan import State
from evalsvc.usecases.demo_reviews import contest, restored
from evalsvc.usecases.found import Found
from evalsvc.usecases.sheets import Seen, Sheet
from evalsvc.usecases.work import Work

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KEPT = "Đã xem lại hồ sơ gửi kèm; nội dung giải trình chưa làm thay đổi kết quả thẩm định."
AGREES = frozenset({State.CONCLUDED})
ANSWERS = frozenset({State.ANSWERED, State.CLOSED})


@dataclass
class Course:
    """One sheet from the release on; `says` decides what its unit contests."""

    doing: Work
    who: People
    sheet: Sheet
    state: State

    def _as(self, actor: Actor, at: datetime) -> Work:
        return as_(self.doing, actor, at)

    @property
    def _id(self) -> int:
        return self.sheet.record.id

    @property
    def _head(self) -> Actor:
        return self.who.heads[self.sheet.record.unit_code]

    def go(self, at: datetime) -> Sheet:
        """From the release at that moment, as far as the plan says."""
        self.sheet = explain.release(self._as(self.who.lead, at), self._id)
        if self.state is State.RELEASED and not self._is_read():
            return self.sheet
        explain.opened(self._as(self._head, at + 20 * HOUR), self._id)
        self._look()
        contested = [] if self.state in AGREES else list(self._contest(at + 26 * HOUR))
        if self.state in ANSWERS:
            for entry in contested:
                self._answer(entry, at + 2 * DAY)
        if self.state in AGREES:
            self._agree(at + 27 * HOUR)
        return self.sheet

    def conclude(self, at: datetime) -> None:
        decide.conclude(self._as(self.who.lead, at), self._id)

    def _is_read(self) -> bool:
        return len(self.sheet.record.unit_code) % 2 == 0

    def _look(self) -> None:
        """The sheet with what has been put on its record since."""
        self.sheet = sheets.seen(self._as(self.who.lead, self.doing.now), self._id)

    def _adjusted(self) -> Iterator[Entry]:
        for entry in self.sheet.form.entries():
            line = self.sheet.lines[entry.code]
            own = entry.criterion.given_by is GivenBy.UNIT
            if own and line.step is Step.SHOWN and line.reviewed != line.claim:
                yield entry

    def _contest(self, at: datetime) -> Iterator[Entry]:
        """Some lines are contested, at least one where the plan says so; drafts beside them."""
        unit, year = self.sheet.record.unit_code, self.sheet.form.year
        adjusted = list(self._adjusted())
        wanted = [entry for entry in adjusted if contest(entry, unit, year)]
        if self.state is State.RELEASED:
            for entry in wanted[:1]:
                editor = self._as(self.who.editors[unit], at)
                explain.draft(editor, self._id, entry.code, contest(entry, unit, year))
            return
        for entry in wanted:
            seen = Seen(self.sheet.lines[entry.code].version)
            said = contest(entry, unit, year)
            head = self._as(self._head, at)
            self.sheet = explain.contest(head, self._id, entry.code, said, seen)
            yield entry

    def _answer(self, entry: Entry, at: datetime) -> None:
        unit, year = self.sheet.record.unit_code, self.sheet.form.year
        line = self.sheet.lines[entry.code]
        claim = self.sheet.value(entry, line.claim)
        back = claim and restored(entry, claim, unit, year)
        doing = self._as(self.who.answerer, at)
        if back and self._is_more(entry):
            found, said = Found(write_value(back[0])), back[1]
        else:
            found, said = None, KEPT
        self.sheet = explain.rule(doing, self._id, entry.code, found, said, Seen(line.version))

    def _is_more(self, entry: Entry) -> bool:
        line = self.sheet.lines[entry.code]
        return line.claimed_points >= (line.reviewed_points or line.claimed_points)

    def _agree(self, at: datetime) -> None:
        head = self._as(self._head, at)
        for entry in explain.changed_lines(self.sheet):
            line = self.sheet.lines[entry.code]
            if line.step is Step.SHOWN:
                self.sheet = explain.agree(head, self._id, entry.code, Seen(line.version))


def ends(sheet: Sheet) -> datetime:
    """After the last hour in which this unit could say something."""
    until = sheet.record.explain_until or sheet.round.windows[Task.EXPLAIN].locks
    of_lines = [line.explain_until for line in sheet.lines.values() if line.explain_until]
    return max([until, *of_lines]) + HOUR
