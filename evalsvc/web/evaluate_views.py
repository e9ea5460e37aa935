"""Lines as the pages of reviewers show them: the claim in words, the mark, and the form."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from evalsvc.domain.answers import UNANSWERED, NotApplicable, NotDue, Unanswered, Value
from evalsvc.domain.criteria import CriteriaSet, GivenBy, Need
from evalsvc.domain.dates import ZONE
from evalsvc.domain.errors import Refused
from evalsvc.domain.forms import Entry as Line
from evalsvc.domain.history import Entry
from evalsvc.domain.lines import Layer, LineScore, line_score, settled
from evalsvc.domain.readings import read_mark
from evalsvc.domain.summary import Totals
from evalsvc.domain.windows import Hour, Window
from evalsvc.usecases.review_rows import Row
from evalsvc.web.answers import AnswerForm, answer_form, element_id, line_id
from evalsvc.web.evaluate_aside import NOTHING_ASIDE, Aside
from evalsvc.web.evidence_views import PaperView
from evalsvc.words.amounts import out_of
from evalsvc.words.histories import told
from evalsvc.words.language import Language
from evalsvc.words.reckonings import reckoning
from evalsvc.words.rules import line_rule

KEY_BYTES = 8


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done on a line."""

    who: str
    when: str
    text: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """What the reviewer was about to save, and what somebody else has saved meanwhile."""

    mine: str
    mine_text: str
    theirs: str
    theirs_note: str
    theirs_text: str


@dataclass(frozen=True, slots=True)
class RowView:
    """One line of one unit on the page; only an opened one has a form."""

    row: Row
    dom: str
    answer: str
    claimed: Decimal | None
    reviewed: Decimal | None
    state: str
    marked: str
    when: str
    form: AnswerForm | None = None
    key: str = ""
    why: str = ""
    errors: tuple[tuple[str, str], ...] = ()
    why_error: str = ""
    accept: str = ""
    can_refuse: bool = False
    conflict: Conflict | None = None
    history: tuple[Deed, ...] = ()
    warnings: tuple[str, ...] = ()
    url: str = ""
    extra: Mapping[str, str | int] = field(default_factory=dict)
    papers: tuple[PaperView, ...] = ()
    aside: Aside = NOTHING_ASIDE

    @property
    def others(self) -> str:
        """Who marks the line, where the one who looks does not."""
        return ", ".join(who for chair in self.row.seats.chairs for who in chair.who)

    @property
    def line_dom(self) -> str:
        return line_id(self.row.entry.code)

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Faults for the head of the page, with links to where they are."""
        return [(f"#{place}", text) for place, text in self.errors]


@dataclass(frozen=True, slots=True)
class Shower:
    """What the rows of one page have in common: the language and names of other sets."""

    language: Language
    names: Mapping[str, str] = field(default_factory=dict)
    bands: Mapping[str, str] = field(default_factory=dict)

    def show(self, row: Row, dom: str) -> RowView:
        """The row as it is read, without its form."""
        line = row.line
        has_claim = row.is_claimed or line.claim is not None
        score = row.reviewed
        differs = score is not None and (
            not row.is_claimed or row.mark != (row.claim or UNANSWERED)
        )
        return RowView(
            row,
            dom,
            self.words(row, row.claimed) if has_claim else "",
            line.claimed_points if has_claim else None,
            None if isinstance(row.mark, NotDue) else row.points,
            state_of(row),
            self.words(row, score) if score is not None and differs else "",
            self.language.moment(row.at) if row.at else "",
        )

    def opened(self, row: Row, dom: str, typed: AnswerForm | None = None) -> RowView:
        """With its form, where it may be marked; `typed` is what was sent and not kept."""
        shown = self.show(row, dom)
        if not row.open and not row.may_agree:
            return shown
        return replace(
            shown,
            form=typed or self.form_class(row.entry).filled(self._first(row), None, row.year),
            key=secrets.token_hex(KEY_BYTES),
            why=row.reason,
            accept=self._accept(row) if row.is_claimed and row.open else "",
            can_refuse=isinstance(row.claim, NotApplicable) and row.is_claimed,
        )

    def _accept(self, row: Row) -> str:
        if isinstance(row.claim, NotApplicable):
            return self.language.say("Accept “not applicable”")
        points = self.language.points(row.line.claimed_points, row.decimals)
        return self.language.say("Accept {points}", points=points)

    def _first(self, row: Row) -> Value | None:
        """What the form begins with: the mark that stands, else the claim."""
        return row.claim if row.mark is None else row.mark

    def form_class(self, entry: Line) -> type[AnswerForm]:
        return answer_form(entry, self.language, by_hand=True, bands=self.bands)

    def words(self, row: Row, score: LineScore) -> str:
        return reckoning(self.language, score, row.decimals, self.names)

    def rule(self, row: Row) -> str:
        return line_rule(self.language, row.entry, row.decimals, self.names)

    def evidence(self, entry: Line) -> str:
        evidence = entry.criterion.evidence
        if evidence.need is Need.NONE or not evidence.text:
            return ""
        if evidence.need is Need.REQUIRED:
            return self.language.say("Evidence required: {what}", what=evidence.text)
        return self.language.say("Evidence: {what}", what=evidence.text)

    def history(self, row: Row, deeds: Sequence[tuple[str, Entry]]) -> tuple[Deed, ...]:
        return tuple(self._deed(row, who, deed) for who, deed in deeds)

    def _deed(self, row: Row, who: str, deed: Entry) -> Deed:
        said = told(self.language, deed, lambda text: self.said(row, text))
        return Deed(who, self.language.moment(deed.at), said)

    def said(self, row: Row, text: str) -> str:
        """A stored answer in words."""
        value = read_mark(row.entry, text, row.year, row.decimals)
        scored = line_score(row.entry, settled(row.entry, value, Layer.REVIEWED), row.decimals)
        return self.words(row, scored)

    def refused(self, view: RowView, refused: Refused, said: str) -> RowView:
        """The fault at its field, and in the summary with a link there."""
        if refused.message in ("reason-missing", "reason-too-long"):
            return replace(view, why_error=said, errors=((f"{view.dom}-why", said),))
        if view.form is None:
            return replace(view, errors=((view.dom, said),))
        view.form.mark(refused)
        errors = tuple(
            (element_id(f"{view.dom}-{view.line_dom}", fault.number), fault.text)
            for fault in view.form.faults
        )
        return replace(view, errors=errors)

    def conflict(self, row: Row, mine: str, why: str) -> Conflict:
        """`mine` is what was about to be saved, in words."""
        score = row.reviewed
        theirs = self.words(row, score if score is not None else row.claimed)
        note = row.who
        if row.at:
            note = self.language.say("{who}, {when}", who=row.who, when=row.at)
        return Conflict(mine, why, theirs, note, row.reason)


def total_of(language: Language, totals: Totals, criteria: CriteriaSet) -> str:
    """`72,55`; on a scale of its own `72,55/85 · 85,33`, with what is compared."""
    decimals = criteria.decimals
    if totals.unit_scale == criteria.scale:
        return language.points(totals.total, decimals)
    total = out_of(language, totals.total, totals.unit_scale, decimals)
    if totals.compared == totals.total:
        return total
    return f"{total} · {language.points(totals.compared, decimals)}"


def state_of(row: Row) -> str:
    """How far one line is."""
    if row.entry.criterion.given_by is GivenBy.SERVICE:
        return "to-come" if row.official is None else "official"
    if row.line.reviewed is None:
        return _unmarked(row)
    if not row.is_claimed:
        return "given"
    if isinstance(row.mark, Unanswered) and isinstance(row.claim, NotApplicable):
        return "refused"
    return "adjusted" if row.adjusted else "accepted"


def _unmarked(row: Row) -> str:
    """The first that is true of a line on which nothing counts yet."""
    found = {
        "returned": row.is_returned,
        "to-agree": row.seats.to_agree,
        "own-mark": row.seats.is_given,
        "others": row.seats.mine is None,
        "lapsed": row.is_lapsed,
        "supplied": row.is_supplied,
    }
    return next((name for name, holds in found.items() if holds), "waiting")


@dataclass(frozen=True, slots=True)
class HourView:
    """What the hour means for reviewers; `days` is None where nothing is counted down."""

    phase: str
    days: int | None = None


def hour_of(language: Language, window: Window, now: datetime) -> HourView:
    match window.at(now):
        case Hour.BEFORE:
            return HourView(language.say("The review opens at {opens}", opens=window.opens))
        case Hour.LOCKED:
            return HourView(language.say("The review ended at {closes}", closes=window.locks))
        case _:
            last = window.closes.astimezone(ZONE).date()
            days = (last - now.astimezone(ZONE).date()).days
            return HourView(language.say("Review until {closes}", closes=window.closes), days)
