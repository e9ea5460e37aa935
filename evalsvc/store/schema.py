"""The tables of the database: made and brought up to date by numbered migrations."""

from enum import StrEnum
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from evalsvc.store import migrations
from evalsvc.store.database import Database

_FOLDER = Path(migrations.__file__).parent
HEAD = "head"
_LOCK = 7_236_001
"""Any number, but always the same: two services that start at once migrate one after the other."""


class State(StrEnum):
    EMPTY = "empty"
    OLD = "old"
    CURRENT = "current"
    NEWER = "newer"


def upgrade(database: Database, to: str = HEAD) -> None:
    """Make the tables, or bring them up to date; all steps in one transaction."""
    with database.migrating() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        command.upgrade(_config(connection), to)


def state(database: Database) -> State:
    with database.reading() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    script = ScriptDirectory.from_config(_config())
    if found is None:
        return State.EMPTY
    if found == script.get_current_head():
        return State.CURRENT
    known = {each.revision for each in script.walk_revisions()}
    return State.OLD if found in known else State.NEWER


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    # Alembic reads % as a sign of its own
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
