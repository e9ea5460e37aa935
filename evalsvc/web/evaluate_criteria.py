"""One criterion across units: the list of lines, and the table of one with its open row."""

import secrets
from dataclasses import replace

from flask import Blueprint, url_for
from flask import request as asked
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect

from evalsvc import request
from evalsvc.domain.course import HANDED_IN, Status
from evalsvc.exports.charts import distribution
from evalsvc.usecases import review, review_criteria
from evalsvc.usecases.official_results import bands_below, names_in
from evalsvc.usecases.review_criteria import AskedLine, Table
from evalsvc.usecases.review_rows import Row
from evalsvc.usecases.work import Work
from evalsvc.web.evaluate_details import with_details
from evalsvc.web.evaluate_sheets import shower_of
from evalsvc.web.evaluate_views import KEY_BYTES, RowView, Shower, hour_of
from evalsvc.words.rules import line_rule

FIELDS = ("round", "set", "block", "unmarked", "page", "next", "number")
"""What the form of a row says about its table, so that the same table is shown again."""


FIRST = ("page", "1")


def add_to(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/criteria", "criteria", criteria)
    blueprint.add_url_rule("/rounds/<code>/criteria", "lines", lines)
    blueprint.add_url_rule("/rounds/<code>/criteria/<line>", "criterion", criterion)


def criteria() -> ResponseReturnValue:
    """To the newest round."""
    with request.reading() as doing:
        found = review.rounds_of(doing)
    if not found:
        return request.page("evaluate/nothing.html")
    return redirect(url_for("evaluate.lines", code=found[0].code))


def lines(code: str) -> ResponseReturnValue:
    with request.reading() as doing:
        found = review_criteria.lines(doing, code, asked.args.get("block", ""))
        window = review.window_of(doing, found.round)
        now = doing.now
    hour = hour_of(request.spoken(), window, now)
    facts = {"handed_in": found.number(*HANDED_IN), "waited_for": found.number(Status.OPEN)}
    return request.page("evaluate/lines.html", lines=found, hour=hour, **facts)


def criterion(code: str, line: str) -> ResponseReturnValue:
    about = AskedLine(
        line,
        asked.args.get("set", ""),
        asked.args.get("block", ""),
        asked.args.get("unmarked", "") == "1",
        asked.args.get("page", 1, type=int),
        asked.args.get("row", 0, type=int),
    )
    if request.wants_json():
        return _opened_row(about)
    return _page(code, about)


def _page(
    code: str, about: AskedLine, opened: RowView | None = None, status: int = 200
) -> tuple[str, int]:
    language = request.spoken()
    with request.reading() as doing:
        table = review_criteria.table(doing, code, about)
        current = opened.row if opened else table.current
        shower = _shower(doing, table)
        view = opened or (_opened(doing, shower, table, current) if current else None)
        now = doing.now
    shown = [
        replace(
            view if view and row.id == view.row.id else shower.show(row, dom_of(row)),
            url=url_of(table, row=row.id),
        )
        for row in table.rows
    ]
    most = table.entry.most
    chart = distribution(language, "claims", table.claims, most) if most else ""
    return request.page(
        "evaluate/criterion.html",
        status,
        table=table,
        views=shown,
        shower=shower,
        current=view,
        chart=chart,
        hour=hour_of(language, table.window, now),
        summary=view.summary if view else [],
        key=secrets.token_hex(KEY_BYTES),
        back=url_of(table, page=None),
        rule=line_rule(language, table.entry, table.criteria.decimals, shower.names),
        evidence=shower.evidence(table.entry),
        url=lambda **changes: url_of(table, **changes),
        to_page=lambda number: url_of(table, page=number),
    )


def _shower(doing: Work, table: Table) -> Shower:
    return Shower(
        request.spoken(),
        names_in(doing, table.round),
        bands_below(doing, table.round, table.entry),
    )


def _opened(doing: Work, shower: Shower, table: Table, row: Row) -> RowView:
    """The open row, read whole: with who marked it, its history, and rules that speak."""
    found = review.sheet_of(doing, row.id)
    whole = found.row(row.entry.code)
    view = with_details(doing, shower, found, shower.opened(whole, dom_of(row)))
    after = table.after(row.id)
    about = table.asked
    extra = {
        "round": table.round.code,
        "set": about.set,
        "block": about.block,
        "unmarked": "1" if about.unmarked else "",
        "page": about.page,
        "next": after.id if after else 0,
        "number": 1 + (about.page - 1) * review.PAGE + _place(table, row),
    }
    return replace(view, extra=extra)


def _place(table: Table, row: Row) -> int:
    return next(at for at, each in enumerate(table.rows) if each.id == row.id)


def _opened_row(about: AskedLine) -> ResponseReturnValue:
    """One row with its form, for a script that puts it in its place."""
    with request.reading() as doing:
        found = review.sheet_of(doing, about.row)
        row = found.row(about.code)
        shower = shower_of(doing, request.spoken(), found, row)
        view = with_details(doing, shower, found, shower.opened(row, dom_of(row)))
    kept = {name: asked.args.get(name, "") for name in FIELDS}
    view = replace(view, extra={**kept, "round": found.sheet.round.code}, url=asked.full_path)
    number = kept["number"]
    html, _ = request.page(
        "evaluate/row.html", view=view, review=found, shower=shower, number=number
    )
    return {"html": html}


def dom_of(row: Row) -> str:
    return f"row-{row.id}"


def kept_fields() -> dict[str, str | int]:
    return {name: asked.form.get(name, "") for name in FIELDS}


def url_of(table: Table, **changes: str | int | None) -> str:
    """This table, with something else asked of it."""
    about = table.asked
    now: dict[str, str | int | None] = {
        "code": table.round.code,
        "line": about.code,
        "set": about.set or None,
        "block": about.block or None,
        "unmarked": "1" if about.unmarked else None,
        "page": about.page if about.page > 1 else None,
    }
    anchor = f"row-{changes['row']}" if changes.get("row") else None
    return url_for("evaluate.criterion", _anchor=anchor, **{**now, **changes})  # type: ignore[arg-type]


def _args() -> dict[str, str]:
    named = {name: asked.form.get(name, "") for name in ("set", "block", "unmarked", "page")}
    return {name: value for name, value in named.items() if value and (name, value) != FIRST}


def next_url() -> str:
    """The same table with the next row open."""
    return row_url(asked.form.get("next", 0, type=int) or 0)


def row_url(row: int) -> str:
    """The table that a row was saved from; the code of the line stands in the address."""
    here = asked.view_args or {}
    code, line = asked.form.get("round", ""), str(here.get("code", ""))
    if not row:
        return url_for("evaluate.criterion", code=code, line=line, **_args())  # type: ignore[arg-type]
    return url_for(
        "evaluate.criterion",
        code=code,
        line=line,
        row=row,
        _anchor=f"row-{row}",
        **_args(),  # type: ignore[arg-type]
    )


def page_again(view: RowView, status: int) -> tuple[str, int]:
    """The table with a row that could not be saved."""
    about = AskedLine(
        view.row.entry.code,
        asked.form.get("set", ""),
        asked.form.get("block", ""),
        asked.form.get("unmarked", "") == "1",
        asked.form.get("page", 1, type=int) or 1,
        view.row.id,
    )
    return _page(asked.form.get("round", ""), about, view, status)
