"""What the pages of leaders show, in words: rows of a ranking, reasons, the course of a round."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from flask import url_for
from markupsafe import Markup

from evalsvc.domain.dates import ZONE
from evalsvc.domain.lines import Layer
from evalsvc.domain.provisions import Ladder
from evalsvc.domain.ranking import ApartBy
from evalsvc.domain.results import UnratedBy
from evalsvc.domain.windows import Task, Window
from evalsvc.exports.charts import Band
from evalsvc.exports.charts_rows import MiniRulers
from evalsvc.exports.charts_time import Course, Stage
from evalsvc.usecases.rank import Live, Row
from evalsvc.usecases.rank_apart import Apart
from evalsvc.usecases.rank_scope import Tab
from evalsvc.words.amounts import out_of
from evalsvc.words.language import Language, sentence

TASKS = {
    Task.ASSESS: sentence("Self-assessment"),
    Task.REVIEW: sentence("Review"),
    Task.EXPLAIN: sentence("Explanations"),
    Task.DECIDE: sentence("Conclusion"),
}
LAYERS: Mapping[str, tuple[Layer | None, str]] = {
    "": (None, sentence("What counts now")),
    "claimed": (Layer.CLAIMED, sentence("Claimed")),
    "reviewed": (Layer.REVIEWED, sentence("Reviewed")),
    "final": (Layer.FINAL, sentence("Final")),
}
"""By what the address says."""


@dataclass(frozen=True, slots=True)
class Item:
    """A tab, or a row of links."""

    label: Markup | str
    url: str
    current: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Now:
    """The stage of a round on a day, and the days until it ends (None: nothing runs)."""

    name: str
    closes: datetime | None
    days: int | None


def now(language: Language, windows: Mapping[Task, Window], at: datetime) -> Now:
    """The stage that ends next; two stages may run beside each other."""
    running = [
        (window.closes, task)
        for task, window in windows.items()
        if window.opens <= at <= window.closes
    ]
    if not running:
        return Now("", None, None)
    closes, task = min(running, key=lambda each: each[0])
    days = (closes.astimezone(ZONE).date() - at.astimezone(ZONE).date()).days
    return Now(language.say(TASKS[task]), closes, days)


def course(language: Language, windows: Mapping[Task, Window], today: date) -> Course:
    stages = [
        Stage(
            language.say(TASKS[task]),
            windows[task].opens.astimezone(ZONE).date(),
            windows[task].closes.astimezone(ZONE).date(),
        )
        for task in Task
        if task in windows
    ]
    return Course.of(language, "course", stages, today)


def tab_name(language: Language, tab: Tab) -> str:
    return tab.block.name if tab.block else language.say("All blocks together")


def bands_of(ladder: Ladder) -> list[Band]:
    return [Band(band.name, band.bound) for band in ladder]


# Rows of a ranking


@dataclass(frozen=True, slots=True)
class RowView:
    """One row, ready to be printed; `own` is the total on the scale of the unit itself."""

    rank: int
    name: str
    url: str
    notes: Sequence[str]
    groups: Markup
    layer: str
    total: str
    own: str
    ruler: Markup
    change: str
    rises: bool
    falls: bool
    band: str
    lowered: str
    gates: Sequence[tuple[str, str]]
    late: bool
    waits: str


@dataclass(frozen=True, slots=True)
class Heads:
    """Columns of groups: none where the rows are of different sets."""

    groups: Sequence[tuple[str, str]] = ()
    has_beside: bool = False
    decimals: int = 2


def heads(live: Live) -> Heads:
    forms = {row.record.sha256: row.set for row in live.rows}
    if len(forms) != 1:
        return Heads()
    (criteria,) = forms.values()
    codes = {code for row in live.rows for code, _, _ in row.record.totals.groups}
    return Heads(
        [(group.code, group.name) for group in criteria.groups if group.code in codes],
        any(_beside(row) for row in live.rows),
        criteria.decimals,
    )


def _beside(row: Row) -> Decimal:
    """What the total has beside its groups: bonus, penalty, stretching, ceiling."""
    totals = row.record.totals
    return totals.total - sum((counted for _, counted, _ in totals.groups), Decimal(0))


class Rows:
    """Makes the rows of one page, which share a ruler."""

    def __init__(self, language: Language, live: Live, columns: Heads) -> None:
        self.language, self.live, self.columns = language, live, columns
        compared = [row.record.totals.compared for row in live.rows]
        known = [row.before for row in live.rows if row.before is not None]
        lowest = min([*compared, *known], default=Decimal(0))
        scale = max((row.set.scale for row in live.rows), default=Decimal(100))
        low = max(lowest // 10 * 10 - 10, Decimal(0))
        self.span = low, max([scale, *compared, *known])
        self.rulers: dict[Ladder, MiniRulers] = {}
        self.written = cache(language.points)
        self.sheets = url_for("lead.sheet", id=0).removesuffix("0/")

    def all(self) -> list[RowView]:
        return [self.row(each) for each in self.live.rows]

    def row(self, row: Row) -> RowView:
        totals, record, places = row.record.totals, row.record, row.set.decimals
        points = self.written
        is_own = totals.unit_scale != row.set.scale
        return RowView(
            row.rank,
            record.unit_name,
            f"{self.sheets}{record.id}/",
            self._notes(row),
            self._groups(row),
            record.layer.value,
            points(totals.compared, places),
            out_of(self.language, totals.total, totals.unit_scale, places) if is_own else "",
            self._ruler(row),
            self._change(row),
            not totals.waiting and row.before is not None and totals.compared > row.before,
            not totals.waiting and row.before is not None and totals.compared < row.before,
            row.band.name if row.band else self.language.say("no band"),
            row.earned.name if row.earned and row.earned != row.band else "",
            [(gate.code, gate.name) for gate in row.gates],
            record.late,
            self._waits(row),
        )

    def _waits(self, row: Row) -> str:
        """Lines whose points are still to come: such a total is not yet like the others."""
        if not (number := row.record.totals.waiting):
            return ""
        return self.language.say("{number} lines still to come", number=number)

    def _groups(self, row: Row) -> Markup:
        """Cells put together here: a page has a thousand of them, and they hold only numbers."""
        places, points = row.set.decimals, self.written
        earned = {code: points(at, places) for code, at, of in row.record.totals.groups if of}
        cells = [earned.get(code, "–") for code, _ in self.columns.groups]
        if self.columns.has_beside:
            beside = _beside(row)
            cells.append(signed(self.language, beside, places) if beside else "–")
        return Markup("".join(f'<td class="n g opt-s">{cell}</td>' for cell in cells))  # noqa: S704

    def _ruler(self, row: Row) -> Markup:
        if row.ladder not in self.rulers:
            bands = bands_of(row.ladder)
            self.rulers[row.ladder] = MiniRulers(self.language, bands, self.span)
        return self.rulers[row.ladder].of(row.record.totals.compared, row.before)

    def _change(self, row: Row) -> str:
        """Against the year before; empty where nobody is compared with one."""
        if row.before is None:
            return self.language.say("new") if self.live.before else ""
        if row.record.totals.waiting:
            return "–"
        difference = row.record.totals.compared - row.before
        if not difference:
            return self.language.points(difference, row.set.decimals)
        return signed(self.language, difference, row.set.decimals)

    def _notes(self, row: Row) -> list[str]:
        say, places = self.language.say, row.set.decimals
        if not row.equal:
            return []
        keys = [
            f"{code} {'—' if key is None else self.language.points(key, places)}"
            for code, key in row.keys
        ]
        if keys:
            return [say("equal points, {keys}", keys=", ".join(keys))]
        return [say("equal points")]


def signed(language: Language, amount: Decimal, places: int) -> str:
    sign = "−" if amount < 0 else "+"
    return f"{sign}{language.points(abs(amount), places)}"


# Listed apart


def apart_reason(language: Language, apart: Apart) -> str:
    """Why a unit is not ranked, as a sentence without a full stop."""
    say = language.say
    match apart.why:
        case ApartBy.EXEMPT:
            return say("Exempt: {reason}", reason=apart.record.exempt)
        case ApartBy.NOT_SUBMITTED:
            return say("Not handed in")
        case ApartBy.UNRATED:
            return "; ".join(_unrated(language, apart, *each) for each in apart.facts)
        case _:
            return say("Has no points of this layer yet")


def _unrated(language: Language, apart: Apart, by: str, what: str) -> str:
    match UnratedBy(by):
        case UnratedBy.NOTHING_APPLICABLE:
            return language.say("Not rated: no line of the sheet is applicable")
        case UnratedBy.LINE:
            return language.say("Not rated: line {line} is not applicable", line=what)
        case UnratedBy.GATE:
            name = (apart.gates or {}).get(what, "")
            return language.say("Not rated: gate {code} ({name})", code=what, name=name)


@dataclass(frozen=True, slots=True)
class ApartView:
    name: str
    url: str
    reason: str


def apart_views(language: Language, apart: Iterable[Apart]) -> list[ApartView]:
    return [
        ApartView(
            each.record.unit_name,
            url_for("lead.sheet", id=each.record.id),
            apart_reason(language, each),
        )
        for each in apart
    ]
