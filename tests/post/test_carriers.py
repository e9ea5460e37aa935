"""Carriers against servers that are real: mail arrives, or it is known why not and for how long."""

import io
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from ssl import SSLContext
from urllib.parse import quote

import pytest

from evalsvc.post.carriers import Console, NotSent, Postponed, Rejected, Security, Server, Smtp
from evalsvc.post.letters import Letter, message
from evalsvc.post.ways import carrier_of
from tests.post import servers
from tests.post.servers import HOST, OPENSSL, Mailbox, Script, scripted, taking

AT = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
SENDER = "dan-van@example.vn"
TO, GONE, BUSY = "a@example.vn", "gone@example.vn", "busy@example.vn"
SUBJECT = "Nhắc: còn 3 ngày đến hạn tự chấm điểm công tác dân vận của xã Nguyễn Huệ, huyện Lâm Bình"
TEXT = "Kính gửi Ủy ban nhân dân xã,\n.\nMiễn giải trình: Nguyễn, đường ấp 3.\n"
SIGN_IN = f"{quote(servers.USER, safe='')}:{quote(servers.PASSWORD, safe='')}"

Fate = tuple[type[NotSent], int, bool | None]
"""What becomes of a mail, the answer, and whether others would fare the same."""

openssl = pytest.mark.skipif(OPENSSL is None, reason="no openssl to make a certificate with")


def mail(to: str = TO, key: str = "k") -> EmailMessage:
    return message(Letter(to, SUBJECT, TEXT, key), SENDER, AT)


def plain(port: int, timeout: float = 10) -> Smtp:
    return Smtp(Server(HOST, port, timeout=timeout))


def refusal(port: int, to: str = TO) -> NotSent:
    with pytest.raises(NotSent) as caught, plain(port) as carrier:
        carrier.send(mail(to))
    return caught.value


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox({GONE: "550 5.1.1 No such person", BUSY: "451 4.7.1 Try again later"})


@pytest.fixture
def port(mailbox: Mailbox) -> Iterator[int]:
    with taking(mailbox) as port:
        yield port


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> tuple[SSLContext, Path]:
    return servers.certificate(tmp_path_factory.mktemp("tls"), f"IP:{HOST}")


@pytest.fixture
def trusted(signed: tuple[SSLContext, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(signed[1]))


# The screen


def test_the_screen_shows_a_mail_as_its_reader_sees_it() -> None:
    stream = io.StringIO()

    with Console(stream) as carrier:
        carrier.send(mail())

    shown = stream.getvalue()
    assert f"To: {TO}\nSubject: {SUBJECT}\nDate: Fri, 27 Nov 2026 17:00:00 +0700\n" in shown
    assert f"\n\n{TEXT}---" in shown


# A server that takes mail


def test_a_mail_arrives_as_it_was_written(mailbox: Mailbox, port: int) -> None:
    with plain(port) as carrier:
        carrier.send(mail())

    (found,) = mailbox.mails
    assert (found["From"], found["To"], found["Subject"]) == (SENDER, TO, SUBJECT)
    assert found["Message-ID"] == mail()["Message-ID"]
    assert found.get_content().replace("\r\n", "\n") == TEXT


def test_many_mails_go_over_one_connection_past_those_that_are_refused(
    mailbox: Mailbox, port: int
) -> None:
    with plain(port) as carrier:
        carrier.send(mail("first@example.vn"))
        with pytest.raises(Rejected) as gone:
            carrier.send(mail(GONE))
        with pytest.raises(Postponed) as busy:
            carrier.send(mail(BUSY))
        carrier.send(mail("last@example.vn"))

    assert [each["To"] for each in mailbox.mails] == ["first@example.vn", "last@example.vn"]
    assert len(mailbox.connections) == 1
    assert (gone.value.to, gone.value.code) == (GONE, 550)
    assert gone.value.said == "5.1.1 No such person"
    assert (busy.value.to, busy.value.code, busy.value.for_all) == (BUSY, 451, False)


# Servers that are hidden from others


@openssl
@pytest.mark.usefixtures("trusted")
def test_starttls_and_a_password_open_a_server_that_asks_for_both(
    mailbox: Mailbox, signed: tuple[SSLContext, Path]
) -> None:
    asking = {"require_starttls": True, "auth_required": True}
    with (
        taking(mailbox, tls_context=signed[0], authenticator=servers.may_enter, **asking) as port,
        carrier_of(f"smtp+starttls://{SIGN_IN}@{HOST}:{port}", io.StringIO()) as carrier,
    ):
        carrier.send(mail())
        carrier.send(mail())

    assert mailbox.signed_in == [True, True]
    assert mailbox.mails[0]["Subject"] == SUBJECT


@openssl
@pytest.mark.usefixtures("trusted")
def test_a_wrong_password_postpones_all_mail_and_is_not_shown(
    mailbox: Mailbox, signed: tuple[SSLContext, Path]
) -> None:
    given = {"tls_context": signed[0], "authenticator": servers.may_enter}
    with taking(mailbox, **given) as port:
        server = Server(HOST, port, Security.STARTTLS, servers.USER, "khong-dung")
        with pytest.raises(Postponed) as caught, Smtp(server):
            pass

    assert (caught.value.code, caught.value.for_all) == (535, True)
    assert "khong-dung" not in str(caught.value)


@openssl
@pytest.mark.usefixtures("trusted")
def test_tls_from_the_first_byte(mailbox: Mailbox, signed: tuple[SSLContext, Path]) -> None:
    with (
        taking(mailbox, ssl_context=signed[0]) as port,
        carrier_of(f"smtps://{HOST}:{port}", io.StringIO()) as carrier,
    ):
        carrier.send(mail())

    assert mailbox.mails[0]["Subject"] == SUBJECT


@openssl
@pytest.mark.parametrize(
    ("security", "option"), [(Security.STARTTLS, "tls_context"), (Security.TLS, "ssl_context")]
)
def test_a_certificate_that_nobody_vouches_for_gets_no_mail(
    mailbox: Mailbox, signed: tuple[SSLContext, Path], security: Security, option: str
) -> None:
    with (
        taking(mailbox, **{option: signed[0]}) as port,
        pytest.raises(Postponed, match="certificate verify failed") as caught,
    ):
        Smtp(Server(HOST, port, security)).send(mail())

    assert caught.value.for_all
    assert mailbox.mails == []


@openssl
@pytest.mark.usefixtures("trusted")
def test_a_certificate_for_another_name_gets_no_mail(
    mailbox: Mailbox, signed: tuple[SSLContext, Path]
) -> None:
    with (
        taking(mailbox, tls_context=signed[0]) as port,
        pytest.raises(Postponed, match="localhost"),
    ):
        Smtp(Server("localhost", port, Security.STARTTLS)).send(mail())

    assert mailbox.mails == []


def test_a_server_that_offers_no_tls_gets_neither_mail_nor_password(
    mailbox: Mailbox, port: int
) -> None:
    server = Server(HOST, port, Security.STARTTLS, "u", "p")

    with pytest.raises(Postponed, match="STARTTLS") as caught:
        Smtp(server).send(mail())

    assert caught.value.for_all
    assert mailbox.mails == []


# Servers that fail


@pytest.mark.parametrize(
    ("script", "fate"),
    [
        ({"RCPT": "550 no such person"}, (Rejected, 550, None)),
        ({"RCPT": "452 mailbox full"}, (Postponed, 452, False)),
        # The server wants a password that the setting does not have: no fault of the recipient.
        ({"RCPT": "530 sign in first"}, (Postponed, 530, True)),
        ({"MAIL": "530 sign in first"}, (Postponed, 530, True)),
        ({"MAIL": "553 not your address"}, (Postponed, 553, True)),
        ({"MAIL": "421 enough for now"}, (Postponed, 421, False)),
        ({"RCPT": "421 going down"}, (Postponed, 421, False)),
        ({"DATA": "451 not now"}, (Postponed, 451, False)),
        ({"DATA": "554 not from you"}, (Rejected, 554, None)),
        ({".": "554 looks like junk"}, (Rejected, 554, None)),
        ({".": "452 disk full"}, (Postponed, 452, False)),
        ({"hello": "554 not you"}, (Postponed, 554, True)),
        ({"hello": "421 later"}, (Postponed, 421, True)),
        ({"hello": ""}, (Postponed, 0, True)),
        ({"MAIL": ""}, (Postponed, 0, False)),
        ({"RCPT": ""}, (Postponed, 0, False)),
        ({".": ""}, (Postponed, 0, False)),
        ({"MAIL": "what?"}, (Postponed, -1, True)),
    ],
)
def test_an_answer_of_the_server_decides_what_becomes_of_the_mail(
    script: Script, fate: Fate
) -> None:
    with scripted(script) as server:
        found = refusal(server.server_address[1])

    assert (type(found), found.code, getattr(found, "for_all", None)) == fate


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "."])
def test_after_a_server_broke_off_the_next_mail_goes_over_a_new_connection(verb: str) -> None:
    with scripted({verb: ""}, {}) as server, plain(server.server_address[1]) as carrier:
        with pytest.raises(Postponed):
            carrier.send(mail())
        carrier.send(mail())

    assert server.verbs[-3:] == [".", "QUIT", ""]


@pytest.mark.parametrize("script", [{"DATA": "554 no"}, {".": "554 no"}, {"RCPT": "421 bye"}])
def test_after_a_refusal_the_next_mail_begins_anew(script: Script) -> None:
    with scripted(script, {}) as server, plain(server.server_address[1]) as carrier:
        with pytest.raises(NotSent):
            carrier.send(mail())
        carrier.send(mail())

    assert server.verbs[-3:] == [".", "QUIT", ""]


def test_a_server_that_hangs_up_instead_of_a_farewell_has_taken_the_mail() -> None:
    with scripted({"QUIT": ""}) as server, plain(server.server_address[1]) as carrier:
        carrier.send(mail())

    assert server.verbs[-1] == "QUIT"


def test_a_server_that_does_not_answer_is_given_up() -> None:
    with (
        socket.create_server((HOST, 0)) as silent,
        pytest.raises(Postponed, match="timed out") as caught,
    ):
        plain(silent.getsockname()[1], timeout=0.05).send(mail())

    assert caught.value.for_all


def test_a_server_that_is_not_there_postpones_all_mail() -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]

    found = refusal(port)

    assert isinstance(found, Postponed)
    assert found.for_all
    assert "refused" in found.said


def test_an_answer_that_is_long_and_strange_is_cut_to_one_line() -> None:
    with scripted({"RCPT": f"550 \x1b[31m{'x' * 400}"}) as server:
        found = refusal(server.server_address[1])

    assert found.said.startswith("[31mxxx")
    assert len(found.said) <= 250
