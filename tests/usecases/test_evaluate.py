"""Reviewers mark, finish and enter official results, on both databases."""

from datetime import date

import pytest

from evalsvc.domain.course import Status
from evalsvc.domain.errors import Forbidden, NotFound, Refused, Stale
from evalsvc.domain.lines import Layer
from evalsvc.store import journal
from evalsvc.usecases import evaluate, official_results, review, review_queue, sheets
from evalsvc.usecases.evaluate import Marked
from evalsvc.usecases.found import Found
from evalsvc.usecases.official_results import Given
from evalsvc.usecases.sheets import Seen, Sheet
from tests.web.evaluator import handed_in
from tests.web.small_house import ROUND, After, House

FLAG = ("ky-luat", "12-QĐ/UBKT", date(2026, 6, 2))
INDEX = "87,61; 398/QĐ-UBND; 22/4/2026; 2025"
MARKABLE = ("A1", "A2", "A3", "A4", "B1", "B2", "B3", "T1", "P1")


@pytest.fixture
def ready(house_after: After) -> House:
    return house_after(handed_in)


def adjust(house: House, code: str, found: Found, reason: str = "Xem lại.") -> Marked:
    by, id_ = house.actor("evaluator"), house.sheet()
    return house.office.do(by, evaluate.adjust, id_, code, found, reason, Seen(seen(house, code)))


def seen(house: House, code: str) -> int:
    return look(house).lines[code].version


def look(house: House, unit: str = "so-noi-vu") -> Sheet:
    with house.office.reading(house.actor("lead")) as doing:
        return sheets.seen(doing, house.sheet(unit))


def refused(house: House, code: str, found: Found, reason: str = "Xem lại.") -> str:
    with pytest.raises(Refused) as caught:
        adjust(house, code, found, reason)
    return caught.value.message


def mark_all(house: House) -> None:
    by, id_ = house.actor("evaluator"), house.sheet()
    for code in MARKABLE:
        house.office.do(by, evaluate.accept, id_, code, Seen(1))
    house.office.do(by, evaluate.adjust, id_, "C2", Found(by_hand="3"), "", Seen(0))
    house.office.do(by, evaluate.enter_official, id_, "C1", INDEX, Seen(0))


def test_a_mark_makes_the_reviewed_total_and_leaves_the_claimed_one(ready: House) -> None:
    before = look(ready).record.totals[Layer.CLAIMED]

    adjust(ready, "A2", Found("4/7"))

    record = look(ready).record
    assert record.totals[Layer.CLAIMED] == before
    assert str(before.total - record.totals[Layer.REVIEWED].total) == "0.57"
    assert (record.progress.marked, record.layer) == (1, Layer.CLAIMED)


@pytest.mark.parametrize(
    ("code", "found", "reason", "message"),
    [
        ("A2", Found("4/7"), " ", "reason-missing"),
        ("A2", Found("4/7"), "x" * 4_001, "reason-too-long"),
        ("A2", Found(), "Xem lại.", "nothing-stated"),
        ("A2", Found("9/7"), "Xem lại.", "more-than-due"),
        ("A2", Found(refuses=True), "Xem lại.", "only-not-applicable-is-refused"),
        ("A1", Found(by_hand="1"), "Xem lại.", "points-not-by-hand"),
        ("C1", Found(INDEX), "Xem lại.", "official-line"),
    ],
)
def test_what_is_no_mark_is_refused(
    ready: House, code: str, found: Found, reason: str, message: str
) -> None:
    assert refused(ready, code, found, reason) == message


def test_other_points_than_proposed_need_a_reason_and_the_same_ones_do_not(ready: House) -> None:
    same = adjust(ready, "B1", Found(by_hand="3,5"), "")

    assert same.line.reviewed == same.line.claim
    assert refused(ready, "B1", Found(by_hand="3"), "") == "reason-missing"


def test_the_second_of_two_reviewers_is_told(ready: House) -> None:
    lead = ready.actor("lead")
    adjust(ready, "A2", Found("4/7"))

    with pytest.raises(Stale):
        ready.office.do(lead, evaluate.accept, ready.sheet(), "A2", Seen(1))

    assert look(ready).lines["A2"].reviewed == "4/7"


def test_a_sheet_that_is_not_handed_in_is_not_marked(house: House) -> None:
    with pytest.raises(Refused, match="sheet-not-handed-in"):
        house.office.do(house.actor("lead"), evaluate.accept, house.sheet(), "A1", Seen(0))


def test_a_unit_marks_nothing(ready: House) -> None:
    head, own, foreign = ready.actor("head"), ready.sheet(), ready.sheet("so-y-te")

    with pytest.raises(Forbidden):
        ready.office.do(head, evaluate.accept, own, "A1", Seen(1))
    with pytest.raises(NotFound):
        ready.office.do(head, evaluate.accept, foreign, "A1", Seen(1))


def test_the_lead_finishes_when_nothing_waits_and_the_review_then_counts(ready: House) -> None:
    lead, id_ = ready.actor("lead"), ready.sheet()
    with pytest.raises(Refused, match="lines-not-marked"):
        ready.office.do(lead, evaluate.finish, id_)
    mark_all(ready)

    with pytest.raises(Forbidden):
        ready.office.do(ready.actor("evaluator"), evaluate.finish, id_)
    done = ready.office.do(lead, evaluate.finish, id_)

    assert (done.record.status, done.record.layer) == (Status.REVIEWED, Layer.REVIEWED)
    assert look(ready).record.totals == done.record.totals
    assert refused(ready, "A2", Found("4/7")) == "review-finished"


def test_a_finished_review_is_taken_up_again_only_with_a_reason(ready: House) -> None:
    lead, id_ = ready.actor("lead"), ready.sheet()
    mark_all(ready)
    ready.office.do(lead, evaluate.finish, id_)

    with pytest.raises(Refused, match="reason-missing"):
        ready.office.do(lead, evaluate.resume, id_, " ")
    ready.office.do(lead, evaluate.resume, id_, "Có văn bản mới.")

    assert look(ready).record.status is Status.SUBMITTED


def test_a_flag_lowers_the_band_until_it_is_withdrawn(ready: House) -> None:
    by, id_ = ready.actor("evaluator"), ready.sheet()
    mark_all(ready)

    ready.office.do(by, evaluate.raise_flag, id_, *FLAG)
    raised = look(ready).record.totals[Layer.REVIEWED]
    with ready.office.reading(by) as doing:
        flag = review.flags(doing, review.sheet_of(doing, id_))[0]
    ready.office.do(by, evaluate.withdraw_flag, id_, flag.id, "Đã thu hồi.")

    assert (raised.band, raised.gates) == ("kha", ("K1",))
    assert look(ready).record.totals[Layer.REVIEWED].band == "tot"


def test_results_are_put_for_all_units_at_once_and_told_in_the_journals(ready: House) -> None:
    by = ready.actor("evaluator")
    one, other = ready.sheet(), ready.sheet("so-y-te")
    given = [Given(other, "187; 398/QĐ-UBND; 22/4/2026; 2025", 0), Given(one, INDEX, 0)]

    entered = ready.office.do(by, official_results.enter_all, ROUND, "C1", given, "398/QĐ-UBND")

    assert (entered.saved, set(entered.faults)) == ((one,), {other})
    assert look(ready, "so-y-te").lines["C1"].claim is None
    with ready.office.reading(by) as doing:
        deeds = [each.entry.deed for each in journal.of_stream(doing.store, f"round:{ROUND}")]
        last = journal.of_stream(doing.store, journal.assessment(one), "C1")
    assert "official-results" in deeds
    assert [each.entry.deed for each in last] == ["official"]


def test_a_queue_is_cut_into_pages(ready: House) -> None:
    with ready.office.reading(ready.actor("evaluator")) as doing:
        found = review_queue.queue(doing, "", review_queue.Asked())
        with pytest.raises(NotFound):
            review_queue.queue(doing, "", review_queue.Asked(page=2))

    assert (found.pages, found.total, found.ready) == (1, 3, 0)
