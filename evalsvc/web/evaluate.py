"""The desk of those who review: their queue, sheets by unit, criteria across units."""

from flask import Blueprint
from flask import request as asked

from evalsvc import request
from evalsvc.domain.access import REVIEWERS, Actor
from evalsvc.domain.course import Status
from evalsvc.usecases import review
from evalsvc.usecases.review import Asked
from evalsvc.web import (
    evaluate_criteria,
    evaluate_flags,
    evaluate_lines,
    evaluate_official,
    evaluate_sheets,
)
from evalsvc.web.evaluate_views import hour_of

blueprint = Blueprint("evaluate", __name__, url_prefix="/review")


def _reviews(actor: Actor) -> bool:
    return bool(actor.roles() & REVIEWERS)


request.guarded(blueprint, _reviews)
for part in (
    evaluate_sheets,
    evaluate_lines,
    evaluate_criteria,
    evaluate_official,
    evaluate_flags,
):
    part.add_to(blueprint)


@blueprint.get("/")
def queue() -> tuple[str, int]:
    with request.reading() as doing:
        if not review.rounds_of(doing):
            return request.page("evaluate/nothing.html")
        found = review.queue(doing, asked.args.get("round", ""), _asked())
    hour = hour_of(request.spoken(), found.window, found.now)
    return request.page("evaluate/queue.html", queue=found, hour=hour, statuses=list(Status))


def _asked() -> Asked:
    named = asked.args.get("status", "")
    status = Status(named) if named in list(Status) else None
    page = asked.args.get("page", 1, type=int)
    return Asked(asked.args.get("block", ""), status, asked.args.get("q", ""), page)
