"""When things happen in the demo province: its plan is moved so that it ends today."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from evalsvc.catalog.round_openings import RoundOpening
from evalsvc.domain.dates import ZONE
from evalsvc.domain.windows import Task, Window
from evalsvc.store.units import UnitRecord
from evalsvc.usecases import demo_plan
from evalsvc.usecases.demo_plan import LAST_YEAR, THIS_YEAR

YEAR_IS_OF = timedelta(days=60)
"""The year assessed is that in which most of the work was done, not that of the deadline."""
GRACE = timedelta(days=14)
EXTENSION = timedelta(days=10)
FIRST_HOUR, WORKING_DAY = time(7, 40), timedelta(hours=9)


@dataclass(frozen=True, slots=True)
class Days:
    """`now` is the last half past nine in the morning; the plan is moved by `shift` whole days."""

    now: datetime
    shift: timedelta

    def year(self, of_plan: int) -> int:
        """The year assessed, for one of the two years of the plan."""
        return (self.now - YEAR_IS_OF).year - (THIS_YEAR - of_plan)

    def moved(self, moment: datetime) -> datetime:
        return moment + self.shift

    def at(self, days: int, hour: time) -> datetime:
        day = self.now.astimezone(ZONE).date() + timedelta(days)
        return datetime.combine(day, hour, ZONE)

    def extended(self) -> datetime:
        return self.at(-2, time(17)) + EXTENSION

    def windows(self) -> Mapping[Task, Window]:
        """Those of this year: just closed, in the grace, the review half-way through."""
        begins, ends = time(7, 30), time(17)
        return {
            Task.ASSESS: Window(self.at(-50, begins), self.at(-2, ends), GRACE),
            Task.REVIEW: Window(self.at(-20, begins), self.at(20, ends)),
            Task.EXPLAIN: Window(self.at(23, begins), self.at(30, ends)),
            Task.DECIDE: Window(self.at(31, begins), self.at(45, ends)),
        }


def days(now: datetime) -> Days:
    here = now.astimezone(ZONE)
    morning = demo_plan.NOW.astimezone(ZONE).timetz()
    last = datetime.combine(here.date(), morning)
    if last > here:
        last -= timedelta(days=1)
    return Days(last, last - demo_plan.NOW.astimezone(ZONE))


def day_of(at: datetime) -> date:
    """The day that clocks in Viet Nam show."""
    return at.astimezone(ZONE).date()


def opening_of(read: RoundOpening, when: Days) -> RoundOpening:
    """The round as it is read from its file, moved to the years and days of the demo."""
    year = when.year(read.year)
    is_last = read.year == LAST_YEAR
    return replace(
        read,
        code=str(year),
        title=read.title.replace(str(read.year), str(year)),
        year=year,
        windows=_moved(read.windows, when.shift) if is_last else when.windows(),
        dates={
            line: {code: day + when.shift for code, day in dues.items()}
            for line, dues in read.dates.items()
        },
    )


def _moved(windows: Mapping[Task, Window], by: timedelta) -> Mapping[Task, Window]:
    return {
        task: Window(each.opens + by, each.closes + by, each.grace)
        for task, each in windows.items()
    }


def standing(record: UnitRecord, when: Days) -> UnitRecord:
    """Units stand since before the first round, however early the plan is moved to."""
    by = min(when.shift, timedelta(0))
    return replace(
        record,
        valid_from=_by(record.valid_from, by),
        valid_until=_by(record.valid_until, by),
    )


def _by(day: date | None, by: timedelta) -> date | None:
    return None if day is None else day + by


@dataclass(frozen=True, slots=True)
class Span:
    """So many deeds between two moments, in working hours."""

    first: datetime
    last: datetime

    def moment(self, at: int, of: int) -> datetime:
        """When the deed number `at` is done; later ones never before earlier ones."""
        number = max((self.last.date() - self.first.date()).days, 1)
        spread = at * number * 1000 // max(of, 1)
        day = self.first.astimezone(ZONE).date() + timedelta(spread // 1000)
        begun = datetime.combine(day, FIRST_HOUR, ZONE)
        return max(self.first, begun + WORKING_DAY * (spread % 1000) / 1000)
