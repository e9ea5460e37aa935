"""Lines go back to units and come again; reasons are picked; many lines are accepted at once."""

import pytest

from evalsvc.domain.line_course import Step
from evalsvc.usecases import returns
from tests.browsing import Page
from tests.page_forms import Form
from tests.web.evaluator import button, form_of, handed_in, line_of, on_line
from tests.web.reviewing import seen
from tests.web.small_house import ANSWERS, ROUND, After, House

UNTIL, BECAUSE = "Hạn bổ sung", "Nội dung cần bổ sung"


@pytest.fixture
def ready(house_after: After) -> House:
    return house_after(handed_in)


def posting(page: Page, end: str) -> Form:
    return next(each for each in page.forms if each.element["action"].endswith(end))


def returned(house: House, code: str = "A2") -> None:
    until = house.clock.at.replace(day=23)
    evaluator, at = house.actor("evaluator"), seen(house, code)
    house.office.do(
        evaluator, returns.return_line, house.sheet(), code, until, "Thiếu danh mục văn bản.", at
    )


def given_back(house: House, text: str) -> None:
    house.answer("so-noi-vu", "A2", text)
    head = house.actor("head")
    house.office.do(head, returns.supply, house.sheet(), "A2", seen(house, "A2"))


# Returning


def test_a_line_is_returned_with_an_hour_and_a_reason(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    on_line(ready, visitor, "A2")

    form = posting(visitor.page, "/A2/return")
    page = visitor.submit(form, {UNTIL: "24/11/2026 17:00", BECAUSE: "Thiếu danh mục."})

    assert "Đã trả dòng A2" in page.text
    line = line_of(ready, "A2")
    assert (line.step, line.returned_because) == (Step.RETURNED, "Thiếu danh mục.")
    shown = visitor.get("evaluate.group", id=ready.sheet(), code="A", line="A2")
    assert "Đơn vị đang bổ sung, hạn đến 17:00 ngày 24/11/2026" in shown.text
    assert not [each for each in shown.forms if "/lines/A2/" in each.element["action"]]


@pytest.mark.parametrize(
    ("until", "because", "field"),
    [
        ("mai", "Thiếu danh mục.", UNTIL),
        ("19/11/2026 17:00", "Thiếu danh mục.", UNTIL),
        ("25/12/2026 17:00", "Thiếu danh mục.", UNTIL),
        ("24/11/2026 17:00", " ", BECAUSE),
    ],
)
@pytest.mark.parametrize("across", [False, True])
def test_a_return_that_cannot_be_stands_again_as_it_was_typed(
    ready: House,
    until: str,
    because: str,
    field: str,
    across: bool,  # noqa: FBT001
) -> None:
    visitor = ready.visitor_of("evaluator")
    if across:
        visitor.get("evaluate.criterion", code=ROUND, line="A2")
    else:
        on_line(ready, visitor, "A2")

    form = posting(visitor.page, "/A2/return")
    page = visitor.submit(form, {UNTIL: until, BECAUSE: because}, status=422)

    again = posting(page, "/A2/return")
    assert again.value(UNTIL) == until
    assert again.field(field)["aria-invalid"] == "true"
    assert line_of(ready, "A2").step is Step.CLAIMED


@pytest.mark.parametrize("across", [False, True])
def test_who_marks_a_line_that_was_returned_meanwhile_is_told(
    ready: House,
    across: bool,  # noqa: FBT001
) -> None:
    visitor = ready.visitor_of("evaluator")
    where = {"code": ROUND, "line": "A2"} if across else {"id": ready.sheet(), "code": "A"}
    page = visitor.get("evaluate.criterion" if across else "evaluate.group", **where)
    code = "A2" if across else "A1"
    opened = form_of(page, code, ready.sheet())
    returned(ready, code)

    page = visitor.submit(opened, {"Lý do": "Sổ."}, button=button(visitor), status=409)

    assert "Đơn vị đang bổ sung" in page.text or "Đã trả đơn vị bổ sung" in page.text


def test_what_came_back_stands_beside_what_was_stated_before(ready: House) -> None:
    returned(ready)
    given_back(ready, "6/7")
    visitor = ready.visitor_of("evaluator")

    page = visitor.get("evaluate.group", id=ready.sheet(), code="A", line="A2")

    assert "Đơn vị đã bổ sung, cần xem lại" in page.text
    versions = [each.text for each in page.document.all("div") if each["class"] == "conf__g"]
    assert "Kê khai lần trước 5/7 văn bản" in versions[0]
    assert "Kê khai sau bổ sung 6/7 văn bản" in versions[0]
    assert form_of(page, "A2", ready.sheet())


def test_a_line_that_does_not_come_back_is_the_reviewers_again(ready: House) -> None:
    returned(ready)
    ready.clock.later(days=4)

    page = ready.visitor_of("evaluator").get(
        "evaluate.group", id=ready.sheet(), code="A", line="A2"
    )

    assert "Hết hạn bổ sung, đơn vị không gửi" in page.text
    assert form_of(page, "A2", ready.sheet())


def test_the_queue_tells_of_lines_with_units_and_of_those_that_came_back(ready: House) -> None:
    returned(ready)
    visitor = ready.visitor_of("evaluator")
    assert "Chờ các dòng đơn vị đang bổ sung" in visitor.get("evaluate.queue").text

    given_back(ready, "6/7")

    assert "Xem lại các dòng đơn vị đã bổ sung" in visitor.get("evaluate.queue").text


# Reasons


def test_a_reason_used_before_is_picked_from_a_list(ready: House) -> None:
    visitor, said = ready.visitor_of("evaluator"), "Một văn bản thuộc năm trước."
    form = on_line(ready, visitor, "A3")
    visitor.submit(form, {"Chưa làm": True, "Lý do": said}, button=button(visitor))

    form = on_line(ready, visitor, "A3", "so-y-te")
    picked = {"Chưa làm": True, "Hoặc chọn lý do đã dùng cho tiêu chí này": said}
    visitor.submit(form, picked, button=button(visitor))

    assert line_of(ready, "A3", "so-y-te").reviewed == "khong"


def test_a_group_without_any_mark_has_no_reviewed_points_yet(ready: House) -> None:
    page = ready.visitor_of("evaluator").get("evaluate.sheet", id=ready.sheet())

    assert {row[4] for row in page.table()[1:-1]} == {"–"}


# Many at once


def test_ticked_lines_of_many_units_are_accepted_and_the_way_back_is_offered(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    page = visitor.get("evaluate.criterion", code=ROUND, line="A3")

    form = page.form("Chấp nhận các dòng đã chọn")
    page = visitor.submit(
        form, ticks(page, "so-noi-vu", ready), button="Chấp nhận các dòng đã chọn"
    )

    assert page.heading == "Đã chấp nhận 1 dòng"
    assert line_of(ready, "A3").reviewed == ANSWERS["A3"]
    assert line_of(ready, "A3", "so-y-te").reviewed is None
    page = visitor.submit("Hoàn tác")
    assert page.heading == "1 dòng đã trở lại chờ chấm"
    assert line_of(ready, "A3").reviewed is None
    assert visitor.click("Về lại các dòng").heading.startswith("A3.")


def ticks(page: Page, unit: str, house: House) -> dict[str, bool]:
    names = {"so-noi-vu": "Sở Nội vụ", "so-y-te": "Sở Y tế"}
    assert house.sheet(unit)
    return {f"Chọn A3, {names[unit]}": True}


def test_all_that_wait_in_a_group_are_accepted_and_the_rest_is_listed_with_why(
    ready: House,
) -> None:
    visitor, other = ready.visitor_of("evaluator"), ready.visitor_of("lead")
    page = visitor.get("evaluate.group", id=ready.sheet(), code="A")
    opened = on_line(ready, other, "A3")
    other.submit(opened, {"Chưa làm": True, "Lý do": "Chưa có đề án."}, button=button(other))

    form = page.form("Chấp nhận các dòng đã chọn")
    page = visitor.submit(form, button="Chấp nhận mọi dòng còn lại của trang này")

    assert page.heading == "Đã chấp nhận 3 dòng"
    assert [line_of(ready, code).reviewed for code in ("A1", "A2", "A4")] == [
        ANSWERS[code] for code in ("A1", "A2", "A4")
    ]
    assert line_of(ready, "A3").reviewed == "khong"
    assert "Giữ nguyên (1)" in page.text


def test_the_same_batch_sent_twice_is_done_once(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    page = visitor.get("evaluate.group", id=ready.sheet(), code="A")
    form = page.form("Chấp nhận các dòng đã chọn")

    first = visitor.submit(form, button="Chấp nhận mọi dòng còn lại của trang này")
    again = visitor.submit(form, button="Chấp nhận mọi dòng còn lại của trang này")

    assert first.heading == again.heading == "Đã chấp nhận 4 dòng"
    assert {line_of(ready, code).version for code in ("A1", "A2", "A3", "A4")} == {2}


def test_nothing_ticked_is_said(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    page = visitor.get("evaluate.group", id=ready.sheet(), code="A")

    form = page.form("Chấp nhận các dòng đã chọn")
    page = visitor.submit(form, button="Chấp nhận các dòng đã chọn", status=422)

    assert page.heading == "Không có dòng nào thay đổi"
    assert "Chưa chọn dòng nào. Hãy chọn ít nhất một dòng." in page.text


@pytest.mark.parametrize("pick", ["", "x", "1", "4:A1:1:2", "٤:A1:1", "99999999999:A1:1"])
def test_what_no_page_sends_is_no_line(ready: House, pick: str) -> None:
    visitor = ready.visitor_of("evaluator")
    page = visitor.get("evaluate.group", id=ready.sheet(), code="A")
    form = page.form("Chấp nhận các dòng đã chọn")

    button_ = "Chấp nhận các dòng đã chọn"
    visitor.submit(form, button=button_, forged={"pick": pick}, status=404)

    assert line_of(ready, "A1").reviewed is None


def test_the_way_back_never_leads_out_of_the_service(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    page = visitor.get("evaluate.group", id=ready.sheet(), code="A")
    form = page.form("Chấp nhận các dòng đã chọn")

    button_ = "Chấp nhận mọi dòng còn lại của trang này"
    page = visitor.submit(form, button=button_, forged={"back": "//elsewhere.vn/"})

    assert page.link("Về lại các dòng")["href"] == "/review/"
