"""Draws the tables of states: `python -m evalsvc.words.course_manual docs/states*.md`."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from evalsvc.domain.access import Role
from evalsvc.domain.appraisal import TASK
from evalsvc.domain.deeds import SHEET
from evalsvc.domain.line_course import LINE
from evalsvc.words.account_roles import role_name
from evalsvc.words.course_names import (
    DEEDS,
    LINE_DEEDS,
    STATUSES,
    STEPS,
    TASK_DEEDS,
    TASK_STATES,
    WINDOWS,
)
from evalsvc.words.language import Language, sentence
from evalsvc.words.manual import language_of

NOWHERE = "—"
PARTS = ("sheet", "line", "task")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "sheet": (
        sentence("The sheet is"),
        sentence("What is done"),
        sentence("Who does it"),
        sentence("In the window"),
        sentence("Then it is"),
    ),
    "line": (sentence("The line is"), sentence("What happens"), sentence("Then it is")),
    "task": (
        sentence("The task is"),
        sentence("What is done"),
        sentence("Who does it"),
        sentence("Then it is"),
    ),
}
Edge = tuple[StrEnum, str, StrEnum]
"""From, by which deed in words, to."""


def with_tables(document: str, language: Language) -> str:
    """The document with what stands between the markers of each part written anew."""
    for part in PARTS:
        start, end = f"<!-- {part} -->\n", f"<!-- /{part} -->"
        before, found, rest = document.partition(start)
        _, closed, after = rest.partition(end)
        if not found or not closed:
            raise ValueError(f"no {start.strip()} … {end}")
        document = f"{before}{start}{drawn(part, language)}{end}{after}"
    return document


def drawn(part: str, language: Language) -> str:
    """The drawing of a part, and the same as a table."""
    rows = {"sheet": _sheet, "line": _line, "task": _task}[part](language)
    head = [language.say(each) for each in COLUMNS[part]]
    drawing = "".join(
        f"{line}\n" for line in _drawing(_names(part, language), _edges(part, language))
    )
    lines = "".join(f"| {' | '.join(cells)} |\n" for cells in (head, ["---"] * len(head), *rows))
    return f"```mermaid\n{drawing}```\n\n{lines}"


def _edges(part: str, language: Language) -> list[Edge]:
    match part:
        case "sheet":
            return [(at, language.say(DEEDS[by]), move.to) for (at, by), move in SHEET.items()]
        case "line":
            return [(at, language.say(LINE_DEEDS[by]), to) for (at, by), to in LINE.items()]
        case _:
            return [(at, language.say(TASK_DEEDS[by]), to) for (at, by), (to, _) in TASK.items()]


def _names(part: str, language: Language) -> list[tuple[str, str]]:
    """In the order of the course."""
    match part:
        case "sheet":
            return [(each.value, language.say(name)) for each, name in STATUSES.items()]
        case "line":
            return [(each.value, language.say(name)) for each, name in STEPS.items()]
        case _:
            return [(each.value, language.say(name)) for each, name in TASK_STATES.items()]


def _drawing(names: Sequence[tuple[str, str]], edges: Iterable[Edge]) -> Iterator[str]:
    """One arrow between two states, whatever leads along it."""
    yield "stateDiagram-v2"
    for state, name in names:
        yield f'    state "{name}" as {state}'
    first, _ = names[0]
    yield f"    [*] --> {first}"
    arrows: dict[tuple[StrEnum, StrEnum], list[str]] = {}
    for at, said, to in edges:
        arrows.setdefault((at, to), []).append(said)
    for (at, to), said_all in arrows.items():
        yield f"    {at} --> {to}: {' / '.join(said_all)}"


def _sheet(language: Language) -> Iterator[list[str]]:
    for (status, deed), move in SHEET.items():
        window = NOWHERE if move.task is None else language.say(WINDOWS[move.task])
        yield [
            language.say(STATUSES[status]),
            language.say(DEEDS[deed]),
            _roles(language, move.roles),
            window,
            language.say(STATUSES[move.to]),
        ]


def _line(language: Language) -> Iterator[list[str]]:
    for (step, deed), to in LINE.items():
        yield [language.say(STEPS[step]), language.say(LINE_DEEDS[deed]), language.say(STEPS[to])]


def _task(language: Language) -> Iterator[list[str]]:
    for (state, deed), (to, roles) in TASK.items():
        yield [
            language.say(TASK_STATES[state]),
            language.say(TASK_DEEDS[deed]),
            _roles(language, roles),
            language.say(TASK_STATES[to]),
        ]


def _roles(language: Language, roles: Iterable[Role]) -> str:
    """Always in the same order."""
    wanted = frozenset(roles)
    return ", ".join(role_name(language, role) for role in Role if role in wanted)


def main(paths: Iterable[str]) -> None:
    for path in map(Path, paths):
        document = path.read_text("utf-8")
        path.write_text(with_tables(document, language_of(path)), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
