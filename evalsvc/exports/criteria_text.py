"""The table of a criteria set as plain text for a terminal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import add

from evalsvc.exports.criteria_table import (
    Part,
    Row,
    Section,
    Table,
    cap_in_words,
    column_titles,
    document,
    most_in_words,
    numbers,
    subtitle,
)
from evalsvc.words.columns import paragraphs, width, wrapped
from evalsvc.words.language import Language

Cells = list[str]
GAP = "  "


def to_text(language: Language, of: Table) -> str:
    return paragraphs(
        [
            list(_head(language, of)),
            *(_part(language, of, part) for part in of.parts),
            _listed(language.say("Sum of the sheet"), of.sheets),
            *(_provision(each.heading, each.items) for each in of.provisions),
            _listed(language.say("Based on"), [document(language, e) for e in of.set.based_on]),
            _listed(
                language.say("Legal basis"), [document(language, e) for e in of.set.legal_basis]
            ),
            _listed(
                language.say("What was decided"),
                [f"{each.on}: {each.what} ({each.why})" for each in of.set.decided],
            ),
        ]
    )


def _head(language: Language, of: Table) -> Iterator[str]:
    yield wrapped(of.set.title)
    yield wrapped(subtitle(language, of))
    if of.set.issuer:
        yield wrapped(of.set.issuer)
    if len(of.columns) > 1:
        named = "; ".join(f"{column} = {of.set.columns[column]}" for column in of.columns)
        yield wrapped(language.say("Columns: {columns}", columns=named), "", "  ")


def _listed(heading: str, items: tuple[str, ...] | list[str]) -> Cells:
    return [heading, *(wrapped(item, "- ") for item in items)] if items else []


def _provision(heading: str, items: tuple[tuple[str, str], ...]) -> Cells:
    coded = [f"{code}: {text}" if code else text for code, text in items]
    return _listed(heading, coded)


def _part(language: Language, of: Table, part: Part) -> Cells:
    code, name = language.say("Code"), language.say("Criterion")
    lines = [_Line((code, *column_titles(language, of)), name)]
    for section in part.sections:
        lines += _section(language, of, section)
    if part.totals:
        lines += [_Line(), _Line(("", *numbers(language, part.totals)), language.say("Sum"))]
    return [part.title, *_aligned(lines)]


@dataclass(frozen=True, slots=True)
class _Line:
    """Cells that stand in columns, and a text beside them; a text without cells hangs below."""

    cells: tuple[str, ...] = ()
    text: str = ""


def _aligned(lines: Iterable[_Line]) -> Iterator[str]:
    """The code on the left, numbers on the right of their columns."""
    found = list(lines)
    sizes = [
        max(map(width, cells)) for cells in zip(*(e.cells for e in found if e.cells), strict=True)
    ]
    hanging = " " * (sum(sizes) + len(GAP) * len(sizes))
    for line in found:
        if not line.cells:
            yield wrapped(line.text, hanging + GAP) if line.text else ""
            continue
        code, *amounts = (
            " " * (size - width(cell)) for cell, size in zip(line.cells, sizes, strict=True)
        )
        padded = [line.cells[0] + code, *map(add, amounts, line.cells[1:])]
        yield wrapped(line.text, GAP.join(padded) + GAP)


def _section(language: Language, of: Table, section: Section) -> Iterator[_Line]:
    most = numbers(language, section.most) or tuple("" for _ in of.columns)
    yield _Line()
    yield _Line((section.code, *most), section.name.upper())
    if said := cap_in_words(language, section):
        yield _Line(text=said)
    for row in section.rows:
        yield _Line((row.code, *most_in_words(language, row)), row.name)
        yield from (_Line(text=each) for each in _details(language, row))


def _details(language: Language, row: Row) -> Iterator[str]:
    yield from row.rules
    yield from row.notes
    if row.given_by:
        said = language.say("Given by: {giver}.", giver=row.given_by)
        evidence = row.evidence.rstrip(".")
        if evidence:
            said += " " + language.say("Evidence: {evidence}.", evidence=evidence)
        yield said
