"""Kills the service or its database during saves, uploads and decisions: nothing that was
acknowledged may be lost.

    python -m tests.crash.crashing 1000 [seed]

The moment of each kill comes from the seed; killing cannot take the power away from the disk.
"""

import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from itertools import chain
from pathlib import Path
from random import Random

from evalsvc.domain.access import SERVICE, Role
from evalsvc.usecases.work import Office
from tests import postgres
from tests.conftest import migrated
from tests.crash import deciding, uploading, village
from tests.crash.clerk import Browser
from tests.crash.ledger import Ledger, disagreements, is_kept
from tests.crash.saving import Clerk
from tests.crash.service import Service, running

ROUNDS_OF_ONE = 25
"""Then a new database begins, so that looking through it stays short."""
SHARE = 10
"""Of so many rounds of saves there is one of uploads, and one of decisions."""
MOST_SAVES, LONGEST = 40, 0.03
CLERKS = {"an": "so-1", "bình": "so-1", "chi": "so-2", "dung": "so-3"}
"""Two of them share a sheet."""
SQLITE, APPLICATION, DATABASE = (
    "SQLite, service killed",
    "PostgreSQL, service killed",
    "PostgreSQL, database killed",
)


@dataclass(slots=True)
class Tally:
    """What happened; `kept` and `resent` are saves that nobody heard of before the restart."""

    rounds: int = 0
    acknowledged: int = 0
    kept: int = 0
    resent: int = 0
    conflicts: int = 0
    most_tries: int = 0

    def add(self, other: "Tally") -> None:
        most = max(self.most_tries, other.most_tries)
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))
        self.most_tries = most

    def __str__(self) -> str:
        return (
            f"{self.rounds} rounds, {self.acknowledged:,} saves acknowledged, none lost; of those "
            f"without an answer {self.kept} were kept and {self.resent} were not; "
            f"{self.conflicts} conflicts; at most {self.most_tries} tries until an answer came"
        )


class Scene:
    """One database with a round, the service on it, and clerks who save."""

    def __init__(self, office: Office, service: Service, seed: str) -> None:
        self.office, self.service, self.seed = office, service, seed
        self.ledger = Ledger()
        self.clerks = [self._clerk(name, unit) for name, unit in CLERKS.items()]

    def _clerk(self, name: str, unit: str) -> Clerk:
        person = village.sign_in(self.office, name, (Role.EDITOR, unit))
        browser = Browser(person, self.service.port)
        return Clerk(name, browser, village.sheet_of(self.office, unit), self.ledger)

    def close(self) -> None:
        for clerk in self.clerks:
            clerk.browser.close()

    def crash(self, number: int, database: postgres.Server | None = None) -> Tally:
        """One round; the database is killed where it is given, else the service."""
        try:
            return self._crash(number, database)
        except AssertionError as error:
            error.add_note(f"seed {self.seed}, round {number}; the service said:")
            error.add_note(self.service.said())
            raise

    def _crash(self, number: int, database: postgres.Server | None) -> Tally:
        chooser = Random(f"{self.seed}/{number}")  # noqa: S311 - to be repeated by its seed
        tally = Tally(1, -len(self.ledger.acknowledged), 0, 0, -self._conflicts())
        self._save_until_killed(chooser, database)
        self._restart(database)
        demand_none(disagreements(self.office, self.ledger))
        faults = [fault for clerk in self.clerks for fault in self._asked_again(clerk, tally)]
        faults += [fault for clerk in self.clerks for fault in clerk.repeats()]
        demand_none(faults + disagreements(self.office, self.ledger))
        tally.acknowledged += len(self.ledger.acknowledged)
        tally.conflicts += self._conflicts()
        return tally

    def _save_until_killed(self, chooser: Random, database: postgres.Server | None) -> None:
        moment = threading.Event()
        enough = len(self.ledger.acknowledged) + chooser.randint(1, MOST_SAVES)
        with ThreadPoolExecutor(len(self.clerks)) as pool:
            choosers = [Random(chooser.random()) for _ in self.clerks]  # noqa: S311
            working = [
                pool.submit(clerk.work, own, enough, moment)
                for clerk, own in zip(self.clerks, choosers, strict=True)
            ]
            moment.wait()
            time.sleep(chooser.uniform(0, LONGEST))  # into the middle of what is under way
            (database.crash if database else self.service.kill)()
        for each in working:
            each.result()

    def _restart(self, database: postgres.Server | None) -> None:
        if database:
            database.start()
            self.office.database.close()
            return
        self.service.start()
        for clerk in self.clerks:
            clerk.browser.go_to(self.service.port)

    def _asked_again(self, clerk: Clerk, tally: Tally) -> Iterator[str]:
        """Sends what was not answered once more; whatever was kept is answered as the first."""
        if (save := clerk.unheard) is None:
            return
        with self.office.reading(SERVICE) as doing:
            kept = is_kept(doing, save)
        answer, tries = clerk.ask_again(save)
        if kept and answer.status != 200:
            yield f"kept, but not answered as the first: {save}, {answer}"
        tally.kept += kept
        tally.resent += not kept
        tally.most_tries = max(tally.most_tries, tries)

    def _conflicts(self) -> int:
        return sum(clerk.conflicts for clerk in self.clerks)


def demand_none(faults: list[str]) -> None:
    assert not faults, "\n".join(faults)


@contextmanager
def scene(url: str, seed: str) -> Iterator[Scene]:
    office = village.settle(url, village.opening(), village.UNITS)
    try:
        with running(url) as service, closing(Scene(office, service, seed)) as here:
            yield here
    finally:
        office.database.close()


def on_sqlite(rounds: int, seed: str) -> Iterator[tuple[str, Tally]]:
    for first in range(0, rounds, ROUNDS_OF_ONE):
        with tempfile.TemporaryDirectory(prefix="evalsvc-crash-") as folder:
            url = f"sqlite:///{Path(folder) / 'evalsvc.db'}"
            migrated(url)
            with scene(url, f"{seed}/sqlite") as here:
                for number in range(first, min(first + ROUNDS_OF_ONE, rounds)):
                    yield SQLITE, here.crash(number)


def on_postgresql(rounds: int, seed: str) -> Iterator[tuple[str, Tally]]:
    """By turns the service and the database; what is written reaches the disk."""
    with postgres.server(durable=True) as server:
        databases = postgres.Databases(server.url())
        for first in range(0, rounds, ROUNDS_OF_ONE):
            url = databases.fresh(migrated)
            with scene(url, f"{seed}/postgresql") as here:
                for number in range(first, min(first + ROUNDS_OF_ONE, rounds)):
                    yield (
                        (APPLICATION, here.crash(number))
                        if number % 2
                        else (DATABASE, here.crash(number, server))
                    )
            databases.drop(url)


def otherwise(rounds: int, seed: str) -> Iterator[str]:
    """Uploads and decisions, on SQLite; what is told at the end of each."""
    with tempfile.TemporaryDirectory(prefix="evalsvc-crash-") as folder:
        urls = [f"sqlite:///{Path(folder) / name}.db" for name in ("uploads", "decisions")]
        for url in urls:
            migrated(url)
        with uploading.scene(urls[0], seed, Path(folder) / "files") as files:
            kept = [files.crash(number) for number in range(rounds)]
        yield f"uploads: {rounds} rounds, {kept[-1]} files kept, none lost, no orphans"
        with deciding.scene(urls[1], seed) as decisions:
            done = sum(decisions.crash(number) for number in range(rounds))
        yield f"decisions: {rounds} rounds, {done} kept whole, the others not at all"


def main() -> None:
    rounds = int(sys.argv[1])
    seed = sys.argv[2] if len(sys.argv) > 2 else os.urandom(4).hex()
    print(f"seed {seed}", flush=True)  # noqa: T201
    half = rounds // 2 if postgres.binaries() else 0
    tallies = {name: Tally() for name in (SQLITE, APPLICATION, DATABASE)}
    try:
        crashed = chain(on_sqlite(rounds - half, seed), on_postgresql(half, seed))
        for number, (name, tally) in enumerate(crashed, 1):
            tallies[name].add(tally)
            if number % ROUNDS_OF_ONE == 0:
                print(f"{number} of {rounds} rounds", flush=True)  # noqa: T201
    finally:
        for name, tally in tallies.items():
            print(f"{name}: {tally}")  # noqa: T201
    for told in otherwise(max(1, rounds // SHARE), seed):
        print(told)  # noqa: T201


if __name__ == "__main__":
    main()
