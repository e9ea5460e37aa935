"""What is open to everyone: the way in, and whether the service is well."""

from flask import Blueprint, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from evalsvc import request
from evalsvc.domain.access import OF_UNIT, REVIEWERS, Role

blueprint = Blueprint("public", __name__)
request.guarded(blueprint, None)


@blueprint.get("/")
def home() -> Response:
    """To the desk of whoever is signed in."""
    found = request.signed_in()
    if found is None:
        return redirect(url_for("account.sign_in"))
    roles = found.actor.roles()
    for wanted, desk in (
        (OF_UNIT, "unit.home"),
        (REVIEWERS, "evaluate.queue"),
        ({Role.LEADER}, "lead.overview"),
        ({Role.ANSWERER}, "explanations.waiting"),
    ):
        if roles & wanted:
            return redirect(url_for(desk))
    return redirect(url_for("account.mine"))


@blueprint.get("/health")
def health() -> tuple[str, int, dict[str, str]]:
    """For a proxy or a monitor: the service and its database answer."""
    with request.reading_as_service() as doing:
        return f"{doing.now:%Y-%m-%dT%H:%M:%SZ}\n", 200, {"Content-Type": "text/plain"}
