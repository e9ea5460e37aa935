"""From release to closing: what the lead evaluator and the leader see and decide."""

import pytest

from evalsvc.domain.access import SERVICE
from evalsvc.store import assessments, journal
from evalsvc.usecases import decide, explain
from tests.browsing import Page
from tests.web import released
from tests.web.evaluator import Answers
from tests.web.small_house import ROUND, After, House

TICKED: Answers = {"Chọn Sở Nội vụ": True}
WHY = "Lý do (đơn vị sẽ đọc được)"
DECISION: Answers = {
    "Số và cơ quan ban hành quyết định": "15/QĐ-UBND",
    "Ngày quyết định": "30/12/2026",
}


@pytest.fixture
def reviewed(house_after: After) -> House:
    return house_after(released.reviewed)


@pytest.fixture
def agreed(house_after: After) -> House:
    return house_after(with_nothing_to_say)


def with_nothing_to_say(house: House) -> House:
    """Released; the head has opened it, and its hour has passed."""
    released.released(house)
    house.office.do(house.actor("head"), explain.opened, house.sheet())
    house.clock.later(days=15)
    return house


@pytest.fixture
def concluded(agreed: House) -> House:
    agreed.office.do(agreed.actor("lead"), decide.conclude, agreed.sheet())
    agreed.clock.later(days=5)
    return agreed


def status(house: House) -> str:
    with house.office.reading(SERVICE) as doing:
        table = assessments.assessment
        found = table.select().where(table.c.id == house.sheet())
        return str(doing.store.execute(found).one().status)


def deeds(house: House) -> list[str]:
    with house.office.reading(SERVICE) as doing:
        told = journal.of_stream(doing.store, journal.assessment(house.sheet()))
    return [each.entry.deed for each in told]


def boxes(page: Page) -> list[str]:
    return [each["name"] for each in page.document.all("input") if each["type"] == "checkbox"]


def ticked(page: Page) -> list[str]:
    found = page.document.all("input")
    return [each["name"] for each in found if each["type"] == "checkbox" and "checked" in each]


@pytest.mark.parametrize(
    ("name", "endpoint", "stage"),
    [
        ("lead", "evaluate.decisions", "reviewed"),
        ("lead", "evaluate.decisions", "released"),
        ("leader", "lead.decisions", "concluded"),
    ],
)
def test_nothing_is_ticked_before_somebody_ticks_it(
    house: House, name: str, endpoint: str, stage: str
) -> None:
    at_stage(house, stage)
    visitor = house.visitor_of(name)

    page = visitor.get(endpoint, code=ROUND, stage=stage)

    assert len(boxes(page)) == 1
    assert ticked(page) == []
    page = visitor.click("Chọn tất cả")
    assert ticked(page) == boxes(page)


def at_stage(house: House, stage: str) -> None:
    released.reviewed(house)
    if stage == "reviewed":
        return
    house.clock.later(days=20)
    house.office.do(house.actor("lead"), explain.release, house.sheet())
    house.office.do(house.actor("head"), explain.opened, house.sheet())
    house.clock.later(days=15)
    if stage == "concluded":
        house.office.do(house.actor("lead"), decide.conclude, house.sheet())


# The lead evaluator


def test_reviewed_sheets_are_released_together_with_the_hour_that_units_get(
    reviewed: House,
) -> None:
    lead = reviewed.visitor_of("lead")

    page = lead.get("evaluate.decisions", code=ROUND)
    assert "Đơn vị sẽ thấy điểm và lý do, được giải trình ít nhất đến 17:00 ngày 24/12/2026" in (
        page.text
    )
    page = lead.submit("Gửi các phiếu đã chọn", TICKED)

    assert "Đã gửi 1 phiếu cho đơn vị: Sở Nội vụ." in page.text
    assert status(reviewed) == "released"


def test_ticking_nothing_is_said_and_changes_nothing(reviewed: House) -> None:
    lead = reviewed.visitor_of("lead")
    lead.get("evaluate.decisions", code=ROUND)

    page = lead.submit("Gửi các phiếu đã chọn", status=422)

    assert "Chưa chọn phiếu nào." in page.text
    assert status(reviewed) == "reviewed"


def test_what_stands_in_the_way_of_a_conclusion_is_listed_line_by_line(house: House) -> None:
    released.contested(released.released(house))
    lead = house.visitor_of("lead")

    page = lead.get("evaluate.decisions", code=ROUND)

    assert "Chưa thể kết luận: 1" in page.text
    assert "A2: Dòng A2 đang có giải trình chưa được trả lời." in page.text
    assert "B1: Đơn vị còn có thể giải trình." in page.text


def test_a_settled_sheet_is_concluded_and_taken_back_with_a_reason(agreed: House) -> None:
    lead = agreed.visitor_of("lead")

    lead.get("evaluate.decisions", code=ROUND, stage="released")
    page = lead.submit("Kết luận các phiếu đã chọn", TICKED)
    assert "Đã kết luận 1 phiếu: Sở Nội vụ." in page.text

    lead.get("evaluate.decision", id=agreed.sheet())
    lead.submit("Rút lại", {"Lý do": "Có văn bản mới"})

    assert status(agreed) == "released"
    assert deeds(agreed)[-2:] == ["conclude", "take-back"]


def test_one_sheet_is_released_and_concluded_from_its_own_page(reviewed: House) -> None:
    lead, id_ = reviewed.visitor_of("lead"), reviewed.sheet()

    lead.get("evaluate.sheet", id=id_)
    lead.click("Gửi kết quả và kết luận")
    lead.submit("Gửi cho đơn vị")
    reviewed.office.do(reviewed.actor("head"), explain.opened, id_)
    reviewed.clock.later(days=40)
    lead = reviewed.visitor_of("lead")
    lead.get("evaluate.decision", id=id_)
    page = lead.submit("Kết luận phiếu")

    assert "Đã kết luận phiếu." in page.text
    assert status(reviewed) == "concluded"


def test_an_evaluator_who_leads_nothing_decides_nothing(reviewed: House) -> None:
    evaluator = reviewed.visitor_of("evaluator")

    evaluator.get("evaluate.decisions", code=ROUND, status=404)
    evaluator.get("evaluate.decision", id=reviewed.sheet(), status=404)


def test_a_correction_warns_that_a_lower_value_opens_a_new_window(agreed: House) -> None:
    lead, id_ = agreed.visitor_of("lead"), agreed.sheet()

    page = lead.get("evaluate.correction", id=id_, code="A3")
    assert "Nếu điểm thấp hơn, đơn vị có thêm 5 ngày để giải trình dòng này" in page.text
    page = lead.submit("Lưu phần sửa", {"Chưa làm 0 điểm": True, WHY: "Đếm lại"})

    assert "Đã sửa dòng A3." in page.text
    assert "A3Đơn vị còn có thể giải trình." in page.text


def test_a_correction_needs_its_reason_at_its_field(agreed: House) -> None:
    lead = agreed.visitor_of("lead")

    lead.get("evaluate.correction", id=agreed.sheet(), code="A3")
    page = lead.submit("Lưu phần sửa", {"Chưa làm 0 điểm": True}, status=422)

    assert page.document.ids["line-A3-why-error"].text.startswith("Thiếu lý do")


# The leader


def test_a_block_is_closed_by_one_decision_with_its_day(concluded: House) -> None:
    leader = concluded.visitor_of("leader")

    page = leader.get("lead.decisions", code=ROUND)
    assert page.table()[1][-1] == "4"
    page = leader.submit("Duyệt các phiếu đã chọn", {**TICKED, **DECISION})

    assert "Đã duyệt 1 phiếu: Sở Nội vụ." in page.text
    with concluded.office.reading(SERVICE) as doing:
        *_, last = journal.of_stream(doing.store, journal.assessment(concluded.sheet()))
    assert last.entry.data == {"decision": "15/QĐ-UBND ngày 30/12/2026"}


def test_a_decision_without_its_number_is_refused_at_the_field(concluded: House) -> None:
    leader = concluded.visitor_of("leader")

    leader.get("lead.decisions", code=ROUND)
    typed: Answers = {**TICKED, "Ngày quyết định": "30/12/2026"}
    page = leader.submit("Duyệt các phiếu đã chọn", typed, status=422)

    assert "number-error" in page.document.ids
    assert "Chưa ghi số quyết định. Hãy ghi số và cơ quan ban hành, ví dụ 15/QĐ-UBND" in page.text
    assert ticked(page) == boxes(page)
    assert status(concluded) == "concluded"


def test_a_sheet_that_has_changed_since_is_left_and_asked_again(concluded: House) -> None:
    leader, id_ = concluded.visitor_of("leader"), concluded.sheet()
    leader.get("lead.decisions", code=ROUND)
    concluded.office.do(concluded.actor("lead"), decide.take_back, id_, "Xem lại")
    concluded.office.do(concluded.actor("lead"), decide.conclude, id_)

    page = leader.submit("Duyệt các phiếu đã chọn", {**TICKED, **DECISION})

    assert "Giữ nguyên: Sở Nội vụ. Phiếu đã thay đổi" in page.text
    assert boxes(page) == [f"pick-{id_}"]
    assert status(concluded) == "concluded"


def test_one_sheet_is_closed_and_reopened_by_decisions(concluded: House) -> None:
    leader, id_ = concluded.visitor_of("leader"), concluded.sheet()

    leader.get("lead.decision", id=id_)
    leader.submit("Duyệt phiếu", DECISION)
    assert status(concluded) == "closed"
    leader.submit("Mở lại phiếu", DECISION)

    assert status(concluded) == "released"
    assert deeds(concluded)[-2:] == ["close", "reopen"]


def test_a_leader_sends_a_concluded_sheet_back_with_a_reason(concluded: House) -> None:
    leader = concluded.visitor_of("leader")

    leader.get("lead.decision", id=concluded.sheet())
    page = leader.submit("Trả lại", {"Lý do": ""}, status=422)
    assert "reason-error" in page.document.ids
    leader.submit("Trả lại", {"Lý do": "Thiếu biên bản"})

    assert status(concluded) == "released"


def test_the_lead_reads_why_a_sheet_came_back_until_it_is_concluded_again(
    concluded: House,
) -> None:
    id_ = concluded.sheet()
    lead = concluded.visitor_of("lead")
    before = lead.get("evaluate.decision", id=id_)
    concluded.office.do(concluded.actor("leader"), decide.take_back, id_, "Thiếu biên bản")

    listed = lead.get("evaluate.decisions", code=ROUND, stage="released")
    sent_back = lead.get("evaluate.decision", id=id_)
    again = lead.submit("Kết luận phiếu")

    assert "Bị trả lại hoặc mở lại" in listed.text
    assert "đã rút lại kết luận lúc" in sent_back.text
    assert "Thiếu biên bản" in sent_back.text
    assert "Thiếu biên bản" not in before.text + again.text


def test_the_lead_reads_by_which_decision_a_sheet_was_reopened(concluded: House) -> None:
    id_, leader = concluded.sheet(), concluded.actor("leader")
    concluded.office.do(leader, decide.close, id_, "15/QĐ-UBND")
    concluded.office.do(leader, decide.reopen, id_, "16/QĐ-UBND")

    page = concluded.visitor_of("lead").get("evaluate.decision", id=id_)

    assert "đã mở lại phiếu lúc" in page.text
    assert "theo: 16/QĐ-UBND." in page.text


def test_the_overview_counts_every_stage(concluded: House) -> None:
    page = concluded.visitor_of("leader").get("lead.overview")

    assert page.heading == "1/3 đơn vị đã có kết luận"
    assert "Đã gửi đơn vị 1/3" in page.text.replace("Đã gửi đơn vị1/3", "Đã gửi đơn vị 1/3")


# Histories


def test_the_unit_reads_of_marks_only_after_the_release(reviewed: House) -> None:
    id_ = reviewed.sheet()
    before = reviewed.visitor_of("head").get("unit.history", id=id_)
    reviewed.office.do(reviewed.actor("lead"), explain.release, id_)

    after = reviewed.visitor_of("head").get("unit.history", id=id_)

    assert released.WHY not in before.text
    assert "Thẩm định xong" not in before.text
    assert released.WHY in after.text


@pytest.mark.parametrize(
    ("name", "endpoint"), [("lead", "evaluate.history"), ("leader", "lead.history")]
)
def test_reviewers_and_leaders_read_every_deed(concluded: House, name: str, endpoint: str) -> None:
    page = concluded.visitor_of(name).get(endpoint, id=concluded.sheet())

    assert "Kết luận phiếu; 4 dòng do đơn vị không có ý kiến." in page.text
    assert "Lãnh đạo đơn vị đã mở xem kết quả." in page.text


def test_the_history_of_a_round_tells_how_it_was_opened(house: House) -> None:
    page = house.visitor_of("leader").get("lead.round_history", code=ROUND)

    assert "Mở kỳ đánh giá: 3 phiếu" in page.text
