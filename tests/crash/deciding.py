"""A block is concluded and closed while the service is killed: all of it, or nothing."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import Random

from evalsvc.domain.access import SERVICE, Role
from evalsvc.domain.course import Status
from evalsvc.store import assessments
from evalsvc.store.assessments import Record
from evalsvc.store.units import UnitRecord
from evalsvc.usecases import assess, decide, evaluate, explain
from evalsvc.usecases.sheets import Seen
from evalsvc.usecases.work import Office, Work
from tests.crash import village
from tests.crash.clerk import Answer, Browser
from tests.crash.ledger import Ledger, disagreements
from tests.crash.saving import FAILED
from tests.crash.service import Service, running
from tests.web.small_sets import XA

NUMBER = 12
UNITS = tuple(
    UnitRecord(f"xa-{at:02}", f"Xã số {at}", "xa", "khoi", place=at) for at in range(1, NUMBER + 1)
)
BEFORE, AFTER = 0.02, 0.25
"""Seconds after the request began: from before its first row to after its last one."""
DONE = frozenset({200, 303})
AT = "/rounds/NAM/decisions"


class Decisions:
    """Released sheets of one block, the lead who concludes them, the leader who closes them."""

    def __init__(self, office: Office, service: Service, seed: str) -> None:
        self.office, self.service, self.seed = office, service, seed
        self.lead = self._browser("lan", Role.LEAD, f"/review{AT}")
        self.leader = self._browser("minh", Role.LEADER, f"/lead{AT}")

    def _browser(self, name: str, role: Role, page: str) -> Browser:
        browser = Browser(village.sign_in(self.office, name, (role, "")), self.service.port)
        answer = browser.get(page)
        assert answer.status == 200, (answer, self.service.said())
        return browser

    def crash(self, number: int) -> bool:
        """Whether the decision was kept that was under way; by turns a conclusion and a closing."""
        chooser = Random(f"{self.seed}/{number}")  # noqa: S311 - to be repeated by its seed
        concluding = self.lead, f"/review{AT}/conclude"
        closing = self.leader, f"/lead{AT}/close"
        if number % 2:
            self._done(*concluding)
            kept = self._killed(chooser, *closing, Status.CLOSED)
        else:
            kept = self._killed(chooser, *concluding, Status.CONCLUDED)
            self._done(*closing)
        for each in self._sheets():
            self.office.do(SERVICE, decide.reopen, each.id, "13/QĐ-UBND")
        assert disagreements(self.office, Ledger()) == []
        return kept

    def _killed(self, chooser: Random, who: Browser, path: str, to: Status) -> bool:
        """All sheets or none; asked again, all of them."""
        with ThreadPoolExecutor(1) as pool:
            asking = pool.submit(self._ask, who, path)
            time.sleep(chooser.uniform(BEFORE, AFTER))
            self.service.kill()
        self.service.start()
        for browser in (self.lead, self.leader):
            browser.go_to(self.service.port)
        found = {each.status for each in self._sheets()}
        assert len(found) == 1, f"{path} was done by half"
        assert found == {to} or asking.result().status in FAILED, "acknowledged and lost"
        assert disagreements(self.office, Ledger()) == []
        if found != {to}:
            self._done(who, path)
        assert {each.status for each in self._sheets()} == {to}
        return found == {to}

    def _done(self, who: Browser, path: str) -> None:
        answer = self._ask(who, path)
        assert answer.status in DONE, answer

    def _ask(self, who: Browser, path: str) -> Answer:
        """Every sheet is ticked as it is now."""
        picks = {f"pick-{each.id}": each.head.link for each in self._sheets()}
        return who.post(path, {**picks, "number": "12/QĐ-UBND", "day": "2/1/2026"})

    def _sheets(self) -> list[Record]:
        with self.office.reading(SERVICE) as doing:
            return _all(doing)


def _all(doing: Work) -> list[Record]:
    ids = [row.id for row in doing.store.execute(assessments.assessment.select())]
    found = [assessments.get(doing.store, SERVICE, id_) for id_ in ids]
    return [each for each in found if each is not None]


def _release(office: Office) -> None:
    """Every sheet is handed in as it stands, accepted and shown to its unit."""
    head = village.sign_in(office, "thủ trưởng", *((Role.HEAD, each.code) for each in UNITS)).actor
    lead = village.sign_in(office, "tổ trưởng", (Role.LEAD, "")).actor
    for each in UNITS:
        id_ = village.sheet_of(office, each.code)
        office.do(head, assess.save_answer, id_, "P1", assess.Typed("0"), Seen(0))
        office.do(head, assess.submit, id_, ["A1", "A2"])
        for line in ("A1", "A2", "P1"):
            office.do(lead, evaluate.accept, id_, line, Seen(int(line == "P1")))
        office.do(lead, evaluate.finish, id_)
        office.do(lead, explain.release, id_)


@contextmanager
def scene(url: str, seed: str) -> Iterator[Decisions]:
    office = village.settle(url, village.opening("xa", XA), UNITS)
    _release(office)
    try:
        with running(url) as service:
            here = Decisions(office, service, seed)
            yield here
            here.lead.close()
            here.leader.close()
    finally:
        office.database.close()
