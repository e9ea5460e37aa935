"""Pages of the unit desk: what a unit sees of its own sheet, and of nobody else's."""

import pytest

from evalsvc.domain.access import SERVICE, Grant, Role
from evalsvc.store import accounts, journal, units
from evalsvc.store.units import UnitRecord
from tests.statements import counted
from tests.web.small_house import ANSWERS, ROUND_BEFORE, House, with_last_year


def group(house: House, code: str, unit: str = "so-noi-vu") -> str:
    return f"/unit/sheets/{house.sheet(unit)}/groups/{code}"


def told_of(house: House) -> list[journal.Told]:
    """What the journal says of the sheet; it says every change."""
    with house.office.reading(SERVICE) as doing:
        return list(journal.of_stream(doing.store, journal.assessment(house.sheet())))


def test_home_counts_the_days_and_says_what_to_do_next(house: House) -> None:
    house.fill("so-noi-vu", but=["A3", "B2"])

    page = house.visitor_of("editor").get("unit.home")

    assert "10 ngày để nộp phiếu" in page.text
    assert "Kê khai 2 tiêu chí còn trống A3, B2. Cộng lại tối đa 7,00 điểm." in page.text
    assert "Trình người đứng đầu đơn vị nộp phiếu" in page.text


def test_home_names_a_fault_with_its_sentence(house: House) -> None:
    visitor = house.visitor_of("editor")
    visitor.get(group(house, "A"))
    visitor.submit(line_form(house, "A2"), {"Số văn bản đã quán triệt": "8"})

    page = visitor.get("unit.home")

    assert "Sửa lỗi ở A2 Chưa ghi “Số văn bản phải quán triệt”." in page.text


def test_home_shows_progress_and_points_of_each_group(house: House) -> None:
    house.fill("so-noi-vu", but=["A3"])

    page = house.visitor_of("editor").get("unit.home")

    rows = page.table()
    assert ["A", "Quán triệt, tuyên truyền", "", "3 / 4", "6,86", "12,00"] in rows
    assert rows[-1] == ["", "Toàn phiếu, tạm tính", "", "8 / 9", "15,36", "30"]


def test_without_a_sheet_home_says_what_will_be_there(house: House) -> None:
    with house.office.writing(SERVICE) as doing:
        units.put_all(doing.store, [UnitRecord("so-moi", "Sở mới", "so", "khoi-1")])
        grant = Grant(Role.EDITOR, units.ids(doing.store)["so-moi"])
        accounts.add_grant(doing.store, house.actor("admin").account or 0, grant)

    page = house.visitor_of("admin").get("unit.home")

    assert "Chưa có phiếu" in page.text
    assert "Khi kỳ đánh giá mở, phiếu của đơn vị hiện ở đây" in page.text


def test_who_prepares_no_sheets_has_no_desk(house: House) -> None:
    visitor = house.visitor_of("evaluator")

    visitor.get("unit.home", status=404)


def test_the_sheet_opens_at_the_first_group_with_something_missing(house: House) -> None:
    house.fill("so-noi-vu", but=["B2"])

    page = house.visitor_of("editor").get("unit.sheet", id=house.sheet())

    assert page.heading == "B. Dân chủ, đối thoại"


@pytest.mark.parametrize("code", ["A", "B", "C", "T", "P"])
def test_every_kind_of_scale_has_its_control(house: House, code: str) -> None:
    page = house.visitor_of("editor").get(group(house, code))

    forms = [each.element["action"].partition("/lines/")[2] for each in page.forms]
    found = [each for each in forms if each and "/" not in each]
    assert found == [line for line in ANSWERS if line.startswith(code)]


def test_lines_that_others_give_are_only_read(house: House) -> None:
    page = house.visitor_of("editor").get(group(house, "C"))

    assert "Cấp trên chấm, đơn vị không kê khai." in page.text
    assert "Kết quả chính thức được nhập chung cho mọi đơn vị; hiện chưa có." in page.text


def test_the_answer_of_last_year_stands_beside(house: House) -> None:
    with_last_year(house)

    page = house.visitor_of("editor").get(group(house, "A"))

    assert "Năm 2025: 7/7 văn bản × 4 điểm = 4,00 Chép lại A2" in page.text


def test_answers_with_days_of_last_year_are_not_copied(house: House) -> None:
    with_last_year(house)

    page = house.visitor_of("editor").get(group(house, "B"))

    assert "Năm 2025: Quý I gửi 10/03/2025" in page.text
    assert "Chép lại B3" not in page.text


@pytest.mark.parametrize("who", ["y-te-editor", "xa-head", "evaluator", "lead", "leader", "admin"])
def test_nobody_else_comes_to_the_sheet_of_a_unit(house: House, who: str) -> None:
    visitor = house.visitor_of(who)
    id_ = house.sheet()

    for page in ("", "groups/A", "submit", "print", "total"):
        visitor.get(f"/unit/sheets/{id_}/{page}", status=404)


@pytest.mark.parametrize("who", ["y-te-editor", "lead"])
@pytest.mark.parametrize("deed", ["lines/A1", "lines/A1/copy", "submit"])
def test_nobody_else_changes_the_sheet_of_a_unit(house: House, who: str, deed: str) -> None:
    visitor = house.visitor_of(who)
    visitor.get("/account")
    token = visitor.page.root.first("input", name="csrf")["value"]

    before = told_of(house)

    data = {"csrf": token, "answer": "yes", "seen": "0", "yes": "yes"}
    visitor.post(f"/unit/sheets/{house.sheet()}/{deed}", data=data, status=404)

    assert told_of(house) == before


def test_an_unknown_group_or_line_is_not_found(house: House) -> None:
    visitor = house.visitor_of("editor")
    data = visitor.get(group(house, "A")).form(line_form(house, "A1")).data("")

    visitor.get(group(house, "X"), status=404)
    visitor.post(f"/unit/sheets/{house.sheet()}/lines/X1", data=data, status=404)


def test_before_opening_the_sheet_is_only_read(house: House) -> None:
    house.clock.later(days=-60)

    page = house.visitor_of("editor").get(group(house, "A"))

    assert "Phiếu hiện chỉ để xem." in page.text
    assert not [each for each in page.forms if "/lines/" in each.element["action"]]


def test_home_before_opening_counts_down(house: House) -> None:
    house.clock.later(days=-60)

    page = house.visitor_of("editor").get("unit.home")

    assert "Mở sau 10 ngày" in page.text
    assert "Chưa đến thời gian kê khai." in page.text


def test_late_is_said_and_still_taken(house: House) -> None:
    house.clock.later(days=11)

    page = house.visitor_of("editor").get("unit.home")

    assert "Quá hạn từ 17:00 ngày 30/11/2026; còn nhận đến 17:00 ngày 02/12/2026" in page.text
    assert "Kê khai 9 tiêu chí còn trống" in page.text


def test_after_the_time_home_says_that_nothing_was_handed_in(house: House) -> None:
    house.clock.later(days=20)

    page = house.visitor_of("editor").get("unit.home")

    assert "Đã hết thời gian mà phiếu chưa được nộp." in page.text


def test_marks_of_reviewers_are_not_seen(house: House) -> None:
    house.fill("so-noi-vu")
    house.submit("so-noi-vu")

    page = house.visitor_of("editor").get(group(house, "A"))

    assert "Đã nộp, chờ thẩm định" in page.text or "chờ thẩm định" in page.text
    assert page.text.count("Thẩm định –") == 4


def test_other_years_stand_on_home(house: House) -> None:
    with_last_year(house)

    page = house.visitor_of("editor").get("unit.home")

    link = page.link("Năm 2025, Sở Nội vụ")
    assert link["href"] == f"/unit/sheets/{house.sheet(round_code=ROUND_BEFORE)}/"


def test_the_total_is_explained_step_by_step(house: House) -> None:
    house.fill("so-noi-vu")

    page = house.visitor_of("editor").get("unit.result", id=house.sheet())

    assert "Cộng các nhóm 8,36 + 7,50 + 0,00 = 15,86" in page.text
    assert "Còn thiếu" in page.text
    assert "Do nơi khác cho điểm, chưa có: C1, C2" in page.text


def test_the_printed_sheet_has_every_line_and_the_total(house: House) -> None:
    house.fill("so-noi-vu")

    page = house.visitor_of("editor").get("unit.print", id=house.sheet())

    rows = page.table()
    first = ["A1", "Đăng ký mô hình “Dân vận khéo”", "Có: 2,00", "2,00", "2,00", "", ""]
    assert [*first, "Hồ sơ giấy lưu tại văn thư."] in rows
    assert rows[-1] == ["", "TỔNG ĐIỂM", "16,86/30"]
    assert {row[0] for row in rows} >= {*ANSWERS, "C1", "C2"}


def test_pages_are_there_in_english(house: House) -> None:
    visitor = house.visitor_of("editor")
    visitor.get("/language/en?next=/unit/")

    assert "days left to hand in" in visitor.page.text
    assert 'lang="vi"' in visitor.get(group(house, "A")).body.decode()


@pytest.mark.parametrize("page", ["/unit/", "groups/A", "submit", "print"])
def test_a_page_asks_few_questions(house: House, page: str) -> None:
    with_last_year(house)
    house.fill("so-noi-vu")
    visitor = house.visitor_of("editor")
    path = page if page.startswith("/") else f"/unit/sheets/{house.sheet()}/{page}"
    visitor.get(path)

    with counted(house.engine) as sent:
        visitor.get(path)

    assert len(sent) <= 9, "\n".join(sent)


def line_form(house: House, code: str) -> str:
    return f"/unit/sheets/{house.sheet()}/lines/{code}"


@pytest.mark.parametrize("endpoint", ["home", "result"])
def test_the_history_of_the_sheet_is_one_click_away(house: House, endpoint: str) -> None:
    visitor, id_ = house.visitor_of("editor"), house.sheet()
    page = visitor.get("unit.home") if endpoint == "home" else visitor.get("unit.result", id=id_)

    link = next(each for each in page.document.all("a") if each.text == "Lịch sử của phiếu")

    assert visitor.get(link["href"]).heading == "Lịch sử của phiếu"
