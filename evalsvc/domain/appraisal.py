"""Who appraises which lines: assignments, seats that mark without seeing each other, and tasks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evalsvc.domain.access import REVIEWERS, Actor, Grant, Place, Role
from evalsvc.domain.errors import Refused

FIRST, SECOND = 1, 2


class TaskState(StrEnum):
    """How far one seat is with one line."""

    DUE = "due"
    GIVEN = "given"
    PASSED = "passed"
    AGREED = "agreed"


class TaskDeed(StrEnum):
    MARK = "mark"
    SKIP = "skip"
    AGREE = "agree"
    RETURN = "return"


TASK: Mapping[tuple[TaskState, TaskDeed], tuple[TaskState, frozenset[Role]]] = {
    (TaskState.DUE, TaskDeed.MARK): (TaskState.GIVEN, REVIEWERS),
    (TaskState.GIVEN, TaskDeed.MARK): (TaskState.GIVEN, REVIEWERS),
    (TaskState.DUE, TaskDeed.SKIP): (TaskState.PASSED, frozenset({Role.LEAD})),
    (TaskState.GIVEN, TaskDeed.AGREE): (TaskState.AGREED, frozenset({Role.LEAD})),
    (TaskState.PASSED, TaskDeed.AGREE): (TaskState.AGREED, frozenset({Role.LEAD})),
    (TaskState.AGREED, TaskDeed.AGREE): (TaskState.AGREED, frozenset({Role.LEAD})),
    **{(state, TaskDeed.RETURN): (TaskState.DUE, REVIEWERS) for state in TaskState},
}
"""A mark that both seats have given is no longer changed by them: the lead agrees on the value."""

_TASK_WHY = {
    TaskState.DUE: "mark-still-due",
    TaskState.GIVEN: "mark-given",
    TaskState.PASSED: "seat-passed-over",
    TaskState.AGREED: "line-agreed",
}


def after_task(state: TaskState, deed: TaskDeed, code: str) -> TaskState:
    if (found := TASK.get((state, deed))) is not None:
        return found[0]
    raise Refused(_TASK_WHY[state], line=code)


@dataclass(frozen=True, slots=True)
class Assigned:
    """One person's part in a round: some lines (all where none is named) of some units."""

    account: int
    grant: Grant
    owned: frozenset[int] = frozenset()

    def is_of(self, place: Place, code: str) -> bool:
        mine = self.grant.covers(place) and place.unit not in self.owned
        return mine and self.grant.takes(code)

    @property
    def is_named(self) -> bool:
        return self.grant.lines != frozenset()


@dataclass(frozen=True, slots=True)
class Bench:
    """Everybody who appraises in a round. Whoever is named for a line takes it from the rest."""

    assigned: tuple[Assigned, ...] = ()

    def of_line(self, place: Place, code: str) -> tuple[Assigned, ...]:
        """Who gives marks on a line."""
        found = [
            each
            for each in self.assigned
            if each.grant.role in REVIEWERS and each.is_of(place, code)
        ]
        named = tuple(each for each in found if each.is_named)
        return named or tuple(found)

    def seats(self, place: Place, code: str) -> tuple[int, ...]:
        """The seats of a line; two of them mark without seeing each other."""
        return tuple(sorted({each.grant.seat for each in self.of_line(place, code)})) or (FIRST,)

    def seat_of(self, actor: Actor, place: Place, code: str) -> int | None:
        """Where a person sits on a line; None for somebody who does not mark it."""
        mine = {
            each.grant.seat for each in self.of_line(place, code) if each.account == actor.account
        }
        return min(mine) if mine else None

    def answers(self, place: Place, code: str) -> tuple[Assigned, ...]:
        """Who may answer an explanation: the lead or a person named for it."""
        ruling = frozenset({Role.LEAD, Role.ANSWERER})
        return tuple(
            each for each in self.assigned if each.grant.role in ruling and each.is_of(place, code)
        )


Lines = Sequence[tuple[Place, Sequence[str]]]
"""The lines of each sheet that reviewers say something to."""

Gaps = Mapping[int, Sequence[str]]
"""Lines, by unit, that something is missing on."""


def added(after: Gaps, before: Gaps) -> dict[int, list[str]]:
    """What a deed has made worse; a gap that was there before keeps nobody from anything."""
    found = {
        unit: [code for code in codes if code not in before.get(unit, ())]
        for unit, codes in after.items()
    }
    return {unit: codes for unit, codes in found.items() if codes}


def unmanned(bench: Bench, sheets: Lines) -> dict[int, list[str]]:
    """Lines, by unit, that nobody could review: first of all those of the reviewers' own body."""
    return _missing(bench, sheets, lambda place, code: bool(bench.of_line(place, code)))


def unanswerable(bench: Bench, sheets: Lines) -> dict[int, list[str]]:
    """Lines on which an explanation could only be answered by the one who gave the mark."""

    def is_answerable(place: Place, code: str) -> bool:
        answers = {each.account for each in bench.answers(place, code)}
        marks = {each.account for each in bench.of_line(place, code)}
        # Where two seats mark, it is a lead who puts the value, and another one who answers for it.
        by_others = bool(marks - answers) and len(bench.seats(place, code)) == 1
        return bool(answers) and (len(answers) > 1 or by_others)

    return _missing(bench, sheets, is_answerable)


def sitting_twice(bench: Bench, sheets: Lines) -> dict[int, list[str]]:
    """Lines of which one person would hold both seats: two marks are those of two people."""

    def is_of_two(place: Place, code: str) -> bool:
        held = {(each.account, each.grant.seat) for each in bench.of_line(place, code)}
        return len(held) == len({account for account, _ in held})

    return _missing(bench, sheets, is_of_two)


def _missing(
    bench: Bench, sheets: Lines, is_there: Callable[[Place, str], bool]
) -> dict[int, list[str]]:
    """Units that nobody names or belongs to are looked at once for each kind and block."""
    special = {each.grant.unit for each in bench.assigned}
    special |= {unit for each in bench.assigned for unit in each.owned}
    known: dict[tuple[object, ...], list[str]] = {}
    found: dict[int, list[str]] = {}
    for place, codes in sheets:
        alone = place.unit if place.unit in special else None
        key = (alone, place.kind, place.block, tuple(codes))
        if key not in known:
            known[key] = [code for code in codes if not is_there(place, code)]
        if known[key]:
            found[place.unit] = known[key]
    return found


@dataclass(frozen=True, slots=True)
class Given:
    """What has been done on one line: the seats that marked, and those passed over."""

    seats: tuple[int, ...]
    marked: frozenset[int] = frozenset()
    passed: frozenset[int] = frozenset()
    agreed: bool = False

    @property
    def is_double(self) -> bool:
        return len(self.seats) > 1

    def state(self, seat: int) -> TaskState:
        if self.agreed:
            return TaskState.AGREED
        if seat in self.marked:
            return TaskState.GIVEN
        return TaskState.PASSED if seat in self.passed else TaskState.DUE

    @property
    def all_in(self) -> bool:
        return all(self.state(seat) is not TaskState.DUE for seat in self.seats)

    @property
    def absent(self) -> tuple[int, ...]:
        """Seats that may be passed over: still due, while another one has marked."""
        if not any(self.state(seat) is TaskState.GIVEN for seat in self.seats):
            return ()
        return tuple(seat for seat in self.seats if self.state(seat) is TaskState.DUE)

    @property
    def hidden(self) -> bool:
        """Marks that nobody but their author sees, until every seat has given its own."""
        return self.is_double and not self.agreed and not self.all_in


def demand_skip(given: Given, seat: int, code: str) -> None:
    if seat not in given.seats or not given.is_double:
        raise Refused("line-has-one-seat", line=code)
    after_task(given.state(seat), TaskDeed.SKIP, code)
    if seat not in given.absent:
        raise Refused("mark-still-due", line=code)


def demand_mark(given: Given, seat: int, code: str) -> None:
    """A seat may change its own mark while the other one is still due."""
    after_task(given.state(seat), TaskDeed.MARK, code)
    if given.is_double and given.all_in:
        raise Refused("marks-are-all-in", line=code)


def demand_agree(given: Given, code: str) -> None:
    if not given.is_double:
        raise Refused("line-has-one-seat", line=code)
    for seat in given.seats:
        after_task(given.state(seat), TaskDeed.AGREE, code)
