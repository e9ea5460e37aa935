"""People with addresses, sheets at the hours that mails tell of, and a post to a server here."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from evalsvc.domain.access import SERVICE, Actor, Grant, Role
from evalsvc.domain.dates import ZONE
from evalsvc.domain.reminders import Mails, can_answer
from evalsvc.post.carriers import Server, Smtp
from evalsvc.store import courses, people, sheet_lines
from evalsvc.usecases import evaluate, explain, remind, returns
from evalsvc.usecases.found import Found
from evalsvc.usecases.remind import Outcome, Post
from evalsvc.usecases.sheets import Seen
from evalsvc.usecases.work import Office
from evalsvc.words.letters import Site
from tests.post.servers import HOST
from tests.web.small_house import House

SITE = Site("Ủy ban nhân dân tỉnh Bình An", "https://danvan.example.vn")
SENDER, DAYS = "dan-van@example.vn", (7, 3, 1)
LEAD = Grant(Role.LEAD)
DEAD = 9
"""A port on which nobody listens."""


def address_of(name: str) -> str:
    return f"{name}@example.vn"


def reach(house: House, *names: str, mails: Mails = Mails.ALL) -> House:
    """These people have addresses."""
    with house.office.writing(SERVICE) as doing:
        for name in names:
            of = house.people[name].account or 0
            people.put_mails(doing.store, of, address_of(name), mails)
    return house


def post_to(port: int) -> Post:
    return Post(Smtp(Server(HOST, port, timeout=10)), SENDER, SITE, DAYS)


def reminded(house: House, port: int, office: Office | None = None) -> Outcome:
    return remind.remind(office or house.office, post_to(port))


def at(house: House, day: int, hour: int = 9, month: int = 11) -> None:
    house.clock.at = datetime(2026, month, day, hour, 0, tzinfo=ZONE)


def handed_in(house: House, unit: str = "so-noi-vu") -> House:
    house.fill(unit)
    house.submit(unit)
    return house


def returned(house: House, code: str = "A2", **left: int) -> House:
    """A line that the unit has so much time to put right."""
    until = house.clock.at + timedelta(**left)
    by, id_ = house.actor("lead"), house.sheet()
    seen = Seen(version(house, code))
    house.office.do(by, returns.return_line, id_, code, until, "Thiếu văn bản số 5", seen)
    return house


def released(house: House) -> House:
    """The sheet of Sở Nội vụ, marked by the evaluator and shown to the unit."""
    handed_in(house)
    by, lead, id_ = house.actor("evaluator"), house.actor("lead"), house.sheet()
    for code in codes(house):
        seen = Seen(version(house, code))
        if code == "C1":
            index = "87,61; 398/QĐ-UBND; 22/4/2026; 2025"
            house.office.do(by, evaluate.enter_official, id_, code, index, seen)
        elif code == "C2":
            house.office.do(by, evaluate.adjust, id_, code, Found(by_hand="3"), "Tốt", seen)
        elif code == "A2":
            found = Found("4/7")
            house.office.do(by, evaluate.adjust, id_, code, found, "Thiếu một văn bản", seen)
        else:
            house.office.do(by, evaluate.accept, id_, code, seen)
    house.office.do(lead, evaluate.finish, id_)
    house.office.do(lead, explain.release, id_)
    return house


def contested(house: House, code: str = "A2") -> House:
    seen = Seen(version(house, code))
    said = "Văn bản số 5 đã gửi ngày 2/11."
    house.office.do(house.actor("head"), explain.contest, house.sheet(), code, said, seen)
    return house


def codes(house: House) -> Iterable[str]:
    with house.office.reading(SERVICE) as doing:
        return [each.code for each in sheet_lines.of_assessment(doing.store, house.sheet())]


def version(house: House, code: str) -> int:
    with house.office.reading(SERVICE) as doing:
        lines = sheet_lines.of_assessment(doing.store, house.sheet())
    return next(each.version for each in lines if each.code == code)


def may_answer(house: House, actor: Actor) -> bool:
    with house.office.reading(SERVICE) as doing:
        found = courses.of_actor(doing.store, actor, doing.now)
    return any(can_answer(actor, each.place, "A2") for each in found if each.id == house.sheet())


def let_pass_opening(house: House) -> None:
    """So late that no sheet is open any more."""
    at(house, 3, month=12)
