"""The sheet of the year before: what was claimed there, and what of it can be copied."""

from evalsvc.domain.answers import Value
from evalsvc.domain.errors import Refused
from evalsvc.domain.forms import Entry
from evalsvc.domain.lines import Layer, LineScore
from evalsvc.domain.readings import read_value
from evalsvc.domain.scales import Imported, Lateness
from evalsvc.store import queues
from evalsvc.usecases import sheets
from evalsvc.usecases.assess import Typed
from evalsvc.usecases.own_sheets import Kept, Own, own, save
from evalsvc.usecases.sheets import Seen, Sheet
from evalsvc.usecases.work import Work

DATED = (Lateness, Imported)
"""Answers that hold days of their year, and are never copied into another."""


def last_year(doing: Work, now: Own) -> Sheet | None:
    """The sheet of the same unit in the round before."""
    id_ = queues.previous(doing.store, now.record)
    return None if id_ is None else sheets.seen(doing, id_)


def answer_before(before: Sheet | None, entry: Entry) -> LineScore | None:
    """What the unit claimed on the same line: same code and same name."""
    if before is None:
        return None
    for old in before.form.entries():
        if old.code == entry.code and old.criterion.name == entry.criterion.name:
            line = before.lines.get(old.code)
            if line is None or not line.claim:
                return None
            value = before.value(old, line.claim)
            return before.line_score(old, value, Layer.CLAIMED)
    return None


def copied(before: Sheet | None, entry: Entry, year: int) -> str:
    """The text of last year's answer where it can stand on this year's line, else empty."""
    if answer_before(before, entry) is None or before is None or isinstance(entry.scale, DATED):
        return ""
    text = before.lines[entry.code].claim or ""
    return text if _reads(entry, text, year) is not None else ""


def _reads(entry: Entry, text: str, year: int) -> Value | None:
    try:
        return read_value(entry, text, year)
    except Refused:
        return None


def copy_last(doing: Work, id_: int, code: str, seen: Seen) -> Kept:
    """Put last year's answer on a line; raises Stale like any other save."""
    now = own(doing, id_)
    line = now.line(code)
    text = copied(last_year(doing, now), line.entry, now.sheet.form.year)
    if not text:
        raise Refused("nothing-to-copy", line=code)
    typed = Typed(text, note=line.record.note)
    return save(doing, id_, code, lambda _entry, _below: typed, seen)
