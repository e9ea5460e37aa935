"""Two at the same time, on both databases: nothing is lost, and whoever comes second is told."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from evalsvc.domain.access import SERVICE, Grant, Role
from evalsvc.domain.course import Status
from evalsvc.domain.errors import Refused, Stale
from evalsvc.domain.history import FIRST_LINK, Entry, Head, link
from evalsvc.domain.lines import Layer
from evalsvc.domain.windows import Task
from evalsvc.store import journal, marks
from evalsvc.usecases import (
    accounts,
    assess,
    decide,
    evaluate,
    explain,
    official_results,
    rounds,
    sheets,
)
from evalsvc.usecases.assess import Saved, Typed
from evalsvc.usecases.evaluate import Marked
from evalsvc.usecases.extensions import To, extend
from evalsvc.usecases.found import Found
from evalsvc.usecases.official_results import Given
from evalsvc.usecases.sheets import Seen, Sheet
from evalsvc.usecases.verify import Difference, verify
from evalsvc.usecases.work import Office, Work
from tests.usecases.together import another_process, at_once, while_held
from tests.web import small_house
from tests.web.small_house import ANSWERS, NOW, ROUND, UNITS, House

SO, XA = "so-noi-vu", "xa-binh-an"
DECISION = "Quyết định số 12/QĐ-UBND"


@pytest.fixture
def other(house: House) -> Iterator[Office]:
    """The same service in a second process."""
    with another_process(house) as office:
        yield office


def answer(house: House, code: str, said: str, seen: Seen) -> Callable[[Work], Saved]:
    id_ = house.sheet()
    return lambda doing: assess.save_answer(doing, id_, code, Typed(said), seen)


def hand_in(house: House) -> Callable[[Work], Sheet]:
    id_ = house.sheet()
    return lambda doing: assess.submit(doing, id_, [])


def by(office: Office, house: House, who: str, deed: Callable[[Work], Any]) -> Callable[[], Any]:
    return partial(office.do, house.actor(who), deed)


def look(house: House, unit: str = SO) -> Sheet:
    with house.office.reading(house.actor("lead")) as doing:
        return sheets.seen(doing, house.sheet(unit))


def told(house: House, name: str) -> list[journal.Told]:
    with house.office.reading(SERVICE) as doing:
        return list(journal.of_stream(doing.store, name))


def deeds_on(house: House, unit: str = SO) -> list[str]:
    return [each.entry.deed for each in told(house, journal.assessment(house.sheet(unit)))]


def tell(doing: Work, who: int, number: int) -> None:
    entry = Entry("test", NOW, None, data={"who": who, "number": number})
    journal.note(doing.store, "system", entry)


def differences(house: House) -> list[Difference]:
    found: list[Difference] = []
    with house.office.reading(SERVICE) as doing:
        verify(doing, found.append)
    return found


# Two clerks of one unit


def test_of_two_clerks_on_two_criteria_both_count(house: House, other: Office) -> None:
    first = house.actor("editor"), answer(house, "A1", "yes", Seen(0))
    second = by(other, house, "second", answer(house, "A2", "7/7", Seen(0)))

    one, two = while_held(house, first, second)

    total = one.line.claimed_points + two.line.claimed_points
    assert look(house).record.totals[Layer.CLAIMED].total == total == 6
    assert differences(house) == []


def test_of_two_clerks_on_one_line_the_second_is_told(house: House, other: Office) -> None:
    first = house.actor("editor"), answer(house, "A2", "5/7", Seen(0))
    second = by(other, house, "second", answer(house, "A2", "6/7", Seen(0)))

    _, outcome = while_held(house, first, second)

    assert isinstance(outcome, Stale)
    assert (outcome.seen, outcome.current) == (0, 1)
    assert look(house).lines["A2"].claim == "5/7"


def test_of_many_clerks_at_once_on_one_line_exactly_one_wins(house: House, other: Office) -> None:
    outcomes = at_once(
        *(
            by(office, house, who, answer(house, "A2", f"{done}/9", Seen(0, f"key-{done}")))
            for done, (office, who) in enumerate(
                [(house.office, "editor"), (other, "second"), (house.office, "head")] * 2
            )
        )
    )

    winners = [each.line.claim for each in outcomes if isinstance(each, Saved)]
    assert winners == [look(house).lines["A2"].claim]
    assert [type(each) for each in outcomes].count(Stale) == 5
    assert deeds_on(house) == ["answer"]


def test_the_same_save_twice_at_once_is_done_once(house: House, other: Office) -> None:
    save = answer(house, "A2", "5/7", Seen(0, "same"))

    outcomes = at_once(by(house.office, house, "editor", save), by(other, house, "editor", save))

    assert [each.line.version for each in outcomes] == [1, 1]
    assert outcomes[0].line.claimed_points == outcomes[1].line.claimed_points
    assert deeds_on(house) == ["answer"]


def test_clerks_who_save_one_line_after_the_other_lose_nothing(house: House, other: Office) -> None:
    def fill(office: Office, who: str, codes: str) -> None:
        for code in codes.split():
            for version in range(3):
                office.do(house.actor(who), answer(house, code, ANSWERS[code], Seen(version)))

    outcomes = at_once(
        partial(fill, house.office, "editor", "A1 A2 A3"),
        partial(fill, other, "second", "A4 B1 B2"),
        partial(fill, house.office, "head", "B3 T1 P1"),
    )

    assert outcomes == [None] * 3
    assert {line.version for line in look(house).lines.values() if line.claim} == {3}
    assert len(deeds_on(house)) == 27
    assert differences(house) == []


@pytest.mark.parametrize(
    ("code", "said", "seen"),
    # The browser's way back: an old page, its old version and key, and something new typed on it.
    [("A2", "6/7", 0), ("A2", "", 0), ("A1", "yes", 5)],
)
def test_a_key_that_comes_with_another_answer_is_no_repetition(
    house: House, code: str, said: str, seen: int
) -> None:
    house.office.do(house.actor("editor"), answer(house, "A2", "5/7", Seen(0, "same")))

    with pytest.raises(Stale):
        house.office.do(house.actor("editor"), answer(house, code, said, Seen(seen, "same")))


# Handing in


def test_a_change_under_way_is_counted_before_the_sheet_is_handed_in(house: House) -> None:
    house.fill(SO)
    change = house.actor("editor"), answer(house, "A2", "7/7", Seen(1))

    saved, handed_in = while_held(house, change, by(house.office, house, "head", hand_in(house)))

    assert handed_in.lines["A2"] == saved.line
    assert handed_in.record.totals == saved.sheet.record.totals
    assert look(house).record.status is Status.SUBMITTED


def test_a_line_emptied_meanwhile_is_a_gap_that_nobody_has_agreed_to(house: House) -> None:
    house.fill(SO)
    emptied = house.actor("editor"), answer(house, "A2", "", Seen(1))

    _, outcome = while_held(house, emptied, by(house.office, house, "head", hand_in(house)))

    assert isinstance(outcome, Refused)
    assert (outcome.message, outcome.facts["lines"]) == ("gaps-not-confirmed", ["A2"])


def test_a_change_that_comes_while_the_sheet_is_handed_in_is_refused(
    house: House, other: Office
) -> None:
    house.fill(SO)
    late = by(other, house, "editor", answer(house, "A2", "7/7", Seen(1)))

    _, outcome = while_held(house, (house.actor("head"), hand_in(house)), late)

    assert isinstance(outcome, Refused)
    assert outcome.message == "sheet-handed-in"
    assert look(house).lines["A2"].claim == "5/7"


def test_a_save_repeated_after_handing_in_is_still_answered_as_the_first(house: House) -> None:
    house.fill(SO, but=["A2"])
    save = answer(house, "A2", "5/7", Seen(0, "same"))
    first = house.office.do(house.actor("editor"), save)
    house.submit(SO)

    again = house.office.do(house.actor("editor"), save)

    assert again.line.version == first.line.version


# Reviewing and closing


def reviewed(house: House) -> None:
    """The sheet of the commune, every line accepted, its review finished."""
    house.fill(XA)
    house.submit(XA)
    for code, line in look(house, XA).lines.items():
        house.office.do(
            house.actor("evaluator"), evaluate.accept, house.sheet(XA), code, Seen(line.version)
        )
    house.office.do(house.actor("lead"), evaluate.finish, house.sheet(XA))


def concluded(house: House) -> None:
    """The same, shown to the unit, which got what it claimed, and concluded."""
    reviewed(house)
    for deed in (explain.release, decide.conclude):
        house.office.do(house.actor("lead"), deed, house.sheet(XA))


def resume(house: House) -> Callable[[Work], Sheet]:
    id_ = house.sheet(XA)
    return lambda doing: evaluate.resume(doing, id_, "Thiếu biên bản.")


def close(doing: Work) -> rounds.Closed:
    return rounds.close(doing, ROUND, DECISION)


def accept_again(house: House) -> Callable[[Work], Marked]:
    id_, line = house.sheet(XA), look(house, XA).lines["A1"]
    return lambda doing: evaluate.accept(doing, id_, "A1", Seen(line.version))


def test_of_two_reviewers_on_one_line_the_second_is_told(house: House, other: Office) -> None:
    house.fill(SO)
    house.submit(SO)
    id_ = house.sheet()
    adjust = partial(evaluate.adjust, id_=id_, code="A2", found=Found("4/7"), reason="Sổ.")
    second = by(other, house, "lead", lambda doing: evaluate.accept(doing, id_, "A2", Seen(1)))

    _, outcome = while_held(
        house, (house.actor("evaluator"), lambda doing: adjust(doing, seen=Seen(1))), second
    )

    assert isinstance(outcome, Stale)
    with house.office.reading(SERVICE) as doing:
        kept = marks.of_assessment(doing.store, id_)
    assert [(mark.line, mark.value) for mark in kept] == [("A2", "4/7")]
    assert differences(house) == []


def test_a_mark_that_comes_while_the_round_is_closed_is_refused(
    house: House, other: Office
) -> None:
    concluded(house)
    mark = by(other, house, "evaluator", accept_again(house))

    closed, outcome = while_held(house, (house.actor("leader"), close), mark)

    assert closed.concluded == (XA,)
    assert isinstance(outcome, Refused)
    assert outcome.message == "sheet-closed"
    assert differences(house) == []


def test_a_sheet_whose_review_is_taken_up_again_meanwhile_is_not_released(
    house: House, other: Office
) -> None:
    reviewed(house)
    id_ = house.sheet(XA)
    releasing = by(other, house, "lead", lambda doing: explain.release(doing, id_))

    _, outcome = while_held(house, (house.actor("lead"), resume(house)), releasing)

    assert isinstance(outcome, Refused)
    assert outcome.message == "review-not-finished"
    assert look(house, XA).record.status is Status.SUBMITTED
    assert look(house, XA).lines["A1"].final is None


def test_a_sheet_whose_conclusion_is_taken_back_meanwhile_is_not_closed(
    house: House, other: Office
) -> None:
    concluded(house)
    id_, closing = house.sheet(XA), by(other, house, "leader", close)
    take_back = partial(decide.take_back, id_=id_, reason="Có văn bản mới.")

    _, outcome = while_held(house, (house.actor("lead"), take_back), closing)

    assert isinstance(outcome, Refused)
    assert outcome.message == "nothing-to-close"
    assert look(house, XA).record.status is Status.RELEASED


def test_a_round_closed_twice_at_once_concludes_each_sheet_once(
    house: House, other: Office
) -> None:
    concluded(house)

    _, outcome = while_held(
        house, (house.actor("leader"), close), by(other, house, "leader", close)
    )

    assert isinstance(outcome, Refused)
    assert deeds_on(house, XA).count("close") == 1
    told_of_round = [each.entry.deed for each in told(house, f"round:{ROUND}")]
    assert told_of_round.count("close-round") == 1


def test_results_for_many_sheets_are_entered_in_one_order_whoever_lists_them(
    house: House, other: Office
) -> None:
    ids = [house.sheet(SO), house.sheet("so-y-te")]
    said = "87,61; 398/QĐ-UBND; 22/04/2026; 2025"
    there, back = ([Given(id_, said, 0) for id_ in order] for order in (ids, ids[::-1]))

    def enter(given: list[Given]) -> Callable[[Work], Any]:
        return lambda doing: official_results.enter_all(doing, ROUND, "C1", given, "12/QĐ")

    outcomes = at_once(
        by(house.office, house, "lead", enter(there)), by(other, house, "lead", enter(back))
    )

    assert sorted(each.saved for each in outcomes) == [(), tuple(ids)]
    assert {type(fault) for each in outcomes for fault in each.faults.values()} == {Stale}


# Deeds of the machine room


def test_an_extension_given_twice_at_once_is_given_by_the_one_who_came_last(
    house: House, other: Office
) -> None:
    def later(days: int) -> Callable[[Work], Any]:
        until = NOW.replace(month=12, day=days)
        return lambda doing: extend(doing, ROUND, until, "Lũ lụt.", To(SO))

    _, outcome = while_held(
        house, (house.actor("leader"), later(5)), by(other, house, "leader", later(8))
    )

    assert outcome == (SO,)
    with house.office.writing(SERVICE) as doing:
        _, window = sheets.held(doing, house.sheet(), Task.ASSESS)
    assert window.closes == NOW.replace(month=12, day=8)


def test_a_name_given_to_two_accounts_at_once_is_given_to_one(house: House, other: Office) -> None:
    def create(doing: Work) -> int:
        first = accounts.known_password(small_house.PASSWORD)
        return accounts.create(doing, "van-thu", "Văn thư", [Grant(Role.LEADER)], first)

    _, outcome = while_held(
        house, (house.actor("admin"), create), by(other, house, "admin", create)
    )

    assert isinstance(outcome, Refused)
    assert outcome.message == "account-exists"


# The journal and its readers


def test_many_entries_at_once_in_one_stream_leave_no_gap(house: House, other: Office) -> None:
    def note(office: Office, who: int) -> None:
        for number in range(5):
            office.do(SERVICE, tell, who, number)

    at_once(*(partial(note, (house.office, other)[who % 2], who) for who in range(8)))

    found = told(house, "system")
    at = Head(0, FIRST_LINK)
    for each in found:
        at = link(at, each.digest)
        assert (each.number, each.link) == (at.number, at.link)
    assert len(found) == 40
    assert differences(house) == []


def test_who_reads_while_others_write_sees_one_moment(house: House, other: Office) -> None:
    house.fill(SO, but=["A2"])
    id_ = house.sheet()

    with other.reading(house.actor("editor")) as doing:
        before = sheets.seen(doing, id_)
        house.office.do(house.actor("second"), answer(house, "A2", "7/7", Seen(0)))
        after = sheets.seen(doing, id_)

    assert after == before
    assert look(house).lines["A2"].claim == "7/7"


def test_everybody_waits_for_a_turn_and_gets_it(house: House, other: Office) -> None:
    """Three sheets, each with its own writers, and readers in between."""
    units = [unit.code for unit in UNITS]
    heads = dict(zip(units, ("head", "y-te-head", "xa-head"), strict=True))

    def write(office: Office, unit: str) -> None:
        id_ = house.sheet(unit)
        for version in range(5):
            typed = Typed(f"{version}/7")
            office.do(house.actor(heads[unit]), assess.save_answer, id_, "A2", typed, Seen(version))

    def read() -> None:
        for _ in range(5):
            assert differences(house) == []

    at_once(*(partial(write, other, unit) for unit in units), read, read)

    assert {look(house, unit).lines["A2"].claim for unit in units} == {"4/7"}
    assert differences(house) == []
