"""A text in the journal is taken away by law: who, when and why stay, and so does the chain."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from evalsvc.domain.access import can_administer, require
from evalsvc.domain.errors import Refused
from evalsvc.domain.history import BLANK, GONE, Entry, written
from evalsvc.domain.windows import Task
from evalsvc.store import copies, journal, rounds, whole
from evalsvc.store.journal import Told
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import sheets
from evalsvc.usecases.reasons import reason_of
from evalsvc.usecases.work import Work

TEXTS = (
    *("reason", "note", "typed", "text", "document", "decision", "remarks", "present", "place"),
    *("what", "number", "title"),
)
"""What people write in their own words, by the name that it has in an entry."""

Data = dict[str, str | int | None]
OF_SHEET, OF_ROUND = "assessment:", "round:"


@dataclass(frozen=True, slots=True)
class Blanked:
    """How many copies beside the journal went too, and which entries still say the same."""

    stream: str
    copies: int
    same: tuple[int, ...]


def entries(doing: Work, where: str) -> Sequence[Told]:
    """A stream as people read it, oldest first."""
    require(can_administer(doing.actor), "read-journal")
    return journal.of_stream(doing.store, stream_of(doing, where))


def blank(doing: Work, where: str, number: int, reason: str) -> Blanked:
    """Take away all that an entry says but who, when and which deed."""
    require(can_administer(doing.actor), "blank-entry")
    said, name = reason_of(reason), stream_of(doing, where)
    found = _blankable(doing, name, number)
    data: Data = {"number": number, "deed": found.deed, "reason": said}
    if name.startswith(OF_SHEET):
        gone = _of_sheet(doing, int(name.removeprefix(OF_SHEET)), found, data)
    else:
        gone = _of_round(doing, name.removeprefix(OF_ROUND), found)
        told = Entry(BLANK, doing.now, doing.actor.account, found.line, data)
        journal.note(doing.store, name, told)
    # After the entry that names it: the database lets nothing else through.
    journal.put_blank(doing.store, name, number)
    return Blanked(name, gone, tuple(_same(doing, name, found)))


def stream_of(doing: Work, where: str) -> str:
    """The name of a stream; a sheet may be called ROUND/UNIT too, as `verify` does."""
    round_code, slash, unit_code = where.partition("/")
    if slash:
        id_ = whole.sheet_id(doing.store, round_code, unit_code)
        name = "" if id_ is None else journal.assessment(id_)
    else:
        name = where
    if not name or journal.get(doing.store, name, 1) is None:
        raise Refused("no-such-stream", text=where)
    return name


def _blankable(doing: Work, name: str, number: int) -> Entry:
    found = journal.get(doing.store, name, number)
    if found is None:
        raise Refused("no-such-entry", number=number)
    if found.entry.is_blanked:
        raise Refused("entry-blanked-already", number=number)
    if found.entry.deed == BLANK:
        raise Refused("blank-stays", number=number)
    return found.entry


def _of_sheet(doing: Work, id_: int, found: Entry, data: Data) -> int:
    sheet, _ = sheets.held(doing, id_, Task.ASSESS)
    gone = copies.blank(doing.store, id_, found)
    before = sheet.lines.get(found.line)
    told = sheets.Told(BLANK, found.line, data)
    if before is None or (after := _without(before, found)) == before:
        sheets.keep(doing, sheet, told)
        return gone
    sheets.keep_line(doing, sheet, replace(after, version=before.version + 1), told)
    return gone + 1


def _without(line: LineRecord, entry: Entry) -> LineRecord:
    """The line without the texts that are those of the entry; what it states is untouched."""
    said = entry.data or {}
    if line.note and said.get("note") == line.note:
        line = replace(line, note=GONE)
    if line.draft is not None and said.get("typed") == written(dict(line.draft)):
        gone = {name: [GONE for _ in texts] for name, texts in line.draft.items()}
        line = replace(line, draft=gone)
    if line.returned_because and said.get("reason") == line.returned_because:
        line = replace(line, returned_because=GONE)
    if entry.deed == "put-in-charge" and line.in_charge and said.get("after") == line.in_charge:
        line = replace(line, in_charge=GONE)
    return line


def _of_round(doing: Work, code: str, found: Entry) -> int:
    of = rounds.of_code(doing.store, code)
    return 0 if of is None else copies.blank_extensions(doing.store, of.id, found)


def _same(doing: Work, name: str, entry: Entry) -> Iterable[int]:
    """Numbers of other entries that say one of its texts in the same words."""
    texts = _texts(entry)
    for told in journal.each_of_stream(doing.store, name):
        if texts & _texts(told.entry):
            yield told.number


def _texts(entry: Entry) -> set[str]:
    """Numbers under the same names are those of rows and entries, and nobody's words."""
    said = entry.data or {}
    found = (said.get(key) for key in TEXTS)
    return {text for text in found if isinstance(text, str) and text}
