"""Minutes of a joint session: which lines stand in them, and that they stay what they were."""

import pytest

from evalsvc.domain.access import SERVICE
from evalsvc.store import journal
from evalsvc.usecases import blank, decide, explain
from evalsvc.usecases.found import Found
from tests.browsing import Page, Visitor
from tests.web import released
from tests.web.evaluator import Answers
from tests.web.small_house import After, House

SAVE = "Lưu biên bản"
SESSION: Answers = {
    "Ngày giờ làm việc": "10/12/2026 08:30",
    "Địa điểm": "Sở Nội vụ",
    "Thành phần tham dự": "Đại diện tổ thẩm định\nĐại diện Sở Nội vụ",
}


def with_a_contest(house: House) -> House:
    """A2 is contested; A2 and B1 were lowered, and C1 and C2 have no claim."""
    return released.contested(released.released(house))


@pytest.fixture
def contested(house_after: After) -> House:
    return house_after(with_a_contest)


def written(house: House) -> Visitor:
    lead = house.visitor_of("lead")
    lead.get("evaluate.minutes", id=house.sheet())
    lead.submit(SAVE, SESSION)
    return lead


def blanked(house: House, deed: str) -> None:
    """The last entry of a deed is taken away by law."""
    stream = journal.assessment(house.sheet())
    with house.office.reading(SERVICE) as doing:
        told = journal.of_stream(doing.store, stream)
    number = [each.number for each in told if each.entry.deed == deed][-1]
    house.office.do(SERVICE, blank.blank, stream, number, "Theo quyết định")


def rows(page: Page, number: int) -> dict[str, list[str]]:
    """Of one table on the page, by the code of the line."""
    table = page.document.all("table")[number]
    cells = [[cell.text for cell in row.all("td")] for row in table.all("tr")]
    return {found[0]: found for found in cells if found}


def test_minutes_are_written_and_printed_with_the_lines_discussed(contested: House) -> None:
    page = written(contested).click("In biên bản")

    assert "BIÊN BẢN LÀM VIỆC" in page.text
    assert "- Đại diện Sở Nội vụ" in page.text
    assert released.WHY in page.text
    said = rows(page, 0)
    assert set(said) == {"A2", "B1"}
    assert said["A2"][2] == "Có biên bản số 12."
    assert said["B1"][2] == ""


def test_lines_without_a_claim_stand_apart_and_claim_nothing(contested: House) -> None:
    page = written(contested).click("In biên bản")

    given = rows(page, 1)
    assert set(given) == {"C1", "C2"}
    assert given["C2"][2] == "–"


def test_saved_minutes_stay_as_they_were_when_a_line_is_answered_later(contested: House) -> None:
    lead = written(contested)
    before = rows(lead.get("evaluate.print_minutes", id=contested.sheet()), 0)

    released.ruled(contested, found=Found("5/7"))

    assert rows(lead.get("evaluate.print_minutes", id=contested.sheet()), 0) == before


def test_a_line_raised_to_its_claim_was_discussed_all_the_same(contested: House) -> None:
    released.ruled(contested, found=Found("7/7"))

    page = written(contested).click("In biên bản")

    assert "A2" in rows(page, 0)


def test_a_text_that_is_blanked_is_gone_from_the_minutes_too(contested: House) -> None:
    lead = written(contested)

    blanked(contested, "contest")

    assert "Có biên bản số 12." not in lead.get("evaluate.print_minutes", id=contested.sheet()).text


@pytest.mark.parametrize("held", ["10/12/2027 08:30", "01/01/2026 08:30"])
def test_minutes_of_a_session_to_come_or_before_the_hand_in_are_refused(
    contested: House, held: str
) -> None:
    lead = contested.visitor_of("lead")

    lead.get("evaluate.minutes", id=contested.sheet())
    page = lead.submit(SAVE, {**SESSION, "Ngày giờ làm việc": held}, status=422)

    assert "held-error" in page.document.ids


def test_minutes_may_be_written_on_a_concluded_sheet_too(house: House) -> None:
    released.released(house)
    house.office.do(house.actor("head"), explain.opened, house.sheet())
    house.clock.later(days=15)
    house.office.do(house.actor("lead"), decide.conclude, house.sheet())

    page = written(house).click("In biên bản")

    assert "- Đại diện Sở Nội vụ" in page.text


def test_a_wrong_hour_is_asked_for_as_the_hint_shows_it(contested: House) -> None:
    lead = contested.visitor_of("lead")

    lead.get("evaluate.minutes", id=contested.sheet())
    page = lead.submit(SAVE, {**SESSION, "Ngày giờ làm việc": "2026"}, status=422)

    assert "ngày/tháng/năm giờ:phút" in page.document.ids["held-error"].text
