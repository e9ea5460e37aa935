"""Many clerks, reviewers and a leader at once on the real servers: no error, no save lost.

    python -m bench.clerks [SECONDS] [CLERKS-ON-POSTGRESQL] [CLERKS-ON-SQLITE]

PostgreSQL is served by two processes, SQLite by one. Nobody pauses: fifty of these are many more
than fifty people.
"""

import re
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import count, cycle
from pathlib import Path
from random import Random

from bench import province
from evalsvc.domain.access import Role
from evalsvc.store import sheet_lines
from evalsvc.usecases import assess
from evalsvc.usecases.assess import Typed
from evalsvc.usecases.sheets import Seen
from evalsvc.usecases.work import Office, Work
from tests import postgres
from tests.conftest import migrated
from tests.crash import village
from tests.crash.clerk import Answer, Browser
from tests.crash.ledger import Ledger, Save, disagreements
from tests.crash.service import Service, running

SECONDS, ON_POSTGRESQL, ON_SQLITE = 60, 50, 20
PROCESSES = 2
REVIEWER_FOR = 8
"""So many clerks have one reviewer beside them."""
SHARED, DUE = "don-vi-1", 1_000_000
LINES = tuple(f"{group}.{line}" for group in range(1, province.GROUPS + 1) for line in (3, 8))
"""Ratios: each save states a number that nobody else states."""
OWN, TOGETHER = 0.7, 0.9
ON_PAGE = re.compile(r'name="seen" value="([0-9]+)"')
GOOD, CONFLICT = 200, 409
ROUND = f"/lead/rounds/{province.ROUND}"

Step = Callable[[], None]


class Day:
    """What all of them have in common: the end, the ledger, and what was answered how fast."""

    def __init__(self) -> None:
        self.over = threading.Event()
        self.ledger = Ledger()
        self.numbers = count(1)
        self.answers: Counter[tuple[str, int]] = Counter()
        self.seconds: dict[str, list[float]] = {}
        self.wrong: list[str] = []
        self._lock = threading.Lock()

    def timed(self, what: str, ask: Callable[[], Answer]) -> Answer:
        begun = time.monotonic()
        answer = ask()
        with self._lock:
            self.seconds.setdefault(what, []).append(time.monotonic() - begun)
            self.answers[what, answer.status] += 1
        if answer.status not in (GOOD, CONFLICT):
            self.wrong.append(f"{what}: {answer.status} {answer.text[:300]}")
        return answer


class Clerk:
    """Fills in the sheet of the own unit and, with all the others, one that is shared."""

    def __init__(self, day: Day, browser: Browser, own: int, shared: int) -> None:
        self.day, self.browser, self.own, self.shared = day, browser, own, shared
        self.versions: dict[tuple[int, str], int] = {}
        self.chooser = Random(own)  # noqa: S311 - the same day every time
        browser.get(self._page(own, LINES[0]))

    def step(self) -> None:
        chosen, line = self.chooser.random(), self.chooser.choice(LINES)
        if chosen < TOGETHER:
            self._save(self.own if chosen < OWN else self.shared, line)
        else:
            path = self.chooser.choice(("/unit/", self._page(self.own, line)))
            self.day.timed("page", lambda: self.browser.get(path))

    def _page(self, sheet: int, line: str) -> str:
        return f"/unit/sheets/{sheet}/groups/{line.partition('.')[0]}"

    def _save(self, sheet: int, line: str) -> None:
        number = next(self.day.numbers)
        seen = self.versions.get((sheet, line), 0)
        save = Save(sheet, line, f"{number}/{DUE}", seen, f"save-{number}")
        fields = {"done": str(number), "due": str(DUE), "note": save.key}
        fields |= {"seen": str(seen), "key": save.key}
        path = f"/unit/sheets/{sheet}/lines/{line}"
        answer = self.day.timed("save", lambda: self.browser.post(path, fields))
        if answer.status in (GOOD, CONFLICT):
            self.versions[sheet, line] = answer.version
        if answer.status == GOOD:
            self.day.ledger.note(save, answer.version)


class Reviewer:
    """Adjusts and accepts lines of a sheet that has been handed in; others are on it as well."""

    def __init__(self, day: Day, browser: Browser, sheet: int, seed: int) -> None:
        self.day, self.browser, self.sheet = day, browser, sheet
        self.chooser = Random(seed)  # noqa: S311 - the same day every time

    def step(self) -> None:
        line = self.chooser.choice(LINES)
        path = f"/review/sheets/{self.sheet}/groups/{line.partition('.')[0]}?line={line}"
        page = self.day.timed("review page", lambda: self.browser.get(path))
        if found := ON_PAGE.search(page.text):
            self._adjust(line, int(found[1]))

    def _adjust(self, line: str, seen: int) -> None:
        number = next(self.day.numbers)
        save = Save(self.sheet, line, f"{number}/{DUE}", seen, f"mark-{number}")
        fields = {"done": str(number), "due": str(DUE), "why": "Theo sổ văn bản."}
        fields |= {"seen": str(seen), "key": save.key, "view": "sheet"}
        path = f"/review/sheets/{self.sheet}/lines/{line}/adjust"
        answer = self.day.timed("mark", lambda: self.browser.post(path, fields))
        if answer.status == GOOD:
            self.day.ledger.note(save, seen + 1)


class Leader:
    """Looks how far they are and who is ahead, while it changes."""

    def __init__(self, day: Day, browser: Browser) -> None:
        self.day, self.browser = day, browser
        self.paths = cycle((f"{ROUND}/", f"{ROUND}/ranking", f"{ROUND}/ranking.csv"))

    def step(self) -> None:
        path = next(self.paths)
        self.day.timed("leader", lambda: self.browser.get(path))


# The day


def main() -> None:
    given = [int(each) for each in sys.argv[1:]]
    usual = (SECONDS, ON_POSTGRESQL, ON_SQLITE)
    seconds, on_postgresql, on_sqlite = (*given, *usual[len(given) :])
    if on_postgresql:
        with postgres.server(durable=True) as server:
            url = postgres.Databases(server.url()).fresh(migrated)
            held("PostgreSQL", url, PROCESSES, on_postgresql, seconds)
    if on_sqlite:
        with tempfile.TemporaryDirectory(prefix="evalsvc-clerks-") as folder:
            url = f"sqlite:///{Path(folder) / 'evalsvc.db'}"
            migrated(url)
            held("SQLite", url, 1, on_sqlite, seconds)


def held(name: str, url: str, processes: int, clerks: int, seconds: int) -> None:
    """One day; ends the program with an error when anything went wrong."""
    reviewers = clerks // REVIEWER_FOR
    office = village.settle(url, province.opening(), province.units(1 + clerks + reviewers))
    with ExitStack() as stack:
        stack.callback(office.database.close)
        services = [stack.enter_context(running(url)) for _ in range(processes)]
        day = Day()
        browsers = Browsers(office, services, stack)
        people: list[Clerk | Reviewer | Leader] = [
            *each_clerk(office, day, browsers, clerks),
            *each_reviewer(office, day, browsers, range(2 + clerks, 2 + clerks + reviewers)),
            Leader(day, browsers.of("leader", (Role.LEADER, ""))),
        ]
        work(day, [each.step for each in people], seconds)
        faults = day.wrong + disagreements(office, day.ledger)
    people_of = f"{clerks} clerks, {reviewers} reviewers, 1 leader"
    say(f"{name}: {people_of}, {processes} processes, {seconds} s")
    tell(day, seconds)
    say("\n    ".join([f"  {len(faults)} faults", *faults[:20]]))
    if faults:
        sys.exit(1)


def work(day: Day, steps: Sequence[Step], seconds: int) -> None:
    def on_and_on(step: Step) -> None:
        while not day.over.is_set():
            step()

    with ThreadPoolExecutor(len(steps)) as pool:
        working = [pool.submit(on_and_on, step) for step in steps]
        day.over.wait(seconds)
        day.over.set()
    for each in working:
        each.result()


def tell(day: Day, seconds: int) -> None:
    for what, found in sorted(day.seconds.items()):
        found.sort()
        half, most = found[len(found) // 2], found[len(found) * 95 // 100]
        statuses = {status: number for (of, status), number in day.answers.items() if of == what}
        say(
            f"  {what:12}{len(found) / seconds:8.1f}/s  half within {half * 1000:5.0f} ms, "
            f"95 % within {most * 1000:5.0f} ms, all within {found[-1] * 1000:5.0f} ms  {statuses}"
        )
    say(f"  {len(day.ledger.acknowledged):,} saves and marks acknowledged")


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


class Browsers:
    """People are spread over the processes by turns; those of one unit meet in the database."""

    def __init__(self, office: Office, services: Sequence[Service], stack: ExitStack) -> None:
        self.office, self.services, self.stack = office, services, stack
        self.turns = count()

    def of(self, name: str, *roles: tuple[Role, str]) -> Browser:
        person = village.sign_in(self.office, name, *roles)
        browser = Browser(person, self.services[next(self.turns) % len(self.services)].port)
        self.stack.callback(browser.close)
        return browser


def each_clerk(office: Office, day: Day, browsers: Browsers, number: int) -> Iterator[Clerk]:
    shared = village.sheet_of(office, SHARED)
    for at in range(2, 2 + number):
        unit = f"don-vi-{at}"
        browser = browsers.of(f"{unit}.clerk", (Role.EDITOR, unit), (Role.EDITOR, SHARED))
        yield Clerk(day, browser, village.sheet_of(office, unit), shared)


def each_reviewer(
    office: Office, day: Day, browsers: Browsers, numbers: range
) -> Iterator[Reviewer]:
    """Two on each sheet."""
    for at in numbers:
        unit = f"don-vi-{at - (at - numbers.start) % 2}"
        sheet = village.sheet_of(office, unit)
        if at % 2 == numbers.start % 2:
            head = village.sign_in(office, f"{unit}.head", (Role.HEAD, unit))
            office.do(head.actor, hand_in, sheet)
        browser = browsers.of(f"reviewer-{at}", (Role.EVALUATOR, ""))
        yield Reviewer(day, browser, sheet, at)


def hand_in(doing: Work, sheet: int) -> None:
    """Every line answered."""
    for line in sheet_lines.of_assessment(doing.store, sheet):
        typed = Typed(province.answer(line.code))
        assess.save_answer(doing, sheet, line.code, typed, Seen(0))
    assess.submit(doing, sheet, [])


if __name__ == "__main__":
    main()
