"""One sheet as deeds see it: the stored record, its form, its lines, and how it is put back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from evalsvc.domain import history
from evalsvc.domain.answers import Value
from evalsvc.domain.course import FINISHED, RELEASED, Status
from evalsvc.domain.deeds import TASK_OF, Deed, Move, demand_hour, demand_role, move
from evalsvc.domain.errors import NotFound, Stale
from evalsvc.domain.forms import Entry, Form, Section
from evalsvc.domain.history import Entry as Written
from evalsvc.domain.lines import Layer, LineScore, line_score, settled
from evalsvc.domain.results import Result, result
from evalsvc.domain.scoring import ScoreSheet, SectionScore, section_score, together
from evalsvc.domain.summary import (
    Kept,
    Progress,
    Totals,
    added,
    progress_of,
    totals,
    values_of,
)
from evalsvc.domain.windows import Task, Window
from evalsvc.store import assessments, journal, marks, sheet_changes, sheet_lines, summaries
from evalsvc.store.assessments import Record
from evalsvc.store.rounds import RoundRecord
from evalsvc.store.sheet_changes import Change, LineChange
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases.work import Known, Part, Reading, Work


@dataclass(frozen=True, slots=True)
class Sheet:
    """An assessment with its lines, ready to be scored in any layer."""

    record: Record
    round: RoundRecord
    reading: Reading
    lines: Mapping[str, LineRecord]
    flags: tuple[str, ...] = ()
    parts: dict[str, Part] = field(default_factory=dict)

    @property
    def form(self) -> Form:
        return self.reading.form

    def entry(self, code: str) -> Entry:
        if (found := self.reading.entries.get(code)) is None:
            raise NotFound("line")
        return found

    def value(self, entry: Entry, text: str | None) -> Value | None:
        """The value of a claim."""
        return self.reading.claim(entry, text)

    def mark(self, entry: Entry, text: str | None) -> Value | None:
        """The value of a mark, which may be a refusal."""
        return self.reading.mark(entry, text)

    def kept(self) -> Sequence[Kept]:
        return [line for part in self._parts() for line in part.kept]

    def _parts(self) -> Sequence[Part]:
        found = []
        for section in self.form.sections:
            part = self.parts.get(section.group.code)
            if part is None or part.section is not section:
                part = self.parts[section.group.code] = self._made(section)
            found.append(part)
        return found

    def _made(self, section: Section) -> Part:
        here = [entry for entry in section.entries if entry.code in self.lines]
        kept = tuple([self._summed(entry, self.lines[entry.code]) for entry in here])
        is_reviewed = any(line.reviewed is not None for line in kept)
        return Part(section, kept, progress_of(section.entries, kept), is_reviewed)

    def _summed(self, entry: Entry, line: LineRecord) -> Kept:
        return Kept(
            entry.code,
            self.value(entry, line.claim),
            line.draft is not None,
            self.mark(entry, line.reviewed),
            self.mark(entry, line.final),
            line.step,
            bool(line.note),
            line.evidence,
        )

    def score(self, layer: Layer) -> ScoreSheet:
        return together(self.form, layer, [self._scored(each, layer) for each in self._parts()])

    def _scored(self, part: Part, layer: Layer) -> SectionScore:
        if layer not in part.scores:
            values, decimals = values_of(part.kept, layer), self.form.set.decimals
            part.scores[layer] = section_score(part.section, values, layer, decimals)
        return part.scores[layer]

    def progress(self) -> Progress:
        return added(part.progress for part in self._parts())

    def result(self, layer: Layer) -> Result:
        return result(self.score(layer), self.flags)

    def line_score(self, entry: Entry, value: Value | None, layer: Layer) -> LineScore:
        return line_score(entry, settled(entry, value, layer), self.form.set.decimals)

    def points(self, entry: Entry, value: Value | None, layer: Layer) -> Decimal:
        return self.line_score(entry, value, layer).points

    def with_line(self, *lines: LineRecord) -> "Sheet":
        """Only the sections of these lines are made anew."""
        parts = dict(self.parts)  # a copy at once: somebody else may be adding to these
        for line in lines:
            parts.pop(self.reading.group_of.get(line.code, ""), None)
        new = {line.code: line for line in lines}
        return replace(self, lines={**self.lines, **new}, parts=parts)

    def counts(self, entry: Entry) -> str | None:
        """The text that counts on a line, whatever the status of the sheet."""
        line = self.lines[entry.code]
        for text in (line.final, line.reviewed):
            if text is not None:
                return text
        return line.claim

    def layers(self, status: Status) -> tuple[Layer, ...]:
        """Layers that have totals: reviewed from the first mark on, final once released."""
        found = [Layer.CLAIMED]
        if status in FINISHED or any(part.is_reviewed for part in self._parts()):
            found.append(Layer.REVIEWED)
        if status in RELEASED:
            found.append(Layer.FINAL)
        return tuple(found)

    def summed(self, status: Status) -> Mapping[Layer, Totals]:
        return {layer: totals(self.result(layer)) for layer in self.layers(status)}


def seen(doing: Work, id_: int) -> Sheet:
    """To look at; raises NotFound for what is not there and for what is not theirs alike."""
    if (record := assessments.get(doing.store, doing.actor, id_)) is None:
        raise NotFound("assessment")
    return of_record(doing, record)


def held(doing: Work, id_: int, task: Task) -> tuple[Sheet, Window]:
    """To change: locked until the deed is done, with the window of the task for this unit."""
    if (found := assessments.locked(doing.store, doing.actor, id_, task)) is None:
        raise NotFound("assessment")
    link, window, now = found
    doing.heard(now)
    known = doing.shelf.known(id_, link)
    record = known.record if known else None
    return of_record(doing, record or assessments.held(doing.store, id_)), window


def begin(doing: Work, id_: int, deed: Deed) -> tuple[Sheet, Move]:
    """To do a deed: held, with the right to it, at a status and an hour that allow it."""
    sheet, window = held(doing, id_, TASK_OF.get(deed, Task.ASSESS))
    demand_role(doing.actor, sheet.record.place, deed)
    found = move(sheet.record.status, deed)
    demand_hour(deed, found.task, window, doing.now)
    return sheet, found


def of_record(doing: Work, record: Record) -> Sheet:
    known = doing.shelf.known(record.id, record.head.link)
    if known is None or known.record is None:
        known = replace(known, record=record) if known else _looked_up(doing, record)
        doing.shelf.learn(record.id, known)
    return _made(doing, record, known)


def anew(doing: Work, record: Record) -> Sheet:
    """As the database has it now: whoever checks it takes nothing for known."""
    return _made(doing, record, _looked_up(doing, record))


def _made(doing: Work, record: Record, known: Known) -> Sheet:
    round_ = doing.shelf.round_of(doing.store, record.round_id)
    unit = record.place.kind, record.tags
    reading = doing.shelf.reading_of(doing.store, round_, record.sha256, unit)
    return Sheet(record, round_, reading, known.lines, known.flags, known.parts)


def _looked_up(doing: Work, record: Record) -> Known:
    lines = {line.code: line for line in sheet_lines.of_assessment(doing.store, record.id)}
    flags: tuple[str, ...] = ()
    if record.status is not Status.OPEN:
        flags = tuple(marks.standing_flags(doing.store, record.id))
    return Known(record.head.link, lines, flags, record)


@dataclass(frozen=True, slots=True)
class Seen:
    """The version of the line that was on the screen, and the client's own key for this save."""

    version: int
    key: str = ""

    def saying(self, *said: str) -> "Seen":
        """The same key with another answer (a page that somebody went back to) is another save."""
        return replace(self, key=history.digest_of(self.key, *said)) if self.key else self


def answered_before(
    doing: Work, sheet: Sheet, line: LineRecord, seen: Seen
) -> Mapping[str, str | int | None]:
    """What the same save wrote the first time; raises Stale where somebody else was first."""
    name = journal.assessment(sheet.record.id)
    first = journal.of_key(doing.store, name, seen.key) if seen.key else None
    if first is None:
        raise Stale(seen.version, line.version)
    return first


def is_repeated(doing: Work, sheet: Sheet, line: LineRecord, seen: Seen) -> bool:
    """Whether this very save has been done before; raises Stale where somebody else was first."""
    if line.version == seen.version:
        return False
    answered_before(doing, sheet, line, seen)
    return True


@dataclass(frozen=True, slots=True)
class Told:
    """What the journal says of a deed on a sheet."""

    deed: str
    line: str = ""
    data: Mapping[str, str | int | None] | None = None
    key: str = ""


def keep_line(
    doing: Work,
    sheet: Sheet,
    changed: LineRecord,
    told: Told,
    *,
    columns: Mapping[str, object] | None = None,
) -> Sheet:
    """Put the one line that a deed has changed, with what `keep` puts."""
    before = sheet.lines[changed.code]
    new = LineChange(changed.code, before.version, sheet_lines.changes(before, changed))
    return keep(doing, sheet.with_line(changed), told, columns=columns, line=new)


def keep(
    doing: Work,
    sheet: Sheet,
    told: Told,
    *,
    status: Status | None = None,
    columns: Mapping[str, object] | None = None,
    line: LineChange | None = None,
) -> Sheet:
    """Put the summary and the journal entry of a deed; several lines have been put before."""
    status = status or sheet.record.status
    found, progress = sheet.summed(status), sheet.progress()
    entry = Written(told.deed, doing.now, doing.actor.account, told.line, told.data)
    name = journal.assessment(sheet.record.id)
    head, said = journal.columns_of(name, sheet.record.head, entry, told.key)
    new = {"changed_at": doing.now, "entries": head.number, "link": head.link}
    summary = {**summaries.changed(sheet.record, found, progress, status), **new, **(columns or {})}
    sheet_changes.put(doing.store, sheet.record.id, Change(said, summary, line))
    record = replace(
        sheet.record,
        status=status,
        progress=progress,
        totals=found,
        head=head,
        changed_at=doing.now,
    )
    known = Known(head.link, sheet.lines, sheet.flags, None if columns else record, sheet.parts)
    doing.shelf.learn(record.id, known)
    return replace(sheet, record=record)
