"""One unit with four lines and nine people: the smallest house in which a whole course happens."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from evalsvc.catalog import sets
from evalsvc.catalog.round_openings import Named, RoundOpening
from evalsvc.domain.access import SERVICE, Actor, Grant, Role
from evalsvc.domain.dates import ZONE
from evalsvc.domain.explanations import Hearing
from evalsvc.domain.rounds import Block
from evalsvc.domain.windows import Task, Window
from evalsvc.store import accounts, assessments, journal, marks, units
from evalsvc.store.assessments import Record
from evalsvc.store.database import Database, metadata
from evalsvc.store.journal import Told
from evalsvc.store.marks import MarkRecord
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.store.units import UnitRecord
from evalsvc.usecases import sheets
from evalsvc.usecases.rounds import open_
from evalsvc.usecases.sheets import Sheet
from evalsvc.usecases.verify import Difference, verify
from evalsvc.usecases.work import Office, Work
from tests.conftest import migrated
from tests.web.small_house import Clock

DOUBLE, NAMED, GENERAL, OFFICIAL = "A1", "A2", "A3", "C1"
"""Marked from two seats; by somebody named for it; by the lead; an official result."""
CODES = (DOUBLE, NAMED, GENERAL, OFFICIAL)
UNIT = "so-noi-vu"

BEGINS = datetime(2026, 11, 20, 9, 30, tzinfo=ZONE)
WINDOWS = {
    Task.ASSESS: Window(
        BEGINS - timedelta(days=30), BEGINS + timedelta(days=10), timedelta(days=2)
    ),
    Task.REVIEW: Window(BEGINS - timedelta(days=10), BEGINS + timedelta(days=90)),
    Task.EXPLAIN: Window(BEGINS + timedelta(days=11), BEGINS + timedelta(days=30)),
}
HEARING = Hearing(turns=2, days=5, silence_days=3)

SET = """\
format: 1
code: MAY
version: "1"
title: Bộ tiêu chí thử
years: {from: 2020, until: 2030}
scale: 16
kinds:
  so: {name: Sở}
groups:
  - code: A
    name: Việc của đơn vị
    most: 12
    criteria:
      - {code: A1, name: Việc một, kind: judged, most: 4, step: 1, evidence: none}
      - {code: A2, name: Việc hai, kind: judged, most: 4, step: 1, evidence: none}
      - {code: A3, name: Việc ba, kind: judged, most: 4, step: 1, evidence: {required: Kế hoạch}}
  - code: C
    name: Kết quả do nơi khác cho
    most: 4
    criteria:
      - code: C1
        name: Chỉ số cải cách hành chính
        kind: imported
        most: 4
        out-of: 100
        what: Chỉ số cải cách hành chính
        result-of: year-before
        evidence: none
bands:
  - {code: tot, name: Hoàn thành tốt, from: 10}
  - {code: yeu, name: Không hoàn thành, from: 0}
"""

PEOPLE: dict[str, str] = {
    "editor": "editor",
    "head": "head",
    "seat1": "evaluator",
    "seat2": "evaluator",
    "named": "evaluator",
    "lead": "lead",
    "answerer": "answerer",
    "leader": "leader",
    "stranger": "neighbour",
}
"""Everybody, with their column in the tables of rights; the stranger heads another unit."""
MARKS = {DOUBLE: {"seat1", "seat2"}, NAMED: {"named"}, GENERAL: {"lead"}, OFFICIAL: set[str]()}
ANSWERS = {code: {"lead", "answerer"} for code in (DOUBLE, GENERAL)} | {
    code: {"lead"} for code in (NAMED, OFFICIAL)
}

_ASSIGNED = (
    Named("seat1", lines=frozenset({DOUBLE}), seat=1),
    Named("seat2", lines=frozenset({DOUBLE}), seat=2),
    Named("named", lines=frozenset({NAMED})),
    Named("answerer", Role.ANSWERER, lines=frozenset({DOUBLE, GENERAL})),
)
_GENERAL = {"lead": Role.LEAD, "leader": Role.LEADER}
_TABLES = ("assessment", "line", "mark", "passed_over", "reply")
"""The head of the journal stands in the first."""


@dataclass(frozen=True, slots=True)
class Look:
    """All that is stored of the sheet, at one moment."""

    sheet: Sheet
    lines: Mapping[str, LineRecord]
    marks: Sequence[MarkRecord]
    told: Sequence[Told]
    rows: list[list[Any]]

    @property
    def record(self) -> Record:
        return self.sheet.record


@dataclass(frozen=True, slots=True)
class CourseHouse:
    office: Office
    clock: Clock
    people: dict[str, Actor]
    id: int

    def look(self) -> Look:
        with self.office.reading(SERVICE) as doing:
            record = assessments.get(doing.store, SERVICE, self.id)
            assert record is not None
            sheet = sheets.anew(doing, record)
            return Look(
                sheet,
                sheet.lines,
                marks.of_assessment(doing.store, self.id),
                journal.of_stream(doing.store, journal.assessment(self.id)),
                [_rows(doing, name) for name in _TABLES],
            )

    def differences(self) -> list[Difference]:
        found: list[Difference] = []
        with self.office.reading(SERVICE) as doing:
            verify(doing, found.append)
        return found


def officially(text: str) -> str:
    return f"{text}; 12/QĐ-UBND; 10/03/2026; 2025" if text else ""


def bulk_of(does: Callable[..., Any]) -> Callable[..., Any]:
    """Deeds on many sheets at once, which name no sheet of their own."""
    return lambda doing, _id, picks, key: does(doing, picks, key)


def _rows(doing: Work, table: str) -> list[Any]:
    return [tuple(row) for row in doing.store.execute(sa.select(metadata.tables[table]))]


def settle(path: Path) -> None:
    """A database file in which the round is open."""
    url = f"sqlite:///{path}"
    migrated(url)
    office = Office(Database(url), Clock(BEGINS))
    with office.writing(SERVICE) as doing:
        for place, code in enumerate((UNIT, "so-y-te"), start=1):
            units.put_all(doing.store, [UnitRecord(code, code, "so", "khoi", place=place)])
        of = units.ids(doing.store)
        for name in PEOPLE:
            id_ = accounts.add(doing.store, name, name, "-", doing.now)
            for grant in _standing(name, of):
                accounts.add_grant(doing.store, id_, grant)
        open_(doing, _opening())
    office.database.close()


def _standing(name: str, of: dict[str, int]) -> tuple[Grant, ...]:
    """Roles that are not those of one round."""
    of_units = {
        "editor": Grant(Role.EDITOR, of[UNIT]),
        "head": Grant(Role.HEAD, of[UNIT]),
        "stranger": Grant(Role.HEAD, of["so-y-te"]),
    }
    if name in of_units:
        return (of_units[name],)
    return (Grant(_GENERAL[name]),) if name in _GENERAL else ()


def _opening() -> RoundOpening:
    criteria = sets.load("may.yaml", SET.encode())
    return RoundOpening(
        "MAY",
        "Kỳ thử",
        2026,
        {"so": criteria},
        {criteria.sha256: SET},
        (Block("khoi", "Khối"),),
        WINDOWS,
        hearing=HEARING,
        reviewers=_ASSIGNED,
    )


def moved_into(template: Path, path: Path) -> CourseHouse:
    """A copy of its own."""
    shutil.copyfile(template, path)
    clock = Clock(BEGINS)
    office = Office(Database(f"sqlite:///{path}"), clock)
    with office.reading(SERVICE) as doing:
        of = units.ids(doing.store)
        people = {name: _actor(doing, name, of) for name in PEOPLE}
        table = assessments.assessment
        row = doing.store.execute(table.select().where(table.c.unit_code == UNIT)).one()
    return CourseHouse(office, clock, people, int(row.id))


def _actor(doing: Work, name: str, of: dict[str, int]) -> Actor:
    account = accounts.get(doing.store, name)
    assert account is not None
    assigned = tuple(
        Grant(each.role, round=1, lines=each.lines, seat=each.seat)
        for each in _ASSIGNED
        if each.account == name
    )
    return Actor(account.id, name, _standing(name, of) + assigned)
