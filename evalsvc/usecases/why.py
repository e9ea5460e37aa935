"""Why a sheet has its total: every line in every layer with who gave what, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from evalsvc.domain.access import can_read_marks, sees_every_line
from evalsvc.domain.course import RELEASED
from evalsvc.domain.errors import NotFound
from evalsvc.domain.explanations import differs
from evalsvc.domain.forms import Entry
from evalsvc.domain.lines import Layer, LineScore
from evalsvc.domain.results import Result
from evalsvc.store import marks
from evalsvc.store.explanations import Reply
from evalsvc.store.marks import FlagRecord, MarkRecord
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import explain, own_sheets, unhidden
from evalsvc.usecases.sheets import Sheet
from evalsvc.usecases.work import Work


@dataclass(frozen=True, slots=True)
class WhyLine:
    """One line: its scores by layer, marks oldest first, and what the unit said to them."""

    entry: Entry
    record: LineRecord
    scores: Mapping[Layer, LineScore]
    marks: tuple[MarkRecord, ...] = ()
    replies: tuple[Reply, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether a layer says something else than the claim."""
        record = self.record
        given = (
            (record.reviewed, record.reviewed_points),
            (record.final, record.final_points),
        )
        claim = record.claim or ""
        return any(text is not None and differs(claim, text, points) for text, points in given)


@dataclass(frozen=True, slots=True)
class Why:
    """As far as the one who asks may see it; `layer` is the one whose total counts for them."""

    sheet: Sheet
    results: Mapping[Layer, Result]
    layer: Layer
    lines: tuple[WhyLine, ...]
    flags: Sequence[FlagRecord]
    names: Mapping[str, Mapping[str, str]]

    @property
    def result(self) -> Result:
        return self.results[self.layer]

    @property
    def is_released(self) -> bool:
        return self.sheet.record.status in RELEASED


def of(doing: Work, sheet: Sheet) -> Why:
    """Raises NotFound for those who see only some of the lines: no sum is theirs."""
    place, status = sheet.record.place, sheet.record.status
    if not sees_every_line(doing.actor, place):
        raise NotFound("assessment")
    sees = can_read_marks(doing.actor, place, status)
    seen = sheet if sees else replace(sheet, flags=())
    layers = seen.layers(status) if sees else (Layer.CLAIMED,)
    results = {layer: seen.result(layer) for layer in layers}
    given = _marks(doing, seen) if sees else {}
    said = explain.replies(doing, seen) if sees else {}
    below = own_sheets.below(doing, seen.round, seen.form.entries())
    return Why(
        seen,
        results,
        seen.record.layer if sees else Layer.CLAIMED,
        tuple(_lines(seen, results, given, said)),
        marks.flags(doing.store, seen.record.id) if sees else (),
        {code: each.names for code, each in below.items()},
    )


def _marks(doing: Work, sheet: Sheet) -> Mapping[str, list[MarkRecord]]:
    """By line, as far as they are not hidden."""
    found: dict[str, list[MarkRecord]] = {}
    for mark in unhidden.marks_of(doing, sheet):
        found.setdefault(mark.line, []).append(mark)
    return found


def _lines(
    sheet: Sheet,
    results: Mapping[Layer, Result],
    given: Mapping[str, Sequence[MarkRecord]],
    said: Mapping[str, Sequence[Reply]],
) -> Sequence[WhyLine]:
    scores = {
        layer: {line.entry.code: line for line in result.sheet.lines}
        for layer, result in results.items()
    }
    return [
        WhyLine(
            entry,
            sheet.lines[entry.code],
            {layer: lines[entry.code] for layer, lines in scores.items()},
            tuple(given.get(entry.code, ())),
            tuple(each for each in said.get(entry.code, ()) if each.sent_at is not None),
        )
        for entry in sheet.form.entries()
    ]
