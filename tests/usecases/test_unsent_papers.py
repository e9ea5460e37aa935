"""Documents that a unit gathers for an explanation are its own until the explanation is sent."""

from collections.abc import Callable
from datetime import date

import pytest

from evalsvc.domain.evidence import Described
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import (
    evidence,
    explanations_seen,
    histories_seen,
    rank_sheets,
    review,
    sheets,
)
from evalsvc.usecases.evidence import Paper
from evalsvc.usecases.work import Work
from tests.web import released
from tests.web.released import contested, seen
from tests.web.small_house import After, House

CODE = "A2"
NUMBER, TITLE = "09/KH-SNV", "Kế hoạch tự kiểm tra"
PLAN = Paper(Described(NUMBER, date(2026, 1, 20), title=TITLE))
OTHER = Paper(Described("10/KH-SNV", date(2026, 1, 21), title=TITLE))


def with_plan(house: House) -> House:
    """Released; the unit has put a document on a line and has not said a word to it yet."""
    released.released(house)
    by, id_ = house.actor("editor"), house.sheet()
    house.office.do(by, evidence.attach, id_, CODE, PLAN, seen(house, CODE))
    return house


@pytest.fixture
def ready(house_after: After) -> House:
    return house_after(with_plan)


def line(house: House) -> LineRecord:
    with house.office.reading(house.actor("head")) as doing:
        return sheets.seen(doing, house.sheet()).lines[CODE]


def shown(house: House) -> int:
    with house.office.reading(house.actor("editor")) as doing:
        [found] = evidence.of_line(doing, house.sheet(), CODE)
    return found.id


def of_sheet(doing: Work, id_: int) -> object:
    return histories_seen.of_sheet(doing, id_, 1).history


def of_led_line(doing: Work, id_: int) -> object:
    return rank_sheets.opened_line(doing, id_, CODE).history


def of_reviewed_line(doing: Work, id_: int) -> object:
    return review.histories(doing, review.sheet_of(doing, id_), [CODE])


def to_correct(doing: Work, id_: int) -> object:
    return explanations_seen.to_correct(doing, id_, CODE).evidence


SEEN: list[tuple[str, Callable[[Work, int], object]]] = [
    ("lead", of_sheet),
    ("evaluator", of_sheet),
    ("leader", of_sheet),
    ("leader", of_led_line),
    ("lead", of_reviewed_line),
    ("evaluator", of_reviewed_line),
    ("lead", to_correct),
]


@pytest.mark.parametrize(("who", "look"), SEEN)
def test_a_document_of_an_unsent_explanation_is_told_to_nobody_else(
    ready: House, who: str, look: Callable[[Work, int], object]
) -> None:
    with ready.office.reading(ready.actor(who)) as doing:
        found = repr(look(doing, ready.sheet()))

    assert (NUMBER in found, TITLE in found) == (False, False)


@pytest.mark.parametrize(("who", "look"), SEEN)
def test_it_is_told_once_the_explanation_is_sent(
    ready: House, who: str, look: Callable[[Work, int], object]
) -> None:
    contested(ready, CODE)

    with ready.office.reading(ready.actor(who)) as doing:
        found = repr(look(doing, ready.sheet()))

    assert NUMBER in found


@pytest.mark.parametrize("who", ["editor", "head"])
def test_the_unit_reads_of_it_at_once(ready: House, who: str) -> None:
    with ready.office.reading(ready.actor(who)) as doing:
        found = repr(of_sheet(doing, ready.sheet()))

    assert NUMBER in found


def test_what_is_replaced_and_taken_off_before_it_is_sent_is_told_to_nobody_else(
    ready: House,
) -> None:
    by, id_ = ready.actor("editor"), ready.sheet()
    was = shown(ready)
    ready.office.do(by, evidence.replace_, id_, CODE, was, OTHER, seen(ready, CODE))
    ready.office.do(by, evidence.remove, id_, CODE, shown(ready), seen(ready, CODE))

    with ready.office.reading(ready.actor("lead")) as doing:
        found = repr(of_sheet(doing, id_))

    assert ("KH-SNV" in found, TITLE in found) == (False, False)


def test_the_number_on_the_chip_of_reviewers_is_that_of_the_claim(ready: House) -> None:
    assert line(ready).evidence == 0
