"""Answers files to assessments: each answer is read by the scale of its line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from evalsvc.catalog import tree
from evalsvc.catalog.answers_schema import AnswersSchema
from evalsvc.catalog.blocks import flaws_of
from evalsvc.catalog.faults import Faulty
from evalsvc.catalog.sets import KEY_MESSAGES
from evalsvc.domain.answers import UNANSWERED, NotApplicable, Value
from evalsvc.domain.assessment import Assessment, Flag, Mark, Stage, values
from evalsvc.domain.criteria import GivenBy
from evalsvc.domain.errors import Flaw, Path, Refused, flaw
from evalsvc.domain.forms import Entry, Form
from evalsvc.domain.lines import Layer, line_score, settled
from evalsvc.domain.readings import read_by_hand, read_not_applicable, read_value

_Read = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answers:
    """An answers file of sound shape, not yet held against a sheet."""

    file: tree.File
    read: _Read

    @property
    def unit(self) -> str:
        return str(self.read["unit"])


def answers(file: tree.File) -> Answers:
    """Raises Faulty with everything that is wrong with the shape."""
    if not isinstance(file.root, tree.Mapping):
        raise Faulty([file.fault(Flaw("file-not-a-mapping"))])
    if file.faults:
        raise Faulty(file.faults)
    try:
        return Answers(file, AnswersSchema().load(file.root))
    except ValidationError as error:
        found = flaws_of(error.messages)
        raise Faulty(file.fault(each, key=each.message in KEY_MESSAGES) for each in found) from None


def assessment(of: Answers, form: Form) -> Assessment:
    """What the file says about a unit's sheet; raises Faulty with all that does not fit it."""
    reader = _Reader(of, form)
    made = reader.assessment()
    if not reader.flaws:
        reader.flaws += _lowered_by_explanation(made, form)
    if reader.flaws:
        raise Faulty(of.file.fault(each) for each in reader.flaws)
    return made


class _Reader:
    def __init__(self, of: Answers, form: Form) -> None:
        self.read = of.read
        self.form = form
        self.entries = {entry.code: entry for entry in form.entries()}
        self.flaws: list[Flaw] = []

    def assessment(self) -> Assessment:
        self._agree_with_form()
        claims = dict(self._claims("answers")) | dict(self._claims("official"))
        stages = frozenset(stage for stage in Stage if stage.value in self.read)
        marks = tuple(self._all_marks(claims))
        flags = tuple(self._flags())
        return Assessment(
            self.read["unit"], self.read.get("submitted"), claims, marks, stages, flags
        )

    def _agree_with_form(self) -> None:
        """What a file repeats about its unit is the same as where it is scored."""
        form = self.form
        same = {
            "set": form.set.code,
            "version": form.set.version,
            "kind": form.kind.code,
            "year": form.year,
            "half": "" if form.half is None else str(form.half),
            "tags": sorted(form.tags),
        }
        for key, here in same.items():
            said = self.read.get(key, here)
            if (sorted(said) if key == "tags" else said) != here:
                self.flaws.append(flaw("not-the-same", key, said=said, here=here))

    def _entry(self, code: str, *path: str) -> Entry | None:
        entry = self.entries.get(code)
        if entry is None:
            known = list(self.entries)
            self.flaws.append(flaw("no-such-line", *path, code, text=code, choices=known))
        return entry

    def _claims(self, key: str) -> Iterator[tuple[str, Value]]:
        for code, text in self.read.get(key, {}).items():
            entry = self._entry(code, key)
            if entry is None:
                continue
            try:
                value = read_value(entry, text, self.form.year)
                _demand_giver(entry, value, official=key == "official")
            except Refused as error:
                self.flaws.append(Flaw(error.message, (key, code), error.facts))
            else:
                yield code, value

    def _all_marks(self, claims: Mapping[str, Value]) -> Iterator[Mark]:
        """Stage by stage; only a line that says "not applicable" can be refused."""
        standing = dict(claims)
        for stage in Stage:
            for mark in self._marks(stage):
                before = standing.get(mark.line)
                if mark.value == UNANSWERED and not isinstance(before, NotApplicable):
                    path: Path = (stage.value, mark.line, "refuse")
                    self.flaws.append(Flaw("nothing-to-refuse", path, {"line": mark.line}))
                standing[mark.line] = mark.value
                yield mark

    def _marks(self, stage: Stage) -> Iterator[Mark]:
        for code, read in self.read.get(stage.value, {}).items():
            entry = self._entry(code, stage.value)
            if entry is None:
                continue
            path: Path = (stage.value, code)
            reason = read.get("reason", "")
            if not reason and entry.criterion.given_by is GivenBy.UNIT:
                self.flaws.append(Flaw("reason-missing", path, {"line": code}))
            try:
                value = self._marked(entry, read)
            except Refused as error:
                self.flaws.append(Flaw(error.message, path, error.facts))
            else:
                yield Mark(code, stage, value, reason)

    def _marked(self, entry: Entry, read: _Read) -> Value:
        if "not_applicable" in read:
            return read_not_applicable(entry, read["not_applicable"])
        if "points" in read:
            return read_by_hand(entry, read["points"], self.form.set.decimals)
        if "answer" in read:
            return read_value(entry, read["answer"], self.form.year)
        return UNANSWERED

    def _flags(self) -> Iterator[Flag]:
        known = list(self.form.set.flags)
        for index, read in enumerate(self.read.get("flags", ())):
            if read["flag"] not in known:
                facts: dict[str, object] = {"text": read["flag"], "choices": known}
                self.flaws.append(Flaw("no-such-flag", ("flags", index, "flag"), facts))
            yield Flag(read["flag"], read["document"], read["date"])


def _demand_giver(entry: Entry, value: Value, *, official: bool) -> None:
    """A unit states its own lines; anyone may say that an official result does not apply."""
    given_by = entry.criterion.given_by
    if given_by is GivenBy.REVIEWER:
        raise Refused("line-of-the-reviewer", line=entry.code)
    if official != (given_by is GivenBy.SERVICE):
        raise Refused("line-not-official" if official else "line-is-official", line=entry.code)


def _lowered_by_explanation(made: Assessment, form: Form) -> Iterator[Flaw]:
    """The answer to a contest is never below the reviewed points."""
    reviewed = values(made, Layer.REVIEWED)
    entries = {entry.code: entry for entry in form.entries()}
    decimals = form.set.decimals
    for mark in made.marks:
        if mark.stage is Stage.EXPLAINED:
            entry = entries[mark.line]
            before = settled(entry, reviewed.get(mark.line), Layer.REVIEWED)
            was = line_score(entry, before, decimals).points
            now = line_score(entry, settled(entry, mark.value, Layer.FINAL), decimals).points
            if now < was:
                facts: dict[str, object] = {"reviewed": was, "explained": now}
                yield Flaw("explained-below-reviewed", (mark.stage.value, mark.line), facts)
