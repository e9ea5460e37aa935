"""Explanations to answer: the list, one line, the answer, and on to the next."""

import pytest

from evalsvc.domain.access import SERVICE, Actor, Grant, Role
from evalsvc.store import accounts
from tests.browsing import Visitor
from tests.web import released
from tests.web.evaluator import line_of
from tests.web.small_house import ROUND, After, House

WHY = "Lý do (đơn vị sẽ đọc được)"


def with_two_contests(house: House) -> House:
    """Two lines are contested; the marks on them are those of the evaluator."""
    released.contested(released.released(house))
    return released.contested(house, "B1", "Đã rút ngắn thời gian của 12 thủ tục.")


@pytest.fixture
def contested(house_after: After) -> House:
    return house_after(with_two_contests)


@pytest.fixture
def lead(contested: House) -> Visitor:
    return contested.visitor_of("lead")


def person(house: House, name: str, *grants: Grant) -> Visitor:
    with house.office.writing(SERVICE) as doing:
        id_ = accounts.add(doing.store, name, name, "none", doing.now)
        accounts.put_password(doing.store, id_, "none", must_change=False)
        for grant in grants:
            accounts.add_grant(doing.store, id_, grant)
    house.people[name] = Actor(id_, name, grants)
    return house.visitor_of(name)


def test_contested_lines_wait_with_what_the_unit_says(lead: Visitor) -> None:
    page = lead.get("explanations.waiting", code=ROUND)

    assert [row[0] for row in page.table()[1:]] == ["A2", "B1"]
    assert "Có biên bản số 12." in page.text


def test_a_line_shows_claim_mark_reason_and_text_side_by_side(
    contested: House, lead: Visitor
) -> None:
    page = lead.get("explanations.line", id=contested.sheet(), line="A2")

    assert "Lý do: Hai văn bản không có biên bản quán triệt." in page.text
    assert "Có biên bản số 12." in page.text
    assert "Giá trị không dưới 1,71 điểm" in page.text


def test_an_answer_raises_the_value_and_leads_to_the_next_line(
    contested: House, lead: Visitor
) -> None:
    lead.get("explanations.line", id=contested.sheet(), line="A2")

    page = lead.submit(
        "Nhận giá trị này", {"Số văn bản đã quán triệt": "5", WHY: "Có biên bản số 12"}
    )

    assert "Đã trả lời dòng A2 của Sở Nội vụ." in page.text
    assert page.heading.startswith("B1.")
    assert line_of(contested, "A2").step == "ruled"
    assert line_of(contested, "A2").final == "5/7"


def test_keeping_the_value_needs_no_form_but_a_reason(contested: House, lead: Visitor) -> None:
    lead.get("explanations.line", id=contested.sheet(), line="B1")

    page = lead.submit("Giữ nguyên 2,50", {}, button="Giữ nguyên 2,50", status=422)
    assert page.document.ids["line-B1-why-error"].text.startswith("Thiếu lý do")
    lead.submit("Giữ nguyên 2,50", {WHY: "Chưa có số liệu"}, button="Giữ nguyên 2,50")

    assert line_of(contested, "B1").step == "ruled"
    assert str(line_of(contested, "B1").final_points) == "2.50"


def test_an_answer_below_what_is_contested_is_refused_with_the_form_as_it_was(
    contested: House, lead: Visitor
) -> None:
    lead.get("explanations.line", id=contested.sheet(), line="A2")

    page = lead.submit(
        "Nhận giá trị này",
        {"Số văn bản đã quán triệt": "1", WHY: "Đếm lại"},
        status=422,
    )

    assert page.document.ids["main"].first("div", role="alert") is not None
    assert line_of(contested, "A2").step == "contested"


def test_nobody_answers_for_the_own_mark_and_the_list_says_why(contested: House) -> None:
    both = Grant(Role.ANSWERER)
    with contested.office.writing(SERVICE) as doing:
        accounts.add_grant(doing.store, contested.people["evaluator"].account or 0, both)
    evaluator, id_ = contested.visitor_of("evaluator"), contested.sheet()

    page = evaluator.get("explanations.waiting", code=ROUND)
    assert page.text.count("Bạn đã chấm dòng này: người khác trả lời") == 2
    page = evaluator.get("explanations.line", id=id_, line="A2")

    assert "Dòng này do bạn chấm; người khác sẽ trả lời." in page.text
    assert not [each for each in page.forms if "explanations" in each.element["action"]]


def test_a_person_named_to_answer_some_lines_sees_only_those(contested: House) -> None:
    with contested.office.reading(SERVICE) as doing:
        of = doing.shelf.round_of(doing.store, 2)
    grant = Grant(Role.ANSWERER, round=of.id, lines=frozenset({"B1"}))
    named, id_ = person(contested, "tra-loi", grant), contested.sheet()

    page = named.get("/")

    assert page.address == "/explanations/"
    assert [row[0] for row in page.table()[1:]] == ["B1"]
    named.get("explanations.line", id=id_, line="A2", status=404)


def test_somebody_elses_answer_is_not_overwritten(contested: House, lead: Visitor) -> None:
    lead.get("explanations.line", id=contested.sheet(), line="A2")
    released.ruled(contested)

    page = lead.submit("Nhận giá trị này", {"Số văn bản đã quán triệt": "7", WHY: "Đủ"}, status=409)

    assert "Người khác vừa thay đổi dòng này. Hãy xem lại." in page.text
    assert line_of(contested, "A2").final == "3/7"
