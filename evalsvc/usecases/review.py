"""What reviewers look at before they decide: their queue, and one sheet line by line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from evalsvc.domain import comparisons
from evalsvc.domain.access import can_close_review, can_flag, can_review
from evalsvc.domain.course import Status, is_reviewable
from evalsvc.domain.errors import NotFound
from evalsvc.domain.forms import Entry, Section
from evalsvc.domain.history import Entry as Deed
from evalsvc.domain.lines import Layer
from evalsvc.domain.provisions import Comparison
from evalsvc.domain.rounds import Block
from evalsvc.domain.summary import is_markable
from evalsvc.domain.windows import Task, Window
from evalsvc.store import assessments, marks, queues, rounds
from evalsvc.store.assessments import Record
from evalsvc.store.marks import FlagRecord, MarkRecord
from evalsvc.store.queues import Counted, Wanted
from evalsvc.store.rounds import RoundRecord
from evalsvc.usecases import sheets
from evalsvc.usecases.review_rows import Progress, Row
from evalsvc.usecases.sheets import Sheet
from evalsvc.usecases.work import Work

PAGE = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What a queue is narrowed to; empty means everything that one reviews."""

    block: str = ""
    status: Status | None = None
    text: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Queue:
    """The sheets of a reviewer in one round; `counted` are all of them, whatever was asked."""

    round: RoundRecord
    rounds: tuple[RoundRecord, ...]
    window: Window
    now: datetime
    asked: Asked
    counted: tuple[Counted, ...]
    records: tuple[Record, ...]
    total: int
    flags: Mapping[int, tuple[str, ...]]
    leads: bool

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Those in which this reviewer has sheets, in the order of the round."""
        mine = {each.block for each in self.counted}
        return tuple(each for each in self.round.blocks if each.code in mine)

    @property
    def pages(self) -> int:
        return pages(self.total)

    def number(self, *statuses: Status) -> int:
        return sum(each.sheets for each in self.counted if each.status in statuses)

    @property
    def ready(self) -> int:
        """Sheets with every line marked, which wait for the lead."""
        return sum(each.ready for each in self.counted if each.status is Status.SUBMITTED)


def pages(number: int) -> int:
    return max(1, -(-number // PAGE))


def rounds_of(doing: Work) -> tuple[RoundRecord, ...]:
    """Rounds with anything that this person may see, newest first."""
    ids = queues.rounds_in_scope(doing.store, doing.actor)
    return tuple(doing.shelf.round_of(doing.store, id_) for id_ in ids)


def round_of(doing: Work, code: str) -> tuple[RoundRecord, tuple[RoundRecord, ...]]:
    """The round of a code, of none the newest, and all rounds; NotFound where it is not theirs."""
    found = rounds_of(doing)
    for each in found:
        if code in ("", each.code):
            return each, found
    raise NotFound("round")


def window_of(doing: Work, of: RoundRecord) -> Window:
    """The window of the review for everyone; a unit may have an extension of its own."""
    return rounds.windows_of(doing.store, of.id)[Task.REVIEW]


def queue(doing: Work, code: str, asked: Asked) -> Queue:
    found, all_ = round_of(doing, code)
    if asked.block and asked.block not in {each.code for each in found.blocks}:
        raise NotFound("block")
    statuses = (asked.status,) if asked.status else ()
    wanted = Wanted(found.id, asked.block, "", statuses, asked.text)
    counted = queues.counted(doing.store, doing.actor, Wanted(found.id))
    total = sum(each.sheets for each in counted)
    if wanted != Wanted(found.id):
        narrowed = queues.counted(doing.store, doing.actor, wanted)
        total = sum(each.sheets for each in narrowed)
    first = first_of(asked.page, total)
    records = queues.to_review(doing.store, doing.actor, wanted, (first, PAGE))
    leads = any(can_close_review(doing.actor, each.place) for each in records)
    window = window_of(doing, found)
    return Queue(
        found,
        all_,
        window,
        doing.now,
        asked,
        tuple(counted),
        tuple(records),
        total,
        _flags_of(doing, records),
        leads,
    )


def _flags_of(doing: Work, records: Sequence[Record]) -> Mapping[int, tuple[str, ...]]:
    """Names of the flags that stand, by sheet."""
    raised = marks.standing_flags_of(doing.store, [each.id for each in records])
    names = {each.id: doing.shelf.set_of(doing.store, each.sha256).flags for each in records}
    return {
        id_: tuple(names[id_].get(code, code) for code in codes) for id_, codes in raised.items()
    }


def first_of(page: int, total: int) -> int:
    """Where a page begins; raises NotFound for one that there is not."""
    first = (page - 1) * PAGE
    if page < 1 or (first >= total and page > 1):
        raise NotFound("page")
    return first


# One sheet


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """A sheet as its reviewers see it; nothing that the unit has not handed in yet."""

    sheet: Sheet
    window: Window
    now: datetime
    marks: Mapping[str, MarkRecord]
    may_close: bool
    may_flag: bool

    @property
    def record(self) -> Record:
        return self.sheet.record

    @property
    def is_open(self) -> bool:
        """Whether the hour and the status allow marks."""
        return is_reviewable(self.record.status, self.window, self.now)

    @property
    def groups(self) -> tuple[Progress, ...]:
        lines = self.sheet.lines
        return tuple(
            Progress(section, tuple((each, lines[each.code]) for each in section.entries))
            for section in self.sheet.form.sections
        )

    def section(self, code: str) -> Section:
        for each in self.sheet.form.sections:
            if each.group.code == code:
                return each
        raise NotFound("group")

    def group_of(self, line: str) -> str:
        for each in self.sheet.form.sections:
            if line in {entry.code for entry in each.entries}:
                return each.group.code
        raise NotFound("line")

    def row(self, code: str) -> Row:
        entry = self.sheet.entry(code)
        line, mark = self.sheet.lines[code], self.marks.get(code)
        return Row(
            self.record.id,
            self.record.unit_name,
            entry,
            line,
            self.sheet.form.set.decimals,
            self.sheet.form.year,
            self.sheet.value(entry, line.claim),
            self.sheet.mark(entry, line.reviewed),
            self.record.status,
            self.is_open and is_markable(entry),
            mark.reason if mark else "",
            bool(mark and mark.adjusts),
            mark.who if mark else "",
            mark.at if mark else None,
        )

    def warnings(self, codes: Sequence[str] = ()) -> tuple[Comparison, ...]:
        """Rules between criteria that speak of this sheet, or only of these lines."""
        if not self.sheet.form.set.rules:
            return ()
        found = comparisons.warnings(self.sheet.score(Layer.REVIEWED))
        return tuple(each for each in found if not codes or _speaks_of(each, codes))

    @property
    def unmarked(self) -> tuple[Entry, ...]:
        return tuple(
            entry
            for group in self.groups
            for entry, line in group.rows
            if is_markable(entry) and line.reviewed is None
        )

    @property
    def to_come(self) -> tuple[Entry, ...]:
        """Official results that are not there yet."""
        return tuple(
            entry
            for group in self.groups
            for entry, line in group.rows
            if not is_markable(entry) and line.claim is None
        )


def _speaks_of(rule: Comparison, codes: Sequence[str]) -> bool:
    return any(getattr(side, "criterion", None) in codes for side in (rule.left, rule.right))


def sheet_of(doing: Work, id_: int) -> ReviewSheet:
    """Raises NotFound for what one does not review, one's own unit included."""
    sheet = sheets.seen(doing, id_)
    place = sheet.record.place
    if not can_review(doing.actor, place):
        raise NotFound("assessment")
    last = {each.line: each for each in marks.of_assessment(doing.store, id_)}
    return ReviewSheet(
        sheet,
        assessments.window_of(doing.store, sheet.record, Task.REVIEW),
        doing.now,
        last,
        may_close=can_close_review(doing.actor, place),
        may_flag=can_flag(doing.actor, place),
    )


def rows_of(review: ReviewSheet, group: str) -> Iterator[Row]:
    for entry in review.section(group).entries:
        yield review.row(entry.code)


Histories = Mapping[str, Sequence[tuple[str, Deed]]]


def histories(doing: Work, id_: int, codes: Sequence[str]) -> Histories:
    """What was done on these lines and by whom, newest first; ask after `sheet_of`."""
    return queues.histories(doing.store, id_, codes)


def flags(doing: Work, review: ReviewSheet) -> Sequence[FlagRecord]:
    return marks.flags(doing.store, review.record.id)
