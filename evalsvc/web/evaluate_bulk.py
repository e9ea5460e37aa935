"""Many lines accepted at once, what was left with its reason, and the way back."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, url_for
from flask import request as asked
from flask.typing import ResponseReturnValue

from evalsvc import request
from evalsvc.domain.errors import NotFound, Refused
from evalsvc.usecases import bulk, review_bulk
from evalsvc.usecases.bulk import Batch, Pick
from evalsvc.usecases.review_bulk import Named
from evalsvc.usecases.work import Work
from evalsvc.web.evaluate_views import KEY_BYTES
from evalsvc.web.refusals import refusal

PICKED, SHOWN = "pick", "shown"
PARTS = 3
MOST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of a batch; `value` goes into the form that undoes it."""

    named: Named
    value: str
    why: str = ""


def add_to(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/accept-many", "accept_many", accept_many, methods=["POST"])
    blueprint.add_url_rule("/undo-many", "undo_many", undo_many, methods=["POST"])


def accept_many() -> ResponseReturnValue:
    """Those that are ticked, or all that still wait on the page as it was shown."""
    return _done(bulk.accept_all, SHOWN if asked.form.get("all") else PICKED, undone=False)


def undo_many() -> ResponseReturnValue:
    return _done(bulk.undo, PICKED, undone=True)


def _done(
    deed: Callable[[Work, Sequence[Pick], str], Batch], field: str, *, undone: bool
) -> ResponseReturnValue:
    key = asked.form.get("key", "")[: request.MOST_KEY] or secrets.token_hex(KEY_BYTES)
    error, batch = "", Batch(key, (), ())
    try:
        if not (picks := [pick_of(each) for each in asked.form.getlist(field)]):
            raise Refused("no-line-ticked")
        batch = request.do(deed, picks, key)
    except Refused as refused:
        error = refusal(request.spoken(), refused)
    back = asked.form.get("back", "")
    return request.page(
        "evaluate/batch.html",
        422 if error else 200,
        done=_views(batch.done),
        left=_left(batch),
        undone=undone,
        error=error,
        key=secrets.token_hex(KEY_BYTES),
        back=back if request.is_local(back) else url_for("evaluate.queue"),
    )


def pick_of(text: str) -> Pick:
    """`id:line:version`; what is none was made by nobody's page."""
    if text.count(":") != PARTS - 1:
        raise NotFound("line")
    id_, line, version = text.split(":")
    if not (id_.isascii() and id_.isdigit() and len(id_) <= MOST_NUMBER):
        raise NotFound("line")
    return Pick(int(id_), line, request.version(version))


def _value(pick: Pick) -> str:
    return f"{pick.id}:{pick.line}:{pick.version}"


def _views(picks: Sequence[Pick]) -> list[LineView]:
    with request.reading() as doing:
        found = review_bulk.named(doing, picks)
    return [LineView(each, _value(each.pick)) for each in found]


def _left(batch: Batch) -> list[LineView]:
    why, language = dict(batch.left), request.spoken()
    with request.reading() as doing:
        found = review_bulk.named(doing, tuple(why))
    return [LineView(each, _value(each.pick), refusal(language, why[each.pick])) for each in found]
