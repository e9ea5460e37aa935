"""What commands of the machine room share: settings, the database, and what is wrong with them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from sqlalchemy.exc import DBAPIError

from evalsvc import settings
from evalsvc.cli.deeds import Deed, refusals
from evalsvc.cli.told import spoken
from evalsvc.domain.errors import Refused
from evalsvc.settings import Settings
from evalsvc.store import schema
from evalsvc.store.database import Database
from evalsvc.store.schema import State
from evalsvc.usecases.work import Office

REFUSALS = {
    State.EMPTY: Refused("database-not-made"),
    State.OLD: Refused("database-is-old"),
    State.NEWER: Refused("database-is-newer"),
}


class MachineDeed(Deed):
    """A command that works on the database: also says what is wrong with its server."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DBAPIError as error:
            refused = Refused("database-unreachable", problem=_first_line(error))
        refusals().tell(spoken(ctx), refused)
        return ctx.exit(1)


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).strip().partition("\n")[0]


def read_settings() -> Settings:
    return settings.read(os.environ)


@contextmanager
def database(of: Settings) -> Iterator[Database]:
    found = Database(of.database_url)
    try:
        yield found
    finally:
        found.close()


@contextmanager
def opened() -> Iterator[Office]:
    """The office on a database that is up to date; raises Refused on any other."""
    with database(read_settings()) as found:
        demand_current(found)
        yield Office(found)


def demand_current(found: Database) -> None:
    state = schema.state(found)
    if state in REFUSALS:
        raise REFUSALS[state]


def upgraded(found: Database) -> State:
    """Brings the tables up to date; how they were before. A newer release's are left alone."""
    if (before := schema.state(found)) is State.NEWER:
        raise REFUSALS[before]
    schema.upgrade(found)
    return before


def where(found: Database) -> str:
    """Where the database is, without its password."""
    return found.engine.url.render_as_string(hide_password=True)
