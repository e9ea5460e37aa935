"""Sheets as an XLSX file with real numbers, written row by row and ready to print."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, BinaryIO

import xlsxwriter  # type: ignore[import-untyped]

from evalsvc.exports.tables import Cell, Column, ColumnKind, Sheet, Strong

ZIP_EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001 - the property of the file has no zone
"""The day that the parts of the archive carry: the same values make the same bytes."""

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
MOST_ROWS = 1_048_576
LONGEST_TEXT = 32_767
LONGEST_TAB = 31
PAPER_A4 = 9

Look = Mapping[str, object]
"""Properties of a format, as XlsxWriter calls them."""

TITLE = {"bold": True, "font_size": 14}
HEAD = {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1, "bg_color": "#E7EEEC"}
DAY = {"num_format": "dd/mm/yyyy", "valign": "top"}
_NOT_IN_TABS = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class _Formats:
    """The formats of a book, each made once: XlsxWriter is slow where two of them are equal."""

    book: Any
    made: dict[tuple[tuple[str, object], ...], Any] = field(default_factory=dict)

    def of(self, look: Look) -> Any:
        key = tuple(look.items())
        if key not in self.made:
            self.made[key] = self.book.add_format(look)
        return self.made[key]


def to_xlsx(sheets: Iterable[Sheet], out: BinaryIO, made: datetime = ZIP_EPOCH) -> None:
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        book.set_properties({"created": made})
        formats = _Formats(book)
        taken: set[str] = set()
        for sheet in sheets:
            page = book.add_worksheet(_tab(sheet.tab or sheet.title, taken))
            _write(page, sheet, formats)


def _write(page: Any, sheet: Sheet, formats: _Formats) -> None:
    page.write_string(0, 0, _text(sheet.title), formats.of(TITLE))
    for at, note in enumerate(sheet.notes, 1):
        page.write_string(at, 0, _text(note))
    head = len(sheet.notes) + 2
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
        page.write_string(head, at, _text(column.title), formats.of(HEAD))
    last = _write_rows(page, sheet, head, formats)
    page.autofilter(head, 0, last, len(sheet.columns) - 1)
    page.freeze_panes(head + 1, sheet.frozen)
    _for_paper(page, head)


def _for_paper(page: Any, head: int) -> None:
    """A4 lying down, as wide as the paper and as long as it takes, heads on every page."""
    page.set_landscape()
    page.set_paper(PAPER_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)
    page.hide_gridlines(0)  # 0: none are hidden, so they are printed too
    page.set_footer("&C&P/&N")


def _write_rows(page: Any, sheet: Sheet, head: int, formats: _Formats) -> int:
    """The last row written."""
    plain = [formats.of(_look(column)) for column in sheet.columns]
    strong = [formats.of({**_look(column), "bold": True}) for column in sheet.columns]
    last = head
    for row in sheet.rows:
        last += 1
        if last >= MOST_ROWS:
            raise ValueError(f"a sheet of a workbook ends after {MOST_ROWS} rows")
        looks = strong if type(row) is Strong else plain
        _write_row(page, last, zip(row, looks, strict=True), formats)
    return last


def _write_row(page: Any, row: int, cells: Iterable[tuple[Cell, Any]], formats: _Formats) -> None:
    """XlsxWriter writes `%.16G` of a number: of a Decimal these are its own digits.

    Our numbers have at most 9 digits before the comma and 4 after it, so no float comes between.
    """
    for at, (cell, look) in enumerate(cells):
        if isinstance(cell, str):
            if cell:
                page.write_string(row, at, _text(cell), look)
        elif isinstance(cell, date):
            page.write_datetime(row, at, cell, formats.of(DAY))
        elif cell is not None:
            page.write_number(row, at, cell, look)


def _look(column: Column) -> Look:
    match column.kind:
        case ColumnKind.TEXT:
            return {"text_wrap": True, "valign": "top"}
        case ColumnKind.POINTS:
            places = "0" * column.decimals
            return {"num_format": f"0.{places}" if places else "0", "valign": "top"}
        case ColumnKind.WHOLE:
            return {"num_format": "0", "valign": "top"}
        case ColumnKind.DAY:
            return DAY


def _text(text: str) -> str:
    """A text that a cell can hold, and that XlsxWriter does not take for markup of its own."""
    if len(text) > LONGEST_TEXT:
        return f"{text[: LONGEST_TEXT - 1]}…"
    # Written row by row, "<r>…</r>" would go into the XML as it is.
    return f"{text} " if text.startswith("<r>") else text


def _tab(name: str, taken: set[str]) -> str:
    """A name that Excel allows for a tab, and that no other tab has."""
    clean = " ".join(_NOT_IN_TABS.sub(" ", name).split()).strip("'") or "1"
    tab, number = clean[:LONGEST_TAB].rstrip(" '"), 1
    while tab.casefold() in taken:
        number += 1
        ending = f" ({number})"
        tab = clean[: LONGEST_TAB - len(ending)].rstrip() + ending
    taken.add(tab.casefold())
    return tab
