"""The table of sheets, cell by cell: who may do a deed, at which status, in which hour."""

from datetime import datetime, timedelta

import pytest

from evalsvc.domain.access import OF_UNIT, Actor, Grant, Place, Role
from evalsvc.domain.course import Status
from evalsvc.domain.dates import ZONE
from evalsvc.domain.deeds import (
    ROLES,
    SHEET,
    TASK_OF,
    Deed,
    demand_hour,
    demand_role,
    is_allowed,
    may,
    move,
)
from evalsvc.domain.errors import Forbidden, Refused
from evalsvc.domain.windows import Task, Window
from tests.course_tables import HOURS, REFUSALS, WHEN, WHO
from tests.tables import cells

OURS, THEIRS = Place(1, "so", "khoi-1"), Place(2, "so", "khoi-1")
EDITOR = Grant(Role.EDITOR, 1)

PEOPLE: dict[str, tuple[tuple[Grant, ...], Place]] = {
    "editor": ((EDITOR,), OURS),
    "stranger": ((EDITOR,), THEIRS),
    "head": ((Grant(Role.HEAD, 1),), OURS),
    "neighbour": ((Grant(Role.HEAD, 1),), THEIRS),
    "evaluator": ((Grant(Role.EVALUATOR),), OURS),
    "evaluator+": ((Grant(Role.EVALUATOR), EDITOR), OURS),
    "lead": ((Grant(Role.LEAD),), OURS),
    "lead+": ((Grant(Role.LEAD), EDITOR), OURS),
    "answerer": ((Grant(Role.ANSWERER),), OURS),
    "answerer+": ((Grant(Role.ANSWERER), EDITOR), OURS),
    "leader": ((Grant(Role.LEADER),), OURS),
    "leader+": ((Grant(Role.LEADER), EDITOR), OURS),
    "admin": ((Grant(Role.ADMIN),), OURS),
}
"""Somebody and the sheet; "+" is also an editor of the unit whose sheet it is. The stranger and the
neighbour are an editor and a head before the sheet of another unit."""

OPENS = datetime(2026, 10, 1, 7, 30, tzinfo=ZONE)
CLOSES = datetime(2026, 11, 30, 17, 0, tzinfo=ZONE)
WINDOW = Window(OPENS, CLOSES, timedelta(days=2))
AT = {
    "before": OPENS - timedelta(seconds=1),
    "open": CLOSES,
    "late": CLOSES + timedelta(days=2),
    "locked": CLOSES + timedelta(days=2, seconds=1),
}


def outcome(who: str, deed: Deed, status: Status) -> str:
    """As the first lines of every deed ask: the right to it, then the status."""
    grants, place = PEOPLE[who]
    try:
        demand_role(Actor(7, who, grants), place, deed)
        return move(status, deed).to.value
    except Forbidden as refused:
        return f"no {refused.deed}"
    except Refused as refused:
        return refused.message


def hour_of(deed: Deed, hour: str) -> str:
    try:
        demand_hour(deed, TASK_OF.get(deed), WINDOW, AT[hour])
    except Refused as refused:
        return refused.message
    return "ok"


def test_every_deed_status_and_hour_has_its_cell() -> None:
    assert set(WHO) == set(WHEN) == set(HOURS) == set(Deed)
    assert {tuple(row) for row in WHEN.values()} == {tuple(Status)}
    assert {tuple(row) for row in HOURS.values()} == {tuple(AT)}


@pytest.mark.parametrize(("deed", "who", "may_do"), cells(WHO))
def test_a_deed_is_done_by_these_people_at_these_statuses(deed: str, who: str, may_do: str) -> None:
    wanted = {
        status: REFUSALS.get(cell, cell) if may_do == "yes" else f"no {deed}"
        for status, cell in WHEN[deed].items()
    }

    found = {status.value: outcome(who, Deed(deed), status) for status in Status}

    assert found == wanted


@pytest.mark.parametrize(("deed", "hour", "wanted"), cells(HOURS))
def test_a_deed_is_done_in_its_hours(deed: str, hour: str, wanted: str) -> None:
    assert hour_of(Deed(deed), hour) == wanted


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize(("deed", "hour", "wanted"), cells(HOURS))
def test_a_page_offers_what_would_be_done(
    deed: str, hour: str, wanted: str, status: Status
) -> None:
    is_there = not WHEN[deed][status.value].startswith("!")

    assert is_allowed(status, Deed(deed), WINDOW, AT[hour]) == (is_there and wanted == "ok")


@pytest.mark.parametrize("deed", Deed)
def test_a_role_over_other_units_does_nothing_here(deed: Deed) -> None:
    elsewhere = tuple(
        Grant(role, 2 if role in (Role.EDITOR, Role.HEAD) else None, block=over)
        for role in Role
        for over in (["khoi-2"] if role not in (Role.EDITOR, Role.HEAD) else [""])
    )

    assert not may(Actor(7, "Người thử", elsewhere), OURS, deed)


@pytest.mark.parametrize("deed", Deed)
def test_a_deed_has_one_set_of_roles_and_one_window_wherever_it_stands(deed: Deed) -> None:
    moves = [each for (_, of), each in SHEET.items() if of is deed]

    assert {each.roles for each in moves} == {ROLES[deed]}
    assert {each.task for each in moves} == {TASK_OF.get(deed)}


def test_the_service_itself_leads_and_decides_but_states_nothing() -> None:
    service = Actor(None, "evalsvc", (Grant(Role.LEAD), Grant(Role.LEADER), Grant(Role.ADMIN)))

    of_unit = {deed for deed in Deed if not may(service, OURS, deed)}

    assert of_unit == {Deed.ANSWER, Deed.SUBMIT, Deed.RECALL, Deed.SUPPLY, Deed.REPLY, Deed.CONTEST}


def test_only_unit_deeds_are_of_the_unit() -> None:
    of_unit = {deed for (_, deed), each in SHEET.items() if each.roles <= OF_UNIT}

    assert of_unit == {Deed.ANSWER, Deed.SUBMIT, Deed.RECALL, Deed.SUPPLY, Deed.REPLY, Deed.CONTEST}


def test_windows_are_those_of_assessing_and_of_reviewing() -> None:
    assert set(TASK_OF.values()) == {Task.ASSESS, Task.REVIEW}
