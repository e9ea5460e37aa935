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

FORMS = (
    CONSOLE,
    "smtp://host:25",
    "smtp+starttls://user:password@host:587",
    "smtps://user:password@host:465",
)
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")


def carrier_of(text: str, stream: TextIO) -> Carrier:
    """What EVALSVC_MAIL asks for; the console shows mails on `stream`. Raises WrongSetting."""
    return Console(stream) if text == CONSOLE else Smtp(server(text))


def server(text: str) -> Server:
    """Signs that an address may not hold stand in user and password as %40 and the like."""
    scheme, _, _ = text.partition("://")
    if scheme not in SECURITY:
        raise _wrong("mail-begins-otherwise", "…")
    shown, security = f"{scheme}://…", SECURITY[scheme]
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise _wrong("mail-port-not-a-number", shown) from None
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    _demand_address(text, parts, shown)
    _demand_sign_in(security, user, password, shown)
    port = USUAL_PORTS[security] if port is None else port
    return Server(parts.hostname or "", port, security, user, password)


def _demand_address(text: str, parts: SplitResult, shown: str) -> None:
    if " " in text or not text.isprintable():
        raise _wrong("mail-with-spaces", shown)
    if parts.path or "?" in text or "#" in text:
        raise _wrong("mail-goes-on", shown)
    if not _HOST.fullmatch(parts.hostname or "") or ".." in str(parts.hostname):
        raise _wrong("mail-no-server", shown)
    if parts.port == 0:
        raise _wrong("mail-port-too-low", shown)


def _demand_sign_in(security: Security, user: str, password: str, shown: str) -> None:
    if bool(user) != bool(password):
        raise _wrong("mail-half-a-sign-in", shown)
    if not (user + password).isascii() or not (user + password).isprintable():
        raise _wrong("mail-sign-in-not-plain", shown)
    if user and security is Security.NONE:
        raise _wrong("mail-password-in-the-open", shown)


def _wrong(message: str, shown: str) -> WrongSetting:
    return WrongSetting(message, f"{PREFIX}MAIL", shown, forms=FORMS)
