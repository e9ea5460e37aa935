"""Reviewers and units at the same time, on both databases: the second gets a clear answer."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from evalsvc.domain.errors import Refused, Stale
from evalsvc.domain.line_course import Step
from evalsvc.usecases import assess, bulk, evaluate, returns
from evalsvc.usecases.bulk import Batch, Pick
from evalsvc.usecases.found import Found
from evalsvc.usecases.sheets import Seen, Sheet
from evalsvc.usecases.verify import Difference, verify
from evalsvc.usecases.work import Office, Work
from tests.usecases.together import another_process, at_once, while_held
from tests.web.evaluator import line_of
from tests.web.small_house import SERVICE, After, House

UNITS = "so-noi-vu", "so-y-te"
Does = Callable[[Work], Any]


@pytest.fixture
def other(house: House) -> Iterator[Office]:
    """The same service in a second process."""
    with another_process(house) as office:
        yield office


def all_handed_in(house: House) -> House:
    for unit in UNITS:
        house.fill(unit)
        house.submit(unit)
    return house


@pytest.fixture
def house(house_after: After) -> House:
    return house_after(all_handed_in)


@pytest.fixture
def ready(house: House) -> House:
    return house


def accept(house: House) -> Does:
    id_ = house.sheet()
    return lambda doing: evaluate.accept(doing, id_, "A2", Seen(1))


def send_back(house: House) -> Does:
    id_, until = house.sheet(), house.clock.at + timedelta(days=2)
    return lambda doing: returns.return_line(doing, id_, "A2", until, "Thiếu danh mục.", Seen(1))


def recall(house: House) -> Does:
    id_ = house.sheet()
    return lambda doing: assess.recall(doing, id_)


def second(office: Office, house: House, who: str, does: Does) -> Callable[[], Any]:
    return partial(office.do, house.actor(who), does)


def why(outcome: Any) -> str:
    assert isinstance(outcome, Refused)
    return outcome.message


def differences(house: House) -> list[Difference]:
    found: list[Difference] = []
    with house.office.reading(SERVICE) as doing:
        verify(doing, found.append)
    return found


@pytest.mark.parametrize(
    ("first", "then", "refusal"),
    [
        (("head", recall), ("evaluator", accept), "sheet-not-handed-in"),
        (("evaluator", accept), ("head", recall), "review-has-begun"),
        (("evaluator", send_back), ("head", recall), "review-has-begun"),
        (("head", recall), ("evaluator", send_back), "sheet-not-handed-in"),
    ],
)
def test_a_sheet_is_taken_back_or_its_review_begins_and_never_both(
    ready: House,
    other: Office,
    first: tuple[str, Callable[[House], Does]],
    then: tuple[str, Callable[[House], Does]],
    refusal: str,
) -> None:
    held = ready.actor(first[0]), first[1](ready)

    _, outcome = while_held(ready, held, second(other, ready, then[0], then[1](ready)))

    assert why(outcome) == refusal
    assert differences(ready) == []


@pytest.mark.parametrize(
    ("first", "then", "step"),
    [(send_back, accept, Step.RETURNED), (accept, send_back, Step.MARKED)],
)
def test_of_a_return_and_a_mark_on_one_line_the_second_is_told(
    ready: House,
    other: Office,
    first: Callable[[House], Does],
    then: Callable[[House], Does],
    step: Step,
) -> None:
    held = ready.actor("evaluator"), first(ready)

    _, outcome = while_held(ready, held, second(other, ready, "lead", then(ready)))

    assert isinstance(outcome, Stale)
    assert line_of(ready, "A2").step is step
    assert differences(ready) == []


def test_what_the_unit_puts_right_meanwhile_is_not_accepted_unseen(
    ready: House, other: Office
) -> None:
    ready.office.do(ready.actor("evaluator"), send_back(ready))
    shown = line_of(ready, "A2").version
    supplied = ready.actor("head"), supply(ready, shown)
    id_ = ready.sheet()

    def late(doing: Work) -> Any:
        return evaluate.accept(doing, id_, "A2", Seen(shown))

    _, outcome = while_held(ready, supplied, second(other, ready, "evaluator", late))

    assert isinstance(outcome, Stale)
    assert line_of(ready, "A2").reviewed is None


def supply(house: House, version: int) -> Callable[[Work], Sheet]:
    id_ = house.sheet()
    return lambda doing: returns.supply(doing, id_, "A2", Seen(version))


def test_many_lines_accepted_by_two_in_opposite_order_are_each_accepted_once(
    ready: House, other: Office
) -> None:
    codes = ("A1", "A2", "A3", "A4")
    picks = [Pick(ready.sheet(unit), code, 1) for unit in UNITS for code in codes]

    def all_of(order: list[Pick], key: str) -> Callable[[Work], Batch]:
        return lambda doing: bulk.accept_all(doing, order, key)

    outcomes = at_once(
        second(ready.office, ready, "evaluator", all_of(picks, "there")),
        second(other, ready, "lead", all_of(picks[::-1], "back")),
    )

    done = [(pick.id, pick.line) for each in outcomes for pick in each.done]
    assert sorted(done) == sorted((pick.id, pick.line) for pick in picks)
    assert {line_of(ready, code, unit).version for code in codes for unit in UNITS} == {2}
    assert differences(ready) == []


def test_a_line_adjusted_meanwhile_is_left_by_the_batch_and_said(
    ready: House, other: Office
) -> None:
    id_ = ready.sheet()
    picks = [Pick(id_, code, 1) for code in ("A2", "A3")]

    def adjust(doing: Work) -> Any:
        return evaluate.adjust(doing, id_, "A2", Found("4/7"), "Sổ.", Seen(1))

    def batch(doing: Work) -> Batch:
        return bulk.accept_all(doing, picks, "batch")

    _, outcome = while_held(
        ready, (ready.actor("evaluator"), adjust), second(other, ready, "lead", batch)
    )

    assert [pick.line for pick in outcome.done] == ["A3"]
    assert [(pick.line, left.message) for pick, left in outcome.left] == [
        ("A2", "line-changed-since")
    ]
    assert line_of(ready, "A2").reviewed == "4/7"


def test_a_batch_is_undone_but_for_what_was_touched_since(ready: House) -> None:
    id_, evaluator = ready.sheet(), ready.actor("evaluator")
    picks = [Pick(id_, code, 1) for code in ("A2", "A3")]
    batch = ready.office.do(evaluator, bulk.accept_all, picks, "batch")
    ready.office.do(evaluator, evaluate.adjust, id_, "A2", Found("4/7"), "Sổ.", Seen(2))

    undone = ready.office.do(evaluator, bulk.undo, batch.done, "undo")

    assert [pick.line for pick in undone.done] == ["A3"]
    assert [pick.line for pick, _ in undone.left] == ["A2"]
    assert (line_of(ready, "A2").reviewed, line_of(ready, "A3").reviewed) == ("4/7", None)
    assert differences(ready) == []
