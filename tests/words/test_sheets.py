"""The letter to a unit: head, lines, steps, band, gates, what is missing."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from evalsvc.catalog import sets
from evalsvc.domain.answers import UNANSWERED
from evalsvc.domain.conditions import AtZero, Flagged
from evalsvc.domain.criteria import Fit, GivenBy
from evalsvc.domain.forms import form
from evalsvc.domain.lines import Layer
from evalsvc.domain.provisions import Gate
from evalsvc.domain.readings import read_value
from evalsvc.domain.results import result
from evalsvc.domain.scoring import score
from evalsvc.words.columns import WIDTH, width
from evalsvc.words.language import ENGLISH, VIETNAMESE, language
from evalsvc.words.sheets import letter
from evalsvc.words.steps import step_sentences, total_and_compared
from evalsvc.words.verdicts import band_sentences, gate_sentences, next_band_sentence
from tests import make

VI, EN = language(VIETNAMESE), language(ENGLISH)
CRITERIA = Path(__file__).parents[2] / "criteria"
ANSWERS = {
    "B1": "du",
    "B2": "11/12",
    "B3": "6",
    "B5": "1",
    "B6": "8; Phối hợp đều",
    "B8": "1/12/2018",
}


def of_ty_b(code: str, answers: dict[str, str], layer: Layer = Layer.FINAL) -> str:
    criteria = sets.load("ty-b", (CRITERIA / "ty-b.yaml").read_bytes())
    sheet = form(criteria, "khoi", year=2018)
    lines = {entry.code: entry for entry in sheet.entries()}
    values = {line: read_value(lines[line], text, 2018) for line, text in answers.items()}
    found = result(score(sheet, values, layer))
    return letter(language(code), "Khối dân vận xã Ngọc Châu", found, warnings=["B3 nên xem lại."])


LETTER = """\
Kết quả của Khối dân vận xã Ngọc Châu, năm 2018
Bộ tiêu chí đánh giá hoạt động của tổ dân vận và khối dân vận huyện Tân Yên (TY-B, bản 1)
Điểm kết luận

B. Hoạt động của tổ dân vận, khối dân vận
  B1  Kiện toàn tổ chức: 10,00/10
      Đủ số lượng và đủ tiêu chuẩn: 10,00
  B2  Nắm tình hình nhân dân và báo cáo hằng tháng: 18,33/20
      11/12 tháng × 20 điểm = 18,33
  B3  Tuyên truyền, vận động nhân dân: 15,00/15
      6 buổi × 3 = 18,00, trần 15,00
  B4  Có mô hình “Dân vận khéo” đang hoạt động: 0,00/20
      Chưa kê khai: 0,00
  B5  Không để phát sinh điểm nóng, điểm phức tạp: 10,00/15
      15 − 1 × 5 = 10,00
  B6  Phối hợp với Mặt trận Tổ quốc và các đoàn thể: 8,00/10
      Chấm theo căn cứ “Phối hợp đều”: 8,00
  B8  Báo cáo năm: 2,00/5
      Gửi 01/12/2018, chậm 1 ngày so với hạn 30/11/2018: 2,00
  Cộng nhóm B: 10,00 + 18,33 + 15,00 + 0,00 + 10,00 + 8,00 + 2,00 = 63,33, tối đa 95

Cộng các nhóm: 63,33.
Quy đổi, vì điểm tối đa áp dụng là 95: 63,33 × 100/95 = 66,66.
Tổng điểm: 66,66/100.
Xếp loại: Khá (từ 65 đến dưới 80).

Còn thiếu 13,34 điểm để đạt 80,00: Tốt.
Chưa kê khai, tính 0 điểm: B4; tối đa 20 điểm.

Nên xem lại:
- B3 nên xem lại.
"""


def test_a_letter_in_vietnamese() -> None:
    assert of_ty_b(VIETNAMESE, ANSWERS) == LETTER


def test_a_letter_in_english() -> None:
    said = of_ty_b(ENGLISH, ANSWERS)

    assert said.startswith("Result of Khối dân vận xã Ngọc Châu, year 2018\n")
    assert "\nPoints: final\n" in said
    assert "\n      Sent 01/12/2018, 1 day after 30/11/2018: 2.00\n" in said
    assert "\nStretched, as 95 points can be earned: 63.33 × 100/95 = 66.66.\n" in said
    assert "\n13.34 missing to reach 80.00: Tốt.\n" in said
    assert "\nNot answered, so 0: B4; at most 20 points.\n" in said


def test_silence_on_a_gate_is_said() -> None:
    without = {code: text for code, text in ANSWERS.items() if code != "B5"}

    said = of_ty_b(VIETNAMESE, without)

    assert (
        "Điều kiện K1 (Tiêu chí B5 được 0 điểm thì không xếp loại Tốt): xếp loại cao nhất là Khá; "
        "áp dụng vì\n  có dòng chưa kê khai; ở đây không làm thay đổi kết quả.\n"
    ) in said


def test_no_line_of_a_letter_is_too_wide() -> None:
    assert max(width(line) for line in LETTER.splitlines()) <= WIDTH


QUANG_BINH = make.criteria(
    make.group(make.line("C1", 15), make.line("C2", 2), make.line("C3", 2), code="C"),
    make.group(make.line("A", 81), code="A"),
    make.group(make.bonus("T1", 3), make.bonus("T2", 3), code="T"),
    make.group(make.penalty("P"), code="P"),
    bonus_cap=Decimal(5),
)
LINES: make.Values = {
    "A": "66.42",
    "C1": make.na("drop"),
    "C2": make.na("rescale"),
    "C3": make.na("rescale"),
    "T1": 3,
    "T2": 3,
    "P": 5,
}


def test_every_step_says_its_sum() -> None:
    sheet = make.sheet(QUANG_BINH, LINES)

    assert [*step_sentences(VI, sheet), total_and_compared(VI, sheet)] == [
        "Cộng các nhóm: 0,00 + 66,42 = 66,42",
        "Quy đổi, vì điểm tối đa áp dụng là 81: 66,42 × 85/81 = 69,70",
        "Cộng điểm thưởng 3,00 + 3,00 = 6,00, trần 5,00: 5,00; 69,70 + 5,00 = 74,70",
        "Trừ điểm 5,00; 74,70 − 5,00 = 69,70",
        "Quy về thang 100 để so sánh: 69,70 × 100/85 = 82,00",
        "69,70/85 · 82,00",
    ]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"1": 98, "T": 5}, "Tổng không quá 100: 100,00"),
        ({"1": 3, "P": 5}, "Tổng không dưới 0: 0,00"),
        ({"1": 80, "T": 5}, ""),
    ],
)
def test_a_bound_is_said_only_where_it_changes_something(values: make.Values, said: str) -> None:
    criteria = make.criteria(make.line("1", 100), make.bonus(), make.penalty())

    steps = list(step_sentences(VI, make.sheet(criteria, values)))

    assert [step for step in steps if step.startswith("Tổng không")] == [said] * bool(said)


def test_the_cap_of_a_bonus_group_stands_under_its_lines() -> None:
    capped = make.group(make.bonus("T1", 3), make.bonus("T2", 3), code="T", cap=4)
    sheet = make.sheet(make.criteria(make.line("1", 100), capped), {"1": 80, "T1": 3, "T2": 3})

    said = letter(VI, "Sở Nội vụ", result(sheet))

    assert "  Cộng nhóm T: 3,00 + 3,00 = 6,00, trần 4,00: 4,00\n" in said
    assert "\nCộng điểm thưởng 4,00; 80,00 + 4,00 = 84,00.\n" in said


def test_a_capped_group_says_its_cap() -> None:
    lines = (make.line("D1", 12), make.line("D2", 8), make.line("D3", 4))
    criteria = make.criteria(make.group(*lines, code="D", cap=20), fit=Fit.OWN)
    sheet = make.sheet(criteria, {"D1": 12, "D2": 8, "D3": 4})

    said = letter(VI, "Sở Nội vụ", result(sheet))

    assert "  Cộng nhóm D: 12,00 + 8,00 + 4,00 = 24,00, trần 20,00: 20,00, tối đa 20\n" in said


GATES = (
    Gate("K1", "Điểm nóng", Flagged("nong"), at_most="kha"),
    Gate("K2", "Không báo cáo", AtZero("2"), unrated=True),
    Gate("K3", "Kỷ luật", Flagged("ky-luat"), at_most="xs", no_title=True),
)
GATED = make.criteria(make.line("1", 90), make.line("2", 10), gates=GATES)


def test_a_gate_that_lowers_the_band_is_what_stands_before_it() -> None:
    found = result(make.sheet(GATED, {"1": 82, "2": 10}), ["nong"])

    assert [*band_sentences(VI, found), *gate_sentences(VI, found)] == [
        "Điểm đạt mức Xuất sắc (từ 90 trở lên); xếp loại: Khá",
        "Điều kiện K1 (Điểm nóng): xếp loại cao nhất là Khá",
    ]
    assert next_band_sentence(VI, found) == (
        "Chỉ còn vướng điều kiện sau để được xếp loại Xuất sắc: “Điểm nóng”"
    )


def test_a_gate_that_only_bars_a_title_says_so() -> None:
    found = result(make.sheet(GATED, {"1": 82, "2": 10}), ["ky-luat"])

    assert list(gate_sentences(VI, found)) == [
        "Điều kiện K3 (Kỷ luật): xếp loại cao nhất là Xuất sắc, không xét danh hiệu"
    ]
    assert next_band_sentence(VI, found) == ""


def test_a_gate_that_leaves_a_unit_unrated() -> None:
    found = result(make.sheet(GATED, {"1": 82, "2": UNANSWERED}))

    assert [*band_sentences(VI, found), *gate_sentences(VI, found)] == [
        "Không xếp loại do điều kiện “Không báo cáo”",
        "Điều kiện K2 (Không báo cáo): không xếp loại; áp dụng vì có dòng chưa kê khai",
    ]
    assert next_band_sentence(VI, found) == ""


def test_a_sheet_on_which_nothing_applies_is_told_without_a_total() -> None:
    found = result(make.sheet(make.criteria(), {"1": make.na("drop")}))

    said = letter(VI, "Sở Nội vụ", found)

    assert "Tổng điểm" not in said
    assert "Không xếp loại: không dòng nào của phiếu áp dụng được.\n" in said


def test_the_claimed_layer_names_what_the_unit_itself_can_reach() -> None:
    lines = (make.line("1", 90), make.line("2", 10, given_by=GivenBy.REVIEWER))
    sheet = make.sheet(make.criteria(*lines), {"1": 79}, layer=Layer.CLAIMED)

    said = letter(VI, "Sở Nội vụ", result(sheet))

    assert "Điểm tự chấm\n" in said
    assert "Đơn vị tự chấm được nhiều nhất 90 điểm.\n" in said
    assert "Còn chờ kết quả: 2; tối đa 10 điểm.\n" in said


def test_a_bound_that_must_be_passed_is_told_so() -> None:
    ladder = (replace(make.LADDER[0], above=True), *make.LADDER[1:])
    criteria = make.criteria(ladders={"": ladder})

    found = result(make.sheet(criteria, {"1": 90}))

    assert next_band_sentence(VI, found) == "Còn thiếu hơn 0,00 điểm để trên 90,00: Xuất sắc"


def test_what_is_missing_is_told_on_the_scale_that_decides() -> None:
    sheet = make.sheet(QUANG_BINH, LINES)

    said = next_band_sentence(VI, result(sheet))

    assert said == "Còn thiếu 8,00 điểm để đạt 90,00 trên thang 100: Xuất sắc"
