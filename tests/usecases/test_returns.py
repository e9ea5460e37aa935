"""Lines that go back to the unit for a while, and sheets that the unit takes back."""

from datetime import timedelta

import pytest

from evalsvc.domain.course import Status
from evalsvc.domain.errors import Forbidden, Refused, Stale
from evalsvc.domain.line_course import Step
from evalsvc.domain.lines import Layer
from evalsvc.store import journal
from evalsvc.usecases import assess, evaluate, own_returns, own_sheets, returns
from evalsvc.usecases.assess import Typed
from evalsvc.usecases.sheets import Seen
from tests.web.evaluator import line_of
from tests.web.released import handed_in, returned, reviewed, seen
from tests.web.small_house import EXPLAINED, After, House


@pytest.fixture
def ready(house_after: After) -> House:
    return house_after(handed_in)


def supply(house: House, text: str, code: str = "A2", on: Seen | None = None) -> None:
    typed = Typed(text, {"answer": [text]}, EXPLAINED.get(code, ""))
    args = (house.sheet(), code, lambda _entry, _below: typed, on or seen(house, code))
    house.office.do(house.actor("editor"), own_returns.supply, *args)


def recall(house: House, who: str = "head") -> None:
    house.office.do(house.actor(who), assess.recall, house.sheet())


def offers_recall(house: House, who: str = "head") -> bool:
    with house.office.reading(house.actor(who)) as doing:
        return own_sheets.own(doing, house.sheet()).may_recall


# Returned


def test_a_returned_line_is_put_right_and_goes_back(ready: House) -> None:
    returned(ready)

    supply(ready, "6/7")

    line = line_of(ready, "A2")
    assert (line.claim, line.step, line.supplied_at) == ("6/7", Step.CLAIMED, ready.clock.at)


def test_what_was_marked_falls_away_and_the_first_claim_stays_in_the_journal(
    ready: House,
) -> None:
    by, id_ = ready.actor("evaluator"), ready.sheet()
    ready.office.do(by, evaluate.accept, id_, "A2", seen(ready, "A2"))

    returned(ready)
    supply(ready, "6/7")

    with ready.office.reading(by) as doing:
        told = journal.of_stream(doing.store, journal.assessment(id_), "A2")
    assert line_of(ready, "A2").reviewed is None
    assert [each.entry.deed for each in told][-4:] == ["accept", "return", "answer", "supply"]
    assert "5/7" in str(told[-3].entry.data)


def test_only_that_line_can_be_changed(ready: House) -> None:
    returned(ready)

    with pytest.raises(Refused, match="sheet-handed-in"):
        supply(ready, "khong", "A3")


def test_its_hour_passes_and_it_is_the_reviewers_again(ready: House) -> None:
    returned(ready, hours=2)
    ready.clock.later(hours=3)

    with pytest.raises(Refused, match="return-lapsed"):
        supply(ready, "6/7")
    by, id_ = ready.actor("evaluator"), ready.sheet()
    ready.office.do(by, evaluate.accept, id_, "A2", seen(ready, "A2"))

    assert line_of(ready, "A2").step is Step.MARKED


def test_an_answer_that_cannot_be_read_stays_with_the_unit(ready: House) -> None:
    returned(ready)

    supply(ready, "9/7")

    line = line_of(ready, "A2")
    assert (line.step, line.draft is not None) == (Step.RETURNED, True)
    with pytest.raises(Refused, match="line-not-ready"):
        ready.office.do(
            ready.actor("editor"), returns.supply, ready.sheet(), "A2", seen(ready, "A2")
        )


def test_sending_the_same_again_answers_as_the_first_time(ready: House) -> None:
    returned(ready)
    on = seen(ready, "A2", "k1")

    supply(ready, "6/7", on=on)
    supply(ready, "6/7", on=on)

    assert line_of(ready, "A2").version == on.version + 2


def test_two_clerks_on_a_returned_line_the_second_is_told(ready: House) -> None:
    returned(ready)
    on = seen(ready, "A2", "k1")
    supply(ready, "6/7", on=Seen(on.version, "k2"))

    with pytest.raises(Stale):
        supply(ready, "7/7", on=on)


@pytest.mark.parametrize(("hours", "message"), [(-1, "moment-is-past"), (24 * 40, "return-after")])
def test_the_hour_lies_between_now_and_the_end_of_the_review(
    ready: House, hours: int, message: str
) -> None:
    with pytest.raises(Refused, match=message):
        returned(ready, hours=hours)


def test_a_line_of_the_reviewer_is_not_returned(ready: House) -> None:
    with pytest.raises(Refused, match="nothing-claimed"):
        returned(ready, "C2")


def test_a_finished_review_returns_nothing(house: House) -> None:
    reviewed(house)

    with pytest.raises(Refused, match="review-finished"):
        returned(house)


def test_a_unit_returns_nothing_to_itself(ready: House) -> None:
    until = ready.clock.at + timedelta(hours=48)

    with pytest.raises(Forbidden):
        ready.office.do(
            ready.actor("head"),
            returns.return_line,
            ready.sheet(),
            "A2",
            until,
            "Sửa.",
            seen(ready, "A2"),
        )


# Taken back


def test_a_sheet_is_taken_back_and_handed_in_again(ready: House) -> None:
    assert offers_recall(ready)

    recall(ready)
    ready.answer("so-noi-vu", "A2", "7/7")
    ready.submit("so-noi-vu")

    with ready.office.reading(ready.actor("head")) as doing:
        record = own_sheets.own(doing, ready.sheet()).record
    assert record.status is Status.SUBMITTED
    assert str(record.totals[Layer.CLAIMED].total) == "18.00"


def test_only_the_head_takes_it_back(ready: House) -> None:
    assert not offers_recall(ready, "editor")
    with pytest.raises(Forbidden):
        recall(ready, "editor")


def test_the_first_mark_ends_it(ready: House) -> None:
    by, id_ = ready.actor("evaluator"), ready.sheet()
    ready.office.do(by, evaluate.accept, id_, "A1", seen(ready, "A1"))

    assert not offers_recall(ready)
    with pytest.raises(Refused, match="review-has-begun"):
        recall(ready)


def test_a_returned_line_ends_it_too(ready: House) -> None:
    returned(ready)

    assert not offers_recall(ready)
    with pytest.raises(Refused, match="review-has-begun"):
        recall(ready)


def test_after_the_time_for_assessment_nothing_is_taken_back(ready: House) -> None:
    ready.clock.later(days=20)

    assert not offers_recall(ready)
    with pytest.raises(Refused, match="window-locked"):
        recall(ready)


def test_the_person_in_charge_is_noted_down_and_moves_no_version(house: House) -> None:
    house.fill("so-noi-vu")
    before = line_of(house, "A2")

    house.office.do(
        house.actor("editor"), assess.put_in_charge, house.sheet(), "A2", "  Văn   thư "
    )

    after = line_of(house, "A2")
    assert (after.in_charge, after.version) == ("Văn thư", before.version)
