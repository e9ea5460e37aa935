"""Answers of many units in one table (CSV): each row becomes a file of its own, with its places."""

from collections.abc import Iterator

from evalsvc.catalog import csv_rows, tree
from evalsvc.catalog.faults import Fault, Faulty, Place
from evalsvc.domain.assessment import Stage
from evalsvc.domain.errors import Path, Refused
from evalsvc.domain.readings import NOT_APPLICABLE_MARK
from evalsvc.domain.scales.choice import read_yes_no

MOST_BYTES = 50_000_000
REASON_MARK = "//"
CONCLUDED = "concluded"
_STAGES = tuple(stage.value for stage in Stage)
NEEDED = ("unit", "submitted")
_OWN_KEYS = ("unit", "name", "submitted", "flags", CONCLUDED)
_MARKS = (("points ", "points"), (NOT_APPLICABLE_MARK, "not-applicable"))


def rows(name: str, content: bytes, service_lines: frozenset[str]) -> Iterator[tree.File]:
    """One answers file for each row; `service_lines` go under `official`."""
    text = tree.text_of(name, content, MOST_BYTES)
    found = csv_rows.rows(name, text)
    _, header = next(found)
    if faults := list(csv_rows.header_faults(name, header, NEEDED)):
        raise Faulty(faults)
    for line, cells in found:
        if fault := csv_rows.width_fault(name, header, (line, cells)):
            raise Faulty([fault])
        yield _file(name, text, header, cells, (line, service_lines))


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
