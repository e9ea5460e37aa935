"""A file that opens a round: as a round file without its units, with the hours of its windows."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from evalsvc.catalog import rounds, sets, shelf, tree
from evalsvc.catalog.blocks import Block, FileSchema, Items
from evalsvc.catalog.faults import Faulty
from evalsvc.catalog.fields import Code, Field, Positive, Text, Word
from evalsvc.domain.access import Role
from evalsvc.domain.criteria import CriteriaSet
from evalsvc.domain.dates import read_moment
from evalsvc.domain.errors import Flaw, Refused, flaw
from evalsvc.domain.explanations import Hearing
from evalsvc.domain.forms import DueDates
from evalsvc.domain.rounds import Block as RoundBlock
from evalsvc.domain.windows import NO_GRACE, Task, Window

_SPAN = re.compile(r"([0-9]{1,4}) ?([hd])")
_HOURS = {"h": 1, "d": 24}
LONGEST_GRACE = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom the round names for some lines of some units, by what people call them."""

    account: str
    role: Role = Role.EVALUATOR
    unit: str = ""
    kind: str = ""
    block: str = ""
    lines: frozenset[str] = frozenset()
    seat: int = 1


@dataclass(frozen=True, slots=True)
class RoundOpening:
    """A round about to be opened. `texts` of its sets by sha256: they are frozen with it."""

    code: str
    title: str
    year: int
    sets: Mapping[str, CriteriaSet]
    texts: Mapping[str, str]
    blocks: tuple[RoundBlock, ...]
    windows: Mapping[Task, Window]
    half: int | None = None
    overall: bool = False
    dates: DueDates = field(default_factory=dict)
    hearing: Hearing = field(default_factory=Hearing)
    reviewers: tuple[Named, ...] = ()


class MomentField(Field):
    def parse(self, text: str) -> datetime:
        return read_moment(text)


class SpanField(Field):
    """`48h` or `2d`."""

    def parse(self, text: str) -> timedelta:
        match = _SPAN.fullmatch(text)
        span = timedelta(hours=int(match[1]) * _HOURS[match[2]]) if match else None
        if span is None or span > LONGEST_GRACE:
            raise Refused("not-a-span", text=text)
        return span


class WindowSchema(FileSchema):
    opens = MomentField(required=True)
    closes = MomentField(required=True)
    grace = SpanField()


class WindowsSchema(FileSchema):
    assess = Block(WindowSchema, required=True)
    review = Block(WindowSchema, required=True)
    explain = Block(WindowSchema)
    decide = Block(WindowSchema)


class HearingSchema(FileSchema):
    turns = Word(("1", "2"))
    days = Positive()
    silence_days = Positive(data_key="silence-days")


class ReviewerSchema(FileSchema):
    account = Text(required=True)
    role = Word((Role.EVALUATOR.value, Role.ANSWERER.value))
    unit = Code()
    kind = Code()
    block = Code()
    lines = Items(Code())
    seat = Word(("1", "2"))


class OpeningSchema(rounds.RoundFileSchema):
    windows = Block(WindowsSchema, required=True)
    explanations = Block(HearingSchema)
    reviewers = Items(Block(ReviewerSchema), least=0)


class _Found:
    """Finds sets as a round does, and keeps the text of each."""

    def __init__(self, beside: Path) -> None:
        self.beside = beside
        self.texts: dict[str, str] = {}

    def __call__(self, name: str) -> CriteriaSet:
        path = shelf.find(name, self.beside)
        content = shelf.content(path)
        made = sets.load(str(path), content)
        self.texts[made.sha256] = tree.text_of(str(path), content)
        return made


def load(path: Path) -> RoundOpening:
    """Raises Faulty with everything that is wrong with the round, OSError."""
    file = tree.read(str(path), shelf.content(path))
    read = rounds.shape(file, OpeningSchema())
    find = _Found(path.parent)
    flaws: list[Flaw] = []
    found = dict(rounds.sets_of(read, find, flaws))
    flaws += rounds.repeated("blocks", [block["code"] for block in read["blocks"]])
    flaws += rounds.flaws_of_dates(read, found)
    flaws += _flaws_of_windows(read["windows"])
    flaws += _flaws_of_years(read, found)
    flaws += _flaws_of_reviewers(read, found)
    if flaws:
        raise Faulty(file.fault(each) for each in flaws)
    return _opening(read, found, find.texts)


def _flaws_of_windows(read: Mapping[str, Any]) -> Iterator[Flaw]:
    for task in Task:
        if (window := read.get(task)) and window["closes"] <= window["opens"]:
            opens, closes = window["opens"], window["closes"]
            where = "windows", task.value, "closes"
            yield flaw("window-closes-first", *where, opens=opens, closes=closes)


def _flaws_of_years(read: Mapping[str, Any], found: Mapping[str, CriteriaSet]) -> Iterator[Flaw]:
    half = _half(read)
    for kind, criteria in found.items():
        if not criteria.years.holds(read["year"], half):
            said = {"year": read["year"], "set": criteria.code}
            yield flaw("set-not-valid-in-year", "sets", kind, **said)


def _flaws_of_reviewers(
    read: Mapping[str, Any], found: Mapping[str, CriteriaSet]
) -> Iterator[Flaw]:
    codes = {each.code for criteria in found.values() for each in criteria.criteria()}
    blocks = {block["code"] for block in read["blocks"]}
    for at, each in enumerate(read.get("reviewers", ())):
        where = "reviewers", at
        if sum(bool(each.get(key)) for key in ("unit", "kind", "block")) > 1:
            yield flaw("reviewer-over-one-thing", *where)
        for place, code in enumerate(each.get("lines", ())):
            if code not in codes:
                yield flaw("no-such-lines", *where, "lines", place, lines=[code])
        if (kind := each.get("kind")) and kind not in found:
            yield flaw("no-such-kind", *where, "kind", text=kind, choices=sorted(found))
        if (block := each.get("block")) and block not in blocks:
            yield flaw("no-such-block", *where, "block", text=block, choices=sorted(blocks))


def _half(read: Mapping[str, Any]) -> int | None:
    return int(read["half"]) if "half" in read else None


def _opening(
    read: dict[str, Any], found: Mapping[str, CriteriaSet], texts: Mapping[str, str]
) -> RoundOpening:
    windows = read["windows"]
    return RoundOpening(
        read["round"],
        read["title"],
        read["year"],
        found,
        texts,
        tuple(RoundBlock(each["code"], each["name"]) for each in read["blocks"]),
        {task: _window(windows[task]) for task in Task if task in windows},
        half=_half(read),
        overall=read.get("overall", False),
        dates=rounds.due_dates(read),
        hearing=_hearing(read.get("explanations", {})),
        reviewers=tuple(_named(each) for each in read.get("reviewers", ())),
    )


def _hearing(read: Mapping[str, Any]) -> Hearing:
    usual = Hearing()
    return Hearing(
        int(read.get("turns", usual.turns)),
        read.get("days", usual.days),
        read.get("silence_days", usual.silence_days),
    )


def _named(read: Mapping[str, Any]) -> Named:
    return Named(
        read["account"],
        Role(read.get("role", Role.EVALUATOR)),
        read.get("unit", ""),
        read.get("kind", ""),
        read.get("block", ""),
        frozenset(read.get("lines", ())),
        int(read.get("seat", 1)),
    )


def _window(read: Mapping[str, Any]) -> Window:
    return Window(read["opens"], read["closes"], read.get("grace", NO_GRACE))
