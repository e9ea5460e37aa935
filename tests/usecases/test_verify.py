"""What is kept is compared with what people wrote: whatever was tampered with is found."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from evalsvc.domain.access import SERVICE
from evalsvc.store.assessments import assessment
from evalsvc.store.journal import journal
from evalsvc.store.sheet_lines import line
from evalsvc.usecases.verify import Checked, Difference, Kind, verify
from tests.usecases.test_rounds import close, concluded
from tests.web.small_house import After, House

WHERE = "NAM-2026/so-noi-vu"
UNGUARD = {
    "sqlite": ("DROP TRIGGER journal_no_update", "DROP TRIGGER journal_no_delete"),
    "postgresql": (
        "DROP TRIGGER journal_no_update ON journal",
        "DROP TRIGGER journal_no_delete ON journal",
    ),
}


def with_most_answers(house: House) -> House:
    house.fill("so-noi-vu", but=["B1"])
    return house


@pytest.fixture
def answered(house_after: After) -> House:
    return house_after(with_most_answers)


def check(house: House) -> tuple[Checked, list[Difference]]:
    found: list[Difference] = []
    with house.office.reading(SERVICE) as doing:
        return verify(doing, found.append), found


def tamper(house: House, *statements: str) -> list[tuple[Kind, str, str]]:
    """What is found after somebody changed the database by hand."""
    id_ = house.sheet()
    words = {
        "line": f"code = 'A2' AND assessment_id = {id_}",
        "sheet": f"id = {id_}",
        "stream": f"stream = 'assessment:{id_}'",
    }
    with house.office.database.writing() as connection:
        for statement in (*UNGUARD[connection.dialect.name], *statements):
            connection.execute(sa.text(statement.format_map(words)))
    checked, found = check(house)
    assert checked.differences == len(found)
    return [(each.kind, each.where, each.what) for each in found]


def all_agree(house: House) -> bool:
    checked, found = check(house)
    return not found and not checked.differences


def test_new_sheets_agree(house: House) -> None:
    assert all_agree(house)


def test_it_says_how_much_was_looked_at(answered: House) -> None:
    checked, _ = check(answered)

    with answered.office.database.reading() as connection:
        kept = [
            connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in (assessment, line, journal)
        ]
    assert [checked.sheets, checked.lines, checked.entries] == kept


def _handed_in(house: House) -> None:
    house.fill("so-noi-vu")
    house.submit("so-noi-vu")


def _closed(house: House) -> None:
    concluded(house, "so-noi-vu")
    close(house)


@pytest.mark.parametrize("course", [_handed_in, _closed])
def test_a_sheet_agrees_all_along_its_course(house: House, course: Callable[[House], None]) -> None:
    course(house)

    assert all_agree(house)


def test_an_answer_changed_by_hand_is_found_in_its_line_and_in_the_summary(
    answered: House,
) -> None:
    found = tamper(answered, "UPDATE line SET claim = '6/7' WHERE {line}")

    assert (Kind.LINE, WHERE, "A2, claimed_points") in found
    assert (Kind.SUMMARY, WHERE, "claimed_compared") in found


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (
            "UPDATE line SET claimed_points = 1000000 WHERE {line}",
            (Kind.LINE, WHERE, "A2, claimed_points"),
        ),
        ("UPDATE line SET state = 'unanswered' WHERE {line}", (Kind.LINE, WHERE, "A2, state")),
        ("UPDATE line SET most = 9000000 WHERE {line}", (Kind.LINE, WHERE, "A2, most")),
        (
            "UPDATE line SET reviewed_points = 0 WHERE {line}",
            (Kind.LINE, WHERE, "A2, reviewed_points"),
        ),
        ("UPDATE line SET claim = 'six of seven' WHERE {line}", (Kind.UNREADABLE, WHERE, "A2")),
    ],
)
def test_a_line_changed_by_hand_is_found(
    answered: House, change: str, found: tuple[Kind, str, str]
) -> None:
    assert found in tamper(answered, change)


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ("UPDATE assessment SET in_force = 1 WHERE {sheet}", "in_force"),
        ("UPDATE assessment SET answered = 99 WHERE {sheet}", "answered"),
        ("UPDATE assessment SET claimed = replace(claimed, '1', '2') WHERE {sheet}", "claimed"),
        ("UPDATE assessment SET rated = NOT rated WHERE {sheet}", "rated"),
        (
            "UPDATE assessment SET reviewed = claimed, reviewed_compared = in_force WHERE {sheet}",
            "reviewed",
        ),
    ],
)
def test_a_summary_changed_by_hand_is_found(answered: House, change: str, column: str) -> None:
    found = tamper(answered, change)

    assert (Kind.SUMMARY, WHERE, column) in found


def test_a_line_taken_away_is_found(answered: House) -> None:
    found = tamper(answered, "DELETE FROM line WHERE {line}")

    assert found == [(Kind.LINES, WHERE, "A2")]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE journal SET deed = 'x' WHERE {stream} AND number = 2", [(Kind.CHANGED, "2")]),
        (
            "UPDATE journal SET data = '{{}}' WHERE {stream} AND number = 2",
            [(Kind.CHANGED, "2")],
        ),
        (
            "UPDATE journal SET link = digest WHERE {stream} AND number = 2",
            [(Kind.UNLINKED, "2"), (Kind.UNLINKED, "3")],
        ),
        (
            "DELETE FROM journal WHERE {stream} AND number = 2",
            [(Kind.GAP, "3"), (Kind.UNLINKED, "3")],
        ),
        ("DELETE FROM journal WHERE {stream} AND number = 8", [(Kind.HEAD, "")]),
    ],
)
def test_a_journal_changed_by_hand_is_found(
    answered: House, statement: str, found: list[tuple[Kind, str]]
) -> None:
    assert tamper(answered, statement) == [(kind, WHERE, what) for kind, what in found]


def test_an_entry_of_no_sheet_is_found(answered: House) -> None:
    strayed = "UPDATE journal SET stream = 'assessment:999' WHERE {stream}"

    assert tamper(answered, strayed) == [(Kind.HEAD, WHERE, ""), (Kind.STRAY, "", "")]
