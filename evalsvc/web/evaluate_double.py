"""Lines that two people mark unseen by each other: the lead's value, and an absent reviewer."""

from dataclasses import replace

from flask import Blueprint
from flask import request as asked
from flask.typing import ResponseReturnValue

from evalsvc import request
from evalsvc.domain.access import require
from evalsvc.domain.errors import Refused, Stale
from evalsvc.usecases import appraise, review
from evalsvc.web import evaluate_lines
from evalsvc.web.evaluate_aside import Sending
from evalsvc.web.evaluate_returns import moved_on, on_to
from evalsvc.web.refusals import refusal


def add_to(blueprint: Blueprint) -> None:
    at = "/sheets/<int:id>/lines/<code>"
    blueprint.add_url_rule(f"{at}/agree", "agree", agree, methods=["POST"])
    blueprint.add_url_rule(f"{at}/pass-over", "pass_over", pass_over, methods=["POST"])


def agree(id: int, code: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    _demand_lead(id, code)
    found, why = evaluate_lines.found_of(evaluate_lines.form_of(id, code)), evaluate_lines.reason()
    try:
        request.do(appraise.agree, id, code, found, why, request.seen())
    except Refused as refused:
        return evaluate_lines.refused_page(id, code, refused)
    except Stale:
        return evaluate_lines.stale_page(id, code)
    return evaluate_lines.marked_page(id, code)


def pass_over(id: int, code: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    because, seat = asked.form.get("because", ""), request.version(asked.form.get("seat", ""))
    _demand_lead(id, code)
    with request.reading() as doing:
        review.sheet_of(doing, id).row(code)
    try:
        request.do(appraise.pass_over, id, code, seat, because, request.seen())
    except Refused as refused:
        return _again(id, code, because, refused)
    except Stale:
        return moved_on(id, code)
    said = request.spoken().say("Line {line} goes on without the absent reviewer.", line=code)
    request.notice(said)
    return on_to(id, code)


def _demand_lead(id_: int, code: str) -> None:
    """Before the line is looked at: nobody else learns that it is still with its unit."""
    with request.reading() as doing:
        found = review.sheet_of(doing, id_)
        found.entry(code)
        require(found.may_close, "mark-line")


def _again(id_: int, code: str, because: str, refused: Refused) -> ResponseReturnValue:
    said = refusal(request.spoken(), refused)
    with request.reading() as doing:
        found = review.sheet_of(doing, id_)
        shower, view = evaluate_lines.row_view(doing, found, found.row(code), keep=True)
    if view.aside.passing is None:
        view = replace(view, errors=((view.dom, said),))
    else:
        typed = Sending(because=because, wrong=("because", said))
        errors = ((f"{view.dom}-absent", said),)
        view = replace(view, aside=replace(view.aside, passing=typed), errors=errors)
    return evaluate_lines.shown(found, shower, view, 422, said)
