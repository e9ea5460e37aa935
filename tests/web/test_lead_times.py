"""Deadlines of a round: leaders see them, and give more time to a unit, a block or all."""

from datetime import datetime

import pytest

from evalsvc.domain.access import SERVICE, Actor, Grant, Role
from evalsvc.domain.dates import ZONE
from evalsvc.domain.windows import Task
from evalsvc.store import accounts, assessments, journal
from evalsvc.usecases import blank, decide, explain, extensions, rounds
from evalsvc.usecases.extensions import To
from tests.browsing import Page, Visitor
from tests.page_forms import Label
from tests.statements import counted
from tests.web.evaluator import Answers
from tests.web.released import released
from tests.web.small_house import ROUND, House

LATER = datetime(2027, 1, 15, 17, tzinfo=ZONE)
WHOM, UNIT, WHAT = "Cho đơn vị nào", "Mã một đơn vị (không bắt buộc)", "Gia hạn việc"
UNTIL, REASON = "Gia hạn đến", "Lý do"
ONE: Answers = {UNIT: "so-y-te", UNTIL: "15/01/2027 17:00", REASON: "Bão số 9 làm mất điện"}
BLOCK: Answers = {**ONE, UNIT: "", WHOM: "Khối sở, ngành: 2 đơn vị"}
ALL: Answers = {**ONE, UNIT: "", WHOM: "Tất cả đơn vị trong kỳ: 3 đơn vị"}
GIVEN = "Các lần gia hạn"


@pytest.fixture
def leader(house: House) -> Visitor:
    visitor = house.visitor_of("leader")
    visitor.get("lead.times", code=ROUND)
    return visitor


def led(house: House, *grants: Grant) -> Visitor:
    """Somebody who leads less than everything."""
    with house.office.writing(SERVICE) as doing:
        id_ = accounts.add(doing.store, "khoi", "Lãnh đạo khối", "none", doing.now)
        accounts.put_password(doing.store, id_, "none", must_change=False)
        for grant in grants:
            accounts.add_grant(doing.store, id_, grant)
    house.people["khoi"] = Actor(id_, "Lãnh đạo khối", grants)
    return house.visitor_of("khoi")


def ends(house: House, task: Task = Task.ASSESS) -> dict[str, datetime]:
    """When the task closes for each unit that has more time."""
    found = {}
    with house.office.reading(SERVICE) as doing:
        for unit in ("so-noi-vu", "so-y-te", "xa-binh-an"):
            record = assessments.get(doing.store, house.actor("leader"), house.sheet(unit))
            assert record is not None
            window = assessments.window_of(doing.store, record, task)
            if window.closes == LATER:
                found[unit] = window.closes
    return found


def closed(house: House) -> None:
    """One sheet went through to its end; the round is closed over it."""
    released(house)
    house.office.do(house.actor("head"), explain.opened, house.sheet())
    house.clock.later(days=90)
    house.office.do(house.actor("lead"), decide.conclude, house.sheet())
    house.office.do(house.actor("leader"), rounds.close, ROUND, "12/QĐ-UBND")


def notices(page: Page) -> str:
    return next(each.text for each in page.document.all("div") if "notices" in each["class"])


# Looking


def test_the_windows_of_the_round_stand_with_their_state(leader: Visitor) -> None:
    _, *rows = leader.page.table("Thời gian của kỳ đánh giá")

    assert [row[1:] for row in rows] == [
        [
            "Tự đánh giá Đang mở, còn 10 ngày",
            "07:30 ngày 01/10/2026",
            "17:00 ngày 30/11/2026 Nhận muộn đến 17:00 ngày 02/12/2026",
            "–",
        ],
        [
            "Thẩm định Đang mở, còn 30 ngày",
            "07:30 ngày 01/11/2026",
            "17:00 ngày 20/12/2026",
            "–",
        ],
        [
            "Giải trình Chưa mở, còn 31 ngày",
            "07:30 ngày 21/12/2026",
            "17:00 ngày 24/12/2026",
            "–",
        ],
        [
            "Kết luận Chưa mở, còn 35 ngày",
            "07:30 ngày 25/12/2026",
            "17:00 ngày 30/12/2026",
            "–",
        ],
    ]
    assert "Chưa gia hạn cho đơn vị nào" in leader.page.text


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-09-29 12:00", "Chưa mở, còn 2 ngày"),
        ("2026-09-30 23:00", "Chưa mở, ngày mai mở"),
        ("2026-10-01 07:00", "Chưa mở, hôm nay mở"),
        ("2026-11-29 23:00", "Đang mở, hết hạn ngày mai"),
        ("2026-11-30 17:00", "Đang mở, hết hạn hôm nay"),
        ("2026-11-30 17:01", "Đã hết hạn, còn nhận muộn"),
        ("2026-12-02 17:01", "Đã hết hạn"),
    ],
)
def test_each_hour_has_its_words(house: House, at: str, said: str) -> None:
    house.clock.at = datetime.fromisoformat(at).replace(tzinfo=ZONE)

    page = house.visitor_of("leader").get("lead.times", code=ROUND)

    assert page.table("Thời gian của kỳ đánh giá")[1][1] == f"Tự đánh giá {said}"


def test_the_head_of_the_page_leads_to_the_newest_round(house: House) -> None:
    leader = house.visitor_of("leader")
    leader.get("lead.overview")

    page = leader.click("Thời hạn")

    assert page.address.endswith("/lead/times")
    assert page.heading == "Thời hạn"
    assert "năm 2026" in page.text


def test_a_leader_without_any_round_is_told_what_will_be_here(house: House) -> None:
    visitor = led(house, Grant(Role.LEADER, block="khoi-9"))

    assert "Chưa có kỳ đánh giá" in visitor.get("lead.times").text


@pytest.mark.parametrize(
    "where",
    [
        "/lead/rounds/NAM-1999/times",
        *(f"/lead/rounds/{ROUND}/times?page={page}" for page in ("0", "2", "x", "-1")),
    ],
)
def test_an_address_that_was_made_up_leads_nowhere(leader: Visitor, where: str) -> None:
    leader.get(where, status=404)


def test_the_page_in_english(house: House) -> None:
    office, actor = house.office, house.actor("leader")
    office.do(actor, extensions.extend, ROUND, LATER, "Bão số 9", To(block="khoi-1"))
    leader = house.visitor_of("leader")
    leader.get("lead.times", code=ROUND)

    page = leader.click("English")

    assert page.heading == "Deadlines"
    assert page.table("Times of the round")[1][1] == "Self-assessment Open, closes in 10 days"
    said = page.table("More time that was given")[1]
    assert said[1].startswith("Khối sở, ngành: 2 units")
    assert said[2] == "Self-assessment: until 17:00 on 15/01/2027 Bão số 9"


def test_the_page_asks_the_database_at_most_twelve_times(house: House, leader: Visitor) -> None:
    leader.submit("Gia hạn", ALL)

    with counted(house.engine) as sent:
        leader.get("lead.times", code=ROUND)

    assert len(sent) <= 12, "\n".join(sent)


# Giving


def test_one_unit_is_given_more_time(house: House, leader: Visitor) -> None:
    page = leader.submit("Gia hạn", ONE)

    assert "Đã gia hạn đến 17:00 ngày 15/01/2027 cho 1 đơn vị." in notices(page)
    assert page.moves == (f"/lead/rounds/{ROUND}/times",)
    assert page.table(GIVEN)[1][1:] == [
        "Sở Y tế",
        "Tự đánh giá: đến 17:00 ngày 15/01/2027 Bão số 9 làm mất điện",
        "leader 09:30 ngày 20/11/2026",
    ]
    assert ends(house) == {"so-y-te": LATER}


def test_a_unit_leads_to_its_sheet(leader: Visitor) -> None:
    leader.submit("Gia hạn", ONE)

    assert leader.click("Sở Y tế").heading.startswith("Sở Y tế")


def test_a_block_is_given_more_time_and_is_one_row(house: House, leader: Visitor) -> None:
    page = leader.submit("Gia hạn", {**BLOCK, WHAT: "Thẩm định"})

    assert "cho 2 đơn vị." in notices(page)
    (row,) = page.table(GIVEN)[1:]
    assert row[1].startswith("Khối sở, ngành: 2 đơn vị Xem các đơn vị")
    assert row[1].endswith("Sở Nội vụ, Sở Y tế")
    assert row[2].startswith("Thẩm định: đến 17:00 ngày 15/01/2027")
    assert page.table("Thời gian của kỳ đánh giá")[2][4] == "2 đơn vị"
    assert set(ends(house, Task.REVIEW)) == {"so-noi-vu", "so-y-te"}


def test_all_units_are_given_more_time(house: House, leader: Visitor) -> None:
    page = leader.submit("Gia hạn", ALL)

    assert "cho 3 đơn vị." in notices(page)
    assert page.table(GIVEN)[1][1].startswith("Tất cả đơn vị trong kỳ: 3 đơn vị")
    assert len(ends(house)) == 3


def test_what_is_left_of_a_deed_to_all_says_of_how_many_blocks(
    house: House, leader: Visitor
) -> None:
    leader.submit("Gia hạn", ALL)
    house.clock.later(minutes=1)

    page = leader.submit("Gia hạn", ONE)

    assert [row[1].partition(" Xem")[0] for row in page.table(GIVEN)[1:]] == [
        "Sở Y tế",
        "2 đơn vị thuộc 2 khối",
    ]


def test_the_journal_tells_who_gave_it(house: House, leader: Visitor) -> None:
    leader.submit("Gia hạn", BLOCK)

    with house.office.reading(SERVICE) as doing:
        told = journal.of_stream(doing.store, f"round:{ROUND}")[-1]
    assert (told.entry.deed, told.who) == ("extend-round", "leader")
    assert (told.entry.data or {})["units"] == "so-noi-vu so-y-te"


def test_explanations_of_a_released_sheet_go_on_longer(house: House) -> None:
    leader = released(house).visitor_of("leader")
    leader.get("lead.times", code=ROUND)

    leader.submit("Gia hạn", {**ONE, UNIT: "so-noi-vu", WHAT: "Giải trình"})

    page = house.visitor_of("head").get("unit.home")
    assert "Đơn vị giải trình được đến 17:00 ngày 15/01/2027" in page.text


# Refused


@pytest.mark.parametrize(
    ("wrong", "at", "said"),
    [
        ({UNIT: ""}, "over", "Ghi mã một đơn vị, hoặc chọn một khối hay tất cả đơn vị"),
        ({WHOM: "Khối xã: 1 đơn vị"}, "over", "chỉ một trong các cách đó"),
        ({WHOM: "Tất cả đơn vị trong kỳ: 3 đơn vị"}, "over", "chỉ một trong các cách đó"),
        ({UNIT: "so-khac"}, "unit", "Đơn vị “so-khac” không có phiếu trong kỳ này."),
        ({UNTIL: ""}, "until", "ngày/tháng/năm giờ:phút"),
        ({UNTIL: "mai"}, "until", "“mai” không phải là ngày kèm giờ."),
        ({UNTIL: "31/02/2027 17:00"}, "until", "“31/02/2027 17:00” không phải"),
        ({UNTIL: "30/11/2026 17:00"}, "until", "Ghi một thời điểm muộn hơn."),
        ({REASON: " "}, "reason", "Thiếu lý do."),
        ({REASON: "ữ" * 1_001}, "reason", "Lý do quá dài."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_all_that_was_typed_stays(
    house: House, leader: Visitor, wrong: Answers, at: str, said: str
) -> None:
    page = leader.submit("Gia hạn", {**ONE, **wrong}, status=422)

    summary = next(each for each in page.document.all("div") if each["class"] == "esum")
    assert [each["href"] for each in summary.all("a")] == [f"#{at}"]
    assert said in page.document.ids[f"{at}-error"].text
    typed = {**ONE, **wrong}
    assert {label: shown(page, label) for label in typed} == typed
    assert ends(house) == {}


def shown(page: Page, label: Label) -> str:
    """What stands in a field, as it is read; a browser leaves out the first line break."""
    form = page.form("Gia hạn")
    field, value = form.field(label), str(form.value(label))
    chosen = [each.text for each in field.all("option") if each["value"] == value]
    return (chosen or [value])[0].removeprefix("\r\n")


@pytest.mark.parametrize(
    ("forged", "at"),
    [
        ({"over": "block:khoi-9"}, "over"),
        ({"over": "khac"}, "over"),
        ({"task": "decide"}, "task"),
        ({"task": "nothing"}, "task"),
    ],
)
def test_what_the_form_does_not_offer_is_refused(
    house: House, leader: Visitor, forged: dict[str, str], at: str
) -> None:
    page = leader.submit("Gia hạn", {**ONE, UNIT: ""}, forged=forged, status=422)

    assert f"{at}-error" in page.document.ids
    assert ends(house) == ends(house, Task.DECIDE) == {}


def test_a_round_that_there_is_not_is_given_nothing(leader: Visitor) -> None:
    token = leader.page.form("Gia hạn").data()["csrf"]
    sent = {"csrf": token, "unit": "so-y-te", "task": "assess"}

    leader.post("/lead/rounds/NAM-1999/times", data=sent, status=404)


# A closed round


def test_a_closed_round_is_only_read(house: House) -> None:
    office, actor = house.office, house.actor("leader")
    office.do(actor, extensions.extend, ROUND, LATER, "Bão số 9", To("so-noi-vu"))
    closed(house)

    page = house.visitor_of("leader").get("lead.times", code=ROUND)

    assert "Kỳ đánh giá đã khép lại; các thời hạn giữ nguyên." in page.text
    assert page.table(GIVEN)[1][1] == "Sở Nội vụ"
    assert [form for form in page.forms if form.element.above("main")] == []


def test_what_is_sent_to_a_closed_round_is_refused(house: House, leader: Visitor) -> None:
    closed(house)
    leader = house.visitor_of("leader")
    leader.get("lead.overview")
    token = leader.page.forms[0].data()["csrf"]
    sent = {"unit": "so-y-te", "task": "assess", "until": "15/01/2027 17:00", "reason": "Bão"}

    path = f"/lead/rounds/{ROUND}/times"
    page = leader.post(path, data={"csrf": token, **sent}, status=422)
    empty = leader.post(path, data={"csrf": token}, status=422)

    assert "đã khép lại" in page.text
    assert [each.status for each in (page, empty)] == [422, 422]
    assert ends(house) == {}


# Scope


def test_a_leader_of_a_block_is_told_how_many_units_all_are(house: House) -> None:
    visitor = led(house, Grant(Role.LEADER, block="khoi-1"))
    visitor.get("lead.times", code=ROUND)
    offered = [each.text for each in visitor.page.document.ids["over"].all("option")]
    known = [each["value"] for each in visitor.page.document.ids["units"].all("option")]

    page = visitor.submit(
        "Gia hạn", {**ONE, UNIT: "", WHOM: "Tất cả đơn vị tôi phụ trách: 2 đơn vị"}
    )

    assert offered == [
        "Một đơn vị, theo mã",
        "Khối sở, ngành: 2 đơn vị",
        "Tất cả đơn vị tôi phụ trách: 2 đơn vị",
    ]
    assert known == ["so-noi-vu", "so-y-te"]
    assert "cho 2 đơn vị." in notices(page)
    assert set(ends(house)) == {"so-noi-vu", "so-y-te"}


@pytest.mark.parametrize("answers", [{UNIT: "xa-binh-an"}, {UNIT: ""}])
def test_a_leader_of_a_block_gives_nothing_to_another(house: House, answers: Answers) -> None:
    visitor = led(house, Grant(Role.LEADER, block="khoi-1"))
    visitor.get("lead.times", code=ROUND)
    forged = {} if answers[UNIT] else {"over": "block:khoi-2"}

    page = visitor.submit("Gia hạn", {**ONE, **answers}, forged=forged, status=422)

    assert "unit-error" in page.document.ids
    assert ends(house) == {}


def test_a_leader_of_a_block_does_not_see_who_else_has_more_time(house: House) -> None:
    office, actor = house.office, house.actor("leader")
    office.do(actor, extensions.extend, ROUND, LATER, "Lũ quét", To("xa-binh-an"))

    page = led(house, Grant(Role.LEADER, block="khoi-1")).get("lead.times", code=ROUND)

    assert "Xã Bình An" not in page.text
    assert "Lũ quét" not in page.text


# The unit


def test_a_unit_reads_at_home_until_when_it_has_and_why(house: House, leader: Visitor) -> None:
    leader.submit("Gia hạn", {**ONE, UNIT: "so-noi-vu"})

    page = house.visitor_of("editor").get("unit.home")

    assert "Tự đánh giá đến 17:00 ngày 15/01/2027" in page.text
    assert "Tự đánh giá: đến 17:00 ngày 15/01/2027 Lý do: Bão số 9 làm mất điện" in page.text
    assert "Được gia hạn" not in house.visitor_of("y-te-editor").get("unit.home").text


@pytest.mark.parametrize(("who", "where"), [("leader", "lead.times"), ("editor", "unit.home")])
def test_a_reason_that_was_taken_away_by_law_is_said_to_be(
    house: House, leader: Visitor, who: str, where: str
) -> None:
    leader.submit("Gia hạn", {**ONE, UNIT: "so-noi-vu"})
    stream = f"round:{ROUND}"
    with house.office.reading(SERVICE) as doing:
        number = journal.of_stream(doing.store, stream)[-1].number
    house.office.do(house.actor("admin"), blank.blank, stream, number, "Công văn 12")

    page = house.visitor_of(who).get(where)

    assert "mất điện" not in page.text
    assert "Nội dung đã được xóa theo quy định" in page.text
