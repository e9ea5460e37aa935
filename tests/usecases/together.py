"""Deeds at the same time: one waits for another that is under way, or many begin at once."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any, TypeVar

from evalsvc.domain.access import Actor
from evalsvc.domain.errors import DomainError
from evalsvc.store.database import Database
from evalsvc.usecases.work import Office, Work
from tests import postgres
from tests.web.small_house import House

PATIENCE = 20.0
_WAITING = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
_T = TypeVar("_T")


def url_of(house: House) -> str:
    return house.engine.url.render_as_string(hide_password=False)


@contextmanager
def another_process(house: House) -> Iterator[Office]:
    """A second office on the same database, which shares nothing else with the first."""
    database = Database(url_of(house))
    yield Office(database, house.clock)
    database.close()


def outcome_of(deed: Callable[[], Any]) -> Any:
    """What a deed gives, or what the domain says against it."""
    try:
        return deed()
    except DomainError as error:
        return error


def at_once(*deeds: Callable[[], Any]) -> Sequence[Any]:
    """All begin at the same moment; their outcomes in the order of the deeds."""
    barrier = Barrier(len(deeds), timeout=PATIENCE)

    def run(deed: Callable[[], Any]) -> Any:
        barrier.wait()
        return outcome_of(deed)

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [each.result() for each in [pool.submit(run, deed) for deed in deeds]]


def while_held(
    house: House, first: tuple[Actor, Callable[[Work], _T]], second: Callable[[], Any]
) -> tuple[_T, Any]:
    """The second begins when the first is done but not yet committed; the outcomes of both."""
    actor, deed = first
    with ThreadPoolExecutor(1) as pool:
        with house.office.writing(actor) as doing:
            done = deed(doing)
            waiting = pool.submit(outcome_of, second)
            if not house.office.database.is_sqlite:
                _await_lock(house, waiting)
        return done, waiting.result()


def _await_lock(house: House, waiting: "Future[Any]") -> None:
    """SQLite cannot say who waits; there the only writer is the first until it is committed."""
    ends = time.monotonic() + PATIENCE
    with postgres.plain(url_of(house)) as connection:
        while connection.execute(_WAITING).fetchone() == (0,):
            assert not waiting.done(), f"did not wait: {waiting.result()}"
            assert time.monotonic() < ends, "does not wait"
