"""Deadlines of a round: when each task may be done, and more time for those who need it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import request as asked
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField, StringField, TextAreaField

from evalsvc import request
from evalsvc.domain.dates import ZONE, read_moment
from evalsvc.domain.errors import Refused
from evalsvc.domain.rounds import Block
from evalsvc.domain.windows import Hour, Window
from evalsvc.usecases import extensions, rank_scope, times_seen
from evalsvc.usecases.extensions import To
from evalsvc.usecases.times_seen import EXTENDABLE, Extended, Named, Times
from evalsvc.usecases.work import Work
from evalsvc.web import more_time
from evalsvc.web.lead_ranking import page as page_number
from evalsvc.web.refusals import refusal
from evalsvc.words.course_names import TASKS
from evalsvc.words.language import Language, sentence

EVERYONE, OF_BLOCK = "all", "block:"
FIELD_OF = {
    "unit-or-block": "over",
    "no-such-block": "over",
    "unit-not-of-round": "unit",
    "round-without-window": "task",
    "not-a-moment": "until",
    "extension-shortens": "until",
    "extension-over": "until",
    "sheet-closed": "over",
    "sheet-concluded": "over",
    "reason-missing": "reason",
    "reason-too-long": "reason",
}
"""Where on the form a refusal is put right."""
ON_PAGE = {
    "unit-or-block": sentence(
        "Write the code of one unit, or choose a block or all units: one of these, not both."
    )
}
"""The command line says it with its own options."""


class MoreTimeForm(Form):
    """For whom, for what, until when and why."""

    over = SelectField()
    unit = StringField()
    task = SelectField()
    until = StringField()
    reason = TextAreaField()


@dataclass(frozen=True, slots=True)
class WindowView:
    """One task of the round; `state` is its kind, its icon and its words."""

    task: str
    window: Window
    late: str
    state: tuple[str, str, str]
    longer: str


@dataclass(frozen=True, slots=True)
class ExtendedView:
    """What one deed gave, with the first of its units and how many more there are.

    `block` is named where they are of one; `whom` is empty where it is one unit.
    """

    number: int
    block: str
    whom: str
    units: Sequence[Named]
    more: int
    task: str
    until: datetime
    reason: str
    who: str
    at: datetime


def times(code: str) -> ResponseReturnValue:
    return _page(code, page_number())


def _page(code: str, page: int, refused: Refused | None = None) -> tuple[str, int]:
    language = request.spoken()
    with request.reading() as doing:
        if not code and not rank_scope.rounds_of(doing):
            return request.page("lead/nothing.html")
        found = times_seen.seen(doing, code, page)
    form = _form(language, found)
    if refused is not None:
        _say_wrong(language, form, refused, is_shown=found.is_open)
    return request.page(
        "lead/times.html",
        200 if refused is None else 422,
        found=found,
        form=form,
        windows=list(_windows(language, found)),
        extended=list(_extended(language, found)),
    )


def extend(code: str) -> ResponseReturnValue:
    form = MoreTimeForm(asked.form)
    try:
        units, until = request.do(_extend, code, form)
    except Refused as refused:
        return _page(code, 1, refused)
    say, number = request.spoken().say, len(units)
    if number == 1:
        request.notice(say("More time until {until} for 1 unit.", until=until))
    else:
        told = say("More time until {until} for {number} units.", until=until, number=number)
        request.notice(told)
    return request.back_to("lead.times", code=code)


def _extend(doing: Work, code: str, form: MoreTimeForm) -> tuple[Sequence[str], datetime]:
    rank_scope.led(doing, code)
    task = next((each for each in EXTENDABLE if each == form.task.data), None)
    if task is None:
        raise Refused("round-without-window", round=code)
    until, over = read_moment(form.until.data or ""), form.over.data or ""
    block = "" if over == EVERYONE else over.removeprefix(OF_BLOCK)
    whom = To((form.unit.data or "").strip(), block, over == EVERYONE, task)
    return extensions.extend(doing, code, until, form.reason.data or "", whom), until


# The form


def _form(language: Language, found: Times) -> MoreTimeForm:
    say = language.say
    form = MoreTimeForm(asked.form)
    form.over.choices = [
        ("", say("One unit, by its code")),
        *(
            (f"{OF_BLOCK}{block.code}", say("{name}: {units}", name=block.name, units=units))
            for block, units in _counted(language, found)
        ),
        (EVERYONE, _everyone(language, found)),
    ]
    form.task.choices = [(each.value, say(TASKS[each])) for each in found.extendable]
    for name, label in (
        ("over", say("For whom")),
        ("unit", say("Code of one unit")),
        ("task", say("For what")),
        ("until", say("More time until")),
        ("reason", say("Reason")),
    ):
        form[name].label.text = label
    return form


def _counted(language: Language, found: Times) -> Iterator[tuple[Block, str]]:
    return ((block, _units(language, number)) for block, number in found.blocks)


def _everyone(language: Language, found: Times) -> str:
    units = _units(language, found.number)
    if found.sees_all:
        return language.say("All units of the round: {units}", units=units)
    return language.say("All units that I lead: {units}", units=units)


def _units(language: Language, number: int) -> str:
    if number == 1:
        return language.say("1 unit")
    return language.say("{number} units", number=number)


def _say_wrong(language: Language, form: MoreTimeForm, refused: Refused, *, is_shown: bool) -> None:
    """At its field; without a form at the top of the page only."""
    said = refusal(language, refused)
    if instead := ON_PAGE.get(refused.message):
        said = language.say(instead)
    name = FIELD_OF.get(refused.message, "")
    if name and is_shown:
        form[name].errors = [said]
    else:
        form.form_errors.append(said)


# What is shown


def _windows(language: Language, found: Times) -> Iterator[WindowView]:
    for each in found.running:
        window = each.window
        yield WindowView(
            language.say(TASKS[each.task]),
            window,
            language.say("Late is taken until {locks}", locks=window.locks) if window.grace else "",
            _state(language, window, each.hour, found.now),
            _units(language, each.longer) if each.longer else "",
        )


def _state(language: Language, window: Window, hour: Hour, now: datetime) -> tuple[str, str, str]:
    match hour:
        case Hour.BEFORE:
            return "", "clock", _opens(language, _days(now, window.opens))
        case Hour.OPEN:
            return "ok", "edit", _closes(language, _days(now, window.closes))
        case Hour.LATE:
            return "wait", "clock", language.say("Over, late is still taken")
        case Hour.LOCKED:
            return "", "lock", language.say("Over")


def _days(now: datetime, at: datetime) -> int:
    return (at.astimezone(ZONE).date() - now.astimezone(ZONE).date()).days


def _opens(language: Language, days: int) -> str:
    if days == 0:
        return language.say("Not open yet, opens today")
    if days == 1:
        return language.say("Not open yet, opens tomorrow")
    return language.say("Not open yet, opens in {days} days", days=days)


def _closes(language: Language, days: int) -> str:
    if days == 0:
        return language.say("Open, closes today")
    if days == 1:
        return language.say("Open, closes tomorrow")
    return language.say("Open, closes in {days} days", days=days)


def _extended(language: Language, found: Times) -> Iterator[ExtendedView]:
    blocks = {block.code: block.name for block, _ in found.blocks}
    for number, each in enumerate(found.extended, found.first + 1):
        yield ExtendedView(
            number,
            blocks.get(each.block, each.block) if each.blocks == 1 else "",
            _whom(language, found, each),
            each.named,
            each.units - len(each.named),
            language.say(TASKS[each.task]),
            each.until,
            more_time.reason(language, each.reason),
            each.who or language.say("The service"),
            each.at,
        )


def _whom(language: Language, found: Times, given: Extended) -> str:
    units = _units(language, given.units)
    if given.units == 1:
        return ""
    if given.blocks == 1:
        return units
    if given.units == found.number:
        return _everyone(language, found)
    return language.say("{units} of {blocks} blocks", units=units, blocks=given.blocks)
