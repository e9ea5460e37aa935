"""The lines of the page of explanations: what was said, and the form while it is open."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from evalsvc.domain.answers import ByHand, Proposed, Stated
from evalsvc.domain.dates import ZONE
from evalsvc.domain.line_course import Step
from evalsvc.domain.scales import Judged
from evalsvc.usecases.evidence_seen import Papers
from evalsvc.usecases.own_explanations import Explained, Heard, token
from evalsvc.web.answers import line_id
from evalsvc.web.answers.controls import Control
from evalsvc.web.answers.judgement import points_on_step, shown_points
from evalsvc.web.evidence_views import LinePapers, of_line
from evalsvc.web.refusals import refusal
from evalsvc.web.unit_conflict import Version
from evalsvc.web.unit_lines import KEY_BYTES
from evalsvc.web.why import LineRow, WhyView
from evalsvc.words.language import Language

TEXT, WANTED, DRAFT, LINE = "text", "wanted", "draft", "line"


@dataclass(frozen=True, slots=True)
class Typed:
    """What was sent for one line; kept on the page where it could not be done."""

    code: str
    text: str
    wanted: str = ""
    draft: str = ""
    fault: str = ""
    stale: bool = False

    def failed(self, fault: str, *, stale: bool) -> "Typed":
        return replace(self, fault=fault, stale=stale)


def wanted_text(typed: Typed) -> str:
    """The value asked for, with the text as its grounds; empty where none is asked for."""
    points = typed.wanted.replace(";", " ").strip()
    return f"{points}; {typed.text}" if points else ""


@dataclass(frozen=True, slots=True)
class ReplyForm:
    """What the unit may say to a line, until an hour of its own."""

    until: datetime
    days: int
    turns_left: int
    text: str
    ruler: Control | None
    wanted: str
    draft: str
    saved: str
    who: str
    version: int
    key: str
    agrees_to: str
    mine: Version | None = None
    theirs: Version | None = None


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """One line that changed; `closed` says why nothing can be said to it."""

    id: str
    line: LineRow
    form: ReplyForm | None
    version: int
    key: str
    can_withdraw: bool
    closed: str
    fault: str = ""
    typed: str = ""
    papers: LinePapers | None = None
    unfolded: bool = False


@dataclass(frozen=True, slots=True)
class ExplainedView:
    rows: Sequence[ReplyRow]
    may_send: bool
    rest: Sequence[str]
    key: str
    answered: int
    contested: int
    open: int
    until: datetime | None


def explained_view(
    language: Language, found: Explained, why: WhyView, papers: Papers, typed: Typed | None
) -> ExplainedView:
    lines = {line.code: line for _, part in why.parts for line in part}
    id_ = found.own.record.id
    rows: list[ReplyRow] = []
    for each in found.lines:
        row = _row(language, found, each, lines[each.line.entry.code], _of(typed, each))
        row = replace(row, papers=of_line(language, id_, each.line, papers))
        is_first = not any(other.form for other in rows)
        rows.append(replace(row, unfolded=is_first or _is_begun(row)))
    rest = [
        f"{each.line.entry.code}:{each.line.record.version}"
        for each in found.open
        if each.draft is None
    ]
    return ExplainedView(
        rows,
        found.may_send,
        rest,
        secrets.token_hex(KEY_BYTES),
        found.answered,
        len(found.at(Step.CONTESTED)),
        len(found.open),
        max((each.until for each in found.open), default=None),
    )


def _is_begun(row: ReplyRow) -> bool:
    """Whether somebody has written something, or shown a document, that is not sent yet."""
    papers = row.papers.papers if row.papers else ()
    written = row.form is not None and bool(row.form.text)
    return bool(row.fault) or written or any(each.can_change for each in papers)


def _of(typed: Typed | None, heard: Heard) -> Typed | None:
    return typed if typed and typed.code == heard.line.entry.code else None


def _row(
    language: Language, found: Explained, heard: Heard, line: LineRow, typed: Typed | None
) -> ReplyRow:
    record = heard.line.record
    key = secrets.token_hex(KEY_BYTES)
    fault = typed.fault if typed else ""
    if typed and typed.stale:
        fault = language.say("Line {line} has been changed meanwhile.", line=line.code)
    return ReplyRow(
        line_id(line.code),
        line,
        _form(language, found, heard, typed) if _has_form(found, heard) else None,
        record.version,
        key,
        found.may_send and heard.step is Step.CONTESTED and found.own.record.closed_at is None,
        refusal(language, heard.closed) if heard.closed else "",
        fault,
        typed.text if typed and not heard.is_open else "",
    )


def _has_form(found: Explained, heard: Heard) -> bool:
    """An editor has nothing to write where no turn is left."""
    return heard.is_open and (found.may_send or heard.turns_left > 0)


def _form(language: Language, found: Explained, heard: Heard, typed: Typed | None) -> ReplyForm:
    record, sheet, draft = heard.line.record, found.own.sheet, heard.draft
    ruler = _ruler(language, heard)
    stored = draft.text if draft else ""
    wanted = _tick(language, found, heard, ruler, draft.wanted if draft else "")
    points = record.final_points if record.final_points is not None else record.reviewed_points
    form = ReplyForm(
        heard.until,
        (heard.until.astimezone(ZONE).date() - _today(found)).days,
        heard.turns_left,
        typed.text if typed else stored,
        ruler,
        typed.wanted if typed else wanted,
        token(draft),
        language.time(draft.at) if draft else "",
        draft.who if draft else "",
        record.version,
        secrets.token_hex(KEY_BYTES),
        language.points(points, sheet.form.set.decimals) if points is not None else "",
    )
    if not (typed and typed.stale and draft):
        return form
    mine = Version(language.say("Your version"), language.say("(not saved)"), "", typed.text)
    who = language.say("({time}, {who})", time=language.moment(draft.at), who=draft.who)
    theirs = Version(language.say("The version that is saved"), who, "", draft.text)
    return replace(form, mine=mine, theirs=theirs)


def _today(found: Explained) -> date:
    return found.own.now.astimezone(ZONE).date()


def _ruler(language: Language, heard: Heard) -> Control | None:
    """On judged lines the unit says which points it asks for."""
    entry = heard.line.entry
    if not isinstance(entry.scale, Judged) or entry.criterion.less:
        return None
    return points_on_step(language, WANTED, language.say("Points asked for"), entry.scale)


def _tick(
    language: Language, found: Explained, heard: Heard, ruler: Control | None, wanted: str
) -> str:
    """The points of the draft, else those that were claimed."""
    if ruler is None:
        return ""
    text = wanted or heard.line.record.claim or ""
    match found.own.sheet.mark(heard.line.entry, text):
        case Stated(Proposed(points=points)) | ByHand(points):
            return shown_points(language, ruler, points)
        case _:
            return ""
