"""Two people mark a line without seeing each other, and the lead enters what they agree on."""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest

from evalsvc.domain.access import SERVICE
from evalsvc.store import marks
from tests.browsing import Page, Visitor
from tests.page_forms import Form
from tests.web.evaluator import button, line_of
from tests.web.reviewing import DOUBLE, LABELS, mark, with_parts
from tests.web.small_house import ROUND, After, House

SECRET = "Mật: chỉ người chấm biết"  # noqa: S105 - a reason
TOKENS = re.compile(
    r'name="(?:csrf|key|seen)" value="[^"]*"|value="\d+:\w+:\d+"|data-(?:csrf|seen)="\w+"'
)
"""New on each page, or the number of changes: it tells that something was marked, and not what."""
WATCHERS = ("evaluator", "lead", "leader", "seat-2", "thanh-tra", "head")


@pytest.fixture
def ready(house_after: After) -> House:
    return house_after(with_parts)


def pages(house: House, who: str) -> Iterator[tuple[str, str]]:
    """Everything that this person can read of the sheet, as far as they may read it."""
    visitor, id_ = house.visitor_of(who), house.sheet()
    reviews: list[tuple[str, dict[str, object]]] = [
        ("evaluate.queue", {}),
        ("evaluate.sheet", {"id": id_}),
        ("evaluate.group", {"id": id_, "code": "A", "line": DOUBLE}),
        ("evaluate.lines", {"code": ROUND}),
        ("evaluate.criterion", {"code": ROUND, "line": DOUBLE, "row": id_}),
        ("evaluate.criterion", {"code": ROUND, "line": DOUBLE, "row": house.sheet("so-y-te")}),
        ("evaluate.history", {"id": id_}),
    ]
    leads: list[tuple[str, dict[str, object]]] = [
        ("lead.sheet", {"id": id_}),
        ("lead.line", {"id": id_, "line": DOUBLE}),
        ("lead.history", {"id": id_}),
        ("lead.sheet_xlsx", {"id": id_}),
        ("lead.ranking", {}),
        ("lead.overview", {}),
    ]
    units: list[tuple[str, dict[str, object]]] = [
        ("unit.history", {"id": id_}),
        ("unit.group", {"id": id_, "code": "A"}),
    ]
    for where, values in {"leader": leads, "head": units}.get(who, reviews):
        with visitor.client.get(visitor.path(where, **values), buffered=True) as answer:
            yield f"{where} {values}", TOKENS.sub("", read(answer.get_data()))


def read(body: bytes) -> str:
    """The text of a page, or of all sheets of a workbook."""
    if not body.startswith(b"PK"):
        return body.decode()
    with ZipFile(BytesIO(body)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if "/" in name)


def stripped(pages: Iterator[tuple[str, str]]) -> dict[str, str]:
    """Without what says only that the other one has marked."""
    return {where: re.sub(r"Chưa chấm|Đã chấm|st--\w+|#i-\w+", "", html) for where, html in pages}


@pytest.mark.parametrize("who", WATCHERS)
def test_a_hidden_mark_is_on_no_page_of_anybody_else(ready: House, who: str) -> None:
    mark(ready, "seat-1", "het", SECRET)

    found = dict(pages(ready, who))

    assert [where for where, html in found.items() if SECRET in html] == []


@pytest.mark.parametrize("who", ["evaluator", "seat-2", "thanh-tra", "head"])
def test_pages_say_the_same_whatever_the_hidden_mark_is(ready: House, who: str) -> None:
    mark(ready, "seat-1", "het", SECRET)
    before = stripped(pages(ready, who))
    mark(ready, "seat-1", "khong", f"{SECRET}, lần hai")

    assert stripped(pages(ready, who)) == before


def test_ones_own_mark_is_shown_and_may_be_changed_until_the_other_is_in(ready: House) -> None:
    visitor = ready.visitor_of("seat-1")
    visitor.submit(
        form(ready, visitor),
        {"Hoàn thành 3 điểm": True, "Lý do": "Đủ hồ sơ."},
        button=save(visitor),
    )

    again = form(ready, visitor)
    assert again.value("Lý do") == "Đủ hồ sơ."
    assert "Anh/chị đã chấm, chờ lượt kia" in visitor.page.text
    visitor.submit(again, {"Chưa làm": True}, button=save(visitor))

    assert [each.value for each in kept(ready)] == ["khong"]
    assert line_of(ready, DOUBLE).reviewed is None


def test_the_other_one_marks_from_the_page_that_was_open_before(ready: House) -> None:
    visitor = ready.visitor_of("seat-2")
    opened = form(ready, visitor)
    mark(ready, "seat-1", "het", "Đủ hồ sơ.")

    visitor.submit(opened, {"Chưa làm": True, "Lý do": "Không có hồ sơ."}, button=save(visitor))

    assert sorted(each.value for each in kept(ready)) == ["het", "khong"]


def test_both_marks_stand_beside_each_other_once_they_are_in(ready: House) -> None:
    both(ready)

    for who in ("seat-1", "seat-2", "lead", "evaluator"):
        page = group(ready, ready.visitor_of(who))
        assert "Hai lượt chấm độc lập" in page.text
        assert "Đủ hồ sơ." in page.text
        assert "Không có hồ sơ." in page.text


def test_the_lead_enters_the_agreed_value_with_a_reason_where_it_differs(ready: House) -> None:
    both(ready)
    visitor = ready.visitor_of("lead")
    assert "1 dòng" in visitor.get("evaluate.queue").text

    page = visitor.submit(
        form(ready, visitor, "agree"), {"Chưa làm": True}, button=agree(visitor), status=422
    )
    again = form_on(page, "agree")
    visitor.submit(again, {"Lý do": "Thống nhất tại cuộc họp."}, button=agree(visitor))

    line = line_of(ready, DOUBLE)
    assert (line.reviewed, str(line.reviewed_points)) == ("khong", "0.00")
    assert "Giá trị thống nhất" in group(ready, visitor).text


def test_an_absent_reviewer_is_passed_over_with_a_reason(ready: House) -> None:
    visitor = ready.visitor_of("lead")
    mark(ready, "seat-1", "het", "Đủ hồ sơ.")
    group(ready, visitor)

    page = visitor.submit(form(ready, visitor, "pass-over"), status=422)
    again = form_on(page, "pass-over")
    page = visitor.submit(again, {"Lý do bỏ qua lượt 2": "Nghỉ ốm dài ngày."})

    assert "không chờ người vắng" in page.text
    assert form(ready, visitor, "agree")


def test_nobody_is_passed_over_before_the_other_one_has_marked(ready: House) -> None:
    page = group(ready, ready.visitor_of("lead"))

    assert not [each for each in page.forms if each.element["action"].endswith("/pass-over")]


def both(house: House) -> None:
    mark(house, "seat-1", "het", "Đủ hồ sơ.")
    mark(house, "seat-2", "khong", "Không có hồ sơ.")


def kept(house: House) -> list[marks.MarkRecord]:
    with house.office.reading(SERVICE) as doing:
        return list(marks.of_assessment(doing.store, house.sheet()))


def group(house: House, visitor: Visitor) -> Page:
    return visitor.get("evaluate.group", id=house.sheet(), code="A", line=DOUBLE)


def form(house: House, visitor: Visitor, deed: str = "adjust") -> Form:
    return form_on(group(house, visitor), deed)


def form_on(page: Page, deed: str) -> Form:
    found = f"/lines/{DOUBLE}/{deed}"
    return next(each for each in page.forms if each.element["action"].endswith(found))


def save(visitor: Visitor) -> str:
    return button(visitor)


def agree(visitor: Visitor) -> str:
    return button(visitor, "Lưu giá trị thống nhất")


def test_names_of_both_are_told_to_those_who_may_know(ready: House) -> None:
    page = group(ready, ready.visitor_of("lead"))

    assert LABELS["seat-1"] in page.text
    assert LABELS["seat-2"] in page.text
