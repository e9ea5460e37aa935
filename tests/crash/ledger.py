"""What clerks were told about their saves, and whether the database says the same."""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evalsvc.domain.access import SERVICE
from evalsvc.store import journal, sheet_lines
from evalsvc.store.journal import Told
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases.verify import Difference, verify
from evalsvc.usecases.work import Office, Work


@dataclass(frozen=True, slots=True)
class Save:
    """One save as it was sent; `text` is what has to stand on the line afterwards."""

    sheet: int
    line: str
    text: str
    seen: int
    key: str


class Ledger:
    """Saves that were acknowledged, by their keys, with the version that was told."""

    def __init__(self) -> None:
        self.acknowledged: dict[str, tuple[Save, int]] = {}
        self._lock = threading.Lock()

    def note(self, save: Save, version: int) -> int:
        """How many there are now."""
        with self._lock:
            self.acknowledged[save.key] = save, version
            return len(self.acknowledged)

    def sheets(self) -> list[int]:
        return sorted({save.sheet for save, _ in self.acknowledged.values()})


def disagreements(office: Office, ledger: Ledger) -> list[str]:
    """Everything in which ledger, journal, lines and totals differ; read in one snapshot."""
    found: list[str] = []

    def tell(difference: Difference) -> None:
        found.append(str(difference))

    with office.reading(SERVICE) as doing:
        for sheet in ledger.sheets():
            found += _of_sheet(doing, ledger, sheet)
        verify(doing, tell)
    return found


def is_kept(doing: Work, save: Save) -> bool:
    """Whether a save that nobody heard of is there; clerks write their key into the note."""
    told = journal.each_of_stream(doing.store, journal.assessment(save.sheet), save.line)
    return any(_data(each).get("note") == save.key for each in told)


def _of_sheet(doing: Work, ledger: Ledger, sheet: int) -> Iterator[str]:
    name = journal.assessment(sheet)
    told = [each for each in journal.of_stream(doing.store, name) if each.entry.line]
    mine = [pair for pair in ledger.acknowledged.values() if pair[0].sheet == sheet]
    by_version = {(each.entry.line, _data(each)["version"]): each for each in told}
    for save, version in mine:
        entry = by_version.get((save.line, version))
        if entry is None:
            yield f"lost: {save}, acknowledged as version {version}"
        elif _data(entry)["after"] != save.text:
            yield f"another one stands there: {save}, version {version}: {_data(entry)}"
    for line in sheet_lines.of_assessment(doing.store, sheet):
        yield from _of_line(line, [each for each in told if each.entry.line == line.code])


def _of_line(line: LineRecord, told: list[Told]) -> Iterator[str]:
    """The line stands as the journal tells it: every version once, and the latest values."""
    versions = [_data(each)["version"] for each in told]
    if versions != list(range(1, line.version + 1)):
        yield f"line {line.code} is at version {line.version}, the journal says {versions}"
    answers = [_data(each)["after"] for each in told if each.entry.deed == "answer"]
    if answers and answers[-1] != line.claim:
        yield f"line {line.code} holds {line.claim!r}, the journal ends with {answers[-1]!r}"
    marks = [_data(each)["after"] for each in told if each.entry.deed in ("accept", "adjust")]
    if marks and marks[-1] != line.reviewed:
        yield f"line {line.code} is marked {line.reviewed!r}, the journal ends with {marks[-1]!r}"


def _data(told: Told) -> Mapping[str, str | int | None]:
    return told.entry.data or {}
