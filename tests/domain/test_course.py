"""Which deeds the status of a sheet and the hour allow."""

from datetime import UTC, datetime, timedelta

import pytest

from evalsvc.domain.course import Status, in_force, is_standing
from evalsvc.domain.deeds import Deed, demand_hour, is_allowed, move
from evalsvc.domain.errors import Refused
from evalsvc.domain.lines import Layer
from evalsvc.domain.windows import Window

WINDOW = Window(
    datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 11, 30, tzinfo=UTC), timedelta(days=2)
)
BEFORE, IN_TIME, LATE, LOCKED = (
    datetime(2026, 9, 1, tzinfo=UTC),
    datetime(2026, 11, 1, tzinfo=UTC),
    datetime(2026, 12, 1, tzinfo=UTC),
    datetime(2026, 12, 3, tzinfo=UTC),
)

ANSWERING = [
    (Status.OPEN, BEFORE, "window-not-open"),
    (Status.OPEN, IN_TIME, ""),
    (Status.OPEN, LATE, ""),
    (Status.OPEN, LOCKED, "window-locked"),
    (Status.SUBMITTED, IN_TIME, "sheet-handed-in"),
    (Status.REVIEWED, IN_TIME, "review-finished"),
    (Status.RELEASED, IN_TIME, "sheet-released"),
    (Status.CONCLUDED, IN_TIME, "sheet-concluded"),
    (Status.CLOSED, IN_TIME, "sheet-closed"),
]
REVIEWING = [
    (Status.OPEN, IN_TIME, "sheet-not-handed-in"),
    (Status.SUBMITTED, BEFORE, "review-not-open"),
    (Status.SUBMITTED, IN_TIME, ""),
    (Status.SUBMITTED, LATE, ""),
    (Status.SUBMITTED, LOCKED, "review-locked"),
    (Status.REVIEWED, IN_TIME, "review-finished"),
    (Status.RELEASED, IN_TIME, "sheet-released"),
    (Status.CLOSED, IN_TIME, "sheet-closed"),
]


def refusal(deed: Deed, status: Status, now: datetime) -> str:
    try:
        demand_hour(deed, move(status, deed).task, WINDOW, now)
    except Refused as refused:
        return refused.message
    return ""


@pytest.mark.parametrize(("status", "now", "message"), ANSWERING)
def test_a_unit_answers_while_its_sheet_is_open(
    status: Status, now: datetime, message: str
) -> None:
    assert refusal(Deed.ANSWER, status, now) == message


@pytest.mark.parametrize(("status", "now", "message"), REVIEWING)
def test_reviewers_mark_what_has_been_handed_in(
    status: Status, now: datetime, message: str
) -> None:
    assert refusal(Deed.MARK, status, now) == message


@pytest.mark.parametrize(("status", "now", "message"), ANSWERING)
def test_asking_agrees_with_demanding_for_units(
    status: Status, now: datetime, message: str
) -> None:
    assert is_allowed(status, Deed.ANSWER, WINDOW, now) == (not message)


@pytest.mark.parametrize(("status", "now", "message"), REVIEWING)
def test_asking_agrees_with_demanding_for_reviewers(
    status: Status, now: datetime, message: str
) -> None:
    assert is_allowed(status, Deed.MARK, WINDOW, now) == (not message)


@pytest.mark.parametrize(
    ("status", "layer"),
    [
        (Status.OPEN, Layer.CLAIMED),
        (Status.SUBMITTED, Layer.CLAIMED),
        (Status.REVIEWED, Layer.REVIEWED),
        (Status.CLOSED, Layer.FINAL),
    ],
)
def test_a_review_counts_once_it_is_finished(status: Status, layer: Layer) -> None:
    assert in_force(status) is layer


def test_what_is_in_force_stands_for_the_time_being_until_it_is_closed() -> None:
    standing = {status for status in Status if is_standing(status)}

    assert standing == {Status.RELEASED, Status.CONCLUDED}
