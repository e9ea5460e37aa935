"""Due days and sent days."""

from datetime import date

import pytest

from evalsvc.domain.dates import Due, YearlyDay, days_late, read_day, read_yearly_day, write_day
from evalsvc.domain.errors import Refused


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("10/6/2019", date(2019, 6, 10)),
        ("01/01/2020", date(2020, 1, 1)),
        ("29/2/2020", date(2020, 2, 29)),
        (" 5/9/2019 ", date(2019, 9, 5)),
    ],
)
def test_a_day_is_read(text: str, day: date) -> None:
    assert read_day(text) == day
    assert read_day(write_day(day)) == day


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2019-06-10", "not-a-date"),
        ("10-6-2019", "not-a-date"),
        ("10/6", "not-a-date"),
        ("10/6/19", "not-a-date"),
        ("10/6/2019 08:00", "not-a-date"),
        ("١٠/٦/٢٠١٩", "not-a-date"),
        ("", "not-a-date"),
        ("31/2/2019", "no-such-date"),
        ("29/2/2019", "no-such-date"),
        ("6/31/2019", "no-such-date"),
        ("0/1/2019", "no-such-date"),
        ("1/1/0000", "no-such-date"),
    ],
)
def test_what_is_no_day_is_refused(text: str, message: str) -> None:
    with pytest.raises(Refused) as error:
        read_day(text)

    assert (error.value.message, error.value.facts) == (message, {"text": text})


def test_a_yearly_day_may_be_in_the_year_after() -> None:
    assert read_yearly_day("10/6").in_year(2019) == date(2019, 6, 10)
    assert read_yearly_day("15/1", next_year=True).in_year(2019) == date(2020, 1, 15)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("29/2", "no-such-date"),
        ("31/4", "no-such-date"),
        ("10/6/2019", "not-a-date"),
        ("x", "not-a-date"),
    ],
)
def test_a_yearly_day_must_be_in_every_year(text: str, message: str) -> None:
    with pytest.raises(Refused) as error:
        read_yearly_day(text)

    assert error.value.message == message


def test_before_leaves_out_the_day_itself_across_months() -> None:
    assert Due("a", "", YearlyDay(1, 3), before=True).last_day(2019) == date(2019, 2, 28)
    assert Due("a", "", YearlyDay(1, 3), before=True).last_day(2020) == date(2020, 2, 29)
    assert Due("a", "", date(2019, 1, 1), before=True).last_day(2025) == date(2018, 12, 31)


@pytest.mark.parametrize(
    ("sent", "late"),
    [
        (date(2019, 6, 1), 0),
        (date(2019, 6, 10), 0),
        (date(2019, 6, 11), 1),
        (date(2020, 6, 10), 366),
    ],
)
def test_days_late_are_calendar_days(sent: date, late: int) -> None:
    assert days_late(sent, date(2019, 6, 10)) == late
