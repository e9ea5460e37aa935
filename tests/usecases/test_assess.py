"""A unit answers line by line and hands in, on both databases."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from evalsvc.domain.course import Status
from evalsvc.domain.errors import Forbidden, NotFound, Refused, Stale
from evalsvc.domain.lines import Layer
from evalsvc.domain.windows import Task
from evalsvc.store import journal
from evalsvc.store.sheet_changes import NotAsHeld
from evalsvc.usecases import assess, sheets
from evalsvc.usecases.assess import Saved, Typed
from evalsvc.usecases.sheets import Seen, Sheet, Told
from evalsvc.usecases.work import Work
from tests.web.small_house import House


def save(house: House, code: str, text: str, seen: Seen, **words: Any) -> Saved:
    by = house.actor(words.pop("by", "editor"))
    typed = Typed(text, {"answer": [text]}, **words)
    return house.office.do(by, assess.save_answer, house.sheet(), code, typed, seen)


def look(house: House, by: str = "editor", unit: str = "so-noi-vu") -> Sheet:
    with house.office.reading(house.actor(by)) as doing:
        return sheets.seen(doing, house.sheet(unit))


def refusal(house: House, code: str, text: str, **words: Any) -> str:
    with pytest.raises(Refused) as caught:
        save(house, code, text, Seen(0), **words)
    return caught.value.message


def test_an_answer_earns_its_points_at_once(house: House) -> None:
    saved = save(house, "A2", "5/7", Seen(0))

    assert (saved.line.claim, saved.line.version) == ("5/7", 1)
    assert saved.sheet.record.totals[Layer.CLAIMED].total == saved.line.claimed_points


def test_what_is_kept_is_what_was_answered(house: House) -> None:
    saved = save(house, "A2", "5/7", Seen(0), note="Sổ văn bản")

    kept = look(house)

    assert kept.lines["A2"] == saved.line
    assert kept.record.totals == saved.sheet.record.totals


def test_the_summary_agrees_with_a_new_computation(house: House) -> None:
    house.fill("so-noi-vu", but=["B1"])

    kept = look(house)

    assert kept.summed(Status.OPEN) == kept.record.totals


def test_what_cannot_be_read_is_kept_as_typed_and_not_counted(house: House) -> None:
    save(house, "A2", "5/7", Seen(0))

    saved = save(house, "A2", "9/7", Seen(1))

    assert saved.fault is not None
    assert saved.fault.message == "more-than-due"
    assert (saved.line.claim, saved.line.claimed_points) == (None, Decimal(0))
    assert look(house).lines["A2"].draft == {"answer": ["9/7"]}


def test_a_line_that_was_put_right_keeps_nothing_of_what_was_typed(house: House) -> None:
    save(house, "A2", "9/7", Seen(0))

    save(house, "A2", "7/7", Seen(1))

    assert look(house).lines["A2"].draft is None


def test_an_answer_can_be_taken_back(house: House) -> None:
    save(house, "A2", "5/7", Seen(0))

    saved = save(house, "A2", "", Seen(1))

    assert (saved.line.state, saved.line.claim) == ("unanswered", None)


def test_the_second_of_two_clerks_is_told(house: House) -> None:
    save(house, "A2", "5/7", Seen(0, "one"))

    with pytest.raises(Stale) as caught:
        save(house, "A2", "6/7", Seen(0, "two"), by="second")

    assert (caught.value.seen, caught.value.current) == (0, 1)
    assert look(house).lines["A2"].claim == "5/7"


def test_a_repeated_save_is_answered_as_the_first(house: House) -> None:
    first = save(house, "A2", "5/7", Seen(0, "same"))

    again = save(house, "A2", "5/7", Seen(0, "same"))

    assert again.line.version == first.line.version
    assert again.line.claimed_points == first.line.claimed_points


def test_a_repeated_save_is_answered_as_the_first_even_after_another(house: House) -> None:
    save(house, "A2", "5/7", Seen(0, "same"))
    save(house, "A2", "6/7", Seen(1, "other"))

    again = save(house, "A2", "5/7", Seen(0, "same"))

    assert (again.line.claim, again.line.version) == ("5/7", 1)
    assert look(house).lines["A2"].claim == "6/7"


def test_every_save_stands_in_the_journal(house: House) -> None:
    save(house, "A2", "5/7", Seen(0))
    save(house, "A2", "6/7", Seen(1), by="second")

    with house.office.reading(house.actor("editor")) as doing:
        told = journal.of_stream(doing.store, journal.assessment(house.sheet()), "A2")

    assert [(each.number, each.entry.deed, each.who) for each in told] == [
        (1, "answer", "Văn phòng Sở Nội vụ"),
        (2, "answer", "Phòng Tổ chức Sở Nội vụ"),
    ]
    assert [(each.entry.data or {})["after"] for each in told] == ["5/7", "6/7"]


@pytest.mark.parametrize("by", ["y-te-editor", "xa-head", "admin"])
def test_a_foreign_sheet_is_not_there(house: House, by: str) -> None:
    with pytest.raises(NotFound):
        save(house, "A2", "5/7", Seen(0), by=by)


# They may look at it, so it is there; but nobody answers for a unit.
@pytest.mark.parametrize("by", ["evaluator", "lead", "leader"])
def test_reviewers_and_leaders_do_not_answer_for_a_unit(house: House, by: str) -> None:
    with pytest.raises(Forbidden):
        save(house, "A2", "5/7", Seen(0), by=by)


def test_a_line_that_is_not_on_the_sheet_is_not_there(house: House) -> None:
    with pytest.raises(NotFound):
        save(house, "Z9", "5/7", Seen(0))


def test_after_the_grace_nothing_is_counted(house: House) -> None:
    house.clock.later(days=30)

    assert refusal(house, "A2", "5/7") == "window-locked"


def test_before_the_round_opens_nothing_is_taken(house: House) -> None:
    house.clock.later(days=-90)

    assert refusal(house, "A2", "5/7") == "window-not-open"


def test_within_the_grace_an_answer_still_counts(house: House) -> None:
    house.clock.later(days=11)

    assert save(house, "A2", "5/7", Seen(0)).line.claim == "5/7"


def test_a_note_has_a_bound(house: House) -> None:
    assert refusal(house, "A2", "5/7", note="x" * 4001) == "note-too-long"


def test_handing_in_wants_an_explicit_yes_to_every_gap(house: House) -> None:
    house.fill("so-noi-vu", but=["A1", "A3"])

    with pytest.raises(Refused) as caught:
        house.office.do(house.actor("head"), assess.submit, house.sheet(), ["A1"])

    assert caught.value.message == "gaps-not-confirmed"
    assert caught.value.facts["lines"] == ["A1", "A3"]


def test_an_error_has_to_be_put_right_before_handing_in(house: House) -> None:
    house.fill("so-noi-vu", but=["A2"])
    save(house, "A2", "9/7", Seen(0))

    with pytest.raises(Refused) as caught:
        house.office.do(house.actor("head"), assess.submit, house.sheet(), ["A2"])

    assert (caught.value.message, caught.value.facts["lines"]) == ("sheet-not-ready", ["A2"])


def test_an_editor_prepares_and_the_head_hands_in(house: House) -> None:
    house.fill("so-noi-vu")

    with pytest.raises(Forbidden):
        house.office.do(house.actor("editor"), assess.submit, house.sheet(), [])


def test_what_was_handed_in_is_locked(house: House) -> None:
    house.fill("so-noi-vu")
    house.submit("so-noi-vu")

    version = look(house).lines["A2"].version
    with pytest.raises(Refused) as caught:
        save(house, "A2", "7/7", Seen(version))

    assert caught.value.message == "sheet-handed-in"


@pytest.mark.parametrize(("days", "late"), [(0, False), (11, True)])
def test_late_is_a_fact_that_is_kept(house: House, days: int, late: bool) -> None:  # noqa: FBT001 - a column of the table
    house.fill("so-noi-vu")
    house.clock.later(days=days)

    house.submit("so-noi-vu")

    found = look(house).record
    assert (found.status, found.late, found.submitted_at) == (
        Status.SUBMITTED,
        late,
        house.clock.at,
    )


def test_a_line_that_is_not_as_the_deed_has_seen_it_is_not_put_nor_told_of(house: House) -> None:
    save(house, "A2", "5/7", Seen(0))
    before = look(house)

    def note_on_what_was(doing: Work) -> None:
        held, _ = sheets.held(doing, house.sheet(), Task.ASSESS)
        line = held.lines["A2"]
        older = held.with_line(replace(line, version=0))
        sheets.keep_line(doing, older, replace(line, note="từ hôm qua"), Told("try"))

    with pytest.raises(NotAsHeld):
        house.office.do(house.actor("editor"), note_on_what_was)

    after = look(house)
    assert (after.lines, after.record.head) == (before.lines, before.record.head)
