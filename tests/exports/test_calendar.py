"""Calendars, read back the way a calendar program reads them."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from evalsvc.exports.calendar import Event, calendar

AT = datetime(2026, 11, 1, 8, 30, 15, tzinfo=UTC)
HERE = timezone(timedelta(hours=7))
CLOSES = datetime(2026, 11, 30, 17, 0, tzinfo=HERE)
NAME = "Kỳ đánh giá công tác dân vận 2026, tỉnh Bình An; đợt 1"
ESCAPED = re.compile(r"\\([\\;,nN])")

Lines = list[tuple[str, str]]


def read(found: bytes) -> Lines:
    """Each line as its name (with parameters) and its value, unfolded."""
    *lines, last = re.sub(r"\r\n[ \t]", "", found.decode()).split("\r\n")
    assert last == ""
    return [(name, value) for name, _, value in (line.partition(":") for line in lines)]


def plain(value: str) -> str:
    return ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def event(**given: Any) -> Event:
    return Event(**{"uid": "close-2026@evalsvc", "at": CLOSES, "summary": "Hạn nộp", **given})


def of(*events: Event) -> Lines:
    return read(calendar(events, name=NAME, at=AT))


def test_a_deadline_is_a_moment_with_a_reminder_three_days_before() -> None:
    found = of(event(description="Nộp phiếu", url="https://danvan.example.vn/phieu?a=1,2;b=3"))

    assert found == [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//evalsvc//evalsvc//VI"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("NAME", NAME.replace(",", r"\,").replace(";", r"\;")),
        ("X-WR-CALNAME", NAME.replace(",", r"\,").replace(";", r"\;")),
        ("BEGIN", "VEVENT"),
        ("UID", "close-2026@evalsvc"),
        ("DTSTAMP", "20261101T083015Z"),
        ("DTSTART", "20261130T100000Z"),
        ("SUMMARY", "Hạn nộp"),
        ("DESCRIPTION", "Nộp phiếu"),
        ("URL", "https://danvan.example.vn/phieu?a=1,2;b=3"),
        ("TRANSP", "TRANSPARENT"),
        ("BEGIN", "VALARM"),
        ("ACTION", "DISPLAY"),
        ("DESCRIPTION", "Hạn nộp"),
        ("TRIGGER", "-P3D"),
        ("END", "VALARM"),
        ("END", "VEVENT"),
        ("END", "VCALENDAR"),
    ]


def test_a_day_has_no_hour() -> None:
    assert ("DTSTART;VALUE=DATE", "20261201") in of(event(at=date(2026, 12, 1)))


def test_what_an_event_does_not_say_is_left_out() -> None:
    names = [name for name, _ in of(event())]

    assert names.count("DESCRIPTION") == 1  # the alarm's
    assert "URL" not in names


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban nhân dân xã Nguyễn Huệ, huyện Lâm Bình; tỉnh Tuyên Quang " * 5,
        "🙂" * 60,
        "ấ" * 24 + "🙂🙂" + "x" * 200,
        r"C:\new, \\n; \, hết",
        "dòng một\ndòng hai\n\n",
        "BEGIN:VEVENT",
    ],
)
def test_a_text_is_read_back_as_it_was_written(text: str) -> None:
    found = dict(of(event(summary="x", description=text, uid=text))[:-8])

    assert plain(found["DESCRIPTION"]) == text
    assert plain(found["UID"]) == text


def test_other_ends_of_lines_are_lines_and_what_is_no_text_is_left_out() -> None:
    found = dict(of(event(summary="a\r\nb\rc\u2028d\x00\x0b\x85\x1be")))

    assert plain(found["SUMMARY"]) == "a\nb\nc\nde"


@pytest.mark.parametrize("start", range(4))
def test_lines_are_at_most_75_octets_and_no_letter_is_cut(start: int) -> None:
    text = "x" * start + "ễ🙂ơ" * 60

    rows = calendar([event(summary=text)], name=NAME, at=AT).split(b"\r\n")

    assert max(len(row) for row in rows) <= 75
    assert sum(len(row) > 70 for row in rows) > 10
    assert [row.decode().encode() for row in rows] == rows


def test_the_same_events_give_the_same_bytes() -> None:
    events = [event(), event(uid="open-2026@evalsvc", at=date(2026, 11, 1))]

    assert calendar(events, name=NAME, at=AT) == calendar(iter(events), name=NAME, at=AT)


def test_every_moment_has_its_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        event(at=CLOSES.replace(tzinfo=None))
    with pytest.raises(ValueError, match="zone"):
        calendar([event()], name=NAME, at=AT.replace(tzinfo=None))


@pytest.mark.parametrize("url", ["https://a.vn/\r\nATTENDEE:x", "https://a.vn/a b", "https://\x00"])
def test_an_address_cannot_bring_a_line_of_its_own(url: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        event(url=url)
