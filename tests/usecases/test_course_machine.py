"""Any story of a sheet, told by right and wrong people at right and wrong times, keeps the laws."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from evalsvc.domain.assessment import Stage
from evalsvc.domain.course import Status
from evalsvc.domain.deeds import TASK_OF, Deed, is_allowed
from evalsvc.domain.errors import DomainError
from evalsvc.domain.explanations import ends
from evalsvc.domain.line_course import WITH_UNIT, Step, standing
from evalsvc.domain.readings import NOT_DUE_MARK, write_mark
from evalsvc.domain.summary import Gap
from evalsvc.domain.windows import Task
from evalsvc.usecases import appraise, assess, bulk, decide, evaluate, explain, returns
from evalsvc.usecases.assess import Typed
from evalsvc.usecases.bulk import Pick
from evalsvc.usecases.found import Found
from evalsvc.usecases.sheets import Seen
from tests.course_tables import LINE_DEEDS, LINES, WHEN, WHO
from tests.usecases import course_laws
from tests.usecases.course_house import (
    ANSWERS,
    CODES,
    DOUBLE,
    GENERAL,
    HEARING,
    MARKS,
    NAMED,
    OFFICIAL,
    PEOPLE,
    WINDOWS,
    CourseHouse,
    Look,
    bulk_of,
    moved_into,
    officially,
    settle,
)
from tests.usecases.together import outcome_of

BOUNDED = settings(
    max_examples=15,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
anybody, any_line = st.sampled_from(sorted(PEOPLE)), st.sampled_from(CODES)
of_unit, any_points = st.sampled_from([DOUBLE, NAMED, GENERAL]), st.integers(0, 4)
IN_PLACE = {appraise.agree, appraise.pass_over}
"""Whoever may finish a review may do these, and the review goes on."""
ENTERS_OFFICIAL = {"seat1", "seat2", "named", "lead"}
Does = Callable[..., Any]


UNTIMELY: dict[str, Callable[["Course", str, str, int], None]] = {
    "answer": lambda here, who, code, points: here.answer(who, code, points, "Số 12/KH"),
    "submit": lambda here, who, _code, _points: here.submit(who),
    "recall": lambda here, who, _code, _points: here.recall(who),
    "supply": lambda here, who, code, _points: here.supply(who, code),
    "mark": lambda here, who, code, points: here.mark(who, code, points),
    "agree_marks": lambda here, who, _code, points: here.agree_marks(who, points, DOUBLE),
    "pass_over": lambda here, who, _code, points: here.pass_over(who, points, DOUBLE),
    "return": lambda here, who, code, _points: here.return_line(who, code, 24),
    "accept_all": lambda here, who, _code, _points: here.accept_all(who),
    "undo": lambda here, who, _code, _points: here.undo(who, forged=True),
    "finish": lambda here, who, _code, _points: here.finish(who),
    "resume": lambda here, who, _code, _points: here.resume(who),
    "release": lambda here, who, _code, _points: here.release(who),
    "look": lambda here, who, _code, _points: here.look(who),
    "draft": lambda here, who, code, _points: here.draft(who, code),
    "contest": lambda here, who, code, _points: here.contest(who, code),
    "agree": lambda here, who, code, _points: here.agree(who, code),
    "withdraw": lambda here, who, code, _points: here.withdraw(who, code),
    "rule": lambda here, who, code, points: here.answer_contest(who, code, points),
    "correct": lambda here, who, code, points: here.correct(who, code, points),
    "conclude": lambda here, who, _code, _points: here.conclude(who),
    "take_back": lambda here, who, _code, _points: here.take_back(who),
    "close": lambda here, who, _code, _points: here.close(who),
    "reopen": lambda here, who, _code, _points: here.reopen(who),
}


def often(*right: str) -> st.SearchStrategy[str]:
    """Mostly those who may do it."""
    return st.sampled_from([*right * (14 // len(right)), *sorted(PEOPLE)])


def at(*statuses: Status) -> Callable[["Course"], bool]:
    return lambda course: course.status in statuses


class Course(RuleBasedStateMachine):
    """One sheet; `claims` are those of each hand-in, with the length of the journal then."""

    def __init__(self, template: Path, file: Path) -> None:
        super().__init__()
        self.house: CourseHouse = moved_into(template, file)
        self.claims: list[tuple[int, dict[str, object]]] = []
        self.told: dict[str, datetime] = {}
        self.official: str | None = None
        self.batch: tuple[Pick, ...] = ()
        self.batch_by = "lead"
        self.keys = itertools.count()
        self.at: Look = self.house.look()

    def teardown(self) -> None:
        self.house.office.database.close()

    @initialize(behind=st.sampled_from([3, 0, 1, 2]))
    def begin(self, behind: int) -> None:
        """Stories begin with an open sheet, or later, so that each part of the course is told."""
        for _ in range(behind):
            self.go_on()
        for code in (NAMED, GENERAL):
            self.contest("head", code)
            self.return_line("lead", code, 24)

    # One deed, and what is then asked

    @property
    def now(self) -> datetime:
        return self.house.clock.at

    @property
    def status(self) -> Status:
        return self.at.record.status

    def seen(self, code: str) -> Seen:
        return Seen(self.at.lines[code].version)

    def attempt(self, who: str, does: Does, *said: Any) -> bool:
        """Whether it happened. What is refused changes nothing."""
        before = self.at
        asked = self.house.people[who], does, self.house.id
        outcome = outcome_of(partial(self.house.office.do, *asked, *said))
        self.at = self.house.look()
        if self.at.rows == before.rows:
            return False
        assert not isinstance(outcome, DomainError), f"{outcome!r} changed something"
        assert list(course_laws.breaches(before, self.at, self.now, self.told)) == []
        assert list(course_laws.faults(self.at)) == []
        assert self.house.differences() == []
        self._demand_first_claims()
        self._demand_told_hours()
        return True

    def do(self, who: str, deed: Deed, does: Does, *said: Any) -> bool:
        """What happened was allowed by the tables."""
        before = self.at
        done = self.attempt(who, does, *said)
        if done:
            assert list(self._misdeeds(who, deed, before, does in IN_PLACE)) == []
        return done

    def _misdeeds(self, who: str, deed: Deed, before: Look, stays: bool) -> Iterator[str]:  # noqa: FBT001
        status = before.record.status
        if WHO[deed.value][PEOPLE[who]] != "yes":
            yield f"{who} did {deed}"
        to = status.value if stays else WHEN[deed.value][status.value]
        on_returned = deed is Deed.ANSWER and status is Status.SUBMITTED
        if self.status.value != to and not on_returned:
            yield f"{deed} led from {status} to {self.status}"
        window = WINDOWS[TASK_OF.get(deed, Task.ASSESS)]
        if not on_returned and not is_allowed(status, deed, window, self.now):
            yield f"{deed} was done out of its hours"
        for told in self.at.told[len(before.told) :]:
            yield from self._missteps(before, told.entry.deed, told.entry.line)

    def _missteps(self, before: Look, deed: str, code: str) -> Iterator[str]:
        if deed not in LINE_DEEDS:
            return
        was, now = before.lines[code], self.at.lines[code]
        stood = standing(was.step, was.returned_until, self.now)
        if LINES[LINE_DEEDS[deed].value][stood.value] != now.step.value:
            yield f"{deed} led {code} from {stood} to {now.step}"

    def _demand_first_claims(self) -> None:
        """What was handed in is in the journal for ever."""
        for length, claims in self.claims:
            stated: dict[str, object] = dict.fromkeys(CODES)
            for told in self.at.told[:length]:
                if told.entry.deed in ("answer", "official"):
                    stated[told.entry.line] = (told.entry.data or {})["after"]
            assert stated == claims

    def _demand_told_hours(self) -> None:
        """No hour that a unit was told comes earlier."""
        for code, told in self.told.items():
            assert explain.until(self.at.sheet, self.at.lines[code]) >= told

    @rule(hours=st.sampled_from([1, 24, 5 * 24, 20 * 24]))
    def wait(self, hours: int) -> None:
        self.house.clock.later(hours=hours)

    # The unit

    @precondition(at(Status.OPEN, Status.SUBMITTED))
    @rule(
        who=often("editor"),
        code=any_line,
        points=any_points,
        note=st.sampled_from(["", "Số 12/KH"]),
    )
    def answer(self, who: str, code: str, points: int, note: str) -> None:
        code = self.one_at(Step.RETURNED, code)
        typed = Typed(f"{points}; Có căn cứ." if points else "", note=note)
        self.do(who, Deed.ANSWER, assess.save_answer, code, typed, self.seen(code))

    def gaps(self) -> Sequence[Gap]:
        return assess.gaps_of(self.at.sheet)

    @precondition(at(Status.OPEN))
    @rule(who=often("head"))
    def submit(self, who: str) -> None:
        gaps = self.gaps()
        if self.do(who, Deed.SUBMIT, assess.submit, [gap.entry.code for gap in gaps]):
            assert not any(gap.blocks for gap in gaps)
            claims: dict[str, object] = {code: line.claim for code, line in self.at.lines.items()}
            self.claims.append((len(self.at.told), claims))

    @precondition(at(Status.SUBMITTED))
    @rule(who=often("head"))
    def recall(self, who: str) -> None:
        begun = self.at.marks or any(each.returned_until for each in self.at.lines.values())
        if self.do(who, Deed.RECALL, assess.recall):
            assert not begun, "taken back after the review had begun"

    @precondition(at(Status.SUBMITTED))
    @rule(who=often("editor", "head"), code=of_unit)
    def supply(self, who: str, code: str) -> None:
        code = self.one_at(Step.RETURNED, code)
        if self.do(who, Deed.SUPPLY, returns.supply, code, self.seen(code)):
            assert code not in [gap.entry.code for gap in self.gaps() if gap.blocks]

    # The review

    @precondition(at(Status.SUBMITTED))
    @rule(
        who=often("seat1", "seat2", "named", "lead"), code=any_line, points=st.none() | any_points
    )
    def mark(self, who: str, code: str, points: int | None) -> None:
        if points is None:
            done = self.do(who, Deed.MARK, evaluate.accept, code, self.seen(code))
        else:
            said = code, Found(f"{points}; Đã kiểm tra."), "Đã kiểm tra.", self.seen(code)
            done = self.do(who, Deed.MARK, evaluate.adjust, *said)
        assert not done or who in MARKS[code]

    @precondition(at(Status.SUBMITTED))
    @rule(who=often("lead"), points=any_points, code=of_unit)
    def agree_marks(self, who: str, points: int, code: str) -> None:
        said = code, Found(f"{points}; Thống nhất."), "Thống nhất.", self.seen(code)
        done = self.do(who, Deed.FINISH, appraise.agree, *said)
        assert not done or code == DOUBLE

    @precondition(at(Status.SUBMITTED))
    @rule(who=often("lead"), seat=st.sampled_from([1, 2]), code=of_unit)
    def pass_over(self, who: str, seat: int, code: str) -> None:
        said = code, seat, "Đi công tác.", self.seen(code)
        done = self.do(who, Deed.FINISH, appraise.pass_over, *said)
        assert not done or code == DOUBLE

    @precondition(at(Status.SUBMITTED))
    @rule(who=often("lead"), code=any_line, hours=st.sampled_from([-1, 24, 6 * 24]))
    def return_line(self, who: str, code: str, hours: int) -> None:
        until = self.now + timedelta(hours=hours)
        said = code, until, "Thiếu căn cứ.", self.seen(code)
        if self.do(who, Deed.RETURN, returns.return_line, *said):
            assert who in {*MARKS[code], "lead"}
            assert until > self.now

    def picks(self) -> tuple[Pick, ...]:
        lines = self.at.lines.values()
        return tuple(Pick(self.house.id, each.code, each.version) for each in lines)

    @precondition(at(Status.SUBMITTED))
    @rule(who=often("seat1", "seat2", "lead"))
    def accept_all(self, who: str) -> None:
        key, before = f"batch-{next(self.keys)}", self.at
        if self.do(who, Deed.MARK, bulk_of(bulk.accept_all), self.picks(), key):
            changed = [
                each for each in self.picks() if before.lines[each.line].version != each.version
            ]
            assert {each.line for each in changed} <= {c for c in MARKS if who in MARKS[c]}
            self.batch, self.batch_by = tuple(changed), who

    @precondition(at(Status.SUBMITTED))
    @rule(who=often("seat1", "seat2", "lead"), forged=st.booleans())
    def undo(self, who: str, forged: bool) -> None:  # noqa: FBT001 - drawn
        picks = self.picks() if forged else self.batch
        who = who if forged else self.batch_by
        key, before = f"batch-{next(self.keys)}", self.at
        if self.do(who, Deed.MARK, bulk_of(bulk.undo), picks, key):
            gone = [each for each in before.marks if each not in self.at.marks]
            assert {each.account for each in gone} == {self.house.people[who].account}

    @rule(who=often("lead"), text=st.sampled_from(["", "50", "75"]))
    def enter_official(self, who: str, text: str) -> None:
        said, status, before = officially(text), self.status, self.at
        seen = self.seen(OFFICIAL)
        if self.attempt(who, evaluate.enter_official, OFFICIAL, said, seen):
            assert who in ({"lead"} if status is Status.RELEASED else ENTERS_OFFICIAL)
            value = self.at.sheet.value(self.at.sheet.entry(OFFICIAL), said)
            self.official = write_mark(value) if value is not None else None
            self.note_lowered(before, OFFICIAL)
        assert self.counts_officially() == self.official

    def counts_officially(self) -> str | None:
        text = self.at.sheet.counts(self.at.sheet.entry(OFFICIAL))
        return None if text == NOT_DUE_MARK else text

    @precondition(at(Status.SUBMITTED))
    @rule(who=often("lead"))
    def finish(self, who: str) -> None:
        self.do(who, Deed.FINISH, evaluate.finish)
        assert self.counts_officially() == self.official

    @precondition(at(Status.REVIEWED))
    @rule(who=often("lead"))
    def resume(self, who: str) -> None:
        self.do(who, Deed.RESUME, evaluate.resume, "Xem lại.")

    # The explanation

    @precondition(at(Status.REVIEWED))
    @rule(who=often("lead"))
    def release(self, who: str) -> None:
        if self.do(who, Deed.RELEASE, explain.release):
            until = ends(HEARING, self.now, WINDOWS[Task.EXPLAIN].locks)
            self.told = dict.fromkeys(CODES, until)

    @precondition(at(Status.RELEASED))
    @rule(who=often("head"))
    def look(self, who: str) -> None:
        assert not self.attempt(who, explain.opened) or who == "head"

    def one_at(self, step: Step, code: str) -> str:
        """A line where something is under way, rather than one where nothing is."""
        found = [code, *CODES]
        return next((each for each in found if self.at.lines[each].step is step), code)

    def is_heard(self, who: str, code: str) -> bool:
        """The head, while the line is with the unit and its hour has not passed."""
        with_unit = self.at.lines[code].step in WITH_UNIT and self.now <= self.told[code]
        return who == "head" and self.status is Status.RELEASED and with_unit

    @precondition(at(Status.RELEASED))
    @rule(who=often("editor"), code=any_line)
    def draft(self, who: str, code: str) -> None:
        self.do(who, Deed.REPLY, explain.draft, code, "Dự thảo.")

    @precondition(at(Status.RELEASED))
    @rule(who=often("head"), code=any_line)
    def contest(self, who: str, code: str) -> None:
        line = self.at.lines[code]
        heard = self.is_heard(who, code) and line.turn - line.heard < HEARING.turns
        done = self.do(who, Deed.CONTEST, explain.contest, code, "Đề nghị.", self.seen(code))
        assert done == heard

    @precondition(at(Status.RELEASED))
    @rule(who=often("head"), code=any_line)
    def agree(self, who: str, code: str) -> None:
        heard = self.is_heard(who, code)
        assert self.do(who, Deed.CONTEST, explain.agree, code, self.seen(code)) == heard

    @precondition(at(Status.RELEASED))
    @rule(who=often("head"), code=any_line)
    def withdraw(self, who: str, code: str) -> None:
        self.do(who, Deed.CONTEST, explain.withdraw, code, self.seen(code))

    @precondition(at(Status.RELEASED))
    @rule(who=often("lead", "answerer"), code=any_line, points=st.none() | any_points)
    def answer_contest(self, who: str, code: str, points: int | None) -> None:
        code = self.one_at(Step.CONTESTED, code)
        found = None if points is None else Found(f"{points}; Xem lại.")
        before, account = self.at, self.house.people[who].account
        said = code, found, "Đã xem lại.", self.seen(code)
        if not self.do(who, Deed.RULE, explain.rule, *said):
            return
        assert who in ANSWERS[code]
        given = {Stage.REVIEW, Stage.AGREED}
        assert not [
            each
            for each in before.marks
            if (each.line, each.account) == (code, account) and each.stage in given
        ]
        assert course_laws.counted(self.at, code) >= course_laws.counted(before, code)
        if self.at.lines[code].turn - self.at.lines[code].heard < HEARING.turns:
            self.told[code] = max(self.told[code], self.now + course_laws.SPAN)

    @precondition(at(Status.RELEASED))
    @rule(who=often("lead"), code=any_line, points=any_points)
    def correct(self, who: str, code: str, points: int) -> None:
        said, before = (code, Found(f"{points}; Sửa."), "Sửa.", self.seen(code)), self.at
        if self.do(who, Deed.CORRECT, explain.correct, *said):
            self.note_lowered(before, code)

    def note_lowered(self, before: Look, code: str) -> None:
        if code in self.told and course_laws.counted(self.at, code) < course_laws.counted(
            before, code
        ):
            self.told[code] = max(self.told[code], self.now + course_laws.SPAN)

    @precondition(at(Status.RELEASED))
    @rule(who=often("lead"))
    def conclude(self, who: str) -> None:
        self.do(who, Deed.CONCLUDE, decide.conclude)

    @precondition(at(Status.CONCLUDED))
    @rule(who=often("lead"))
    def take_back(self, who: str) -> None:
        self.do(who, Deed.TAKE_BACK, decide.take_back, "Sửa một dòng.")

    @precondition(at(Status.CONCLUDED))
    @rule(who=often("leader"))
    def close(self, who: str) -> None:
        self.do(who, Deed.CLOSE, decide.close, "12/QĐ-UBND")

    @precondition(at(Status.CLOSED))
    @rule(who=often("leader"))
    def reopen(self, who: str) -> None:
        self.do(who, Deed.REOPEN, decide.reopen, "13/QĐ-UBND")

    @rule(deed=st.sampled_from(sorted(UNTIMELY)), who=anybody, code=any_line, points=any_points)
    def whatever(self, deed: str, who: str, code: str, points: int) -> None:
        """Anybody at any time."""
        UNTIMELY[deed](self, who, code, points)

    @rule()
    def go_on(self) -> None:
        """What usually comes next, so that stories get somewhere."""
        match self.status:
            case Status.OPEN:
                self._state_and_submit()
            case Status.SUBMITTED:
                self._mark_and_finish()
            case Status.REVIEWED:
                self.release("lead")
                self.look("head")
            case Status.RELEASED:
                self._hear_and_conclude()
            case Status.CONCLUDED:
                self.close("leader")
            case Status.CLOSED:
                self.reopen("leader")

    def _state_and_submit(self) -> None:
        for code in (DOUBLE, NAMED, GENERAL):
            if self.at.lines[code].claim is None:
                self.answer("editor", code, 3, "Số 12/KH")
        self.submit("head")

    def _mark_and_finish(self) -> None:
        if self.official is None:
            self.enter_official("lead", "75")
        for code in (DOUBLE, NAMED, GENERAL):
            for who in sorted(MARKS[code]):
                if self.at.lines[code].reviewed is None:
                    self.mark(who, code, None if code == DOUBLE else 2)
        if self.at.lines[DOUBLE].reviewed is None:
            self.agree_marks("lead", 3, DOUBLE)
        self.finish("lead")

    def _hear_and_conclude(self) -> None:
        for code in CODES:
            if self.at.lines[code].step is Step.CONTESTED:
                self.answer_contest("lead", code, None)
                self.answer_contest("answerer", code, None)
        self.conclude("lead")
        if self.status is Status.RELEASED:
            self.wait(5 * 24)


def test_any_story_of_a_sheet_keeps_the_laws(tmp_path: Path) -> None:
    template, numbers = tmp_path / "template.db", itertools.count()
    template.touch()
    settle(template)

    def new() -> Course:
        return Course(template, tmp_path / f"{next(numbers) % 2}.db")

    run_state_machine_as_test(new, settings=BOUNDED)  # type: ignore[no-untyped-call]
