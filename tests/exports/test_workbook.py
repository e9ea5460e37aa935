"""Tables as XLSX and CSV, read back by another library."""

import csv
import io
import tracemalloc
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from evalsvc.exports import workbook
from evalsvc.exports.tables import (
    Cell,
    Column,
    ColumnKind,
    Made,
    Sheet,
    Strong,
    decimals_of,
    made_note,
    to_csv,
)
from evalsvc.exports.workbook import to_xlsx
from evalsvc.words.language import language

COLUMNS = (
    Column("Đơn vị", width=30),
    Column("Điểm", ColumnKind.POINTS),
    Column("Hạng", ColumnKind.WHOLE, 7),
    Column("Ngày nộp", ColumnKind.DAY),
)
ROWS: tuple[Sequence[Cell], ...] = (
    ("Sở Y tế", Decimal("95.20"), 1, date(2026, 11, 5)),
    ("Sở Nội vụ", None, None, None),
    Strong(("Cộng", Decimal("95.20"), None, None)),
)
HEAD = 4
"""The row of the heads in a sheet with two notes, as spreadsheets count."""


def sheet(*rows: Sequence[Cell], **changes: object) -> Sheet:
    usual = {"title": "Bảng điểm", "columns": COLUMNS, "notes": ("Tạm tính", "Khối I")}
    return Sheet(**{**usual, "rows": rows or ROWS, **changes})


def bytes_of(*sheets: Sheet) -> bytes:
    out = io.BytesIO()
    to_xlsx(sheets, out)
    return out.getvalue()


def pages(*sheets: Sheet) -> list[Worksheet]:
    return openpyxl.load_workbook(io.BytesIO(bytes_of(*sheets))).worksheets


def page(*rows: Sequence[Cell], **changes: object) -> Worksheet:
    return pages(sheet(*rows, **changes))[0]


def text_sheet(text: str, title: str = "Chữ") -> Sheet:
    return sheet((text,), columns=(Column(title),), notes=())


def csv_rows(code: str, *rows: Sequence[Cell], **changes: object) -> list[list[str]]:
    said = language(code)
    text = b"".join(to_csv(said, sheet(*rows, **changes))).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";" if code == "vi" else ","))


def test_title_and_notes_stand_above_the_heads():
    found = page()

    first = [row[0] for row in found.iter_rows(max_row=HEAD + 1, values_only=True)]
    assert first == ["Bảng điểm", "Tạm tính", "Khối I", None, "Đơn vị"]


def test_numbers_are_numbers_and_days_are_days():
    found = page()

    cells = next(found.iter_rows(min_row=HEAD + 2, max_row=HEAD + 2))
    assert [cell.value for cell in cells[:3]] == ["Sở Y tế", 95.2, 1]
    assert cells[3].value.date() == date(2026, 11, 5)
    assert [cell.data_type for cell in cells] == ["s", "n", "n", "d"]
    assert [cell.number_format for cell in cells[1:]] == ["0.00", "0", "dd/mm/yyyy"]


def test_what_is_missing_is_an_empty_cell_and_not_0():
    found = page(("Sở Nội vụ", None, 0, None), ("", Decimal(0), None, None))

    rows = list(found.iter_rows(min_row=HEAD + 2, values_only=True))
    assert rows == [("Sở Nội vụ", None, 0, None), (None, 0, None, None)]


@pytest.mark.parametrize(
    "number", ["0.1", "0.07", "79.99", "80.00", "33.3333", "999999999.9999", "0.0001"]
)
def test_the_digits_of_a_number_stand_in_the_file(number):
    data = bytes_of(sheet(("a", Decimal(number)), columns=COLUMNS[:2]))

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert f"<v>{number}</v>" in xml


@pytest.mark.parametrize(("decimals", "looks"), [(0, "0"), (1, "0.0"), (4, "0.0000")])
def test_points_show_the_decimals_of_their_set(decimals, looks):
    column = Column("Điểm", ColumnKind.POINTS, decimals=decimals)

    found = page((Decimal(3),), columns=(column,), notes=())

    assert found["A4"].number_format == looks


def test_a_row_that_stands_out_is_bold():
    found = page()

    bold = [found.cell(row, 1).font.b for row in range(HEAD + 2, HEAD + 5)]
    assert bold == [False, False, True]


def test_a_sheet_is_ready_to_read_and_to_print():
    found = page(frozen=2)

    assert found.freeze_panes == f"C{HEAD + 2}"
    assert found.auto_filter.ref == f"A{HEAD + 1}:D{HEAD + 4}"
    assert found.column_dimensions["A"].width == pytest.approx(30.7, abs=0.1)
    assert found.print_title_rows == f"${HEAD + 1}:${HEAD + 1}"
    assert (found.page_setup.orientation, found.page_setup.paperSize) == ("landscape", 9)
    assert found.sheet_properties.pageSetUpPr.fitToPage
    assert (found.page_setup.fitToWidth, found.page_setup.fitToHeight) == (None, 0)
    assert found["A6"].alignment.wrap_text


def test_a_sheet_without_rows_still_has_its_heads():
    found = page(rows=())

    assert found.auto_filter.ref == f"A{HEAD + 1}:D{HEAD + 1}"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://x","y")',
        "{=SUM(A1)}",
        "+84 236",
        "-5",
        "@here",
        "https://vi.du/",
        "007",
        "1.2",
        "3/4",
        # a look-alike of what XlsxWriter writes for text in several fonts
        "<r><t>x</t></r>",
        "<r>&</r>",
        "a\x00b\x0bc_x000D_",
        "Dòng 1\nDòng 2",
        "  hai đầu  ",
    ],
)
def test_text_stays_text(text):
    cell = pages(text_sheet(text))[0]["A4"]

    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert openpyxl.utils.escape.unescape(cell.value).rstrip() == text.rstrip()


def test_a_text_longer_than_a_cell_is_cut_where_one_sees_it():
    cell = pages(text_sheet("ă" * 40_000))[0]["A4"]

    assert len(cell.value) == workbook.LONGEST_TEXT
    assert cell.value.endswith("ă…")


def test_each_tab_has_a_name_of_its_own_that_excel_allows():
    names = [
        "Khối I: sở/ban [15]",
        "Bảng xếp hạng các xã, phường, đặc khu năm 2026",
        "bảng xếp hạng các xã, phường, đặc khu năm 2027",
        "'Trích'",
        "  ",
    ]

    found = [each.title for each in pages(*(text_sheet("x", "t") for _ in names))]
    tabs = [each.title for each in pages(*(sheet(tab=name or " ") for name in names))]

    assert found == ["Bảng điểm", *(f"Bảng điểm ({number})" for number in range(2, 6))]
    assert tabs == [
        "Khối I sở ban 15",
        "Bảng xếp hạng các xã, phường, đ",
        "bảng xếp hạng các xã, phườn (2)",
        "Trích",
        "1",
    ]


def test_the_same_values_make_the_same_bytes():
    assert bytes_of(sheet()) == bytes_of(sheet())


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="zip"):
        bytes_of(sheet(("Sở Y tế",)))
    with pytest.raises(ValueError, match="zip"):
        csv_rows("vi", ("Sở Y tế",))


def test_rows_beyond_the_end_of_a_sheet_are_not_lost_in_silence(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 6)

    with pytest.raises(ValueError, match="ends after 6 rows"):
        bytes_of(sheet())


def many(number: int) -> Iterator[Sequence[Cell]]:
    return ((f"Xã {at}", Decimal(at).scaleb(-2), at, None) for at in range(number))


def peak(number: int, folder: Path) -> int:
    """Bytes at the peak while so many rows go into files."""
    tracemalloc.start()
    with (folder / "many.xlsx").open("wb") as out:
        to_xlsx([sheet(rows=many(number))], out)
    for _ in to_csv(language(), sheet(rows=many(number))):
        pass
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_memory_does_not_grow_with_the_rows(tmp_path):
    # the first file loads modules and fills caches
    peak(10, tmp_path)

    few, lots = peak(1_500, tmp_path), peak(6_000, tmp_path)

    assert lots < few + 60_000


def test_csv_for_viet_nam_has_semicolons_and_decimal_commas():
    data = b"".join(to_csv(language("vi"), sheet()))

    assert data.decode() == (
        "\ufeffĐơn vị;Điểm;Hạng;Ngày nộp\r\n"
        "Sở Y tế;95,20;1;05/11/2026\r\n"
        "Sở Nội vụ;;;\r\n"
        "Cộng;95,20;;\r\n"
    )


def test_csv_in_english_has_commas_and_decimal_points():
    data = b"".join(to_csv(language("en"), sheet(ROWS[0])))

    assert data.decode().splitlines()[1] == "Sở Y tế,95.20,1,2026-11-05"


def test_csv_rounds_nothing_away():
    rows = csv_rows("vi", ("a", Decimal("2.625"), 1, None), ("b", Decimal(100), 1, None))

    assert [row[1] for row in rows[1:]] == ["2,625", "100,00"]


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@SUM(A1)", "\t=1", "\r=1"])
@pytest.mark.parametrize("code", ["vi", "en"])
def test_no_cell_or_head_of_a_csv_runs_as_a_formula(text, code):
    rows = csv_rows(code, (text,), columns=(Column(text),))

    assert {cell[0] for row in rows for cell in row} == {"'"}


@pytest.mark.parametrize("code", ["vi", "en"])
def test_cells_with_separators_quotes_and_lines_are_read_back_whole(code):
    text = 'Sở "A"; B, C\nD'

    rows = csv_rows(code, (text,), columns=(Column("Tên"),))

    assert rows[1] == [text]


def test_a_long_csv_comes_in_pieces():
    pieces = list(to_csv(language(), sheet(rows=many(10_000))))

    assert len(pieces) > 2
    assert b"".join(pieces).count(b"\r\n") == 10_001


@pytest.mark.parametrize(("number", "places"), [("2.50", 2), ("1E+2", 0), ("7", 0), ("NaN", 0)])
def test_decimals_are_counted_as_written(number, places):
    assert max(decimals_of(Decimal(number)), 0) == places


def test_a_file_says_who_took_it_out_and_when():
    made = Made(datetime(2026, 12, 1, 8, 5, tzinfo=UTC), "Sở Nội vụ")

    assert made_note(language(), made) == "Sở Nội vụ xuất tệp lúc 08:05 ngày 01/12/2026"
    assert made_note(language("en"), made) == "Taken out at 08:05 on 01/12/2026 by Sở Nội vụ"
