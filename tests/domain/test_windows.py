"""A window is the only judge of "not yet", "open", "late" and "locked"."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalsvc.domain.windows import Hour, Window

OPENS, CLOSES = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 11, 30, 10, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
DAY = timedelta(days=1)
GRACED = Window(OPENS, CLOSES, 2 * DAY)


@pytest.mark.parametrize(
    ("now", "hour"),
    [
        (OPENS - INSTANT, Hour.BEFORE),
        (OPENS, Hour.OPEN),
        (CLOSES, Hour.OPEN),
        (CLOSES + INSTANT, Hour.LATE),
        (CLOSES + 2 * DAY, Hour.LATE),
        (CLOSES + 2 * DAY + INSTANT, Hour.LOCKED),
    ],
)
def test_both_ends_belong_to_the_window_and_grace_is_late(now: datetime, hour: Hour) -> None:
    assert GRACED.at(now) is hour


def test_without_grace_it_locks_as_it_closes() -> None:
    assert Window(OPENS, CLOSES).at(CLOSES + INSTANT) is Hour.LOCKED


def test_within_an_extension_nothing_is_late() -> None:
    extended = GRACED.extended(CLOSES + DAY)

    assert extended.at(CLOSES + DAY) is Hour.OPEN


# Two days of grace were promised to all; an extension of one day does not take one away.
def test_an_extension_does_not_lock_earlier_than_the_grace() -> None:
    assert GRACED.extended(CLOSES + DAY).locks == GRACED.locks


def test_an_extension_beyond_the_grace_locks_when_it_ends() -> None:
    assert GRACED.extended(CLOSES + 5 * DAY).locks == CLOSES + 5 * DAY


@pytest.mark.parametrize("until", [None, CLOSES, CLOSES - DAY])
def test_an_extension_never_shortens(until: datetime | None) -> None:
    assert GRACED.extended(until) == GRACED


@pytest.mark.parametrize(
    ("opens", "closes", "grace"),
    [
        (CLOSES, OPENS, timedelta(0)),
        (OPENS, OPENS, timedelta(0)),
        (OPENS, CLOSES, -INSTANT),
        (OPENS.replace(tzinfo=None), CLOSES, timedelta(0)),
    ],
)
def test_a_window_that_cannot_be_is_refused(
    opens: datetime, closes: datetime, grace: timedelta
) -> None:
    with pytest.raises(ValueError, match="window"):
        Window(opens, closes, grace)


MOMENTS = st.datetimes(datetime(2026, 9, 1), datetime(2027, 2, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
ORDER = list(Hour)


@given(MOMENTS, MOMENTS, st.none() | MOMENTS)
def test_time_only_moves_a_window_forward(
    one: datetime, other: datetime, until: datetime | None
) -> None:
    window = GRACED.extended(until)

    first, second = sorted([one, other])

    assert ORDER.index(window.at(first)) <= ORDER.index(window.at(second))


@given(MOMENTS, MOMENTS)
def test_an_extension_never_makes_a_later_hour(now: datetime, until: datetime) -> None:
    assert ORDER.index(GRACED.extended(until).at(now)) <= ORDER.index(GRACED.at(now))
