"""Groups, hours and totals of an own sheet as the pages of a unit show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from evalsvc.domain.course import Status
from evalsvc.domain.dates import ZONE
from evalsvc.domain.lines import Layer
from evalsvc.domain.summary import Totals
from evalsvc.domain.windows import Hour, Task
from evalsvc.exports.charts_time import Course, Stage
from evalsvc.usecases.own_sheets import GroupSeen, Own
from evalsvc.words.amounts import capital
from evalsvc.words.course_names import TASKS
from evalsvc.words.language import Language
from evalsvc.words.sheets import when


@dataclass(frozen=True, slots=True)
class GroupView:
    """One group in the list at the side and in the table of the home page."""

    code: str
    name: str
    url: str
    current: bool
    states: Sequence[str]
    points: str
    note: str
    claimed: str
    most: str
    done: int
    asked: int


@dataclass(frozen=True, slots=True)
class HourView:
    """What the hour means, in words; `days` is None where nothing is counted down."""

    phase: str
    left: str = ""
    days: int | None = None
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class SheetView:
    """What stands on every page of a sheet."""

    id: int
    unit: str
    round: str
    period: str
    hour: HourView
    groups: Sequence[GroupView]
    done: int
    asked: int
    total: str
    most: str
    own_most: str
    waits: Sequence[str]
    is_open: bool
    is_closed: bool
    status: Status
    late: bool
    claimed: str

    @property
    def missing(self) -> int:
        return self.asked - self.done


def sheet_view(language: Language, own: Own, current: str = "") -> SheetView:
    record, form = own.record, own.sheet.form
    totals, progress = record.totals[own.layer], record.progress
    groups = own.groups()
    return SheetView(
        record.id,
        record.unit_name,
        own.sheet.round.title,
        capital(when(language, form.year, form.half)),
        hour_view(language, own),
        [group_view(language, own, each, current) for each in groups],
        progress.answered,
        progress.asked,
        language.points(totals.total, form.set.decimals),
        language.number(totals.unit_scale),
        _own_most(language, totals),
        [line.entry.code for group in groups for line in group.waiting],
        own.is_open,
        own.layer is Layer.FINAL,
        record.status,
        record.late,
        language.points(record.totals[Layer.CLAIMED].total, form.set.decimals),
    )


@dataclass(frozen=True, slots=True)
class Sums:
    """What a save changes around a line."""

    here: GroupView
    done: int
    asked: int
    total: str


def sums_view(language: Language, own: Own, group: str) -> Sums:
    totals, progress = own.record.totals[Layer.CLAIMED], own.record.progress
    return Sums(
        group_view(language, own, own.group(group), group),
        progress.answered,
        progress.asked,
        language.points(totals.total, own.sheet.form.set.decimals),
    )


def _own_most(language: Language, totals: Totals) -> str:
    """What the unit itself can claim, where others give the rest."""
    return "" if totals.most == totals.unit_scale else language.number(totals.most)


def group_view(language: Language, own: Own, group: GroupSeen, current: str = "") -> GroupView:
    code, decimals = group.section.group.code, own.sheet.form.set.decimals
    claimed = language.points(group.points, decimals)
    most = "" if group.most is None else language.points(group.most, decimals)
    states = [line.square for line in group.lines]
    faults = states.count("error")
    return GroupView(
        code,
        group.section.group.name,
        url_for("unit.group", id=own.record.id, code=code),
        code == current,
        states,
        f"{claimed}/{language.number(group.most)}" if group.most is not None else claimed,
        language.say("{number} to put right", number=faults) if faults else "",
        claimed,
        most,
        group.done,
        group.asked,
    )


def hour_view(language: Language, own: Own) -> HourView:
    closes, locks = own.window.closes, own.window.locks
    if own.is_handed_in:
        return HourView(_phase(language, own))
    match own.hour:
        case Hour.BEFORE:
            opens = own.window.opens
            days = _days(own, opens.astimezone(ZONE).date())
            phase = language.say("Opens at {opens}", opens=opens)
            return HourView(phase, "", days, language.say("Opens in"), language.say("days"))
        case Hour.OPEN:
            days = _days(own, closes.astimezone(ZONE).date())
            phase = language.say("Self-assessment until {closes}", closes=closes)
            return HourView(phase, _left(language, days), days, *_counted(language, days))
        case Hour.LATE:
            phase = language.say(
                "Late since {closes}; still taken until {locks}", closes=closes, locks=locks
            )
            return HourView(phase, language.say("Past the deadline"))
        case Hour.LOCKED:
            return HourView(language.say("Closed since {locks}", locks=locks))


def _phase(language: Language, own: Own) -> str:
    match own.record.status:
        case Status.RELEASED:
            return language.say("Explanations until {until}", until=own.record.explain_until)
        case Status.CONCLUDED:
            return language.say("Concluded")
        case Status.CLOSED:
            return language.say("Closed")
        case _:
            return language.say("Handed in")


def _days(own: Own, day: date) -> int:
    return (day - own.now.astimezone(ZONE).date()).days


def _left(language: Language, days: int) -> str:
    if days == 0:
        return language.say("Last day today")
    return language.say("1 day left") if days == 1 else language.say("{days} days left", days=days)


def _counted(language: Language, days: int) -> tuple[str, str]:
    """What stands before and after the big number."""
    if days == 0:
        return "", language.say("days left: hand in today")
    return "", language.say("days left to hand in")


def course(language: Language, own: Own) -> Course:
    """The stages of the round as a ruler of days."""
    stages = [
        Stage(language.say(TASKS[task]), window.opens.astimezone(ZONE).date(), _last(own, task))
        for task, window in sorted(own.sheet.round.windows.items(), key=lambda each: each[1].opens)
    ]
    return Course.of(language, "course", stages, own.now.astimezone(ZONE).date())


def _last(own: Own, task: Task) -> date:
    """An extension of this unit counts; of explanations the hour that its sheet was told."""
    if task is Task.EXPLAIN and (until := own.record.explain_until):
        return until.astimezone(ZONE).date()
    window = own.window if task is Task.ASSESS else own.sheet.round.windows[task]
    return window.closes.astimezone(ZONE).date()
