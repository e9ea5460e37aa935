"""Mail servers on this machine: one that takes mail as others do, one that answers by a script."""

import asyncio
import shutil
import socket
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Awaitable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HOST = "127.0.0.1"
USER, PASSWORD = "dan-van@example.vn", "m:t/kh@u 1%"
OPENSSL = shutil.which("openssl")


class Mailbox:
    """Keeps what comes, and refuses the addresses it is told to refuse, with that answer."""

    def __init__(self, refused: Mapping[str, str]) -> None:
        self.refused = refused
        self.mails: list[EmailMessage] = []
        self.connections: set[object] = set()
        self.signed_in: list[bool] = []

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        content = cast(bytes, envelope.content)
        self.mails.append(message_from_bytes(content, policy=policy.default))
        self.connections.add(session.peer)
        self.signed_in.append(session.authenticated is True)
        return "250 OK"


class OnFreePort(Controller):
    """On a port that the kernel chose; `port` tells it after the start."""

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        listening = socket.create_server((HOST, 0))
        self.port = listening.getsockname()[1]
        return self.loop.create_server(self._factory_invoker, sock=listening, ssl=self.ssl_context)


def may_enter(server: SMTP, session: Session, envelope: Envelope, way: str, who: Any) -> AuthResult:
    known = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=who == known, handled=False)


@contextmanager
def taking(mailbox: Mailbox, **given: Any) -> Iterator[int]:
    """The port of a server that takes mail; `given` are options of aiosmtpd."""
    controller = OnFreePort(mailbox, hostname=HOST, **given)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


Script = Mapping[str, str]
"""What is answered to a verb; "." is the end of a mail, "hello" the greeting, "" hangs up."""

USUAL = {"hello": "220 hi", "DATA": "354 go on", "QUIT": "221 bye"}


class Scripted(socketserver.TCPServer):
    """Answers the first connection by the first script, and so on; the last one stays."""

    def __init__(self, scripts: Sequence[Script]) -> None:
        super().__init__((HOST, 0), Answering)
        self.scripts = list(scripts)
        self.verbs: list[str] = []

    def next_script(self) -> Script:
        return self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0]


class Answering(socketserver.StreamRequestHandler):
    server: Scripted
    timeout = 10

    def handle(self) -> None:
        script = {**USUAL, **self.server.next_script()}
        said, verb = script["hello"], "hello"
        while said and verb:
            self.wfile.write(f"{said}\r\n".encode())
            verb = self.heard(in_mail=said.startswith("354"))
            self.server.verbs.append(verb)
            said = script.get(verb, "250 OK")

    def heard(self, *, in_mail: bool) -> str:
        """The next verb, "" when the client has gone; a mail counts as its end."""
        for line in self.rfile:
            verb = line.decode().strip().partition(" ")[0].upper()
            if not in_mail or line == b".\r\n":
                return verb
        return ""


@contextmanager
def scripted(*scripts: Script) -> Iterator[Scripted]:
    with Scripted(scripts) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), name="mail server")
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, Path]:
    """A certificate that has signed itself, for one name such as `IP:127.0.0.1`."""
    key, signed = folder / "key.pem", folder / "signed.pem"
    command = [
        *(str(OPENSSL), "req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=mail"),
        *("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
        *("-addext", f"subjectAltName={name}"),
        *("-addext", "keyUsage=critical,digitalSignature,keyCertSign"),
        *("-keyout", str(key), "-out", str(signed)),
    ]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(signed, key)
    return context, signed
