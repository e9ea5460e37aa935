"""A unit's sheet as a table: every line in its layers, and how the total is made."""

import io
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from evalsvc.catalog import shelf
from evalsvc.domain.answers import UNANSWERED
from evalsvc.domain.criteria import ONLY_COLUMN, CriteriaSet, Fit, GivenBy, Group, Heading
from evalsvc.domain.lines import Layer
from evalsvc.domain.scales import Asks, Ratio
from evalsvc.exports.sheet_files import SheetHeading, score_sheets
from evalsvc.exports.tables import Cell, Made, Sheet, Strong
from evalsvc.exports.workbook import to_xlsx
from evalsvc.usecases.from_files import scored
from evalsvc.words.language import language
from tests import make

GOLDEN = Path(__file__).parents[1] / "golden"
HEADING = SheetHeading("Sở Y tế", "syt")
SET = make.criteria(make.group(make.line("A1", 60), make.line("A2", 40)), fit=Fit.OWN)


def sheets_of(
    of: CriteriaSet, *layers: make.Values, reasons: dict[str, str] | None = None
) -> tuple[Sheet, Sheet]:
    """Sheets of as many layers as values are given, the claimed one first."""
    found = {
        layer: make.sheet(of, given, layer=layer)
        for layer, given in zip(Layer, layers, strict=False)
    }
    return score_sheets(language(), HEADING, found, reasons or {})


def rows_of(sheet: Sheet) -> dict[str, tuple[Cell, ...]]:
    """Rows by their code, or their name where they have none, without both."""
    return {str(row[0] or row[1]): tuple(row[2:]) for row in sheet.rows}


def test_every_line_has_its_points_in_every_layer_that_was_reached():
    values = {"A1": 50, "A2": 30}, {"A1": "45.5", "A2": 30}

    found = rows_of(sheets_of(SET, *values, reasons={"A1": "Thiếu minh chứng."})[0])

    claimed, reviewed = make.decimals(50, "45.5")
    assert found["A1"][0] == Decimal("60.00")
    assert found["A1"][2:] == (claimed, reviewed, None, "Thiếu minh chứng.")
    assert found["A2"][2:] == (Decimal(30), Decimal(30), None, None)


def test_an_answer_that_was_corrected_is_said_beside_the_claimed_one():
    ratio = Ratio(Fraction(10), asks=Asks("đơn"))
    of = make.criteria(make.group(make.line("A1", 10, scale=ratio)), fit=Fit.OWN)
    claimed, corrected = make.stated(ratio, "10/10"), make.stated(ratio, "8/10")

    found = rows_of(sheets_of(of, {"A1": claimed}, {"A1": corrected}, {"A1": corrected})[0])

    assert found["A1"][1] == ("10/10 đơn × 10 điểm = 10,00\nThẩm định: 8/10 đơn × 10 điểm = 8,00")


def test_a_line_that_is_not_applicable_has_no_points_and_silence_has_0():
    found = rows_of(sheets_of(SET, {"A1": make.na("rescale"), "A2": UNANSWERED})[0])

    assert found["A1"][2] is None
    assert found["A2"][2] == 0


def test_a_line_that_is_still_to_come_has_no_points():
    later = make.line("A2", 40, given_by=GivenBy.REVIEWER)
    of = make.criteria(make.group(make.line("A1", 60), later))

    found = rows_of(sheets_of(of, {"A1": 50}, {"A1": 50})[0])

    assert found["A2"][2:4] == (None, Decimal(0))


def test_a_group_has_the_sum_that_counts():
    of = make.criteria(
        make.group(make.line("A1", 60), make.line("A2", 20), cap=70),
        make.group(make.line("B1", 30), code="B"),
        make.group(make.bonus("T1", 5), make.bonus("T2", 5), code="T", cap=6),
        make.group(make.penalty("P1", 9), code="P"),
    )

    found = rows_of(sheets_of(of, {"A1": 60, "A2": 20, "B1": 30, "T1": 5, "T2": 4, "P1": 2})[0])

    assert (found["A"][0], found["A"][2]) == (70, 70)
    assert (found["B"][0], found["B"][2]) == (30, 30)
    assert (found["T"][0], found["T"][2]) == (6, 6)
    assert (found["P"][0], found["P"][2]) == (None, 2)


def test_a_line_beside_the_scale_is_named_as_such():
    of = make.criteria(make.group(make.line("A1", 100), make.bonus("T1"), make.penalty("P1")))

    names = {row[0]: row[1] for row in sheets_of(of, {"A1": 50})[0].rows}

    assert names["T1"] == "Tiêu chí T1 (điểm thưởng)"
    assert names["P1"] == "Tiêu chí P1 (điểm trừ)"


def test_parts_stand_under_the_name_of_their_criterion():
    parts = (make.line("1.1", 60), make.line("1.2", 40))
    most = {ONLY_COLUMN: Decimal(100)}
    group = Group("A", "Nhóm A", (Heading("1", "Đối thoại", most, parts),), most)

    found = [row[:2] for row in sheets_of(make.criteria(group), {"1.1": 5})[0].rows]

    assert found[1:4] == [
        ("1", "Đối thoại"),
        ("1.1", "Tiêu chí 1.1"),
        ("1.2", "Tiêu chí 1.2"),
    ]


def test_a_heading_without_parts_on_the_sheet_is_left_out():
    hidden = make.line("1.1", 60, only=("mien-nui",))
    heading = Heading("1", "Đối thoại", {ONLY_COLUMN: Decimal(60)}, (hidden,))
    group = Group("A", "Nhóm A", (heading, make.line("2", 40)), {ONLY_COLUMN: Decimal(100)})

    found = rows_of(sheets_of(make.criteria(group, fit=Fit.OWN), {"2": 5})[0])

    assert list(found) == ["A", "2", "Tổng điểm", "Điểm so sánh"]


def test_totals_stand_below_and_compared_points_where_they_are_others():
    found = rows_of(sheets_of(SET, {"A1": make.na("drop"), "A2": 30})[0])

    assert (found["Tổng điểm"][0], found["Tổng điểm"][2]) == make.decimals(40, 30)
    assert (found["Điểm so sánh"][0], found["Điểm so sánh"][2]) == make.decimals(100, 75)
    assert "Điểm so sánh" not in rows_of(sheets_of(SET, {"A2": 30})[0])


def test_sums_stand_out():
    rows = list(sheets_of(SET, {"A1": 1})[0].rows)

    assert [type(row) is Strong for row in rows] == [True, False, False, True]


def test_a_sheet_on_which_nothing_applies_has_no_total():
    lines, steps = sheets_of(SET, {"A1": make.na("drop"), "A2": make.na("drop")})

    assert rows_of(lines)["Tổng điểm"][2] is None
    assert list(steps.rows) == [
        ("Tự chấm", "Không xếp loại: không dòng nào của phiếu áp dụng được")
    ]


def test_the_steps_of_each_layer_lead_to_its_total():
    steps = sheets_of(SET, {"A1": 50, "A2": 30}, {"A1": 40, "A2": 30})[1]

    assert list(steps.rows) == [
        ("Tự chấm", "80,00/100"),
        (None, "Cộng các nhóm: 80,00"),
        ("Thẩm định", "70,00/100"),
        (None, "Cộng các nhóm: 70,00"),
    ]


def test_the_claimed_total_says_how_much_a_unit_can_claim():
    later = make.line("A2", 40, given_by=GivenBy.REVIEWER)
    of = make.criteria(make.group(make.line("A1", 60), later))

    steps = [row[1] for row in sheets_of(of, {"A1": 50})[1].rows]

    assert steps[-1] == "Đơn vị tự chấm được nhiều nhất 60 điểm"


def test_the_notes_say_by_which_set_for_whom_and_when():
    made = Made(datetime(2026, 12, 1, 8, 5, tzinfo=UTC), "Sở Nội vụ")
    heading = SheetHeading("Sở Y tế", "syt", provisional=True, made=made, notes=("Xếp loại: Tốt",))

    lines, _ = score_sheets(language(), heading, {Layer.FINAL: make.sheet(SET, {"A1": 1})})

    assert lines.title == "Phiếu chấm điểm của Sở Y tế, năm 2019"
    assert lines.notes == (
        "Bộ tiêu chí (BO-1, bản 1)",
        "Mã đơn vị: syt",
        "Tạm tính, còn có thể thay đổi",
        "Xếp loại: Tốt",
        "Sở Nội vụ xuất tệp lúc 08:05 ngày 01/12/2026",
    )


@pytest.mark.parametrize("code", ["vi", "en"])
def test_a_real_sheet_is_read_back_from_the_workbook_and_adds_up(code):
    folder = GOLDEN / "tra-vinh"
    found = scored(shelf.load("tv.yaml", folder), folder / "answers" / "so-noi-vu.yaml")
    sheet = found.result.sheet
    out = io.BytesIO()

    to_xlsx(score_sheets(language(code), HEADING, {Layer.FINAL: sheet}), out)

    lines, _ = openpyxl.load_workbook(out).worksheets
    final = {row[0].value or "": row[6].value for row in lines.iter_rows(min_row=6)}
    assert {code: Decimal(str(points)) for code, points in final.items() if code} == {
        **{group.section.group.code: group.counted for group in sheet.groups},
        **{line.entry.code: line.points for line in sheet.lines},
        "T": Decimal(0),
    }
    assert final[""] == pytest.approx(float(sheet.total))
