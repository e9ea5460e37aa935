"""One's calendar: read by whoever knows its address, with the roles of that hour."""

import re
from datetime import datetime, timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from evalsvc.domain.access import SERVICE, Grant, Role
from evalsvc.domain.dates import ZONE
from evalsvc.store import accounts, units
from evalsvc.usecases import own_mail, pace
from evalsvc.usecases.extensions import To, extend
from tests.usecases.mailing import contested, handed_in, released, returned
from tests.web.evaluator import also
from tests.web.small_house import ROUND, House

KEPT = re.compile(r"^(SUMMARY|DTSTART|URL|UID):(.*)$", re.MULTILINE)


def token_of(house: House, name: str) -> str:
    return house.office.do(house.actor(name), own_mail.new_feed)


def read(app: Flask, token: str) -> TestResponse:
    """A calendar program: no cookies, no session."""
    return app.test_client(use_cookies=False).get(f"/calendar/{token}.ics")


def events(answer: TestResponse) -> list[dict[str, str]]:
    text = re.sub(r"\r\n[ \t]", "", answer.data.decode()).replace("\r\n", "\n")
    return [dict(KEPT.findall(part)) for part in text.split("BEGIN:VEVENT")[1:]]


def summaries(house: House, name: str) -> list[str]:
    answer = read(house.app, token_of(house, name))
    return [each["SUMMARY"].replace("\\,", ",") for each in events(answer)]


def test_a_unit_sees_the_end_of_its_window(house: House) -> None:
    answer = read(house.app, token_of(house, "editor"))

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "Set-Cookie" not in answer.headers or "session" not in answer.headers["Set-Cookie"]
    assert events(answer) == [
        {
            "UID": f"assess-{house.sheet()}@evalsvc",
            "DTSTART": "20261130T100000Z",
            "SUMMARY": "Sở Nội vụ: hạn nộp phiếu",
            "URL": f"http://127.0.0.1:8000/unit/sheets/{house.sheet()}/",
        },
    ]


def test_more_time_moves_the_same_event(house: House) -> None:
    token = token_of(house, "editor")
    before = events(read(house.app, token))[-1]
    until = datetime(2026, 12, 3, 17, 0, tzinfo=ZONE)

    house.office.do(SERVICE, extend, ROUND, until, "Bão số 9", To("so-noi-vu"))

    after = events(read(house.app, token))[-1]
    assert (after["UID"], after["DTSTART"]) == (before["UID"], "20261203T100000Z")


def test_returned_lines_and_explanations_have_their_hours(house: House) -> None:
    returned(handed_in(house), hours=20)

    assert summaries(house, "head")[-1] == "Sở Nội vụ, dòng A2: bổ sung và gửi lại"


def test_a_released_sheet_is_explained_and_answered_by_an_hour(house: House) -> None:
    contested(released(house))

    assert summaries(house, "head")[-1] == "Sở Nội vụ: hết hạn giải trình"
    assert summaries(house, "lead")[-1] == "Sở Nội vụ, dòng A2: trả lời giải trình"
    assert "Hết hạn thẩm định" in summaries(house, "evaluator")


@pytest.mark.parametrize("name", ["leader", "admin"])
def test_whoever_has_no_hours_has_an_empty_calendar(house: House, name: str) -> None:
    assert summaries(house, name) == []


def test_rights_are_those_of_this_hour(house: House) -> None:
    token, of = token_of(house, "editor"), house.people["editor"].account or 0
    with house.office.writing(SERVICE) as doing:
        mine = accounts.role.update().where(accounts.role.c.account_id == of)
        doing.store.execute(mine.values(ended_at=doing.now))
        other = units.ids(doing.store)["so-y-te"]
        accounts.add_grant(doing.store, of, Grant(Role.EDITOR, other))

    assert {each["SUMMARY"] for each in events(read(house.app, token))} == {
        "Sở Y tế: hạn nộp phiếu"
    }


def test_a_new_address_makes_the_old_one_worthless(house: House) -> None:
    old = token_of(house, "editor")
    new = token_of(house, "editor")

    assert (read(house.app, old).status_code, read(house.app, new).status_code) == (404, 200)


def test_an_address_that_was_ended_is_worth_nothing(house: House) -> None:
    token = token_of(house, "editor")

    house.office.do(house.actor("editor"), own_mail.end_feed)

    assert read(house.app, token).status_code == 404


def test_an_ended_account_has_no_calendar(house: House) -> None:
    token = token_of(house, "editor")
    with house.office.writing(SERVICE) as doing:
        accounts.put_end(doing.store, house.people["editor"].account or 0, doing.now)

    assert read(house.app, token).status_code == 404


@pytest.mark.parametrize("token", ["x", "x" * 43, "x" * 5_000, "%00", "é", "None", "..%2f"])
def test_a_wrong_secret_is_nothing(house: House, token: str) -> None:
    assert read(house.app, token).status_code in (400, 404)


def test_the_secret_is_not_kept(house: House) -> None:
    token = token_of(house, "editor")

    with house.office.reading(SERVICE) as doing:
        rows = doing.store.execute(accounts.account.select()).all()
    assert token not in str(rows)


def test_a_program_that_asks_without_a_pause_is_stopped_for_a_while(house: House) -> None:
    token, other = token_of(house, "editor"), token_of(house, "head")

    answers = [read(house.app, token).status_code for _ in range(pace.MOST + 1)]

    assert answers == [200] * pace.MOST + [429]
    assert read(house.app, other).status_code == 200
    house.clock.at += timedelta(minutes=10)
    assert read(house.app, token).status_code == 200


def test_a_calendar_is_bounded(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    also(house, "editor", Role.EDITOR, "so-y-te")
    monkeypatch.setattr(own_mail, "MOST_EVENTS", 1)

    assert summaries(house, "editor") == ["Sở Nội vụ: hạn nộp phiếu"]
