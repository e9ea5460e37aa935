"""Databases of earlier versions go up with everything that stands in them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.access import SERVICE
from evalsvc.domain.course import Status
from evalsvc.domain.line_course import Step
from evalsvc.store import assessments, schema, sheet_lines
from evalsvc.store.database import Database
from evalsvc.usecases import decide, evaluate, explain
from evalsvc.usecases.found import Found
from evalsvc.usecases.sheets import Seen
from evalsvc.usecases.verify import Difference, verify
from evalsvc.usecases.work import Office
from tests.conftest import BOTH, Files
from tests.postgres import Databases
from tests.web import small_house
from tests.web.small_house import ANSWERS, LAST_YEAR, NOW, ROUND_BEFORE, Clock, House

OF_UNIT, GIVEN, OFFICIAL = tuple(ANSWERS), "C2", "C1"
SUBMITTED, OPEN = "so-noi-vu", "xa-binh-an"


def first_sheets(url: str) -> None:
    """The tables as the second revision had them."""
    database = Database(url)
    schema.upgrade(database, "0002")
    database.close()


@pytest.fixture(params=BOTH)
def urls(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A database of today, and one of the second revision, of the same kind."""
    today: str = request.getfixturevalue(request.param)
    if request.param == "sqlite_url":
        files: Files = request.getfixturevalue("sqlite_files")
        yield today, files.fresh(first_sheets, tmp_path / "old.db")
        return
    databases: Databases = request.getfixturevalue("postgres_databases")
    with databases.one(first_sheets) as old:
        yield today, old


@pytest.fixture
def old_office(urls: tuple[str, str]) -> Iterator[Office]:
    """What stood in the columns of the second revision, brought up to date."""
    today, old = urls
    house = settled(today)
    copied(house.engine, old)
    house.office.database.close()
    database = Database(old)
    schema.upgrade(database)
    yield Office(database, Clock(NOW))
    database.close()


def settled(url: str) -> House:
    """Last year is closed; this year one sheet is handed in and marked, one is open."""
    house = small_house.with_last_year(small_house.build(url))
    last_year = house.sheet(round_code=ROUND_BEFORE)
    house.clock.at = LAST_YEAR
    reviewed(house, last_year, [*OF_UNIT, OFFICIAL])
    house.office.do(house.people["lead"], evaluate.finish, last_year)
    house.office.do(house.people["lead"], explain.release, last_year)
    house.office.do(house.people["head"], explain.opened, last_year)
    house.clock.later(days=50)
    house.office.do(house.people["lead"], decide.conclude, last_year)
    house.office.do(house.people["leader"], decide.close, last_year, "12/QĐ-UBND")
    house.clock.at = NOW
    house.fill(SUBMITTED)
    house.submit(SUBMITTED)
    reviewed(house, house.sheet(SUBMITTED), ["A1", "A2"])
    house.answer(OPEN, "A1", "yes")
    return house


def reviewed(house: House, id_: int, codes: list[str]) -> None:
    """Accepted as claimed; the reviewers' own line is given."""
    lead = house.people["lead"]
    if OFFICIAL in codes:
        text = "63,5; 12/QĐ-UBND; 10/03/2025; 2024"
        house.office.do(
            lead, evaluate.enter_official, id_, OFFICIAL, text, seen(house, id_, OFFICIAL)
        )
    for code in codes:
        if code != OFFICIAL:
            house.office.do(lead, evaluate.accept, id_, code, seen(house, id_, code))
    found = Found(by_hand="2,5")
    house.office.do(lead, evaluate.adjust, id_, GIVEN, found, "Tốt", seen(house, id_, GIVEN))


def seen(house: House, id_: int, code: str) -> Seen:
    with house.office.reading(SERVICE) as doing:
        lines = {each.code: each for each in sheet_lines.of_assessment(doing.store, id_)}
    return Seen(lines[code].version)


def copied(engine: sa.Engine, old_url: str) -> None:
    """Every row, in the columns that were there, as the database itself keeps it."""
    old = sa.create_engine(old_url)
    tables = sa.MetaData()
    tables.reflect(old)
    with engine.connect() as source, old.begin() as target:
        for table in tables.sorted_tables:
            if table.name != "alembic_version":
                _copy(source, target, table)
    old.dispose()


def _copy(source: Connection, target: Connection, table: sa.Table) -> None:
    names = [column.name for column in table.columns]
    listed, sign = ", ".join(f'"{each}"' for each in names), "?"
    if target.dialect.name == "postgresql":
        sign = "%s"
    rows = source.exec_driver_sql(f'SELECT {listed} FROM "{table.name}"').fetchall()  # noqa: S608
    signs = ", ".join(sign for _ in names)
    insert = f'INSERT INTO "{table.name}" ({listed}) VALUES ({signs})'  # noqa: S608
    for row in rows:
        target.exec_driver_sql(insert, tuple(row))
    if rows and target.dialect.name == "postgresql" and "id" in names:
        last = max(row[names.index("id")] for row in rows)
        counter = f"pg_get_serial_sequence('{table.name}', 'id')"
        target.exec_driver_sql(f"SELECT setval({counter}, {last}) WHERE {counter} IS NOT NULL")


def steps(office: Office, status: Status) -> dict[str, Step]:
    """Of the lines of the sheets at a status."""
    table = assessments.assessment
    with office.reading(SERVICE) as doing:
        found = doing.store.execute(table.select().where(table.c.status == status.value))
        lines = [sheet_lines.of_assessment(doing.store, row.id) for row in found]
    return {line.code: line.step for each in lines for line in each if line.claim or line.reviewed}


def differences(office: Office) -> list[Difference]:
    found: list[Difference] = []
    with office.reading(SERVICE) as doing:
        verify(doing, found.append)
    return found


def test_sheets_of_the_second_revision_stand_at_the_steps_that_follow(old_office: Office) -> None:
    marked = {"A1", "A2", GIVEN}

    assert set(steps(old_office, Status.OPEN).values()) == {Step.CLAIMED}
    assert {
        code for code, at in steps(old_office, Status.SUBMITTED).items() if at is Step.MARKED
    } == marked
    assert set(steps(old_office, Status.CLOSED).values()) == {Step.FINAL}
    assert differences(old_office) == []


def test_a_sheet_that_was_closed_by_an_earlier_version_is_opened_again(old_office: Office) -> None:
    table = assessments.assessment
    with old_office.reading(SERVICE) as doing:
        closed = table.select().where(table.c.status == Status.CLOSED.value)
        id_ = int(doing.store.execute(closed).one().id)

    old_office.do(SERVICE, decide.reopen, id_, "13/QĐ-UBND")
    old_office.do(SERVICE, decide.conclude, id_)
    old_office.do(SERVICE, decide.close, id_, "14/QĐ-UBND")

    assert differences(old_office) == []
