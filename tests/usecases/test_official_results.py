"""Official results before and after hand-in: what the unit handed in does not move any more."""

import pytest

from evalsvc.domain.course import Status
from evalsvc.domain.errors import Refused
from evalsvc.domain.lines import Layer, State
from evalsvc.store import marks
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import evaluate, official_results, review, review_criteria, sheets, verify
from evalsvc.usecases.found import Found
from evalsvc.usecases.official_results import AskedResults
from evalsvc.usecases.sheets import Seen, Sheet
from evalsvc.usecases.verify import Difference
from tests.web.evaluator import handed_in, line_of, official
from tests.web.small_house import ROUND, After, House

INDEX = "87,61; 398/QĐ-UBND; 22/4/2026; 2025"
OTHER = "80; 511/QĐ-UBND; 2/6/2026; 2025"
MARKABLE = ("A1", "A2", "A3", "A4", "B1", "B2", "B3", "T1", "P1")


@pytest.fixture
def ready(house_after: After) -> House:
    return house_after(handed_in)


def look(house: House, unit: str = "so-noi-vu") -> Sheet:
    with house.office.reading(house.actor("lead")) as doing:
        return sheets.seen(doing, house.sheet(unit))


def claimed(house: House) -> str:
    return str(look(house).record.totals[Layer.CLAIMED].total)


def enter(house: House, text: str, unit: str = "so-noi-vu") -> None:
    official(house, unit, "C1", text)


def texts(line: LineRecord) -> tuple[str | None, str | None]:
    return line.claim, line.reviewed


def differences(house: House) -> list[Difference]:
    found: list[Difference] = []
    with house.office.reading(house.actor("lead")) as doing:
        verify.verify(doing, found.append)
    return found


def mark_all(house: House) -> None:
    by, id_ = house.actor("evaluator"), house.sheet()
    for code in MARKABLE:
        house.office.do(by, evaluate.accept, id_, code, Seen(line_of(house, code).version))
    house.office.do(by, evaluate.adjust, id_, "C2", Found(by_hand="3"), "", Seen(0))


def test_a_result_that_comes_while_the_sheet_is_open_belongs_to_the_claim(house: House) -> None:
    enter(house, INDEX)

    sheet = look(house)
    assert sheet.lines["C1"].claim is not None
    assert set(sheet.record.totals) == {Layer.CLAIMED}


def test_a_result_that_comes_after_hand_in_does_not_move_the_claimed_total(ready: House) -> None:
    before = claimed(ready)

    enter(ready, INDEX)

    sheet = look(ready)
    assert claimed(ready) == before
    assert texts(sheet.lines["C1"]) == (None, "87.61; 398/QĐ-UBND; 22/04/2026; 2025")
    assert str(sheet.lines["C1"].reviewed_points) == "4.38"
    assert sheet.record.totals[Layer.REVIEWED].waiting == 0
    assert sheet.record.totals[Layer.CLAIMED].waiting == 2


def test_a_result_that_changes_after_hand_in_leaves_what_was_handed_in(house: House) -> None:
    enter(house, INDEX)
    before = handed_in(house) and claimed(house)

    enter(house, OTHER)

    line = line_of(house, "C1")
    assert (claimed(house), line.claimed_points) == (before, line.claimed_points)
    assert (str(line.claimed_points), str(line.reviewed_points)) == ("4.38", "4.00")


def test_the_result_that_was_handed_in_once_more_leaves_nothing_beside_it(house: House) -> None:
    enter(house, INDEX)
    handed_in(house)
    enter(house, OTHER)

    enter(house, INDEX)

    assert line_of(house, "C1").reviewed is None


def test_a_result_that_is_taken_out_after_hand_in_is_still_to_come_again(house: House) -> None:
    enter(house, INDEX)
    before = handed_in(house) and claimed(house)

    enter(house, "")

    sheet = look(house)
    found = sheet.score(Layer.REVIEWED).line("C1")
    assert found is not None
    assert (claimed(house), found.state) == (before, State.NOT_DUE)
    assert sheet.lines["C1"].claim is not None


def test_a_result_that_came_after_hand_in_and_is_taken_out_leaves_nothing(ready: House) -> None:
    enter(ready, INDEX)

    enter(ready, "")

    assert texts(line_of(ready, "C1")) == (None, None)


def test_a_result_after_hand_in_is_nobodys_mark_and_counts_as_no_marked_line(ready: House) -> None:
    enter(ready, INDEX)

    with ready.office.reading(ready.actor("lead")) as doing:
        assert marks.of_assessment(doing.store, ready.sheet()) == []
    assert look(ready).record.progress.marked == 0


def test_the_review_is_not_finished_while_a_result_was_taken_out(house: House) -> None:
    enter(house, INDEX)
    handed_in(house)
    enter(house, "")
    mark_all(house)
    lead = house.actor("lead")

    with pytest.raises(Refused, match="lines-to-come"):
        house.office.do(lead, evaluate.finish, house.sheet())
    enter(house, OTHER)
    done = house.office.do(lead, evaluate.finish, house.sheet())

    assert done.record.status is Status.REVIEWED


def test_what_is_kept_agrees_with_what_is_worked_out_anew(house: House) -> None:
    enter(house, INDEX)
    handed_in(house)
    enter(house, "")
    enter(house, OTHER, "so-y-te")

    assert differences(house) == []


def test_the_list_of_results_shows_what_stands_now(house: House) -> None:
    enter(house, INDEX)
    handed_in(house)
    enter(house, OTHER)
    enter(house, INDEX, "so-y-te")

    with house.office.reading(house.actor("lead")) as doing:
        found = official_results.results(doing, ROUND, AskedResults("C1"))
        lines = review_criteria.lines(doing, ROUND, "", official=True)

    ((_, (listed,)),) = lines.sets[0].groups
    assert [str(row.official_score.points) for row in found.rows] == ["4.00", "4.38"]
    assert (found.given, listed.claimed, listed.sheets) == (2, 2, 2)
    assert found.latest is not None
    assert found.latest.document == "511/QĐ-UBND"


def test_the_page_of_a_sheet_waits_for_what_was_taken_out(house: House) -> None:
    enter(house, INDEX)
    handed_in(house)

    enter(house, "")

    with house.office.reading(house.actor("lead")) as doing:
        found = review.sheet_of(doing, house.sheet())
    assert [entry.code for entry in found.to_come] == ["C1"]
