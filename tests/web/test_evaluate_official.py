"""The list of a survey's results, and days that are still to come."""

import pytest

from tests.browsing import Page
from tests.web.evaluator import Answers, handed_in, line_of, official, on_line
from tests.web.small_house import ROUND, House, open_one
from tests.web.small_sets import SO

SURVEYED = "KS-2026"
MEAN, REPLIES = "Kết quả khảo sát, Sở Nội vụ", "Số phiếu trả lời, Sở Nội vụ"
_IMPORTED = """\
        kind: imported
        most: 5
        out-of: 100
        what: Chỉ số cải cách hành chính
        result-of: year-before
"""
_SURVEY = """\
        kind: survey
        most: 5
        line: {from: 1, to: 5}
        minimum: 30
        too-few: rescale
"""
DOCUMENT: Answers = {"Số, ký hiệu văn bản": "398/QĐ-UBND"}
INDEX = "Chỉ số cải cách hành chính, Sở Nội vụ"


def with_survey(house: House) -> House:
    """A round in which the line of official results takes over a survey."""
    text = SO.replace(_IMPORTED, _SURVEY).replace("code: SO", "code: KS", 1)
    open_one(house, SURVEYED, text)
    return house


def results_of(house: House, given: Answers, status: int = 200) -> Page:
    visitor = house.visitor_of("evaluator")
    page = visitor.get("evaluate.results", code=SURVEYED, line="C1")
    return visitor.submit(page.form("Lưu số liệu"), given, status=status)


def test_a_mean_off_the_scale_of_the_survey_is_refused_with_a_sentence(house: House) -> None:
    page = results_of(with_survey(house), {MEAN: "6", REPLIES: "120"}, 422)

    assert "6 nằm ngoài thang của cuộc khảo sát, thang này từ 1 đến 5." in page.text


@pytest.mark.parametrize(
    ("given", "field"),
    [({REPLIES: "120"}, "Kết quả khảo sát"), ({MEAN: "4,2"}, "Số phiếu trả lời")],
)
def test_a_result_with_one_number_missing_names_that_number(
    house: House, given: Answers, field: str
) -> None:
    page = results_of(with_survey(house), given, 422)

    assert f"Sở Nội vụ: Chưa ghi “{field}”." in page.text


def test_the_list_promises_no_document_that_it_does_not_ask_for(house: House) -> None:
    visitor = with_survey(house).visitor_of("evaluator")

    page = visitor.get("evaluate.official_lines", code=SURVEYED)

    assert "văn bản" not in page.text.partition("Số liệu chính thức")[2]


def test_results_of_a_document_of_tomorrow_are_refused_at_its_date(house: House) -> None:
    visitor = house.visitor_of("evaluator")
    page = visitor.get("evaluate.results", code=ROUND, line="C1")
    given: Answers = {**DOCUMENT, "Ngày ban hành văn bản": "21/11/2026", INDEX: "87,61"}

    page = visitor.submit(page.form("Lưu số liệu"), given, status=422)

    assert "Ngày 21/11/2026 còn chưa đến." in page.text
    assert line_of(house, "C1").claim is None


def test_saving_tells_what_was_put_in_what_was_taken_out_and_that_nothing_changed(
    house: House,
) -> None:
    visitor = house.visitor_of("evaluator")
    day = {"Ngày ban hành văn bản": "02/06/2026"}
    page = visitor.get("evaluate.results", code=ROUND, line="C1")
    put = visitor.submit(page.form("Lưu số liệu"), {**DOCUMENT, **day, INDEX: "87,61"})

    same = visitor.submit(put.form("Lưu số liệu"))
    cleared = visitor.submit(same.form("Lưu số liệu"), {INDEX: ""})

    assert "Đã lưu số liệu của 1 đơn vị." in put.text
    assert "Không có số liệu nào thay đổi." in same.text
    assert "Đã xóa số liệu của 1 đơn vị." in cleared.text
    assert "Đã lưu" not in same.text + cleared.text


def test_a_result_and_not_applicable_on_one_row_are_refused(house: House) -> None:
    visitor = house.visitor_of("evaluator")
    page = visitor.get("evaluate.results", code=ROUND, line="C1")
    given: Answers = {**DOCUMENT, "Ngày ban hành văn bản": "2/6/2026", INDEX: "87,61"}
    both = {f"na-{house.sheet()}": "none"}

    page = visitor.submit(page.form("Lưu số liệu"), given, forged=both, status=422)

    assert "Vừa có kết quả, vừa chọn “không áp dụng”." in page.text
    assert line_of(house, "C1").claim is None


def test_a_flag_on_a_document_of_tomorrow_is_refused(house: House) -> None:
    visitor = handed_in(house).visitor_of("evaluator")
    page = visitor.get("evaluate.flags", id=house.sheet())
    given: Answers = {
        "Loại cờ": "Người đứng đầu bị kỷ luật",
        "Số, ký hiệu và nơi ban hành văn bản": "12-QĐ/UBKT",
        "Ngày ban hành văn bản": "21/11/2026",
    }

    page = visitor.submit(page.form("Gắn cờ này"), given, status=422)

    assert "Ngày 21/11/2026 còn chưa đến." in page.text


def test_a_result_after_hand_in_stands_beside_what_was_handed_in(house: House) -> None:
    official(house, "so-noi-vu", "C1", "80; 12/QĐ-UBND; 2/4/2026; 2025")
    handed_in(house)
    official(house, "so-noi-vu", "C1", "100; 15/QĐ-UBND; 2/6/2026; 2025")

    listed = house.visitor_of("evaluator").get("evaluate.results", code=ROUND, line="C1")
    page = house.visitor_of("evaluator").get("evaluate.group", id=house.sheet(), code="C")

    assert listed.form("Lưu số liệu").value(INDEX) == "100"
    points = [each.text for each in page.root.all("dd")]
    assert ("4,00" in points, "5,00" in points) == (True, True)


def test_a_unit_hears_that_a_result_came_after_hand_in(house: House) -> None:
    handed_in(house)
    official(house, "so-noi-vu", "C1", "80; 12/QĐ-UBND; 2/4/2026; 2025")

    page = house.visitor_of("editor").get("unit.group", id=house.sheet(), code="C")

    assert "được nhập sau khi nộp phiếu" in page.text
    assert "4,00" not in page.text


def test_a_reviewer_puts_no_day_that_is_still_to_come(house: House) -> None:
    visitor = handed_in(house).visitor_of("evaluator")
    form = on_line(house, visitor, "B3")

    page = visitor.submit(form, {"Quý I": "21/11/2026", "Lý do": "Xem lại."}, status=422)

    assert "Ngày 21/11/2026 còn chưa đến." in page.text
