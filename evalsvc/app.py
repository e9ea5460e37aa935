"""Puts the parts together: the only place that knows all of them."""

import gc
import hashlib
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from flask import Flask, Response, current_app, g, has_request_context, jsonify, url_for
from flask import request as asked
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, HTTPException, RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix

from evalsvc import request, resources
from evalsvc.domain.access import Actor, Role
from evalsvc.domain.errors import DomainError, NotFound, Refused
from evalsvc.settings import Settings
from evalsvc.store.database import GREATEST_ID, Database, DatabaseDown
from evalsvc.usecases.work import Office
from evalsvc.visit import House
from evalsvc.web import (
    account,
    assignments,
    evaluate,
    evidence,
    explanations,
    lead,
    public,
    unit,
    unit_evidence,
)
from evalsvc.web.headers import WithHeaders
from evalsvc.web.navigation import navigation
from evalsvc.web.templating import templates
from evalsvc.words.faults import what_is_wrong, what_to_write
from evalsvc.words.language import VIETNAMESE

STATIC = resources.static()
MONTH = 30 * 24 * 3600
MOST_ADDRESSES, LONGEST_PART = 10_000, 60
"""How many addresses are remembered; none with a longer part, which anybody may have sent."""


class Service(Flask):
    def __init__(self, *names: Any, **words: Any) -> None:
        super().__init__(*names, **words)
        self._known = lru_cache(MOST_ADDRESSES, typed=True)(self._address)

    def url_for(
        self,
        endpoint: str,
        *,
        _anchor: str | None = None,
        _method: str | None = None,
        _scheme: str | None = None,
        _external: bool | None = None,
        **values: Any,
    ) -> str:
        """A page has a hundred addresses, most of them those of the page before."""
        is_plain = (_anchor or _method or _scheme or _external) is None
        if is_plain and all(map(_is_short, values.values())) and has_request_context():
            return self._known(endpoint, asked.root_path, **values)
        how = {"_anchor": _anchor, "_method": _method, "_scheme": _scheme}
        return super().url_for(endpoint, _external=_external, **how, **values)

    def _address(self, endpoint: str, _below: str, /, **values: Any) -> str:
        return super().url_for(endpoint, **values)

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Nothing here is asynchronous: asked six times for each request otherwise."""
        return func

    def get_send_file_max_age(self, filename: str | None) -> int:
        """Modules import each other without a version: those are asked for each time."""
        return MONTH if "v" in asked.args else 0


def _is_short(part: object) -> bool:
    return isinstance(part, int) or (isinstance(part, str) and len(part) <= LONGEST_PART)


def create_app(settings: Settings, office: Office | None = None) -> Flask:
    """The service on its database; `office` only where a test brings its own clock."""
    app = Service("evalsvc", static_folder=str(STATIC), template_folder=str(resources.templates()))
    app.extensions[request.HOUSE] = House(
        office or Office(Database(settings.database_url)), settings
    )
    app.config["MAX_CONTENT_LENGTH"] = settings.most_bytes
    app.config["MAX_FORM_MEMORY_SIZE"] = settings.most_bytes
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    _prepare_templates(app)
    app.before_request(_read_in_bounds)
    app.before_request(_take_only_what_can_be_kept)
    app.before_request(request.demand_no_forgery)
    for desk in (public, account, unit, evaluate, explanations, assignments, lead, evidence):
        app.register_blueprint(desk.blueprint)
    app.after_request(_finish)
    app.register_error_handler(DomainError, _on_domain_error)
    app.register_error_handler(HTTPException, _on_http_error)
    app.register_error_handler(DatabaseDown, _on_database_down)
    app.wsgi_app = WithHeaders(app.wsgi_app, secure=settings.secure)  # type: ignore[method-assign]
    if settings.proxies:
        number = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, number, number, number)  # type: ignore[method-assign]
    return app


def settle() -> None:
    """What has been made by now lives as long as the service: the collector looks at it no more."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _read_in_bounds() -> None:
    """A body that says it is too long is refused before a byte of it is read."""
    sent = request.visit().asked
    most = sent.max_content_length = unit_evidence.most_bytes(sent.endpoint or "")
    if (sent.content_length or 0) > most:
        raise RequestEntityTooLarge()


def _take_only_what_can_be_kept() -> None:
    """No database keeps a NUL in a text, and none has an id beyond 64 bits."""
    sent = request.visit().asked
    given = (sent.view_args or {}).values()
    if any(isinstance(each, int) and each > GREATEST_ID for each in given):
        raise NotFound("page")
    texts = [each for each in given if isinstance(each, str)]
    for values in (sent.args, sent.form) if sent.method == "POST" else (sent.args,):
        texts += chain.from_iterable(values.listvalues())
    if any("\0" in each for each in texts):
        raise BadRequest()


def _prepare_templates(app: Flask) -> None:
    made = app.extensions[request.TEMPLATES] = templates(app)
    for each in made.values():
        each.globals["static_url"] = _static_url
    app.context_processor(_of_every_page)


@cache
def _digest(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def _static_url(name: str) -> str:
    """A page has a dozen of these: where they all begin is built once for it."""
    if "static_files" not in g:
        g.static_files = url_for("static", filename="")
    return f"{g.static_files}{name}?v={_digest(name)}"


def _of_every_page() -> dict[str, object]:
    found = request.signed_in()
    language = request.spoken()
    actor = found.actor if found else Actor(None, "")
    other = "en" if language.code == VIETNAMESE else VIETNAMESE
    return {
        "organisation": request.settings().organisation,
        "navigation": navigation(language, actor, asked.endpoint or ""),
        "account_label": actor.label,
        "account_url": url_for("account.mine") if found else "",
        "sign_out_url": url_for("account.sign_out") if found else "",
        "language_url": url_for("account.language", code=other, next=asked.full_path.rstrip("?")),
        "home_url": url_for("public.home"),
        "notices": request.visit().notices(),
        "is_admin": Role.ADMIN in actor.roles(),
    }


def _finish(response: Response) -> Response:
    return request.visit().finish(response)


_Told = tuple[str, str]


def _on_domain_error(error: DomainError) -> ResponseReturnValue:
    """What the domain refuses, as a page or as JSON; views that keep a form catch it themselves."""
    status = request.status_of(error)
    if isinstance(error, Refused):
        say = request.spoken()
        told = (
            what_is_wrong(say, error.message, error.facts),
            what_to_write(say, error.message, error.facts),
        )
        return _error(status, told, error.message)
    return _error(status, ("", ""), type(error).__name__.lower())


def _on_http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or (error.code or 500) < 400:
        return error
    status = error.code or 500
    if status == 401:
        return _sign_in_again()
    answer = _error(status, ("", ""), error.name.lower().replace(" ", "-"))
    for name, value in error.get_headers():
        if name == "Allow":
            answer.headers[name] = value
    return answer


def _on_database_down(error: DatabaseDown) -> ResponseReturnValue:
    """Nobody can be looked up while the database is away: the page is for everyone."""
    current_app.logger.error("the database does not answer", exc_info=error)
    request.visit().look_nobody_up()
    return _error(503, ("", ""), "database-away")


def _sign_in_again() -> ResponseReturnValue:
    """A session ended under a form: scripts keep the text and sign in again, pages say so."""
    if request.wants_json():
        return jsonify(error="signed-out", sign_in=url_for("account.sign_in")), 401
    return request.page("errors/401.html", 401, sign_in_url=url_for("account.sign_in"))


def _error(status: int, told: _Told, name: str) -> Response:
    what, instead = told
    if request.wants_json():
        response = jsonify(error=name, what=what, instead=instead)
        response.status_code = status
        return response
    known = status if status in PAGES else (400 if status < 500 else 500)
    text, _ = request.page(f"errors/{known}.html", what=what, instead=instead)
    return Response(text, status)


PAGES = frozenset({400, 403, 404, 405, 409, 413, 422, 429, 500, 503})
