"""A unit shows documents for what it states: added, used again, replaced and taken off."""

from dataclasses import dataclass, replace
from datetime import datetime

from evalsvc.domain import line_course
from evalsvc.domain.access import can_prepare, require
from evalsvc.domain.course import Status
from evalsvc.domain.errors import NotFound, Refused
from evalsvc.domain.evidence import Described, checked, pages
from evalsvc.domain.forms import Entry
from evalsvc.domain.history import written
from evalsvc.domain.line_course import LineDeed
from evalsvc.domain.summary import is_claimable
from evalsvc.domain.windows import Task, Window
from evalsvc.files.kinds import MEGABYTE, Kind
from evalsvc.store import documents, evidence_places, journal, uploads
from evalsvc.store.documents import Document, Shown
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import explain, sheets
from evalsvc.usecases.assess import demand_writable, today
from evalsvc.usecases.sheets import Seen, Sheet, Told
from evalsvc.usecases.work import Work


@dataclass(frozen=True, slots=True)
class File:
    """A file that lies in the vault already, with what it was found to be."""

    sha256: str
    name: str
    kind: Kind
    size: int
    pages: int | None
    upload: str
    """The token of the upload by which it came."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What somebody puts on a line: a document, where in it to look, and its file if it has one."""

    described: Described
    pages: str = ""
    file: File | None = None
    most_of_unit: int = 0
    """Bytes that all files of the unit may take; asked only where there is a file."""

    @property
    def said(self) -> str:
        said = self.described
        file = self.file.sha256 if self.file else ""
        day = said.day.isoformat() if said.day else ""
        texts = [said.number, day, said.issuer, said.title, said.link, self.pages, file]
        return written({"paper": texts})


@dataclass(frozen=True, slots=True)
class Held:
    """One line of a sheet that is locked until the deed is done."""

    sheet: Sheet
    window: Window
    entry: Entry
    line: LineRecord


def attach(doing: Work, id_: int, code: str, paper: Paper, seen: Seen) -> Sheet:
    """A further document takes nothing from anybody: only a repeated key is looked for.

    The version of the line rises, so that nobody accepts what has just got more papers.
    """
    held = _held(doing, id_, code)
    seen = seen.saying(code, "attach", paper.said)
    if _is_repeated(doing, held, paper, seen):
        return held.sheet
    turn = turn_of(doing, held)
    document = _added(doing, held.sheet, paper)
    documents.show(doing.store, id_, code, (document.id, pages(paper.pages), turn), _by(doing))
    return _kept(doing, held, ("attach", document, turn), seen)


def show_again(doing: Work, id_: int, code: str, shown: tuple[int, str], seen: Seen) -> Sheet:
    """A document that the unit has shown before, on another line or in another year.

    `shown` is its id and the pages to look at.
    """
    held = _held(doing, id_, code)
    seen = seen.saying(code, "again", str(shown[0]), shown[1])
    if seen.key and journal.of_key(doing.store, journal.assessment(id_), seen.key):
        return held.sheet
    turn = turn_of(doing, held)
    document = documents.get(doing.store, doing.actor, shown[0])
    if document is None or document.unit_id != held.sheet.record.unit_id:
        raise NotFound("document")
    if any(each.document.id == document.id for each in of_line(doing, id_, code)):
        raise Refused("document-on-line", line=code)
    documents.show(doing.store, id_, code, (document.id, pages(shown[1]), turn), _by(doing))
    return _kept(doing, held, ("attach", document, turn), seen)


def replace_(doing: Work, id_: int, code: str, was: int, paper: Paper, seen: Seen) -> Sheet:
    """Another document in the place of one; its file stays where no other file or link comes."""
    held = _held(doing, id_, code)
    seen = seen.saying(code, "replace", str(was), paper.said)
    if _is_repeated(doing, held, paper, seen):
        return held.sheet
    if held.line.version != seen.version:
        sheets.answered_before(doing, held.sheet, held.line, seen)
    old = _takes_off(doing, held, was)
    document = _added(doing, held.sheet, paper, old)
    of = document.id, pages(paper.pages), old.turn
    documents.show(doing.store, id_, code, of, _by(doing))
    return _kept(doing, held, ("replace", document, old.turn), seen)


def remove(doing: Work, id_: int, code: str, evidence_id: int, seen: Seen) -> Sheet:
    """Off the line; the history of the line still knows it."""
    held = _held(doing, id_, code)
    seen = seen.saying(code, "remove", str(evidence_id))
    if sheets.is_repeated(doing, held.sheet, held.line, seen):
        return held.sheet
    old = _takes_off(doing, held, evidence_id)
    return _kept(doing, held, ("remove", old.document, old.turn), seen)


def demand(doing: Work, id_: int, code: str, paper: Paper) -> int:
    """All that can be said against it before its file is looked at; the unit whose it will be."""
    held = _held(doing, id_, code)
    turn_of(doing, held)
    if paper.described.number or paper.described.title:
        checked(paper.described, today(doing))
    pages(paper.pages)
    return held.sheet.record.unit_id


def turn_of(doing: Work, held: Held) -> int:
    """With what a document comes now: 0 with the claim, 1 and 2 with an explanation.

    Raises Refused where nothing can be added.
    """
    sheet, line = held.sheet, held.line
    if sheet.record.status is Status.RELEASED:
        line_course.after(line.step, LineDeed.CONTEST, line.code)
        explain.demand_open(doing, sheet, line)
        return line.turn + 1
    demand_writable(doing, sheet, line, held.window)
    if not is_claimable(held.entry):
        raise Refused("line-not-yours", line=line.code)
    return 0


def of_line(doing: Work, id_: int, code: str) -> list[Shown]:
    return list(documents.of_assessment(doing.store, id_).get(code, ()))


def _held(doing: Work, id_: int, code: str) -> Held:
    sheet, window = sheets.held(doing, id_, Task.ASSESS)
    require(can_prepare(doing.actor, sheet.record.place), "answer")
    return Held(sheet, window, sheet.entry(code), sheet.lines[code])


def _is_repeated(doing: Work, held: Held, paper: Paper, seen: Seen) -> bool:
    """The same save once more, or the same upload finished once more."""
    name = journal.assessment(held.sheet.record.id)
    if seen.key and journal.of_key(doing.store, name, seen.key) is not None:
        return True
    if paper.file is None:
        return False
    upload = uploads.get(doing.store, paper.file.upload)
    if upload is None or (upload.assessment, upload.line) != (
        held.sheet.record.id,
        held.line.code,
    ):
        raise NotFound("upload")
    return upload.document is not None


def _added(doing: Work, sheet: Sheet, paper: Paper, old: Shown | None = None) -> Document:
    unit, file, said = sheet.record.unit_id, paper.file, paper.described
    if file and not (said.number.strip() or said.title.strip()):
        said = replace(said, title=file.name)
    said = checked(said, today(doing))
    record = Document(
        0,
        unit,
        said.number,
        said.day,
        said.issuer,
        said.title,
        said.link,
        at=doing.now,
        account=doing.actor.account,
        replaces=old.document.id if old else None,
    )
    if file:
        _demand_room(doing, unit, file, paper.most_of_unit)
        record = replace(
            record,
            sha256=file.sha256,
            name=file.name,
            kind=file.kind.value,
            size=file.size,
            pages=file.pages,
        )
    elif old and not said.link:
        record = _with_file_of(record, old.document)
    added = replace(record, id=documents.add(doing.store, record))
    if file:
        uploads.put_document(doing.store, file.upload, added.id)
    return added


def _with_file_of(record: Document, old: Document) -> Document:
    return replace(
        record,
        sha256=old.sha256,
        name=old.name,
        kind=old.kind,
        size=old.size,
        pages=old.pages,
    )


def _demand_room(doing: Work, unit: int, file: File, most: int) -> None:
    if evidence_places.has_file(doing.store, unit, file.sha256):
        return
    if evidence_places.used(doing.store, unit) + file.size > most:
        raise Refused("unit-files-full", most=most // MEGABYTE)


def _takes_off(doing: Work, held: Held, evidence_id: int) -> Shown:
    """Only what came with what is written now: a released sheet keeps what was appraised."""
    turn = turn_of(doing, held)
    id_ = held.sheet.record.id
    found = next(
        (each for each in of_line(doing, id_, held.line.code) if each.id == evidence_id), None
    )
    if found is None:
        raise NotFound("evidence")
    if found.turn != turn:
        raise Refused("evidence-stands", line=held.line.code)
    documents.take_off(doing.store, id_, evidence_id, doing.now)
    return found


def _kept(doing: Work, held: Held, done: tuple[str, Document, int], seen: Seen) -> Sheet:
    """The line counts the documents of its claim; those of an explanation wait to be sent with it.

    The entry says with what a document came, so that it is told to others no sooner either.
    """
    deed, document, turn = done
    sheet, line = held.sheet, held.line
    shown = sum(each.turn == 0 for each in of_line(doing, sheet.record.id, line.code))
    changed = replace(line, evidence=shown, version=line.version + 1)
    data: dict[str, str | int | None] = {
        "document": document.id,
        "what": document.number or document.title,
        "number": document.number,
        "title": document.title,
        "sha256": document.sha256,
        "turn": turn,
        "version": changed.version,
    }
    return sheets.keep_line(doing, sheet, changed, Told(deed, line.code, data, seen.key))


def _by(doing: Work) -> tuple[int | None, datetime]:
    return doing.actor.account, doing.now
