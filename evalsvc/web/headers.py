"""What every answer tells the browser, whoever made it, unless it says otherwise itself."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
HSTS = ("Strict-Transport-Security", "max-age=31536000")
OF_ONE_PERSON = (("Cache-Control", "no-store"), ("Vary", "Cookie"))
"""What says nothing of being kept was made for who asked."""


class WithHeaders:
    def __init__(self, app: "WSGIApplication", *, secure: bool) -> None:
        self.app = app
        self.always = (*HEADERS, HSTS) if secure else HEADERS

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        def begin(status: str, told: list[tuple[str, str]], *failed: Any) -> Any:
            names = {name.lower() for name, _ in told}
            more = [each for each in self.always if each[0].lower() not in names]
            if "cache-control" not in names:
                more += OF_ONE_PERSON
            return start_response(status, told + more, *failed)

        return self.app(environ, begin)
