"""Letters: addresses, headers that cannot be forged, and words that arrive as they were written."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from evalsvc.domain.errors import Refused
from evalsvc.post.letters import SENDER_ON_SCREEN, Letter, address, message, sender_of
from evalsvc.settings import Settings, WrongSetting

AT = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
SENDER = "dan-van@binh-an.example.vn"
TO = "van-thu@so-noi-vu.example.vn"
LONG = (
    "Nhắc nhở: còn 3 ngày đến hạn tự chấm điểm công tác dân vận năm 2026 của Ủy ban nhân dân "
    "xã Nguyễn Huệ (PAR INDEX report 12:30), miễn giải trình lần 2 🙂"
)


def letter(subject: str = "Nhắc", text: str = "Kính gửi", key: str = "k", to: str = TO) -> Letter:
    return Letter(to=to, subject=subject, text=text, key=key)


def arrived(letter: Letter) -> EmailMessage:
    return message_from_bytes(message(letter, SENDER, AT).as_bytes(), policy=policy.default)


def body(found: EmailMessage) -> str:
    return found.get_content().replace("\r\n", "\n")


@pytest.mark.parametrize(
    "text",
    [
        TO,
        "a@b.vn",
        "nguyen.van_a+1@xa-hoa-binh.binhan.gov.vn",
        "x" * 64 + "@example.vn",
        "a@xn--bnh-an-9va.xn--vit-nam-2va",
    ],
)
def test_an_address_of_an_office_is_one(text: str) -> None:
    assert address(f" {text} ") == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "van-thu",
        "van-thu@localhost",
        "van-thu@[127.0.0.1]",
        "van-thu@10.0.0.1",
        "@example.vn",
        "a@b@example.vn",
        "a b@example.vn",
        ".a@example.vn",
        "a.@example.vn",
        "a..b@example.vn",
        "-a@example.vn",
        "a@-example.vn",
        "a@example-.vn",
        "a@example..vn",
        "văn-thư@example.vn",
        "a@bình-an.vn",
        "Văn thư <a@example.vn>",
        "a@example.vn, b@example.vn",
        '"a"@example.vn',
        "a@example.vn\n",
        "a@example.vn\r\nBcc: b@example.vn",
        "a\u200b@example.vn",
        "x" * 65 + "@example.vn",
        "a@" + "example." * 40 + "vn",
    ],
)
def test_anything_that_may_be_misread_is_no_address(text: str) -> None:
    with pytest.raises(Refused, match="not-an-address"):
        address(text)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\nBcc: b@example.vn", "\x00", "\x85", "\u2028"])
def test_a_subject_is_one_line(end: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        letter(subject=f"Nhắc{end}")


def test_a_letter_has_a_subject_a_key_and_one_address() -> None:
    with pytest.raises(ValueError, match="one line"):
        letter(subject=" ")
    with pytest.raises(ValueError, match="key"):
        letter(key="")
    with pytest.raises(Refused):
        letter(to="a@example.vn\nb@example.vn")


def test_a_mail_says_who_writes_to_whom_when_and_that_nobody_typed_it() -> None:
    found = arrived(letter())

    assert found["From"] == SENDER
    assert found["To"] == TO
    assert found["Date"] == "Fri, 27 Nov 2026 17:00:00 +0700"
    assert found["Auto-Submitted"] == "auto-generated"
    assert found.get_content_type() == "text/plain"
    assert found.get_content_charset() == "utf-8"


def test_the_moment_of_a_letter_has_its_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        message(letter(), SENDER, AT.replace(tzinfo=None))


def test_a_sender_is_an_address() -> None:
    with pytest.raises(Refused):
        message(letter(), "dan-van", AT)


@pytest.mark.parametrize(
    "subject",
    [
        "Nhắc",
        "Reminder",
        LONG,
        f"{LONG} {LONG}",
        "Nguyễnễễ" * 30,
        "x" * 200,
        "<b> ngày của tự PAR-INDEX 1) report huyện vận",
        "=?utf-8?q?x?= là chữ",
        "a  b: c; “d” \\ e_f",
    ],
)
def test_a_subject_arrives_as_it_was_written(subject: str) -> None:
    assert arrived(letter(subject=subject))["Subject"] == subject


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn miễn ễ\n",
        "một dòng\n\n.\n..\nFrom đây\n  thụt vào \n\tcột\n=3D\n",
        "x ễ" * 400 + "\n",
        "https://danvan.example.vn/phieu/2026/so-noi-vu?token=" + "a1" * 60 + "\n",
        "🙂 1 < 2 & 3\n",
    ],
)
def test_a_text_arrives_as_it_was_written(text: str) -> None:
    assert body(arrived(letter(text=text))) == text


@pytest.mark.parametrize(
    ("given", "left"),
    [("a\r\nb\rc", "a\nb\nc\n"), ("a\x00b\x0bc\x1b[31m\x85", "abc[31m\n")],
)
def test_what_is_no_text_is_left_out(given: str, left: str) -> None:
    assert body(arrived(letter(text=given))) == left


def test_a_mail_is_plain_ascii_in_short_lines_and_without_a_forged_head() -> None:
    sent = message(letter(subject=LONG * 3, text=f"{LONG * 9}\nBcc: b@example.vn"), SENDER, AT)

    lines = sent.as_bytes().split(b"\r\n")

    assert max(len(line) for line in lines) <= 76
    assert b"".join(lines).isascii()
    assert b"\n" not in b"".join(lines)
    assert sent["Bcc"] is None


def test_a_mail_sent_again_has_the_same_id_in_the_domain_of_the_sender() -> None:
    first = arrived(letter(key="nhắc 2026/so-noi-vu <1>"))["Message-ID"]
    again = arrived(letter(key="nhắc 2026/so-noi-vu <1>", text="khác"))["Message-ID"]
    other = arrived(letter(key="nhắc 2026/so-noi-vu <2>"))["Message-ID"]

    assert first == again
    assert first != other
    assert first.endswith("@binh-an.example.vn>")


def test_mails_are_from_whom_the_setting_names() -> None:
    assert sender_of(Settings(mail="smtp://localhost", mail_from=SENDER)) == SENDER
    assert sender_of(Settings(mail_from=SENDER)) == SENDER


def test_on_the_screen_nobody_needs_to_be_named() -> None:
    assert sender_of(Settings()) == SENDER_ON_SCREEN


@pytest.mark.parametrize(
    ("mail", "mail_from"), [("smtp://localhost", ""), ("console:", "Dân vận <a@example.vn>")]
)
def test_a_mail_that_leaves_is_from_an_address(mail: str, mail_from: str) -> None:
    with pytest.raises(WrongSetting, match="setting-not-a-sender"):
        sender_of(Settings(mail=mail, mail_from=mail_from))
