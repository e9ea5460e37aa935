"""What a unit is told after the release: answers that ask for nothing, reopening, corrections."""

import pytest

from evalsvc.domain.line_course import Step
from evalsvc.usecases import decide, explain
from evalsvc.usecases.found import Found
from tests.browsing import Page
from tests.web.evaluator import line_of
from tests.web.released import WHY, contested, heard, released, ruled, seen
from tests.web.small_house import After, House

TODO = "đồng ý hoặc giải trình"
DECISION = "Quyết định số 12/QĐ-UBND"
ANSWER = "Đã xem biên bản."


@pytest.fixture
def ready(house_after: After) -> House:
    return house_after(released)


def at(house: House) -> str:
    return f"/unit/assessments/{house.sheet()}/explanations"


def page_of(house: House, path: str = "") -> Page:
    return house.visitor_of("head").get(path or at(house))


def agree(house: House, code: str) -> None:
    house.office.do(house.actor("head"), explain.agree, house.sheet(), code, seen(house, code))


def settled(house: House) -> House:
    """A2 is contested; the unit agrees to everything else."""
    contested(house)
    for code in ("B1", "C1", "C2"):
        agree(house, code)
    return house


def concluded(house: House) -> House:
    house.office.do(house.actor("lead"), decide.conclude, house.sheet())
    return house


def reopened(house: House) -> House:
    id_ = house.sheet()
    house.office.do(house.actor("leader"), decide.close, id_, "Quyết định số 7/QĐ-UBND")
    house.office.do(house.actor("leader"), decide.reopen, id_, DECISION)
    return house


def correct(house: House, text: str, code: str = "A2") -> None:
    by, id_, found = house.actor("lead"), house.sheet(), Found(text)
    house.office.do(by, explain.correct, id_, code, found, "Biên bản trùng.", seen(house, code))


@pytest.mark.parametrize("found", [Found("5/7"), None])
def test_an_answer_after_which_nothing_can_be_said_asks_for_nothing(
    ready: House, found: Found | None
) -> None:
    ruled(settled(ready), found=found)

    page = page_of(ready, "/unit/")

    assert TODO not in page.text


def test_a_line_that_was_raised_to_the_claim_has_no_form(ready: House) -> None:
    ruled(settled(ready), found=Found("5/7"))

    page = page_of(ready)

    assert not [each for each in page.forms if "/A2/" in each.element["action"]]
    assert ANSWER in page.text


def test_the_answer_stays_on_the_page_after_conclusion_and_reopening(ready: House) -> None:
    ruled(settled(ready), found=Found("5/7"))
    concluded(ready)
    before = page_of(ready).text

    after = page_of(reopened(ready)).text

    assert ANSWER in before
    assert ANSWER in after


@pytest.mark.parametrize("found", [Found("4/7"), None])
def test_agreeing_to_an_answer_leaves_it_counted(ready: House, found: Found | None) -> None:
    ruled(contested(ready), found=found)

    agree(ready, "A2")

    assert line_of(ready, "A2").step is Step.AGREED
    assert "1/1 giải trình đã có trả lời" in page_of(ready).text
    assert heard(ready).line("A2") is not None


@pytest.mark.parametrize("path", ["/unit/", ""])
def test_reopening_is_told_with_its_decision(ready: House, path: str) -> None:
    ruled(settled(ready))
    reopened(concluded(ready))

    page = page_of(ready, path)

    assert f"Phiếu được mở lại theo: {DECISION}" in page.text


@pytest.mark.parametrize("path", ["/unit/", ""])
def test_a_lower_correction_is_told_from_what_to_what(ready: House, path: str) -> None:
    ready.clock.later(days=1)
    correct(ready, "2/7")

    page = page_of(ready, path)

    assert "A2: từ 1,71 xuống 1,14" in page.text
    assert "thời hạn đã báo vẫn còn đến 17:00 ngày 24/12/2026" in page.text
    assert WHY in page_of(ready).text


@pytest.mark.parametrize("path", ["/unit/", ""])
def test_a_correction_that_raises_is_not_told_as_lower(ready: House, path: str) -> None:
    correct(ready, "4/7")

    assert "xuống" not in page_of(ready, path).text
