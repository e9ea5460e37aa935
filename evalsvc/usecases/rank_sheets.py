"""A leader opens a number: one sheet in its three layers, one line with its marks and history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evalsvc.domain.access import Role
from evalsvc.domain.answers import Value
from evalsvc.domain.errors import NotFound
from evalsvc.domain.forms import Entry
from evalsvc.domain.lines import Layer, LineScore
from evalsvc.domain.results import Result, result
from evalsvc.domain.scoring import ScoreSheet
from evalsvc.store import assessments, journal, marks, queues
from evalsvc.store.journal import Told
from evalsvc.store.marks import FlagRecord, MarkRecord
from evalsvc.usecases import appraise, sheets, unhidden
from evalsvc.usecases.sheets import Sheet
from evalsvc.usecases.work import Work


@dataclass(frozen=True, slots=True)
class Opened:
    """One sheet with everything that its total rests on; `before` is the sheet a year before."""

    sheet: Sheet
    scores: Mapping[Layer, ScoreSheet]
    marks: Sequence[MarkRecord]
    flags: Sequence[FlagRecord]
    before: int | None

    @property
    def latest(self) -> ScoreSheet:
        """The layer that counts."""
        return self.scores[self.sheet.record.layer]

    @property
    def result(self) -> Result:
        return result(self.latest, self.sheet.flags)

    @property
    def reasons(self) -> Mapping[str, str]:
        """What reviewers said where they changed something; the last one of a line stands."""
        return {each.line: each.reason for each in self.marks if each.reason}


@dataclass(frozen=True, slots=True)
class OpenedLine:
    """One line of a sheet, with what was done to it, oldest first."""

    sheet: Sheet
    entry: Entry
    scores: Mapping[Layer, LineScore]
    marks: Sequence[MarkRecord]
    history: Sequence[Told]

    def value(self, text: str) -> Value | None:
        """What a text in the journal stated."""
        return self.sheet.mark(self.entry, text)


def opened(doing: Work, id_: int) -> Opened:
    sheet = _led(doing, id_)
    return Opened(
        sheet,
        {layer: sheet.score(layer) for layer in sheet.layers(sheet.record.status)},
        unhidden.marks_of(doing, sheet),
        marks.flags(doing.store, id_),
        _before(doing, sheet),
    )


def opened_line(doing: Work, id_: int, code: str) -> OpenedLine:
    sheet = _led(doing, id_)
    entry = sheet.entry(code)
    hearing = appraise.hearing(doing, sheet)
    scores = {
        layer: line
        for layer in sheet.layers(sheet.record.status)
        if (line := sheet.score(layer).line(code)) is not None
    }
    return OpenedLine(
        sheet,
        entry,
        scores,
        [each for each in unhidden.marks_of(doing, sheet, hearing) if each.line == code],
        unhidden.told(
            doing, sheet, hearing, journal.of_stream(doing.store, journal.assessment(id_), code)
        ),
    )


def _led(doing: Work, id_: int) -> Sheet:
    """A sheet that this person sees as a leader; every other one is not there."""
    sheet = sheets.seen(doing, id_)
    if not doing.actor.holds({Role.LEADER}, sheet.record.place):
        raise NotFound("assessment")
    return sheet


def _before(doing: Work, sheet: Sheet) -> int | None:
    """The unit's sheet of the year before, where this leader sees it too."""
    id_ = queues.previous(doing.store, sheet.record)
    found = None if id_ is None else assessments.get(doing.store, doing.actor, id_)
    if found is None or not doing.actor.holds({Role.LEADER}, found.place):
        return None
    return found.id
