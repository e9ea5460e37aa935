"""The lead evaluator puts a released line right; whoever gets less is heard once more."""

from flask import Blueprint
from flask import request as asked
from flask.typing import ResponseReturnValue

from evalsvc import request
from evalsvc.domain.errors import Refused, Stale
from evalsvc.usecases import explain, explanations_seen, review
from evalsvc.web import rulings


def add_to(blueprint: Blueprint) -> None:
    at = "/sheets/<int:id>/lines/<code>/correction"
    blueprint.add_url_rule(at, "correction", correction)
    blueprint.add_url_rule(at, "correct", correct, methods=["POST"])


def correction(id: int, code: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    return _page(id, code)


def _page(id_: int, code: str, error: Refused | None = None, stale: str = "") -> tuple[str, int]:
    language = request.spoken()
    with request.reading() as doing:
        review.sheet_of(doing, id_)
        found = explanations_seen.to_correct(doing, id_, code)
        shown = rulings.opened(language, doing, found, typed=bool(error or stale))
    if error is not None:
        shown = rulings.refused(shown, error)
    status = 409 if stale else 422 if error else 200
    return request.page("evaluate/correction.html", status, view=shown, stale=stale)


def correct(id: int, code: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    language = request.spoken()
    with request.reading() as doing:
        review.sheet_of(doing, id)
        of = explanations_seen.to_correct(doing, id, code)
        form = rulings.form_class(language, doing, of)(asked.form)
    why, found = asked.form.get("why", ""), rulings.found_of(form)
    try:
        request.do(explain.correct, id, code, found, why, request.seen())
    except Refused as refused:
        return _page(id, code, refused)
    except Stale:
        said = language.say("Somebody else has changed this line meanwhile. Look at it again.")
        return _page(id, code, stale=said)
    request.notice(language.say("Line {line} is corrected.", line=code))
    return request.back_to("evaluate.decision", id=id)
