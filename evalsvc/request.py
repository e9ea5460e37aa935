"""Between the browser and the deeds: who asks, in which language, which status an error has."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from flask import Blueprint, Response, current_app, g, redirect, render_template, url_for
from flask import request as asked
from jinja2 import Environment, Template
from markupsafe import Markup, escape
from werkzeug.exceptions import BadRequest, Unauthorized
from werkzeug.wrappers import Response as AnyResponse

from evalsvc.domain.access import SERVICE, Actor
from evalsvc.domain.errors import DomainError, Forbidden, NotFound, Refused, Stale
from evalsvc.settings import Settings
from evalsvc.usecases import sign_in
from evalsvc.usecases.sheets import Seen
from evalsvc.usecases.sign_in import SignedIn
from evalsvc.usecases.work import Office, Work
from evalsvc.words.language import CODES, VIETNAMESE, Language, language

PLAIN = NOTICES, LANGUAGE = "evalsvc_notices", "evalsvc_language"
SESSION, BROWSER = "evalsvc_session", "evalsvc_browser"
YEAR_SECONDS, NOTICE_SECONDS = 365 * 24 * 3600, 60
MOST_NOTICES, MOST_DIGITS, MOST_KEY = 4_000, 9, 60
SECRET_BYTES = 32
CSRF_FIELD, CSRF_HEADER = "csrf", "X-CSRF"
NOBODY, SIGN_IN = "", "account.begin"
STATUS: dict[type[DomainError], int] = {Refused: 422, NotFound: 404, Forbidden: 403, Stale: 409}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
TEMPLATES = "evalsvc.templates"
"""Under this name the app keeps an environment for each language."""

_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class House:
    """What the app is made of, kept on the Flask app as one thing."""

    office: Office
    settings: Settings


def house() -> House:
    found: House = current_app.extensions["evalsvc"]
    return found


def office() -> Office:
    return house().office


def settings() -> Settings:
    return house().settings


def spoken() -> Language:
    """The language of this request; asked for hundreds of times by one page."""
    try:
        found: Language = g.language
    except AttributeError:
        code = asked.cookies.get(LANGUAGE, VIETNAMESE)
        found = g.language = language(code if code in CODES else VIETNAMESE)
    return found


def signed_in() -> SignedIn | None:
    """Who is signed in, found once per request."""
    if "signed_in" not in g:
        token = asked.cookies.get(_cookie(SESSION), "")
        g.signed_in = sign_in.whose(office(), token, settings()) if token else None
    found: SignedIn | None = g.signed_in
    return found


def look_nobody_up() -> None:
    """Where that cannot be done: from here on nobody is signed in."""
    g.signed_in = None
    g.pop("csrf", None)


def actor() -> Actor:
    if (found := signed_in()) is None:
        raise Unauthorized()
    return found.actor


def token() -> str:
    return asked.cookies.get(_cookie(SESSION), "")


def address() -> str:
    return asked.remote_addr or ""


# Browsers and forgery: a long-lived secret of the browser makes a token for each account.


def _cookie(name: str) -> str:
    return f"__Host-{name}" if settings().secure else name


def _browser_secret() -> str:
    if "browser" not in g:
        sent = asked.cookies.get(_cookie(BROWSER), "")
        g.browser_is_new = len(sent) != 2 * SECRET_BYTES
        g.browser = secrets.token_hex(SECRET_BYTES) if g.browser_is_new else sent
    found: str = g.browser
    return found


def browser() -> str:
    """Tells browsers apart without being able to imitate one."""
    return hashlib.sha256(_browser_secret().encode()).hexdigest()


def csrf_token() -> str:
    """For one browser and one account: it outlives a session and a long form, not a change of
    account. Made once per request: each form of a page has it."""
    if "csrf" not in g:
        found = signed_in()
        g.csrf = _token_of(str(found.actor.account) if found else NOBODY)
    made: str = g.csrf
    return made


def _token_of(account: str) -> str:
    about = f"csrf:{account}"
    return hmac.digest(_browser_secret().encode(), about.encode(), "sha256").hex()


def demand_no_forgery() -> None:
    """Every request that changes something: same origin, and the token of this browser."""
    if asked.method in SAFE:
        return
    if asked.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise BadRequest()
    sent = asked.headers.get(CSRF_HEADER) or asked.form.get(CSRF_FIELD, "")
    signing_in = asked.endpoint == SIGN_IN
    accepted = [csrf_token(), *([_token_of(NOBODY)] if signing_in else [])]
    if any(hmac.compare_digest(sent.encode(), each.encode()) for each in accepted):
        return
    if token() and signed_in() is None and not signing_in:
        raise Unauthorized()
    raise Forgery()


class Forgery(BadRequest):
    """The form was not made for this browser and account; what was typed is still in it."""


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
    g.next_notices = [*g.get("next_notices", []), (kind, text)]


def notices() -> list[tuple[str, str]]:
    """What was left to be said; said once."""
    sent = asked.cookies.get(NOTICES, "")
    if not sent or len(sent) > MOST_NOTICES:
        return []
    g.notices_said = True
    try:
        read = json.loads(base64.urlsafe_b64decode(sent))
        return [(str(kind), str(text)) for kind, text in read]
    except (ValueError, TypeError, RecursionError):
        return []


def finish(response: Response) -> Response:
    """Cookies that every answer may carry."""
    if g.get("browser_is_new"):
        set_cookie(response, BROWSER, _browser_secret(), YEAR_SECONDS)
    if left := g.get("next_notices"):
        text = base64.urlsafe_b64encode(json.dumps(left).encode()).decode()
        set_cookie(response, NOTICES, text, NOTICE_SECONDS)
    elif g.get("notices_said"):
        _delete_cookie(response, NOTICES)
    return response


def set_cookie(response: AnyResponse, name: str, value: str, seconds: int | None = None) -> None:
    response.set_cookie(
        name if name in PLAIN else _cookie(name),
        value,
        max_age=seconds,
        httponly=True,
        samesite="Lax",
        secure=settings().secure,
        path="/",
    )


def set_session(response: AnyResponse, value: str) -> None:
    """A session ends with the browser, or when its time is over."""
    set_cookie(response, SESSION, value)


def end_session(response: AnyResponse) -> None:
    _delete_cookie(response, _cookie(SESSION))


def _delete_cookie(response: AnyResponse, name: str) -> None:
    response.delete_cookie(name, path="/", httponly=True, samesite="Lax", secure=settings().secure)


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
