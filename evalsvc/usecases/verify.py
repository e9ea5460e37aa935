"""Everything that is kept is worked out anew and compared; every journal chain is followed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from evalsvc.domain.errors import Refused
from evalsvc.domain.forms import Entry
from evalsvc.domain.history import (
    BLANK,
    FIRST_LINK,
    Head,
    Seal,
    digest,
    link,
    seal_digest,
)
from evalsvc.domain.lines import Layer
from evalsvc.domain.summary import claim_state, progress_of
from evalsvc.store import journal, seals, summaries, whole
from evalsvc.store.journal import Told
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import sheets
from evalsvc.usecases.seals import Anchor
from evalsvc.usecases.sheets import Sheet
from evalsvc.usecases.work import Work


class Kind(StrEnum):
    SUMMARY = "summary"
    LINE = "line"
    LINES = "lines"
    UNREADABLE = "unreadable"
    GAP = "gap"
    CHANGED = "changed"
    UNLINKED = "unlinked"
    HEAD = "head"
    STRAY = "stray"
    BLANKED = "blanked"
    RESTORED = "restored"
    SEAL = "seal"
    SEAL_GONE = "seal-gone"
    REWRITTEN = "rewritten"
    CUT = "cut"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Difference:
    """`where` names the sheet or the stream; `what` the column, the line or the entry."""

    kind: Kind
    where: str
    what: str = ""
    kept: object = None
    found: object = None


Report = Callable[[Difference], None]


@dataclass(frozen=True, slots=True)
class Checked:
    sheets: int
    lines: int
    entries: int
    differences: int
    seals: int = 0


class _Tally:
    """Counts what is looked at, and passes on what differs; streams are ticked off the anchor."""

    def __init__(self, report: Report, anchor: Anchor) -> None:
        self.report = report
        self.anchor = anchor
        self.left = dict(anchor.heads)
        self.seals = 0
        self.sheets = self.lines = self.entries = self.differences = 0

    def note(self, differences: Iterator[Difference]) -> None:
        for each in differences:
            self.differences += 1
            self.report(each)


def verify(doing: Work, report: Report, anchor: Anchor | None = None) -> Checked:
    """Reads one snapshot; memory does not grow with what is kept, but for an anchor's streams."""
    tally = _Tally(report, anchor or Anchor())
    for record, columns in whole.each_sheet(doing.store):
        sheet = sheets.anew(doing, record)
        where = f"{sheet.round.code}/{record.unit_code}"
        tally.sheets += 1
        tally.lines += len(sheet.lines)
        tally.note(_of_sheet(sheet, columns, where))
        tally.note(_of_chain(doing, journal.assessment(record.id), record.head, tally, where))
    for name, head in sorted(journal.streams(doing.store).items()):
        tally.note(_of_chain(doing, name, head, tally, name))
    tally.note(_strays(doing, tally))
    tally.note(_of_seals(doing, tally))
    tally.note(Difference(Kind.DROPPED, name) for name in sorted(tally.left))
    return Checked(tally.sheets, tally.lines, tally.entries, tally.differences, tally.seals)


def _of_sheet(sheet: Sheet, columns: Mapping[str, object], where: str) -> Iterator[Difference]:
    entries = {entry.code: entry for entry in sheet.form.entries()}
    if strange := sorted(set(entries) ^ set(sheet.lines)):
        yield Difference(Kind.LINES, where, ", ".join(strange))
        return
    faults = list(_of_lines(sheet, entries, where))
    yield from faults
    if any(fault.kind is Kind.UNREADABLE for fault in faults):
        return
    status = sheet.record.status
    progress = progress_of(sheet.form.entries(), sheet.kept())
    made = summaries.of(sheet.summed(status), progress, status)
    for column, found in made.items():
        if columns[column] != found:
            yield Difference(Kind.SUMMARY, where, column, columns[column], found)


def _of_lines(sheet: Sheet, entries: Mapping[str, Entry], where: str) -> Iterator[Difference]:
    for code, line in sheet.lines.items():
        try:
            made = _made(sheet, entries[code], line)
        except Refused as refused:
            yield Difference(Kind.UNREADABLE, where, code, refused.message)
            continue
        for column, found in made.items():
            if (kept := getattr(line, column)) != found:
                yield Difference(Kind.LINE, where, f"{code}, {column}", kept, found)


def _made(sheet: Sheet, entry: Entry, line: LineRecord) -> dict[str, str | Decimal | None]:
    """What stands beside the texts of a line, worked out from them."""
    claim = sheet.value(entry, line.claim)
    return {
        "state": claim_state(entry, claim).value,
        "most": entry.most,
        "claimed_points": sheet.points(entry, claim, Layer.CLAIMED),
        "reviewed_points": _points(sheet, entry, line.reviewed, Layer.REVIEWED),
        "final_points": _points(sheet, entry, line.final, Layer.FINAL),
    }


def _points(sheet: Sheet, entry: Entry, text: str | None, layer: Layer) -> Decimal | None:
    return None if text is None else sheet.points(entry, sheet.mark(entry, text), layer)


def _of_chain(
    doing: Work, name: str, head: Head, tally: _Tally, where: str
) -> Iterator[Difference]:
    """Numbers without a gap, digests that fit, links that fit, and the head at the end."""
    at, anchored, blanks = Head(), _Anchored(tally, name, where), _Blanks(where)
    for told in journal.each_of_stream(doing.store, name):
        tally.entries += 1
        number = str(told.number)
        if told.number != at.number + 1:
            yield Difference(Kind.GAP, where, number)
        if digest(told.entry) != told.digest and not told.entry.is_blanked:
            yield Difference(Kind.CHANGED, where, number)
        if link(at, told.digest) != Head(told.number, told.link):
            yield Difference(Kind.UNLINKED, where, number)
        at = Head(told.number, told.link)
        blanks.look(told)
        yield from anchored.look(at)
    if at != head:
        yield Difference(Kind.HEAD, where, "", head.number, at.number)
    yield from blanks.differences()
    yield from anchored.differences(at)


class _Blanks:
    """Entries without their text, and those that say who took it away and why."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.gone: set[int] = set()
        self.named: set[int] = set()

    def look(self, told: Told) -> None:
        number = (told.entry.data or {}).get("number")
        if told.entry.is_blanked:
            self.gone.add(told.number)
        elif told.entry.deed == BLANK and isinstance(number, int) and number < told.number:
            self.named.add(number)

    def differences(self) -> Iterator[Difference]:
        for number in sorted(self.gone - self.named):
            yield Difference(Kind.BLANKED, self.where, str(number))
        for number in sorted(self.named - self.gone):
            yield Difference(Kind.RESTORED, self.where, str(number))


class _Anchored:
    """Whether a stream still holds the link at which an anchor saw it end."""

    def __init__(self, tally: _Tally, name: str, where: str) -> None:
        self.where = where
        self.wanted = tally.left.pop(name, Head())

    def look(self, at: Head) -> Iterator[Difference]:
        if at.number == self.wanted.number and at.link != self.wanted.link:
            yield Difference(Kind.REWRITTEN, self.where, str(at.number))

    def differences(self, end: Head) -> Iterator[Difference]:
        if end.number < self.wanted.number:
            yield Difference(Kind.CUT, self.where, "", self.wanted.number, end.number)


def _of_seals(doing: Work, tally: _Tally) -> Iterator[Difference]:
    """Each seal fits itself, the one before, and the same one of the anchor."""
    before: Seal | None = None
    left = dict(tally.anchor.seals)
    for seal in seals.each(doing.store):
        tally.seals += 1
        if not _follows(seal, before) or seal != left.pop(seal.number, seal):
            yield Difference(Kind.SEAL, "", str(seal.number))
        before = seal
    for number in sorted(left):
        yield Difference(Kind.SEAL_GONE, "", str(number))


def _follows(seal: Seal, before: Seal | None) -> bool:
    number = 1 if before is None else before.number + 1
    previous = FIRST_LINK if before is None else before.digest
    wanted = number, previous, seal_digest(seal)
    return (seal.number, seal.previous, seal.digest) == wanted


def _strays(doing: Work, tally: _Tally) -> Iterator[Difference]:
    kept = whole.number_of_entries(doing.store)
    if kept != tally.entries:
        yield Difference(Kind.STRAY, "", "", kept, tally.entries)
