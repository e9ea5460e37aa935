"""One slip of the hand in a shipped set: the fault is where the slip is, or the diff shows it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from evalsvc import resources
from evalsvc.catalog import blocks, diff, sets, tree
from evalsvc.catalog.faults import Fault, Faulty
from evalsvc.catalog.line_building import Read, criterion
from evalsvc.domain.criteria import Criterion, Role

SHIPPED = sorted(resources.criteria().glob("*.yaml"))
SLIPS = ("delete", "double", "indent", "misspell")

_KEY = re.compile(r"([^\W_][\w.-]*)(?=:(\s|$))")
_CODE = re.compile(r"\s*- code: \"?([^\s\"]+)")
_CRITERION = re.compile(r"criterion: \"?([^\s\",}]+)")

Span = tuple[int, int]


@dataclass(frozen=True)
class Shipped:
    """A set as it ships; `spans` are the lines of its block items and top-level sections."""

    checked: sets.Checked
    lines: list[str]
    spans: list[Span]

    def around(self, at: int) -> list[Span]:
        """The items that hold a line, the innermost first; the whole file is the last."""
        found = [(start, end) for start, end in self.spans if start <= at <= end]
        return [*sorted(found, key=lambda span: span[1] - span[0]), (0, len(self.lines))]


def shipped(path: Path) -> Shipped:
    content = path.read_bytes()
    lines = content.decode().split("\n")
    root = yaml.compose(content, Loader=yaml.CSafeLoader)
    tops = [key.start_mark.line for key, _ in root.value]
    sections = zip(tops, [*(top - 1 for top in tops[1:]), len(lines) - 1], strict=True)
    spans = [trimmed(lines, span) for span in (*sections, *items_of(root))]
    return Shipped(sets.check(path.name, content), lines, spans)


def items_of(node: yaml.Node) -> Iterator[Span]:
    """Lines from the dash of each item of a block list to its end."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            if not node.flow_style:
                ends = item.end_mark.line - (item.end_mark.column == 0 or is_block(item))
                yield item.start_mark.line, max(item.start_mark.line, ends)
            yield from items_of(item)
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from items_of(value)


def is_block(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and not node.flow_style


def says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def trimmed(lines: list[str], span: Span) -> Span:
    start, end = span
    while end > start and not says_something(lines[end]):
        end -= 1
    return start, end


def slipped(lines: list[str], at: int, slip: str) -> list[str]:
    before, line, after = lines[:at], lines[at], lines[at + 1 :]
    match slip:
        case "delete":
            return before + after
        case "double":
            return [*before, line, line, *after]
        case "indent":
            return [*before, "  " + line, *after]
        case _:
            misspelt = _KEY.sub(lambda found: found[1][0] + "x" + found[1][1:], line, count=1)
            return [*before, misspelt, *after]


def found_in(name: str, text: str) -> tuple[tuple[Fault, ...], sets.Checked | None]:
    try:
        checked = sets.check(name, text.encode())
    except Faulty as error:
        return error.faults, None
    return checked.faults, checked


def unseen(of: Shipped, at: int, slip: str) -> str | None:
    """What a writer would not be told about a slip; None where all is well."""
    lines = slipped(of.lines, at, slip)
    if lines == of.lines:
        return None
    faults, checked = found_in(of.checked.file.name, "\n".join(lines))
    if not faults and checked is not None:
        same = checked.file.root == of.checked.file.root
        shown = same or diff.changes(of.checked.file, checked.file)
        return None if shown else f"{at + 1} {slip}: the diff is silent"
    told = any(is_about(fault, of, at, (slip, lines)) for fault in faults)
    said = [(fault.message, fault.place.line, fault.facts.get("problem")) for fault in faults[:3]]
    return None if told else f"{at + 1} {slip}: {said}"


def is_about(fault: Fault, of: Shipped, at: int, made: tuple[str, list[str]]) -> bool:
    """It points into the item, or it is an example of the criterion that no longer comes out."""
    slip, lines = made
    around = of.around(at)
    gone = slip == "delete" and around[0][0] == around[0][1]
    start, end = around[1] if gone else around[0]
    end += len(lines) - len(of.lines)
    places = [place.line - 1 for place in (fault.place, fault.also) if place is not None]
    if any(start <= place <= end for place in places):
        return True
    owner = [found[1] for span in around if (found := _CODE.match(of.lines[span[0]]))]
    of_example = _CRITERION.search(lines[fault.place.line - 1])
    return fault.path[:1] == ("examples",) and bool(of_example) and of_example[1] in owner


def block_reader() -> Callable[..., Any]:
    known: dict[tuple[object, object], tuple[tree.Mapping, Any]] = {}
    real = blocks.Block._deserialize  # noqa: SLF001 - where marshmallow has fields read

    def remembered(self: blocks.Block, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, tree.Mapping):
            return real(self, value, attr, data, **kwargs)
        key = self.schema, value.path
        if key not in known or known[key][0] != value:
            found = real(self, value, attr, data, **kwargs)
            known.setdefault(key, (value, found))
            return found
        return known[key][1]

    return remembered


def line_builder() -> Callable[..., Criterion]:
    known: dict[object, tuple[Read, Criterion]] = {}

    def remembered(read: Read, columns: Iterable[str], decimals: int, role: Role) -> Criterion:
        key = read.get("path"), tuple(columns), decimals, role
        if key not in known or known[key][0] is not read:
            made = criterion(read, columns, decimals, role)
            known.setdefault(key, (read, made))
            return made
        return known[key][1]

    return remembered


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A block that stands where it stood, as it stood, is what it was: that is read but once.

    Nearly all of a file is as it was before the slip, and reading it takes half of the time. So
    it is with the lines that are made of what was read.
    """
    monkeypatch.setattr(blocks.Block, "_deserialize", block_reader())
    monkeypatch.setattr(sets, "criterion", line_builder())


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_is_read_once_is_read_alike(path: Path) -> None:
    first, second = (sets.check(path.name, path.read_bytes()) for _ in range(2))

    assert second == first


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_slip_of_the_hand_is_found_where_it_is(path: Path, slip: str) -> None:
    of = shipped(path)
    lines = [at for at, line in enumerate(of.lines) if says_something(line)]

    missed = [said for at in lines if (said := unseen(of, at, slip))]

    assert missed == []
