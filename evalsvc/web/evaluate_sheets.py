"""One sheet under review: how far it is, a group of its lines, finishing and taking up again."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, url_for
from flask import request as asked
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from evalsvc import request
from evalsvc.domain.errors import Refused
from evalsvc.domain.lines import Layer
from evalsvc.usecases import evaluate, review
from evalsvc.usecases.official_results import bands_below, names_in
from evalsvc.usecases.review import ReviewSheet
from evalsvc.usecases.review_rows import Progress, Row
from evalsvc.usecases.work import Work
from evalsvc.web.answers import line_id
from evalsvc.web.evaluate_details import with_details
from evalsvc.web.evaluate_views import KEY_BYTES, RowView, Shower, hour_of, total_of
from evalsvc.web.refusals import refusal
from evalsvc.words.language import Language


def add_to(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/sheets/<int:id>/", "sheet", sheet)
    blueprint.add_url_rule("/sheets/<int:id>/groups/<code>", "group", group)
    blueprint.add_url_rule("/sheets/<int:id>/finish", "finish", finish, methods=["POST"])
    blueprint.add_url_rule("/sheets/<int:id>/resume", "resume", resume, methods=["POST"])


@dataclass(frozen=True, slots=True)
class GroupView:
    """One group in the list at the side and in the table of the sheet."""

    code: str
    name: str
    url: str
    current: bool
    states: Sequence[str]
    points: str
    marked: int
    to_mark: int
    totals: Sequence[tuple[str, str]]
    note: str = ""


def sheet(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    return sheet_page(id)


def sheet_page(id_: int, error: str = "", reason: str = "") -> tuple[str, int]:
    with request.reading() as doing:
        found = review.sheet_of(doing, id_)
        flags = review.flags(doing, found)
        warnings = found.warnings()
    language = request.spoken()
    return request.page(
        "evaluate/sheet.html",
        422 if error else 200,
        review=found,
        flags=flags,
        warnings=warnings,
        groups=groups_of(language, found),
        totals=totals_of(language, found),
        hour=hour_of(language, found.window, found.now),
        error=error,
        reason=reason,
    )


def group(id: int, code: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    if request.wants_json():
        return opened_line(id, asked.args.get("line", ""))
    return group_page(id, code, asked.args.get("line", ""))


def group_page(
    id_: int, code: str, line: str = "", opened: RowView | None = None, status: int = 200
) -> tuple[str, int]:
    """The lines of a group; the one that was asked for, or the first that waits, is open."""
    language = request.spoken()
    with request.reading() as doing:
        found = review.sheet_of(doing, id_)
        rows = list(review.rows_of(found, code))
        current = _current(rows, line)
        shower = shower_of(doing, language, found, current)
        views = [_view(doing, shower, found, row, opened, current) for row in rows]
    return request.page(
        "evaluate/group.html",
        status,
        review=found,
        section=found.section(code),
        views=views,
        shower=shower,
        summary=opened.summary if opened else [],
        groups=groups_of(language, found, code),
        totals=totals_of(language, found),
        key=secrets.token_hex(KEY_BYTES),
        back=url_for("evaluate.group", id=id_, code=code),
        next_url=_next_group(found, code),
        hour=hour_of(language, found.window, found.now),
    )


def _current(rows: Sequence[Row], line: str) -> Row | None:
    asked_for = (row for row in rows if row.entry.code == line)
    waiting = (row for row in rows if row.waits)
    return next(asked_for, None) or next(waiting, None)


def _view(
    doing: Work,
    shower: Shower,
    found: ReviewSheet,
    row: Row,
    opened: RowView | None,
    current: Row | None,
) -> RowView:
    if opened is not None and opened.row.entry.code == row.entry.code:
        return opened
    if opened is None and row is current:
        return with_details(doing, shower, found, shower.opened(row, dom_of(row)))
    return shower.show(row, dom_of(row))


def dom_of(row: Row) -> str:
    return f"line-{line_id(row.entry.code)}"


def shower_of(doing: Work, language: Language, found: ReviewSheet, row: Row | None) -> Shower:
    names = names_in(doing, found.sheet.round)
    bands = bands_below(doing, found.sheet.round, row.entry) if row else {}
    return Shower(language, names, bands)


def opened_line(id_: int, code: str) -> ResponseReturnValue:
    """One line with its form, for a script that puts it in its place."""
    with request.reading() as doing:
        found = review.sheet_of(doing, id_)
        row = found.row(code)
        shower = shower_of(doing, request.spoken(), found, row)
        view = with_details(doing, shower, found, shower.opened(row, dom_of(row)))
    html, _ = request.page("evaluate/line.html", view=view, review=found, shower=shower)
    return {"html": html}


def groups_of(language: Language, found: ReviewSheet, current: str = "") -> list[GroupView]:
    return [_group(language, found, each, current) for each in found.groups]


def _group(language: Language, found: ReviewSheet, of: Progress, current: str) -> GroupView:
    code = of.section.group.code
    sums = [(layer.value, _sum(language, found, of, layer)) for layer in Layer]
    states = (
        "superior"
        if entry.code not in of.counted
        else "answered"
        if entry.code in of.done
        else "empty"
        for entry, _ in of.rows
    )
    return GroupView(
        code,
        of.section.group.name,
        url_for("evaluate.group", id=found.record.id, code=code),
        code == current,
        list(states),
        f"{of.marked}/{of.to_mark}",
        of.marked,
        of.to_mark,
        sums,
    )


def _sum(language: Language, found: ReviewSheet, of: Progress, layer: Layer) -> str:
    """What counts of a group in a layer; empty where nobody has given a mark in it yet, and for
    those who see only some of its lines."""
    if not found.sees_all or (totals := found.record.totals.get(layer)) is None:
        return ""
    if layer is Layer.REVIEWED and all(line.reviewed is None for _, line in of.rows):
        return ""
    sums = {group: counted for group, counted, _ in totals.groups}
    sums.setdefault(of.section.group.code, of.points(layer))
    return language.points(sums[of.section.group.code], found.sheet.form.set.decimals)


def totals_of(language: Language, found: ReviewSheet) -> dict[str, str]:
    """The total of each layer, empty where it was not reached or is not theirs to see."""
    criteria = found.sheet.form.set
    reached = found.record.totals if found.sees_all else {}
    return {
        layer.value: total_of(language, reached[layer], criteria) if layer in reached else ""
        for layer in Layer
    }


def _next_group(found: ReviewSheet, code: str) -> str:
    """Where to go from the end of a group: to the next that waits, else to the sheet."""
    codes = [each.section.group.code for each in found.groups]
    at = codes.index(code)
    for other in (*found.groups[at + 1 :], *found.groups[:at]):
        if other.marked < other.to_mark:
            return url_for("evaluate.group", id=found.record.id, code=other.section.group.code)
    return url_for("evaluate.sheet", id=found.record.id)


def finish(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    language = request.spoken()
    try:
        done = request.do(evaluate.finish, id)
    except Refused as refused:
        return sheet_page(id, refusal(language, refused))
    unit = done.record.unit_name
    request.notice(language.say("The review of {unit} is finished.", unit=unit))
    return _back(id)


def resume(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    language, reason = request.spoken(), asked.form.get("reason", "")
    try:
        request.do(evaluate.resume, id, reason)
    except Refused as refused:
        return sheet_page(id, refusal(language, refused), reason)
    request.notice(language.say("The review is taken up again."))
    return _back(id)


def _back(id_: int) -> Response:
    return request.back_to("evaluate.sheet", id=id_)
