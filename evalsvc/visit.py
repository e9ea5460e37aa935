"""A request as what it is about: whose browser it is, who is signed in there, in which language."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar, overload

from flask import Request, Response
from werkzeug.exceptions import BadRequest, Unauthorized
from werkzeug.wrappers import Response as AnyResponse

from evalsvc.settings import Settings
from evalsvc.usecases import sign_in
from evalsvc.usecases.sign_in import SignedIn
from evalsvc.usecases.work import Office
from evalsvc.words.language import CODES, VIETNAMESE, Language, language

PLAIN = NOTICES, LANGUAGE = "evalsvc_notices", "evalsvc_language"
SESSION, BROWSER = "evalsvc_session", "evalsvc_browser"
YEAR_SECONDS, NOTICE_SECONDS = 365 * 24 * 3600, 60
MOST_NOTICES = 4_000
SECRET_BYTES = 32
CSRF_FIELD, CSRF_HEADER = "csrf", "X-CSRF"
NOBODY, SIGN_IN = "", "account.begin"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Forgery(BadRequest):
    """The form was not made for this browser and account; what was typed is still in it."""


@dataclass(frozen=True, slots=True)
class House:
    """What the app is made of, kept on the Flask app as one thing."""

    office: Office
    settings: Settings


_T = TypeVar("_T")


class _once(Generic[_T]):  # noqa: N801 - named like the decorator that it is
    """As functools.cached_property, which until Python 3.12 locks for all objects of a class: then
    one thread would wait for what the database tells another. A visit has a single thread."""

    def __init__(self, find: Callable[[Any], _T]) -> None:
        self.find = find

    @overload
    def __get__(self, visit: None, owner: type) -> Self: ...
    @overload
    def __get__(self, visit: object, owner: type) -> _T: ...
    def __get__(self, visit: object | None, owner: type) -> Self | _T:
        if visit is None:
            return self
        found = visit.__dict__[self.find.__name__] = self.find(visit)
        return found


class Visit:
    """Each thing is found out when somebody asks for it, and then once."""

    def __init__(self, asked: Request, house: House) -> None:
        self.asked, self.house = asked, house
        self._left: list[tuple[str, str]] = []
        self._has_said = False

    @_once
    def language(self) -> Language:
        code = self.asked.cookies.get(LANGUAGE, VIETNAMESE)
        return language(code if code in CODES else VIETNAMESE)

    @property
    def token(self) -> str:
        return self.asked.cookies.get(self._named(SESSION), "")

    @_once
    def signed_in(self) -> SignedIn | None:
        token = self.token
        return sign_in.whose(self.house.office, token, self.house.settings) if token else None

    def look_nobody_up(self) -> None:
        """Where that cannot be done: from here on nobody is signed in."""
        self.__dict__["signed_in"] = None
        self.__dict__.pop("csrf", None)

    # Forgery: a long-lived secret of the browser makes a token for each account.

    @_once
    def _secret(self) -> str:
        sent = self.asked.cookies.get(self._named(BROWSER), "")
        return sent if len(sent) == 2 * SECRET_BYTES else secrets.token_hex(SECRET_BYTES)

    @property
    def browser(self) -> str:
        """Tells browsers apart without being able to imitate one."""
        return hashlib.sha256(self._secret.encode()).hexdigest()

    @_once
    def csrf(self) -> str:
        """For one browser and one account: it outlives a session and a long form, not a change of
        account."""
        found = self.signed_in
        return self._token_of(str(found.actor.account) if found else NOBODY)

    def _token_of(self, account: str) -> str:
        about = f"csrf:{account}"
        return hmac.digest(self._secret.encode(), about.encode(), "sha256").hex()

    def demand_no_forgery(self) -> None:
        """Every request that changes something: same origin, and the token of this browser."""
        asked = self.asked
        if asked.method in SAFE:
            return
        if asked.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            raise BadRequest()
        sent = asked.headers.get(CSRF_HEADER) or asked.form.get(CSRF_FIELD, "")
        signing_in = asked.endpoint == SIGN_IN
        accepted = [self.csrf, *([self._token_of(NOBODY)] if signing_in else [])]
        if any(hmac.compare_digest(sent.encode(), each.encode()) for each in accepted):
            return
        if self.token and self.signed_in is None and not signing_in:
            raise Unauthorized()
        raise Forgery()

    # What the next page says

    def leave_notice(self, text: str, kind: str) -> None:
        self._left.append((kind, text))

    def notices(self) -> list[tuple[str, str]]:
        """What was left to be said; said once."""
        sent = self.asked.cookies.get(NOTICES, "")
        if not sent or len(sent) > MOST_NOTICES:
            return []
        self._has_said = True
        try:
            read = json.loads(base64.urlsafe_b64decode(sent))
            return [(str(kind), str(text)) for kind, text in read]
        except (ValueError, TypeError, RecursionError):
            return []

    # Cookies

    def finish(self, response: Response) -> Response:
        """Cookies that every answer may carry."""
        made = self.__dict__.get("_secret")
        if made is not None and made != self.asked.cookies.get(self._named(BROWSER)):
            self.set_cookie(response, BROWSER, made, YEAR_SECONDS)
        if self._left:
            text = base64.urlsafe_b64encode(json.dumps(self._left).encode()).decode()
            self.set_cookie(response, NOTICES, text, NOTICE_SECONDS)
        elif self._has_said:
            self.delete_cookie(response, NOTICES)
        return response

    def set_cookie(
        self, response: AnyResponse, name: str, value: str, seconds: int | None = None
    ) -> None:
        """Without `seconds` it ends with the browser."""
        response.set_cookie(
            self._named(name),
            value,
            max_age=seconds,
            httponly=True,
            samesite="Lax",
            secure=self.house.settings.secure,
            path="/",
        )

    def delete_cookie(self, response: AnyResponse, name: str) -> None:
        response.delete_cookie(
            self._named(name),
            path="/",
            httponly=True,
            samesite="Lax",
            secure=self.house.settings.secure,
        )

    def _named(self, name: str) -> str:
        return f"__Host-{name}" if self.house.settings.secure and name not in PLAIN else name
