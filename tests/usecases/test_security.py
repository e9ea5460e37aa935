"""The security log: what happened at the door and to rights, told apart and swept in time."""

import pytest

from evalsvc.domain.access import SERVICE, Role
from evalsvc.domain.errors import Forbidden, Refused
from evalsvc.store import journal, rounds
from evalsvc.usecases import accounts, assignments, security, sign_in
from evalsvc.usecases.assignments import Part
from evalsvc.usecases.work import Office
from tests.usecases.test_sign_in import (
    FIRST,
    HERE,
    NAME,
    WRONG,
    Clock,
    change,
    clock,
    fail,
    office,
    signed_in,
    whose,
)
from tests.web.small_house import ROUND, House

__all__ = ["clock", "office"]


def log(office: Office) -> list[tuple[str, str, str]]:
    """Oldest first: what happened, to whom, from where."""
    with office.reading(SERVICE) as doing:
        found = security.listed(doing, 100)
    return [(each.deed, each.name, each.address) for each in reversed(found)][1:]


def test_the_log_tells_of_sign_ins_failures_and_sign_outs(office: Office, clock: Clock) -> None:
    fail(office)
    clock.later(seconds=1)
    _, token = signed_in(office)
    clock.later(seconds=1)
    sign_in.sign_out(office, token)
    sign_in.sign_out(office, token)

    assert log(office) == [
        ("sign-in-failed", NAME, HERE.address),
        ("sign-in", NAME, HERE.address),
        ("sign-out", NAME, ""),
    ]


def test_a_session_that_has_run_out_is_told_of_once(office: Office, clock: Clock) -> None:
    _, token = signed_in(office)
    clock.later(minutes=61)

    whose(office, token)
    whose(office, token)

    assert [deed for deed, *_ in log(office)] == ["sign-in", "session-over"]


def test_tries_to_change_the_password_are_told_apart(office: Office, clock: Clock) -> None:
    who, token = signed_in(office)
    clock.later(seconds=1)
    with pytest.raises(Refused, match="old-password-wrong"):
        change(office, who, token, WRONG)
    clock.later(seconds=1)
    change(office, who, token)

    assert [deed for deed, *_ in log(office)] == [
        *("sign-in", "change-password-failed", "change-password")
    ]


def test_what_the_machine_room_does_to_an_account_is_told(office: Office, clock: Clock) -> None:
    clock.later(seconds=1)
    office.do(SERVICE, accounts.reset, NAME, FIRST)
    clock.later(seconds=1)
    office.do(SERVICE, accounts.end, NAME)

    assert [deed for deed, *_ in log(office)] == ["reset-password", "end-account"]


def test_only_administrators_read_the_log(office: Office) -> None:
    who, _ = signed_in(office)

    with office.reading(who.actor) as doing, pytest.raises(Forbidden):
        security.listed(doing, 100)


# Rights


def deeds_of(house: House, name: str) -> list[str]:
    """What the journal of an account tells."""
    with house.office.reading(SERVICE) as doing:
        found = journal.of_stream(doing.store, f"account:{house.actor(name).account}")
    return [each.entry.deed for each in found]


def test_who_is_given_a_part_and_loses_it_has_it_in_the_journal_and_the_log(house: House) -> None:
    with house.office.reading(SERVICE) as doing:
        of = rounds.of_code(doing.store, ROUND)
    assert of is not None
    part = Part("evaluator", Role.EVALUATOR, block="khoi-1")
    lead = house.actor("lead")

    house.office.do(lead, assignments.assign, of, part)
    with house.office.reading(lead) as doing:
        (named,) = assignments.listed(doing, of)
    house.office.do(lead, assignments.hand_over, of, named.id, "lead", "Nghỉ phép")

    assert deeds_of(house, "evaluator") == ["assign", "hand-over"]
    assert deeds_of(house, "lead") == ["hand-over"]
    with house.office.reading(SERVICE) as doing:
        found = security.listed(doing, 100)
    assert sorted((each.deed, each.name, each.by) for each in found) == [
        ("assign", "evaluator", "lead"),
        ("hand-over", "evaluator", "lead"),
        ("hand-over", "lead", "lead"),
    ]
    # The reason stands once, in the journal of the round, where it can be blanked.
    assert "Nghỉ phép" not in str(found)
