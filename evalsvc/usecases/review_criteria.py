"""One criterion across units: which lines there are, how far each is, and the table of one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from evalsvc.domain.access import ASSIGNED
from evalsvc.domain.course import Status
from evalsvc.domain.criteria import CriteriaSet, Criterion, GivenBy, Group, leaves
from evalsvc.domain.errors import NotFound
from evalsvc.domain.forms import Entry
from evalsvc.domain.windows import Window
from evalsvc.store import queues
from evalsvc.store.queues import Counted, LineCount, Of, Wanted
from evalsvc.store.rounds import RoundRecord
from evalsvc.usecases.review import PAGE, first_of, pages, round_of, window_of
from evalsvc.usecases.review_across import rows_of
from evalsvc.usecases.review_rows import Row
from evalsvc.usecases.work import Work


@dataclass(frozen=True, slots=True)
class LineOf:
    """A line of a set with how far its review is."""

    criterion: Criterion
    sheets: int
    claimed: int
    marked: int


@dataclass(frozen=True, slots=True)
class SetLines:
    """The lines of one set that stand on sheets of this reviewer, by group."""

    criteria: CriteriaSet
    groups: tuple[tuple[Group, tuple[LineOf, ...]], ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """What may be looked at across units in one round."""

    round: RoundRecord
    rounds: tuple[RoundRecord, ...]
    block: str
    counted: tuple[Counted, ...]
    sets: tuple[SetLines, ...]

    def number(self, *statuses: Status) -> int:
        return sum(
            each.sheets
            for each in self.counted
            if each.status in statuses and self.block in ("", each.block)
        )


def lines(doing: Work, code: str, block: str, *, official: bool = False) -> Lines:
    """Lines to mark, or those that hold official results on all sheets, handed in or not."""
    found, all_ = round_of(doing, code)
    if block and block not in {each.code for each in found.blocks}:
        raise NotFound("block")
    statuses = tuple(Status) if official else ()
    wanted = Wanted(found.id, block, "", statuses)
    counts = _official_counts(doing, found, wanted) if official else _counts(doing, wanted)
    counted = queues.counted(doing.store, doing.actor, Wanted(found.id))
    made = (
        SetLines(doing.shelf.set_of(doing.store, sha), tuple(_groups(doing, sha, counts, official)))
        for sha in dict.fromkeys(found.sets.values())
    )
    sets = tuple(each for each in made if each.groups)
    return Lines(found, all_, block, tuple(counted), sets)


_Counts = Mapping[tuple[str, str], LineCount]


def _counts(doing: Work, wanted: Wanted) -> _Counts:
    found = queues.progress_by_line(doing.store, doing.actor, wanted)
    return {(each.sha256, each.code): each for each in found}


def _official_counts(doing: Work, of: RoundRecord, wanted: Wanted) -> _Counts:
    """A set has a few such lines; each is asked for by itself, with results on either layer."""
    found = {}
    for sha in dict.fromkeys(of.sets.values()):
        for each in doing.shelf.set_of(doing.store, sha).criteria():
            if each.given_by is GivenBy.SERVICE:
                line = Of(each.code, (sha,))
                tally = queues.tally(doing.store, doing.actor, wanted, line)
                if sheets := sum(number for *_, number in tally):
                    found[sha, each.code] = LineCount(sha, each.code, sheets, given_of(tally), 0)
    return found


def given_of(tally: queues.Tally) -> int:
    """Sheets with an official result, handed in with it or put in afterwards."""
    return sum(number for _, claimed, beside, number in tally if claimed or beside)


def _groups(
    doing: Work,
    sha: str,
    counts: _Counts,
    official: bool,  # noqa: FBT001 - passed on
) -> Iterator[tuple[Group, tuple[LineOf, ...]]]:
    for group in doing.shelf.set_of(doing.store, sha).groups:
        found = tuple(
            LineOf(each, count.sheets, count.claimed, count.marked)
            for each in leaves(group)
            if (count := counts.get((sha, each.code)))
            and (each.given_by is GivenBy.SERVICE) is official
        )
        if found:
            yield group, found


@dataclass(frozen=True, slots=True)
class AskedLine:
    """Which line, and which of the units; `set` where several sets have a line of this code."""

    code: str
    set: str = ""
    block: str = ""
    unmarked: bool = False
    page: int = 1
    row: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """One criterion on all sheets that were handed in to this reviewer, a page of them."""

    round: RoundRecord
    asked: AskedLine
    criteria: CriteriaSet
    criterion: Criterion
    entry: Entry
    window: Window
    tally: queues.Tally
    rows: tuple[Row, ...]
    neighbours: tuple[Criterion | None, Criterion | None]

    @property
    def total(self) -> int:
        return sum(number for *_, number in self.tally)

    @property
    def marked(self) -> int:
        return sum(number for _, _, done, number in self.tally if done)

    @property
    def pages(self) -> int:
        return pages(self.total - self.marked if self.asked.unmarked else self.total)

    @property
    def claims(self) -> list[Decimal]:
        """The points of every unit that claims something, for the drawing."""
        return [points for points, some, _, number in self.tally if some for _ in range(number)]

    @property
    def current(self) -> Row | None:
        """The row that was asked for, else the first that waits."""
        asked = (row for row in self.rows if row.id == self.asked.row)
        waiting = (row for row in self.rows if row.waits)
        return next(asked, None) or next(waiting, None)

    def after(self, id_: int) -> Row | None:
        """The next row that waits, from the top again at the end."""
        at = next((index for index, row in enumerate(self.rows) if row.id == id_), -1)
        round_about = (*self.rows[at + 1 :], *self.rows[: max(at, 0)])
        return next((row for row in round_about if row.waits), None)


def table(doing: Work, code: str, asked: AskedLine) -> Table:
    found, _ = round_of(doing, code)
    if asked.block and asked.block not in {each.code for each in found.blocks}:
        raise NotFound("block")
    shas, criteria, criterion = which(doing, found, asked.code, asked.set)
    if criterion.given_by is GivenBy.SERVICE or not _takes(doing, found, asked.code):
        raise NotFound("line")
    of = Of(asked.code, shas)
    wanted = Wanted(found.id, asked.block)
    window = window_of(doing, found)
    tally = queues.tally(doing.store, doing.actor, wanted, of)
    number = sum(n for *_, done, n in tally if not (asked.unmarked and done))
    page = first_of(asked.page, number), PAGE
    across = queues.across(doing.store, doing.actor, wanted, of, page, unmarked=asked.unmarked)
    rows = rows_of(doing, found, window, across)
    entry = rows[0].entry if rows else entry_in(doing, found, shas[0], asked.code)
    return Table(
        found,
        asked,
        criteria,
        criterion,
        entry,
        window,
        tally,
        rows,
        _neighbours(doing, found, criteria, asked.code),
    )


def _takes(doing: Work, of: RoundRecord, code: str) -> bool:
    """Whether a reviewer is asked about the line at all: named lines are all that they see."""
    return any(
        each.role in ASSIGNED and each.round in (None, of.id) and each.takes(code)
        for each in doing.actor.grants
    )


def which(
    doing: Work, of: RoundRecord, line: str, set_code: str
) -> tuple[tuple[str, ...], CriteriaSet, Criterion]:
    """The sets of a round that have a line; of several, the one that was named, else the first."""
    found: list[tuple[str, CriteriaSet, Criterion]] = []
    for sha in dict.fromkeys(of.sets.values()):
        criteria = doing.shelf.set_of(doing.store, sha)
        for each in criteria.criteria():
            if each.code == line and set_code in ("", criteria.code):
                found.append((sha, criteria, each))
    if not found:
        raise NotFound("line")
    _, criteria, criterion = found[0]
    shas = tuple(sha for sha, other, _ in found if other.code == criteria.code)
    return shas, criteria, criterion


def entry_in(doing: Work, of: RoundRecord, sha: str, code: str) -> Entry:
    """The line as it stands on a sheet of any kind that has it."""
    for kind, of_kind in of.sets.items():
        if of_kind != sha:
            continue
        tags = frozenset(doing.shelf.set_of(doing.store, sha).tags)
        for entry in doing.shelf.form_of(doing.store, of, sha, (kind, tags)).entries():
            if entry.code == code:
                return entry
    raise NotFound("line")


def _neighbours(
    doing: Work, of: RoundRecord, criteria: CriteriaSet, code: str
) -> tuple[Criterion | None, Criterion | None]:
    """The lines before and after, in the order of print, that are marked in this year."""
    kept = [
        each
        for each in criteria.criteria()
        if each.given_by is not GivenBy.SERVICE
        and each.validity.holds(of.year, of.half)
        and _takes(doing, of, each.code)
    ]
    at = next((index for index, each in enumerate(kept) if each.code == code), None)
    if at is None:
        return None, None
    before = kept[at - 1] if at else None
    return before, kept[at + 1] if at + 1 < len(kept) else None
