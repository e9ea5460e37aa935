"""Documents as pages show them: the words on a chip, what may be done, where it leads."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import url_for
from markupsafe import Markup

from evalsvc import request
from evalsvc.domain.dates import write_day
from evalsvc.domain.evidence import is_missing
from evalsvc.files.kinds import MEGABYTE, Kind
from evalsvc.usecases.evidence_seen import Document, Papers, Same, Shown
from evalsvc.usecases.own_sheets import Line
from evalsvc.web.answers import line_id
from evalsvc.words.language import Language

KEY_BYTES = 8
ACCEPT = ",".join(ending for kind in Kind for ending in kind.endings)
LINK = "link"


@dataclass(frozen=True, slots=True)
class PaperView:
    """One document on a line. `url` leads to its page; a link of the unit leads away."""

    id: int
    document: int
    text: str
    kind: str
    url: str
    link: str
    pages: str
    number: str
    day: str
    issuer: str
    title: str
    name: str
    can_change: bool = False
    with_reply: bool = False
    file_pages: int = 0
    first: int = 1
    same: Sequence[tuple[str, str, str]] = ()
    """Other units with the same file: name, line, where it is."""

    @property
    def has_file(self) -> bool:
        return bool(self.name)


@dataclass(frozen=True, slots=True)
class LinePapers:
    """The documents of one own line, and the form that adds one."""

    sheet: int
    code: str
    id: str
    version: int
    key: str
    papers: Sequence[PaperView]
    missing: bool
    can_add: bool
    with_reply: bool
    most_mb: int
    language: str
    accept: str = ACCEPT

    def blank_fields(self, draw: Callable[["LinePapers"], Markup]) -> Markup:
        """Of a new document: drawn once, for they are the same on every line but for two words."""
        key = self.language, self.most_mb
        if key not in _MOULDS:
            _MOULDS[key] = draw(replace(self, id=_ID, code=_CODE))
        return _MOULDS[key].replace(_ID, self.id).replace(_CODE, self.code)


_ID, _CODE = "\ue000", "\ue001"
"""Signs of no script, which nothing else in the fields has."""
_MOULDS: dict[tuple[str, int], Markup] = {}


def of_line(language: Language, sheet: int, line: Line, papers: Papers) -> LinePapers:
    entry, record = line.entry, line.record
    code = entry.code
    shown = papers.shown.get(code, ())
    turn = papers.turns.get(code)
    answered = record.claim is not None or record.draft is not None
    bare = is_missing(entry, answered=answered, documents=len(shown))
    views = [paper(language, each, changes=each.turn == turn) for each in shown]
    return LinePapers(
        sheet,
        code,
        f"{line_id(code)}-ev",
        record.version,
        secrets.token_hex(KEY_BYTES),
        views,
        bare and not record.note,
        turn is not None,
        bool(turn),
        request.settings().most_file_mb,
        language.code,
    )


def paper(
    language: Language,
    shown: Shown,
    *,
    changes: bool = False,
    same: Mapping[str, Sequence[Same]] | None = None,
) -> PaperView:
    found = shown.document
    theirs = (same or {}).get(found.sha256 or "", ())
    return PaperView(
        shown.id,
        found.id,
        words(language, found),
        kind_of(language, found),
        url_for("evidence.page", id=found.id),
        found.link,
        shown.pages,
        found.number,
        _day(found.day),
        found.issuer,
        found.title,
        found.name,
        changes,
        shown.turn > 0,
        found.pages or 0,
        first_page(shown.pages, found.pages or 0),
        [(name, line, _review_url(id_, line)) for name, id_, line in theirs],
    )


def _review_url(id_: int, line: str) -> str:
    return url_for("evaluate.evidence_line", id=id_, code=line)


def words(language: Language, found: Document) -> str:
    """Title, number and day, as far as they are known."""
    number = language.say("No. {number}", number=found.number) if found.number else ""
    parts = (found.title, number if found.title else found.number, _day(found.day))
    return ", ".join(part for part in parts if part)


def on_paper(language: Language, shown: Shown) -> str:
    """Document and pages, as they are printed beside the line."""
    found = words(language, shown.document)
    return f"{found}, {shown.pages}" if shown.pages else found


def kind_of(language: Language, found: Document) -> str:
    """`PDF`; “link” where it lies elsewhere; empty for paper."""
    if found.kind:
        return found.kind.upper()
    return language.say("link") if found.link else ""


def size_of(language: Language, size: int) -> str:
    if size < MEGABYTE:
        return language.say("{size} KB", size=max(1, size // 1024))
    return language.say("{size} MB", size=(size + MEGABYTE // 2) // MEGABYTE)


def first_page(hint: str, most: int) -> int:
    """The first number in “tr. 3–5”, where the file has such a page."""
    digits = "".join(sign if sign.isascii() and sign.isdigit() else " " for sign in hint).split()
    page = int(digits[0][:6]) if digits else 1
    return page if 1 <= page <= most else 1


def _day(day: date | None) -> str:
    return write_day(day) if day else ""
