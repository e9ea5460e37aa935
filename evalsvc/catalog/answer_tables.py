"""Answers of many units in one table (CSV): each row becomes a file of its own, with its places."""

import csv
import io
from collections.abc import Iterator

from evalsvc.catalog import tree
from evalsvc.catalog.faults import START, Fault, Faulty, Place
from evalsvc.domain.assessment import Stage
from evalsvc.domain.errors import Path, Refused
from evalsvc.domain.readings import NOT_APPLICABLE_MARK
from evalsvc.domain.scales.choice import read_yes_no

MOST_BYTES = 50_000_000
REASON_MARK = "//"
CONCLUDED = "concluded"
_STAGES = tuple(stage.value for stage in Stage)
_OWN_KEYS = ("unit", "name", "submitted", "flags", CONCLUDED)
_MARKS = (("points ", "points"), (NOT_APPLICABLE_MARK, "not-applicable"))


def rows(name: str, content: bytes, service_lines: frozenset[str]) -> Iterator[tree.File]:
    """One answers file for each row; `service_lines` go under `official`."""
    text = tree.text_of(name, content, MOST_BYTES)
    first_line = text.partition("\n")[0]
    delimiter = ";" if first_line.count(";") > first_line.count(",") else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    try:
        header = [cell.strip() for cell in next(reader)]
        _demand_header(name, header)
        line = reader.line_num
        for cells in reader:
            if any(cell.strip() for cell in cells):
                _demand_width(name, header, cells, Place(line + 1, 1))
                yield _file(name, text, header, cells, (line + 1, service_lines))
            line = reader.line_num
    except csv.Error as error:
        place = Place(reader.line_num, 1)
        raise Faulty([Fault("not-csv", name, place, facts={"problem": str(error)})]) from None


def _demand_header(name: str, header: list[str]) -> None:
    for at, title in enumerate(header):
        if title in header[:at]:
            facts: dict[str, object] = {"key": title, "line": 1}
            raise Faulty([Fault("duplicate-key", name, Place(1, at + 1), (title,), facts)])
    for needed in ("unit", "submitted"):
        if needed not in header:
            raise Faulty([Fault("missing-key", name, START, (), {"key": needed})])


def _demand_width(name: str, header: list[str], cells: list[str], place: Place) -> None:
    if len(cells) != len(header):
        facts: dict[str, object] = {"cells": len(cells), "wanted": len(header)}
        raise Faulty([Fault("row-of-other-width", name, place, (), facts)])


def _file(
    name: str, text: str, header: list[str], cells: list[str], at: tuple[int, frozenset[str]]
) -> tree.File:
    line, service_lines = at
    places = tree.Places()
    places.values |= dict.fromkeys([(), ("unit",), ("submitted",)], Place(line, 1))
    root = tree.Mapping({"format": "1", "answers": tree.Mapping(), "official": tree.Mapping()})
    for column, (title, cell) in enumerate(zip(header, cells, strict=True), start=1):
        if cell.strip():
            place = Place(line, column)
            try:
                path = _put(root, title, cell.strip(), service_lines)
            except Refused as error:
                facts = error.facts
                raise Faulty([Fault(error.message, name, place, (title,), facts)]) from None
            places.values[path] = places.keys[path] = place
    _name_paths(root)
    return tree.File(name, text, root, places, ())


def _put(root: tree.Mapping, title: str, cell: str, service_lines: frozenset[str]) -> Path:
    stage, _, code = title.partition(" ")
    if title == CONCLUDED:
        if read_yes_no(cell).yes:
            _part(root, Stage.FINAL)
        return (Stage.FINAL.value,)
    if title == "flags":
        root[title] = _flags(cell)
    elif title in _OWN_KEYS:
        root[title] = cell
    elif stage in _STAGES and code:
        _part(root, stage)[code.strip()] = _mark(cell)
        return (stage, code.strip())
    else:
        part = "official" if title in service_lines else "answers"
        _part(root, part)[title] = cell
        return (part, title)
    return (title,)


def _part(root: tree.Mapping, key: str) -> tree.Mapping:
    part = root.setdefault(str(key), tree.Mapping())
    if not isinstance(part, tree.Mapping):
        raise TypeError(key)
    return part


def _mark(cell: str) -> tree.Mapping:
    """`12/20 // reason`, `points 1,5 // reason`, `refuse // reason`, `n/a code // reason`."""
    said, _, reason = (part.strip() for part in cell.partition(REASON_MARK))
    mark = tree.Mapping()
    way, text = next(
        ((key, said.removeprefix(start)) for start, key in _MARKS if said.startswith(start)),
        ("answer", said),
    )
    if said == "refuse":
        way, text = "refuse", "yes"
    mark[way] = text.strip()
    if reason:
        mark["reason"] = reason
    return mark


def _flags(cell: str) -> tree.Sequence:
    """`diem-nong 12/KL-UBND 01/12/2019; …`"""
    flags = tree.Sequence()
    for part in cell.split(";"):
        words = part.split()
        flags.append(
            tree.Mapping(
                {"flag": words[0], "document": " ".join(words[1:-1]), "date": words[-1]}
                if words
                else {}
            )
        )
    return flags


def _name_paths(root: tree.Mapping) -> None:
    for path, value in tree.walk(root):
        if isinstance(value, tree.Mapping | tree.Sequence):
            value.path = path
