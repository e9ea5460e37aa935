"""Explanations as those look at them who answer: what was claimed, given, said and asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from evalsvc.domain.access import sees_line
from evalsvc.domain.answers import Value
from evalsvc.domain.deeds import Deed, may
from evalsvc.domain.errors import NotFound
from evalsvc.domain.forms import Entry
from evalsvc.domain.line_course import Step
from evalsvc.store import marks, settlements
from evalsvc.store.documents import Shown
from evalsvc.store.explanations import Reply
from evalsvc.store.marks import MarkRecord
from evalsvc.store.rounds import RoundRecord
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import evidence_seen, explain, review, sheets, unhidden
from evalsvc.usecases.sheets import Sheet
from evalsvc.usecases.work import Work

MOST = 200


@dataclass(frozen=True, slots=True)
class Contested:
    """One line with what was said to it; `is_own`: the mark was that of the one who looks."""

    sheet: Sheet
    entry: Entry
    line: LineRecord
    marks: tuple[MarkRecord, ...]
    replies: tuple[Reply, ...]
    evidence: Sequence[Shown]
    is_own: bool

    @property
    def id(self) -> int:
        return self.sheet.record.id

    @property
    def reply(self) -> Reply | None:
        """The word of the unit that waits for an answer, or its last."""
        sent = [each for each in self.replies if each.withdrawn_at is None]
        return sent[-1] if sent else None

    @property
    def claim(self) -> Value | None:
        return self.sheet.value(self.entry, self.line.claim)

    @property
    def now(self) -> Value | None:
        """What counts until it is answered."""
        return self.sheet.mark(self.entry, self.sheet.counts(self.entry))

    @property
    def wanted(self) -> Value | None:
        found = self.reply
        return None if found is None else self.sheet.mark(self.entry, found.wanted or None)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Contested lines of one round that this person may answer, or would but for the own mark."""

    round: RoundRecord
    rounds: tuple[RoundRecord, ...]
    lines: tuple[Contested, ...]
    total: int


def waiting(doing: Work, code: str) -> Waiting:
    of, all_ = review.round_of(doing, code)
    keys = _keys(doing, of)
    kept: dict[int, _Around] = {}
    found = []
    for each in keys[:MOST]:
        if each.id not in kept:
            kept[each.id] = _around(doing, each.id)
        found.append(_contested(doing, kept[each.id], each.line))
    return Waiting(of, all_, tuple(found), len(keys))


def _keys(doing: Work, of: RoundRecord) -> list[settlements.Contested]:
    """Those that this person answers, or would but for the own mark."""
    return [
        each
        for each in settlements.contested(doing.store, doing.actor, of.id)
        if may(doing.actor, each.place, Deed.RULE) and sees_line(doing.actor, each.place, each.line)
    ]


@dataclass(frozen=True, slots=True)
class _Around:
    sheet: Sheet
    marks: Sequence[MarkRecord]
    replies: dict[str, list[Reply]]
    evidence: evidence_seen.Shelf


def _around(doing: Work, id_: int) -> _Around:
    sheet = sheets.seen(doing, id_)
    return _Around(
        sheet,
        unhidden.marks_of(doing, sheet),
        explain.replies(doing, sheet),
        evidence_seen.on_sheet(doing, sheet),
    )


def _contested(doing: Work, of: _Around, code: str) -> Contested:
    mine = tuple(each for each in of.marks if each.line == code)
    given = {each.account for each in mine if each.stage in marks.PUT}
    return Contested(
        of.sheet,
        of.sheet.entry(code),
        of.sheet.lines[code],
        mine,
        tuple(of.replies.get(code, ())),
        of.evidence.get(code, ()),
        doing.actor.account in given,
    )


def line(doing: Work, id_: int, code: str) -> Contested:
    """To answer it; raises NotFound where this person answers nothing."""
    return _seen(doing, id_, code, Deed.RULE)


def to_correct(doing: Work, id_: int, code: str) -> Contested:
    return _seen(doing, id_, code, Deed.CORRECT)


def _seen(doing: Work, id_: int, code: str, deed: Deed) -> Contested:
    around = _around(doing, id_)
    place = around.sheet.record.place
    if not may(doing.actor, place, deed) or not sees_line(doing.actor, place, code):
        raise NotFound("assessment")
    if around.sheet.record.released_at is None:
        raise NotFound("line")
    return _contested(doing, around, code)


def beside(doing: Work, id_: int, code: str) -> tuple[tuple[int, str] | None, ...]:
    """The lines that wait before and after this one in its round."""
    of = sheets.seen(doing, id_).round
    keys = [(each.id, each.line) for each in _keys(doing, of) if not each.is_own]
    if (id_, code) in keys:
        at = keys.index((id_, code))
        before = keys[at - 1] if at else None
        return before, keys[at + 1] if at + 1 < len(keys) else None
    return None, keys[0] if keys else None


def is_waiting(of: Contested) -> bool:
    return of.line.step is Step.CONTESTED


def counted(doing: Work, of: RoundRecord) -> int:
    """How many contested lines this person may answer."""
    return len([each for each in _keys(doing, of) if not each.is_own])
