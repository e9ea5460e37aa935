"""Rows of a table (CSV) as people save it: comma or semicolon, each with the line it begins on."""

import csv
import io
from collections.abc import Iterator, Sequence

from evalsvc.catalog.faults import START, Fault, Faulty, Place

Row = tuple[int, list[str]]


def rows(name: str, text: str) -> Iterator[Row]:
    """The header first, then every row that is not empty; raises Faulty where it is no table."""
    first_line = text.partition("\n")[0]
    delimiter = ";" if first_line.count(";") > first_line.count(",") else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    line = 0
    try:
        for cells in reader:
            if line == 0 or any(cell.strip() for cell in cells):
                yield line + 1, [cell.strip() for cell in cells]
            line = reader.line_num
    except csv.Error as error:
        place = Place(reader.line_num, 1)
        raise Faulty([Fault("not-csv", name, place, facts={"problem": str(error)})]) from None


def header_faults(name: str, header: Sequence[str], needed: Sequence[str]) -> Iterator[Fault]:
    for at, title in enumerate(header):
        if title in header[:at]:
            facts: dict[str, object] = {"key": title, "line": 1}
            yield Fault("duplicate-key", name, Place(1, at + 1), (title,), facts)
    for key in needed:
        if key not in header:
            yield Fault("missing-key", name, START, (), {"key": key})


def width_fault(name: str, header: Sequence[str], row: Row) -> Fault | None:
    line, cells = row
    if len(cells) == len(header):
        return None
    facts: dict[str, object] = {"cells": len(cells), "wanted": len(header)}
    return Fault("row-of-other-width", name, Place(line, 1), (), facts)
