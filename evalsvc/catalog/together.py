"""Sets that read the results of other sets: what they name has to exist there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath

from evalsvc.catalog import shelf, tree
from evalsvc.catalog.faults import Fault, Faulty
from evalsvc.catalog.sets import Checked, load
from evalsvc.domain.criteria import CriteriaSet
from evalsvc.domain.errors import Flaw, Path, flaw


@dataclass(frozen=True, slots=True)
class _Reading:
    """A place that reads children's results; `bands` are codes with the place of each."""

    path: Path
    set: object
    kind_key: str
    kind: object
    bands: tuple[tuple[Path, object], ...]


@dataclass(slots=True)
class _Library:
    """Sets by code: those that were checked, and files near them, which are read when asked for."""

    checked: Mapping[str, Checked]
    nearby: Mapping[str, FilePath]
    loaded: dict[str, CriteriaSet | None] = field(default_factory=dict)

    @property
    def codes(self) -> list[str]:
        return sorted({*self.checked, *self.nearby})

    def get(self, code: str) -> CriteriaSet | None:
        """None where the set has faults of its own: nothing is said about it twice."""
        if code in self.checked:
            found = self.checked[code]
            return None if found.faults else found.set
        if code not in self.loaded:
            self.loaded[code] = _loaded(self.nearby[code])
        return self.loaded[code]


def _loaded(path: FilePath) -> CriteriaSet | None:
    try:
        return load(str(path), shelf.content(path))
    except (Faulty, OSError):
        return None


def reads_others(checked: Sequence[Checked]) -> bool:
    return any(True for each in checked for _ in _readings(each.file.root))


def faults(checked: Sequence[Checked], nearby: Mapping[str, FilePath]) -> Iterator[Fault]:
    """Faults of what the files name in other sets, which are looked for near them too."""
    by_code = {_code(each): each for each in checked}
    library = _Library(by_code, nearby)
    for each in checked:
        for reading in _readings(each.file.root):
            for found in _flaws(reading, library):
                yield each.file.fault(found)
    yield from _circles(by_code)


def _code(checked: Checked) -> str:
    root = checked.file.root
    return str(root.get("code", "")) if isinstance(root, tree.Mapping) else ""


def _readings(root: object) -> Iterator[_Reading]:
    """Lines of kind children, and gates on children, as they stand in the file."""
    for path, value in tree.walk(root):
        if not isinstance(value, tree.Mapping) or "set" not in value or not path:
            continue
        if path[0] == "groups" and "of-kind" in value:
            key = "of-kind"
        elif path[0] == "gates" and "children" in value:
            key = "children"
        else:
            continue
        yield _Reading(path, value["set"], key, value.get(key), tuple(_bands(path, value)))


def _bands(path: Path, value: tree.Mapping) -> Iterator[tuple[Path, object]]:
    bands, child = value.get("bands"), value.get("child")
    if isinstance(bands, tree.Sequence):
        for index, band in enumerate(bands):
            yield (*path, "bands", index), band
    if isinstance(child, tree.Sequence):
        for index, level in enumerate(child):
            if isinstance(level, tree.Mapping) and "band" in level:
                yield (*path, "child", index, "band"), level["band"]


def _flaws(reading: _Reading, library: _Library) -> Iterator[Flaw]:
    if not isinstance(reading.set, str) or not isinstance(reading.kind, str):
        return
    if reading.set not in library.codes:
        yield flaw("no-such-set", *reading.path, "set", text=reading.set, choices=library.codes)
        return
    if (criteria := library.get(reading.set)) is None:
        return
    if (kind := criteria.kind(reading.kind)) is None:
        choices = [each.code for each in criteria.kinds]
        where = (*reading.path, reading.kind_key)
        yield flaw("no-such-kind", *where, text=reading.kind, choices=choices)
        return
    bands = [band.code for band in criteria.ladders[kind.column]]
    for path, band in reading.bands:
        if isinstance(band, str) and band not in bands:
            yield flaw("no-such-band", *path, text=band, choices=bands)


def _circles(checked: Mapping[str, Checked]) -> Iterator[Fault]:
    """A set may not wait for its own results, not even by way of others."""
    reads = {
        code: [(each.path, str(each.set)) for each in _readings(one.file.root)]
        for code, one in checked.items()
    }
    for code, one in checked.items():
        for path, other in reads[code]:
            if way := _way(reads, other, code, (code,)):
                yield one.file.fault(flaw("sets-read-each-other", *path, "set", sets=list(way)))


def _way(
    reads: Mapping[str, list[tuple[Path, str]]], here: str, goal: str, past: tuple[str, ...]
) -> tuple[str, ...]:
    """The codes from a set back to itself, or nothing."""
    if here == goal:
        return (*past, here)
    if here in past:
        return ()
    ways = (_way(reads, code, goal, (*past, here)) for _, code in reads.get(here, ()))
    return next((way for way in ways if way), ())
