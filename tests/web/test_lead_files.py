"""Rankings and sheets that leaders take out, read back by other programs."""

import csv
import io
import json
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
import sqlalchemy as sa

from evalsvc.domain.access import SERVICE
from evalsvc.domain.names import sort_key
from evalsvc.store.assessments import assessment
from tests.browsing import Page, Visitor
from tests.web.small_house import ROUND, House
from tests.web.test_lead import handed_in as handed_in
from tests.web.test_lead import review


@pytest.fixture
def leader(handed_in: House) -> Visitor:
    review(handed_in)
    return handed_in.visitor_of("leader")


def book(page: Page) -> Any:
    return openpyxl.load_workbook(io.BytesIO(page.body))


def rows_of(sheet: Any) -> list[list[object]]:
    """From the heads of the columns on."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return rows[next(at for at, row in enumerate(rows) if row[0] in ("Hạng", "Mã")) :]


def test_a_ranking_leaves_as_a_workbook_with_real_numbers(leader: Visitor) -> None:
    page = leader.get("lead.ranking_xlsx", code=ROUND, block="khoi-1")

    sheet = book(page).worksheets[0]
    head, first, second = rows_of(sheet)
    assert head[:8] == ["Hạng", "Đơn vị", "Mã đơn vị", "Khối", "A", "B", "C", "±"]
    assert first[:9] == [1, "Sở Nội vụ", "so-noi-vu", "khoi-1", 8.36, 7.5, 0, 1, 16.86]
    assert second[4:9] == [6.36, 7.5, 0, 0, 13.86]
    assert sheet.freeze_panes is not None
    assert sheet.auto_filter.ref is not None
    assert page.headers["Content-Disposition"] == (
        'attachment; filename="bang-xep-hang-nam-2026-khoi-so-nganh.xlsx"; '
        "filename*=UTF-8''B%E1%BA%A3ng%20x%E1%BA%BFp%20h%E1%BA%A1ng%20n%C4%83m%202026%2C%20"
        "Kh%E1%BB%91i%20s%E1%BB%9F%2C%20ng%C3%A0nh.xlsx"
    )


def test_a_file_has_a_column_for_every_line_where_it_is_wanted(leader: Visitor) -> None:
    page = leader.get("lead.ranking_xlsx", code=ROUND, block="khoi-1", layer="reviewed", lines=1)

    head, only = rows_of(book(page).worksheets[0])
    points = dict(zip(head, only, strict=True))
    assert [points[code] for code in ("A2", "B2", "C2")] == [2.86, 2, 2.5]
    assert points["C1"] is None, "still to come, which is not 0"


def test_lines_of_several_sets_are_told_apart_by_their_set(handed_in: House) -> None:
    handed_in.fill("xa-binh-an")
    handed_in.submit("xa-binh-an")

    page = handed_in.visitor_of("leader").get("lead.ranking_csv", code=ROUND, block="", lines=1)

    head, *rows = csv.reader(io.StringIO(page.body.decode("utf-8-sig")), delimiter=";")
    by_unit = {row[1]: dict(zip(head, row, strict=True)) for row in rows}
    assert by_unit["Xã Bình An"]["XA A1"] == "10,00"
    assert by_unit["Xã Bình An"]["SO A1"] == ""
    assert by_unit["Sở Nội vụ"]["SO A1"] == "2,00"


def test_a_ranking_leaves_as_csv_that_no_spreadsheet_runs(handed_in: House) -> None:
    wicked = '=HYPERLINK("x")'
    with handed_in.office.writing(SERVICE) as doing:
        named = assessment.update().where(assessment.c.unit_code == "so-y-te")
        doing.store.execute(named.values(unit_name=wicked, sort_key=sort_key(wicked)))

    page = handed_in.visitor_of("leader").get("lead.ranking_csv", code=ROUND, block="khoi-1")

    assert page.body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(page.body.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][:2] == ["1", "Sở Nội vụ"]
    assert rows[2][:2] == ["2", f"'{wicked}"]
    assert rows[2][8] == "13,86"


def test_who_is_listed_apart_stands_in_the_workbook_too(leader: Visitor) -> None:
    page = leader.get("lead.ranking_xlsx", code=ROUND, block="khoi-2")

    apart = [[cell.value for cell in row] for row in book(page)["Không xếp hạng"].iter_rows()]
    assert apart[-1] == ["Xã Bình An", "xa-binh-an", "khoi-2", "Chưa nộp"]


def test_a_line_that_is_not_applicable_is_empty_or_full_by_its_reason(house: House) -> None:
    house.fill("so-noi-vu")
    house.answer("so-noi-vu", "A2", "n/a khong-co")
    house.answer("so-noi-vu", "B2", "n/a khong-dan")
    house.submit("so-noi-vu")

    page = house.visitor_of("leader").get("lead.ranking_xlsx", code=ROUND, block="khoi-1", lines=1)

    head, only = rows_of(book(page).worksheets[0])
    points = dict(zip(head, only, strict=True))
    assert points["A2"] == 4
    assert points["B2"] is None


def test_a_sheet_leaves_as_a_workbook_with_its_steps(leader: Visitor, handed_in: House) -> None:
    page = leader.get("lead.sheet_xlsx", id=handed_in.sheet("so-noi-vu"))

    lines, steps = book(page).worksheets
    by_code = {row[0]: row for row in rows_of(lines)}
    assert by_code["B2"][4:] == [3, 2, None, "Theo kết luận thanh tra"]
    assert "17,36 + 1,00 = 18,36" in " ".join(str(cell.value) for cell in steps["B"])


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (
            f"/lead/rounds/{ROUND}/ranking.xlsx?block=khoi-1&layer=claimed",
            {"what": "ranking", "file": "xlsx", "block": "khoi-1", "layer": "claimed"},
        ),
        (
            f"/lead/rounds/{ROUND}/ranking.csv?block=",
            {"what": "ranking", "file": "csv", "block": "", "layer": ""},
        ),
        ("/lead/sheets/4/sheet.xlsx", {"what": "sheet", "file": "xlsx", "unit": "so-noi-vu"}),
    ],
)
def test_what_is_taken_out_is_journalled(
    leader: Visitor, handed_in: House, path: str, told: dict[str, str]
) -> None:
    leader.get(path)

    assert exports(handed_in) == [(handed_in.actor("leader").account, told)]


def test_what_may_not_be_taken_out_leaves_no_trace(leader: Visitor, handed_in: House) -> None:
    leader.get("lead.ranking_xlsx", code=ROUND, block="khoi-9", status=404)

    assert exports(handed_in) == []


def exports(house: House) -> list[tuple[int, dict[str, str]]]:
    found = sa.text("SELECT account_id, data FROM journal WHERE deed = 'export' AND stream = :of")
    with house.office.reading(SERVICE) as doing:
        rows = doing.store.execute(found, {"of": f"round:{ROUND}"}).all()
    return [(account, json.loads(data)) for account, data in rows]
