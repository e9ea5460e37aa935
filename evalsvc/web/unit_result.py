"""The result of an own sheet: why it has its total, on the screen and on paper."""

from flask import url_for
from flask.typing import ResponseReturnValue

from evalsvc import request
from evalsvc.usecases import own_sheets, why
from evalsvc.usecases.own_sheets import Own
from evalsvc.usecases.work import Work
from evalsvc.web.unit_pages import note_opening, show
from evalsvc.web.unit_todos import line_url
from evalsvc.web.unit_views import sheet_view
from evalsvc.web.why import WhyView, why_view


def result(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    language = request.spoken()
    with request.reading() as doing:
        own = own_sheets.own(doing, id)
        found = document(doing, own)
    note_opening(own)
    return show(
        "unit/result.html",
        view=sheet_view(language, own),
        why=found,
        set=own.sheet.form.set,
        empty=_named(own, "empty"),
        faulty=_named(own, "error"),
    )


def document(doing: Work, own: Own) -> WhyView:
    """With links to the groups and lines of the sheet."""
    id_ = own.record.id
    return why_view(
        request.spoken(),
        why.of(doing, own.sheet),
        lambda code: url_for("unit.group", id=id_, code=code),
        lambda code: line_url(own, code),
    )


def _named(own: Own, square: str) -> list[tuple[str, str]]:
    lines = [line for group in own.groups() for line in group.lines]
    return [
        (line.entry.code, line_url(own, line.entry.code)) for line in lines if line.square == square
    ]
