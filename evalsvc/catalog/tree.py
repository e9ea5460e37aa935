"""YAML text to a tree of plain values in which every key and value knows its place.

Every scalar stays text: what it means is decided by the key under which it stands, so that no
number ever passes through a float and the code 1.10 does not become 1.1.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, NoReturn, Protocol

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

Spot = tuple[int, int]
"""Line and column: thousands are noted for each file, and the few that are asked for are Places."""


class Mapping(dict[str, object]):
    """A mapping of the file, with the path at which it stands."""

    path: Path = ()


class Sequence(list[object]):
    path: Path = ()


@dataclass(slots=True)
class Places:
    """Where keys and values stand, by path."""

    keys: dict[Path, Spot] = field(default_factory=dict)
    values: dict[Path, Spot] = field(default_factory=dict)

    def of(self, path: Path, *, key: bool = False) -> Place:
        """The place of a path, or of the nearest thing around it."""
        if not key and path in self.values:
            return Place(*self.values[path])
        while path:
            found = self.keys.get(path) or self.values.get(path)
            if found is not None:
                return Place(*found)
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
    root = _Builder(name, text, places, faults, most_values).build()
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
    # a look for any tab is next to nothing beside a look for indents
    if match := _FORBIDDEN.search(text) or ("\t" in text and _TAB_INDENT.search(text)):
        character = text[match.end() - 1]
        message = "tab-indent" if character == "\t" else "control-character"
        place = _place_at(text, match.end() - 1)
        raise Faulty([Fault(message, name, place, facts={"character": _name(character)})])
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


def _spot(mark: _Mark | None) -> Spot:
    return (mark.line + 1, mark.column + 1) if mark else START


def _place(mark: _Mark | None) -> Place:
    return Place(*_spot(mark))


class _Builder:
    """Makes the tree from the stream of YAML events; it goes no deeper than MOST_DEPTH."""

    def __init__(
        self, name: str, text: str, places: Places, faults: list[Fault], most_values: int
    ) -> None:
        self.name = name
        self.text = text
        self.next_event: Callable[[], Any] = _LOADER(text).get_event
        self.values_left = most_values
        self.places = places
        self.faults = faults
        self.closed: Path | None = None

    def build(self) -> object:
        try:
            return self._document()
        except yaml.MarkedYAMLError as error:
            raise Faulty([*self.faults, self._not_yaml(error)]) from None

    def _not_yaml(self, error: yaml.MarkedYAMLError) -> Fault:
        """YAML stumbles where it can go no further; the slip is often in the block before."""
        place = _place(error.problem_mark)
        facts: dict[str, Fact] = {"problem": error.problem or ""}
        if self.closed is None:
            also = Place(_line_before(self.text.split("\n"), place.line), 1)
        else:
            also = self.places.of(self.closed)
        return Fault("not-yaml", self.name, place, (), facts, also)

    def _stop(self, message: str, event: yaml.Event, **facts: Fact) -> NoReturn:
        place = _place(event.start_mark)
        raise Faulty([*self.faults, Fault(message, self.name, place, (), facts)])

    def _document(self) -> object:
        root: object = None
        documents = 0
        for event in iter(self.next_event, None):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._stop("more-than-one-document", event)
                root = self._value(self.next_event(), ())
        return root

    def _value(self, event: yaml.Event, path: Path) -> object:
        if isinstance(event, yaml.ScalarEvent):
            text = self._text(event)
            self.places.values.setdefault(path, _spot(event.start_mark))
            return None if text in ("", "~", "null") and event.implicit[0] else text
        self._start(event, len(path))
        self.places.values.setdefault(path, _spot(event.start_mark))
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        found = self._mapping(path) if is_mapping else self._sequence(path)
        self.closed = path
        return found

    def _sequence(self, path: Path) -> Sequence:
        found = Sequence()
        found.path = path
        while not isinstance(event := self.next_event(), yaml.SequenceEndEvent):
            found.append(self._value(event, (*path, len(found))))
        return found

    def _mapping(self, path: Path) -> Mapping:
        """Of a doubled key the first value stays."""
        found = Mapping()
        found.path = path
        keys = self.places.keys
        while not isinstance(event := self.next_event(), yaml.MappingEndEvent):
            key = self._key(event, path)
            at = (*path, key)
            if at in keys:
                self._note_double(key, event, at)
                # it is read under a path of its own, so that it hides nothing
                self._value(self.next_event(), (*path, f"{key}#2"))
            else:
                keys[at] = _spot(event.start_mark)
                found[key] = self._value(self.next_event(), at)
        return found

    def _key(self, event: yaml.Event, path: Path) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._start(event, len(path) + 1)
            self._stop("key-is-not-text", event)
        return self._text(event)

    def _note_double(self, key: str, event: yaml.Event, path: Path) -> None:
        facts: dict[str, Fact] = {"key": key, "line": self.places.keys[path][0]}
        self.faults.append(Fault("duplicate-key", self.name, _place(event.start_mark), path, facts))

    def _start(self, event: yaml.Event, depth: int) -> None:
        """What is not text has to be a mapping or a list that may stand here."""
        if not isinstance(event, yaml.CollectionStartEvent):
            self._stop("alias", event)
        self._refuse_extras(event)
        if depth >= MOST_DEPTH:
            self._stop("too-deep", event)

    def _text(self, event: yaml.ScalarEvent) -> str:
        self._refuse_extras(event)
        # the file as a whole was searched before: only an escape can still bring one in
        if event.style == '"' and (match := _FORBIDDEN.search(event.value)):
            self._stop("control-character", event, character=_name(match[0]))
        return event.value

    def _refuse_extras(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        self.values_left -= 1
        if self.values_left < 0:
            self._stop("too-many-values", event)
        if event.anchor is not None:
            self._stop("alias", event)
        if event.tag is not None and event.tag != "!":
            self._stop("tag-in-yaml", event)


def walk(root: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Every value with its path, from the top."""
    yield path, root
    if isinstance(root, Mapping):
        for key, value in root.items():
            yield from walk(value, (*path, key))
    elif isinstance(root, Sequence):
        for index, value in enumerate(root):
            yield from walk(value, (*path, index))
