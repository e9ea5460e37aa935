"""Lines of an own sheet as the page shows them: rule, answer, sum in words, last year."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from evalsvc.domain.answers import Value
from evalsvc.domain.criteria import GivenBy, Need
from evalsvc.domain.dates import ZONE
from evalsvc.domain.errors import Refused
from evalsvc.domain.forms import Entry
from evalsvc.domain.lines import Layer, LineScore
from evalsvc.domain.readings import demand_past, read_value
from evalsvc.domain.scoring import OUT
from evalsvc.usecases.evidence_seen import NO_PAPERS, Papers
from evalsvc.usecases.own_sheets import Below, Line, Own
from evalsvc.usecases.own_years import answer_before, copied
from evalsvc.usecases.sheets import Sheet
from evalsvc.web.answers import AnswerForm, answer_form, element_id, line_id
from evalsvc.web.evidence_views import LinePapers, of_line
from evalsvc.words.language import Language
from evalsvc.words.reckonings import reckoning
from evalsvc.words.rules import line_rule

KEY_BYTES = 8


@dataclass(frozen=True, slots=True)
class Calc:
    """The sum in words; `value` is its end, which stands out. Off: nothing can be reckoned."""

    text: str = ""
    value: str = ""
    off: bool = False


@dataclass(frozen=True, slots=True)
class Returned:
    """Why a line is back with the unit, and how long it may be put right."""

    because: str
    until: datetime
    days: int


@dataclass(frozen=True, slots=True)
class LineView:
    """One line on the page. Without a form it is only read."""

    code: str
    id: str
    name: str
    rule: str
    guide: str
    evidence: str
    square: str
    most: Decimal | None
    claimed: Decimal | None
    reviewed: Decimal | None
    final: Decimal | None
    calc: Calc
    version: int
    key: str
    note: str
    saved: str = ""
    form: AnswerForm | None = None
    last: str = ""
    can_copy: bool = False
    locked: str = ""
    typed: str = ""
    returned: "Returned | None" = None
    supplied: str = ""
    in_charge: str = ""
    names_charge: bool = False
    papers: LinePapers | None = None

    @property
    def state(self) -> str:
        return {"error": "err", "superior": "lock"}.get(self.square, "")

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Where on the page and what, for the summary."""
        found = self.form.faults if self.form else []
        return [(element_id(self.id, fault.number), fault.text) for fault in found]


@dataclass(frozen=True, slots=True)
class After:
    """What a save changes on a line that is on the screen already."""

    id: str
    claimed: Decimal | None
    calc: Calc
    saved: str
    faults: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Shower:
    """What the lines of one page have in common."""

    language: Language
    own: Own
    before: Sheet | None = None
    below: Mapping[str, Below] = field(default_factory=dict)
    papers: Papers = NO_PAPERS

    @property
    def decimals(self) -> int:
        return self.own.sheet.form.set.decimals

    @property
    def year(self) -> int:
        return self.own.sheet.form.year

    @property
    def today(self) -> date:
        return self.own.now.astimezone(ZONE).date()

    def show(self, line: Line, typed: AnswerForm | None = None) -> LineView:
        """`typed`: what was sent and not kept stands in the fields instead of what is kept."""
        entry, record = line.entry, line.record
        value = self.own.sheet.value(entry, record.claim)
        editable = self.own.is_editable(line)
        marks = self.own.sees_marks
        return LineView(
            entry.code,
            line_id(entry.code),
            entry.criterion.name,
            line_rule(self.language, entry, self.decimals, self._names(entry)),
            entry.criterion.guide,
            self._evidence(entry),
            line.square,
            entry.most,
            self.claimed(line, value),
            record.reviewed_points if marks else None,
            record.final_points if marks else None,
            self.calc(line, value),
            record.version,
            secrets.token_hex(KEY_BYTES),
            record.note,
            self._saved(record.saved_at),
            (typed or self.form(line, value)) if editable else None,
            self._last(entry),
            editable and bool(copied(self.before, entry, self.year)),
            "" if line.is_own else self._locked(line),
            "" if editable else _as_typed(record.draft),
            self._returned(line),
            self.supplied(record.supplied_at),
            record.in_charge,
            self.own.is_open and line.is_own,
            of_line(self.language, self.own.record.id, line, self.papers),
        )

    def _returned(self, line: Line) -> Returned | None:
        until = line.record.returned_until
        if not line.is_returned or until is None:
            return None
        days = (until.astimezone(ZONE).date() - self.today).days
        return Returned(line.record.returned_because, until, days)

    def supplied(self, at: datetime | None) -> str:
        """Stands beside the line on the screen and on paper."""
        if at is None:
            return ""
        return self.language.say("supplied on {day}", day=at.astimezone(ZONE).date())

    def claimed(self, line: Line, value: Value | None) -> Decimal | None:
        """None where nothing is claimed, and where a line is out: that is not 0."""
        if value is None:
            return None
        score = self.own.sheet.line_score(line.entry, value, Layer.CLAIMED)
        return None if score.treatment in OUT else line.record.claimed_points

    def after(self, line: Line) -> After:
        entry, record = line.entry, line.record
        value = self.own.sheet.value(entry, record.claim)
        id_ = line_id(entry.code)
        faults = [] if record.draft is None else self.form(line, value).faults
        return After(
            id_,
            self.claimed(line, value),
            self.calc(line, value),
            self._saved(record.saved_at),
            [(element_id(id_, fault.number), fault.text) for fault in faults],
        )

    def _saved(self, at: datetime | None) -> str:
        """The hour; with its day where that is not today."""
        if at is None:
            return ""
        here = at.astimezone(ZONE)
        if here.date() == self.today:
            return self.language.time(at)
        day = f"{here:%d/%m}" if here.year == self.today.year else self.language.day(here.date())
        return f"{day} {self.language.time(at)}"

    def form(self, line: Line, value: Value | None) -> AnswerForm:
        """The controls with what is kept; a draft that cannot be read with its fault."""
        made = self.form_class(line.entry)
        filled = made.filled(value, line.record.draft, self.year)
        if line.record.draft is not None:
            mark(filled, line.entry, self.year, self.today)
        return filled

    def form_class(self, entry: Entry) -> type[AnswerForm]:
        below = self.below.get(entry.code)
        return answer_form(entry, self.language, bands=below.bands if below else {})

    def calc(self, line: Line, value: Value | None) -> Calc:
        if line.record.draft is not None:
            said = self.language.say("No points yet: there is something to put right")
            return Calc(said, off=True)
        if value is None:
            return Calc()
        return self.told(self.own.sheet.line_score(line.entry, value, Layer.CLAIMED))

    def told(self, score: LineScore) -> Calc:
        """The sum in words, parted before its result."""
        text = reckoning(self.language, score, self.decimals, self._names(score.entry))
        result = self.language.points(score.points, self.decimals)
        if text.endswith(f" {result}"):
            return Calc(text.removesuffix(result).rstrip(), result)
        return Calc(text, off=score.treatment is not None)

    def text(self, score: LineScore) -> str:
        return reckoning(self.language, score, self.decimals, self._names(score.entry))

    def _names(self, entry: Entry) -> Mapping[str, str]:
        below = self.below.get(entry.code)
        return below.names if below else {}

    def _last(self, entry: Entry) -> str:
        score = answer_before(self.before, entry)
        if score is None or self.before is None:
            return ""
        year = str(self.before.form.year)
        return self.language.say("Year {year}: {answer}", year=year, answer=self.text(score))

    def _evidence(self, entry: Entry) -> str:
        evidence = entry.criterion.evidence
        if evidence.need is Need.NONE or not evidence.text:
            return ""
        if evidence.need is Need.REQUIRED:
            return self.language.say("Evidence required: {what}", what=evidence.text)
        return self.language.say("Evidence: {what}", what=evidence.text)

    def _locked(self, line: Line) -> str:
        if line.entry.criterion.given_by is GivenBy.REVIEWER:
            return self.language.say(
                "Given by the superior; the unit states nothing. The points stand under “Reviewed”."
            )
        if line.record.claim is None and line.record.reviewed is not None:
            return self.language.say(
                "An official result that was put in after the sheet was handed in; it counts from "
                "the review on."
            )
        if line.record.claim is None:
            return self.language.say(
                "An official result that is put in for all units; it is still to come."
            )
        return self.language.say("An official result that was put in for all units.")


def mark(form: AnswerForm, entry: Entry, year: int, today: date | None = None) -> Refused | None:
    """Puts the fault of what was typed at its field; without a day no day is to come."""
    try:
        value = read_value(entry, form.text(), year)
        demand_past(value, today or date.max)
    except Refused as refused:
        form.mark(refused)
        return refused
    return None


def _as_typed(draft: Mapping[str, list[str]] | None) -> str:
    """What was typed and could not be read, on a sheet that is only read."""
    return "; ".join(", ".join(values) for values in (draft or {}).values())
