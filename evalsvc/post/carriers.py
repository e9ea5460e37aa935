"""What carries mail: the screen, or a server that speaks SMTP; one connection for many mails.

NotSent
 +-- Rejected   this mail will never be taken: record it, do not try again
 +-- Postponed  not now: try again later; `for_all` when the server takes no mail at all

A server that breaks off in the midst of a mail says nothing about the next one: it is reached anew.
"""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from enum import Enum
from typing import Protocol, Self, TextIO

TIMEOUT_SECONDS = 30
MOST_SAID = 250
OUR_FAULT = frozenset({530, 534, 535, 538})
"""Refusals for good that are about signing in: they end when the setting is put right."""

CLOSING = 421
"""What a server says that ends the connection: it has had enough for now, or is going down."""

HEADINGS = ("From", "To", "Subject", "Date", "Message-ID")
RULE = "-" * 72


class NotSent(Exception):
    """`code` and `said` are the server's answer; 0 where there was none."""

    def __init__(self, to: str, code: int, said: str) -> None:
        super().__init__(f"{to or 'nobody yet'}: {code or 'no answer'} {said}")
        self.to, self.code, self.said = to, code, said


class Rejected(NotSent):
    pass


class Postponed(NotSent):
    def __init__(self, to: str, code: int, said: str, *, for_all: bool) -> None:
        super().__init__(to, code, said)
        self.for_all = for_all


class Carrier(Protocol):
    """Used by `with`; entering and sending raise NotSent."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *ended: object) -> None: ...
    def send(self, message: EmailMessage) -> None: ...


class Console:
    """Shows mails instead of sending them."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *ended: object) -> None:
        pass

    def send(self, message: EmailMessage) -> None:
        heads = [f"{name}: {message[name]}" for name in HEADINGS]
        text = message.get_content().replace("\r\n", "\n").rstrip("\n")
        self.stream.write("\n".join([RULE, *heads, "", text, RULE, ""]))
        self.stream.flush()


class Security(Enum):
    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed in, and who hands it in."""

    host: str
    port: int
    security: Security = Security.NONE
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = TIMEOUT_SECONDS


class Smtp:
    """A connection that is made on entering, and made anew after it broke."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._line: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        self._connected("")
        return self

    def __exit__(self, *ended: object) -> None:
        if self._line is not None:
            with suppress(OSError):  # a server that has gone needs no farewell
                self._line.quit()
        self._drop()

    def send(self, message: EmailMessage) -> None:
        to = str(message["To"])
        line = self._connected(to)
        try:
            line.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            ((code, said),) = error.recipients.values()
            raise _judged(to, code, said) from error
        except smtplib.SMTPDataError as error:
            self._drop()  # half a mail may stand in this connection
            raise _judged(to, error.smtp_code, error.smtp_error) from error
        except OSError as error:  # also every other error of smtplib
            self._drop()
            raise _postponed(to, error, for_all=_is_about_us(error)) from error

    def _connected(self, to: str) -> smtplib.SMTP:
        if self._line is not None and self._line.sock is None:
            self._drop()
        if self._line is None:
            try:
                self._line = _open(self.server)
            except OSError as error:
                raise _postponed(to, error, for_all=True) from error
        return self._line

    def _drop(self) -> None:
        if self._line is not None:
            self._line.close()
        self._line = None


def _open(server: Server) -> smtplib.SMTP:
    """Signed in, and safe where that is asked for; raises OSError, as smtplib does."""
    line = _reached(server)
    try:
        if server.security is Security.STARTTLS:
            line.starttls(context=_trusting())
        if server.user:
            line.login(server.user, server.password)
    except OSError:
        line.close()
        raise
    return line


def _reached(server: Server) -> smtplib.SMTP:
    if server.security is not Security.TLS:
        return smtplib.SMTP(server.host, server.port, timeout=server.timeout)
    context = _trusting()
    return smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=context)


def _trusting() -> ssl.SSLContext:
    """Checks the certificate and the name in it; smtplib by itself would check nothing."""
    return ssl.create_default_context()


def _judged(to: str, code: int, said: bytes | str) -> NotSent:
    """What the server's answer to this one mail means."""
    if 500 <= code < 600 and code not in OUR_FAULT:
        return Rejected(to, code, _text(said))
    return Postponed(to, code, _text(said), for_all=code in OUR_FAULT)


def _is_about_us(error: OSError) -> bool:
    """Whether the server refused the sender, and did not just end this connection."""
    return isinstance(error, smtplib.SMTPSenderRefused) and error.smtp_code != CLOSING


def _postponed(to: str, error: OSError, *, for_all: bool) -> Postponed:
    if isinstance(error, smtplib.SMTPResponseException):
        return Postponed(to, error.smtp_code, _text(error.smtp_error), for_all=for_all)
    return Postponed(to, 0, _text(str(error) or type(error).__name__), for_all=for_all)


def _text(said: bytes | str) -> str:
    """One line for a person, however long and strange the server's answer is."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return "".join(each if each.isprintable() else " " for each in text)[:MOST_SAID].strip()
