"""EVALSVC_MAIL read: how mails leave the house, without ever showing the password in it."""

import re
from typing import TextIO
from urllib.parse import SplitResult, unquote, urlsplit

from evalsvc.post.carriers import Carrier, Console, Security, Server, Smtp
from evalsvc.settings import PREFIX, WrongSetting

SECURITY = {
    "smtp": Security.NONE,
    "smtp+starttls": Security.STARTTLS,
    "smtps": Security.TLS,
}
USUAL_PORTS = {Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465}
CONSOLE = "console:"
"""No mail leaves: each is shown instead."""

FORMS = "console:, smtp://host:25, smtp+starttls://user:password@host:587 or smtps://…"
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")


def carrier_of(text: str, stream: TextIO) -> Carrier:
    """What EVALSVC_MAIL asks for; the console shows mails on `stream`. Raises WrongSetting."""
    return Console(stream) if text == CONSOLE else Smtp(server(text))


def server(text: str) -> Server:
    """Signs that an address may not hold stand in user and password as %40 and the like."""
    scheme, _, _ = text.partition("://")
    if scheme not in SECURITY:
        raise _wrong("…", "it begins with something else")
    shown, security = f"{scheme}://…", SECURITY[scheme]
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise _wrong(shown, "the port is a number; in a password / is %2F, @ is %40") from None
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if problem := _problem(text, parts) or _sign_in_problem(security, user, password):
        raise _wrong(shown, problem)
    port = USUAL_PORTS[security] if port is None else port
    return Server(parts.hostname or "", port, security, user, password)


def _problem(text: str, parts: SplitResult) -> str:
    if " " in text or not text.isprintable():
        return "no spaces and no line breaks"
    if parts.path or "?" in text or "#" in text:
        return "nothing follows the port; in a password / is %2F, ? is %3F, # is %23"
    if not _HOST.fullmatch(parts.hostname or "") or ".." in str(parts.hostname):
        return "the name of the server is missing or cannot be one"
    if parts.port == 0:
        return "the port is between 1 and 65535"
    return ""


def _sign_in_problem(security: Security, user: str, password: str) -> str:
    if bool(user) != bool(password):
        return "user and password go together"
    if not (user + password).isascii() or not (user + password).isprintable():
        return "user and password are of plain letters, digits and signs"
    if user and security is Security.NONE:
        return "a password goes only with smtp+starttls or smtps, so that nobody reads it"
    return ""


def _wrong(shown: str, problem: str) -> WrongSetting:
    return WrongSetting(f"{PREFIX}MAIL", shown, f"{FORMS} ({problem})")
