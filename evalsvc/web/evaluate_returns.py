"""Lines that go back to the unit: with an hour and a reason, from either page."""

from dataclasses import replace

from flask import Blueprint
from flask import request as asked
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect

from evalsvc import request
from evalsvc.domain.dates import read_moment
from evalsvc.domain.errors import Refused, Stale
from evalsvc.usecases import returns, review
from evalsvc.web import evaluate_criteria, evaluate_lines
from evalsvc.web.evaluate_aside import Sending
from evalsvc.web.refusals import refusal

REASONS = frozenset({"reason-missing", "reason-too-long"})
HOURS = frozenset({"not-a-moment", "moment-is-past", "return-after-review"})


def add_to(blueprint: Blueprint) -> None:
    at = "/sheets/<int:id>/lines/<code>/return"
    blueprint.add_url_rule(at, "return_line", return_line, methods=["POST"])


def return_line(id: int, code: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    typed = Sending(asked.form.get("until", ""), asked.form.get("because", ""))
    with request.reading() as doing:
        review.sheet_of(doing, id).row(code)
    try:
        until = read_moment(typed.until)
        request.do(returns.return_line, id, code, until, typed.because, request.seen())
    except Refused as refused:
        return _again(id, code, typed, refused)
    except Stale:
        return moved_on(id, code)
    request.notice(request.spoken().say("Line {line} is returned to the unit.", line=code))
    return on_to(id, code)


def _again(id_: int, code: str, typed: Sending, refused: Refused) -> ResponseReturnValue:
    said = refusal(request.spoken(), refused)
    with request.reading() as doing:
        found = review.sheet_of(doing, id_)
        shower, view = evaluate_lines.row_view(doing, found, found.row(code), keep=True)
    field = "because" if refused.message in REASONS else "until"
    if refused.message in REASONS | HOURS and view.aside.sending is not None:
        at = f"{view.dom}-{field}"
        aside = replace(view.aside, sending=replace(typed, wrong=(field, said)))
        view = replace(view, aside=aside, errors=((at, said),))
    else:
        view = replace(view, errors=((view.dom, said),))
    return evaluate_lines.shown(found, shower, view, 422, said)


def moved_on(id_: int, code: str) -> ResponseReturnValue:
    """Somebody was first: the line is shown as it is now."""
    said = request.spoken().say("Somebody else has changed this line meanwhile. Look at it again.")
    request.notice(said, "warn")
    return _to(id_, code, here=True)


def on_to(id_: int, code: str) -> ResponseReturnValue:
    """What waits next, on the page that the form stood on."""
    return _to(id_, code, here=False)


def _to(id_: int, code: str, *, here: bool) -> ResponseReturnValue:
    if evaluate_lines.is_across():
        url = evaluate_criteria.row_url(id_) if here else evaluate_criteria.next_url()
        return redirect(url, 303)
    with request.reading() as doing:
        found = review.sheet_of(doing, id_)
    url = evaluate_lines.line_url(found, code) if here else evaluate_lines.next_line(found, code)
    return redirect(url, 303)
