"""Days on which something is due: fixed ones, and ones that come back each year."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from evalsvc.domain.errors import Refused

_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_TYPED = re.compile(r"\s*([0-9]{1,2})([-.])([0-9]{1,2})\2([0-9]{4})\s*")
_YEARLY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")
_MOMENT = re.compile(r"([0-9/-]{8,10})[ T]([0-9]{1,2}):([0-9]{2})")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_COMMON_YEAR = 2001
FIRST_YEAR, LAST_YEAR = 1900, 2199

ZONE = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""What clocks in Viet Nam show, all year round."""


@dataclass(frozen=True, slots=True)
class YearlyDay:
    """A day of the assessed year, or of the year after it."""

    day: int
    month: int
    next_year: bool = False

    def in_year(self, year: int) -> date:
        return date(year + self.next_year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Due:
    """One due date. `before` leaves out the day itself: "trước 30/3" is by 29/3."""

    code: str
    name: str
    day: YearlyDay | date
    before: bool = False

    def last_day(self, year: int) -> date:
        day = self.day.in_year(year) if isinstance(self.day, YearlyDay) else self.day
        return day - timedelta(days=1) if self.before else day


def read_day(text: str) -> date:
    """dd/mm/yyyy."""
    if not (match := _DAY.fullmatch(text.strip())):
        raise Refused("not-a-date", text=text)
    day, month, year = (int(number) for number in match.groups())
    return _existing(year, month, day, text)


def with_slashes(text: str) -> str:
    """A day as people type it in a form, 22-10-2026 or 22.10.2026, as files have it."""
    return _TYPED.sub(r"\1/\3/\4", text)


def read_typed_day(text: str) -> date:
    return read_day(with_slashes(text))


def read_moment(text: str) -> datetime:
    """`2026-11-30 17:00` or `30/11/2026 17:00`, as clocks in Vietnam show it."""
    if not (match := _MOMENT.fullmatch(text.strip())):
        raise Refused("not-a-moment", text=text)
    said, hour, minute = match[1], int(match[2]), int(match[3])
    iso = _ISO_DAY.fullmatch(said)
    try:
        day = read_day("/".join(reversed(iso.groups())) if iso else said)
        return datetime.combine(day, time(hour, minute), ZONE)
    except (Refused, ValueError):
        raise Refused("not-a-moment", text=text) from None


def read_yearly_day(text: str, *, next_year: bool = False) -> YearlyDay:
    """dd/mm, a day that every year has: 29/2 is refused."""
    if not (match := _YEARLY.fullmatch(text.strip())):
        raise Refused("not-a-date", text=text)
    day, month = (int(number) for number in match.groups())
    _existing(_COMMON_YEAR, month, day, text)
    return YearlyDay(day, month, next_year)


def _existing(year: int, month: int, day: int, text: str) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused("no-such-date", text=text)
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused("no-such-date", text=text) from None


def write_day(day: date) -> str:
    return f"{day:%d/%m/}{day.year:04d}"


def days_late(sent: date, last_day: date) -> int:
    return max((sent - last_day).days, 0)
