"""A table of units (CSV): a row for each, with everything that is wrong with it at once."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from evalsvc.catalog import csv_rows, tree
from evalsvc.catalog.faults import Fault, Faulty, Place
from evalsvc.catalog.fields import CODE
from evalsvc.domain.dates import read_day
from evalsvc.domain.errors import Refused

MOST_BYTES = 50_000_000
NEEDED = ("code", "name", "kind", "block")
COLUMNS = (*NEEDED, "parent", "tags", "order", "from", "until", "predecessors", "exempt")
LIST_MARK = ";"
LONGEST = {"name": 300, "exempt": 500}
LONGEST_LIST = 1_500
HIGHEST_ORDER = 1_000_000
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One row, and the line on which it begins."""

    line: int
    code: str
    name: str
    kind: str
    block: str
    parent: str = ""
    tags: tuple[str, ...] = ()
    order: int = 0
    begins: date | None = None
    ends: date | None = None
    predecessors: tuple[str, ...] = field(default=())
    exempt: str = ""


@dataclass(frozen=True, slots=True)
class _Cell:
    """Where a cell stands, so that what is wrong with it can be told."""

    file: str
    place: Place
    column: str

    def fault(self, message: str, **facts: object) -> Fault:
        return Fault(message, self.file, self.place, (self.column,), facts)


@dataclass(slots=True)
class _Table:
    """What has been read so far, and what is wrong."""

    file: str
    header: Sequence[str]
    rows: list[UnitRow] = field(default_factory=list)
    codes: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def cell(self, line: int, column: str) -> _Cell:
        return _Cell(self.file, Place(line, self.header.index(column) + 1), column)


def read(
    name: str, content: bytes, parents: Mapping[str, str] | None = None
) -> tuple[UnitRow, ...]:
    """`parents`: units that are known already, with the code above each.

    Raises Faulty with everything that is wrong.
    """
    found = csv_rows.rows(name, tree.text_of(name, content, MOST_BYTES))
    _, header = next(found)
    if faults := list(_header_faults(name, header)):
        raise Faulty(faults)
    table = _Table(name, header)
    for line, cells in found:
        _take(table, line, cells)
    table.faults += _link_faults(table, parents or {})
    if table.faults:
        raise Faulty(table.faults)
    return tuple(table.rows)


def _header_faults(name: str, header: Sequence[str]) -> Iterator[Fault]:
    yield from csv_rows.header_faults(name, header, NEEDED)
    for at, title in enumerate(header, start=1):
        if title not in COLUMNS:
            facts: dict[str, object] = {"key": title, "known": list(COLUMNS)}
            yield Fault("unknown-key", name, Place(1, at), (title,), facts)


def _take(table: _Table, line: int, cells: list[str]) -> None:
    if fault := csv_rows.width_fault(table.file, table.header, (line, cells)):
        table.faults.append(fault)
        return
    before = len(table.faults)
    read = {
        column: value
        for column, text in zip(table.header, cells, strict=True)
        if (value := _value(table, table.cell(line, column), text)) is not None
    }
    code = read.get("code", "")
    if code in table.codes:
        cell = table.cell(line, "code")
        table.faults.append(cell.fault("unit-twice", code=code, line=table.codes[code]))
    elif code:
        table.codes[code] = line
    if len(table.faults) == before:
        table.rows.append(_row(line, read))


def _row(line: int, read: Mapping[str, Any]) -> UnitRow:
    return UnitRow(
        line,
        read["code"],
        read["name"],
        read["kind"],
        read["block"],
        read.get("parent", ""),
        read.get("tags", ()),
        read.get("order", 0),
        read.get("from"),
        read.get("until"),
        read.get("predecessors", ()),
        read.get("exempt", ""),
    )


def _value(table: _Table, cell: _Cell, text: str) -> Any:
    """None where nothing is written, or where it cannot be read and a fault says so."""
    if not text:
        if cell.column in NEEDED:
            table.faults.append(cell.fault("cell-empty", key=cell.column))
        return None
    try:
        return _READERS[cell.column](cell.column, text)
    except Refused as refused:
        table.faults.append(cell.fault(refused.message, **refused.facts))
        return None


def _code(_column: str, text: str) -> str:
    if not CODE.fullmatch(text):
        raise Refused("not-a-code", text=text)
    return text


def _codes(column: str, text: str) -> tuple[str, ...]:
    found = tuple(_code(column, part.strip()) for part in text.split(LIST_MARK) if part.strip())
    if len(text) > LONGEST_LIST:
        raise Refused("text-too-long", most=LONGEST_LIST)
    for at, code in enumerate(found):
        if code in found[:at]:
            raise Refused("said-twice", text=code)
    return found


def _words(column: str, text: str) -> str:
    if len(text) > LONGEST[column]:
        raise Refused("text-too-long", most=LONGEST[column])
    return text


def _order(_column: str, text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,7}", text):
        raise Refused("not-whole", text=text)
    if int(text) > HIGHEST_ORDER:
        raise Refused("number-too-great", text=text, greatest=HIGHEST_ORDER)
    return int(text)


def _day(_column: str, text: str) -> date:
    """2025-07-01 as programs write it, or 01/07/2025 as people do."""
    match = _ISO_DAY.fullmatch(text)
    return read_day("/".join(reversed(match.groups())) if match else text)


_READERS: dict[str, Callable[[str, str], Any]] = {
    **dict.fromkeys(("code", "kind", "block", "parent"), _code),
    **dict.fromkeys(("tags", "predecessors"), _codes),
    **dict.fromkeys(("name", "exempt"), _words),
    **dict.fromkeys(("from", "until"), _day),
    "order": _order,
}


def _link_faults(table: _Table, known: Mapping[str, str]) -> Iterator[Fault]:
    """Parents and predecessors that are nowhere, circles, and days in the wrong order."""
    parents = {**known, **{row.code: row.parent for row in table.rows}}
    codes = {**known, **table.codes}
    for row in table.rows:
        yield from _strangers(table, row, codes)
        if _is_own_ancestor(row.code, parents):
            yield table.cell(row.line, "parent").fault("own-parent", code=row.code)
        if row.code in row.predecessors:
            yield table.cell(row.line, "predecessors").fault("own-predecessor", code=row.code)
        if row.begins and row.ends and row.ends < row.begins:
            cell = table.cell(row.line, "until")
            yield cell.fault("unit-ends-first", begins=row.begins, ends=row.ends)


def _strangers(table: _Table, row: UnitRow, known: Collection[str]) -> Iterator[Fault]:
    named = {"parent": (row.parent,) if row.parent else (), "predecessors": row.predecessors}
    for column, codes in named.items():
        for code in codes:
            if code not in known:
                cell = table.cell(row.line, column)
                yield cell.fault("no-such-unit", unit=code, choices=list(known))


def _is_own_ancestor(code: str, parents: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    above = parents.get(code, "")
    while above and above != code and above not in seen:
        seen.add(above)
        above = parents.get(above, "")
    return above == code
