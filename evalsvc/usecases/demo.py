"""The demo province, made through the same deeds that people do, at the hours of its plan."""

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from evalsvc.catalog import round_openings
from evalsvc.domain.access import SERVICE
from evalsvc.domain.errors import Refused
from evalsvc.domain.windows import Task
from evalsvc.store import queues, units
from evalsvc.store.queues import Wanted
from evalsvc.usecases import (
    accounts,
    demo_people,
    extensions,
    rounds,
)
from evalsvc.usecases import units as unit_deeds
from evalsvc.usecases.demo_days import days, opening_of, standing
from evalsvc.usecases.demo_people import (
    OFFICE,
    PASSWORD,
    People,
    Shown,
    as_,
    named_in,
    people,
)
from evalsvc.usecases.demo_plan import (
    LAST_YEAR,
    THIS_YEAR,
    states,
)
from evalsvc.usecases.demo_texts import FOLDER
from evalsvc.usecases.demo_unit import Stage, Unit
from evalsvc.usecases.depot import Depot
from evalsvc.usecases.extensions import To
from evalsvc.usecases.work import Work

UNITS = "units.csv"
REASON_OF_EXTENSION = "Đơn vị đang hợp nhất hồ sơ sau sắp xếp tổ chức bộ máy"
DECISION = "Quyết định số {number}/QĐ-UBND ngày {day:%d/%m/%Y} của Chủ tịch UBND tỉnh"


@dataclass(frozen=True, slots=True)
class Made:
    """What the demo has: accounts to try, and their password."""

    units: int
    sheets: int
    accounts: tuple[Shown, ...]
    password: str = PASSWORD


def is_empty(doing: Work) -> bool:
    return not units.ids(doing.store)


def shown(doing: Work) -> tuple[Shown, ...]:
    """The accounts to try where the database holds the demo, else none."""
    return demo_people.shown(doing)


def fill(doing: Work, only: Container[str] | None = None, depot: Depot | None = None) -> Made:
    """All of the demo in one transaction; refused where there are units already.

    `only`: the units that are led through their rounds, where a test does not need them all;
    without a `depot` no document has a file.
    """
    if not is_empty(doing):
        raise Refused("database-not-empty")
    when = days(doing.now)
    begun = as_(doing, SERVICE, when.at(-460, time(8)))
    read = unit_deeds.read(begun, UNITS, (FOLDER / UNITS).read_bytes())
    records = [standing(each, when) for each in read]
    unit_deeds.take(begun, records)
    here = [each for each in records if each.valid_until is None]
    who = people(begun, here, accounts.known_password(PASSWORD))
    stage = Stage(doing, when, who, depot)
    number = sum(_year(stage, year, only) for year in (LAST_YEAR, THIS_YEAR))
    return Made(len(here), number, shown(doing))


def _year(stage: Stage, year: int, only: Container[str] | None) -> int:
    """One round, from its opening on; how many sheets it has."""
    doing, when, who = stage.doing, stage.when, stage.who
    opening = opening_of(round_openings.load(FOLDER / f"round-{year}.yaml"), when)
    before = opening.windows[Task.ASSESS].opens - timedelta(days=5)
    service = as_(doing, SERVICE, before)
    opened = rounds.open_(service, opening)
    stage = replace(stage, who=replace(who, inspector=named_in(who.inspector, opened.id)))
    found = queues.led(doing.store, SERVICE, Wanted(opened.id))
    state = states([record.unit_code for record in found], year)
    for record in found:
        if only is None or record.unit_code in only:
            Unit(stage, record, state[record.unit_code], year).go()
    if year == LAST_YEAR:
        _close(doing, who, opening.code, opening.windows[Task.DECIDE].closes)
    else:
        leader = as_(doing, who.leader, when.at(-6, time(10)))
        extensions.extend(leader, opening.code, when.extended(), REASON_OF_EXTENSION, To(OFFICE))
    return opened.sheets


def _close(doing: Work, who: People, code: str, at: datetime) -> None:
    decision = DECISION.format(number=27, day=at)
    rounds.close(as_(doing, who.leader, at), code, decision)
