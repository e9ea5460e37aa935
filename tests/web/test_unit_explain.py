"""Explanations on the page: drafts of editors, the word of the head, answers and hours."""

import pytest

from evalsvc.domain.line_course import Step
from evalsvc.usecases import decide, explain
from evalsvc.usecases.found import Found
from tests.browsing import Page, Visitor
from tests.page_forms import Form
from tests.statements import counted
from tests.web.evaluator import Answers, line_of
from tests.web.released import (
    WHY,
    contested,
    handed_in,
    heard,
    released,
    reviewed,
    ruled,
    seen,
)
from tests.web.small_house import After, House

TEXT = "Có biên bản số 12."
SAY = "Nội dung giải trình A2"


@pytest.fixture
def ready(house_after: After) -> House:
    return house_after(released)


def at(house: House) -> str:
    return f"/unit/assessments/{house.sheet()}/explanations"


def form_of(page: Page, house: House, code: str = "A2") -> Form:
    return page.form(f"{at(house)}/{code}/draft")


def actions(page: Page) -> list[str]:
    return [each.element["action"] for each in page.forms]


def row(page: Page, code: str) -> str:
    return next(each.text for each in page.document.all("tr") if each["id"] == code)


def send(house: House, visitor: Visitor, button: str, text: str = TEXT, status: int = 200) -> Page:
    page = visitor.get(at(house))
    return visitor.submit(form_of(page, house), {SAY: text}, button=button, status=status)


# Looking


def test_nothing_is_shown_before_the_release(house: House) -> None:
    reviewed(house)

    page = house.visitor_of("head").get(at(house))

    assert "Chưa có kết quả thẩm định" in page.text
    assert WHY not in page.text


def test_lines_that_changed_stand_there_with_claim_review_and_reason(ready: House) -> None:
    page = ready.visitor_of("editor").get(at(ready))

    assert "Quán triệt các văn bản" in row(page, "A2")
    assert "2,86 1,71 chờ" in row(page, "A2")
    assert WHY in row(page, "A2")
    assert "4 dòng. Các dòng khác giữ nguyên điểm tự chấm." in page.text
    assert "Tổng điểm đang có hiệu lực 21,09" in page.text
    assert "Còn 14 ngày, đến 17:00 ngày 24/12/2026" in page.text


def test_the_first_look_of_the_head_is_noted_down(ready: House) -> None:
    ready.visitor_of("editor").get(at(ready))
    before = heard(ready).own.record.opened_at

    ready.visitor_of("head").get(at(ready))

    assert (before, heard(ready).own.record.opened_at) == (None, ready.clock.at)


@pytest.mark.parametrize("path", ["explanations", "result"])
def test_a_page_asks_few_questions(ready: House, path: str) -> None:
    visitor = ready.visitor_of("head")
    where = f"/unit/assessments/{ready.sheet()}/{path}"
    visitor.get(where)

    with counted(ready.engine) as sent:
        visitor.get(where)

    assert len(sent) <= 13, "\n".join(sent)


# Drafts and contests


def test_an_editor_writes_a_draft_and_the_head_sends_it(ready: House) -> None:
    page = send(ready, ready.visitor_of("editor"), "Lưu nháp A2")
    assert "Đã lưu nháp giải trình cho A2." in page.text
    assert "Nháp đã lưu 09:30, Văn phòng Sở Nội vụ" in page.text
    assert f"{at(ready)}/A2/contest" not in page.body.decode()

    head = ready.visitor_of("head")
    form = form_of(head.get(at(ready)), ready)
    assert TEXT in form.data().get("text", "")
    page = head.submit(form, button="Gửi giải trình A2")

    assert "Đã gửi giải trình cho A2." in page.text
    assert "Chờ trả lời giải trình" in row(page, "A2")


def test_points_are_asked_for_on_judged_lines(ready: House) -> None:
    visitor = ready.visitor_of("head")
    form = form_of(visitor.get(at(ready)), ready, "B1")

    answers: Answers = {"3": True, "Nội dung giải trình B1": TEXT}
    page = visitor.submit(form, answers, button="Gửi giải trình B1")

    assert "3,00 Có biên bản số 12." in row(page, "B1")


def test_a_contest_without_a_word_is_refused_and_says_so(ready: House) -> None:
    page = send(ready, ready.visitor_of("head"), "Gửi giải trình A2", " ", status=422)

    assert "A2:" in page.text
    assert line_of(ready, "A2").step is Step.SHOWN


def test_what_was_typed_stays_where_somebody_else_wrote_meanwhile(ready: House) -> None:
    visitor = ready.visitor_of("editor")
    form = form_of(visitor.get(at(ready)), ready)
    ready.clock.later(minutes=1)
    send(ready, ready.visitor_of("second"), "Lưu nháp A2", "Của phòng.")

    page = visitor.submit(form, {SAY: TEXT}, button="Lưu nháp A2", status=409)

    assert "Của phòng." in page.text
    assert "Phòng Tổ chức Sở Nội vụ" in page.text
    again = form_of(page, ready)
    assert TEXT in again.data().get("text", "")
    assert "Đã lưu nháp" in visitor.submit(again, button="Lưu nháp A2").text


def test_a_script_is_told_the_version_of_its_draft(ready: House) -> None:
    visitor = ready.visitor_of("editor")
    form = form_of(visitor.get(at(ready)), ready)
    data = form.fill({SAY: TEXT}).data("Lưu nháp A2")

    answer = visitor.client.post(
        f"{at(ready)}/A2/draft",
        data=data,
        headers={"Accept": "application/json", "Sec-Fetch-Site": "same-origin"},
    )

    assert answer.json is not None
    assert (answer.json["state"], answer.json["time"]) == ("saved", "09:30")
    assert answer.json["draft"]


# Agreeing


def test_the_head_agrees_to_one_line(ready: House) -> None:
    page = send(ready, ready.visitor_of("head"), "Đồng ý với 1,71 điểm A2", "")

    assert "Đơn vị đã đồng ý với dòng A2." in page.text
    assert "1,71 1,71" in row(page, "A2")


def test_the_head_agrees_to_all_the_rest_but_not_to_lines_with_a_draft(ready: House) -> None:
    send(ready, ready.visitor_of("editor"), "Lưu nháp A2")
    visitor = ready.visitor_of("head")
    visitor.get(at(ready))

    page = visitor.submit(f"{at(ready)}/agree")

    assert "Đơn vị đã đồng ý với: B1, C1, C2." in page.text
    assert line_of(ready, "A2").step is Step.SHOWN


def test_a_contest_is_withdrawn_while_nobody_has_answered(ready: House) -> None:
    contested(ready)
    visitor = ready.visitor_of("head")
    visitor.get(at(ready))

    page = visitor.submit(f"{at(ready)}/A2/withdraw")

    assert "Đã rút giải trình cho A2; đơn vị đồng ý" in page.text
    assert "Đơn vị đồng ý" in row(page, "A2")


# Answers and hours


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Found("5/7"), "Giải trình được chấp nhận"),
        (None, "Giải trình không được chấp nhận"),
    ],
)
def test_the_answer_stands_beside_the_explanation(
    ready: House, found: Found | None, said: str
) -> None:
    contested(ready)
    ruled(ready, found=found)

    page = ready.visitor_of("editor").get(at(ready))

    assert said in row(page, "A2")
    assert "Đã xem biên bản." in row(page, "A2")
    assert "1/1 giải trình đã có trả lời" in page.text


def test_after_the_last_answer_the_head_can_only_agree(ready: House) -> None:
    contested(ready)
    ruled(ready)

    page = ready.visitor_of("head").get(at(ready))

    assert f"{at(ready)}/A2/agree" in actions(page)
    assert f"{at(ready)}/A2/draft" not in actions(page)


def test_after_its_hour_a_line_says_why_it_is_only_read(ready: House) -> None:
    ready.clock.later(days=15)

    page = ready.visitor_of("head").get(at(ready))

    assert "đã kết thúc" in row(page, "A2") or "hết" in row(page, "A2")
    assert not [each for each in actions(page) if "/explanations/" in each]


def test_what_comes_after_the_hour_is_shown_and_not_counted(ready: House) -> None:
    visitor = ready.visitor_of("head")
    form = form_of(visitor.get(at(ready)), ready)
    ready.clock.later(days=15)
    visitor.client.set_cookie("evalsvc_session", ready.token("head"))

    page = visitor.submit(form, {SAY: TEXT}, button="Gửi giải trình A2", status=422)

    assert f"không được tính: {TEXT}" in page.text


def test_silence_is_shown_as_such(ready: House) -> None:
    ready.office.do(ready.actor("head"), explain.opened, ready.sheet())
    ready.office.do(ready.actor("head"), explain.agree, ready.sheet(), "B1", seen(ready, "B1"))
    ready.clock.later(days=15)
    ready.office.do(ready.actor("lead"), decide.conclude, ready.sheet())

    page = ready.visitor_of("editor").get(at(ready))

    assert "Đơn vị không có ý kiến trong thời hạn" in row(page, "A2")
    assert "Đơn vị đồng ý" in row(page, "B1")
    assert "Mọi dòng đã được kết luận." in ready.visitor_of("editor").get("unit.home").text


# Home, in the states of the course


def test_home_says_what_to_do_after_the_release(ready: House) -> None:
    contested(ready)

    page = ready.visitor_of("head").get("unit.home")

    assert page.link("Xem kết quả và giải trình")["href"] == at(ready)
    assert "Xem các dòng thay đổi: đồng ý hoặc giải trình" in page.text
    assert "Giải trình đang chờ Tổ thẩm định trả lời" in page.text


def test_a_sheet_under_review_shows_no_marks_on_any_page(house: House) -> None:
    reviewed(house)
    visitor = house.visitor_of("head")

    pages = ["/unit/", f"/unit/assessments/{house.sheet()}/result", at(house)]
    texts = [visitor.get(path).text for path in pages]

    assert not [text for text in texts if WHY in text or "1,71" in text]


def test_every_reason_stands_in_the_result(ready: House) -> None:
    contested(ready)
    ruled(ready, found=Found("5/7"))

    page = ready.visitor_of("editor").get("unit.result", id=ready.sheet())

    for text in (WHY, TEXT, "Đã xem biên bản.", "Chấp hành tốt.", "Điểm thưởng 1,00"):
        assert text in page.text or text.lower() in page.text.lower()
    assert "Giữ nguyên điểm tự chấm" in page.text
    assert "Xếp loại: Hoàn thành tốt" in page.text


def test_the_result_of_a_claim_has_one_layer(house: House) -> None:
    handed_in(house)

    page = house.visitor_of("editor").get("unit.result", id=house.sheet())

    assert "Tổng điểm đơn vị tự chấm 16,86" in page.text
    heads = [each.text for each in page.document.all("th")]
    assert "Thẩm định" not in heads
