"""How a sheet ends: concluded, closed, reopened; and what stands in the way, on both databases."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from evalsvc.domain.access import SERVICE, Actor
from evalsvc.domain.errors import Forbidden, Refused
from evalsvc.store.joint_sessions import JointSession
from evalsvc.usecases import decide, decisions_seen, explain, review_queue, sheets
from evalsvc.usecases.decide import Picked
from evalsvc.usecases.decisions_seen import Asked
from evalsvc.usecases.found import Found
from evalsvc.usecases.sheets import Seen, Sheet
from evalsvc.usecases.work import Work
from tests.web import released
from tests.web.evaluator import line_of
from tests.web.small_house import NOW, ROUND, After, House

CHANGED = ["A2", "B1", "C1", "C2"]
"""Lines on which something else than the claim stands."""


@pytest.fixture
def shown(house_after: After) -> House:
    return house_after(released.released)


def lead(house: House) -> Actor:
    return house.actor("lead")


def look(house: House) -> Sheet:
    with house.office.reading(SERVICE) as doing:
        return sheets.seen(doing, house.sheet())


def open_lines(house: House) -> list[tuple[str, str]]:
    with house.office.reading(lead(house)) as doing:
        found = decide.obstacles(doing, sheets.seen(doing, house.sheet()))
    return [(each.line, each.why) for each in found]


def opened(house: House) -> None:
    house.office.do(house.actor("head"), explain.opened, house.sheet())


def conclude(house: House) -> Sheet:
    return house.office.do(lead(house), decide.conclude, house.sheet())


def concluded(house: House) -> House:
    opened(house)
    house.clock.later(days=15)
    conclude(house)
    return house


def refused(house: House, name: str, deed: Callable[[Work], object]) -> str:
    with pytest.raises(Refused) as caught:
        house.office.do(house.actor(name), deed)
    return caught.value.message


def test_the_window_of_the_unit_has_to_pass_on_every_changed_line(shown: House) -> None:
    opened(shown)

    assert open_lines(shown) == [(code, "line-window-open") for code in CHANGED]
    with pytest.raises(Refused, match="lines-not-settled"):
        conclude(shown)


def test_silence_counts_only_once_the_head_has_seen_the_result(shown: House) -> None:
    shown.clock.later(days=15)
    before = open_lines(shown)
    opened(shown)

    assert before == [(code, "line-not-seen") for code in CHANGED]
    assert open_lines(shown) == []


def test_a_contested_line_waits_for_its_answer_whatever_the_hour(shown: House) -> None:
    released.contested(shown)
    opened(shown)
    shown.clock.later(days=40)

    assert open_lines(shown) == [("A2", "line-is-contested")]


def test_every_line_gets_a_final_value_and_the_journal_counts_silence(shown: House) -> None:
    concluded(shown)

    found = look(shown)
    assert found.record.status == "concluded"
    assert {each.step for each in found.lines.values()} == {"final"}
    assert found.lines["A2"].final == "3/7"
    assert found.lines["A2"].settled == "silent"


def test_only_the_leader_closes_and_only_by_a_decision(shown: House) -> None:
    concluded(shown)
    id_ = shown.sheet()

    with pytest.raises(Forbidden):
        shown.office.do(lead(shown), decide.close, id_, "15/QĐ")
    assert refused(shown, "leader", lambda doing: decide.close(doing, id_, " ")) == (
        "decision-missing"
    )
    shown.office.do(shown.actor("leader"), decide.close, id_, "15/QĐ")
    assert look(shown).record.status == "closed"


def test_a_sheet_that_changed_on_the_way_is_left_and_the_others_go_on(shown: House) -> None:
    concluded(shown)
    stale = Picked(shown.sheet(), "0" * 64)

    done = shown.office.do(shown.actor("leader"), decide.close_all, [stale], "15/QĐ")

    assert done.done == ()
    assert [(unit, why.message) for unit, why in done.left] == [
        ("Sở Nội vụ", "sheet-changed-since")
    ]


def test_after_a_reopening_a_lower_value_is_heard_once_more(shown: House) -> None:
    concluded(shown)
    id_ = shown.sheet()
    shown.office.do(shown.actor("leader"), decide.close, id_, "15/QĐ")
    shown.office.do(shown.actor("leader"), decide.reopen, id_, "20/QĐ")

    seen = Seen(line_of(shown, "A3").version)
    shown.office.do(lead(shown), explain.correct, id_, "A3", Found("khong"), "Đếm lại", seen)

    assert open_lines(shown) == [("A3", "line-window-open")]
    line = line_of(shown, "A3")
    assert line.step == "shown"
    assert line.explain_until == shown.clock.at + timedelta(days=5)


def test_a_leader_sends_back_what_is_concluded(shown: House) -> None:
    concluded(shown)

    shown.office.do(shown.actor("leader"), decide.take_back, shown.sheet(), "Thiếu biên bản")

    assert look(shown).record.status == "released"


@pytest.mark.parametrize(
    ("place", "present", "later", "why"),
    [
        ("", "Hai bên", -1, "session-incomplete"),
        ("Sở Nội vụ", " ", -1, "session-incomplete"),
        ("Sở Nội vụ", "Hai bên", 1, "moment-to-come"),
        ("x" * 301, "Hai bên", -1, "text-too-long"),
    ],
)
def test_minutes_without_place_people_or_a_past_hour_are_refused(
    shown: House, place: str, present: str, later: int, why: str
) -> None:
    held = shown.clock.at + timedelta(hours=later)
    record = JointSession(held, place, present, "", 0, NOW)

    said = refused(shown, "lead", lambda doing: decide.put_session(doing, shown.sheet(), record))

    assert said == why


def test_the_desk_of_the_lead_tells_ready_sheets_from_those_held_up(shown: House) -> None:
    with shown.office.reading(lead(shown)) as doing:
        before = decisions_seen.of_lead(doing, ROUND, Asked())
    opened(shown)
    shown.clock.later(days=15)
    with shown.office.reading(lead(shown)) as doing:
        after = decisions_seen.of_lead(doing, ROUND, Asked())

    assert (len(before.ready), len(before.held_up)) == (0, 1)
    assert (len(after.ready), len(after.held_up)) == (1, 0)
    assert after.stage == "released"


def test_a_sheet_counts_as_reviewed_in_the_queue_whatever_became_of_it(house: House) -> None:
    def finished() -> int:
        with house.office.reading(lead(house)) as doing:
            return review_queue.queue(doing, ROUND, review_queue.Asked()).finished

    before = finished()
    released.released(house)
    shown = finished()
    concluded(house)
    settled = finished()
    house.office.do(house.actor("leader"), decide.close, house.sheet(), "15/QĐ")

    assert [before, shown, settled, finished()] == [0, 1, 1, 1]


def test_the_desk_of_the_leader_counts_silence_of_changed_lines(shown: House) -> None:
    concluded(shown)

    with shown.office.reading(shown.actor("leader")) as doing:
        desk = decisions_seen.of_leader(doing, ROUND, Asked())

    assert desk.stage == "concluded"
    assert [each.silent for each in desk.cases] == [len(CHANGED)]
