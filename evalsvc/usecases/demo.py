"""The demo province, made through the same deeds that people do, at the hours of its plan."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from evalsvc.catalog import round_openings
from evalsvc.domain.access import SERVICE, Actor
from evalsvc.domain.answers import Value
from evalsvc.domain.assessment import Flag
from evalsvc.domain.criteria import GivenBy
from evalsvc.domain.errors import Refused
from evalsvc.domain.forms import Entry
from evalsvc.domain.readings import write_value
from evalsvc.domain.windows import Task
from evalsvc.store import queues, units
from evalsvc.store.assessments import Record
from evalsvc.store.queues import Wanted
from evalsvc.usecases import accounts, assess, demo_people, evaluate, rounds, sheets
from evalsvc.usecases import units as unit_deeds
from evalsvc.usecases.assess import Typed
from evalsvc.usecases.demo_answers import quality, value_for
from evalsvc.usecases.demo_days import Days, Span, days, opening_of, standing
from evalsvc.usecases.demo_evidence import note
from evalsvc.usecases.demo_people import OFFICE, PASSWORD, People, Shown, people
from evalsvc.usecases.demo_plan import (
    LAST_YEAR,
    NOT_HANDED_IN,
    THIS_YEAR,
    WHOLLY_REVIEWED,
    State,
    filled,
    flags,
    handed_in,
    looked_at,
    states,
)
from evalsvc.usecases.demo_reviews import adjustment
from evalsvc.usecases.demo_texts import FOLDER
from evalsvc.usecases.evaluate import Found
from evalsvc.usecases.sheets import Seen, Sheet
from evalsvc.usecases.work import Work

UNITS = "units.csv"
REASON_OF_EXTENSION = "Đơn vị đang hợp nhất hồ sơ sau sắp xếp tổ chức bộ máy"
DECISION = "Quyết định số {number}/QĐ-UBND ngày {day:%d/%m/%Y} của Chủ tịch UBND tỉnh"


@dataclass(frozen=True, slots=True)
class Made:
    """What the demo has: accounts to try, and their password."""

    units: int
    sheets: int
    accounts: tuple[Shown, ...]
    password: str = PASSWORD


def is_empty(doing: Work) -> bool:
    return not units.ids(doing.store)


def shown(doing: Work) -> tuple[Shown, ...]:
    """The accounts to try where the database holds the demo, else none."""
    return demo_people.shown(doing)


def fill(doing: Work, only: Container[str] | None = None) -> Made:
    """All of the demo in one transaction; refused where there are units already.

    `only`: the units that are led through their rounds, where a test does not need them all.
    """
    if not is_empty(doing):
        raise Refused("database-not-empty")
    when = days(doing.now)
    begun = _as(doing, SERVICE, when.at(-460, time(8)))
    read = unit_deeds.read(begun, UNITS, (FOLDER / UNITS).read_bytes())
    records = [standing(each, when) for each in read]
    unit_deeds.take(begun, records)
    here = [each for each in records if each.valid_until is None]
    who = people(begun, here, accounts.known_password(PASSWORD))
    number = sum(_year(doing, when, who, (year, only)) for year in (LAST_YEAR, THIS_YEAR))
    return Made(len(here), number, shown(doing))


def _year(doing: Work, when: Days, who: People, of: tuple[int, Container[str] | None]) -> int:
    """One round, from its opening on; how many sheets it has."""
    year, only = of
    opening = opening_of(round_openings.load(FOLDER / f"round-{year}.yaml"), when)
    before = opening.windows[Task.ASSESS].opens - timedelta(days=5)
    service = _as(doing, SERVICE, before)
    opened = rounds.open_(service, opening)
    found = queues.led(doing.store, SERVICE, Wanted(opened.id))
    state = states([record.unit_code for record in found], year)
    for record in found:
        if only is None or record.unit_code in only:
            _Unit(doing, when, who, record, state[record.unit_code], year).go()
    if year == LAST_YEAR:
        _close(doing, who, opening.code, opening.windows[Task.DECIDE].closes)
    else:
        leader = _as(doing, who.leader, when.at(-6, time(10)))
        rounds.extend(leader, opening.code, when.extended(), REASON_OF_EXTENSION, unit=OFFICE)
    return opened.sheets


def _close(doing: Work, who: People, code: str, at: datetime) -> None:
    decision = DECISION.format(number=27, day=at)
    rounds.close(_as(doing, who.leader, at), code, decision)


def _as(doing: Work, actor: Actor, at: datetime) -> Work:
    """The same transaction, as somebody else at another time."""
    return Work(doing.store, actor, doing.shelf, lambda _store: at)


class _Unit:
    """One unit in one round: fills in, hands in, is reviewed, as far as the plan says."""

    def __init__(
        self, doing: Work, when: Days, who: People, record: Record, state: State, year: int
    ) -> None:
        self.doing = doing
        self.when = when
        self.who = who
        self.record = record
        self.state = state
        self.plan_year = year
        self.code = record.unit_code
        self.sheet = sheets.of_record(doing, record)
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

    def _value(self, entry: Entry) -> Value:
        return value_for(entry, self.year, self.code, self.level)

    def _answer(self, entry: Entry, at: datetime) -> None:
        seen = Seen(self.sheet.lines[entry.code].version)
        said = Typed(write_value(self._value(entry)), note=note(entry, self.code, self.year))
        doing = _as(self.doing, self.who.editors[self.code], at)
        self.sheet = assess.save_answer(doing, self.record.id, entry.code, said, seen).sheet

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
                self._answer(gap.entry, at - timedelta(minutes=20))
        confirmed = [gap.entry.code for gap in assess.gaps_of(self.sheet)]
        head = _as(self.doing, self.who.heads[self.code], at)
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

    def _mark(self, entry: Entry, at: datetime) -> None:
        doing = _as(self.doing, self.who.evaluators[self.record.place.block], at)
        line = self.sheet.lines[entry.code]
        claim = self.sheet.value(entry, line.claim)
        if entry.criterion.given_by is GivenBy.REVIEWER:
            found, reason = Found(write_value(self._value(entry))), ""
        elif claim and (other := adjustment(entry, claim, self.code, self.year)):
            found, reason = Found(write_value(other[0])), other[1]
        else:
            done = evaluate.accept(doing, self.record.id, entry.code, Seen(line.version))
            self.sheet = done.sheet
            return
        done = evaluate.adjust(doing, self.record.id, entry.code, found, reason, Seen(line.version))
        self.sheet = done.sheet

    def _flag(self, flag: Flag, at: datetime) -> None:
        doing = _as(self.doing, self.who.lead, at)
        day = flag.day + self.when.shift
        self.sheet = evaluate.raise_flag(doing, self.record.id, flag.code, flag.document, day)

    def _finish(self, entries: Sequence[Entry], at: datetime) -> None:
        """Official results come in, then the lead evaluator finishes."""
        doing = _as(self.doing, self.who.lead, at + timedelta(minutes=30))
        for entry in entries:
            if entry.criterion.given_by is GivenBy.SERVICE:
                self.sheet = _official(doing, self.sheet, entry, self._value(entry))
        self.sheet = evaluate.finish(doing, self.record.id)


def _official(doing: Work, sheet: Sheet, entry: Entry, value: Value) -> Sheet:
    seen = Seen(sheet.lines[entry.code].version)
    text = write_value(value)
    return evaluate.enter_official(doing, sheet.record.id, entry.code, text, seen).sheet
