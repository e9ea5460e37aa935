"""Every deed that changes something has its entry in the journal, and nothing lasting is deleted.

The watch stands in the small house, so every test of deeds and pages there is a test of this too.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import evalsvc
from evalsvc.domain.access import SERVICE
from evalsvc.domain.history import Entry
from evalsvc.store import journal, sheet_lines
from evalsvc.store.assessments import assessment
from evalsvc.usecases.work import Work
from tests.journalled import PERMANENT, Deleted, Unjournalled
from tests.web.small_house import House

SOURCE = Path(evalsvc.__file__).parent
MIGRATIONS = SOURCE / "store" / "migrations"


def silent(doing: Work, id_: int) -> None:
    (first, *_) = sheet_lines.of_assessment(doing.store, id_)
    columns = {"in_charge": "Ai đó"}
    sheet_lines.put(doing.store, id_, first.code, columns, seen=first.version)


def told(doing: Work, id_: int) -> None:
    silent(doing, id_)
    journal.note(doing.store, "try", Entry("try", doing.now, None))


def nothing(doing: Work, id_: int) -> None:
    """A statement that finds no row changes nothing."""
    doing.store.execute(assessment.update().where(assessment.c.id == -id_).values(late=True))


def rash(doing: Work, id_: int) -> None:
    doing.store.execute(sheet_lines.line.delete().where(sheet_lines.line.c.assessment_id == id_))


def in_charge(house: House) -> str:
    with house.office.reading(SERVICE) as doing:
        return sheet_lines.of_assessment(doing.store, house.sheet())[0].in_charge


def test_a_deed_without_an_entry_is_caught_and_undone(house: House) -> None:
    with pytest.raises(Unjournalled, match="silent changed line"):
        house.office.do(SERVICE, silent, house.sheet())

    assert in_charge(house) == ""


def test_a_deed_with_an_entry_goes_through(house: House) -> None:
    house.office.do(SERVICE, told, house.sheet())

    assert in_charge(house) == "Ai đó"


def test_a_deed_that_changes_nothing_needs_no_entry(house: House) -> None:
    house.office.do(SERVICE, nothing, house.sheet())

    assert in_charge(house) == ""


def test_a_deed_that_deletes_what_is_only_ever_ended_is_caught(house: House) -> None:
    with pytest.raises(Deleted):
        house.office.do(SERVICE, rash, house.sheet())


# The source: what is deleted anywhere


def deleted_in(path: Path) -> Iterator[str]:
    """Names of the tables on which a module calls `delete`; a loop over several names them all."""
    tree = ast.parse(path.read_text("utf-8"))
    loops = {
        loop.target.id: [ast.unparse(each) for each in loop.iter.elts]
        for loop in ast.walk(tree)
        if isinstance(loop, ast.For)
        and isinstance(loop.target, ast.Name)
        and isinstance(loop.iter, ast.Tuple)
    }
    for call in ast.walk(tree):
        match call:
            case ast.Call(func=ast.Attribute(value=of, attr="delete")):
                name = ast.unparse(of)
                yield from loops.get(name, [name])


def texts_in(path: Path) -> Iterator[str]:
    for each in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value


MODULES = [path for path in SOURCE.rglob("*.py") if not path.is_relative_to(MIGRATIONS)]
GOES = {
    *("session", "sign_in", "security_log", "upload"),  # swept when their time is over
    *("predecessor", "extension", "joint_session"),  # written anew, as the journal tells
    *("mark", "passed_over"),  # given on a claim that is no longer there, as the journal tells
}
"""Tables of which rows go; the journal has what they said."""


def test_only_these_tables_lose_rows() -> None:
    deleted = {name for path in MODULES for name in deleted_in(path)}

    assert deleted - GOES == set()
    assert GOES.isdisjoint(PERMANENT)


@pytest.mark.parametrize("word", ["delete from", "truncate table", "drop table"])
def test_no_statement_written_as_text_deletes(word: str) -> None:
    found = [path.name for path in MODULES for text in texts_in(path) if word in text.lower()]

    assert found == []
