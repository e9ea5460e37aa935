"""Clerks who save without a pause until nobody answers any more, and then ask again."""

import threading
from collections.abc import Callable
from random import Random

from tests.crash.clerk import UNHEARD, Answer, Browser
from tests.crash.ledger import Ledger, Save

DUE = 1_000_000
FAILED = (UNHEARD.status, 500, 503)
TRIES = 20
_FIELDS: dict[str, Callable[[int], tuple[dict[str, str], str]]] = {
    "A2": lambda number: ({"done": str(number), "due": str(DUE)}, f"{number}/{DUE}"),
    "T1": lambda number: ({"times-T1": str(number)}, str(number)),
    "P1": lambda number: ({"times-P1": str(number)}, str(number)),
}
LINES = tuple(_FIELDS)


class Clerk:
    """Works on one sheet; each save states a number that nobody else states."""

    def __init__(self, name: str, browser: Browser, sheet: int, ledger: Ledger) -> None:
        self.name, self.browser, self.sheet, self.ledger = name, browser, sheet, ledger
        self.versions = dict.fromkeys(LINES, 0)
        self.sent = self.conflicts = 0
        self.unheard: Save | None = None
        self.latest: tuple[Save, Answer] | None = None
        answer = browser.get(f"/unit/sheets/{sheet}/groups/A")
        assert answer.status == 200, answer

    def work(self, chooser: Random, enough: int, moment: threading.Event) -> None:
        """Saves until one is not answered; `moment` comes when all have heard enough."""
        try:
            while self.unheard is None:
                if self._save(self._next(chooser.choice(LINES))) >= enough:
                    moment.set()
        finally:
            moment.set()

    def _next(self, line: str) -> Save:
        self.sent += 1
        _, text = _FIELDS[line](self.sent)
        return Save(self.sheet, line, text, self.versions[line], f"{self.name}-{self.sent}")

    def _save(self, save: Save) -> int:
        """How many saves of everybody have been acknowledged."""
        answer = self._send(save)
        if answer.status in FAILED:
            self.unheard = save
            return 0
        return self._heard(save, answer)

    def _send(self, save: Save) -> Answer:
        number = int(save.key.rpartition("-")[2])
        fields, _ = _FIELDS[save.line](number)
        told = {"note": save.key, "seen": str(save.seen), "key": save.key}
        return self.browser.post(f"/unit/sheets/{self.sheet}/lines/{save.line}", fields | told)

    def _heard(self, save: Save, answer: Answer) -> int:
        assert answer.status in (200, 409), (save, answer)
        if answer.status == 409:
            self.conflicts += 1
            self.versions[save.line] = answer.version
            return 0
        assert answer.version == save.seen + 1, (save, answer)
        self.versions[save.line] = answer.version
        self.latest = save, answer
        return self.ledger.note(save, answer.version)

    def ask_again(self, save: Save) -> tuple[Answer, int]:
        """The save that was not answered, once more with its key; and how often it took."""
        self.unheard = None
        for tries in range(1, TRIES + 1):
            answer = self._send(save)
            if answer.status not in FAILED:
                self._heard(save, answer)
                return answer, tries
        raise AssertionError(f"no answer after {TRIES} tries: {save}, {answer}")

    def repeats(self) -> list[str]:
        """What is different when the latest acknowledged save comes once more."""
        if self.latest is None:
            return []
        save, first = self.latest
        again = self._send(save)
        told = ("state", "version", "points")
        if again.status == 200 and all(again.data[each] == first.data[each] for each in told):
            return []
        return [f"answered otherwise when repeated: {save}, {first}, {again}"]
