"""Rules between criteria warn while a unit types and reviewers mark; points never change."""

from collections.abc import Iterator

import pytest

from tests.browsing import Visitor
from tests.conftest import Copy
from tests.postgres import Prepare
from tests.web import small_house
from tests.web.evaluator import on_line
from tests.web.small_house import House, as_built
from tests.web.small_sets import SO

SAYS = "Số vụ việc ở B2 nhiều hơn số mô hình ở T1"
RULES = f"""\
rules:
  - if: answer B2 > answer T1
    say: {SAYS}
"""


@pytest.fixture
def house(sqlite_copy: Copy, prepare: Prepare) -> Iterator[House]:
    """The small house, whose departments have a rule between two criteria of different groups."""
    with small_house.copies(sqlite_copy, prepare, SO + RULES) as after:
        yield after(as_built)


def spoken(house: House, who: str = "editor") -> dict[str, bool]:
    visitor, id_ = house.visitor_of(who), house.sheet()
    return {code: SAYS in visitor.get("unit.group", id=id_, code=code).text for code in "ABT"}


def test_a_rule_speaks_in_both_groups_that_it_compares(house: House) -> None:
    house.answer("so-noi-vu", "T1", "1")
    house.answer("so-noi-vu", "B2", "vu 2; don 0")

    assert spoken(house) == {"A": False, "B": True, "T": True}


@pytest.mark.parametrize(
    ("line", "answer"), [("B2", "n/a khong-dan"), ("B2", "vu 1; don 0"), ("B2", "")]
)
def test_a_rule_is_silent_where_it_holds_not_or_a_line_says_nothing(
    house: House, line: str, answer: str
) -> None:
    house.answer("so-noi-vu", "T1", "1")
    if answer:
        house.answer("so-noi-vu", line, answer)

    assert not any(spoken(house).values())


def test_a_script_hears_of_it_with_the_save(house: House) -> None:
    house.answer("so-noi-vu", "T1", "1")
    house.answer("so-noi-vu", "B2", "vu 1; don 0")
    visitor, id_ = house.visitor_of("editor"), house.sheet()

    parts = save(visitor, id_, "2", "1")

    assert SAYS in parts["[data-rules]"]
    assert SAYS not in save(visitor, id_, "0", "2")["[data-rules]"]


def save(visitor: Visitor, id_: int, number: str, seen: str) -> dict[str, str]:
    page = visitor.get("unit.group", id=id_, code="B")
    form = next(each for each in page.forms if each.element["data-line"] == "B2")
    data = form.data("")
    for field in form.controls:
        if field["type"] == "text" and field["value"] and field["name"] != "who":
            data.setlist(field["name"], [number if field["value"] != "0" or number == "0" else "0"])
    data.setlist("seen", [seen])
    path = visitor.path("unit.save", id=id_, code="B2")
    headers = {"Accept": "application/json", "Sec-Fetch-Site": "same-origin"}
    answer = visitor.client.post(path, data=data, headers=headers)
    return dict(visitor.app.json.loads(answer.data)["parts"])


def test_a_rule_warns_the_reviewer_beside_the_line_and_on_the_sheet(house: House) -> None:
    house.fill("so-noi-vu", but=["B2", "T1"])
    house.answer("so-noi-vu", "T1", "0")
    house.answer("so-noi-vu", "B2", "vu 1; don 0")
    house.submit("so-noi-vu")
    visitor = house.visitor_of("evaluator")

    sheet = visitor.get("evaluate.sheet", id=house.sheet())
    on_line(house, visitor, "B2")
    beside = visitor.page.text
    on_line(house, visitor, "A1")

    assert [SAYS in text for text in (sheet.text, beside, visitor.page.text)] == [True, True, False]
