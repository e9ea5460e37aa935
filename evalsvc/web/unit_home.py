"""Home of a unit: how much time is left, how far the sheet is, what to do next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from evalsvc import request
from evalsvc.domain.lines import Layer
from evalsvc.domain.summary import Totals
from evalsvc.usecases import own_sheets
from evalsvc.usecases.own_sheets import Home, Line, Own
from evalsvc.web.answers import line_id
from evalsvc.web.unit_lines import Shower
from evalsvc.web.unit_pages import show
from evalsvc.web.unit_views import SheetView, course, sheet_view
from evalsvc.words.amounts import capital
from evalsvc.words.language import Language
from evalsvc.words.sheets import when


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do; without an address it is not open yet. `kind` and `icon` as in `st`."""

    title: str
    url: str
    text: str
    kind: str
    icon: str
    status: str


@dataclass(frozen=True, slots=True)
class Other:
    """Another sheet of one's units."""

    label: str
    unit: str
    url: str
    total: str


def home() -> ResponseReturnValue:
    language = request.spoken()
    with request.reading() as doing:
        found = own_sheets.home(doing)
    if found.own is None:
        return show("unit/nothing.html")
    view = sheet_view(language, found.own)
    return show(
        "unit/home.html",
        view=view,
        course=course(language, found.own),
        todos=list(todos(language, found.own, view)),
        others=others(language, found),
        next_url=url_for("unit.sheet", id=view.id),
        submitted_at=found.own.record.submitted_at,
        locks=found.own.window.locks,
    )


def others(language: Language, found: Home) -> Sequence[Other]:
    return [
        Other(
            capital(when(language, of.year, of.half)),
            record.unit_name,
            url_for("unit.sheet", id=record.id),
            language.points(_seen(record.totals).total),
        )
        for record, of in found.others
    ]


def _seen(totals: Mapping[Layer, Totals]) -> Totals:
    """The conclusion of a closed sheet, else what the unit claims."""
    return totals.get(Layer.FINAL, totals[Layer.CLAIMED])


def todos(language: Language, own: Own, view: SheetView) -> Iterator[Todo]:
    """In the order of doing it: put right, fill in, hand in."""
    if not view.is_open:
        return
    lines = [line for group in own.groups() for line in group.lines]
    faulty = [line for line in lines if line.square == "error"]
    empty = [line for line in lines if line.square == "empty"]
    yield from (_fault(language, own, line) for line in faulty)
    if empty:
        yield _empty(language, own, empty)
    yield _hand_in(language, own, ready=not faulty)


def _fault(language: Language, own: Own, line: Line) -> Todo:
    code = line.entry.code
    faults = Shower(language, own).form(line, None).faults
    text = " ".join(fault.text for fault in faults)
    title = language.say("Put {line} right", line=code)
    return Todo(title, line_url(own, code), text, "err", "alert", language.say("1 fault"))


def _empty(language: Language, own: Own, lines: Sequence[Line]) -> Todo:
    number = len(lines)
    most = sum((line.entry.most or Decimal(0) for line in lines if line.entry.on_scale), Decimal(0))
    codes = Markup(", ").join(
        Markup('<a href="{}">{}</a>').format(line_url(own, line.entry.code), line.entry.code)
        for line in lines
    )
    said = language.say("Together at most {most} points.", most=language.points(most))
    return Todo(
        language.say("Fill in {number} criteria that are still empty", number=number),
        line_url(own, lines[0].entry.code),
        Markup("{}. {}").format(codes, said),
        "",
        "empty",
        language.say("{number} criteria", number=number),
    )


def _hand_in(language: Language, own: Own, *, ready: bool) -> Todo:
    url = url_for("unit.submit", id=own.record.id)
    if own.may_submit:
        title = language.say("Look over the sheet and hand it in")
    else:
        title = language.say("Ask the head of the unit to hand in the sheet")
    if not ready:
        text = language.say("Opens when every fault is put right.")
        return Todo(title, "", text, "", "lock", language.say("Not open yet"))
    text = language.say("What is still empty is listed once more before handing in.")
    return Todo(title, url, text, "", "check", language.say("Last step"))


def line_url(own: Own, code: str) -> str:
    return url_for("unit.group", id=own.record.id, code=own.group_of(code), _anchor=line_id(code))
