"""Explanations that wait for an answer: the list, one line, and on to the next."""

from flask import Blueprint, url_for
from flask import request as asked
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect

from evalsvc import request
from evalsvc.domain.access import Actor
from evalsvc.domain.deeds import ROLES, Deed
from evalsvc.domain.errors import Refused, Stale
from evalsvc.usecases import explain, explanations_seen, review
from evalsvc.usecases.found import Found
from evalsvc.web import rulings
from evalsvc.words.language import Language

KEEP = "keep"


def _answers(actor: Actor) -> bool:
    return bool(actor.roles() & ROLES[Deed.RULE])


blueprint = Blueprint("explanations", __name__, url_prefix="/explanations")
request.guarded(blueprint, _answers)

LINE = "/sheets/<int:id>/lines/<line>"


@blueprint.get("/", defaults={"code": ""})
@blueprint.get("/rounds/<code>/")
def waiting(code: str) -> ResponseReturnValue:
    language = request.spoken()
    with request.reading() as doing:
        if not code and not review.rounds_of(doing):
            return request.page("explanations/nothing.html")
        found = explanations_seen.waiting(doing, code)
        views = [rulings.view(language, doing, each) for each in found.lines]
    return request.page("explanations/waiting.html", found=found, views=views)


@blueprint.get(LINE)
def line(id: int, line: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    return _page(request.spoken(), id, line)


def _page(
    language: Language, id_: int, code: str, error: Refused | None = None, stale: str = ""
) -> tuple[str, int]:
    with request.reading() as doing:
        found = explanations_seen.line(doing, id_, code)
        before, after = explanations_seen.beside(doing, id_, code)
        shown = rulings.opened(language, doing, found, typed=bool(error or stale))
    if error is not None:
        shown = rulings.refused(shown, error)
    return request.page(
        "explanations/line.html",
        409 if stale else 422 if error else 200,
        view=shown,
        before=before,
        after=after,
        stale=stale,
        waits=explanations_seen.is_waiting(found),
    )


@blueprint.post(LINE)
def answer(id: int, line: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    language = request.spoken()
    with request.reading() as doing:
        of = explanations_seen.line(doing, id, line)
        _, after = explanations_seen.beside(doing, id, line)
        form = rulings.form_class(language, doing, of)(asked.form)
    found: Found | None = None if asked.form.get("deed") == KEEP else rulings.found_of(form)
    try:
        request.do(explain.rule, id, line, found, asked.form.get("why", ""), request.seen())
    except Refused as refused:
        return _page(language, id, line, refused)
    except Stale:
        said = language.say("Somebody else has changed this line meanwhile. Look at it again.")
        return _page(language, id, line, stale=said)
    unit = of.sheet.record.unit_name
    request.notice(language.say("Line {line} of {unit} is answered.", line=line, unit=unit))
    if after is not None:
        return redirect(url_for("explanations.line", id=after[0], line=after[1]), 303)
    return request.back_to("explanations.waiting", code=of.sheet.round.code)
