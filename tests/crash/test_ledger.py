"""The ledger finds what it is there to find: a lost save, a foreign one, half of one."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from evalsvc.domain.access import SERVICE, Role
from evalsvc.usecases import assess
from evalsvc.usecases.assess import Typed
from evalsvc.usecases.sheets import Seen
from evalsvc.usecases.work import Office
from tests.crash import village
from tests.crash.ledger import Ledger, Save, disagreements

FIRST = Save(1, "A2", "5/7", 0, "first")
LATER = Save(1, "A2", "6/7", 1, "later")


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    """With one acknowledged save."""
    made = village.settle(sqlite_url, village.opening(), village.UNITS)
    clerk = village.sign_in(made, "an", (Role.EDITOR, "so-1"))
    sheet = village.sheet_of(made, "so-1")
    seen = Seen(FIRST.seen, FIRST.key)
    made.do(clerk.actor, assess.save_answer, sheet, FIRST.line, Typed(FIRST.text), seen)
    yield made
    made.database.close()


def told(*saves: tuple[Save, int]) -> Ledger:
    ledger = Ledger()
    for save, version in saves:
        ledger.note(save, version)
    return ledger


def change(office: Office, statement: str) -> None:
    with office.writing(SERVICE) as doing:
        doing.store.execute(text(statement))


def test_what_was_acknowledged_and_is_kept_is_no_fault(office: Office) -> None:
    assert disagreements(office, told((FIRST, 1))) == []


def test_a_lost_save_is_found(office: Office) -> None:
    (found,) = disagreements(office, told((FIRST, 1), (LATER, 2)))

    assert found.startswith("lost: ")


def test_another_text_under_the_version_is_found(office: Office) -> None:
    (found,) = disagreements(office, told((Save(1, "A2", "1/7", 0, "first"), 1)))

    assert found.startswith("another one stands there: ")


@pytest.mark.parametrize(
    "half",
    [
        "UPDATE line SET claim = '6/7' WHERE assessment_id = 1 AND code = 'A2'",
        "UPDATE line SET version = 2 WHERE assessment_id = 1 AND code = 'A2'",
        "UPDATE line SET claim = NULL, state = 'unanswered', claimed_points = 0, version = 0"
        " WHERE assessment_id = 1 AND code = 'A2'",
        "UPDATE assessment SET answered = 0 WHERE id = 1",
        "UPDATE assessment SET entries = 0 WHERE id = 1",
    ],
)
def test_half_of_a_save_is_found(office: Office, half: str) -> None:
    change(office, half)

    assert disagreements(office, told((FIRST, 1))) != []
