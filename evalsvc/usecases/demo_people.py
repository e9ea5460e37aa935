"""Who signs in in the demo province: every unit's editor and head, reviewers, a leader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from evalsvc.domain.access import Actor, Grant, Role
from evalsvc.store import accounts as kept
from evalsvc.store import units
from evalsvc.store.units import UnitRecord
from evalsvc.usecases import accounts
from evalsvc.usecases.accounts import FirstPassword
from evalsvc.usecases.work import Work

PASSWORD = "Song-Ben-2026"  # noqa: S105 - of the demo, which holds nothing secret
OFFICE, COMMUNE = "so-xay-dung", "phuong-tan-giang"
"""The units whose accounts are shown: both are half-way through their sheets."""
HEARD = "xa-khanh-hung"
"""A unit that is being heard: some of its lines are contested."""

OF_INSPECTORS = frozenset({"3.4", "3.5", "F3", "F4"})
"""Lines on complaints, which the round names the Inspectorate for."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An account to try, in words that a table of words may say."""

    role: Role
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class People:
    """By unit who fills in and who signs; who reviews by block; who leads."""

    editors: Mapping[str, Actor]
    heads: Mapping[str, Actor]
    evaluators: Mapping[str, Actor]
    lead: Actor
    leader: Actor
    inspector: Actor
    answerer: Actor


class _Desk:
    """Makes accounts one after the other, all with the password of the demo."""

    def __init__(self, doing: Work, first: FirstPassword) -> None:
        self.doing = doing
        self.first = first

    def make(self, name: str, label: str, *grants: Grant) -> Actor:
        id_ = accounts.create(self.doing, name, label, grants or None, self.first)
        return Actor(id_, label, grants)


def people(doing: Work, records: Sequence[UnitRecord], first: FirstPassword) -> People:
    """`first` is hashed once for all: hundreds of hashes would take longer than the demo."""
    desk, ids = _Desk(doing, first), units.ids(doing.store)
    editors, heads = {}, {}
    for each in records:
        code, of = each.code, ids[each.code]
        name = code[:40]
        editor, head = Grant(Role.EDITOR, of), Grant(Role.HEAD, of)
        editors[code] = desk.make(f"{name}.ke-khai", f"{each.name}, cán bộ kê khai", editor)
        heads[code] = desk.make(f"{name}.thu-truong", f"{each.name}, thủ trưởng", head)
    second = Grant(Role.EDITOR, ids[OFFICE])
    desk.make(f"{OFFICE}.ke-khai-2", "Sở Xây dựng, cán bộ kê khai thứ hai", second)
    evaluators = _evaluators(desk)
    lead = desk.make("to-truong", "Tổ trưởng Tổ thẩm định", Grant(Role.LEAD))
    leader = desk.make("lanh-dao", "Lãnh đạo Ủy ban nhân dân tỉnh", Grant(Role.LEADER))
    desk.make("quan-tri", "Quản trị hệ thống", Grant(Role.ADMIN))
    inspector = desk.make("thanh-tra", "Thanh tra tỉnh")
    answerer = desk.make("giai-trinh", "Hội đồng xem xét giải trình", Grant(Role.ANSWERER))
    return People(editors, heads, evaluators, lead, leader, inspector, answerer)


def _evaluators(desk: _Desk) -> Mapping[str, Actor]:
    offices = desk.make(
        "tham-dinh.so",
        "Tổ thẩm định sở, ngành, đơn vị sự nghiệp",
        Grant(Role.EVALUATOR, block="khoi-1"),
        Grant(Role.EVALUATOR, block="khoi-2"),
    )
    communes = desk.make(
        "tham-dinh.xa", "Tổ thẩm định xã, phường, đặc khu", Grant(Role.EVALUATOR, kind="xa")
    )
    return {"khoi-1": offices, "khoi-2": offices, "khoi-3": communes, "khoi-4": communes}


def named_in(inspector: Actor, round_id: int) -> Actor:
    """With what the round names them for."""
    grant = Grant(Role.EVALUATOR, round=round_id, lines=OF_INSPECTORS)
    return replace(inspector, grants=(grant,))


def shown(doing: Work) -> tuple[Shown, ...]:
    """One account of each role, where the database holds the demo."""
    if kept.get(doing.store, f"{OFFICE}.ke-khai-2") is None:
        return ()
    names = {each.code: each.name for each in units.all_of(doing.store).values()}
    office, commune = names[OFFICE], names[COMMUNE]
    return (
        Shown(Role.EDITOR, f"{OFFICE}.ke-khai", office),
        Shown(Role.EDITOR, f"{OFFICE}.ke-khai-2", office),
        Shown(Role.HEAD, f"{OFFICE}.thu-truong", office),
        Shown(Role.EDITOR, f"{COMMUNE}.ke-khai", commune),
        Shown(Role.HEAD, f"{COMMUNE}.thu-truong", commune),
        Shown(Role.HEAD, f"{HEARD}.thu-truong", names[HEARD]),
        Shown(Role.EVALUATOR, "tham-dinh.so", "Khối 1, Khối 2"),
        Shown(Role.EVALUATOR, "tham-dinh.xa", "Khối 3, Khối 4"),
        Shown(Role.EVALUATOR, "thanh-tra", "Đơn thư"),
        Shown(Role.LEAD, "to-truong", ""),
        Shown(Role.ANSWERER, "giai-trinh", ""),
        Shown(Role.LEADER, "lanh-dao", ""),
        Shown(Role.ADMIN, "quan-tri", ""),
    )


def as_(doing: Work, actor: Actor, at: datetime) -> Work:
    """The same transaction, as somebody else at another time."""
    return Work(doing.store, actor, doing.shelf, lambda _store: at)
