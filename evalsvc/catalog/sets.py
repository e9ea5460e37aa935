"""A criteria file to a CriteriaSet, or to all of its faults at once.

What is sound is built; a criterion that is not gets a stand-in, so that the checks of the whole
set still run. A fault that only follows from another one is left out.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from marshmallow import ValidationError

from evalsvc.catalog import provision_building as building
from evalsvc.catalog import tree
from evalsvc.catalog.blocks import flaws_of, made
from evalsvc.catalog.echoes import prefixes, without_echoes
from evalsvc.catalog.examples import examples_of
from evalsvc.catalog.faults import Fault, Faulty, in_order
from evalsvc.catalog.line_building import Read, by_column, criterion
from evalsvc.catalog.set_schema import SetSchema
from evalsvc.domain import soundness
from evalsvc.domain.criteria import (
    ALWAYS,
    ONLY_COLUMN,
    CeilingIs,
    Compare,
    CriteriaSet,
    Criterion,
    Group,
    Heading,
    Kind,
    Role,
    Validity,
    leaves,
)
from evalsvc.domain.errors import Flaw, Path, Unsound
from evalsvc.domain.places import coded
from evalsvc.domain.scales import YesNo

_T = TypeVar("_T")

DECLARED_IN: dict[str, Path] = {
    "no-such-tag": ("tags",),
    "no-such-flag": ("flags",),
    "no-such-band": ("bands",),
    "no-such-kind": ("kinds",),
    "no-such-column": ("columns",),
    "column-without-kind": ("kinds",),
    "no-such-title": ("titles",),
    "names-nothing": ("groups",),
}
"""Where that which is named would have to stand, by message."""

KEY_MESSAGES = frozenset({"unknown-key"})
"""Messages that are about a key, not about its value."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was read as YAML. `set` is sound only where there are no faults."""

    file: tree.File
    set: CriteriaSet
    faults: tuple[Fault, ...]


def check(name: str, content: bytes) -> Checked:
    """Raises Faulty where the file is not YAML at all."""
    file = tree.read(name, content)
    if not isinstance(file.root, tree.Mapping):
        raise Faulty([file.fault(Flaw("file-not-a-mapping"))])
    read, flaws = _shape(file.root)
    built = _Builder(file.root, read, flaws).set_of(file.sha256)
    if built is not None:
        flaws += without_echoes(list(soundness.flaws(built)), flaws)
        if not flaws and not file.faults:
            flaws += examples_of(built, read.get("examples", ()))
    stand_in = built or CriteriaSet("", "", "", (), (), {})
    shown = [_fault(file, each, stand_in) for each in flaws]
    return Checked(file, stand_in, in_order([*file.faults, *shown]))


def _fault(file: tree.File, flaw: Flaw, criteria: CriteriaSet) -> Fault:
    """The fault of a flaw; of a name that names nothing also where such names stand."""
    fault = file.fault(flaw, key=flaw.message in KEY_MESSAGES)
    section: Path = DECLARED_IN.get(flaw.message, ())
    if flaw.message in ("no-such-item", "no-such-answer"):
        codes = {code: path for path, code in coded(criteria)}
        section = codes.get(str(flaw.facts.get("line")), ())
    if section and section not in file.places.keys and section not in file.places.values:
        named = flaw.facts.get("text")  # it may have slipped into another section
        section = next((path for path in file.places.keys if path[-1] == named), ())
    return replace(fault, also=file.places.of(section)) if section else fault


def load(name: str, content: bytes) -> CriteriaSet:
    """The set of a sound file; raises Faulty with all faults of any other."""
    checked = check(name, content)
    if checked.faults:
        raise Faulty(checked.faults)
    return checked.set


def _shape(root: tree.Mapping) -> tuple[Read, list[Flaw]]:
    try:
        return made(SetSchema).load(root), []
    except ValidationError as error:
        return dict(error.valid_data or {}), flaws_of(error.messages)


class _Builder:
    """Builds what can be built; flaws met on the way join those of the shape."""

    def __init__(self, root: tree.Mapping, read: Read, flaws: list[Flaw]) -> None:
        self.root = root
        self.read = read
        self.flaws = flaws
        self.around_broken = {path for each in flaws for path in prefixes(each.path)}
        self.by_path = dict(_by_path(read.get("groups", ())))
        self.columns: dict[str, str] = read.get("columns") or {ONLY_COLUMN: ""}
        self.decimals = int(read.get("decimals", "2"))

    def is_clean(self, path: Path) -> bool:
        return path not in self.around_broken

    def kept(self, path: Path, make: Callable[[], _T]) -> _T | None:
        """What `make` makes, or None with its flaws noted under the path."""
        if not self.is_clean(path):
            return None
        try:
            return make()
        except Unsound as error:
            self.flaws += [each.under(*path) for each in error.flaws]
            return None

    def set_of(self, sha256: str) -> CriteriaSet | None:
        read = self.read
        ladders = self._ladders()
        if not (kinds := self._kinds()) or not ladders or not read.get("groups"):
            return None
        groups = tuple(self._group(index, each) for index, each in enumerate(self._raw("groups")))
        codes = {child.code for group in groups for child in _lines(group)}
        return CriteriaSet(
            read.get("code", ""),
            read.get("version", ""),
            read.get("title", ""),
            kinds,
            groups,
            ladders,
            columns=self.columns,
            scale=read.get("scale", Decimal(100)),
            decimals=self.decimals,
            fit=read.get("fit"),
            ceiling=self._ceiling(),
            compare=read.get("compare", Compare.SCALE),
            bonus_cap=read.get("bonus_cap"),
            tags=read.get("tags", {}),
            flags=read.get("flags", {}),
            ties=tuple(read.get("ties", ())),
            gates=self._each("gates", building.gate),
            rules=self._each("rules", lambda rule: building.rule(rule, codes)),
            quotas=self._each("quotas", building.quota),
            titles=self._each("titles", building.title),
            targets=self._each("targets", building.target),
            years=self._years(),
            issuer=read.get("issuer", ""),
            legal_basis=self._each("legal_basis", building.document),
            based_on=self._each("based_on", building.document),
            decided=self._each("decided", building.decided),
            sha256=sha256,
        )

    def _raw(self, key: str) -> Sequence[Any]:
        found = self.root.get(key.replace("_", "-"))
        return found if isinstance(found, tree.Sequence) else ()

    def _each(self, key: str, make: Callable[[Read], _T]) -> tuple[_T, ...]:
        made = []
        for item in self.read.get(key, ()):
            path = item["path"]
            one = self.kept(path, lambda item=item: make(item))  # type: ignore[misc]
            if one is not None:
                made.append(one)
        return tuple(made)

    def _ceiling(self) -> Any:
        if "ceiling" not in self.read:
            return CeilingIs.UNIT_SCALE
        return CeilingIs.NONE if self.read["ceiling"] is None else self.read["ceiling"]

    def _years(self) -> Validity:
        years = self.read.get("years")
        return Validity(years.get("from_"), years.get("until")) if years else ALWAYS

    def _kinds(self) -> tuple[Kind, ...]:
        only = next(iter(self.columns)) if len(self.columns) == 1 else ""
        return tuple(
            Kind(code, each.get("name", ""), each.get("column", only))
            for code, each in self.read.get("kinds", {}).items()
        )

    def _ladders(self) -> dict[str, Any]:
        bands = self.read.get("bands")
        if not bands or not self.is_clean(("bands",)):
            return {}
        if isinstance(bands, dict):
            missing = [column for column in self.columns if column not in bands]
            strange = [column for column in bands if column not in self.columns]
            for column in missing or strange:
                known = list(self.columns)
                facts: dict[str, object] = {"text": column, "choices": known}
                message = "ladder-missing" if missing else "no-such-column"
                self.flaws.append(Flaw(message, ("bands",), facts))
            return {column: building.ladder(each) for column, each in bands.items()}
        return dict.fromkeys(self.columns, building.ladder(bands))

    def _group(self, index: int, raw: object) -> Group:
        path: Path = ("groups", index)
        read = self.by_path.get(path, {})
        role = read.get("as_", Role.SCALE)
        lines = raw.get("criteria") if isinstance(raw, tree.Mapping) else None
        children = tuple(
            self._child((*path, "criteria", at), role)
            for at in range(len(lines) if isinstance(lines, tree.Sequence) else 0)
        )
        most, cap = self._numbers(read, path, "most"), self._numbers(read, path, "cap")
        return Group(read.get("code", f"?{path}"), read.get("name", ""), children, most, cap)

    def _numbers(self, read: Read, path: Path, key: str) -> dict[str, Decimal]:
        self._demand_columns(read.get(key), (*path, key))
        return by_column(read.get(key), self.columns)

    def _demand_columns(self, value: object, path: Path, *, every: bool = True) -> None:
        if not isinstance(value, dict):
            return
        for column in value:
            if column not in self.columns:
                facts: dict[str, object] = {"text": column, "choices": list(self.columns)}
                self.flaws.append(Flaw("no-such-column", (*path, column), facts))
        if every:
            for column in self.columns:
                if column not in value:
                    self.flaws.append(Flaw("column-not-said", path, {"column": column}))

    def _child(self, path: Path, role: Role) -> Criterion | Heading:
        read = self.by_path.get(path, {})
        if "parts" not in read:
            return self._criterion(path, read, role)
        parts = tuple(
            self._criterion(each["path"], each, role) for each in read["parts"] if "path" in each
        )
        most = self._numbers(read, path, "most")
        return Heading(read.get("code", f"?{path}"), read.get("name", ""), most, parts)

    def _criterion(self, path: Path, read: Read, role: Role) -> Criterion:
        role = read.get("as_", role)
        self._demand_columns(read.get("most"), (*path, "most"))
        self._demand_columns(read.get("source"), (*path, "source"), every=False)
        made = self.kept(path, lambda: criterion(read, self.columns, self.decimals, role))
        return made or self._stand_in(path, read, role)

    def _stand_in(self, path: Path, read: Read, role: Role) -> Criterion:
        most = by_column(read.get("most"), self.columns)
        scales = {column: YesNo(Fraction(number)) for column, number in most.items()}
        return Criterion(read.get("code", f"?{path}"), read.get("name", ""), scales, role=role)


def _by_path(groups: Iterable[Read]) -> Iterator[tuple[Path, Read]]:
    """Groups and their criteria as far as they could be read, by the place where they stand."""
    for group in groups:
        for read in (group, *group.get("criteria", ())):
            if "path" in read:
                yield read["path"], read


def _lines(group: Group) -> Iterator[Criterion]:
    return leaves(group)
