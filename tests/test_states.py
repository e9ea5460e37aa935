"""The manual of states is in step with the tables of the code, in both languages."""

import re
from pathlib import Path

import pytest

from evalsvc.domain.appraisal import TASK, TaskDeed, TaskState
from evalsvc.domain.course import Status
from evalsvc.domain.deeds import SHEET, TASK_OF, Deed
from evalsvc.domain.line_course import LINE, LineDeed, Step
from evalsvc.words import course_manual, course_names
from evalsvc.words.manual import language_of

DOCS = Path(__file__).parent.parent / "docs"
FILES = [DOCS / "states.md", DOCS / "states.en.md"]
BOTH = pytest.mark.parametrize("path", FILES, ids=["vi", "en"])
PARTS = {
    "sheet": {(at.value, move.to.value) for (at, _), move in SHEET.items()},
    "line": {(at.value, to.value) for (at, _), to in LINE.items()},
    "task": {(at.value, to.value) for (at, _), (to, _) in TASK.items()},
}
ROWS = {"sheet": len(SHEET), "line": len(LINE), "task": len(TASK)}
ARROW = re.compile(r"^    (\w+) --> (\w+): \S", re.MULTILINE)


def part_of(path: Path, part: str) -> str:
    return path.read_text("utf-8").partition(f"<!-- {part} -->")[2].partition("<!-- /")[0]


@BOTH
def test_the_states_are_in_step(path: Path) -> None:
    text = path.read_text("utf-8")

    again = course_manual.with_tables(text, language_of(path))

    assert again == text, "run: python -m evalsvc.words.course_manual docs/states*.md"


@BOTH
@pytest.mark.parametrize("part", PARTS)
def test_every_way_is_drawn_once_and_no_other(path: Path, part: str) -> None:
    arrows = ARROW.findall(part_of(path, part))

    assert sorted(arrows) == sorted(PARTS[part])


@BOTH
@pytest.mark.parametrize("part", PARTS)
def test_every_deed_has_its_row(path: Path, part: str) -> None:
    rows = [line for line in part_of(path, part).splitlines() if line.startswith("|")]

    assert len(rows) == ROWS[part] + 2
    assert len({row.count("|") for row in rows}) == 1
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize(
    ("names", "all_"),
    [
        (course_names.STATUSES, Status),
        (course_names.DEEDS, Deed),
        (course_names.STEPS, Step),
        (course_names.LINE_DEEDS, LineDeed),
        (course_names.TASK_STATES, TaskState),
        (course_names.TASK_DEEDS, TaskDeed),
        (course_names.WINDOWS, set(TASK_OF.values())),
    ],
)
def test_everything_has_a_name_of_its_own(names: dict[str, str], all_: set[str]) -> None:
    assert set(names) == set(all_)
    assert len(set(names.values())) == len(names)


def test_a_document_without_a_place_for_the_tables_is_told() -> None:
    with pytest.raises(ValueError, match="<!-- sheet -->"):
        course_manual.with_tables("# States\n", language_of(FILES[0]))
