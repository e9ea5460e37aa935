"""Documents of units: a page for each, pictures of its pages, and the file to take away."""

from flask import Blueprint, Response, send_file, url_for
from flask import request as asked
from flask.typing import ResponseReturnValue

from evalsvc import request
from evalsvc.domain.access import Actor, Role
from evalsvc.domain.errors import NotFound
from evalsvc.usecases import depot, evidence_seen
from evalsvc.usecases.evidence_seen import Document, Width
from evalsvc.web.evidence_views import kind_of, size_of, words
from evalsvc.web.evidence_ways import trail, ways

HOUR = 3600
MOST_PAGE = 10**6
ALONE = "default-src 'none'; sandbox"
"""A file that a browser shows against our will may do nothing, and belongs to no site."""

blueprint = Blueprint("evidence", __name__, url_prefix="/evidence")


def _sees(actor: Actor) -> bool:
    """Everybody but those who only keep accounts; which documents, each page asks."""
    return bool(actor.roles() - {Role.ADMIN})


request.guarded(blueprint, _sees)


def _found(id_: int) -> Document:
    with request.reading() as doing:
        return evidence_seen.document(doing, id_)


def _page_number() -> int:
    return min(asked.args.get("page", 1, type=int), MOST_PAGE)


@blueprint.get("/<int:id>/")
def page(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """What is said of it, and one of its pages large enough to read."""
    language, actor = request.spoken(), request.actor()
    with request.reading() as doing:
        found = evidence_seen.document(doing, id)
        shown = ways(language, actor, evidence_seen.places(doing, found))
    number, last = _page_number(), found.pages or 0
    if last and not 1 <= number <= last:
        raise NotFound("page")

    def to_page(at: int) -> str:
        return url_for("evidence.page", id=id, page=at if at > 1 else None)

    return request.page(
        "evidence/page.html",
        document=found,
        heading=words(language, found),
        kind=kind_of(language, found),
        size=size_of(language, found.size),
        number=number,
        last=last,
        picture_url=url_for("evidence.picture", id=id, page=number, wide="1") if last else "",
        to_page=to_page,
        trail=list(trail(language, actor, shown)),
        shown=shown,
    )


@blueprint.get("/<int:id>/pages/<int:page>.png")
def picture(id: int, page: int) -> ResponseReturnValue:  # noqa: A002
    """Drawn by the server: what somebody sent is never opened in anybody's browser."""
    found = _found(id)
    width = Width.READING if asked.args.get("wide") else Width.BESIDE
    tag = f"{found.sha256}-{page}-{width:d}"
    drawn = evidence_seen.picture(depot.of_settings(request.settings()), found, page, width)
    response = Response(drawn, mimetype="image/png")
    response.set_etag(tag)
    _keep(response, f"private, max-age={HOUR}")
    return response.make_conditional(asked)


@blueprint.get("/<int:id>/file")
def file(id: int) -> ResponseReturnValue:  # noqa: A002
    """To be saved, under a safe name, as what it was found to be."""
    found = _found(id)
    path, kind = evidence_seen.file_of(depot.of_settings(request.settings()), found)
    response = send_file(
        path.resolve(),
        mimetype=kind.mime,
        as_attachment=True,
        download_name=found.name,
        etag=found.sha256 or "",
        last_modified=found.at,
    )
    response.headers["Content-Security-Policy"] = ALONE
    _keep(response, "private, no-cache")
    return response


def _keep(response: Response, how: str) -> None:
    """In the browser of who asked; not for the next who signs in there."""
    response.headers["Cache-Control"] = how
    response.headers["Vary"] = "Cookie"
