"""Reviewers accept, adjust, refuse and give, by unit and by criterion."""

from typing import Any

import pytest

from evalsvc.domain.access import Role
from tests.web.evaluator import (
    Answers,
    also,
    button,
    form_of,
    handed_in,
    hidden,
    line_of,
    mark_all,
    official,
    on_line,
)
from tests.web.small_house import ROUND, After, House


@pytest.fixture
def ready(house_after: After) -> House:
    return house_after(handed_in)


def test_the_queue_lists_units_in_their_order_with_their_state(ready: House) -> None:
    page = ready.visitor_of("evaluator").get("evaluate.queue")

    rows = [row[1:4] for row in page.table()[1:]]
    assert rows == [
        ["Sở Nội vụ", "Đã nộp, chờ thẩm định", "0/10"],
        ["Sở Y tế", "Đã nộp, chờ thẩm định", "0/10"],
        ["Xã Bình An", "Đang kê khai", "–"],
    ]


@pytest.mark.parametrize(
    ("asked", "units"),
    [
        ({"q": "noi vu"}, ["Sở Nội vụ"]),
        ({"q": "SỞ Y"}, ["Sở Y tế"]),
        ({"block": "khoi-2"}, ["Xã Bình An"]),
        ({"block": "khoi-1", "q": "y te"}, ["Sở Y tế"]),
    ],
)
def test_the_queue_is_narrowed(ready: House, asked: dict[str, Any], units: list[str]) -> None:
    page = ready.visitor_of("evaluator").get("evaluate.queue", round=ROUND, **asked)

    assert [row[1] for row in page.table()[1:]] == units


def test_a_search_that_finds_nothing_leads_back_to_all(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")

    visitor.get("evaluate.queue", round=ROUND, q="không có")

    assert len(visitor.click("Xem tất cả").table()) == 4


def test_nobody_reviews_the_unit_in_which_they_hold_a_role(ready: House) -> None:
    also(ready, "evaluator", Role.EDITOR, "so-noi-vu")
    visitor = ready.visitor_of("evaluator")
    own = ready.sheet("so-noi-vu")
    token = hidden(on_line(ready, visitor, "A1", "so-y-te"))

    queue = visitor.get("evaluate.queue")
    across = visitor.get("evaluate.criterion", code=ROUND, line="A1")

    assert "Sở Nội vụ" not in queue.text + across.text
    visitor.get("evaluate.sheet", id=own, status=404)
    visitor.get("evaluate.group", id=own, code="A", status=404)
    visitor.get("evaluate.flags", id=own, status=404)
    data = {"csrf": token["csrf"], "seen": "1"}
    for deed in ("evaluate.accept", "evaluate.adjust"):
        visitor.post(deed, values={"id": own, "code": "A1"}, data=data, status=404)
    assert line_of(ready, "A1").reviewed is None


def test_an_unknown_sheet_and_a_foreign_one_answer_alike(ready: House) -> None:
    visitor = ready.visitor_of("editor")

    visitor.get("evaluate.sheet", id=ready.sheet("so-y-te"), status=404)
    visitor.get("evaluate.sheet", id=987, status=404)


def test_answers_are_not_seen_before_the_sheet_is_handed_in(house: House) -> None:
    house.answer("xa-binh-an", "A2", "17/20")
    visitor = house.visitor_of("evaluator")

    pages = [
        visitor.get("evaluate.sheet", id=house.sheet("xa-binh-an")).text,
        visitor.get("evaluate.group", id=house.sheet("xa-binh-an"), code="A").text,
        visitor.get("evaluate.criterion", code=ROUND, line="A2", set="XA").text,
    ]

    assert not [text for text in pages if "17/20" in text]


def test_accepting_takes_over_the_claim_and_goes_to_the_next_line(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    form = on_line(ready, visitor, "A2")

    page = visitor.submit(form, button=button(visitor, "Chấp nhận 2,86"))

    assert page.address.endswith("#line-A3")
    line = line_of(ready, "A2")
    assert (line.reviewed, str(line.reviewed_points)) == ("5/7", "2.86")


def test_points_follow_the_corrected_answer(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    form = on_line(ready, visitor, "A2")

    given: Answers = {"Số văn bản đã quán triệt": "4", "Lý do": "Một văn bản thuộc năm trước."}
    visitor.submit(form, given)

    line = line_of(ready, "A2")
    assert (line.claim, line.reviewed, str(line.reviewed_points)) == ("5/7", "4/7", "2.29")


def test_without_a_reason_an_adjustment_is_refused_and_what_was_typed_stays(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    form = on_line(ready, visitor, "A2")

    page = visitor.submit(form, {"Số văn bản đã quán triệt": "4"}, status=422)

    again = form_of(page, "A2", ready.sheet())
    assert again.value("Số văn bản đã quán triệt") == "4"
    assert page.link("Thiếu lý do. Viết rõ lý do.")["href"] == "#line-A2-why"
    assert line_of(ready, "A2").reviewed is None


def test_an_answer_that_cannot_be_read_is_said_at_its_field(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    form = on_line(ready, visitor, "A2")

    given: Answers = {"Số văn bản đã quán triệt": "9", "Lý do": "Xem lại."}
    page = visitor.submit(form, given, status=422)

    assert form_of(page, "A2", ready.sheet()).value("Số văn bản đã quán triệt") == "9"
    assert line_of(ready, "A2").reviewed is None


def test_points_by_hand_are_asked_for_only_where_the_set_allows_them(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")

    labels = {
        code: "Điểm thẩm định" in on_line(ready, visitor, code).labels for code in ("A1", "A2")
    }

    assert labels == {"A1": False, "A2": True}


def test_points_by_hand_stand_with_their_reason(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    form = on_line(ready, visitor, "A2")

    visitor.submit(form, {"Điểm thẩm định": "1,5", "Lý do": "Biên bản chỉ ghi ba văn bản."})

    line = line_of(ready, "A2")
    assert (line.reviewed, str(line.reviewed_points)) == ("= 1.5", "1.50")


def test_the_proposed_points_once_more_are_an_acceptance(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    form = on_line(ready, visitor, "B1")

    visitor.submit(form)

    line = line_of(ready, "B1")
    assert (line.reviewed, str(line.reviewed_points)) == (line.claim, "3.50")


def test_not_applicable_is_refused_with_a_reason(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    form = on_line(ready, visitor, "A2", "so-y-te")

    given: Answers = {"Lý do": "Trong năm có bảy văn bản."}
    visitor.submit(form, given, button="Không chấp nhận “không áp dụng”")

    line = line_of(ready, "A2", "so-y-te")
    assert (line.reviewed, str(line.reviewed_points)) == ("", "0.00")
    page = visitor.get("evaluate.group", id=ready.sheet("so-y-te"), code="A")
    assert "Không chấp nhận “không áp dụng”" in page.text


def test_a_line_of_the_reviewer_is_given_without_a_reason(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    form = on_line(ready, visitor, "C2")

    visitor.submit(form, {"2,5": True})

    assert str(line_of(ready, "C2").reviewed_points) == "2.50"


def test_both_versions_are_shown_and_nothing_is_overwritten(ready: House) -> None:
    first, second = ready.visitor_of("evaluator"), ready.visitor_of("lead")
    mine, theirs = on_line(ready, first, "A2"), on_line(ready, second, "A2")
    second.submit(theirs, {"Số văn bản đã quán triệt": "3", "Lý do": "Đếm lại."})

    given: Answers = {"Số văn bản đã quán triệt": "4", "Lý do": "Một văn bản thuộc năm trước."}
    page = first.submit(mine, given, status=409)

    assert line_of(ready, "A2").reviewed == "3/7"
    shown = page.root.first("div", **{"class": "conf"})
    assert shown is not None
    assert "4/7" in shown.text
    assert "3/7 văn bản" in shown.text
    assert "Đếm lại." in shown.text
    first.submit(form_of(page, "A2", ready.sheet()))
    assert line_of(ready, "A2").reviewed == "4/7"


def test_a_repeated_save_is_answered_as_the_first(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    form = on_line(ready, visitor, "A2")
    press = button(visitor, "Chấp nhận")

    visitor.submit(form, button=press)
    visitor.submit(form, button=press)

    assert line_of(ready, "A2").version == 2


def test_the_page_speaks_english_and_leaves_the_regulation_as_it_is(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    visitor.client.set_cookie("evalsvc_language", "en")

    page = visitor.get("evaluate.group", id=ready.sheet(), code="A", line="A2")

    assert "Accept 2.86" in page.text
    assert "Quán triệt các văn bản về công tác dân vận" in page.text


def test_every_line_tells_its_history_also_when_the_review_is_over(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    visitor.submit(on_line(ready, visitor, "A2"), button=button(visitor, "Chấp nhận 2,86"))
    ready.clock.later(days=60)

    page = ready.visitor_of("lead").get("evaluate.group", id=ready.sheet(), code="A", line="A2")

    assert "Chấp nhận: 5/7 văn bản × 4 điểm = 2,86" in page.text
    assert "Kê khai: 5/7 văn bản × 4 điểm = 2,86" in page.text
    assert not [form for form in page.forms if "/accept" in form.element["action"]]


def test_a_script_gets_the_line_in_its_place(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    token = hidden(on_line(ready, visitor, "A2"))
    where = {"id": ready.sheet(), "code": "A2"}

    page = visitor.post(
        "evaluate.accept",
        values=where,
        data={"seen": token["seen"], "view": "sheet"},
        headers={"Accept": "application/json", "X-CSRF": token["csrf"]},
    )

    told = visitor.app.json.loads(page.body)
    assert 'id="line-A2"' in told["html"]
    assert told["parts"] == {
        "marked": "1",
        "total-reviewed": "16,86",
        "group-marked": "1/4",
        "group-reviewed": "8,36",
    }
    assert told["texts"] == {"[data-sum=points]": "1/4"}
    assert set(told["pieces"]) == {".groups a[aria-current] .oly", ".groupbar summary .oly"}
    assert "1/4" in told["pieces"][".groups a[aria-current] .oly"]


def test_a_script_is_told_of_a_conflict(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    token = hidden(on_line(ready, visitor, "A2"))

    page = visitor.post(
        "evaluate.accept",
        values={"id": ready.sheet(), "code": "A2"},
        data={"seen": "0", "view": "sheet"},
        headers={"Accept": "application/json", "X-CSRF": token["csrf"]},
        status=409,
    )

    assert "line-A2-conflict" in visitor.app.json.loads(page.body)["html"]


def test_only_the_lead_finishes_and_only_when_every_line_is_marked(ready: House) -> None:
    evaluator, lead = ready.visitor_of("evaluator"), ready.visitor_of("lead")
    id_ = ready.sheet()

    page = lead.get("evaluate.sheet", id=id_)
    refused = lead.submit(page.form("Kết thúc thẩm định phiếu"), status=422)

    assert "Các dòng chưa chấm" in refused.text or "A1" in refused.text
    others = evaluator.get("evaluate.sheet", id=id_)
    assert "Kết thúc thẩm định phiếu" not in others.text


def test_a_total_on_a_scale_of_its_own_names_it_with_what_is_compared(house: House) -> None:
    house.fill("so-noi-vu", but=("B2",))
    house.answer("so-noi-vu", "B2", "n/a khong-dan")
    house.submit("so-noi-vu")
    visitor, id_ = house.visitor_of("evaluator"), house.sheet()

    found = [
        visitor.get("evaluate.sheet", id=id_).text,
        visitor.get("evaluate.group", id=id_, code="A").text,
        visitor.get("evaluate.queue").text,
    ]

    assert ["13,86/26 · 15,99" in text for text in found] == [True, True, True]


def test_finishing_is_not_offered_while_lines_wait_and_says_which(ready: House) -> None:
    page = ready.visitor_of("lead").get("evaluate.sheet", id=ready.sheet())

    button = next(each for each in page.document.all("button") if each.text.startswith("Kết thúc"))
    told = page.document.ids[button["aria-describedby"]].text
    assert button["aria-disabled"] == "true"
    assert "Còn 10 dòng chưa chấm: A1, A2, A3, A4, B1" in told
    assert "Còn thiếu số liệu chính thức: C1" in told


def test_finishing_is_offered_once_nothing_waits(ready: House) -> None:
    lead = ready.visitor_of("lead")
    mark_all(ready, lead)
    official(ready, "so-noi-vu", "C1", "80; 12/QĐ-UBND; 2/4/2026; 2025")

    page = lead.get("evaluate.sheet", id=ready.sheet())

    button = next(each for each in page.document.all("button") if each.text.startswith("Kết thúc"))
    assert "aria-disabled" not in button.attributes


def test_a_finished_review_is_taken_up_again_with_a_reason(ready: House) -> None:
    lead = ready.visitor_of("lead")
    id_ = ready.sheet()
    mark_all(ready, lead)
    page = lead.get("evaluate.results", code=ROUND, line="C1")
    cell = f"Chỉ số cải cách hành chính, Sở {'Nội vụ'}"
    form = page.form(f"/review/rounds/{ROUND}/official/C1?page=1")
    given: Answers = {"Số, ký hiệu văn bản": "398/QĐ-UBND", "Ngày ban hành văn bản": "22/4/2026"}
    lead.submit(form, {**given, cell: "87,61"})

    page = lead.get("evaluate.sheet", id=id_)
    done = lead.submit(page.form("Kết thúc thẩm định phiếu"))
    assert "Đã kết thúc thẩm định Sở Nội vụ." in done.text

    refused = lead.submit(done.form("Mở lại"), status=422)
    lead.submit(refused.form("Mở lại"), {"Lý do": "Có văn bản mới."})
    assert "Đã mở lại thẩm định." in lead.page.text
