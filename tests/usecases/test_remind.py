"""Mails about the course of sheets, taken by a real mail server, on both databases."""

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from evalsvc.domain.access import SERVICE, Role
from evalsvc.domain.course import Status
from evalsvc.domain.reminders import Mails
from evalsvc.post.carriers import Console
from evalsvc.store import accounts, letters, people
from evalsvc.usecases import decide, explain, remind, sheets
from evalsvc.usecases.extensions import To, extend
from evalsvc.usecases.remind import Outcome, Post
from evalsvc.usecases.sheets import Seen
from tests.post.servers import Mailbox, scripted, taking
from tests.usecases import mailing
from tests.usecases.mailing import (
    DAYS,
    DEAD,
    SENDER,
    SITE,
    address_of,
    at,
    contested,
    handed_in,
    post_to,
    reach,
    released,
    reminded,
    returned,
    version,
)
from tests.web.evaluator import also
from tests.web.small_house import ROUND, House

NOTHING = Outcome()


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox({address_of("head"): "550 5.1.1 No such person"})


@pytest.fixture
def refusing(mailbox: Mailbox) -> Iterator[int]:
    with taking(mailbox) as port:
        yield port


@pytest.fixture
def port(mailbox: Mailbox) -> Iterator[int]:
    mailbox.refused = {}
    with taking(mailbox) as port:
        yield port


def subjects(mailbox: Mailbox) -> list[tuple[str, str]]:
    return [(str(each["To"]).partition("@")[0], str(each["Subject"])) for each in mailbox.mails]


def body(mailbox: Mailbox, at: int = -1) -> str:
    text: str = mailbox.mails[at].get_content()
    return text.replace("\r\n", "\n")


def end_roles(house: House, name: str) -> None:
    with house.office.writing(SERVICE) as doing:
        mine = accounts.role.c.account_id == house.people[name].account
        doing.store.execute(accounts.role.update().where(mine).values(ended_at=doing.now))


def mailed(house: House) -> list[object]:
    """When the release was told to the head, as whoever concludes the sheet counts it."""
    with house.office.reading(SERVICE) as doing:
        return list(
            letters.sent_about(doing.store, [f"release:{house.sheet()}:{n}" for n in (1, 2)])
        )


# What is told


def test_the_mail_of_the_day_names_unit_and_hour_and_leads_to_the_sheet(
    house: House, mailbox: Mailbox, port: int
) -> None:
    reach(house, "editor")

    done = reminded(house, port)

    assert done == Outcome(written=1, sent=1)
    assert subjects(mailbox) == [("editor", "Công tác dân vận: phiếu đã mở")]
    assert body(mailbox) == (
        "Kính gửi Văn phòng Sở Nội vụ,\n\n"
        "Đánh giá công tác dân vận năm 2026\n\n"
        "- Sở Nội vụ: phiếu đã mở, nộp trước 17:00 ngày 30/11/2026.\n"
        f"  https://danvan.example.vn/unit/sheets/{house.sheet()}/\n\n"
        "-- \n"
        "Ủy ban nhân dân tỉnh Bình An\n"
        "Thư do phần mềm tự gửi, xin không trả lời thư này.\n"
        "Đổi cách nhận thư hoặc thôi nhận: https://danvan.example.vn/account/mail\n"
    )


def test_what_has_been_told_is_not_told_again(house: House, mailbox: Mailbox, port: int) -> None:
    reach(house, "editor", "head", "lead")
    reminded(house, port)

    again = reminded(house, port)
    at(house, 21)
    tomorrow = reminded(house, port)

    assert (again, tomorrow) == (NOTHING, NOTHING)
    assert [to for to, _ in subjects(mailbox)] == ["editor", "head"]


def test_a_sheet_that_is_due_is_told_three_times(house: House, mailbox: Mailbox, port: int) -> None:
    reach(house, "editor")
    for day in range(20, 31):
        at(house, day)
        reminded(house, port)

    said = [body(mailbox, number).splitlines()[4] for number in range(len(mailbox.mails))]
    assert said == [
        "- Sở Nội vụ: phiếu đã mở, nộp trước 17:00 ngày 30/11/2026.",
        "- Sở Nội vụ: hạn nộp phiếu còn 7 ngày, 17:00 ngày 30/11/2026.",
        "- Sở Nội vụ: hạn nộp phiếu còn 3 ngày, 17:00 ngày 30/11/2026.",
        "- Sở Nội vụ: hạn nộp phiếu ngày mai, 17:00 ngày 30/11/2026.",
    ]


def test_more_time_is_told_anew(house: House, mailbox: Mailbox, port: int) -> None:
    reach(house, "editor")
    at(house, 29)
    reminded(house, port)
    until = house.clock.at + timedelta(days=4)
    house.office.do(SERVICE, extend, ROUND, until, "Bão số 9", To("so-noi-vu"))

    at(house, 30)
    reminded(house, port)

    assert "còn 3 ngày, 09:00 ngày 03/12/2026" in body(mailbox)


def test_reviewers_are_told_of_the_end_of_the_review(
    house: House, mailbox: Mailbox, port: int
) -> None:
    handed_in(reach(house, "evaluator", "leader"))
    at(house, 13, month=12)

    reminded(house, port)

    assert subjects(mailbox) == [("evaluator", "Công tác dân vận: sắp hết hạn thẩm định")]
    assert "còn 7 ngày, 17:00 ngày 20/12/2026; phiếu chưa xong: 1." in body(mailbox)


def test_a_contest_is_told_to_those_who_may_answer_it(
    house: House, mailbox: Mailbox, port: int
) -> None:
    """The evaluator, who gave the mark, is made a lead too, and is not told."""
    reach(house, "lead", "evaluator", "leader", "y-te-head")
    with house.office.writing(SERVICE) as doing:
        of = house.people["evaluator"].account or 0
        accounts.add_grant(doing.store, of, mailing.LEAD)
    contested(released(house))
    mailing.let_pass_opening(house)

    reminded(house, port)

    told = [(to, text) for to, text in subjects(mailbox) if "giải trình" in text]
    assert [to for to, _ in told] == ["lead"]
    assert "Thiếu một văn bản" not in "".join(body(mailbox, n) for n in range(len(mailbox.mails)))


def test_an_answer_and_a_decision_are_told_to_the_unit(
    house: House, mailbox: Mailbox, port: int
) -> None:
    contested(released(house))
    id_, lead = house.sheet(), house.actor("lead")
    house.office.do(house.actor("head"), explain.opened, id_)
    seen = Seen(version(house, "A2"))
    house.office.do(lead, explain.rule, id_, "A2", None, "Giữ nguyên", seen)
    reach(house, "head")
    reminded(house, port)
    at(house, 24, month=12, hour=18)
    house.office.do(lead, decide.conclude, id_)
    house.office.do(house.actor("leader"), decide.close, id_, "15/QĐ-UBND")

    reminded(house, port)

    said = [text for _, text in subjects(mailbox)]
    assert said[0] == "Công tác dân vận: giải trình đã được trả lời"
    assert said[-1] == "Công tác dân vận: kết quả đã được duyệt"


# When


def test_nobody_is_told_in_the_night_what_can_wait(
    house: House, mailbox: Mailbox, port: int
) -> None:
    reach(house, "editor")
    at(house, 20, hour=6)

    assert reminded(house, port) == NOTHING
    at(house, 20, hour=7)
    assert reminded(house, port).sent == 1


def test_a_returned_line_with_little_time_is_told_at_once(
    house: House, mailbox: Mailbox, port: int
) -> None:
    handed_in(reach(house, "editor"))
    at(house, 21, hour=2)
    returned(house, hours=71)

    reminded(house, port)

    assert subjects(mailbox) == [
        ("editor", "Công tác dân vận: việc gấp: có dòng trả lại cần bổ sung")
    ]
    assert "Sở Nội vụ, dòng A2: tổ thẩm định trả lại" in body(mailbox)
    assert "Thiếu văn bản số 5" not in body(mailbox)
    assert reminded(house, port) == NOTHING


def test_a_returned_line_with_much_time_waits_for_the_morning(
    house: House, mailbox: Mailbox, port: int
) -> None:
    handed_in(reach(house, "editor"))
    at(house, 21, hour=2)
    returned(house, hours=100)

    assert reminded(house, port) == NOTHING
    at(house, 21)
    assert reminded(house, port).sent == 1


# To whom


def test_a_role_that_has_ended_is_told_nothing(house: House, mailbox: Mailbox, port: int) -> None:
    reach(house, "editor", "second")
    end_roles(house, "editor")
    with house.office.writing(SERVICE) as doing:
        accounts.put_end(doing.store, house.people["second"].account or 0, doing.now)

    assert reminded(house, port) == NOTHING


def test_a_mail_that_waited_is_not_sent_to_a_role_that_has_ended(
    house: House, mailbox: Mailbox, port: int
) -> None:
    reach(house, "editor")
    assert reminded(house, DEAD).waiting == 1
    end_roles(house, "editor")

    assert reminded(house, port) == Outcome(overtaken=1)
    assert mailbox.mails == []


def test_who_wants_no_mails_gets_none(house: House, mailbox: Mailbox, port: int) -> None:
    returned(handed_in(house), hours=20)
    reach(house, "editor", mails=Mails.NONE)
    reach(house, "second", mails=Mails.URGENT)
    reach(house, "xa-editor", mails=Mails.URGENT)

    reminded(house, port)

    assert [to for to, _ in subjects(mailbox)] == ["second"]


def test_a_reviewer_of_the_own_unit_is_not_told_of_its_contests(
    house: House, mailbox: Mailbox, port: int
) -> None:
    also(house, "lead", Role.EDITOR, "so-noi-vu")
    with house.office.reading(SERVICE) as doing:
        person = people.get(doing.store, house.people["lead"].account or 0)
        assert person is not None
        actor = people.actor_of(doing.store, person)

    assert not mailing.may_answer(house, actor)


# The release, from which silence counts


def test_the_head_is_told_of_the_release_twice_unless_it_was_opened(
    house: House, mailbox: Mailbox, port: int
) -> None:
    released(house)
    also(house, "second", Role.HEAD, "so-noi-vu")
    reach(house, "head", "second", "editor", mails=Mails.NONE)
    first = reminded(house, port)
    told_once = mailed(house)
    at(house, 22)
    assert reminded(house, port) == NOTHING

    at(house, 23, hour=10)
    second = reminded(house, port)

    assert (first.sent, second.sent) == (2, 2)
    assert (len(told_once), len(mailed(house))) == (1, 2)
    assert {to for to, _ in subjects(mailbox)} == {"head", "second"}


def test_editors_are_told_of_the_release_and_no_silence_counts_from_it(
    house: House, mailbox: Mailbox, port: int
) -> None:
    released(reach(house, "editor"))

    reminded(house, port)

    assert subjects(mailbox) == [("editor", "Công tác dân vận: đã có kết quả thẩm định")]
    assert mailed(house) == []


def test_a_release_that_was_opened_is_not_told_to_the_head(
    house: House, mailbox: Mailbox, port: int
) -> None:
    released(reach(house, "head"))
    house.office.do(house.actor("head"), explain.opened, house.sheet())

    assert reminded(house, port) == NOTHING


def test_a_mail_that_is_only_shown_has_told_nobody(
    house: House, mailbox: Mailbox, port: int
) -> None:
    released(reach(house, "head"))
    screen = Post(Console(io.StringIO()), SENDER, SITE, DAYS, on_screen=True)

    shown, again = remind.remind(house.office, screen), remind.remind(house.office, screen)

    assert (shown.sent, again) == (1, NOTHING)
    assert mailed(house) == []
    at(house, 21)
    assert reminded(house, port).sent == 1


# What goes wrong


def test_an_address_that_is_refused_is_noted_and_not_tried_again(
    house: House, mailbox: Mailbox, refusing: int
) -> None:
    reach(house, "head", "editor")

    done, again = reminded(house, refusing), reminded(house, refusing)

    assert (done.sent, done.refused, again) == (1, 1, NOTHING)
    with house.office.reading(SERVICE) as doing:
        failed = doing.store.execute(sa.select(letters.letter.c.failed)).scalars().all()
    assert [each for each in failed if each] == [f"{address_of('head')}: 550 5.1.1 No such person"]


def test_another_address_is_told_what_the_first_one_refused(
    house: House, mailbox: Mailbox, refusing: int
) -> None:
    reach(house, "head")
    reminded(house, refusing)
    with house.office.writing(SERVICE) as doing:
        of = house.people["head"].account or 0
        people.put_mails(doing.store, of, "moi@example.vn", Mails.ALL)

    at(house, 21)

    assert reminded(house, refusing).sent == 1


def test_mails_that_are_not_taken_now_go_with_the_next_run(
    house: House, mailbox: Mailbox, port: int
) -> None:
    reach(house, "editor", "head", "xa-editor", "xa-head", "y-te-head")
    with scripted({"RCPT": "451 4.7.1 Try again later"}) as server:
        later = reminded(house, server.server_address[1])

    assert (later.written, later.waiting, later.stopped) == (5, 5, "")
    assert server.verbs.count("RCPT") == 3
    assert reminded(house, port) == Outcome(sent=5)


def test_a_server_that_is_not_there_stops_the_run(house: House, port: int) -> None:
    reach(house, "editor")

    done = reminded(house, DEAD)

    assert (done.written, done.waiting) == (1, 1)
    assert done.stopped
    assert reminded(house, port).sent == 1


def test_a_mail_that_somebody_else_is_sending_is_left_to_them(
    house: House, mailbox: Mailbox, port: int
) -> None:
    reach(house, "editor")
    reminded(house, DEAD)
    with house.office.writing(SERVICE) as doing:
        (id_,) = letters.unsent(doing.store)
        letters.claim(doing.store, id_, doing.now, doing.now)

    assert reminded(house, port) == Outcome(waiting=1)
    house.clock.later(minutes=11)
    assert reminded(house, port).sent == 1


def test_a_mail_that_is_sent_again_is_known_as_the_same(house: House) -> None:
    reach(house, "editor")
    first, second = Mailbox({}), Mailbox({})
    with taking(first) as port:
        reminded(house, port)
    with house.office.writing(SERVICE) as doing:
        doing.store.execute(letters.letter.update().values(sent_at=None, claimed_at=None))

    with taking(second) as port:
        remind.remind(house.office, post_to(port))

    assert first.mails[0]["Message-ID"] == second.mails[0]["Message-ID"]
    assert first.mails[0].as_bytes() == second.mails[0].as_bytes()


def test_silence_counts_days_after_the_second_mail(
    house: House, mailbox: Mailbox, port: int
) -> None:
    """The window has ended, nobody opened the sheet, and a line was changed."""
    released(reach(house, "head"))
    id_, lead = house.sheet(), house.actor("lead")
    at(house, 28, month=12)
    reminded(house, port)
    at(house, 31, month=12)
    reminded(house, port)
    with house.office.reading(lead) as doing:
        too_early = decide.obstacles(doing, sheets.seen(doing, id_))

    house.clock.later(days=3)
    done = house.office.do(lead, decide.conclude, id_)

    assert {each.why for each in too_early} == {"line-not-seen"}
    assert done.record.status is Status.CONCLUDED


def test_two_heads_are_told_at_once_and_that_is_one_mail(
    house: House, mailbox: Mailbox, port: int
) -> None:
    released(reach(house, "head", "second"))
    also(house, "second", Role.HEAD, "so-noi-vu")
    at(house, 28, month=12)
    reminded(house, port)
    house.clock.later(days=30)

    with house.office.reading(SERVICE) as doing:
        found = decide.obstacles(doing, sheets.seen(doing, house.sheet()))

    assert len(mailbox.mails) == 2
    assert [each.why for each in found if each.line == "A2"] == ["line-not-seen"]
