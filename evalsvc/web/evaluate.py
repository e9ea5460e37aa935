"""The desk of those who review: their queue, sheets by unit, criteria across units."""

from flask import Blueprint
from flask import request as asked

from evalsvc import request
from evalsvc.domain.access import REVIEWERS, Actor
from evalsvc.domain.course import Status
from evalsvc.domain.criteria import CriteriaSet
from evalsvc.domain.summary import Totals
from evalsvc.usecases import review, review_queue
from evalsvc.usecases.review_queue import Asked
from evalsvc.web import (
    evaluate_bulk,
    evaluate_correct,
    evaluate_criteria,
    evaluate_decide,
    evaluate_double,
    evaluate_evidence,
    evaluate_flags,
    evaluate_lines,
    evaluate_minutes,
    evaluate_official,
    evaluate_returns,
    evaluate_sheets,
    histories,
)
from evalsvc.web.evaluate_views import hour_of, total_of

blueprint = Blueprint("evaluate", __name__, url_prefix="/review")


def _reviews(actor: Actor) -> bool:
    return bool(actor.roles() & REVIEWERS)


request.guarded(blueprint, _reviews)
for part in (
    evaluate_sheets,
    evaluate_lines,
    evaluate_returns,
    evaluate_double,
    evaluate_bulk,
    evaluate_criteria,
    evaluate_official,
    evaluate_flags,
    evaluate_evidence,
    evaluate_decide,
    evaluate_correct,
    evaluate_minutes,
    histories,
):
    part.add_to(blueprint)


@blueprint.get("/")
def queue() -> tuple[str, int]:
    with request.reading() as doing:
        if not review.rounds_of(doing):
            return request.page("evaluate/nothing.html")
        found = review_queue.queue(doing, asked.args.get("round", ""), _asked())
    language = request.spoken()

    def total(totals: Totals | None, criteria: CriteriaSet) -> str:
        return "" if totals is None else total_of(language, totals, criteria)

    hour = hour_of(language, found.window, found.now)
    return request.page(
        "evaluate/queue.html",
        queue=found,
        hour=hour,
        statuses=list(Status),
        total=total,
    )


def _asked() -> Asked:
    named = asked.args.get("status", "")
    status = Status(named) if named in list(Status) else None
    page = asked.args.get("page", 1, type=int)
    return Asked(asked.args.get("block", ""), status, asked.args.get("q", ""), page)
