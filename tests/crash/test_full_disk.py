"""A full disk: people are told, nothing is half done, and work goes on when there is room again.

The disk is full for the service only: the kernel lets its process write no file beyond a size.
"""

import resource
from pathlib import Path

from evalsvc.domain.access import Role
from evalsvc.store import sheet_lines
from evalsvc.usecases.verify import verify
from tests.crash import village
from tests.crash.clerk import Answer, Browser
from tests.crash.service import Service, running

UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
FULL = (1, resource.RLIM_INFINITY)
"""The soft limit only, so that it can be lifted again."""


def limit(service: Service, bytes_: tuple[int, int]) -> None:
    assert service.process is not None
    resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE, bytes_)


def save(browser: Browser, sheet: int, text: str, seen: int) -> Answer:
    done, due = text.split("/")
    fields = {"done": done, "due": due, "note": "", "seen": str(seen), "key": f"k{text}"}
    return browser.post(f"/unit/sheets/{sheet}/lines/A2", fields)


def test_a_full_disk_is_told_and_work_goes_on_afterwards(sqlite_url: str, tmp_path: Path) -> None:
    office = village.settle(sqlite_url, village.opening(), village.UNITS)
    clerk = village.sign_in(office, "an", (Role.EDITOR, "so-1"))
    sheet = village.sheet_of(office, "so-1")

    with running(sqlite_url, tmp_path / "files") as service:
        browser = Browser(clerk, service.port)
        browser.get(f"/unit/sheets/{sheet}/groups/A")
        first = save(browser, sheet, "5/7", 0)
        limit(service, FULL)
        refused = save(browser, sheet, "6/7", first.version)
        looked_at = browser.get(f"/unit/sheets/{sheet}/groups/A")
        limit(service, UNLIMITED)
        again = save(browser, sheet, "6/7", first.version)
        browser.close()

    assert (first.status, refused.status, again.status) == (200, 503, 200)
    assert refused.data["error"] == "database-away"
    assert looked_at.status == 200
    assert again.version == first.version + 1
    with office.reading(clerk.actor) as doing:
        line = next(
            each for each in sheet_lines.of_assessment(doing.store, sheet) if each.code == "A2"
        )
        faults: list[str] = []
        checked = verify(doing, lambda fault: faults.append(str(fault)))
    office.database.close()
    assert (line.claim, checked.differences, faults) == ("6/7", 0, [])
