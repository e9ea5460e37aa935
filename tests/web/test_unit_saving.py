"""Saving one line: as a plain form, as JSON for a script, when somebody else was first."""

from typing import Any

import pytest

from tests.browsing import Page, Visitor
from tests.statements import counted
from tests.web.evaluator import line_of
from tests.web.small_house import House, with_last_year

JSON = {"Accept": "application/json"}


def group(house: House, code: str) -> str:
    return f"/unit/sheets/{house.sheet()}/groups/{code}"


def line(house: House, code: str) -> str:
    return f"/unit/sheets/{house.sheet()}/lines/{code}"


def send(
    visitor: Visitor, house: House, code: str, status: int = 200, **fields: str
) -> dict[str, Any]:
    """As the script of the page sends it."""
    visitor.get("/account")
    token = visitor.page.root.first("input", name="csrf")["value"]
    headers = {**JSON, "X-CSRF": token}
    data = {"seen": "0", "key": "k1", **fields}
    where = line(house, code)
    response = visitor.client.post(where, data=data, headers=headers)
    assert response.status_code == status, response.get_data(as_text=True)
    found: dict[str, Any] = response.get_json()
    return found


def article(page: Page, code: str) -> str:
    return next(each for each in page.document.all("article") if each["id"] == code).text


def test_a_plain_form_saves_and_comes_back_to_its_line(house: House) -> None:
    visitor = house.visitor_of("editor")
    visitor.get(group(house, "A"))

    page = visitor.submit(line(house, "A2"), numbers("5", "7"))

    assert page.address.endswith("/groups/A#A2")
    assert "5/7 văn bản × 4 điểm = 2,86" in article(page, "A2")
    assert "Đã lưu 09:30" in article(page, "A2")


def test_what_cannot_be_read_is_kept_with_its_fault(house: House) -> None:
    visitor = house.visitor_of("editor")
    visitor.get(group(house, "A"))

    page = visitor.submit(line(house, "A2"), numbers("8", "7"))

    assert "Có lỗi" in article(page, "A2")
    assert page.document.ids["A2--0"]["value"] == "8"
    assert "Nhóm này còn chỗ phải xử lý" in page.text


def test_a_note_is_kept(house: House) -> None:
    visitor = house.visitor_of("editor")
    visitor.get(group(house, "A"))

    note = "Ghi chú cho A1: số, ngày văn bản, giải thích"
    page = visitor.submit(line(house, "A1"), {"Có": True, note: "Phiếu số 31"})

    assert "Phiếu số 31" in page.document.ids["A1-note"].text


def test_not_applicable_with_a_reason_of_the_list(house: House) -> None:
    visitor = house.visitor_of("editor")

    answer = send(visitor, house, "B2", reason="khong-dan")

    assert answer["state"] == "saved"
    assert "Không áp dụng" in answer["parts"]['[id="B2"] [data-calc]']


def test_an_answer_can_be_taken_away_again(house: House) -> None:
    house.answer("so-noi-vu", "A1", "yes")
    visitor = house.visitor_of("editor")
    visitor.get(group(house, "A"))

    page = visitor.submit(line(house, "A1"), button="Xóa trả lời A1")

    assert "Tự chấm –" in article(page, "A1")


def test_a_script_hears_points_sum_and_totals(house: House) -> None:
    visitor = house.visitor_of("editor")

    answer = send(visitor, house, "A2", done="5", due="7")

    assert (answer["state"], answer["version"], answer["points"]) == ("saved", 1, "2,86")
    assert (answer["time"], answer["total"]) == ("09:30", "2,86")
    assert answer["reckoning"] == "5/7 văn bản × 4 điểm = 2,86"
    assert "5/7 văn bản × 4 điểm =" in answer["parts"]['[id="A2"] [data-calc]']
    assert answer["texts"]["[data-sum=done]"] == "1/9 tiêu chí"
    assert answer["texts"][".sheet > .tot .cl"] == "2,86"
    assert "đã kê khai 1/4" in answer["texts"]["[data-sum=lede]"]


def test_a_script_hears_at_which_field_the_fault_is(house: House) -> None:
    visitor = house.visitor_of("editor")

    answer = send(visitor, house, "A2", done="8", due="7")

    assert (answer["state"], answer["points"]) == ("error", "–")
    assert [each["id"] for each in answer["faults"]] == ["A2--0"]


def test_a_repeated_save_is_answered_as_the_first(house: House) -> None:
    visitor = house.visitor_of("editor")
    first = send(visitor, house, "A2", done="5", due="7")

    again = send(visitor, house, "A2", done="5", due="7")

    assert (again["version"], again["points"]) == (first["version"], first["points"])


def test_a_repeated_save_is_answered_as_the_first_even_after_another(house: House) -> None:
    visitor = house.visitor_of("editor")
    send(visitor, house, "A2", done="5", due="7")
    house.answer("so-noi-vu", "A2", "7/7", by="second")

    again = send(visitor, house, "A2", done="5", due="7")

    assert (again["version"], again["newest"], again["points"]) == (1, 2, "2,86")


def test_who_comes_second_sees_both_values(house: House) -> None:
    house.answer("so-noi-vu", "A2", "6/7", by="second")
    visitor = house.visitor_of("editor")

    answer = send(visitor, house, "A2", 409, done="5", due="7")

    assert (answer["state"], answer["version"]) == ("conflict", 1)
    assert answer["who"] == "Phòng Tổ chức Sở Nội vụ"
    assert "Dùng bản của tôi: 2,86" in answer["html"]
    assert "Giữ bản đã lưu: 3,43" in answer["html"]


def test_without_a_script_both_values_stand_on_the_page(house: House) -> None:
    visitor = house.visitor_of("editor")
    visitor.get(group(house, "A"))
    house.answer("so-noi-vu", "A2", "6/7", by="second")

    page = visitor.submit(line(house, "A2"), numbers("5", "7"), status=409)

    assert "5/7 văn bản × 4 điểm = 2,86" in article(page, "A2")
    assert "6/7 văn bản × 4 điểm = 3,43" in article(page, "A2")
    assert page.document.ids["A2--0"]["value"] == "5"


@pytest.mark.parametrize(("button", "kept"), [("mine", "2,86"), ("theirs", "3,43")])
def test_one_of_both_is_chosen_without_a_script(house: House, button: str, kept: str) -> None:
    visitor = house.visitor_of("editor")
    visitor.get(group(house, "A"))
    house.answer("so-noi-vu", "A2", "6/7", by="second")
    visitor.submit(line(house, "A2"), numbers("5", "7"), status=409)

    if button == "mine":
        page = visitor.submit("Dùng bản của tôi: 2,86")
    else:
        page = visitor.click("Giữ bản đã lưu: 3,43")

    assert f"Tự chấm {kept}" in article(page, "A2")


def test_nothing_is_overwritten_by_whoever_comes_second(house: House) -> None:
    house.answer("so-noi-vu", "A2", "6/7", by="second")
    visitor = house.visitor_of("editor")
    send(visitor, house, "A2", 409, done="5", due="7")

    page = visitor.get(group(house, "A"))

    assert "6/7 văn bản" in article(page, "A2")


@pytest.mark.parametrize("seen", ["", "-1", "x", "9" * 30])
def test_a_forged_version_is_never_the_current_one(house: House, seen: str) -> None:
    send(house.visitor_of("editor"), house, "A1", 409, answer="yes", seen=seen)

    assert line_of(house, "A1").claim is None


def test_after_the_time_it_is_shown_and_not_counted(house: House) -> None:
    visitor = house.visitor_of("editor")
    visitor.get(group(house, "A"))
    form = visitor.page.form(line(house, "A2"))
    house.clock.later(days=13)
    visitor.client.set_cookie("evalsvc_session", house.token("editor"))

    page = visitor.submit(form, numbers("5", "7"), status=422)

    assert "Nội dung đã gõ, chỉ hiện ở đây và không được tính: 5; 7" in article(page, "A2")
    assert "Tự chấm –" in article(page, "A2")


def test_a_script_hears_that_the_time_is_over(house: House) -> None:
    house.clock.later(days=13)

    answer = send(house.visitor_of("editor"), house, "A2", 422, done="5", due="7")

    assert (answer["state"], answer["error"]) == ("refused", "window-locked")


def test_a_text_that_is_too_long_is_refused_and_stays_on_the_page(house: House) -> None:
    visitor = house.visitor_of("editor")
    visitor.get(group(house, "B"))
    long = "dài " * 3000

    page = visitor.submit(line(house, "B1"), {"3": True, "Căn cứ": long}, status=422)

    assert "dài dài" in page.document.ids["B1--1"].text


def test_lines_of_others_are_not_saved(house: House) -> None:
    answer = send(house.visitor_of("editor"), house, "C2", 422, answer="3", grounds="Tốt")

    assert answer["error"] == "line-not-yours"


def test_without_a_token_nothing_is_saved(house: House) -> None:
    visitor = house.visitor_of("editor")

    visitor.post(line(house, "A1"), data={"answer": "yes", "seen": "0"}, status=400)

    assert line_of(house, "A1").claim is None


def test_last_years_answer_is_copied(house: House) -> None:
    with_last_year(house)
    visitor = house.visitor_of("editor")
    visitor.get(group(house, "A"))

    page = visitor.submit(line(house, "A2"), button="Chép lại A2")

    assert "7/7 văn bản × 4 điểm = 4,00" in article(page, "A2")


def test_without_a_year_before_there_is_nothing_to_copy(house: House) -> None:
    visitor = house.visitor_of("editor")
    page = visitor.get(group(house, "A"))
    token = page.root.first("input", name="csrf")["value"]

    page = visitor.post(f"{line(house, 'A2')}/copy", data={"csrf": token, "seen": "0"}, status=422)

    assert "Dòng A2 không có trả lời của năm trước" in page.text


def test_a_save_asks_few_questions(house: House) -> None:
    visitor = house.visitor_of("editor")
    send(visitor, house, "A1", answer="yes")

    with counted(house.engine) as sent:
        send(visitor, house, "A2", done="5", due="7", key="k2")

    began = max(at for at, each in enumerate(sent) if "FROM session JOIN" in each)
    assert len(sent[began:]) <= 9, "\n".join(sent[began:])


def numbers(done: str, due: str) -> dict[str, str]:
    return {"Số văn bản đã quán triệt": done, "Số văn bản phải quán triệt": due}


def test_a_day_of_tomorrow_is_kept_as_typed_with_its_fault(house: House) -> None:
    visitor = house.visitor_of("editor")
    page = visitor.get("unit.group", id=house.sheet(), code="B")

    page = visitor.submit(
        page.form("Lưu B3"), {"Quý I": "10/3/2026", "Sáu tháng": "1/12/2026"}, button="Lưu B3"
    )

    assert "Ngày 01/12/2026 còn chưa đến." in page.text
    assert "Có lỗi" in article(page, "B3")


def test_a_line_of_another_day_says_on_which_day_it_was_saved(house: House) -> None:
    house.answer("so-noi-vu", "A2", "5/7")
    house.clock.later(days=1)

    page = house.visitor_of("editor").get(group(house, "A"))

    assert "Đã lưu 20/11 09:30" in article(page, "A2")
