"""Rounds are opened with what stands on the day, and concluded by a decision."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from evalsvc.catalog import round_openings
from evalsvc.catalog.faults import Faulty
from evalsvc.catalog.round_openings import RoundOpening
from evalsvc.domain.access import SERVICE, Actor, Grant, Role
from evalsvc.domain.answers import UNANSWERED
from evalsvc.domain.course import Status
from evalsvc.domain.dates import ZONE
from evalsvc.domain.errors import Forbidden, Refused
from evalsvc.domain.lines import Layer
from evalsvc.domain.windows import Task, Window
from evalsvc.store import accounts, journal, queues, units
from evalsvc.store.assessments import Record
from evalsvc.store.database import Database
from evalsvc.store.queues import Wanted
from evalsvc.store.units import UnitRecord
from evalsvc.usecases import decide, evaluate, explain, extensions, sheets
from evalsvc.usecases import rounds as deeds
from evalsvc.usecases.extensions import To
from evalsvc.usecases.found import Found
from evalsvc.usecases.sheets import Seen, Sheet
from evalsvc.usecases.verify import verify
from evalsvc.usecases.work import Office
from tests.web.small_house import HEADS, ROUND, House
from tests.web.small_sets import SO, XA

FILE = """\
format: 1
round: "2027"
title: Đánh giá năm 2027
year: 2027
sets: {so: so.yaml, xa: xa.yaml}
blocks:
  - {code: khoi-1, name: Khối sở}
  - {code: khoi-2, name: Khối xã}
overall: yes
dates: {B3: {q1: 12/3}}
windows:
  assess: {opens: "2027-10-01 07:30", closes: "2027-11-30 17:00", grace: 48h}
  review: {opens: "12/11/2027 07:30", closes: "18/12/2027 17:00"}
  decide: {opens: "2027-12-29 07:30", closes: "2028-01-15 17:00", grace: 1d}
"""
DAY = datetime(2027, 10, 1, tzinfo=ZONE).date()
UNITS = (
    UnitRecord("so-noi-vu", "Sở Nội vụ", "so", "khoi-1", place=2),
    UnitRecord("so-y-te", "Sở Y tế", "so", "khoi-1", place=1, tags=("chu-tri",)),
    UnitRecord("xa-binh-an", "Xã Bình An", "xa", "khoi-2", exempt="Mới thành lập"),
    UnitRecord("xa-cu", "Xã cũ", "xa", "khoi-2", valid_until=DAY - timedelta(1)),
    UnitRecord("xa-sau", "Xã sau", "xa", "khoi-2", valid_from=DAY + timedelta(1)),
    UnitRecord("doan", "Đoàn", "doan-the", "khoi-1"),
    UnitRecord("so-xa", "Sở xa", "so", "khoi-9"),
)


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    made = Office(Database(database_url))
    with made.writing(SERVICE) as doing:
        units.put_all(doing.store, UNITS)
        for name, role in (("hoi-dong", Role.EVALUATOR), ("to-truong", Role.LEAD)):
            id_ = accounts.add(doing.store, name, name, "-", doing.now)
            accounts.add_grant(doing.store, id_, Grant(role))
    yield made
    made.database.close()


Reads = Callable[..., RoundOpening]


@pytest.fixture
def reads(tmp_path: Path) -> Reads:
    """The opening that a file says; pairs of what is written otherwise."""

    def read(*changes: tuple[str, str], so: str = SO) -> RoundOpening:
        text = FILE
        for one, other in changes:
            assert one in text
            text = text.replace(one, other)
        for name, content in (("round.yaml", text), ("so.yaml", so), ("xa.yaml", XA)):
            (tmp_path / name).write_text(content, encoding="utf-8")
        return round_openings.load(tmp_path / "round.yaml")

    return read


def records(office: Office, code: str = "2027") -> dict[str, Record]:
    with office.reading(SERVICE) as doing:
        of = deeds.of_code(doing, code)
        return {each.unit_code: each for each in queues.led(doing.store, SERVICE, Wanted(of.id))}


def sheet(office: Office, record: Record) -> Sheet:
    with office.reading(SERVICE) as doing:
        return sheets.seen(doing, record.id)


def refusal(office: Office, opening: RoundOpening) -> Refused:
    with pytest.raises(Refused) as caught:
        office.do(SERVICE, deeds.open_, opening)
    return caught.value


# The file


def test_a_file_says_when_people_work_in_hours_of_vietnam(reads: Reads) -> None:
    opening = reads()

    assert dict(opening.windows) == {
        Task.ASSESS: Window(
            datetime(2027, 10, 1, 7, 30, tzinfo=ZONE),
            datetime(2027, 11, 30, 17, tzinfo=ZONE),
            timedelta(days=2),
        ),
        Task.REVIEW: Window(
            datetime(2027, 11, 12, 7, 30, tzinfo=ZONE), datetime(2027, 12, 18, 17, tzinfo=ZONE)
        ),
        Task.DECIDE: Window(
            datetime(2027, 12, 29, 7, 30, tzinfo=ZONE),
            datetime(2028, 1, 15, 17, tzinfo=ZONE),
            timedelta(days=1),
        ),
    }


def test_a_file_says_what_a_round_says(reads: Reads) -> None:
    opening = reads()

    assert (opening.code, opening.year, opening.half, opening.overall) == ("2027", 2027, None, True)
    assert [block.code for block in opening.blocks] == ["khoi-1", "khoi-2"]
    assert opening.dates["B3"]["q1"] == datetime(2027, 3, 12, tzinfo=ZONE).date()


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (("2027-11-30 17:00", "30 November"), ("not-a-moment", "windows.assess.closes")),
        (("2027-11-30 17:00", "2027-02-30 17:00"), ("not-a-moment", "windows.assess.closes")),
        (("2027-11-30 17:00", "2027-11-30 25:00"), ("not-a-moment", "windows.assess.closes")),
        (
            ("2027-11-30 17:00", "2027-09-30 17:00"),
            ("window-closes-first", "windows.assess.closes"),
        ),
        (("grace: 48h", "grace: soon"), ("not-a-span", "windows.assess.grace")),
        (("grace: 48h", "grace: 9000h"), ("not-a-span", "windows.assess.grace")),
        (("  review:", "  revue:"), ("missing-key", "windows.review")),
        (("  decide:", "  decision:"), ("unknown-key", "windows.decision")),
        (("xa: xa.yaml", "xa: XX-99"), ("no-such-set", "sets.xa")),
        (("xa: xa.yaml", "xa: so.yaml"), ("set-serves-other-kinds", "sets.xa")),
        (("code: khoi-2", "code: khoi-1"), ("duplicate-code", "blocks.2.code")),
        (("B3: {q1", "B9: {q1"), ("names-nothing", "dates.B9")),
        (("year: 2027", "year: 2031"), ("set-not-valid-in-year", "sets.so")),
        (("overall: yes", "units: []"), ("unknown-key", "units")),
    ],
)
def test_a_fault_of_the_file_is_told_at_its_place(
    reads: Reads, change: tuple[str, str], found: tuple[str, str]
) -> None:
    with pytest.raises(Faulty) as caught:
        reads(change)

    assert found in [(each.message, each.key) for each in caught.value.faults]


# Opening


def test_every_unit_of_the_day_with_a_set_and_a_block_gets_a_sheet(
    office: Office, reads: Reads
) -> None:
    opened = office.do(SERVICE, deeds.open_, reads())

    assert list(records(office)) == ["xa-binh-an", "so-y-te", "so-noi-vu"]
    assert opened.sheets == 3
    assert opened.left_out == ("doan", "so-xa")


def test_the_last_and_the_first_day_of_a_unit_count(office: Office, reads: Reads) -> None:
    on_the_day = ("2027-10-01 07:30", "2027-09-30 23:59")

    office.do(SERVICE, deeds.open_, reads(on_the_day))

    assert "xa-cu" in records(office)
    assert "xa-sau" not in records(office)


def test_a_sheet_begins_with_nothing_answered(office: Office, reads: Reads) -> None:
    opened = office.do(SERVICE, deeds.open_, reads())

    record = records(office)["so-noi-vu"]
    found = sheet(office, record)

    states = {code: line.state for code, line in found.lines.items()}
    assert (record.status, record.progress.answered, record.progress.asked) == (Status.OPEN, 0, 9)
    assert {code for code, state in states.items() if state == "not-due"} == {"C1", "C2"}
    assert found.lines["A2"].most == Decimal(4)
    assert list(found.lines) == [entry.code for entry in found.form.entries()]
    assert opened.lines == sum(len(sheet(office, each).lines) for each in records(office).values())


def test_what_a_unit_is_on_the_day_is_frozen(office: Office, reads: Reads) -> None:
    office.do(SERVICE, deeds.open_, reads())
    with office.writing(SERVICE) as doing:
        units.put_all(doing.store, [UnitRecord("so-y-te", "Sở Sức khỏe", "so", "khoi-9")])

    record = records(office)["so-y-te"]

    assert (record.unit_name, record.place.block) == ("Sở Y tế", "khoi-1")
    assert record.tags == {"chu-tri"}
    assert records(office)["xa-binh-an"].exempt == "Mới thành lập"


def test_the_dates_of_the_round_are_those_of_its_sheets(office: Office, reads: Reads) -> None:
    office.do(SERVICE, deeds.open_, reads())

    scale = sheet(office, records(office)["so-noi-vu"]).entry("B3").scale

    assert [due.day for due in scale.dues] == [  # type: ignore[union-attr]
        datetime(2027, 3, 12, tzinfo=ZONE).date(),
        datetime(2027, 6, 10, tzinfo=ZONE).date(),
    ]


def test_what_is_kept_beside_new_sheets_agrees_with_them(office: Office, reads: Reads) -> None:
    office.do(SERVICE, deeds.open_, reads())

    with office.reading(SERVICE) as doing:
        checked = verify(doing, pytest.fail)

    assert (checked.sheets, checked.entries, checked.differences) == (3, 1, 0)


def test_the_journal_names_the_texts_of_the_sets(office: Office, reads: Reads) -> None:
    opening = reads()
    office.do(SERVICE, deeds.open_, opening)

    with office.reading(SERVICE) as doing:
        told = journal.of_stream(doing.store, "round:2027")

    assert [each.entry.deed for each in told] == ["open-round"]
    assert opening.sets["so"].sha256 in str(dict(told[0].entry.data or {})["sets"])


def test_the_same_set_serves_several_rounds(office: Office, reads: Reads) -> None:
    office.do(SERVICE, deeds.open_, reads())

    office.do(SERVICE, deeds.open_, reads(('round: "2027"', 'round: "2027-2"')))

    assert len(records(office, "2027-2")) == 3


def test_a_round_is_not_opened_twice(office: Office, reads: Reads) -> None:
    office.do(SERVICE, deeds.open_, reads())

    assert refusal(office, reads()).message == "round-exists"


def test_a_set_that_changed_needs_another_version(office: Office, reads: Reads) -> None:
    office.do(SERVICE, deeds.open_, reads())
    changed = SO.replace("Đổi mới lề lối", "Thay đổi lề lối")

    refused = refusal(office, reads(('round: "2027"', 'round: "2028"'), so=changed))

    assert (refused.message, refused.facts) == ("set-changed", {"set": "SO", "version": "1"})


def test_a_round_without_units_is_refused(office: Office, reads: Reads) -> None:
    nobody = reads(("code: khoi-1", "code: khoi-7"), ("code: khoi-2", "code: khoi-8"))

    assert refusal(office, nobody).message == "round-without-units"


def test_every_unit_without_a_sheet_is_named_and_nothing_is_kept(
    office: Office, reads: Reads
) -> None:
    with office.writing(SERVICE) as doing:
        strange = [("a", "so"), ("b", "xa")]
        units.put_all(
            doing.store,
            [
                UnitRecord(code, code, kind, "khoi-1", tags=("lạ",), place=9)
                for code, kind in strange
            ],
        )

    refused = refusal(office, reads())

    assert refused.message == "units-without-sheet"
    assert refused.facts["units"] == ["a (lạ)", "b (lạ)"]
    with office.reading(SERVICE) as doing:
        assert deeds.all_of(doing) == []


def test_only_the_machine_room_opens_rounds(office: Office, reads: Reads) -> None:
    with pytest.raises(Forbidden):
        office.do(Actor(1, "Lãnh đạo", (Grant(Role.LEADER),)), deeds.open_, reads())


# Closing

AFTER_EXPLAINING = datetime(2026, 12, 26, 9, tzinfo=ZONE)


def reviewed(house: House, unit: str, refused: str = "") -> None:
    """Handed in and reviewed: one line adjusted, one given, the official one entered."""
    if refused:
        house.answer(unit, refused, "n/a khong-dan")
    house.fill(unit, but=[refused])
    house.submit(unit)
    id_, lead = house.sheet(unit), house.actor("lead")

    def do(deed: Callable[..., object], code: str, *words: object) -> None:
        with house.office.reading(SERVICE) as doing:
            version = sheets.seen(doing, id_).lines[code].version
        house.office.do(lead, deed, id_, code, *words, Seen(version))

    with house.office.reading(SERVICE) as doing:
        entries = list(sheets.seen(doing, id_).form.entries())
    for entry in entries:
        if entry.code == "C1":
            do(evaluate.enter_official, "C1", "88,5; 310/QĐ-UBND; 2/4/2026; 2025")
        elif entry.code == "C2":
            do(evaluate.adjust, "C2", Found("2,5; Chấp hành tốt"), "")
        elif entry.code == refused:
            do(evaluate.adjust, refused, Found(refuses=True), "Có tiếp dân")
        elif entry.code == "A2":
            do(evaluate.adjust, "A2", Found("4/7"), "Hai văn bản chưa quán triệt")
        else:
            do(evaluate.accept, entry.code)
    house.office.do(lead, evaluate.finish, id_)


def concluded(house: House, unit: str) -> None:
    """Reviewed, shown to the unit, which says nothing to it, and concluded."""
    reviewed(house, unit)
    conclude(house, unit)


def conclude(house: House, unit: str) -> None:
    id_, lead, now = house.sheet(unit), house.actor("lead"), house.clock.at
    house.office.do(lead, explain.release, id_)
    house.office.do(house.actor(HEADS[unit]), explain.opened, id_)
    house.clock.at = AFTER_EXPLAINING
    house.office.do(lead, decide.conclude, id_)
    house.clock.at = now


def close(house: House, decision: str = "QĐ số 15/QĐ-UBND ngày 15/01/2027") -> deeds.Closed:
    return house.office.do(SERVICE, deeds.close, ROUND, decision)


def test_a_concluded_sheet_is_closed_with_what_the_review_gave(house: House) -> None:
    concluded(house, "so-noi-vu")

    done = close(house)

    found = records(house.office, ROUND)["so-noi-vu"]
    lines = sheet(house.office, found).lines
    assert done == deeds.Closed(("so-noi-vu",), ("so-y-te", "xa-binh-an"))
    assert found.status is Status.CLOSED
    assert found.totals[Layer.FINAL] == found.totals[Layer.REVIEWED]
    assert (lines["A2"].final, lines["A2"].final_points) == ("4/7", lines["A2"].reviewed_points)
    assert lines["A1"].final == "yes"
    assert lines["C1"].final == lines["C1"].reviewed


def test_sheets_that_are_not_concluded_stay_as_they_are(house: House) -> None:
    concluded(house, "so-noi-vu")
    before = records(house.office, ROUND)

    close(house)

    after = records(house.office, ROUND)
    assert [after[unit] for unit in ("so-y-te", "xa-binh-an")] == [
        before[unit] for unit in ("so-y-te", "xa-binh-an")
    ]


def test_what_is_concluded_agrees_with_a_new_computation(house: House) -> None:
    concluded(house, "so-noi-vu")
    close(house)

    with house.office.reading(SERVICE) as doing:
        checked = verify(doing, pytest.fail)

    assert checked.differences == 0


def test_sheets_and_round_name_the_decision(house: House) -> None:
    concluded(house, "so-noi-vu")
    close(house, "QĐ 15")

    with house.office.reading(SERVICE) as doing:
        name = journal.assessment(house.sheet())
        of_sheet = journal.of_stream(doing.store, name)[-1].entry
        of_round = journal.of_stream(doing.store, f"round:{ROUND}")[-1].entry
        assert deeds.of_code(doing, ROUND).closed

    assert (of_sheet.deed, of_sheet.data) == ("close", {"decision": "QĐ 15"})
    assert (of_round.deed, dict(of_round.data or {})["concluded"]) == ("close-round", 1)


def test_a_refused_line_is_concluded_without_points(house: House) -> None:
    reviewed(house, "so-noi-vu", "B2")
    conclude(house, "so-noi-vu")

    found = sheet(house.office, records(house.office, ROUND)["so-noi-vu"])
    line = found.lines["B2"]
    assert found.mark(found.entry("B2"), line.final) is UNANSWERED
    assert (line.final, line.final_points) == ("", Decimal(0))


def test_a_round_is_closed_again_for_what_was_concluded_since(house: House) -> None:
    concluded(house, "so-noi-vu")
    close(house)
    concluded(house, "xa-binh-an")

    assert close(house).concluded == ("xa-binh-an",)


@pytest.mark.parametrize("decision", ["", "  "])
def test_closing_needs_a_decision(house: House, decision: str) -> None:
    with pytest.raises(Refused) as caught:
        close(house, decision)

    assert caught.value.message == "decision-missing"


def test_closing_needs_a_concluded_sheet(house: House) -> None:
    with pytest.raises(Refused) as caught:
        close(house)

    assert caught.value.message == "nothing-to-close"


def test_an_extension_after_the_end_is_refused(house: House) -> None:
    concluded(house, "so-noi-vu")
    close(house)
    later = datetime(2026, 12, 5, 17, tzinfo=ZONE)

    with pytest.raises(Refused) as caught:
        house.office.do(SERVICE, extensions.extend, ROUND, later, "Bão", To("so-y-te"))

    assert caught.value.message == "round-is-closed"
