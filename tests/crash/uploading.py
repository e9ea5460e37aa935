"""Files that are sent while the service is killed: what was acknowledged is there, nothing else."""

import hashlib
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from evalsvc.domain.access import SERVICE, Role
from evalsvc.settings import Settings
from evalsvc.store import documents
from evalsvc.usecases import depot as depots
from evalsvc.usecases import uploads
from evalsvc.usecases.work import Office
from tests.crash import village
from tests.crash.clerk import Answer, Browser
from tests.crash.ledger import Ledger, disagreements
from tests.crash.saving import FAILED, TRIES
from tests.crash.service import Service, running
from tests.files import made

PIECE, LEAST, GREATEST = 64 * 1024, 10_000, 400_000
MOST_ANSWERS, LONGEST = 25, 0.03
LINE = "A1"
SENDERS = {"an": "so-1", "bình": "so-1", "chi": "so-2"}
"""Two of them put evidence on the same line."""


@dataclass
class Sending:
    """One file under way: how much the service has said to have, and whether it was asked to keep
    all of it."""

    content: bytes
    key: str
    token: str = ""
    arrived: int = 0
    is_finishing: bool = False

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass
class Sender:
    """Sends one file after the other until nobody answers, and then goes on."""

    name: str
    browser: Browser
    sheet: int
    attached: set[str] = field(default_factory=set)
    under_way: Sending | None = None
    heard: int = 0
    sent: int = 0

    def work(self, chooser: Random, enough: int, moment: threading.Event) -> None:
        try:
            while self.under_way is None:
                self.under_way = self._next(chooser)
                while self.under_way is not None and self._step(self.under_way):
                    self.heard += 1
                    if self.heard >= enough:
                        moment.set()
        finally:
            moment.set()

    def _next(self, chooser: Random) -> Sending:
        self.sent += 1
        noise = chooser.randbytes(chooser.randint(LEAST, GREATEST))
        return Sending(made.docx({"word/media/image1.bin": noise}), f"{self.name}-{self.sent}")

    @property
    def line(self) -> str:
        return f"/unit/sheets/{self.sheet}/lines/{LINE}/evidence"

    def _step(self, file: Sending) -> bool:
        """The next thing to send; False where nobody answers."""
        if not file.token:
            said = {"name": "báo cáo.docx", "size": str(len(file.content))}
            answer = self.browser.post(f"{self.line}/uploads", said)
            if self._is_answered(answer):
                file.token = str(answer.data["upload"])
        elif file.arrived < len(file.content):
            piece = file.content[file.arrived : file.arrived + PIECE]
            answer = self.browser.send(f"/unit/uploads/{file.token}?at={file.arrived}", piece)
            if self._is_answered(answer):
                file.arrived = int(str(answer.data["arrived"]))
        else:
            answer = self._attach(file)
            if self._is_answered(answer):
                self.attached.add(file.sha256)
                self.under_way = None
        return answer.status not in FAILED

    def _attach(self, file: Sending) -> Answer:
        file.is_finishing = True
        said = {"title": file.key, "upload": file.token, "seen": "0", "key": file.key}
        return self.browser.post(self.line, said)

    def _is_answered(self, answer: Answer) -> bool:
        assert answer.status in (200, *FAILED), answer
        return answer.status == 200

    def go_on(self) -> Iterator[str]:
        """After a restart: where the file is, then the rest of it."""
        if (file := self.under_way) is None:
            return
        if file.token:
            found = self.browser.get(f"/unit/uploads/{file.token}", "application/json")
            arrived = int(str(found.data["arrived"]))
            # Taken out of its place to be looked at, a file that was not kept is sent anew.
            if arrived < file.arrived and not file.is_finishing:
                yield f"{self.name}: {file.arrived} bytes were acknowledged, {arrived} are there"
            file.arrived = len(file.content) if found.data["done"] else arrived
        for _ in range(TRIES + len(file.content) // PIECE):
            if self.under_way is None:
                return
            self._step(file)
        yield f"{self.name}: {file.key} does not arrive"


class Uploads:
    """One database, one folder of files, the service on them, and people who send."""

    def __init__(self, office: Office, service: Service, seed: str, files: Path) -> None:
        self.office, self.service, self.seed = office, service, seed
        self.depot = depots.of_settings(Settings(files=str(files)))
        self.senders = [self._sender(name, unit) for name, unit in SENDERS.items()]

    def _sender(self, name: str, unit: str) -> Sender:
        person = village.sign_in(self.office, name, (Role.EDITOR, unit))
        sheet = village.sheet_of(self.office, unit)
        browser = Browser(person, self.service.port)
        assert browser.get(f"/unit/sheets/{sheet}/groups/A").status == 200
        return Sender(name, browser, sheet)

    def crash(self, number: int) -> int:
        """One round; how many files have been kept by now."""
        chooser = Random(f"{self.seed}/{number}")  # noqa: S311 - to be repeated by its seed
        moment = threading.Event()
        with ThreadPoolExecutor(len(self.senders)) as pool:
            working = [
                pool.submit(each.work, Random(chooser.random()), enough, moment)  # noqa: S311
                for each in self.senders
                for enough in [each.heard + chooser.randint(1, MOST_ANSWERS)]
            ]
            moment.wait()
            time.sleep(chooser.uniform(0, LONGEST))
            self.service.kill()
        for working_one in working:
            working_one.result()
        self.service.start()
        faults = []
        for each in self.senders:
            each.browser.go_to(self.service.port)
            faults += each.go_on()
        faults += [*self._missing(), *self._orphans(), *disagreements(self.office, Ledger())]
        assert not faults, "\n".join([f"round {number}", *faults, self.service.said()])
        return sum(len(each.attached) for each in self.senders)

    def _missing(self) -> Iterator[str]:
        """Every file that a row names is whole; every acknowledged one has a row."""
        with self.office.reading(SERVICE) as doing:
            named = documents.files(doing.store)
        for each in self.senders:
            for sha256 in sorted(each.attached - named):
                yield f"{each.name}: {sha256} was acknowledged and has no row"
        for sha256 in sorted(named):
            with self.depot.shelves.vault.open(sha256) as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                    yield f"{sha256} is not what it was"

    def _orphans(self) -> Iterator[str]:
        """Swept as on the day after the day after: what no row names is gone, all else stays."""
        then = datetime.now(UTC) + timedelta(days=2)
        uploads.sweep(Office(self.office.database, lambda _: then), self.depot)
        with self.office.reading(SERVICE) as doing:
            named = documents.files(doing.store)
        kept = {each.name for each in self.depot.shelves.vault.each()}
        if kept != named:
            yield f"orphans {sorted(kept - named)}, swept though named {sorted(named - kept)}"
        if left := [each.name for each in self.depot.shelves.pieces.each()]:
            yield f"pieces of nobody: {left}"


@contextmanager
def scene(url: str, seed: str, files: Path) -> Iterator[Uploads]:
    office = village.settle(url, village.opening(), village.UNITS)
    try:
        with running(url, files) as service:
            here = Uploads(office, service, seed, files)
            yield here
            for each in here.senders:
                each.browser.close()
    finally:
        office.database.close()
