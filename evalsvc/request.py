"""Between the browser and the deeds: who asks, in which language, which status an error has."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar

from flask import Blueprint, current_app, g, redirect, render_template, url_for
from flask import request as asked
from flask.globals import request_ctx
from jinja2 import Environment, Template
from markupsafe import Markup, escape
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response as AnyResponse

from evalsvc.domain.access import SERVICE, Actor
from evalsvc.domain.errors import DomainError, Forbidden, NotFound, Refused, Stale
from evalsvc.settings import Settings
from evalsvc.usecases.sheets import Seen
from evalsvc.usecases.sign_in import SignedIn
from evalsvc.usecases.work import Office, Work
from evalsvc.visit import SAFE, Visit
from evalsvc.words.language import VIETNAMESE, Language

MOST_DIGITS, MOST_KEY = 9, 60
STATUS: dict[type[DomainError], int] = {Refused: 422, NotFound: 404, Forbidden: 403, Stale: 409}
HOUSE, TEMPLATES = "evalsvc", "evalsvc.templates"
"""Under these names the app keeps its house, and an environment for each language."""

_P = ParamSpec("_P")
_T = TypeVar("_T")


def visit() -> Visit:
    """The one of this request."""
    try:
        found: Visit = g.visit
    except AttributeError:
        found = g.visit = Visit(request_ctx.request, current_app.extensions[HOUSE])
    return found


def office() -> Office:
    return visit().house.office


def settings() -> Settings:
    return visit().house.settings


def spoken() -> Language:
    return visit().language


def signed_in() -> SignedIn | None:
    return visit().signed_in


def actor() -> Actor:
    if (found := visit().signed_in) is None:
        raise Unauthorized()
    return found.actor


def csrf_token() -> str:
    return visit().csrf


def demand_no_forgery() -> None:
    visit().demand_no_forgery()


# Guards


Rule = Callable[[Actor], bool]


def anyone(of: Actor) -> bool:
    return True


def guarded(blueprint: Blueprint, rule: Rule | None) -> None:
    """The one guard of a blueprint; None says openly that nobody has to be signed in."""
    blueprint.guard_rule = rule  # type: ignore[attr-defined]

    @blueprint.before_request
    def guard() -> AnyResponse | None:
        if rule is None:
            return None
        if (found := signed_in()) is None:
            if asked.method in SAFE and not wants_json():
                return redirect(url_for("account.sign_in", next=asked.full_path.rstrip("?")))
            raise Unauthorized()
        if found.must_change:
            return redirect(url_for("account.password"), 303)
        if not rule(found.actor):
            raise NotFound("page")
        return None


# Deeds


def do(deed: Callable[Concatenate[Work, _P], _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """One deed of the person who asks, in one transaction."""
    return office().do(actor(), deed, *args, **kwargs)


@contextmanager
def reading() -> Iterator[Work]:
    with office().reading(actor()) as doing:
        yield doing


@contextmanager
def reading_as_service() -> Iterator[Work]:
    with office().reading(SERVICE) as doing:
        yield doing


# Answers


def wants_json() -> bool:
    return asked.headers.get("Accept", "").startswith("application/json")


def template_of(name: str) -> Template:
    """In the language of this request."""
    spoken_in: Mapping[str, Environment] = current_app.extensions[TEMPLATES]
    return spoken_in[spoken().code].get_template(name)


def page(template: str, status: int = 200, **values: object) -> tuple[str, int]:
    return render_template(template_of(template), **values), status


def regulation(language: Language, text: str) -> Markup:
    """Text of a regulation or a name as it is; marked where the page is in another language."""
    said = escape(text)
    if language.code == VIETNAMESE:
        return said
    return Markup('<span lang="vi">{}</span>').format(said)


def back_to(endpoint: str, anchor: str = "", **values: Any) -> AnyResponse:
    """After a change: the page is fetched anew."""
    return redirect(url_for(endpoint, _anchor=anchor or None, **values), 303)


def notice(text: str, kind: str = "ok") -> None:
    """Said on the next page that this browser shows."""
    visit().leave_notice(text, kind)


def status_of(error: DomainError) -> int:
    return STATUS.get(type(error), 422)


def version(text: str) -> int:
    """What is no version was never the current one."""
    known = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if known else -1


def seen() -> Seen:
    """The version that was on the screen, and the client's key for this save."""
    return Seen(version(asked.form.get("seen", "")), asked.form.get("key", "")[:MOST_KEY])


def is_local(path: str) -> bool:
    """Whether a path leads nowhere but here."""
    return path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
