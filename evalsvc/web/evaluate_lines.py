"""Marks on lines: accept, adjust, refuse, from either page, with or without a script."""

from dataclasses import replace

from flask import Blueprint, url_for
from flask import request as asked
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect

from evalsvc import request
from evalsvc.domain.errors import Forbidden, NotFound, Refused, Stale
from evalsvc.domain.lines import Layer
from evalsvc.exports.squares import squares
from evalsvc.usecases import evaluate, review
from evalsvc.usecases.found import Found
from evalsvc.usecases.review import ReviewSheet
from evalsvc.usecases.review_rows import Row
from evalsvc.usecases.work import Work
from evalsvc.web import evaluate_criteria, evaluate_sheets
from evalsvc.web.answers import AnswerForm
from evalsvc.web.evaluate_details import with_details
from evalsvc.web.evaluate_sheets import groups_of, shower_of, totals_of
from evalsvc.web.evaluate_views import RowView, Shower
from evalsvc.web.refusals import refusal


def add_to(blueprint: Blueprint) -> None:
    at = "/sheets/<int:id>/lines/<code>"
    blueprint.add_url_rule(f"{at}/accept", "accept", accept, methods=["POST"])
    blueprint.add_url_rule(f"{at}/adjust", "adjust", adjust, methods=["POST"])


def accept(id: int, code: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    try:
        request.do(evaluate.accept, id, code, request.seen())
    except Forbidden:
        raise NotFound("assessment") from None  # one's own sheet is not there on this desk
    except Refused as refused:
        return refused_page(id, code, refused)
    except Stale:
        return stale_page(id, code, accepts=True)
    return marked_page(id, code)


def adjust(id: int, code: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    found = found_of(form_of(id, code))
    try:
        request.do(evaluate.adjust, id, code, found, reason(), request.seen())
    except Refused as refused:
        return refused_page(id, code, refused)
    except Stale:
        return stale_page(id, code)
    return marked_page(id, code)


def form_of(id_: int, code: str) -> AnswerForm:
    with request.reading() as doing:
        found = review.sheet_of(doing, id_)
        row = found.row(code)
        return shower_of(doing, request.spoken(), found, row).form_class(row.entry)(asked.form)


def reason() -> str:
    """What was written, else one that was used before and picked from the list."""
    return asked.form.get("why", "").strip() or asked.form.get("used", "")


def found_of(form: AnswerForm) -> Found:
    if asked.form.get("deed") == "refuse":
        return Found(refuses=True)
    if by_hand := form.by_hand_text():
        return Found(by_hand=by_hand)
    return Found(form.text())


def is_across() -> bool:
    return asked.form.get("view") == "criterion"


def row_view(doing: Work, found: ReviewSheet, row: Row, *, keep: bool) -> tuple[Shower, RowView]:
    """The row as it is now; `keep`: with what was typed still in its form."""
    shower = shower_of(doing, request.spoken(), found, row)
    dom = evaluate_criteria.dom_of(row) if is_across() else evaluate_sheets.dom_of(row)
    typed = shower.form_class(row.entry)(asked.form) if keep else None
    url = evaluate_criteria.row_url(row.id) if is_across() else ""
    if not keep:
        return shower, replace(shower.show(row, dom), url=url)
    view = replace(shower.opened(row, dom, typed), url=url)
    detailed = with_details(doing, shower, found, view)
    extra = evaluate_criteria.kept_fields() if is_across() else {}
    return shower, replace(detailed, why=reason(), extra=extra)


def marked_page(id_: int, code: str) -> ResponseReturnValue:
    with request.reading() as doing:
        found = review.sheet_of(doing, id_)
        row = found.row(code)
        shower, view = row_view(doing, found, row, keep=False)
        now = doing.now
    if request.wants_json():
        return {
            "html": _html(found, shower, view),
            **({"parts": {}} if is_across() else _around(found, code)),
            "time": request.spoken().time(now),
        }
    if is_across():
        return redirect(evaluate_criteria.next_url(), 303)
    return redirect(next_line(found, code), 303)


def _around(found: ReviewSheet, code: str) -> dict[str, dict[str, str]]:
    """What a mark changes around its line on the page of a group.

    `parts` by the ids of their elements; `pieces` and `texts` by where they stand.
    """
    language, group = request.spoken(), found.group_of(code)
    here = next(each for each in groups_of(language, found) if each.code == group)
    totals, sums = totals_of(language, found), dict(here.totals)
    parts = {
        "marked": str(found.marked),
        "total-reviewed": totals[Layer.REVIEWED.value],
        "group-marked": here.points,
        "group-reviewed": sums[Layer.REVIEWED.value],
    }
    pieces: dict[str, str] = {
        ".groups a[aria-current] .oly": squares(language, here.states, size=9, per_row=11),
        ".groupbar summary .oly": squares(language, here.states, size=12, per_row=16),
    }
    return {"parts": parts, "pieces": pieces, "texts": {"[data-sum=points]": here.points}}


def next_line(found: ReviewSheet, code: str) -> str:
    """The next line that waits, in the order of the sheet; the whole sheet when none does."""
    codes = [entry.code for entry in found.sheet.form.entries()]
    at = codes.index(code)
    waiting = {entry.code for entry in found.waiting}
    after = next((each for each in (*codes[at:], *codes[:at]) if each in waiting), "")
    if not after:
        return url_for("evaluate.sheet", id=found.record.id)
    return line_url(found, after)


def line_url(found: ReviewSheet, code: str) -> str:
    group, dom = found.group_of(code), evaluate_sheets.dom_of(found.row(code))
    return url_for("evaluate.group", id=found.record.id, code=group, line=code, _anchor=dom)


def _html(found: ReviewSheet, shower: Shower, view: RowView) -> str:
    name = "evaluate/row.html" if is_across() else "evaluate/line.html"
    number = asked.form.get("number", "")
    html, _ = request.page(name, view=view, review=found, shower=shower, number=number)
    return html


def refused_page(id_: int, code: str, refused: Refused) -> ResponseReturnValue:
    with request.reading() as doing:
        found = review.sheet_of(doing, id_)
        shower, view = row_view(doing, found, found.row(code), keep=True)
    said = refusal(request.spoken(), refused)
    return shown(found, shower, shower.refused(view, refused, said), 422, said)


def stale_page(id_: int, code: str, *, accepts: bool = False) -> ResponseReturnValue:
    """Both versions side by side; the form goes on from what stands there now."""
    language = request.spoken()
    with request.reading() as doing:
        found = review.sheet_of(doing, id_)
        row = found.row(code)
        shower, view = row_view(doing, found, row, keep=True)
    mine = view.accept if accepts else _told(view)
    conflict = shower.conflict(row, mine, view.why)
    said = language.say("Somebody else has marked this line meanwhile. Nothing was overwritten.")
    # A line that has gone back to the unit meanwhile has no form to stand in.
    at = view.dom if view.form is None else f"{view.dom}-conflict"
    errors = ((at, said),)
    return shown(found, shower, replace(view, conflict=conflict, errors=errors), 409, said)


def _told(view: RowView) -> str:
    """What stands in the form, as short as it can be said."""
    if view.form is None:
        return ""
    typed = view.form.by_hand_text() or view.form.text()
    return typed or request.spoken().say("nothing stated")


def shown(
    found: ReviewSheet, shower: Shower, view: RowView, status: int, said: str
) -> ResponseReturnValue:
    if request.wants_json():
        return {"html": _html(found, shower, view), "error": said}, status
    if is_across():
        return evaluate_criteria.page_again(view, status)
    group = found.group_of(view.row.entry.code)
    return evaluate_sheets.group_page(found.record.id, group, "", view, status)
