"""EVALSVC_MAIL and its neighbours: what is understood, and what is said without the password."""

import io

import pytest

from evalsvc import settings
from evalsvc.post.carriers import Console, Security, Server, Smtp
from evalsvc.post.ways import carrier_of, server
from evalsvc.settings import Settings, WrongSetting

HIDDEN = "m4tkhau"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("smtp://localhost", Server("localhost", 25)),
        ("smtp://mail.example.vn:2525", Server("mail.example.vn", 2525)),
        ("smtp://[::1]:25", Server("::1", 25)),
        ("smtp+starttls://10.0.0.1", Server("10.0.0.1", 587, Security.STARTTLS)),
        (
            "smtp+starttls://dan-van%40example.vn:m%3At%2Fkh%40u%201%25@mail.example.vn:587",
            Server("mail.example.vn", 587, Security.STARTTLS, "dan-van@example.vn", "m:t/kh@u 1%"),
        ),
        ("smtps://u:p@mail.example.vn", Server("mail.example.vn", 465, Security.TLS, "u", "p")),
    ],
)
def test_a_server_is_read_from_one_address(text: str, read: Server) -> None:
    assert server(text) == read


def test_the_address_chooses_the_carrier() -> None:
    assert isinstance(carrier_of("console:", io.StringIO()), Console)
    assert isinstance(carrier_of("smtp://localhost", io.StringIO()), Smtp)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "mail-begins-otherwise"),
        (HIDDEN, "mail-begins-otherwise"),
        (f"u:{HIDDEN}@mail.example.vn", "mail-begins-otherwise"),
        (f"http://u:{HIDDEN}@mail.example.vn", "mail-begins-otherwise"),
        ("console:/dev/null", "mail-begins-otherwise"),
        ("smtp://", "mail-no-server"),
        ("smtp://:25", "mail-no-server"),
        ("smtp://mail..vn", "mail-no-server"),
        ("smtp://thư.vn", "mail-no-server"),
        ("smtp://mail.example.vn:0", "mail-port-too-low"),
        ("smtp://mail.example.vn:70000", "mail-port-not-a-number"),
        ("smtp://mail.example.vn:smtp", "mail-port-not-a-number"),
        ("smtp://[::1", "mail-port-not-a-number"),
        (f"smtps://u:{HIDDEN}", "mail-port-not-a-number"),
        (f"smtps://u:1/{HIDDEN}@mail.example.vn", "mail-goes-on"),
        (f"smtps://u:1#{HIDDEN}@mail.example.vn", "mail-goes-on"),
        (f"smtps://u:1?{HIDDEN}@mail.example.vn", "mail-goes-on"),
        ("smtp://mail.example.vn/", "mail-goes-on"),
        (f"smtps://u: {HIDDEN}@mail.example.vn", "mail-with-spaces"),
        (f"smtps://u:{HIDDEN}@mail.example.vn\n", "mail-with-spaces"),
        ("smtps://u@mail.example.vn", "mail-half-a-sign-in"),
        (f"smtps://:{HIDDEN}@mail.example.vn", "mail-half-a-sign-in"),
        (f"smtps://u:{HIDDEN}ễ@mail.example.vn", "mail-sign-in-not-plain"),
        (f"smtps://u:{HIDDEN}%0A@mail.example.vn", "mail-sign-in-not-plain"),
        (f"smtp://u:{HIDDEN}@mail.example.vn", "mail-password-in-the-open"),
    ],
)
def test_a_wrong_address_is_told_without_the_password(text: str, problem: str) -> None:
    with pytest.raises(WrongSetting) as caught:
        carrier_of(text, io.StringIO())

    error = caught.value
    assert (error.message, error.facts["name"]) == (problem, "EVALSVC_MAIL")
    assert HIDDEN not in f"{error} {error.facts}"
    assert error.__suppress_context__ or error.__context__ is None


def test_settings_and_servers_can_be_printed_without_the_password() -> None:
    found = settings.read({"EVALSVC_MAIL": f"smtps://u:{HIDDEN}@mail.example.vn"})

    assert HIDDEN not in repr(found)
    assert HIDDEN not in repr(server(found.mail))


def test_a_slip_in_a_name_does_not_show_the_password() -> None:
    with pytest.raises(WrongSetting) as caught:
        settings.read({"EVALSVC_MAILS": f"smtps://u:a {HIDDEN}@mail.example.vn"})

    assert HIDDEN not in f"{caught.value} {caught.value.facts}"
    assert caught.value.facts["value"] == "smtps://…@mail.example.vn"


def test_mail_settings_are_read_with_the_others() -> None:
    given = {
        "EVALSVC_MAIL": "smtp://localhost",
        "EVALSVC_MAIL_FROM": "dan-van@example.vn",
        "EVALSVC_ADDRESS": "https://danvan.example.vn",
    }

    found = settings.read(given)

    assert found == Settings(
        mail="smtp://localhost",
        mail_from="dan-van@example.vn",
        address="https://danvan.example.vn",
    )


def test_without_settings_mail_stays_on_the_screen_and_links_on_this_machine() -> None:
    found = settings.read({})

    assert (found.mail, found.mail_from) == ("console:", "")
    assert found.address == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    "text", ["https://danvan.example.vn:8443", "http://localhost", "http://[::1]:8000"]
)
def test_the_address_of_the_service_is_read(text: str) -> None:
    assert settings.read({"EVALSVC_ADDRESS": text}).address == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "danvan.example.vn",
        "ftp://danvan.example.vn",
        "https://",
        "https://danvan.example.vn/",
        "https://danvan.example.vn/phieu",
        "https://danvan.example.vn?x=1",
        "https://u:p@danvan.example.vn",
        "https://danvan.example.vn\n",
        "javascript:alert(1)",
    ],
)
def test_a_wrong_address_of_the_service_stops_the_start(text: str) -> None:
    with pytest.raises(WrongSetting, match="setting-not-a-site"):
        settings.read({"EVALSVC_ADDRESS": text})
