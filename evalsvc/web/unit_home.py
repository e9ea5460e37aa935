"""Home of a unit: how much time is left, how far the sheet is, what to do next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask.typing import ResponseReturnValue

from evalsvc import request
from evalsvc.domain.line_course import Step
from evalsvc.domain.lines import Layer
from evalsvc.domain.summary import Totals
from evalsvc.usecases import own_explanations, own_sheets, times_seen
from evalsvc.usecases.own_explanations import Explained
from evalsvc.usecases.own_sheets import Home
from evalsvc.web.more_time import longer_views
from evalsvc.web.unit_news import news
from evalsvc.web.unit_pages import show
from evalsvc.web.unit_todos import todos
from evalsvc.web.unit_views import course, sheet_view
from evalsvc.words.amounts import capital
from evalsvc.words.language import Language
from evalsvc.words.sheets import when


@dataclass(frozen=True, slots=True)
class Other:
    """Another sheet of one's units."""

    label: str
    unit: str
    url: str
    total: str


def home() -> ResponseReturnValue:
    return home_page()


def home_page(status: int = 200, fault: str = "") -> ResponseReturnValue:
    language = request.spoken()
    with request.reading() as doing:
        found = own_sheets.home(doing)
        heard = None if found.own is None else own_explanations.of_own(doing, found.own)
        longer = [] if found.own is None else times_seen.of_own(doing, found.own.record.id)
    if found.own is None or heard is None:
        return show("unit/nothing.html")
    return show(
        "unit/home.html",
        status,
        view=sheet_view(language, found.own),
        fault=fault,
        course=course(language, found.own),
        todos=list(todos(language, heard)),
        counts=counts(language, heard),
        explain_until=found.own.record.explain_until,
        news=list(news(language, heard)),
        longer=list(longer_views(language, longer)),
        others=others(language, found),
        next_url=url_for("unit.sheet", id=found.own.record.id),
        submitted_at=found.own.record.submitted_at,
        locks=found.own.window.locks,
        may_recall=found.own.may_recall,
    )


def counts(language: Language, found: Explained) -> Sequence[tuple[str, int]]:
    """How the lines stand that are or were between the unit and its reviewers."""
    named = [
        (language.say("Returned lines"), len(found.own.returned())),
        (language.say("Lines that were changed"), len(found.lines)),
        (language.say("Agreed by the unit"), len(found.at(Step.AGREED))),
        (language.say("Explanations that wait"), len(found.at(Step.CONTESTED))),
        (language.say("Explanations answered"), found.answered),
    ]
    return [(name, number) for name, number in named if number]


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
