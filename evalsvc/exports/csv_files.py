"""CSV that spreadsheets open as it was meant: BOM, CRLF, no cell that runs as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

BOM = "\ufeff"
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")


def to_csv(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])
    return (BOM + text.getvalue()).encode()


def guarded(cell: str) -> str:
    """A cell that a spreadsheet takes for text."""
    return f"'{cell}" if cell.startswith(FORMULA_MARKS) else cell
