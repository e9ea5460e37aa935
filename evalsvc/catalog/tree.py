"""YAML text to a tree of plain values in which every key and value knows its place.

Every scalar stays text: what it means is decided by the key under which it stands, so that no
number ever passes through a float and the code 1.10 does not become 1.1.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

import yaml

from evalsvc.catalog.faults import START, Fault, Faulty, Place
from evalsvc.domain.errors import Fact, Flaw, Path

MOST_BYTES = 1_000_000
MOST_VALUES = 30_000
MOST_DEPTH = 24
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff"
    "\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069]"
)
_TAB_INDENT = re.compile(r"^ *\t", re.MULTILINE)


class Mapping(dict[str, object]):
    """A mapping of the file, with the path at which it stands."""

    path: Path = ()


class Sequence(list[object]):
    path: Path = ()


@dataclass(slots=True)
class Places:
    """Where keys and values stand, by path."""

    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)

    def of(self, path: Path, *, key: bool = False) -> Place:
        """The place of a path, or of the nearest thing around it."""
        if not key and path in self.values:
            return self.values[path]
        while path:
            found = self.keys.get(path) or self.values.get(path)
            if found is not None:
                return found
            path = path[:-1]
        return START


@dataclass(frozen=True, slots=True)
class File:
    """A file read as YAML. `faults` are those that left a usable tree."""

    name: str
    text: str
    root: object
    places: Places
    faults: tuple[Fault, ...]

    @property
    def sha256(self) -> str:
        return sha256(self.text.encode()).hexdigest()

    def fault(self, flaw: Flaw, *, key: bool = False) -> Fault:
        place = self.places.of(flaw.path, key=key)
        return Fault(flaw.message, self.name, place, flaw.path, flaw.facts)


def read(
    name: str, content: bytes, most_bytes: int = MOST_BYTES, most_values: int = MOST_VALUES
) -> File:
    """Raises Faulty when there is no tree to work with; the limits are those of a criteria file."""
    text = text_of(name, content, most_bytes)
    places = Places()
    faults: list[Fault] = []
    root = _Builder(name, places, faults, most_values).build(text)
    return File(name, text, root, places, tuple(faults))


def text_of(name: str, content: bytes, most: int = MOST_BYTES) -> str:
    """UTF-8, NFC, LF, one final newline: the text that is hashed and stored."""
    if len(content) > most:
        raise Faulty([Fault("file-too-large", name, START, facts={"most": most})])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Faulty([Fault("not-utf-8", name, Place(line, 1))]) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for message, pattern in (("control-character", _FORBIDDEN), ("tab-indent", _TAB_INDENT)):
        if match := pattern.search(text):
            place = _place_at(text, match.end() - 1)
            character = _name(text[match.end() - 1])
            raise Faulty([Fault(message, name, place, facts={"character": character})])
    return unicodedata.normalize("NFC", text).rstrip("\n") + "\n"


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"


def _place_at(text: str, offset: int) -> Place:
    line = text.count("\n", 0, offset) + 1
    return Place(line, offset - (text.rfind("\n", 0, offset) + 1) + 1)


def _line_before(lines: list[str], line: int) -> int:
    """The nearest line above that says something, or the line itself where there is none."""
    for above in range(line - 1, 0, -1):
        if (text := lines[above - 1].strip()) and not text.startswith("#"):
            return above
    return line


class _Mark(Protocol):
    line: int
    column: int


def _place(mark: _Mark | None) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark else START


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being filled; `key` is set between a key and its value."""

    into: Mapping | Sequence
    path: Path
    key: str | None = None
    double: bool = False


class _Builder:
    """Fills the tree from the stream of YAML events, without recursion: depth is bounded."""

    def __init__(
        self, name: str, places: Places, faults: list[Fault], most_values: int = MOST_VALUES
    ) -> None:
        self.name = name
        self.values_left = most_values
        self.places = places
        self.faults = faults
        self.open: list[_Open] = []
        self.closed: Place | None = None
        self.root: object = None
        self.documents = 0

    def build(self, text: str) -> object:
        try:
            for event in yaml.parse(text, Loader=_LOADER):
                self._take(event)
        except yaml.MarkedYAMLError as error:
            raise Faulty([*self.faults, self._not_yaml(error, text.split("\n"))]) from None
        return self.root

    def _not_yaml(self, error: yaml.MarkedYAMLError, lines: list[str]) -> Fault:
        """YAML stumbles where it can go no further; the slip is often in the block before."""
        place = _place(error.problem_mark)
        facts: dict[str, Fact] = {"problem": error.problem or ""}
        also = self.closed or Place(_line_before(lines, place.line), 1)
        return Fault("not-yaml", self.name, place, (), facts, also)

    def _take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._start(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.closed = self.places.values[self.open.pop().path]
        elif isinstance(event, yaml.AliasEvent):
            self._stop("alias", event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop("more-than-one-document", event)

    def _stop(self, message: str, event: yaml.Event, **facts: Fact) -> None:
        place = _place(event.start_mark)
        raise Faulty([*self.faults, Fault(message, self.name, place, (), facts)])

    def _start(self, event: yaml.CollectionStartEvent) -> None:
        self._refuse_extras(event)
        if len(self.open) >= MOST_DEPTH:
            self._stop("too-deep", event)
        if self.open and isinstance(self.open[-1].into, Mapping) and self.open[-1].key is None:
            self._stop("key-is-not-text", event)
        into = Mapping() if isinstance(event, yaml.MappingStartEvent) else Sequence()
        into.path = self._put(into, event)
        self.open.append(_Open(into, into.path))

    def _refuse_extras(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        self.values_left -= 1
        if self.values_left < 0:
            self._stop("too-many-values", event)
        if event.anchor is not None:
            self._stop("alias", event)
        if event.tag is not None and event.tag != "!":
            self._stop("tag-in-yaml", event)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._refuse_extras(event)
        if match := _FORBIDDEN.search(event.value):
            self._stop("control-character", event, character=_name(match[0]))
        top = self.open[-1] if self.open else None
        if top is not None and isinstance(top.into, Mapping) and top.key is None:
            self._key(top, event)
        else:
            plain_nothing = event.implicit[0] and event.value in ("", "~", "null")
            self._put(None if plain_nothing else event.value, event)

    def _key(self, top: _Open, event: yaml.ScalarEvent) -> None:
        top.key = event.value
        path = (*top.path, event.value)
        top.double = path in self.places.keys
        if top.double:
            facts = {"key": event.value, "line": self.places.keys[path].line}
            place = _place(event.start_mark)
            self.faults.append(Fault("duplicate-key", self.name, place, path, dict(facts)))
        else:
            self.places.keys[path] = _place(event.start_mark)

    def _put(self, value: object, event: yaml.Event) -> Path:
        """Place a value where it belongs; of a doubled key the first value stays."""
        place = _place(event.start_mark)
        if not self.open:
            self.root = value
            self.places.values[()] = place
            return ()
        top = self.open[-1]
        if isinstance(top.into, Sequence):
            path: Path = (*top.path, len(top.into))
            top.into.append(value)
        else:
            key = top.key or ""
            # a doubled value is read under a path of its own, so that it hides nothing
            path = (*top.path, f"{key}#2" if top.double else key)
            if not top.double:
                top.into[key] = value
            top.key = None
        self.places.values.setdefault(path, place)
        return path


def walk(root: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Every value with its path, from the top."""
    yield path, root
    if isinstance(root, Mapping):
        for key, value in root.items():
            yield from walk(value, (*path, key))
    elif isinstance(root, Sequence):
        for index, value in enumerate(root):
            yield from walk(value, (*path, index))
