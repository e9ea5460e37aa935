"""What units are heard on: hours, turns, silence, and never to their loss."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from evalsvc.domain.dates import ZONE
from evalsvc.domain.errors import Refused
from evalsvc.domain.explanations import (
    Hearing,
    Release,
    Settled,
    Word,
    demand_contestable,
    demand_in_time,
    demand_not_below,
    ends,
    is_in_time,
    may_conclude,
    settled,
    silence_counts,
)
from evalsvc.domain.line_course import Step
from tests.refusals import refusal
from tests.tables import cells, table

NOW = datetime(2026, 12, 1, 9, 30, tzinfo=ZONE)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
ONCE, TWICE = Hearing(turns=1), Hearing(turns=2)

CONCLUDES = table("""
          same open          passed   unseen   last
claimed   -    -             -        -        -
returned  -    -             -        -        -
marked    -    -             -        -        -
shown     -    window-open   -        not-seen window-open
agreed    -    -             -        -        -
contested is-contested is-contested is-contested is-contested is-contested
ruled     -    window-open   -        -        -
final     -    -             -        -        -
""")
"""Why a sheet waits for a line: the unit got what it claimed; something else, and its hour is still
to come; has passed; has passed, and silence does not count; it has no turn left. The table of
lines keeps out the first three steps."""
CASES: dict[str, tuple[bool, timedelta, bool, int]] = {
    "same": (False, DAY, False, 1),
    "open": (True, timedelta(0), True, 1),
    "passed": (True, -SECOND, True, 1),
    "unseen": (True, -SECOND, False, 1),
    "last": (True, DAY, True, 0),
}


@pytest.mark.parametrize(("step", "case", "cell"), cells(CONCLUDES))
def test_a_line_is_concluded_when_the_unit_has_been_heard(step: str, case: str, cell: str) -> None:
    changed, left, silence, turns = CASES[case]

    word = Word(Step(step), NOW + left, turns)
    found = may_conclude(word, NOW, changed=changed, silence=silence)

    assert found == ("" if cell == "-" else f"line-{cell}")


@pytest.mark.parametrize(
    ("step", "was", "becomes"),
    [
        (Step.SHOWN, Settled.OPEN, Settled.SILENT),
        (Step.AGREED, Settled.OPEN, Settled.AGREED),
        (Step.RULED, Settled.OPEN, Settled.RULED),
        *((Step.FINAL, each, each) for each in Settled),
        # Lowered after a conclusion, and the unit said nothing to it.
        (Step.SHOWN, Settled.AGREED, Settled.SILENT),
    ],
)
def test_a_conclusion_says_how_a_line_was_settled(
    step: Step, was: Settled, becomes: Settled
) -> None:
    assert settled(step, was) is becomes


@pytest.mark.parametrize(
    ("closes", "until"),
    [
        (None, NOW + 5 * DAY),
        (NOW + 2 * DAY, NOW + 5 * DAY),
        (NOW + 9 * DAY, NOW + 9 * DAY),
    ],
)
def test_a_unit_has_the_window_of_the_round_and_never_fewer_days_than_promised(
    closes: datetime | None, until: datetime
) -> None:
    assert ends(Hearing(days=5), NOW, closes) == until


@pytest.mark.parametrize(
    ("opened", "mails", "counts"),
    [
        (None, (), False),
        (NOW, (), True),
        (None, (3 * DAY,), False),
        (None, (9 * DAY, 3 * DAY), True),
        (None, (9 * DAY, 3 * DAY - SECOND), False),
        # The second of them counts, in whatever order they are told.
        (None, (3 * DAY, 9 * DAY, DAY), True),
        (None, (DAY, 2 * DAY, 9 * DAY), False),
    ],
)
def test_silence_counts_once_the_head_has_looked_or_days_after_two_mails(
    opened: datetime | None,
    mails: tuple[timedelta, ...],
    counts: bool,  # noqa: FBT001 - a column
) -> None:
    mailed = tuple(NOW - each for each in mails)
    release = Release(NOW - 10 * DAY, NOW, opened, mailed)

    assert silence_counts(release, Hearing(silence_days=3), NOW) == counts


@pytest.mark.parametrize("step", [Step.SHOWN, Step.RULED])
@pytest.mark.parametrize(
    ("now", "in_time", "why"), [(NOW, True, ""), (NOW + SECOND, False, "explanation-locked")]
)
def test_a_unit_says_something_until_its_hour_and_that_included(
    step: Step,
    now: datetime,
    in_time: bool,  # noqa: FBT001 - a column
    why: str,
) -> None:
    assert refusal(demand_contestable, step, 0, ONCE, (now, NOW), "A1") == why
    assert refusal(demand_in_time, step, now, NOW) == why
    assert is_in_time(step, now, NOW) == in_time


@pytest.mark.parametrize(
    ("hearing", "turn", "why"),
    [(ONCE, 0, ""), (ONCE, 1, "explanations-used-up"), (TWICE, 1, "")],
)
def test_a_line_is_contested_as_often_as_the_round_says(
    hearing: Hearing, turn: int, why: str
) -> None:
    assert refusal(demand_contestable, Step.RULED, turn, hearing, (NOW, NOW), "A1") == why


@pytest.mark.parametrize("points", ["2.00", "2.01"])
def test_an_answer_keeps_or_raises(points: str) -> None:
    assert refusal(demand_not_below, Decimal(points), Decimal(2), "A1") == ""


def test_an_answer_is_never_below_what_was_contested() -> None:
    with pytest.raises(Refused) as refused:
        demand_not_below(Decimal("1.99"), Decimal(2), "A1")

    assert (refused.value.message, refused.value.facts["least"]) == ("answer-below-review", 2)
