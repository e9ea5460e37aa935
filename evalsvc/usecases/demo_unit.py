"""One unit of the demo province in one round, through the deeds that people do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from evalsvc.domain.access import Actor
from evalsvc.domain.answers import Sent, Stated, Value
from evalsvc.domain.assessment import Flag
from evalsvc.domain.criteria import GivenBy
from evalsvc.domain.forms import Entry
from evalsvc.domain.readings import days_of, write_value
from evalsvc.domain.windows import Task
from evalsvc.store.assessments import Record
from evalsvc.usecases import (
    assess,
    evaluate,
    returns,
    sheets,
)
from evalsvc.usecases.assess import Typed
from evalsvc.usecases.demo_answers import quality, value_for
from evalsvc.usecases.demo_course import Course, ends
from evalsvc.usecases.demo_days import Days, Span, day_of
from evalsvc.usecases.demo_draws import draw
from evalsvc.usecases.demo_evidence import note, shown_for
from evalsvc.usecases.demo_people import (
    OF_INSPECTORS,
    People,
    as_,
)
from evalsvc.usecases.demo_plan import (
    LAST_YEAR,
    NOT_HANDED_IN,
    SHOWN,
    THIS_YEAR,
    WHOLLY_REVIEWED,
    State,
    filled,
    flags,
    handed_in,
    looked_at,
)
from evalsvc.usecases.demo_reviews import adjustment
from evalsvc.usecases.demo_texts import phrase
from evalsvc.usecases.depot import Depot
from evalsvc.usecases.found import Found
from evalsvc.usecases.sheets import Seen, Sheet
from evalsvc.usecases.work import Work

PAPER = "Hồ sơ giấy lưu tại bộ phận văn thư của đơn vị"


@dataclass(frozen=True, slots=True)
class Stage:
    """What everything is played on."""

    doing: Work
    when: Days
    who: People
    depot: Depot | None


class Unit:
    """One unit in one round: fills in, hands in, is reviewed, as far as the plan says."""

    def __init__(self, stage: Stage, record: Record, state: State, year: int) -> None:
        self.doing, self.when, self.who = stage.doing, stage.when, stage.who
        self.depot = None if state in NOT_HANDED_IN else stage.depot
        self.record = record
        self.state = state
        self.plan_year = year
        self.code = record.unit_code
        self.sheet = sheets.of_record(self.doing, record)
        self.windows = self.sheet.round.windows
        self.year = self.sheet.round.year
        self.level = quality(self.code, self.year)

    def go(self) -> None:
        handed = handed_in(self.code, self.plan_year, self.state)
        at = None if handed is None else self.when.moved(handed)
        self._fill_in(at)
        if at is None or self.state in NOT_HANDED_IN:
            return
        self._hand_in(at)
        self._review(at)

    def _value(self, entry: Entry, at: datetime) -> Value:
        """What is so on that day: nothing was sent on a later one."""
        value, today = value_for(entry, self.year, self.code, self.level), day_of(at)
        match value:
            case Stated(Sent(days)):
                sent = tuple((code, min(day, today) if day else None) for code, day in days)
                return replace(value, answer=Sent(sent))
            case _:
                return value

    def _answer(self, entry: Entry, at: datetime, remark: str = "") -> None:
        seen = Seen(self.sheet.lines[entry.code].version)
        remark = remark or note(entry, self.code, self.year)
        said = Typed(write_value(self._value(entry, at)), note=remark)
        doing = as_(self.doing, self.who.editors[self.code], at)
        self.sheet = assess.save_answer(doing, self.record.id, entry.code, said, seen).sheet
        if self.plan_year == THIS_YEAR:
            self.sheet = shown_for(doing, self.sheet, entry, self.depot)

    def _fill_in(self, handed: datetime | None) -> None:
        opens, closes = self.windows[Task.ASSESS].opens, self.windows[Task.ASSESS].closes
        last = (handed or closes - timedelta(days=1)) - timedelta(hours=20)
        span = Span(max(opens, last - timedelta(days=24)) + timedelta(days=1), last)
        answered = filled(self.sheet.form.entries(), self.code, self.state)
        for at, entry in enumerate(answered):
            self._answer(entry, span.moment(at, len(answered)))

    def _hand_in(self, at: datetime) -> None:
        for gap in assess.gaps_of(self.sheet):
            if gap.blocks:
                self._answer(gap.entry, at - timedelta(minutes=20), PAPER)
        confirmed = [gap.entry.code for gap in assess.gaps_of(self.sheet)]
        head = as_(self.doing, self.who.heads[self.code], at)
        self.sheet = assess.submit(head, self.record.id, confirmed)

    def _review(self, handed: datetime) -> None:
        entries = list(self.sheet.form.entries())
        seen = looked_at(entries, self.code, self.state)
        if not seen:
            return
        window = self.windows[Task.REVIEW]
        first = max(handed, window.opens) + timedelta(hours=22)
        span = Span(first, min(first + timedelta(days=5), self.when.now - timedelta(hours=20)))
        for at, entry in enumerate(seen):
            self._mark(entry, span.moment(at, len(seen)))
        end = span.last + timedelta(hours=12)
        for flag in flags(self.code, self.plan_year):
            self._flag(flag, end)
        if self.state in WHOLLY_REVIEWED:
            self._finish(entries, end)
        elif self.state is State.UNDER_REVIEW:
            self._return(end)

    def _return(self, at: datetime) -> None:
        """Some units put a line right before it is marked; half of them have done so."""
        chance = draw(self.code, self.plan_year, "returned")
        lines = [
            entry
            for entry in self.sheet.form.entries()
            if entry.criterion.given_by is GivenBy.UNIT
            and self.sheet.lines[entry.code].reviewed is None
            and self.sheet.lines[entry.code].claim
        ]
        if not lines or not chance.once_in(2, "some"):
            return
        entry = chance.one_of(lines, "line")
        doing = as_(self.doing, self.who.lead, at)
        seen = Seen(self.sheet.lines[entry.code].version)
        until, why = self.when.at(3, time(17)), phrase(chance, "returns")
        self.sheet = returns.return_line(doing, self.record.id, entry.code, until, why, seen)
        if chance.once_in(2, "supplied"):
            later = at + timedelta(hours=1)
            head = as_(self.doing, self.who.heads[self.code], later)
            again = Seen(self.sheet.lines[entry.code].version)
            self.sheet = returns.supply(head, self.record.id, entry.code, again)

    def _go_on(self, at: datetime) -> None:
        """What follows the review; last year's sheets also come to their end."""
        window = self.windows[Task.EXPLAIN]
        course = Course(self.doing, self.who, self.sheet, self.state)
        released = window.opens if self.plan_year == LAST_YEAR else at
        self.sheet = course.go(released)
        if self.state is State.CLOSED:
            course.conclude(ends(self.sheet))
        elif self.state is State.CONCLUDED:
            course.conclude(released + timedelta(hours=30))

    def _mark(self, entry: Entry, at: datetime) -> None:
        doing = as_(self.doing, self._reviewer(entry), at)
        line = self.sheet.lines[entry.code]
        claim = self.sheet.value(entry, line.claim)
        if entry.criterion.given_by is GivenBy.REVIEWER:
            found, reason = Found(write_value(self._value(entry, at))), ""
        elif claim and (other := self._other(entry, claim, at)):
            found, reason = Found(write_value(other[0])), other[1]
        else:
            done = evaluate.accept(doing, self.record.id, entry.code, Seen(line.version))
            self.sheet = done.sheet
            return
        done = evaluate.adjust(doing, self.record.id, entry.code, found, reason, Seen(line.version))
        self.sheet = done.sheet

    def _other(self, entry: Entry, claim: Value, at: datetime) -> tuple[Value, str] | None:
        """Another value, unless it rests on a day that is still to come."""
        found = adjustment(entry, claim, self.code, self.year)
        to_come = found and any(day > day_of(at) for day in days_of(found[0]))
        return None if to_come else found

    def _flag(self, flag: Flag, at: datetime) -> None:
        doing = as_(self.doing, self.who.lead, at)
        day = flag.day + self.when.shift
        self.sheet = evaluate.raise_flag(doing, self.record.id, flag.code, flag.document, day)

    def _finish(self, entries: Sequence[Entry], at: datetime) -> None:
        """Official results come in, then the lead evaluator finishes."""
        doing = as_(self.doing, self.who.lead, at + timedelta(minutes=30))
        for entry in entries:
            if entry.criterion.given_by is GivenBy.SERVICE:
                self.sheet = _official(doing, self.sheet, entry, self._value(entry, at))
        self.sheet = evaluate.finish(doing, self.record.id)
        if self.state in SHOWN:
            self._go_on(at + timedelta(hours=1))

    def _reviewer(self, entry: Entry) -> Actor:
        """Whoever this round names for the line, else the team of the block."""
        named = self.plan_year == THIS_YEAR and entry.code in OF_INSPECTORS
        return self.who.inspector if named else self.who.evaluators[self.record.place.block]


def _official(doing: Work, sheet: Sheet, entry: Entry, value: Value) -> Sheet:
    seen = Seen(sheet.lines[entry.code].version)
    text = write_value(value)
    return evaluate.enter_official(doing, sheet.record.id, entry.code, text, seen).sheet
