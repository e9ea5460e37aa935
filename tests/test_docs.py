"""The manual of the criteria format: its examples run, its sums are true, nothing is left out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeGuard

import pytest
import yaml
from marshmallow import Schema

from evalsvc.catalog import answers_schema, line_schemas, rounds, set_schema, sets, tree
from evalsvc.catalog.blocks import FileSchema, known_keys
from evalsvc.cli import COMMANDS as TOP_COMMANDS
from evalsvc.cli.criteria import COMMANDS as CRITERIA_COMMANDS
from evalsvc.domain.answers import Treatment
from evalsvc.domain.criteria import Compare, CriteriaSet, Fit, GivenBy, Need, Role
from evalsvc.domain.lines import Layer
from evalsvc.domain.provisions import BaseIs, Per, Rounding, Sign
from evalsvc.usecases import from_files
from evalsvc.words import manual
from evalsvc.words.faults import OF_FILES
from tests.golden.test_working import faults as faults_of_sums

DOCS = Path(__file__).parent.parent / "docs"
MANUAL, ENGLISH = DOCS / "criteria-format.md", DOCS / "criteria-format.en.md"
BOTH = pytest.mark.parametrize("path", [MANUAL, ENGLISH], ids=["vi", "en"])
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
TABLE = re.compile(r"(?:^\|.*\n)+", re.MULTILINE)
CELL_END = re.compile(r"(?<!\\)\|")
POINT = re.compile(r"(?<=\d)\.(?=\d)")
COMMANDS = [
    *(f"evalsvc {name}" for name in ("criteria", "score", "rank")),
    *(f"evalsvc criteria {name}" for name in CRITERIA_COMMANDS),
]
UNIT, OTHER_UNIT = "xa-hoa-binh", "xa-tan-lap"

MINIMAL: dict[str, Any] = {
    "format": "1",
    "code": "DOC",
    "version": "1",
    "title": "Bộ thử",
    "kinds": {"xa": {"name": "Xã"}},
    "years": {"from": "2026"},
    "fit": "own",
    "bands": [{"code": "dat", "name": "Đạt", "from": "0"}],
}

FOR_ALL = {"code": "G1", "name": "Việc", "kind": "yes-no", "most": "1", "evidence": "none"}


@dataclass(frozen=True)
class Fenced:
    """A fenced block of a document, and the line at which it begins."""

    line: int
    language: str
    text: str

    def read(self) -> dict[str, Any]:
        found = yaml.load(self.text, Loader=yaml.BaseLoader)  # noqa: S506 - text only, nothing is built
        assert isinstance(found, dict)
        return found


@cache
def fenced(path: Path, language: str) -> list[Fenced]:
    text = path.read_text("utf-8")
    blocks = [Fenced(text.count("\n", 0, m.start()) + 1, m[1], m[2]) for m in FENCE.finditer(text)]
    return [block for block in blocks if block.language == language]


def set_files(path: Path) -> Iterator[tuple[int, str]]:
    """Every block about a set as a whole file: what a fragment leaves out is put in.

    Criteria and groups go into a set of their own; anything else lies over the last whole set.
    A line that only some units have is joined by one for all: no sheet may be empty.
    """
    whole: dict[str, Any] = MINIMAL
    for block in fenced(path, "yaml"):
        read = block.read()
        if "unit" in read or "round" in read:
            continue
        if "format" in read:
            whole = read
            yield block.line, block.text
        elif "criteria" in read:
            criteria = [*read.pop("criteria")]
            criteria += [FOR_ALL] if all("only" in each for each in criteria) else []
            group = {"code": "G", "name": "Nhóm", "most": most_of(criteria), "criteria": criteria}
            yield block.line, file_of({**MINIMAL, **read, "groups": [group]})
        else:
            yield block.line, file_of({**(MINIMAL if "groups" in read else whole), **read})


def most_of(criteria: list[dict[str, Any]]) -> str:
    return str(sum(Decimal(each["most"]) for each in criteria))


def file_of(read: dict[str, Any]) -> str:
    return yaml.safe_dump(read, allow_unicode=True, sort_keys=False)


SET_FILES = dict(set_files(MANUAL))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The round of the manual as files: its set, its round, the answers of its units, the table."""
    made = tmp_path_factory.mktemp("manual")
    for text in SET_FILES.values():
        (made / f"{code_in(text).lower()}.yaml").write_text(text, "utf-8")
    for block in fenced(MANUAL, "yaml"):
        read = block.read()
        name = f"{read['unit']}.yaml" if "unit" in read else "round.yaml"
        if "unit" in read or "round" in read:
            (made / name).write_text(block.text, "utf-8")
    (table,) = fenced(MANUAL, "csv")
    (made / "answers.csv").write_text(table.text, "utf-8")
    return made


def code_in(text: str) -> str:
    found = re.search(r"^code: (\S+)$", text, re.MULTILINE)
    assert found
    return found[1]


@pytest.mark.parametrize("line", SET_FILES)
def test_every_set_and_every_piece_of_one_is_sound_and_its_examples_come_out(line: int) -> None:
    checked = sets.check(f"{MANUAL.name}:{line}", SET_FILES[line].encode())

    assert [(each.message, each.key, each.facts) for each in checked.faults] == []


def test_every_kind_of_scale_has_an_example_with_points() -> None:
    tried = set()
    for text in SET_FILES.values():
        root = tree.read("", text.encode()).root
        criteria = {each["criterion"] for _, each in tree.walk(root) if is_example(each)}
        lines = [each for _, each in tree.walk(root) if is_line(each)]
        tried |= {line["kind"] for line in lines if line["code"] in criteria}

    assert sorted(set(line_schemas.LINES) - tried) == []


def is_example(value: object) -> TypeGuard[tree.Mapping]:
    return isinstance(value, tree.Mapping) and {"criterion", "answer", "points"} <= value.keys()


def is_line(value: object) -> TypeGuard[tree.Mapping]:
    return isinstance(value, tree.Mapping) and {"code", "kind", "evidence"} <= value.keys()


@pytest.mark.parametrize(
    ("unit", "layer", "total", "compared"),
    [
        (UNIT, Layer.CLAIMED, "84.33", "99.21"),
        (UNIT, Layer.FINAL, "80.20", "94.35"),
        (OTHER_UNIT, Layer.FINAL, "75.71", "75.71"),
    ],
)
def test_the_worked_totals_are_what_the_service_computes(
    folder: Path, unit: str, layer: Layer, total: str, compared: str
) -> None:
    criteria = sets.load("xa-2026.yaml", (folder / "xa-2026.yaml").read_bytes())

    sheet = from_files.scored(criteria, folder / f"{unit}.yaml", layer).result.sheet

    assert (sheet.total, sheet.compared) == (Decimal(total), Decimal(compared))


@pytest.mark.parametrize(
    ("reason", "total", "compared"),
    [
        ("bo", "72.00", "80.00"),
        ("quy-doi", "80.00", "80.00"),
        ("du", "82.00", "82.00"),
        ("khong", "72.00", "72.00"),
    ],
)
def test_the_treatments_come_out_as_the_manual_says(
    tmp_path: Path, reason: str, total: str, compared: str
) -> None:
    text = next(each for each in SET_FILES.values() if "treatment: exclude" in each)
    criteria = sets.load("doc.yaml", text.encode())
    answers = {"N1": f"n/a {reason}", "N2": "72; Đủ căn cứ"}
    read = {"format": "1", "unit": "xa", "kind": "xa", "year": "2026", "answers": answers}
    (tmp_path / "xa.yaml").write_text(file_of({**read, "submitted": "1/12/2026"}), "utf-8")

    sheet = from_files.scored(criteria, tmp_path / "xa.yaml").result.sheet

    assert (sheet.total, sheet.compared) == (Decimal(total), Decimal(compared))


@pytest.mark.parametrize("answers", [[f"{UNIT}.yaml", f"{OTHER_UNIT}.yaml"], ["answers.csv"]])
def test_the_round_of_the_manual_is_ranked(folder: Path, answers: list[str]) -> None:
    def find(name: str) -> CriteriaSet:
        return sets.load(name, (folder / name).read_bytes())

    paths = [folder / name for name in answers]

    found = from_files.ranked(folder / "round.yaml", paths, find)

    assert not found.provisional
    assert OTHER_UNIT in found.results


@BOTH
def test_every_sum_is_true(path: Path) -> None:
    found = []
    for block in fenced(path, "text"):
        text = POINT.sub(",", block.text) if path == ENGLISH else block.text
        found += faults_of_sums(f"{path.name}:{block.line}", text)

    assert found == []


def test_both_languages_have_the_same_files_and_the_same_headings() -> None:
    blocks = [[each.text for each in fenced(path, "yaml")] for path in (MANUAL, ENGLISH)]
    sums = [len(fenced(path, "text")) for path in (MANUAL, ENGLISH)]
    levels = [[len(m[1]) for m in headings(path)] for path in (MANUAL, ENGLISH)]

    assert blocks[0] == blocks[1]
    assert sums[0] == sums[1]
    assert levels[0] == levels[1]


def headings(path: Path) -> list[re.Match[str]]:
    return list(HEADING.finditer(FENCE.sub("", path.read_text("utf-8"))))


@BOTH
def test_every_row_of_a_table_has_as_many_cells_as_its_heading(path: Path) -> None:
    tables = TABLE.findall(FENCE.sub("", path.read_text("utf-8")))

    widths = [[len(CELL_END.findall(row)) for row in each.splitlines()] for each in tables]

    assert [each for each, width in zip(tables, widths, strict=True) if len(set(width)) > 1] == []


@BOTH
def test_every_link_leads_to_a_heading(path: Path) -> None:
    anchors = {anchor(match[2]) for match in headings(path)}

    links = re.findall(r"\]\(#([^)]+)\)", path.read_text("utf-8"))

    assert [link for link in links if link not in anchors] == []


def anchor(heading: str) -> str:
    """The way code hosts make anchors."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def schemas() -> dict[str, Schema]:
    """Every schema of a file that people write, by the name of its class."""
    found: dict[str, Schema] = {}
    for module in (set_schema, line_schemas, answers_schema, rounds):
        for name, value in vars(module).items():
            is_schema = isinstance(value, type) and issubclass(value, FileSchema)
            if is_schema and value not in (FileSchema, line_schemas.UnknownLine):
                found[name] = value()
    return found


WORDS: dict[str, Iterable[str]] = {
    "Treatment": Treatment,
    "GivenBy": GivenBy,
    "Role": Role,
    "Need": Need,
    "Fit": Fit,
    "Compare": Compare,
    "Rounding": Rounding,
    "Per": Per,
    "BaseIs": BaseIs,
    "Layer": Layer,
    "Sign": Sign,
    "kinds of scale": line_schemas.LINES,
    "conditions": set_schema.CONDITIONS,
    "ways of a mark": answers_schema.MARK_WAYS,
    "messages": OF_FILES,
    **{name: known_keys(schema) for name, schema in schemas().items()},
}


@cache
def words_in_code(path: Path) -> set[str]:
    """Words that the prose sets in code; what stands in the examples alone is not explained."""
    said = set(re.findall(r"`([^`\n]+)`", FENCE.sub("", path.read_text("utf-8"))))
    return {word for text in said for word in re.findall(r"[\w-]+|[<>=!]+", text)}


NOT_FOR_WRITERS = {"Role": {"scale"}}


@BOTH
@pytest.mark.parametrize("name", WORDS)
def test_every_word_of_the_format_is_explained(path: Path, name: str) -> None:
    missing = (
        {str(word) for word in WORDS[name]} - words_in_code(path) - NOT_FOR_WRITERS.get(name, set())
    )

    assert sorted(missing) == []


@BOTH
def test_every_command_is_named(path: Path) -> None:
    text = path.read_text("utf-8")

    assert [each for each in COMMANDS if f"`{each}" not in text] == []


@pytest.mark.parametrize("name", TOP_COMMANDS)
def test_the_readme_names_every_command(name: str) -> None:
    text = (DOCS.parent / "README.md").read_text("utf-8")

    assert re.search(rf"`?evalsvc [^`]*\b{name}\b", text)


@BOTH
def test_the_messages_are_in_step(path: Path) -> None:
    text = path.read_text("utf-8")

    again = manual.with_messages(text, manual.language_of(path))

    assert again == text, "run: python -m evalsvc.words.manual docs/criteria-format*.md"
