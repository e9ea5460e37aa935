"""What reviewers look at before they decide: which rounds, and one sheet line by line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from evalsvc.domain import access, comparisons
from evalsvc.domain.access import can_flag, can_review, sees_claims, sees_every_line
from evalsvc.domain.deeds import Deed, is_allowed, may
from evalsvc.domain.errors import NotFound, Refused
from evalsvc.domain.forms import Entry, Section
from evalsvc.domain.history import Entry as Written
from evalsvc.domain.line_course import Step, standing
from evalsvc.domain.lines import Layer
from evalsvc.domain.provisions import Comparison
from evalsvc.domain.summary import is_markable
from evalsvc.domain.windows import Task, Window
from evalsvc.store import assessments, marks, queues, rounds
from evalsvc.store.assessments import Record
from evalsvc.store.marks import FlagRecord, MarkRecord
from evalsvc.store.rounds import RoundRecord
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import appraise, review_seats, sheets, unhidden
from evalsvc.usecases.appraise import Hearing
from evalsvc.usecases.review_rows import Progress, Row
from evalsvc.usecases.review_seats import Seats
from evalsvc.usecases.sheets import Sheet
from evalsvc.usecases.work import Work

PAGE = 100


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


def first_of(page: int, total: int) -> int:
    """Where a page begins; raises NotFound for one that there is not."""
    first = (page - 1) * PAGE
    if page < 1 or (first >= total and page > 1):
        raise NotFound("page")
    return first


# One sheet


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """A sheet as one of its reviewers sees it: lines in scope, nothing that is not handed in."""

    sheet: Sheet
    window: Window
    now: datetime
    marks: Mapping[str, MarkRecord]
    hearing: Hearing
    seats: Mapping[str, Seats]
    groups: tuple[Progress, ...]
    sees_claims: bool
    sees_all: bool
    leads: bool
    may_close: bool
    may_flag: bool

    @property
    def record(self) -> Record:
        return self.sheet.record

    @property
    def is_open(self) -> bool:
        """Whether the hour and the status allow marks."""
        return is_allowed(self.record.status, Deed.MARK, self.window, self.now)

    @property
    def to_mark(self) -> int:
        return sum(each.to_mark for each in self.groups)

    @property
    def marked(self) -> int:
        return sum(each.marked for each in self.groups)

    def section(self, code: str) -> Section:
        for each in self.groups:
            if each.section.group.code == code:
                return each.section
        raise NotFound("group")

    def group_of(self, line: str) -> str:
        for each in self.groups:
            if line in {entry.code for entry, _ in each.rows}:
                return each.section.group.code
        raise NotFound("line")

    def shows(self, entry: Entry) -> bool:
        """What the unit states is not there before it hands in; official results are."""
        return entry.code in self.seats and (self.sees_claims or not is_markable(entry))

    def entry(self, code: str) -> Entry:
        """A line out of scope is as one that there is not."""
        entry = self.sheet.entry(code)
        if code not in self.seats:
            raise NotFound("line")
        return entry

    def row(self, code: str) -> Row:
        entry = self.entry(code)
        if not self.shows(entry):
            raise Refused("sheet-not-handed-in")
        line, seats = self.sheet.lines[code], self.seats[code]
        mark = self.marks.get(code) if line.reviewed is not None else seats.own
        step = standing(line.step, line.returned_until, self.now)
        text = line.reviewed if line.reviewed is not None or mark is None else mark.value
        may = seats.may_mark and step is not Step.RETURNED
        return Row(
            self.record.id,
            self.record.unit_name,
            entry,
            line,
            self.sheet.form.set.decimals,
            self.sheet.form.year,
            self.sheet.value(entry, line.claim),
            self.sheet.mark(entry, text),
            self.record.status,
            self.is_open and is_markable(entry) and may,
            mark.reason if mark else "",
            bool(mark and mark.adjusts),
            mark.who if mark else "",
            mark.at if mark else None,
            seats,
            step,
            self.leads,
            self.is_open and is_markable(entry),
        )

    def warnings(self, codes: Sequence[str] = ()) -> tuple[Comparison, ...]:
        """Rules between criteria that speak of this sheet, or only of these lines."""
        if not self.sheet.form.set.rules or not self.sees_claims:
            return ()
        found = comparisons.warnings(self.sheet.score(Layer.REVIEWED))
        lines = ((each, comparisons.lines_of(each)) for each in found)
        return tuple(
            each for each, of in lines if (not codes or of & set(codes)) and of <= set(self.seats)
        )

    def _rows(self) -> Iterator[tuple[Entry, LineRecord]]:
        return (row for group in self.groups for row in group.rows if self.shows(row[0]))

    @property
    def unmarked(self) -> tuple[Entry, ...]:
        """Lines asked of this person on which nothing is put yet."""
        return tuple(
            entry
            for group in self.groups
            for entry, _ in group.rows
            if entry.code in group.counted - group.done
        )

    @property
    def waiting(self) -> tuple[Entry, ...]:
        """Lines that this person can mark now."""
        return tuple(entry for entry, _ in self._rows() if self.row(entry.code).waits)

    @property
    def returned(self) -> tuple[Entry, ...]:
        """Lines that are with the unit."""
        return tuple(entry for entry, _ in self._rows() if self.row(entry.code).is_returned)

    @property
    def to_agree(self) -> tuple[Entry, ...]:
        """Lines on which both marks are in: the lead enters the value."""
        return tuple(entry for entry, _ in self._rows() if self.seats[entry.code].to_agree)

    @property
    def to_come(self) -> tuple[Entry, ...]:
        """Official results that are not there yet."""
        return tuple(
            entry
            for entry, _ in self._rows()
            if not is_markable(entry) and self.row(entry.code).official is None
        )


def sheet_of(doing: Work, id_: int) -> ReviewSheet:
    """Raises NotFound for what one does not review, one's own unit included."""
    sheet = sheets.seen(doing, id_)
    place = sheet.record.place
    if not can_review(doing.actor, place):
        raise NotFound("assessment")
    hearing = appraise.hearing(doing, sheet)
    seen = unhidden.marks_of(doing, sheet, hearing)
    seats = review_seats.of_sheet(doing, sheet, hearing, seen)
    leads = access.leads(doing.actor, place)
    return ReviewSheet(
        sheet,
        assessments.window_of(doing.store, sheet.record, Task.REVIEW),
        doing.now,
        {each.line: each for each in seen},
        hearing,
        seats,
        _groups(sheet, seats, all_lines=leads),
        sees_claims=sees_claims(doing.actor, place, sheet.record.status),
        sees_all=sees_every_line(doing.actor, place),
        leads=leads,
        may_close=may(doing.actor, place, Deed.FINISH),
        may_flag=can_flag(doing.actor, place),
    )


def _groups(sheet: Sheet, seats: Mapping[str, Seats], *, all_lines: bool) -> tuple[Progress, ...]:
    """Groups with a line in scope; one's own lines are asked, and all of the lead, who finishes."""
    found = []
    for section in sheet.form.sections:
        entries = tuple(each for each in section.entries if each.code in seats)
        rows = tuple((each, sheet.lines[each.code]) for each in entries)
        asked = frozenset(
            each.code
            for each in entries
            if is_markable(each) and (all_lines or seats[each.code].mine is not None)
        )
        done = frozenset(
            each.code
            for each, line in rows
            if line.reviewed is not None or (seats[each.code].is_given and not all_lines)
        )
        if entries:
            found.append(Progress(replace(section, entries=entries), rows, asked, done))
    return tuple(found)


def rows_of(review: ReviewSheet, group: str) -> Iterator[Row]:
    for entry in review.section(group).entries:
        if review.shows(entry):
            yield review.row(entry.code)


Histories = Mapping[str, Sequence[tuple[str, Written]]]


def histories(doing: Work, review: ReviewSheet, codes: Sequence[str]) -> Histories:
    """What was done on these lines and by whom, newest first."""
    found = queues.histories(doing.store, review.record.id, codes)
    return {
        code: [
            each for each in deeds if unhidden.shows(doing, review.sheet, review.hearing, each[1])
        ]
        for code, deeds in found.items()
    }


def flags(doing: Work, review: ReviewSheet) -> Sequence[FlagRecord]:
    return marks.flags(doing.store, review.record.id)
