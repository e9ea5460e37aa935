"""What is known of a sheet from the last deed on it is what the database has."""

from collections.abc import Callable, Iterator

import pytest

from evalsvc.domain.access import SERVICE
from evalsvc.domain.lines import Layer
from evalsvc.domain.windows import Task
from evalsvc.store import assessments
from evalsvc.store.assessments import Record
from evalsvc.usecases import assess, sheets
from evalsvc.usecases.assess import Typed
from evalsvc.usecases.sheets import Seen, Sheet
from evalsvc.usecases.work import Office, Work
from tests.statements import counted
from tests.usecases.together import another_process
from tests.web.small_house import House

UNIT, LINE = "so-noi-vu", "A2"


@pytest.fixture
def other(house: House) -> Iterator[Office]:
    """The same service in a second process."""
    with another_process(house) as office:
        yield office


def answer(house: House, office: Office, version: int) -> None:
    typed = Typed(f"{version}/7")
    deed, id_ = assess.save_answer, house.sheet(UNIT)
    office.do(house.actor("editor"), deed, id_, LINE, typed, Seen(version))


def answer_and_fail(doing: Work, id_: int) -> None:
    assess.save_answer(doing, id_, LINE, Typed("5/7"), Seen(1))
    raise KeyError


def hand_in(house: House, office: Office) -> None:
    house.fill(UNIT)
    office.do(house.actor("head"), assess.submit, house.sheet(UNIT), [])


def both(house: House) -> tuple[Record, Record]:
    """As the next deed has it, and as the database has it."""
    with house.office.writing(SERVICE) as doing:
        sheet, _ = sheets.held(doing, house.sheet(UNIT), Task.ASSESS)
        return sheet.record, assessments.held(doing.store, house.sheet(UNIT))


@pytest.mark.parametrize("deed", [lambda house, office: answer(house, office, 0), hand_in])
def test_the_next_deed_has_what_the_last_one_put(
    house: House, deed: Callable[[House, Office], None]
) -> None:
    deed(house, house.office)

    known, kept = both(house)

    assert known == kept


def test_a_deed_of_another_process_is_seen(house: House, other: Office) -> None:
    answer(house, house.office, 0)
    answer(house, other, 1)

    known, kept = both(house)

    assert known == kept
    assert known.head.number == 2


def test_a_deed_that_was_undone_leaves_nothing(house: House) -> None:
    answer(house, house.office, 0)
    with pytest.raises(KeyError):
        house.office.do(house.actor("editor"), answer_and_fail, house.sheet(UNIT))

    known, kept = both(house)

    assert known == kept
    assert known.head.number == 1


def test_a_second_save_reads_nothing_but_the_lock(house: House) -> None:
    answer(house, house.office, 0)
    actor, id_ = house.actor("editor"), house.sheet(UNIT)

    with counted(house.engine) as statements:
        house.office.do(actor, assess.save_answer, id_, LINE, Typed("1/7"), Seen(1))

    assert sum(each.startswith("SELECT") for each in statements) == 1


def sheet_of(house: House) -> Sheet:
    with house.office.reading(SERVICE) as doing:
        return sheets.seen(doing, house.sheet(UNIT))


def test_only_the_section_of_a_line_that_changed_is_made_anew(house: House) -> None:
    answer(house, house.office, 0)
    before = dict(sheet_of(house).parts)

    answer(house, house.office, 1)

    after = sheet_of(house).parts
    assert len(after) > 1
    assert [code for code, part in after.items() if part is not before[code]] == [LINE[0]]


@pytest.mark.parametrize("layer", Layer)
def test_a_score_that_is_made_of_what_is_known_is_what_the_database_says(
    house: House, layer: Layer
) -> None:
    for version in range(2):
        answer(house, house.office, version)
        sheet_of(house).score(layer)

    found = sheet_of(house)

    with house.office.reading(SERVICE) as doing:
        anew = sheets.anew(doing, found.record)
    assert found.score(layer) == anew.score(layer)
    assert found.progress() == anew.progress() == found.record.progress
