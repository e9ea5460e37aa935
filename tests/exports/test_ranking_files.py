"""A ranking as sheets of a workbook and as CSV: who, where, and on which points."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl

from evalsvc.domain.lines import Layer
from evalsvc.exports.ranking_files import ApartRow, Heading, Named, RankingRow, ranking_sheets
from evalsvc.exports.tables import Made, Sheet, to_csv
from evalsvc.exports.workbook import to_xlsx
from evalsvc.words.language import language
from tests import make

GROUPS = (Named("A", "Quán triệt, tuyên truyền", Decimal(60)), Named("B", "Đối thoại", Decimal(40)))
LINES = (Named("A1", "Kế hoạch năm", Decimal(6)), Named("B1", "Tiếp công dân", Decimal(4)))
HEADING = Heading("Bảng xếp hạng khối I", "Đánh giá năm 2026", Layer.FINAL, GROUPS)


def row(name: str = "Sở Y tế", **changes: object) -> RankingRow:
    made = RankingRow(
        rank=1,
        unit_name=name,
        unit_code="syt",
        block="I",
        total=Decimal("69.70"),
        unit_scale=Decimal(85),
        compared=Decimal("82.00"),
        band="Hoàn thành tốt",
        gates=(),
        late=False,
        layer=Layer.FINAL,
        groups=make.decimals("50.00", "19.70"),
    )
    return replace(made, **changes)


def sheets(
    *rows: RankingRow, apart: Sequence[ApartRow] = (), code: str = "vi", **changes: object
) -> tuple[Sheet, ...]:
    return ranking_sheets(language(code), replace(HEADING, **changes), rows or (row(),), apart)


def table(of: Sheet, code: str = "vi") -> list[dict[str, str]]:
    """The sheet read back from CSV, by the heads of its columns."""
    text = b"".join(to_csv(language(code), of)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if code == "vi" else ","))


def test_a_row_says_who_stands_where_on_which_points():
    found = table(sheets()[0])

    assert found == [
        {
            "Hạng": "1",
            "Đơn vị": "Sở Y tế",
            "Mã đơn vị": "syt",
            "Khối": "I",
            "A": "50,00",
            "B": "19,70",
            "Tổng điểm": "69,70",
            "Thang điểm của phiếu": "85,00",
            "Điểm so sánh": "82,00",
            "Xếp loại": "Hoàn thành tốt",
            "Danh hiệu": "",
            "Điều kiện": "",
            "Nộp muộn": "",
            "Điểm lấy theo": "kết luận",
            "Ghi chú": "",
        }
    ]


def test_what_speaks_of_the_result_stands_in_words():
    found = table(
        sheets(
            row(
                gates=("K1", "K2"),
                late=True,
                layer=Layer.REVIEWED,
                titles=("Dân vận khéo",),
                notes=("hạ một bậc do tỷ lệ khống chế", "bằng điểm"),
            )
        )[0]
    )[0]

    assert found["Điều kiện"] == "K1, K2"
    assert found["Nộp muộn"] == "có"
    assert found["Điểm lấy theo"] == "thẩm định"
    assert found["Danh hiệu"] == "Dân vận khéo"
    assert found["Ghi chú"] == "hạ một bậc do tỷ lệ khống chế; bằng điểm"


def test_points_that_no_decision_has_closed_are_not_called_final():
    assert table(sheets(row(standing=True))[0])[0]["Điểm lấy theo"] == "đang có hiệu lực (tạm)"


def test_a_band_that_waits_for_a_decision_says_so():
    assert table(sheets(row(band=None))[0])[0]["Xếp loại"] == "chờ quyết định"


def test_lines_have_columns_where_they_are_asked_for():
    found = table(sheets(row(lines=(Decimal("5.50"), None)), lines=LINES)[0])[0]

    assert (found["A1"], found["B1"]) == ("5,50", "")


def test_lines_that_were_not_asked_for_are_left_out():
    found = table(sheets(row(lines=make.decimals("5.50", "4.00")))[0])[0]

    assert "A1" not in found


def test_units_listed_apart_stand_on_a_sheet_of_their_own_with_the_reason():
    apart = (ApartRow("Sở Ngoại vụ", "sngv", "I", "miễn đánh giá (đang sắp xếp lại)"),)

    ranking, listed, _ = sheets(apart=apart)

    assert [each["Đơn vị"] for each in table(ranking)] == ["Sở Y tế"]
    assert table(listed) == [
        {
            "Đơn vị": "Sở Ngoại vụ",
            "Mã đơn vị": "sngv",
            "Khối": "I",
            "Lý do": "miễn đánh giá (đang sắp xếp lại)",
        }
    ]


def test_codes_in_the_heads_are_explained():
    codes = sheets(row(lines=make.decimals("5.50", "4.00")), lines=LINES)[-1]

    found = [tuple(each.values()) for each in table(replace(codes, rows=tuple(codes.rows)))]
    assert found == [
        ("A", "Quán triệt, tuyên truyền", "60,00"),
        ("B", "Đối thoại", "40,00"),
        ("A1", "Kế hoạch năm", "6,00"),
        ("B1", "Tiếp công dân", "4,00"),
    ]


def test_a_ranking_without_groups_and_lines_needs_no_codes():
    assert len(sheets(row(groups=()), groups=())) == 1


def test_the_notes_say_layer_provisional_who_and_when():
    made = Made(datetime(2026, 12, 1, 8, 5, tzinfo=UTC), "Sở Nội vụ")

    found = sheets(provisional=True, made=made)[0]

    assert found.notes == (
        "Đánh giá năm 2026",
        "Điểm kết luận; tạm tính, còn có thể thay đổi",
        "Sở Nội vụ xuất tệp lúc 08:05 ngày 01/12/2026",
    )


def test_a_ranking_that_is_settled_is_not_called_provisional():
    assert sheets()[0].notes == ("Đánh giá năm 2026", "Điểm kết luận")


def test_the_workbook_has_numbers_and_keeps_rank_and_unit_in_sight():
    out = io.BytesIO()

    to_xlsx(sheets(row(lines=(Decimal("5.50"), None)), lines=LINES), out)

    book = openpyxl.load_workbook(out)
    ranking = book["Bảng xếp hạng"]
    assert book.sheetnames == ["Bảng xếp hạng", "Giải thích mã cột"]
    assert ranking.freeze_panes == "C6"
    assert [cell.value for cell in ranking[6]][:9] == [
        *(1, "Sở Y tế", "syt", "I", 50, 19.7, 69.7, 85, 82)
    ]
    assert [cell.value for cell in ranking[6]][-2:] == [5.5, None]


def test_points_have_the_decimals_of_the_set():
    found = table(sheets(row(total=Decimal("69.7")), decimals=1)[0])[0]

    assert found["Tổng điểm"] == "69,7"


def test_english_says_the_same_in_english():
    ranking = sheets(row(band=None, late=True), code="en")[0]

    found = table(ranking, "en")[0]
    assert found["Total of the sheet"] == "69.70"
    assert found["Band"] == "waits for a decision"
    assert found["Late"] == "yes"


def test_rows_are_taken_one_by_one():
    taken = []
    ranking = ranking_sheets(language(), HEADING, (taken.append(at) or row() for at in range(3)))[0]

    next(iter(ranking.rows))

    assert taken == [0]
