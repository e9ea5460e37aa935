"""Returned lines on the sheet, a sheet that is taken back, and who is in charge of a line."""

import pytest

from evalsvc.domain.course import Status
from evalsvc.domain.line_course import Step
from evalsvc.usecases import evaluate, own_sheets
from tests.browsing import Page
from tests.page_forms import Form
from tests.web.evaluator import Answers, line_of
from tests.web.released import handed_in, returned, seen
from tests.web.small_house import After, House


def with_a_return(house: House) -> House:
    return returned(handed_in(house))


@pytest.fixture
def ready(house_after: After) -> House:
    return house_after(with_a_return)


def group(house: House, code: str = "A") -> str:
    return f"/unit/sheets/{house.sheet()}/groups/{code}"


def line_form(page: Page, house: House, code: str = "A2") -> Form:
    return page.form(f"/unit/sheets/{house.sheet()}/lines/{code}")


def lines(page: Page) -> list[str]:
    """Lines whose answer can be changed."""
    found = [each.element["action"].partition("/lines/")[2] for each in page.forms]
    return [each for each in found if each and "/" not in each]


def status(house: House) -> Status:
    with house.office.reading(house.actor("head")) as doing:
        return own_sheets.own(doing, house.sheet()).record.status


def test_home_leads_to_a_returned_line_with_its_reason_and_hour(ready: House) -> None:
    page = ready.visitor_of("editor").get("unit.home")

    assert page.link("Bổ sung A2 và gửi lại")["href"] == f"{group(ready)}#A2"
    assert "Thiếu biên bản hội nghị." in page.text
    assert "đến 09:30 ngày 22/11/2026" in page.text


def test_only_the_returned_line_can_be_changed(ready: House) -> None:
    page = ready.visitor_of("editor").get(group(ready))

    assert lines(page) == ["A2"]
    assert "Được trả lại để bổ sung đến 09:30 ngày 22/11/2026. Còn 2 ngày" in page.text


def test_what_stands_in_the_fields_is_kept_and_goes_back(ready: House) -> None:
    visitor = ready.visitor_of("editor")
    form = line_form(visitor.get(group(ready)), ready)

    answers: Answers = {"Số văn bản đã quán triệt": "6"}
    page = visitor.submit(form, answers, button="Gửi lại A2")

    assert "Đã gửi lại dòng A2 cho Tổ thẩm định." in page.text
    assert "bổ sung ngày 20/11/2026" in page.text
    assert "6/7 văn bản" in page.text
    assert line_of(ready, "A2").step is Step.CLAIMED
    paper = visitor.get("unit.print", id=ready.sheet())
    assert "(bổ sung ngày 20/11/2026)" in paper.text


def test_a_fault_stays_with_the_unit_and_is_shown(ready: House) -> None:
    visitor = ready.visitor_of("editor")
    form = line_form(visitor.get(group(ready)), ready)

    page = visitor.submit(form, {"Số văn bản đã quán triệt": "9"}, button="Gửi lại A2")

    assert lines(page) == ["A2"]
    assert "Đã gửi lại" not in page.text


def test_saving_without_sending_keeps_it_with_the_unit(ready: House) -> None:
    visitor = ready.visitor_of("editor")
    form = line_form(visitor.get(group(ready)), ready)

    visitor.submit(form, {"Số văn bản đã quán triệt": "6"}, button="Lưu A2")

    assert line_of(ready, "A2").claim == "6/7"
    assert line_of(ready, "A2").step is Step.RETURNED


def test_two_clerks_on_a_returned_line_see_both_versions(ready: House) -> None:
    visitor = ready.visitor_of("editor")
    form = line_form(visitor.get(group(ready)), ready)
    ready.answer("so-noi-vu", "A2", "7/7", by="second")

    answers: Answers = {"Số văn bản đã quán triệt": "6"}
    page = visitor.submit(form, answers, button="Gửi lại A2", status=409)

    assert "Bản của tôi" in page.text or "6/7" in page.text
    assert "7/7" in page.text


def test_after_its_hour_the_line_is_only_read(ready: House) -> None:
    ready.clock.later(days=3)

    page = ready.visitor_of("editor").get(group(ready))

    assert lines(page) == []


# Taken back


def test_the_head_takes_a_sheet_back(house: House) -> None:
    handed_in(house)
    visitor = house.visitor_of("head")
    visitor.get("unit.home")

    page = visitor.submit(f"/unit/sheets/{house.sheet()}/recall")

    assert "Phiếu đã được rút lại; đơn vị chỉnh sửa được." in page.text
    assert status(house) is Status.OPEN


def test_it_is_not_offered_to_editors_nor_after_the_first_mark(house: House) -> None:
    handed_in(house)
    editor = house.visitor_of("editor").get("unit.home")
    by, id_ = house.actor("evaluator"), house.sheet()
    house.office.do(by, evaluate.accept, id_, "A1", seen(house, "A1"))

    head = house.visitor_of("head").get("unit.home")

    assert "Rút lại phiếu" not in editor.text + head.text


def test_a_mark_that_came_first_is_told_clearly(house: House) -> None:
    handed_in(house)
    visitor = house.visitor_of("head")
    form = visitor.get("unit.home").form(f"/unit/sheets/{house.sheet()}/recall")
    by, id_ = house.actor("evaluator"), house.sheet()
    house.office.do(by, evaluate.accept, id_, "A1", seen(house, "A1"))

    page = visitor.submit(form, status=422)

    assert "trả lại" in page.text
    assert status(house) is Status.SUBMITTED


# In charge


def test_who_is_in_charge_is_noted_down_and_printed(house: House) -> None:
    house.fill("so-noi-vu")
    visitor = house.visitor_of("editor")
    visitor.get(group(house))

    form = visitor.page.form(f"/unit/sheets/{house.sheet()}/lines/A2/in-charge")
    page = visitor.submit(form, {"Người phụ trách A2": "Phòng Tổ chức"})

    assert "Phụ trách: Phòng Tổ chức" in page.text
    assert "Phụ trách: Phòng Tổ chức" in visitor.get("unit.print", id=house.sheet()).text


def test_a_sheet_that_is_handed_in_only_shows_who_is_in_charge(house: House) -> None:
    handed_in(house)

    page = house.visitor_of("editor").get(group(house))

    assert "in-charge" not in page.body.decode()
