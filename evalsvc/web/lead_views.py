"""What the pages of leaders show, in words: rows of a ranking, reasons, the course of a round."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from flask import url_for
from markupsafe import Markup

from evalsvc.domain.dates import ZONE
from evalsvc.domain.lines import Layer
from evalsvc.domain.provisions import Ladder
from evalsvc.domain.ranking import ApartBy
from evalsvc.domain.results import UnratedBy
from evalsvc.domain.windows import Task, Window
from evalsvc.exports.charts import Band
from evalsvc.exports.charts_time import Course, Stage
from evalsvc.usecases.rank import Live, Row
from evalsvc.usecases.rank_apart import Apart
from evalsvc.usecases.rank_scope import Tab
from evalsvc.words.course_names import TASKS
from evalsvc.words.language import Language, sentence

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


# Columns of a ranking


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
        any(beside_groups(row) for row in live.rows),
        criteria.decimals,
    )


def beside_groups(row: Row) -> Decimal:
    """What the total has beside its groups: bonus, penalty, stretching, ceiling."""
    totals = row.record.totals
    return totals.total - sum([counted for _, counted, _ in totals.groups], Decimal(0))


def signed(write: Callable[[Decimal, int], str], amount: Decimal, places: int) -> str:
    sign = "−" if amount < 0 else "+"
    return f"{sign}{write(abs(amount), places)}"


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
