"""What is new for whom, hour by hour: rights and hours, without a database."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from evalsvc.domain.access import Actor, Grant, Place, Role
from evalsvc.domain.course import Status
from evalsvc.domain.dates import ZONE
from evalsvc.domain.deadlines import deadlines
from evalsvc.domain.line_course import Step
from evalsvc.domain.reminders import (
    Course,
    LineNow,
    Mails,
    News,
    Occasion,
    has_news,
    is_morning_over,
    news,
    reminder,
)
from evalsvc.domain.windows import Window

DAYS = (7, 3, 1)
PLACE = Place(1, "so", "khoi-1", 9)
HEAD = Actor(1, "Thủ trưởng", (Grant(Role.HEAD, 1),))
EDITOR = Actor(2, "Kê khai", (Grant(Role.EDITOR, 1),))
EVALUATOR = Actor(3, "Thẩm định", (Grant(Role.EVALUATOR),))
LEAD = Actor(4, "Tổ trưởng", (Grant(Role.LEAD),))
LEADER = Actor(5, "Lãnh đạo", (Grant(Role.LEADER),))
OTHER = Actor(6, "Đơn vị khác", (Grant(Role.HEAD, 2),))
ANSWERER = Actor(7, "Trả lời", (Grant(Role.ANSWERER, round=9, lines=frozenset({"A1"})),))
OWN_LEAD = Actor(8, "Tổ trưởng của đơn vị", (Grant(Role.LEAD), Grant(Role.EDITOR, 1)))


def at(day: int, hour: int = 9, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ZONE)


ASSESS = Window(at(1, 7, 10), at(30, 17), timedelta(days=2))
REVIEW = Window(at(1), at(20, 17, 12))


def course(status: Status = Status.OPEN, **given: Any) -> Course:
    return Course(5, PLACE, "Sở Nội vụ", "Năm 2026", status, ASSESS, REVIEW, **given)


def line(step: Step, code: str = "A1", **given: Any) -> LineNow:
    return LineNow(code, step, **given)


def told(of: Course, actor: Actor, now: datetime) -> list[str]:
    return [each.about for each in news([of], actor, now, DAYS)]


SHOWN = course(Status.RELEASED, explain_until=at(5, 17, 12), silence_days=3)
RETURNED = course(Status.SUBMITTED, lines=(line(Step.RETURNED, returned_until=at(22)),))
CONTESTED = replace(SHOWN, opened_at=at(2), lines=(line(Step.CONTESTED, turn=1),))

LESS = Decimal("1.00")
CASES: list[tuple[str, Course, Actor, datetime, list[str]]] = [
    ("before it opens", course(), HEAD, at(30, month=9), []),
    ("it opens", course(), HEAD, at(2, month=10), ["opened:5"]),
    ("an exempt unit", course(exempt=True), HEAD, at(2, month=10), []),
    ("seven days left", course(), EDITOR, at(23, 0), ["due:5:202611301700:7"]),
    ("four days left", course(), EDITOR, at(26), ["due:5:202611301700:7"]),
    ("three days left", course(), EDITOR, at(27), ["due:5:202611301700:3"]),
    ("the last day", course(), EDITOR, at(30, 17), ["due:5:202611301700:1"]),
    ("too late", course(), EDITOR, at(30, 18), []),
    ("another unit", course(), OTHER, at(27), []),
    ("reviewers of an open sheet", course(), EVALUATOR, at(27), []),
    ("returned", RETURNED, EDITOR, at(20), ["returned:5:A1:202611220900"]),
    ("returned, its hour over", RETURNED, EDITOR, at(23), []),
    ("returned, to reviewers", RETURNED, EVALUATOR, at(20), []),
    ("reviewed", course(Status.REVIEWED), HEAD, at(20), []),
    ("review ends", RETURNED, EVALUATOR, at(19, month=12), ["review:9:202612201700:1"]),
    (
        "review ends, all marked",
        course(Status.SUBMITTED, is_marked=True),
        EVALUATOR,
        at(19, month=12),
        [],
    ),
    (
        "review ends, to be finished by the lead",
        course(Status.SUBMITTED, is_marked=True),
        LEAD,
        at(19, month=12),
        ["review:9:202612201700:1"],
    ),
    ("review of the own unit", RETURNED, OWN_LEAD, at(19, month=12), []),
    ("released, the head", SHOWN, HEAD, at(20), ["release:5:1"]),
    ("released, an editor", SHOWN, EDITOR, at(20), ["shown:5"]),
    ("released, told once", replace(SHOWN, mailed=at(20)), HEAD, at(22), ["release:5:1"]),
    (
        "released, not opened for days",
        replace(SHOWN, mailed=at(20)),
        HEAD,
        at(23),
        ["release:5:1", "release:5:2"],
    ),
    ("released and opened", replace(SHOWN, opened_at=at(21)), HEAD, at(23), []),
    (
        "lines still shown",
        replace(SHOWN, opened_at=at(21), lines=(line(Step.SHOWN),)),
        HEAD,
        at(2, month=12),
        ["explain:5:202612051700:3"],
    ),
    (
        "lowered later",
        replace(
            SHOWN,
            opened_at=at(21),
            lines=(line(Step.SHOWN, explain_until=at(9), points=LESS),),
        ),
        HEAD,
        at(8),
        ["lowered:5:A1:202611090900:1.00"],
    ),
    (
        "answered",
        replace(CONTESTED, lines=(line(Step.RULED, turn=1),)),
        EDITOR,
        at(20),
        ["shown:5", "answer:5:A1:1"],
    ),
    ("contested, the lead", CONTESTED, LEAD, at(20), ["contest:5:A1:1"]),
    ("contested, the named answerer", CONTESTED, ANSWERER, at(20), ["contest:5:A1:1"]),
    (
        "contested, a line of another answerer",
        replace(CONTESTED, lines=(line(Step.CONTESTED, "B1", turn=1),)),
        ANSWERER,
        at(20),
        [],
    ),
    ("contested, an evaluator", CONTESTED, EVALUATOR, at(20), []),
    ("contested, a leader", CONTESTED, LEADER, at(20), []),
    ("contested, a lead of the unit", CONTESTED, OWN_LEAD, at(20), ["shown:5"]),
    ("concluded", course(Status.CONCLUDED), HEAD, at(20), []),
    ("decided", course(Status.CLOSED, closed_at=at(19)), HEAD, at(20), ["closed:5:202611190900"]),
    ("decided long ago", course(Status.CLOSED, closed_at=at(1)), HEAD, at(20), []),
    ("decided, to the lead", course(Status.CLOSED, closed_at=at(19)), LEAD, at(20), []),
]


@pytest.mark.parametrize(
    ("of", "actor", "now", "about"), [each[1:] for each in CASES], ids=[each[0] for each in CASES]
)
def test_what_is_new(of: Course, actor: Actor, now: datetime, about: list[str]) -> None:
    assert told(of, actor, now) == about


def test_sheets_of_one_round_are_one_reminder() -> None:
    sheets = [RETURNED, replace(RETURNED, id=6), replace(RETURNED, id=7, status=Status.REVIEWED)]

    (found,) = news(sheets, EVALUATOR, at(14, month=12), DAYS)

    assert (found.occasion, found.number) == (Occasion.REVIEW_DUE, 2)


@pytest.mark.parametrize(
    ("left", "number"),
    [(-1, None), (0, 1), (1, 1), (2, 3), (3, 3), (4, 7), (7, 7), (8, None)],
)
def test_a_reminder_holds_until_the_next_one(left: int, number: int | None) -> None:
    now = at(15)

    assert reminder(now + timedelta(days=left), now, DAYS) == number


@pytest.mark.parametrize(
    ("occasion", "hours", "urgent"),
    [
        (Occasion.RETURNED, 71, True),
        (Occasion.RETURNED, 72, False),
        (Occasion.CONTESTED, 71, True),
        (Occasion.CONTESTED, -5, True),
        (Occasion.DUE, 5, False),
        (Occasion.RELEASED, 5, False),
    ],
)
def test_what_is_urgent(occasion: Occasion, hours: int, urgent: bool) -> None:  # noqa: FBT001
    found = News(occasion, "x", "Năm 2026", until=at(15) + timedelta(hours=hours))

    assert found.is_urgent(at(15)) is urgent


@pytest.mark.parametrize(
    ("mails", "wanted"),
    [(Mails.ALL, [1, 2, 3]), (Mails.URGENT, [2, 3]), (Mails.NONE, [3])],
)
def test_who_wants_fewer_mails_is_told_of_the_release_all_the_same(
    mails: Mails, wanted: list[int]
) -> None:
    now, soon = at(15), at(16)
    every = {
        1: News(Occasion.DUE, "a", "", until=soon),
        2: News(Occasion.RETURNED, "b", "", until=soon),
        3: News(Occasion.RELEASED, "c", "", until=soon, always=True),
    }

    assert [number for number, each in every.items() if each.is_wanted(mails, now)] == wanted


def test_mornings_begin_at_seven() -> None:
    assert [is_morning_over(at(15, hour)) for hour in (0, 6, 7, 23)] == [False, False, True, True]


@pytest.mark.parametrize(
    ("actor", "known"), [(HEAD, True), (ANSWERER, True), (LEADER, False), (Actor(9, ""), False)]
)
def test_roles_without_news_are_not_looked_up(actor: Actor, known: bool) -> None:  # noqa: FBT001
    assert has_news(actor) is known


# Calendars

HOURS: list[tuple[str, Course, Actor, list[str]]] = [
    ("open", course(), EDITOR, ["assess-5"]),
    ("exempt", course(exempt=True), EDITOR, []),
    ("open, reviewers", course(), EVALUATOR, ["review-9-202612201700"]),
    ("returned", RETURNED, HEAD, ["return-5-A1"]),
    ("released", SHOWN, HEAD, ["explain-5"]),
    (
        "answered, a second turn",
        replace(SHOWN, lines=(line(Step.RULED, explain_until=at(9)),)),
        HEAD,
        ["explain-5-A1", "explain-5"],
    ),
    ("contested", CONTESTED, ANSWERER, ["answer-5-A1"]),
    ("contested, an evaluator", CONTESTED, EVALUATOR, []),
    ("another unit", course(), OTHER, []),
    ("a leader", course(), LEADER, []),
    ("released long ago", replace(SHOWN, explain_until=at(6)), HEAD, []),
    ("closed", course(Status.CLOSED), HEAD, []),
]


@pytest.mark.parametrize(
    ("of", "actor", "uids"), [each[1:] for each in HOURS], ids=[each[0] for each in HOURS]
)
def test_hours_of_a_calendar(of: Course, actor: Actor, uids: list[str]) -> None:
    assert [each.uid for each in deadlines([of], actor, at(20))] == uids
