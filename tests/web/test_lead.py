"""The desk of leaders: rankings, the sheet behind a rank, the line behind a number."""

import pytest
import sqlalchemy as sa

from evalsvc.domain.access import SERVICE, Actor, Grant, Role
from evalsvc.store import accounts, sheet_lines
from evalsvc.store.rounds import round_
from evalsvc.usecases import decide, evaluate, explain
from evalsvc.usecases.found import Found
from evalsvc.usecases.sheets import Seen
from tests.browsing import Page, Visitor
from tests.statements import counted
from tests.web import released, small_house
from tests.web.small_house import ROUND, After, House

MARKED = ("A1", "A2", "A3", "A4", "B1", "B3", "T1", "P1")
OFFICIAL = "80,5; 12/QĐ-UBND; 1/3/2026; 2025"
PAGES = (
    "/lead/",
    f"/lead/rounds/{ROUND}/",
    "/lead/ranking",
    f"/lead/rounds/{ROUND}/ranking",
    f"/lead/rounds/{ROUND}/ranking.xlsx",
    f"/lead/rounds/{ROUND}/ranking.csv",
    f"/lead/rounds/{ROUND}/apart",
    "/lead/sheets/{sheet}/",
    "/lead/sheets/{sheet}/lines/A1",
    "/lead/sheets/{sheet}/sheet.xlsx",
)


def two_departments(house: House) -> House:
    """Two departments that have handed in, the second with less; the commune has not."""
    house.fill("so-noi-vu")
    house.submit("so-noi-vu")
    house.fill("so-y-te", but=("A1", "T1"))
    house.submit("so-y-te")
    return house


@pytest.fixture
def handed_in(house_after: After) -> House:
    return house_after(two_departments)


@pytest.fixture
def leader(handed_in: House) -> Visitor:
    return handed_in.visitor_of("leader")


def review(house: House) -> int:
    """The sheet of Sở Nội vụ is reviewed, line B2 lower than claimed."""
    id_, lead = house.sheet("so-noi-vu"), house.actor("lead")
    for code in MARKED:
        house.office.do(lead, evaluate.accept, id_, code, Seen(version(house, id_, code)))
    found = {"B2": Found("vu 2; don 0"), "C2": Found(by_hand="2,5")}
    for code, each in found.items():
        seen = Seen(version(house, id_, code))
        house.office.do(lead, evaluate.adjust, id_, code, each, "Theo kết luận thanh tra", seen)
    return id_


def version(house: House, id_: int, code: str) -> int:
    with house.office.reading(house.actor("lead")) as doing:
        lines = sheet_lines.of_assessment(doing.store, id_)
    return next(line.version for line in lines if line.code == code)


def led(house: House, name: str, *grants: Grant) -> Visitor:
    """Somebody who leads less than everything."""
    with house.office.writing(SERVICE) as doing:
        id_ = accounts.add(doing.store, name, name, "none", doing.now)
        accounts.put_password(doing.store, id_, "none", must_change=False)
        for grant in grants:
            accounts.add_grant(doing.store, id_, grant)
    house.people[name] = Actor(id_, name, grants)
    return house.visitor_of(name)


def test_a_rank_opens_down_to_the_history_of_a_line(handed_in: House) -> None:
    review(handed_in)
    leader = handed_in.visitor_of("leader")

    leader.get("lead.ranking")
    leader.click("Sở Nội vụ")
    page = leader.click("Không để xảy ra quan liêu, sách nhiễu")

    assert page.heading == "B2. Không để xảy ra quan liêu, sách nhiễu"
    assert "4 − 2 × 1 − 0 × 2 = 2,00. Lý do: Theo kết luận thanh tra." in page.text
    assert "Kê khai: 4 − 1 × 1 − 0 × 2 = 3,00." in page.text


def test_a_ranking_names_its_columns_and_they_add_up(leader: Visitor) -> None:
    page = leader.get("lead.ranking", code=ROUND)

    head, first, second = page.table()
    assert head == [
        *("Hạng", "Đơn vị", "A", "B", "C", "±", "Tổng điểm"),
        *("Vị trí giữa các mức", "So 2025", "Xếp loại"),
    ]
    assert first[:7] == ["1", "Sở Nội vụ", "8,36", "7,50", "0,00", "+1,00", "Tự chấm16,86"]
    assert second[:7] == ["2", "Sở Y tế", "6,36", "7,50", "0,00", "–", "Tự chấm13,86"]
    assert "Tạm tính" in page.text
    assert "danh hiệu được tính khi công bố" in page.text


def test_the_points_of_the_groups_can_be_folded_away(leader: Visitor) -> None:
    leader.get("lead.ranking", code=ROUND)

    page = leader.click("Ẩn điểm các nhóm")

    assert page.table()[0][:3] == ["Hạng", "Đơn vị", "Tổng điểm"]

    page = leader.submit("Xem", {"Tìm đơn vị (không cần dấu)": "so y te"})

    assert page.table()[0][:3] == ["Hạng", "Đơn vị", "Tổng điểm"]

    page = leader.click("Hiện điểm các nhóm")

    assert page.table()[0][:3] == ["Hạng", "Đơn vị", "A"]


def test_a_leader_goes_back_to_the_year_before_and_returns(handed_in: House) -> None:
    leader = small_house.with_last_year(handed_in).visitor_of("leader")
    leader.get("lead.overview")

    assert "1/3 đơn vị đã nộp" in leader.click("Năm 2025").heading
    assert leader.click("Xem bảng xếp hạng").heading == "Bảng xếp hạng năm 2025"
    assert leader.click("Năm 2026").heading == "Bảng xếp hạng năm 2026"


def of_one_year(house: House) -> House:
    with house.office.writing(SERVICE) as doing:
        doing.store.execute(sa.update(round_).values(year=2026))
    return house


def test_two_rounds_of_one_year_are_told_apart_by_their_titles(house_after: After) -> None:
    page = house_after(of_one_year).visitor_of("leader").get("lead.ranking")

    assert page.link("Đánh giá công tác dân vận năm 2025")
    assert page.link("Đánh giá công tác dân vận năm 2026")


def test_a_search_needs_no_tone_marks_and_keeps_the_rank_among_all(leader: Visitor) -> None:
    leader.get("lead.ranking", code=ROUND)

    page = leader.submit("Xem", {"Tìm đơn vị (không cần dấu)": "so y te"})

    assert [row[:2] for row in page.table()[1:]] == [["2", "Sở Y tế"]]


def test_a_layer_that_a_sheet_has_not_reached_lists_it_apart(handed_in: House) -> None:
    review(handed_in)
    leader = handed_in.visitor_of("leader")
    leader.get("lead.ranking", code=ROUND)

    page = leader.submit("Xem", {"Xếp hạng theo": "Thẩm định"})

    assert [row[:2] for row in page.table()[1:]] == [["1", "Sở Nội vụ"]]
    assert "mới thẩm định" not in page.table()[1][-1]
    assert page.root.all("li", class_="hang")[0].text == "– Sở Y tế Chưa có điểm của bước chấm này."


def test_a_sheet_of_which_lines_are_not_marked_yet_says_how_many_are(handed_in: House) -> None:
    id_ = handed_in.sheet("so-noi-vu")
    handed_in.office.do(handed_in.actor("lead"), evaluate.accept, id_, "A1", Seen(1))

    page = handed_in.visitor_of("leader").get("lead.ranking", code=ROUND, layer="reviewed")

    assert "mới thẩm định 1/" in page.table()[1][-1]


def test_a_total_is_marked_as_final_only_once_its_sheet_is_closed(house: House) -> None:
    released.released(house)
    leader = house.visitor_of("leader")
    before = leader.get("lead.ranking", code=ROUND).table()[1][2:]
    house.office.do(house.actor("head"), explain.opened, house.sheet())
    house.clock.later(days=15)
    house.office.do(house.actor("lead"), decide.conclude, house.sheet())
    house.office.do(house.actor("leader"), decide.close, house.sheet(), "15/QĐ-UBND")

    after = house.visitor_of("leader").get("lead.ranking", code=ROUND).table()[1][2:]

    assert any("Đang có hiệu lực (tạm)" in cell for cell in before)
    assert any("Kết luận" in cell for cell in after)
    assert not any("Kết luận" in cell for cell in before)


def test_who_has_not_handed_in_is_listed_apart(leader: Visitor) -> None:
    page = leader.get("lead.ranking", code=ROUND, block="khoi-2")

    assert [each.text for each in page.root.all("li", class_="hang")] == ["– Xã Bình An Chưa nộp."]
    assert "0/1 đơn vị được xếp hạng" in page.text


def test_a_total_that_waits_for_lines_says_so_and_is_not_compared(handed_in: House) -> None:
    handed_in.clock.at = small_house.LAST_YEAR
    leader = small_house.with_last_year(handed_in).visitor_of("leader")

    page = leader.get("lead.ranking")

    assert [row[8] for row in page.table()[1:]] == ["–", "mới"]
    assert "còn chờ 2 dòng chưa có điểm" in page.table()[1][-1]


def test_a_gate_that_fires_is_named(handed_in: House) -> None:
    id_, lead = handed_in.sheet("so-noi-vu"), handed_in.actor("lead")
    day = small_house.NOW.date()
    handed_in.office.do(lead, evaluate.raise_flag, id_, "ky-luat", "QĐ 15/QĐ-UBND", day)
    leader = handed_in.visitor_of("leader")

    page = leader.get("lead.ranking")
    sheet = leader.get("lead.sheet", id=id_)

    assert "K1: Người đứng đầu bị kỷ luật" in page.table()[1][-1]
    assert "QĐ 15/QĐ-UBND ngày 20/11/2026" in sheet.text


def test_a_sheet_shows_three_layers_and_the_steps_of_each(handed_in: House) -> None:
    id_ = review(handed_in)

    page = handed_in.visitor_of("leader").get("lead.sheet", id=id_)

    lines = {row[0]: row[2:] for row in tables(page)[1]}
    assert lines["B2"] == ["4,00", "3,00", "2,00", "–"]
    assert lines["B"] == ["10,00", "7,50", "6,50", "–"]
    steps = [row[:3] for row in tables(page)[0][1:]]
    assert steps[1][2] == "18,36/30"
    assert "17,36 + 1,00 = 18,36" in steps[1][1]
    assert "Còn thiếu" in page.text


def tables(page: Page) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.all("th", "td")] for row in table.all("tr")]
        for table in page.root.all("table")
    ]


def test_the_overview_says_who_is_where(leader: Visitor) -> None:
    page = leader.get("lead.overview")

    assert page.heading == "2/3 đơn vị đã nộp phiếu"
    where = tables(page)[0]
    assert where[1] == ["Khối sở, ngành", "2", "2", *["0"] * 7]
    assert where[2] == ["Khối xã", "1", *["0"] * 6, "1", "0"]
    bands = tables(page)[1]
    assert bands[1] == ["Khối sở, ngành", "2", "0", "2", "0", "0"]
    heat = tables(page)[2]
    assert heat[1][:3] == ["1", "Sở Nội vụ", "69"]


def test_the_overview_tells_what_reviews_moved(handed_in: House) -> None:
    id_, lead = review(handed_in), handed_in.actor("lead")
    seen = Seen(version(handed_in, id_, "C1"))
    handed_in.office.do(lead, evaluate.enter_official, id_, "C1", OFFICIAL, seen)
    handed_in.office.do(lead, evaluate.finish, id_)

    page = handed_in.visitor_of("leader").get("lead.overview")

    assert page.heading == "1/3 đơn vị đã thẩm định xong"
    assert "do đơn vị kê khai thay đổi −1,00, tổng điểm thay đổi +5,53" in page.text


# What may be seen


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["editor", "head", "evaluator", "lead", "admin"])
def test_nobody_but_leaders_comes_here(handed_in: House, who: str, page: str) -> None:
    visitor = handed_in.visitor_of(who)

    visitor.get(page.format(sheet=handed_in.sheet("so-noi-vu")), status=404)


@pytest.mark.parametrize(
    "page",
    [
        f"/lead/rounds/{ROUND}/?block=khoi-2",
        f"/lead/rounds/{ROUND}/ranking?block=khoi-2",
        f"/lead/rounds/{ROUND}/ranking?block=",
        f"/lead/rounds/{ROUND}/ranking.xlsx?block=khoi-2",
        f"/lead/rounds/{ROUND}/ranking.csv?block=",
        f"/lead/rounds/{ROUND}/apart?block=khoi-2",
        f"/lead/rounds/{ROUND}/ranking?block=no-such-block",
        "/lead/sheets/{far}/",
        "/lead/sheets/{far}/lines/A1",
        "/lead/sheets/{far}/sheet.xlsx",
        "/lead/sheets/999999/",
        "/lead/rounds/no-such-round/ranking",
    ],
)
def test_a_leader_of_one_block_finds_nothing_of_another(handed_in: House, page: str) -> None:
    visitor = led(handed_in, "block-leader", Grant(Role.LEADER, block="khoi-1"))

    answer = visitor.get(page.format(far=handed_in.sheet("xa-binh-an")), status=404)

    assert answer.heading == "Không có trang này"


def test_a_leader_of_one_block_counts_and_finds_that_block_alone(handed_in: House) -> None:
    visitor = led(handed_in, "block-leader", Grant(Role.LEADER, block="khoi-1"))

    overview = visitor.get("lead.overview")
    found = visitor.get("lead.ranking", code=ROUND, q="binh an")

    assert overview.heading == "2/2 đơn vị đã nộp phiếu"
    assert "Xã Bình An" not in overview.text + found.text
    assert "Khối xã" not in overview.text + found.text


def test_a_leader_of_one_kind_is_told_that_ranks_are_among_those(handed_in: House) -> None:
    visitor = led(handed_in, "kind-leader", Grant(Role.LEADER, kind="so"))

    page = visitor.get("lead.ranking")

    assert "Thứ hạng tính trong số đơn vị thuộc phạm vi phụ trách" in page.text


def test_a_reviewer_who_leads_another_block_opens_only_what_is_led(handed_in: House) -> None:
    grants = Grant(Role.LEAD), Grant(Role.LEADER, block="khoi-2")
    visitor = led(handed_in, "both", *grants)

    visitor.get("lead.sheet", id=handed_in.sheet("so-noi-vu"), status=404)
    visitor.get("lead.sheet", id=handed_in.sheet("xa-binh-an"))


@pytest.mark.parametrize(
    "query", ["layer=best", "groups=2", "page=0", "page=2", "page=x", "page=-1"]
)
def test_an_address_that_was_made_up_leads_nowhere(leader: Visitor, query: str) -> None:
    leader.get(f"/lead/rounds/{ROUND}/ranking?{query}", status=404)


def test_a_leader_without_any_round_is_told_what_will_be_here(house: House) -> None:
    visitor = led(house, "nowhere", Grant(Role.LEADER, block="khoi-9"))

    page = visitor.get("lead.overview")

    assert "Chưa có kỳ đánh giá" in page.text


@pytest.mark.parametrize("page", [each for each in PAGES if "." not in each])
def test_a_page_asks_the_database_at_most_twelve_times(leader: Visitor, page: str) -> None:
    house = leader.app.extensions["evalsvc"].office
    path = page.format(sheet=4)
    leader.get(path)

    with counted(house.database.engine) as sent:
        leader.get(path)

    assert len(sent) <= 12, "\n".join(sent)


def test_a_late_sheet_is_marked_and_keeps_its_rank(house: House) -> None:
    house.clock.at = small_house.NOW.replace(month=12, day=1)
    house.fill("so-noi-vu")
    house.submit("so-noi-vu")

    page = house.visitor_of("leader").get("lead.ranking")

    assert page.table()[1][:2] == ["1", "Sở Nội vụ Nộp muộn"]
