"""Lines of others on the desk of reviewers: whoever is named for some sees only those."""

from typing import Any

import pytest

from tests.web.evaluator import form_of, line_of
from tests.web.reviewing import DOUBLE, NAMED, with_parts
from tests.web.small_house import ROUND, After, House

NO_SUMS = "Tổng điểm chỉ hiện với người xem được mọi dòng."


@pytest.fixture
def ready(house_after: After) -> House:
    return house_after(with_parts)


def test_somebody_named_for_a_line_sees_nothing_but_that_line(ready: House) -> None:
    visitor, id_ = ready.visitor_of("thanh-tra"), ready.sheet()

    sheet = visitor.get("evaluate.sheet", id=id_)
    group = visitor.get("evaluate.group", id=id_, code="A")

    assert [row[:2] for row in sheet.table()[1:-1]] == [["A", "Quán triệt, tuyên truyền"]]
    assert [each.text for each in group.document.all("p") if each["class"] == "crit__c"] == [NAMED]
    assert "16,86" not in sheet.text + group.text
    assert NO_SUMS in sheet.text
    assert NO_SUMS in group.text


def test_the_queue_counts_only_the_lines_that_are_asked_of_one(ready: House) -> None:
    asked = {
        who: [row[3] for row in ready.visitor_of(who).get("evaluate.queue").table()[1:3]]
        for who in ("thanh-tra", "evaluator", "lead")
    }

    assert asked == {
        "thanh-tra": ["0/1", "0/1"],
        "evaluator": ["0/8", "0/8"],
        "lead": ["0/10", "0/10"],
    }


def test_sums_of_a_sheet_are_not_in_the_queue_of_who_sees_a_part_of_it(ready: House) -> None:
    page = ready.visitor_of("thanh-tra").get("evaluate.queue")

    assert [row[4:] for row in page.table()[1:3]] == [["–", "–"], ["–", "–"]]
    assert NO_SUMS in page.text


def test_only_own_lines_are_listed_across_units(ready: House) -> None:
    page = ready.visitor_of("thanh-tra").get("evaluate.lines", code=ROUND)

    assert [row[0] for row in page.table()[1:]] == ["A", NAMED]


@pytest.mark.parametrize("code", ["A1", DOUBLE, "A9"])
def test_a_foreign_line_answers_as_one_that_there_is_not(ready: House, code: str) -> None:
    visitor, id_ = ready.visitor_of("thanh-tra"), ready.sheet()
    token = _token(ready, visitor)
    data = {**token, "seen": "1", "key": "k", "until": "24/11/2026 17:00", "because": "Thiếu."}

    visitor.get("evaluate.criterion", code=ROUND, line=code, status=404)
    visitor.get("evaluate.evidence_line", id=id_, code=code, status=404)
    for deed in ("accept", "adjust", "return_line", "pass_over", "agree"):
        values = {"id": id_, "code": code}
        visitor.post(f"evaluate.{deed}", values=values, data=data, status=404)
    picks = {**token, "key": "k", "pick": f"{id_}:{code}:1"}
    if code == "A9":
        visitor.post("evaluate.accept_many", data=picks, status=404)


def _token(house: House, visitor: Any) -> dict[str, str]:
    page = visitor.get("evaluate.group", id=house.sheet(), code="A")
    form = form_of(page, NAMED, house.sheet())
    return {"csrf": next(each["value"] for each in form.controls if each["name"] == "csrf")}


def test_a_line_that_somebody_is_named_for_is_only_read_by_the_others(ready: House) -> None:
    visitor, id_ = ready.visitor_of("evaluator"), ready.sheet()

    page = visitor.get("evaluate.group", id=id_, code="A", line=NAMED)

    assert "Do Thanh tra tỉnh chấm" in page.text
    assert not [form for form in page.forms if f"/lines/{NAMED}/" in form.element["action"]]


def test_the_next_line_is_one_of_ones_own(ready: House) -> None:
    visitor, id_ = ready.visitor_of("evaluator"), ready.sheet()
    page = visitor.get("evaluate.group", id=id_, code="A", line="A2")

    page = visitor.submit(form_of(page, "A2", id_), button=_accept(page))

    assert page.address.endswith("#line-B1")
    assert line_of(ready, "A2").reviewed == "5/7"


def _accept(page: Any) -> str:
    names = [each.text for each in page.document.all("button")]
    return next(name for name in names if name.startswith("Chấp nhận 2,86"))
