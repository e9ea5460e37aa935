"""A sheet on its way through review and release: what tests of explanations begin with."""

from dataclasses import replace
from datetime import timedelta

from evalsvc.domain.access import SERVICE, Grant, Role
from evalsvc.store import accounts
from evalsvc.usecases import evaluate, explain, own_explanations, returns
from evalsvc.usecases.found import Found
from evalsvc.usecases.own_explanations import Explained
from evalsvc.usecases.sheets import Seen
from tests.web.evaluator import line_of
from tests.web.small_house import House

OFFICIAL = "87,61; 398/QĐ-UBND; 22/4/2026; 2025"
ACCEPTED = ("A1", "A3", "A4", "B2", "B3", "T1", "P1")
WHY = "Hai văn bản không có biên bản quán triệt."


def seen(house: House, code: str, key: str = "") -> Seen:
    return Seen(line_of(house, code).version, key)


def handed_in(house: House) -> House:
    house.fill("so-noi-vu")
    house.submit("so-noi-vu")
    return house


def reviewed(house: House) -> House:
    """A2 and B1 are lowered by the evaluator, C2 is given; everything else is accepted."""
    handed_in(house)
    by, id_ = house.actor("evaluator"), house.sheet()
    for code in ACCEPTED:
        house.office.do(by, evaluate.accept, id_, code, seen(house, code))
    for code, found, why in (
        ("A2", Found("3/7"), WHY),
        ("B1", Found(by_hand="2,5"), "Chưa có số liệu."),
        ("C2", Found(by_hand="2"), "Chấp hành tốt."),
    ):
        house.office.do(by, evaluate.adjust, id_, code, found, why, seen(house, code))
    house.office.do(by, evaluate.enter_official, id_, "C1", OFFICIAL, seen(house, "C1"))
    house.office.do(house.actor("lead"), evaluate.finish, id_)
    return house


def released(house: House) -> House:
    """On 10 December; the unit may explain until 24 December at 17:00."""
    reviewed(house)
    house.clock.later(days=20)
    house.office.do(house.actor("lead"), explain.release, house.sheet())
    return house


def contested(house: House, code: str = "A2", text: str = "Có biên bản số 12.") -> House:
    by, id_ = house.actor("head"), house.sheet()
    house.office.do(by, explain.contest, id_, code, text, seen(house, code))
    return house


def ruled(house: House, code: str = "A2", found: Found | None = None) -> House:
    by, id_ = house.actor("lead"), house.sheet()
    house.office.do(by, explain.rule, id_, code, found, "Đã xem biên bản.", seen(house, code))
    return house


def returned(house: House, code: str = "A2", hours: int = 48) -> House:
    """A line of a sheet that was handed in is back with the unit."""
    by, until = house.actor("evaluator"), house.clock.at + timedelta(hours=hours)
    because = "Thiếu biên bản hội nghị."
    id_, on = house.sheet(), seen(house, code)
    house.office.do(by, returns.return_line, id_, code, until, because, on)
    return house


def heard(house: House, who: str = "head") -> Explained:
    with house.office.reading(house.actor(who)) as doing:
        return own_explanations.of(doing, house.sheet())


def also(house: House, name: str, role: Role) -> None:
    """Somebody gets another role over all units."""
    mine, grant = house.people[name], Grant(role)
    with house.office.writing(SERVICE) as doing:
        accounts.add_grant(doing.store, mine.account or 0, grant)
    house.people[name] = replace(mine, grants=(*mine.grants, grant))
