"""The engine, its transactions, and the types of columns that people argue about."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

SCALE, PRINTED = 6, 2

DatabaseDown = OperationalError
"""What is raised when the database is away, full, or kept busy by another."""


class BrokenReferences(Exception):
    """A migration would leave rows that point nowhere: it is undone."""


WRITES = "evalsvc_writes"
BUSY_MS = 30_000
GREATEST_ID = 2**63 - 1
POOL: Mapping[str, int] = {"pool_size": 10, "max_overflow": -1}
"""No bound but the number of threads that answer: a request never waits for a connection."""

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
"""SQLite numbers rows by itself only where the type is INTEGER."""

Sorted = sa.String(2000).with_variant(sa.String(2000, collation="C"), "postgresql")
"""A key of `names.sort_key`: compared byte by byte, whatever the locale of the server is."""


class Points(TypeDecorator[Decimal]):
    """Exact, as whole millionths: summable in SQL, never a float."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: sa.Dialect) -> int | None:
        return None if value is None else millionths(value)

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> Decimal | None:
        return None if value is None else points(value)


def millionths(value: object) -> int:
    if isinstance(value, Decimal):
        scaled = value.scaleb(SCALE)
        if (whole := int(scaled)) == scaled:
            return whole
    raise TypeError(f"not points that can be kept exactly: {value!r}")


@lru_cache(maxsize=65_536)
def points(kept: int) -> Decimal:
    """At least two decimals, as they are printed; more only where they say something."""
    places = SCALE
    while places > PRINTED and kept % 10 ** (SCALE - places + 1) == 0:
        places -= 1
    return Decimal(kept // 10 ** (SCALE - places)).scaleb(-places)


class Moment(TypeDecorator[datetime]):
    """A time of the world in UTC; SQLite knows no time zones, so it gets none."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("a moment has a time zone")
        told = value.astimezone(UTC)
        return told if dialect.name == "postgresql" else told.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def connect(url: str) -> Engine:
    """An engine on which writes wait for each other."""
    if sa.make_url(url).get_backend_name() == "sqlite":
        engine = sa.create_engine(url, connect_args={"timeout": BUSY_MS / 1000}, **POOL)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return sa.create_engine(url, **POOL)


def connect_to_read(url: str, engine: Engine) -> Engine:
    """Each transaction sees one snapshot and cannot write; PostgreSQL is told once a connection."""
    if engine.dialect.name == "sqlite":
        return engine
    reads = sa.create_engine(url, **POOL)
    event.listen(reads, "connect", _prepare_reader)
    return reads


def _prepare_reader(connection: Any, record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
        )
    connection.commit()


def _prepare_sqlite(connection: Any, record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def connect_to_glance(url: str, engine: Engine) -> Engine:
    """Each statement stands for itself, so there is nothing to be undone after it; PostgreSQL is
    told once a connection."""
    if engine.dialect.name == "sqlite":
        return engine
    glances = sa.create_engine(url, pool_reset_on_return=None, **POOL)
    event.listen(glances, "connect", _prepare_glancer)
    return glances


def _prepare_glancer(connection: Any, record: object) -> None:
    connection.autocommit = True


def _set_references(connection: Connection, *, on: bool) -> None:
    """Only outside a transaction, so on the driver's own connection."""
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def _demand_references(connection: Connection) -> None:
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        raise BrokenReferences(broken)


def _begin_sqlite(connection: Connection) -> None:
    """A read that turns into a write fails at once, so writers say so at the start."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Database:
    """Where everything is kept: gives out transactions, and nothing else."""

    def __init__(self, url: str) -> None:
        self.engine = connect(url)
        self.reads = connect_to_read(url, self.engine)
        self.glances = connect_to_glance(url, self.engine)
        self._writes = self.engine.execution_options(**{WRITES: True})
        self._turn: AbstractContextManager[object] = nullcontext()
        """SQLite has one writer: waiting here is shorter and fairer than its own sleeping."""
        if self.is_sqlite:
            self._turn = threading.RLock()

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Commits at the end of the block; the only place in the service that does."""
        with self._turn, self._writes.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """As `writing`; SQLite makes tables anew, so references are checked once, at the end."""
        with self._turn, self._writes.connect() as connection:
            if self.is_sqlite:
                _set_references(connection, on=False)
            try:
                with connection.begin():
                    yield connection
                    if self.is_sqlite:
                        _demand_references(connection)
            finally:
                if self.is_sqlite:
                    _set_references(connection, on=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One snapshot; nothing can be written in it."""
        with self.reads.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def glancing(self) -> Iterator[Connection]:
        """For a single statement, which is a snapshot of its own: no transaction around it."""
        with self.glances.connect() as connection:
            yield connection

    def close(self) -> None:
        self.engine.dispose()
        self.reads.dispose()
        self.glances.dispose()


class Clock(FunctionElement[datetime]):
    """The clock of the database at the start of the transaction, as a column of any statement."""

    inherit_cache = True
    type = Moment()


@compiles(Clock)
def _clock(element: Clock, compiler: object, **words: object) -> str:
    return "now()"


@compiles(Clock, "sqlite")
def _clock_of_sqlite(element: Clock, compiler: object, **words: object) -> str:
    return "strftime('%Y-%m-%d %H:%M:%f', 'now')"


_NOW = sa.select(Clock())


def now(connection: Connection) -> datetime:
    """The same as a statement of its own."""
    found: datetime = connection.execute(_NOW).scalar_one()
    return found
