"""Migrations make what the code describes, and the database itself guards the journal."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import DBAPIError

from evalsvc import store
from evalsvc.domain.access import SERVICE
from evalsvc.domain.history import Entry
from evalsvc.store import journal, schema
from evalsvc.store.database import Database, metadata
from evalsvc.store.migrations.guards import guard_journal
from evalsvc.store.schema import State
from evalsvc.usecases.work import Office

ALL_TABLES = [
    importlib.import_module(f"{store.__name__}.{each.name}")
    for each in pkgutil.iter_modules(store.__path__)
]
"""Importing the modules of the store is what makes every table known."""


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Migrated, as every test gets it."""
    made = Database(database_url)
    yield made
    made.close()


def write(database: Database, *statements: str) -> None:
    with database.writing() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))


def note(database: Database, number: int = 1) -> None:
    with Office(database).writing(SERVICE) as doing:
        for each in range(number):
            journal.note(doing.store, "units", Entry("try", doing.now, None, str(each)))


def test_a_fresh_database_is_what_the_code_describes(database: Database) -> None:
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)

    assert differences == []


def test_every_check_of_the_code_is_in_the_database(database: Database) -> None:
    with database.reading() as connection:
        found = sa.inspect(connection)
        kept = {
            str(each["name"])
            for table in metadata.tables
            for each in found.get_check_constraints(table)
        }

    described = {
        str(each.name)
        for table in metadata.tables.values()
        for each in table.constraints
        if isinstance(each, sa.CheckConstraint)
    }
    assert kept == described


def test_a_migrated_database_is_current_and_stays_so(database: Database) -> None:
    schema.upgrade(database)

    assert schema.state(database) is State.CURRENT


def test_a_database_of_a_newer_release_is_known_as_such(database: Database) -> None:
    write(database, "UPDATE alembic_version SET version_num = '9999'")

    assert schema.state(database) is State.NEWER


def test_an_empty_database_is_known_as_such(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'empty.db'}")

    assert schema.state(database) is State.EMPTY

    database.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET deed = 'other'",
        "UPDATE journal SET data = '{}' WHERE number = 1",
        "DELETE FROM journal WHERE number = 2",
        "DELETE FROM journal",
    ],
)
def test_the_journal_cannot_be_rewritten(database: Database, statement: str) -> None:
    note(database, 2)

    with pytest.raises(DBAPIError, match="append-only"):
        write(database, statement)


def test_the_journal_cannot_be_emptied_at_once(postgres_url: str) -> None:
    database = Database(postgres_url)

    with pytest.raises(DBAPIError, match="append-only"):
        write(database, "TRUNCATE journal")

    database.close()


def test_an_entry_cannot_be_replaced(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    note(database)
    same = "SELECT id, stream, number, at, account_id, 'other', line, data, key, digest, link"

    with pytest.raises(DBAPIError, match="append-only"):
        write(database, f"INSERT OR REPLACE INTO journal {same} FROM journal")

    database.close()


def test_the_guard_can_be_made_anew(database: Database) -> None:
    with database.writing() as connection:
        guard_journal(connection)

    note(database)
    with pytest.raises(DBAPIError, match="append-only"):
        write(database, "DELETE FROM journal")


def test_names_are_ordered_byte_by_byte_whatever_the_locale(postgres_url: str) -> None:
    """As `sort_key` means it: a server's own locale would put small letters between great ones."""
    asked = sa.text(
        "SELECT table_name FROM information_schema.columns "
        "WHERE column_name = 'sort_key' AND collation_name = 'C' ORDER BY 1"
    )
    database = Database(postgres_url)

    with database.reading() as connection:
        found = connection.execute(asked).scalars().all()

    database.close()
    assert found == ["assessment", "unit"]
