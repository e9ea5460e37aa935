"""Handing in: the list of what is missing, an explicit yes, and only the head."""

import pytest

from tests.web.small_house import House, open_one
from tests.web.small_sets import SO

GATED = "CO-DIEU-KIEN"
_GATE = """\
  - code: K2
    name: Không có kế hoạch
    if: {answer: A1, is: no}
    unrated: yes
"""


def submit(house: House) -> str:
    return f"/unit/sheets/{house.sheet()}/submit"


def test_what_is_missing_is_listed_with_links(house: House) -> None:
    house.fill("so-noi-vu", but=["A3", "P1"])

    page = house.visitor_of("head").get(submit(house))

    assert page.link("Rà soát, sắp xếp bộ máy")["href"].endswith("/groups/A#A3")
    assert page.link("Vượt cấp, đông người")["href"].endswith("/groups/P#P1")
    assert "Dòng điểm trừ phải kê khai cả khi không có vụ việc nào." in page.text


def with_gate(house: House) -> int:
    """The sheet of a round whose set does not rate who has no plan; nothing is answered."""
    text = SO.replace("    at-most: kha\n", f"    at-most: kha\n{_GATE}").replace("SO", "CK", 1)
    open_one(house, GATED, text)
    return house.sheet(round_code=GATED)


def test_what_a_missing_answer_leads_to_is_told_before_the_yes(house: House) -> None:
    id_ = with_gate(house)
    house.answer_on(id_, ("P1", "0", ""), house.actor("head"))

    page = house.visitor_of("head").get("unit.submit", id=id_)

    assert "Nếu nộp như hiện nay: Điều kiện K2 (Không có kế hoạch): không xếp loại" in page.text


def test_a_deduction_without_an_answer_stands_in_the_way(house: House) -> None:
    house.fill("so-noi-vu", but=["P1"])

    page = house.visitor_of("head").get(submit(house))

    assert submit(house) not in [each.element["action"] for each in page.forms]


def test_the_head_hands_in_with_the_gaps_accepted(house: House) -> None:
    house.fill("so-noi-vu", but=["A3"])
    visitor = house.visitor_of("head")
    visitor.get(submit(house))

    yes = "Đồng ý nộp phiếu; 1 dòng chưa kê khai được 0 điểm."
    page = visitor.submit(submit(house), {yes: True})

    assert "Phiếu đã được nộp." in page.text
    assert "Đã nộp lúc 09:30 ngày 20/11/2026." in page.text


def test_without_the_yes_nothing_is_handed_in(house: House) -> None:
    house.fill("so-noi-vu")
    visitor = house.visitor_of("head")
    visitor.get(submit(house))

    page = visitor.submit(submit(house), status=422)

    assert "anh, chị chưa đánh dấu vào ô đồng ý" in page.text
    assert "Kê khai" not in page.heading


def test_gaps_that_were_not_shown_are_shown_now(house: House) -> None:
    house.fill("so-noi-vu")
    visitor = house.visitor_of("head")
    visitor.get(submit(house))
    form = visitor.page.form(submit(house))
    house.answer("so-noi-vu", "A3", "", by="second")

    page = visitor.submit(form, {"Đồng ý nộp phiếu như hiện nay.": True}, status=422)

    assert "Chưa kê khai: 1" in page.text


def test_an_editor_sees_who_can_hand_in(house: House) -> None:
    house.fill("so-noi-vu")

    page = house.visitor_of("editor").get(submit(house))

    assert "Người nộp được: Lãnh đạo Sở Nội vụ." in page.text
    assert submit(house) not in [each.element["action"] for each in page.forms]


def test_an_editor_does_not_hand_in(house: House) -> None:
    house.fill("so-noi-vu")
    visitor = house.visitor_of("editor")
    token = visitor.get(submit(house)).root.first("input", name="csrf")["value"]

    visitor.post(submit(house), data={"csrf": token, "yes": "yes"}, status=403)

    assert "Đã nộp lúc" not in house.visitor_of("head").get(submit(house)).text


@pytest.mark.parametrize(("days", "times"), [(0, 0), (11, 1)])
def test_late_stays_written_on_the_sheet(house: House, days: int, times: int) -> None:
    house.fill("so-noi-vu")
    house.clock.later(days=days)
    visitor = house.visitor_of("head")
    visitor.get(submit(house))

    page = visitor.submit(submit(house), {"Đồng ý nộp phiếu như hiện nay.": True})

    assert page.text.count("Nộp quá hạn.") == times


def test_a_sheet_that_is_handed_in_shows_values_as_text(house: House) -> None:
    house.fill("so-noi-vu")
    house.submit("so-noi-vu")

    page = house.visitor_of("head").get(f"/unit/sheets/{house.sheet()}/groups/A")

    assert "5/7 văn bản × 4 điểm = 2,86" in page.text
    assert not [each for each in page.forms if "/lines/" in each.element["action"]]


def test_a_sheet_that_is_handed_in_takes_no_more_answers(house: House) -> None:
    house.fill("so-noi-vu")
    visitor = house.visitor_of("editor")
    line = f"/unit/sheets/{house.sheet()}/lines/A1"
    visitor.get(f"/unit/sheets/{house.sheet()}/groups/A")
    form = visitor.page.form(line)
    house.submit("so-noi-vu")

    page = visitor.submit(form, {"Không": True}, status=422)

    assert "Phiếu này đã nộp" in page.text or "đã được nộp" in page.text
