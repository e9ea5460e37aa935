"""What differs between two criteria sets, by stable code, in words.

Works on the trees of the two files, not on what the engine makes of them: whatever a writer
changed is shown, also where no unit would get another point by it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TypeGuard

from evalsvc.catalog import tree
from evalsvc.domain.codes import code_of

UNDER = ("criteria", "parts")
GROUPS = "groups"
BY_CODE = frozenset({"columns", "kinds", "tags", "flags", "bands"})
BY_COLUMN = frozenset({"most", "cap", "points", "each", "source"})
"""Mappings under these keys have codes of the file for keys, not keys of the format."""


class Code(str):
    """A step that is a code of the file: `to` may be a kind of unit as well as a bound."""

    __slots__ = ()


Keys = tuple[str | int, ...]


class What(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """`code` of the group, criterion or part, empty for the set; `keys` lead from there."""

    what: What
    code: str
    keys: Keys
    old: object = None
    new: object = None


@dataclass(frozen=True, slots=True)
class _Node:
    """A group, criterion or part without what stands under it."""

    under: str
    own: Mapping[str, object]


def changes(old: tree.File, new: tree.File) -> tuple[Change, ...]:
    """Top-level keys first, then lines in the order of the new file, then what was removed."""
    one, other = _mapping(old.root), _mapping(new.root)
    of_set = _of_mappings("", (), _without_groups(one), _without_groups(other))
    return (*of_set, *_lines(one, other))


def _mapping(root: object) -> Mapping[str, object]:
    return root if isinstance(root, tree.Mapping) else {}


def _without_groups(root: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in root.items() if key != GROUPS}


def _lines(old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[Change]:
    before, after = dict(_nodes(old.get(GROUPS))), dict(_nodes(new.get(GROUPS)))
    moved = _moved_lines(before, after)
    for code, node in after.items():
        if code not in before:
            yield Change(What.ADDED, code, (), None, node.own)
            continue
        was = before[code]
        if was.under != node.under or code in moved:
            yield Change(What.MOVED, code, (), was.under, node.under)
        yield from _of_mappings(code, (), was.own, node.own)
    for code, node in before.items():
        if code not in after:
            yield Change(What.REMOVED, code, (), node.own)


def _nodes(items: object, under: str = "") -> Iterator[tuple[str, _Node]]:
    for item in items if isinstance(items, Sequence) else ():
        own = {key: value for key, value in item.items() if key not in UNDER}
        yield item["code"], _Node(under, own)
        for key in UNDER:
            yield from _nodes(item.get(key), item["code"])


def _moved_lines(before: Mapping[str, _Node], after: Mapping[str, _Node]) -> set[str]:
    """Among those that stay under the same group, so that a group does not move its lines."""
    found: set[str] = set()
    for under in {node.under for node in after.values()}:
        one, other = (
            [code for code, node in nodes.items() if node.under == under]
            for nodes in (before, after)
        )
        found |= _moved(one, other)
    return found


def _moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """Codes in both that had to leave their place for the order to become the new one."""
    common = set(old) & set(new)
    before, after = [c for c in old if c in common], [c for c in new if c in common]
    staying: set[str] = set()
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        staying.update(before[block.a : block.a + block.size])
    return common - staying


def _of_values(code: str, keys: Keys, old: object, new: object) -> Iterator[Change]:
    if old == new:
        return
    if isinstance(old, tree.Mapping) and isinstance(new, tree.Mapping):
        yield from _of_mappings(code, keys, old, new)
    elif _are_items(old) and _are_items(new):
        yield from _of_items(code, keys, old, new)
    else:
        yield Change(What.CHANGED, code, keys, old, new)


def _of_mappings(
    code: str, keys: Keys, old: Mapping[str, object], new: Mapping[str, object]
) -> Iterator[Change]:
    step = Code if keys and keys[-1] in BY_CODE | BY_COLUMN else str
    for key in (*new, *(key for key in old if key not in new)):
        here = (*keys, step(key))
        if key not in old:
            yield Change(What.ADDED, code, here, None, new[key])
        elif key not in new:
            yield Change(What.REMOVED, code, here, old[key])
        else:
            yield from _of_values(code, here, old[key], new[key])
    if keys and keys[-1] in BY_CODE:
        for key in sorted(_moved(list(old), list(new))):
            yield Change(What.MOVED, code, (*keys, Code(key)))


def _are_items(value: object) -> TypeGuard[tree.Sequence]:
    return isinstance(value, tree.Sequence) and all(isinstance(e, tree.Mapping) for e in value)


def _of_items(code: str, keys: Keys, old: tree.Sequence, new: tree.Sequence) -> Iterator[Change]:
    """Lists of things: by code where each has one of its own, else by position."""
    before, after = _coded(old), _coded(new)
    if before is None or after is None:
        yield from _by_position(code, keys, old, new)
        return
    moved = _moved(list(before), list(after))
    for name, item in after.items():
        if name not in before:
            yield Change(What.ADDED, code, (*keys, Code(name)), None, item)
            continue
        if name in moved:
            yield Change(What.MOVED, code, (*keys, Code(name)))
        yield from _of_values(code, (*keys, Code(name)), before[name], item)
    for name, item in before.items():
        if name not in after:
            yield Change(What.REMOVED, code, (*keys, Code(name)), item)


def _coded(items: Sequence[object]) -> dict[str, tree.Mapping] | None:
    """Items by code, given or made from the name; None where some have none or share one."""
    found: dict[str, tree.Mapping] = {}
    for item in items:
        name = _own_code(item) if isinstance(item, tree.Mapping) else ""
        if not name or name in found or not isinstance(item, tree.Mapping):
            return None
        found[name] = item
    return found


def _own_code(item: tree.Mapping) -> str:
    if "code" in item:
        return str(item["code"])
    if "treatment" in item:
        return code_of(str(item.get("text", "")))
    return code_of(str(item.get("name", "")))


def _by_position(
    code: str, keys: Keys, old: Sequence[object], new: Sequence[object]
) -> Iterator[Change]:
    """Equal things are matched first, so that one more at the top is one change."""
    before, after = [repr(each) for each in old], [repr(each) for each in new]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, to, stop in matcher.get_opcodes():
        if tag == "equal":
            continue
        paired = min(end - start, stop - to)
        for step in range(paired):
            yield from _of_values(code, (*keys, to + step), old[start + step], new[to + step])
        for at in range(to + paired, stop):
            yield Change(What.ADDED, code, (*keys, at), None, new[at])
        for at in range(start + paired, end):
            yield Change(What.REMOVED, code, (*keys, at), old[at])
