"""One criterion across units, official results for all units, flags; and what pages cost."""

from typing import Any

import pytest

from tests.statements import counted
from tests.web.evaluator import (
    Answers,
    button,
    deeds_of_round,
    form_of,
    handed_in,
    line_of,
    official,
)
from tests.web.small_house import ROUND, After, House

MOST_STATEMENTS = 14
DOCUMENT: Answers = {"Số, ký hiệu văn bản": "398/QĐ-UBND", "Ngày ban hành văn bản": "22/4/2026"}
INDEX = "Chỉ số cải cách hành chính"


@pytest.fixture
def ready(house_after: After) -> House:
    return house_after(handed_in)


def test_lines_are_listed_with_how_many_sheets_are_marked(ready: House) -> None:
    page = ready.visitor_of("evaluator").get("evaluate.criteria")

    assert ["A2", "Quán triệt các văn bản về công tác dân vận", "0/2"] in page.table()


def test_the_first_row_that_waits_is_open_and_saving_opens_the_next(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    first, second = ready.sheet("so-noi-vu"), ready.sheet("so-y-te")

    page = visitor.get("evaluate.criterion", code=ROUND, line="A3")
    page = visitor.submit(form_of(page, "A3", first), button=button(visitor, "Chấp nhận 1,50"))

    assert page.address.endswith(f"row={second}#row-{second}")
    assert form_of(page, "A3", second)
    assert line_of(ready, "A3").reviewed == "mot-phan"


def test_only_rows_that_wait_are_shown_when_asked(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    page = visitor.get("evaluate.criterion", code=ROUND, line="A3")
    visitor.submit(form_of(page, "A3", ready.sheet()), button=button(visitor, "Chấp nhận 1,50"))

    page = visitor.click("Chỉ dòng chưa xem (1)")

    assert [row[1] for row in page.table()[1:] if row[0]] == ["Sở Y tế"]


def test_a_refused_row_is_shown_again_in_its_table(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    page = visitor.get("evaluate.criterion", code=ROUND, line="A2")

    form = form_of(page, "A2", ready.sheet())
    page = visitor.submit(form, {"Số văn bản đã quán triệt": "1"}, status=422)

    assert form_of(page, "A2", ready.sheet()).value("Số văn bản đã quán triệt") == "1"
    assert "Sở Y tế" in page.text


def test_a_script_gets_a_row_with_its_form(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    id_ = ready.sheet("so-y-te")

    path = visitor.path("evaluate.criterion", code=ROUND, line="A3", row=id_)
    answer = visitor.client.get(path, headers={"Accept": "application/json"})

    html = visitor.app.json.loads(answer.data)["html"]
    assert f'id="row-{id_}"' in html
    assert "<form" in html


def test_results_that_can_be_read_are_saved_and_the_others_say_why(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    page = visitor.get("evaluate.results", code=ROUND, line="C1")
    form = page.form("Lưu số liệu")

    given: Answers = {f"{INDEX}, Sở Nội vụ": "87,61", f"{INDEX}, Sở Y tế": "187"}
    page = visitor.submit(form, {**DOCUMENT, **given}, status=422)

    assert line_of(ready, "C1").reviewed == "87.61; 398/QĐ-UBND; 22/04/2026; 2025"
    assert line_of(ready, "C1", "so-y-te").reviewed is None
    again = page.form("Lưu số liệu")
    assert again.value(f"{INDEX}, Sở Y tế") == "187"
    assert ("official-results", "C1") in deeds_of_round(ready)


def test_results_need_their_document_once(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    page = visitor.get("evaluate.results", code=ROUND, line="C1")

    form = page.form("Lưu số liệu")
    page = visitor.submit(form, {f"{INDEX}, Sở Nội vụ": "87,61"}, status=422)

    assert page.form("Lưu số liệu").value(f"{INDEX}, Sở Nội vụ") == "87,61"
    assert line_of(ready, "C1").reviewed is None


def test_saving_the_same_results_again_changes_nothing(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    page = visitor.get("evaluate.results", code=ROUND, line="C1")
    given: Answers = {f"{INDEX}, Sở Nội vụ": "87,61"}
    page = visitor.submit(page.form("Lưu số liệu"), {**DOCUMENT, **given})

    visitor.submit(page.form("Lưu số liệu"))

    assert line_of(ready, "C1").version == 1


def test_a_result_with_another_document_is_left_alone(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    page = visitor.get("evaluate.results", code=ROUND, line="C1")
    page = visitor.submit(page.form("Lưu số liệu"), {**DOCUMENT, f"{INDEX}, Sở Nội vụ": "87,61"})
    official(ready, "so-y-te", "C1", "70; 12/TB-SNV; 5/5/2026; 2025")

    page = visitor.get("evaluate.results", code=ROUND, line="C1")
    visitor.submit(page.form("Lưu số liệu"), {"Số, ký hiệu văn bản": "399/QĐ-UBND"})

    assert line_of(ready, "C1").reviewed == "87.61; 399/QĐ-UBND; 22/04/2026; 2025"
    assert line_of(ready, "C1", "so-y-te").reviewed == "70; 12/TB-SNV; 05/05/2026; 2025"


def test_a_result_can_be_taken_away_again(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    page = visitor.get("evaluate.results", code=ROUND, line="C1")
    cell = f"{INDEX}, Sở Nội vụ"
    page = visitor.submit(page.form("Lưu số liệu"), {**DOCUMENT, cell: "87,61"})

    visitor.submit(page.form("Lưu số liệu"), {cell: ""})

    assert line_of(ready, "C1").reviewed is None


def test_a_flag_needs_its_document_and_can_be_withdrawn_with_a_reason(ready: House) -> None:
    visitor = ready.visitor_of("evaluator")
    visitor.get("evaluate.flags", id=ready.sheet())
    chosen: Answers = {"Loại cờ": "Người đứng đầu bị kỷ luật", "Ngày ban hành văn bản": "2/6/2026"}

    refused = visitor.submit(visitor.page.form("Gắn cờ này"), chosen, status=422)
    document: Answers = {"Số, ký hiệu và nơi ban hành văn bản": "12-QĐ/UBKT"}
    page = visitor.submit(refused.form("Gắn cờ này"), document)
    assert "12-QĐ/UBKT, 02/06/2026" in page.text
    queue = ready.visitor_of("evaluator").get("evaluate.queue")
    assert "Người đứng đầu bị kỷ luật" in queue.text

    refused = visitor.submit(page.form("Gỡ cờ"), status=422)
    page = visitor.submit(refused.form("Gỡ cờ"), {"Lý do": "Quyết định đã thu hồi."})
    assert "Quyết định đã thu hồi." in page.text


@pytest.mark.parametrize(
    ("where", "values"),
    [
        ("evaluate.queue", {}),
        ("evaluate.sheet", {"id": 4}),
        ("evaluate.group", {"id": 4, "code": "A"}),
        ("evaluate.lines", {"code": ROUND}),
        ("evaluate.criterion", {"code": ROUND, "line": "A2"}),
        ("evaluate.official_lines", {"code": ROUND}),
        ("evaluate.results", {"code": ROUND, "line": "C1"}),
        ("evaluate.flags", {"id": 4}),
    ],
)
def test_a_page_asks_the_database_little(ready: House, where: str, values: dict[str, Any]) -> None:
    visitor = ready.visitor_of("lead")
    visitor.get(where, **values)

    with counted(ready.engine) as sent:
        visitor.get(where, **values)

    assert len(sent) <= MOST_STATEMENTS, "\n".join(sent)
