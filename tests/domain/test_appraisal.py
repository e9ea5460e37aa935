"""The table of reviewers' tasks, cell by cell, and who sits on which line."""

import pytest

from evalsvc.domain.access import Actor, Grant, Place, Role
from evalsvc.domain.appraisal import (
    TASK,
    Assigned,
    Bench,
    Given,
    TaskDeed,
    TaskState,
    after_task,
    demand_agree,
    demand_mark,
    sitting_twice,
    unanswerable,
    unmanned,
)
from evalsvc.domain.errors import Refused
from tests.refusals import refusal
from tests.tables import cells, table

TASKS = table("""
       due    given   passed agreed
mark   given  given   !      !
skip   passed !       !      !
agree  !      agreed  agreed agreed
return due    due     due    due
""")
WHO = table("""
       editor head evaluator lead answerer leader admin
mark   no     no   yes       yes  no       no     no
skip   no     no   no        yes  no       no     no
agree  no     no   no        yes  no       no     no
return no     no   yes       yes  no       no     no
""")
WHY = {
    "due": "mark-still-due",
    "given": "mark-given",
    "passed": "seat-passed-over",
    "agreed": "line-agreed",
}
HERE, THERE = Place(1, "so", "khoi-1", 1), Place(2, "xa", "khoi-2", 1)
ONE_ROUND = 1


def outcome(state: TaskState, deed: TaskDeed) -> str:
    try:
        return after_task(state, deed, "A1").value
    except Refused as refused:
        return refused.message


def named(account: int, *lines: str, seat: int = 1, role: Role = Role.EVALUATOR) -> Assigned:
    return Assigned(account, Grant(role, round=ONE_ROUND, lines=frozenset(lines), seat=seat))


def general(account: int, role: Role = Role.EVALUATOR, *, owned: int = 0) -> Assigned:
    return Assigned(account, Grant(role), frozenset({owned} if owned else ()))


TWO_SEATS = (named(2, "A1"), named(3, "A1", seat=2))


def accounts(found: tuple[Assigned, ...]) -> set[int]:
    return {each.account for each in found}


# Tasks


def test_every_state_and_every_deed_has_its_cell() -> None:
    assert set(TASKS) == set(WHO) == set(TaskDeed)
    assert {tuple(row) for row in TASKS.values()} == {tuple(TaskState)}
    assert {tuple(row) for row in WHO.values()} == {tuple(Role)}


@pytest.mark.parametrize(("deed", "state", "cell"), cells(TASKS))
def test_a_deed_leads_there_or_is_refused_with_where_the_task_is(
    deed: str, state: str, cell: str
) -> None:
    wanted = WHY[state] if cell == "!" else cell

    assert outcome(TaskState(state), TaskDeed(deed)) == wanted


@pytest.mark.parametrize(("deed", "role", "cell"), cells(WHO))
def test_a_task_is_done_by_these_roles(deed: str, role: str, cell: str) -> None:
    roles = {of for (_, each), (_, of) in TASK.items() if each == deed}

    assert [Role(role) in each for each in roles] == [cell == "yes"]


STATES = [
    (Given((1,)), "due", "", True, False),
    (Given((1,), frozenset({1})), "given", "", True, False),
    (Given((1, 2)), "due", "due", True, True),
    (Given((1, 2), frozenset({1})), "given", "due", True, True),
    (Given((1, 2), frozenset({2})), "due", "given", True, True),
    (Given((1, 2), frozenset({1, 2})), "given", "given", False, False),
    (Given((1, 2), frozenset({1}), frozenset({2})), "given", "passed", False, False),
    (Given((1, 2), frozenset({1, 2}), agreed=True), "agreed", "agreed", False, False),
]
"""What was done; the first and the second seat; whether the first may mark; what is hidden."""


@pytest.mark.parametrize(("given", "first", "second", "may_mark", "hidden"), STATES)
def test_what_was_done_on_a_line_says_where_each_seat_is(
    given: Given,
    first: str,
    second: str,
    may_mark: bool,  # noqa: FBT001 - a column
    hidden: bool,  # noqa: FBT001 - a column
) -> None:
    assert given.state(1) == first
    assert not second or given.state(2) == second
    assert given.hidden == hidden
    assert (refusal(demand_mark, given, 1, "A1") == "") == may_mark


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (Given((1, 2), frozenset({1, 2})), "marks-are-all-in"),
        (Given((1, 2), frozenset({1}), frozenset({2})), "marks-are-all-in"),
        (Given((1, 2), frozenset({2}), frozenset({1})), "seat-passed-over"),
        (Given((1, 2), frozenset({1, 2}), agreed=True), "line-agreed"),
    ],
)
def test_a_mark_that_the_other_seat_sees_is_no_longer_changed(given: Given, why: str) -> None:
    assert refusal(demand_mark, given, 1, "A1") == why


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (Given((1,), frozenset({1})), "line-has-one-seat"),
        (Given((1, 2)), "mark-still-due"),
        (Given((1, 2), frozenset({2})), "mark-still-due"),
        (Given((1, 2), frozenset({1, 2})), ""),
        # One mark beside an absence.
        (Given((1, 2), frozenset({1}), frozenset({2})), ""),
        (Given((1, 2), frozenset({1, 2}), agreed=True), ""),
    ],
)
def test_the_lead_agrees_only_where_two_seats_are_done(given: Given, why: str) -> None:
    assert refusal(demand_agree, given, "A1") == why


# Who sits where


def test_who_is_named_for_a_line_takes_it_from_the_rest() -> None:
    bench = Bench((general(1), general(2, Role.LEAD), named(3, "A1")))

    assert accounts(bench.of_line(HERE, "A1")) == {3}
    assert accounts(bench.of_line(HERE, "A2")) == {1, 2}


def test_a_line_on_which_two_seats_are_named_has_two() -> None:
    bench = Bench((general(1), named(2, "A1"), named(3, "A1", seat=2)))

    assert bench.seats(HERE, "A1") == (1, 2)
    assert bench.seats(HERE, "A2") == (1,)


def test_a_line_on_which_nobody_sits_has_one_seat() -> None:
    assert Bench().seats(HERE, "A1") == (1,)


@pytest.mark.parametrize(("account", "seat"), [(1, None), (2, 1), (3, 2), (4, None)])
def test_everybody_marks_from_their_own_seat(account: int, seat: int | None) -> None:
    bench = Bench((general(1), named(2, "A1"), named(3, "A1", seat=2)))

    assert bench.seat_of(Actor(account, "Người thử"), HERE, "A1") == seat


def test_nobody_sits_on_lines_of_their_own_unit() -> None:
    bench = Bench((general(1, owned=HERE.unit), general(2)))

    assert accounts(bench.of_line(HERE, "A1")) == {2}
    assert accounts(bench.of_line(THERE, "A1")) == {1, 2}


def test_those_who_answer_explanations_give_no_marks() -> None:
    bench = Bench((general(1), named(2, role=Role.ANSWERER)))

    assert accounts(bench.of_line(HERE, "A1")) == {1}
    assert accounts(bench.answers(HERE, "A1")) == {2}


def test_an_answerer_of_some_lines_answers_only_those() -> None:
    bench = Bench((general(1, Role.LEAD), named(2, "A1", role=Role.ANSWERER)))

    assert accounts(bench.answers(HERE, "A1")) == {1, 2}
    assert accounts(bench.answers(HERE, "A2")) == {1}


def test_a_line_of_the_only_reviewers_own_unit_is_unmanned() -> None:
    bench = Bench((general(1, owned=HERE.unit),))

    assert unmanned(bench, [(HERE, ("A1", "A2")), (THERE, ("A1",))]) == {HERE.unit: ["A1", "A2"]}


def test_a_line_named_for_somebody_of_that_unit_falls_to_the_rest() -> None:
    own = Assigned(3, Grant(Role.EVALUATOR, round=1, lines=frozenset({"A1"})), frozenset({1}))

    assert unmanned(Bench((general(1), own)), [(HERE, ("A1",))]) == {}


@pytest.mark.parametrize(
    ("bench", "missing"),
    [
        (Bench((general(1, Role.LEAD),)), {1: ["A1"]}),
        (Bench((general(1),)), {1: ["A1"]}),
        (Bench((general(1), general(2, Role.LEAD))), {}),
        (Bench((general(1, Role.LEAD), named(2, role=Role.ANSWERER))), {}),
        (Bench((general(1, Role.LEAD), general(2, Role.LEAD))), {}),
        # Two seats, and the only lead agrees on the value of their line.
        (Bench((general(1, Role.LEAD), *TWO_SEATS)), {1: ["A1"]}),
        (Bench((general(1, Role.LEAD), *TWO_SEATS, named(4, role=Role.ANSWERER))), {}),
    ],
)
def test_whoever_gave_the_mark_does_not_answer_for_it(
    bench: Bench, missing: dict[int, list[str]]
) -> None:
    assert unanswerable(bench, [(HERE, ("A1",))]) == missing


@pytest.mark.parametrize(
    ("bench", "found"),
    [
        (Bench((named(2, "A1"), named(3, "A1", seat=2))), {}),
        (Bench((named(2, "A1"), named(2, "A1", seat=2))), {1: ["A1"]}),
        # A third person does not help: the second seat is still not somebody else's.
        (Bench((named(2, "A1"), named(2, "A1", seat=2), named(3, "A1"))), {1: ["A1"]}),
        # The same seat twice, by a block and by a line.
        (Bench((named(2, "A1"), named(2, "A1", "A2"))), {}),
        (Bench((named(2, "A2"), named(2, "A1", seat=2), named(3, "A1"))), {}),
    ],
)
def test_two_seats_of_a_line_are_two_people(bench: Bench, found: dict[int, list[str]]) -> None:
    assert sitting_twice(bench, [(HERE, ("A1",))]) == found
