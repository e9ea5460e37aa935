"""What a unit sees of its own sheets: the hour, lines and groups, what is missing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from evalsvc.domain import comparisons
from evalsvc.domain.access import can_prepare, can_read_marks
from evalsvc.domain.course import RELEASED, Status
from evalsvc.domain.criteria import CriteriaSet
from evalsvc.domain.deeds import Deed, is_allowed, may
from evalsvc.domain.errors import NotFound
from evalsvc.domain.forms import Entry, Section
from evalsvc.domain.line_course import Step, standing
from evalsvc.domain.lines import Layer
from evalsvc.domain.scales import Children, OneChild
from evalsvc.domain.summary import is_claimable
from evalsvc.domain.windows import Hour, Task, Window
from evalsvc.store import assessments, people, queues
from evalsvc.store.assessments import Record
from evalsvc.store.rounds import RoundRecord
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import assess, sheets
from evalsvc.usecases.assess import Saved, Typed
from evalsvc.usecases.sheets import Seen, Sheet
from evalsvc.usecases.work import Work

ZERO = Decimal(0)

SQUARES = {"answered": "answered", "not-applicable": "na", "unanswered": "empty"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line as its unit sees it."""

    entry: Entry
    record: LineRecord
    step: Step
    is_own: bool
    """Whether the unit itself answers it."""

    @property
    def square(self) -> str:
        """answered, na, empty, error, returned or superior."""
        if not self.is_own:
            return "superior"
        if self.record.draft is not None:
            return "error"
        if self.is_returned:
            return "returned"
        return SQUARES.get(self.record.state, "empty")

    @property
    def is_returned(self) -> bool:
        """Back with the unit until its hour: what was typed then waits to be sent again."""
        return self.step is Step.RETURNED

    @property
    def is_missing(self) -> bool:
        return self.is_own and (self.record.claim is None or self.record.draft is not None)


@dataclass(frozen=True, slots=True)
class GroupSeen:
    """A group with its lines; `most` is None where it stands beside the scale."""

    section: Section
    lines: tuple[Line, ...]
    points: Decimal
    most: Decimal | None

    @property
    def waiting(self) -> Sequence[Line]:
        """Lines that others give and have not given yet."""
        return [each for each in self.lines if each.record.claim is None and not each.is_own]

    @property
    def asked(self) -> int:
        return sum(line.is_own for line in self.lines)

    @property
    def done(self) -> int:
        return sum(line.is_own and not line.is_missing for line in self.lines)


@dataclass(frozen=True, slots=True)
class Own:
    """One sheet of the unit at this hour."""

    sheet: Sheet
    window: Window
    now: datetime
    may_submit: bool
    sees_marks: bool
    may_recall: bool = False

    @property
    def record(self) -> Record:
        return self.sheet.record

    @property
    def layer(self) -> Layer:
        """What its total is: the conclusion once the sheet is closed, else what it claims."""
        return Layer.FINAL if self.record.status in RELEASED else Layer.CLAIMED

    @property
    def hour(self) -> Hour:
        return self.window.at(self.now)

    @property
    def is_open(self) -> bool:
        return is_allowed(self.record.status, Deed.ANSWER, self.window, self.now)

    @property
    def is_handed_in(self) -> bool:
        return self.record.status is not Status.OPEN

    def line(self, code: str) -> Line:
        return _line(self.sheet, self.sheet.entry(code), self.now)

    def is_editable(self, line: Line) -> bool:
        """The whole sheet while it is open, afterwards only what was returned."""
        return line.is_own and (self.is_open or line.is_returned)

    def returned(self) -> Sequence[Line]:
        lines, entries = self.sheet.lines, self.sheet.form.entries()
        back = [e for e in entries if e.code in lines and lines[e.code].step is Step.RETURNED]
        return [line for e in back if (line := _line(self.sheet, e, self.now)).is_returned]

    def groups(self) -> Sequence[GroupSeen]:
        return [_group(self.sheet, section, self.now) for section in self.sheet.form.sections]

    def group(self, code: str) -> GroupSeen:
        for section in self.sheet.form.sections:
            if section.group.code == code:
                return _group(self.sheet, section, self.now)
        raise NotFound("group")

    def warnings(self, group: str) -> Sequence[str]:
        """Rules between criteria that speak of a line of the group, while it can be put right."""
        if not self.sheet.form.set.rules or not (self.is_open or self.returned()):
            return ()
        codes = {line.entry.code for line in self.group(group).lines}
        found = comparisons.warnings(self.sheet.score(Layer.CLAIMED))
        return [each.say for each in found if comparisons.lines_of(each) & codes]

    def group_of(self, code: str) -> str:
        """The code of the group in which a line stands."""
        return self.sheet.reading.group_of[self.sheet.entry(code).code]


def _line(sheet: Sheet, entry: Entry, now: datetime) -> Line:
    record = sheet.lines[entry.code]
    is_submitted = sheet.record.status is Status.SUBMITTED
    step = standing(record.step, record.returned_until, now) if is_submitted else record.step
    return Line(entry, record, step, is_claimable(entry))


def _group(sheet: Sheet, section: Section, now: datetime) -> GroupSeen:
    lines = tuple(
        _line(sheet, entry, now) for entry in section.entries if entry.code in sheet.lines
    )
    for code, counted, applicable in sheet.record.totals[Layer.CLAIMED].groups:
        if code == section.group.code:
            return GroupSeen(section, lines, counted, applicable)
    earned = sum((line.record.claimed_points for line in lines), ZERO)
    return GroupSeen(section, lines, section.capped(earned), None)


@dataclass(frozen=True, slots=True)
class Home:
    """The sheet that is to be worked on, and all others of one's units, newest first."""

    own: Own | None
    others: tuple[tuple[Record, RoundRecord], ...] = ()


def home(doing: Work) -> Home:
    """The newest sheet that can be answered, else the newest."""
    records = queues.prepared(doing.store, doing.actor)
    if not records:
        return Home(None)
    first = next((each for each in records if each.status is Status.OPEN), records[0])
    newest = records[0].round_id
    chosen = first if first.round_id == newest else records[0]
    rest = [each for each in records if each.id != chosen.id]
    others = tuple((each, doing.shelf.round_of(doing.store, each.round_id)) for each in rest)
    return Home(_own(doing, sheets.of_record(doing, chosen)), others)


def own(doing: Work, id_: int) -> Own:
    """Raises NotFound for a sheet of anybody else, also for those who review it."""
    sheet = sheets.seen(doing, id_)
    if not can_prepare(doing.actor, sheet.record.place):
        raise NotFound("assessment")
    return _own(doing, sheet)


def _own(doing: Work, sheet: Sheet, window: Window | None = None) -> Own:
    place = sheet.record.place
    window = window or assessments.window_of(doing.store, sheet.record, Task.ASSESS)
    may_submit = may(doing.actor, place, Deed.SUBMIT)
    sees = can_read_marks(doing.actor, place, sheet.record.status)
    if sheet.flags and not sees:
        sheet = replace(sheet, flags=())  # raised by reviewers, and told with what they gave
    return Own(sheet, window, doing.now, may_submit, sees, _may_recall(doing, sheet, window))


def _may_recall(doing: Work, sheet: Sheet, window: Window) -> bool:
    record = sheet.record
    open_ = is_allowed(record.status, Deed.RECALL, window, doing.now)
    mine = open_ and may(doing.actor, record.place, Deed.RECALL)
    return mine and not assess.review_has_begun(doing, sheet)


def asked(doing: Work, id_: int, code: str) -> tuple[Entry, int, "Below | None"]:
    """A line of an own sheet without what stands on it, the year of its form, and units below."""
    record = assessments.get(doing.store, doing.actor, id_)
    if record is None or not can_prepare(doing.actor, record.place):
        raise NotFound("assessment")
    round_ = doing.shelf.round_of(doing.store, record.round_id)
    unit = record.place.kind, record.tags
    reading = doing.shelf.reading_of(doing.store, round_, record.sha256, unit)
    if (entry := reading.entries.get(code)) is None:
        raise NotFound("line")
    return entry, reading.form.year, below(doing, round_, [entry]).get(code)


# Saving


@dataclass(frozen=True, slots=True)
class Kept:
    """A line after saving it, with the sheet around it."""

    own: Own
    saved: Saved


Reads = Callable[[Entry, "Below | None"], Typed]
"""What was typed, read by the controls that the line has."""


def save(doing: Work, id_: int, code: str, read: Reads, seen: Seen) -> Kept:
    """Like `assess.save_answer`, for nobody but the unit itself."""

    def typed(sheet: Sheet, entry: Entry) -> Typed:
        return read(entry, below(doing, sheet.round, [entry]).get(code))

    saved = assess.save_read(doing, id_, code, typed, seen)
    return Kept(_own(doing, saved.sheet, saved.window), saved)


# People and other sets


def who_saved(doing: Work, line: LineRecord) -> str:
    return "" if line.saved_by is None else people.label_of(doing.store, line.saved_by)


def heads(doing: Work, now: Own) -> Sequence[str]:
    """Who hands in for the unit."""
    return people.heads_of(doing.store, now.record.unit_id)


@dataclass(frozen=True, slots=True)
class Below:
    """The units whose results a line counts: their bands, best first, and all names by code."""

    bands: Mapping[str, str]
    names: Mapping[str, str]


def below(doing: Work, round_: RoundRecord, entries: Iterable[Entry]) -> Mapping[str, Below]:
    """For lines that count results of other units, by code of the line."""
    found = {}
    for entry in entries:
        if isinstance(entry.scale, Children | OneChild):
            kind = entry.scale.of.kind
            if sha256 := round_.sets.get(kind):
                found[entry.code] = _below(doing.shelf.set_of(doing.store, sha256), kind)
    return found


def _below(of: CriteriaSet, code: str) -> Below:
    if (kind := of.kind(code)) is None:
        return Below({}, {})
    bands = {band.code: band.name for band in of.ladders[kind.column]}
    return Below(bands, {**bands, code: kind.name})
