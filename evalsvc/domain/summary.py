"""What is kept of a sheet beside its lines: totals of each layer, and how far it has come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from operator import attrgetter

from evalsvc.domain.answers import NOT_DUE, Stated, Value
from evalsvc.domain.criteria import GivenBy, Role
from evalsvc.domain.evidence import is_missing
from evalsvc.domain.forms import Entry, Form
from evalsvc.domain.line_course import Step
from evalsvc.domain.lines import Layer, State
from evalsvc.domain.ranking import Keys, keys
from evalsvc.domain.results import Result, result
from evalsvc.domain.scoring import score


@dataclass(frozen=True, slots=True)
class Totals:
    """One layer of one sheet. `band` is empty where the unit is unrated."""

    total: Decimal
    compared: Decimal
    unit_scale: Decimal
    most: Decimal
    band: str
    earned: str
    gates: tuple[str, ...]
    unrated: tuple[str, ...]
    keys: Keys
    groups: tuple[tuple[str, Decimal, Decimal], ...]
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How many lines the unit has to answer, has answered, cannot be read; are marked of all."""

    asked: int
    answered: int
    faulty: int
    to_mark: int
    marked: int
    returned: int = 0
    contested: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """The part of a stored line that totals and progress are made of."""

    code: str
    claim: Value | None
    faulty: bool
    reviewed: Value | None
    final: Value | None = None
    step: Step = Step.CLAIMED
    explained: bool = False
    evidence: int = 0


def totals(found: Result) -> Totals:
    sheet = found.sheet
    return Totals(
        sheet.total,
        sheet.compared,
        sheet.unit_scale,
        sheet.own_most,
        found.band.code if found.band else "",
        found.earned.code,
        tuple(fired.gate.code for fired in found.fired),
        tuple(f"{each.by}:{each.what}" for each in found.unrated),
        keys(sheet),
        tuple(
            (group.section.group.code, group.counted, group.applicable) for group in sheet.groups
        ),
        waiting=sheet.waiting,
    )


def values_of(lines: Iterable[Kept], layer: Layer) -> dict[str, Value]:
    """What counts in a layer: the latest of claim, review and conclusion that there is."""
    found: dict[str, Value] = {}
    for line in lines:
        if (value := in_force(line, layer)) is not None:
            found[line.code] = value
    return found


def in_force(line: Kept, layer: Layer) -> Value | None:
    if layer is Layer.FINAL and line.final is not None:
        return line.final
    if layer is not Layer.CLAIMED and line.reviewed is not None:
        return line.reviewed
    return line.claim


def totals_of(form: Form, lines: Sequence[Kept], layer: Layer, flags: Iterable[str]) -> Totals:
    return totals(result(score(form, values_of(lines, layer), layer), flags))


def progress_of(entries: Iterable[Entry], lines: Iterable[Kept]) -> Progress:
    by_code = {entry.code: entry for entry in entries}
    kept = [line for line in lines if line.code in by_code]
    asked = [line for line in kept if is_claimable(by_code[line.code])]
    to_mark = [line for line in kept if is_markable(by_code[line.code])]
    return Progress(
        asked=len(asked),
        answered=sum(line.claim is not None for line in asked),
        faulty=sum(line.faulty for line in asked),
        to_mark=len(to_mark),
        marked=sum(line.reviewed is not None for line in to_mark),
        returned=sum(line.step is Step.RETURNED for line in kept),
        contested=sum(line.step is Step.CONTESTED for line in kept),
    )


def added(parts: Iterable[Progress]) -> Progress:
    """Of a sheet, from those of its sections."""
    return Progress(*map(sum, zip(*map(_COUNTS, parts), strict=True)))


_COUNTS = attrgetter(*(each.name for each in fields(Progress)))


def is_claimable(entry: Entry) -> bool:
    """Whether the unit itself states this line."""
    return entry.criterion.given_by is GivenBy.UNIT


def is_markable(entry: Entry) -> bool:
    """Whether reviewers say something to it; official results stand as they were published.

    A result that came after hand-in stands beside the claim too, but is nobody's mark.
    """
    return entry.criterion.given_by is not GivenBy.SERVICE


def markable(form: Form) -> tuple[str, ...]:
    """Codes of the lines that reviewers say something to."""
    return tuple(entry.code for entry in form.entries() if is_markable(entry))


def claim_state(entry: Entry, claim: Value | None) -> State:
    if claim is None:
        return State.UNANSWERED if is_claimable(entry) else State.NOT_DUE
    if claim is NOT_DUE:
        return State.NOT_DUE
    return State.ANSWERED if isinstance(claim, Stated) else State.NOT_APPLICABLE


def gaps(form: Form, lines: Iterable[Kept]) -> "tuple[Gap, ...]":
    """What the unit still has to look at, in the order of the sheet."""
    by_code: Mapping[str, Kept] = {line.code: line for line in lines}
    found = []
    for entry in form.entries():
        line = by_code.get(entry.code)
        if line is None or not is_claimable(entry):
            continue
        answered = line.claim is not None
        bare = not line.explained and is_missing(entry, answered=answered, documents=line.evidence)
        if line.faulty or not answered or bare:
            found.append(Gap(entry, line.faulty, bare))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Gap:
    """A line without an answer, with one that cannot be read, or without required evidence.

    `blocks`: it has to be put right before handing in; silence elsewhere only earns 0.
    """

    entry: Entry
    faulty: bool
    undocumented: bool = False

    @property
    def blocks(self) -> bool:
        return self.faulty or self.undocumented or self.entry.criterion.role is Role.PENALTY
