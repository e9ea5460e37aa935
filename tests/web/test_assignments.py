"""Who reviews what: given, handed over, ended; by a lead or an administrator, without points."""

import pytest

from evalsvc.domain.access import SERVICE, Actor, Grant, Role
from evalsvc.store import accounts, journal, rounds
from evalsvc.store.assignments import bench, of_round
from tests.browsing import Visitor
from tests.web.evaluator import Answers
from tests.web.small_house import ROUND, House

PART: Answers = {
    "Tài khoản": "evaluator (evaluator)",
    "Phạm vi đơn vị": "Sở, ban, ngành",
    "Mã các dòng được giao (không bắt buộc)": "A1, A2",
}


@pytest.fixture
def lead(house: House) -> Visitor:
    return house.visitor_of("lead")


def parts(house: House) -> list[Grant]:
    with house.office.reading(SERVICE) as doing:
        of = rounds.of_code(doing.store, ROUND)
        return [each.grant for each in of_round(doing.store, of.id if of else 0)]


def deeds(house: House) -> list[str]:
    with house.office.reading(SERVICE) as doing:
        return [each.entry.deed for each in journal.of_stream(doing.store, f"round:{ROUND}")]


def second(house: House) -> None:
    """Another person who appraises."""
    with house.office.writing(SERVICE) as doing:
        of = house.people["leader"].account or 0
        accounts.add_grant(doing.store, of, Grant(Role.EVALUATOR))


@pytest.mark.parametrize("name", ["lead", "admin"])
def test_a_part_is_given_for_some_lines_of_a_kind(house: House, name: str) -> None:
    visitor = house.visitor_of(name)

    visitor.get("assignments.parts", code=ROUND)
    page = visitor.submit("Phân công", PART)

    assert "Đã phân công." in page.text
    (grant,) = parts(house)
    assert (grant.role, grant.kind, grant.lines) == (Role.EVALUATOR, "so", frozenset({"A1", "A2"}))
    assert deeds(house)[-1] == "assign"


def test_an_administrator_sees_who_sits_where_and_no_points(house: House) -> None:
    house.fill("so-noi-vu")
    house.submit("so-noi-vu")

    page = house.visitor_of("admin").get("assignments.parts", code=ROUND)

    assert "Mọi dòng của mọi phiếu đều có người thẩm định." in page.text
    assert "16,86" not in page.text


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"Mã các dòng được giao (không bắt buộc)": "A1 Z9"}, "lines-error"),
        ({"Tài khoản": "Chọn tài khoản"}, "account-error"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    house: House, lead: Visitor, wrong: Answers, at: str
) -> None:
    lead.get("assignments.parts", code=ROUND)

    page = lead.submit("Phân công", {**PART, **wrong}, status=422)

    assert at in page.document.ids
    assert parts(house) == []


def test_one_unit_and_a_kind_together_are_refused(house: House, lead: Visitor) -> None:
    lead.get("assignments.parts", code=ROUND)

    lead.submit("Phân công", {**PART, "Mã một đơn vị (không bắt buộc)": "so-y-te"}, status=422)

    assert parts(house) == []


def test_whoever_appraises_nothing_is_not_made_a_reviewer_by_a_slip(
    house: House, lead: Visitor
) -> None:
    lead.get("assignments.parts", code=ROUND)

    lead.submit("Phân công", PART, forged={"account": "editor"}, status=422)

    assert parts(house) == []


def test_a_part_is_handed_over_with_a_reason(house: House, lead: Visitor) -> None:
    second(house)
    lead.get("assignments.parts", code=ROUND)
    lead.submit("Phân công", PART)

    page = lead.submit("Bàn giao", {"Giao cho": "leader (leader)", "Lý do": ""}, status=422)
    assert "Thiếu lý do" in page.text
    lead.submit("Bàn giao", {"Giao cho": "leader (leader)", "Lý do": "Nghỉ phép"})

    with house.office.reading(SERVICE) as doing:
        found = of_round(doing.store, 2)
    assert [each.name for each in found] == ["leader"]
    assert deeds(house)[-1] == "hand-over"


def test_a_part_ends_with_a_reason(house: House, lead: Visitor) -> None:
    lead.get("assignments.parts", code=ROUND)
    lead.submit("Phân công", PART)

    page = lead.submit("Thôi phân công", {"Lý do thôi phân công": "Xong việc"})

    assert "Đã thôi phân công" in page.text
    assert parts(house) == []


def test_lines_of_the_reviewers_own_unit_are_listed_as_unmanned(house: House) -> None:
    with house.office.writing(SERVICE) as doing:
        for name in ("evaluator", "lead"):
            of = house.people[name].account or 0
            accounts.add_grant(doing.store, of, Grant(Role.EDITOR, 1))

    page = house.visitor_of("admin").get("assignments.parts", code=ROUND)

    assert "Mọi dòng của mọi phiếu đều có người thẩm định." not in page.text
    assert "Sở Nội vụ" in page.text


def test_a_lead_of_one_block_gives_parts_of_that_block_only(house: House) -> None:
    with house.office.writing(SERVICE) as doing:
        id_ = accounts.add(doing.store, "khoi", "khoi", "none", doing.now)
        accounts.put_password(doing.store, id_, "none", must_change=False)
        accounts.add_grant(doing.store, id_, Grant(Role.LEAD, block="khoi-1"))
    house.people["khoi"] = Actor(id_, "khoi")
    visitor = house.visitor_of("khoi")
    visitor.get("assignments.parts", code=ROUND)

    visitor.submit("Phân công", {**PART, "Phạm vi đơn vị": "Khối xã"}, status=403)
    visitor.get("assignments.parts", code=ROUND)
    one: Answers = {"Mã các dòng được giao (không bắt buộc)": "A1"}
    visitor.submit("Phân công", {**PART, **one, "Phạm vi đơn vị": "Khối sở, ngành"})

    assert [each.block for each in parts(house)] == ["khoi-1"]


def test_the_named_person_takes_the_line_from_the_others(house: House, lead: Visitor) -> None:
    lead.get("assignments.parts", code=ROUND)
    lead.submit("Phân công", PART)

    with house.office.reading(SERVICE) as doing:
        found = bench(doing.store, 2)
    named = [each for each in found.assigned if each.is_named]

    assert [each.account for each in named] == [house.people["evaluator"].account]
