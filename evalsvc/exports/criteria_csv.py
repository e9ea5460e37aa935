"""The lines of a criteria set as CSV: one row for each group, line and sum."""

from collections.abc import Iterator
from decimal import Decimal

from evalsvc.exports.criteria_table import NOT_HERE, Part, Row, Table
from evalsvc.exports.csv_files import to_csv
from evalsvc.words.language import Language


def to_criteria_csv(language: Language, of: Table) -> bytes:
    """Numbers have a decimal point: they are for programs and spreadsheets."""
    return to_csv(_rows(language, of))


def _rows(language: Language, of: Table) -> Iterator[list[str]]:
    say = language.say
    most = say("Most points")
    columns = [f"{most} {column}".strip() for column in of.columns]
    head = [say("Part"), say("Code"), say("Criterion"), say("Rule"), *columns]
    yield [*head, say("Given by"), say("Evidence"), say("Notes")]
    for part in of.parts:
        yield from _part(language, of, part)


def _part(language: Language, of: Table, part: Part) -> Iterator[list[str]]:
    blank = [""] * len(of.columns)
    for section in part.sections:
        most = [_number(each) for each in section.most] or blank
        yield [part.title, section.code, section.name, "", *most, "", "", ""]
        for row in section.rows:
            yield [part.title, row.code, row.name, *_row(row)]
    if part.totals:
        totals = [_number(each) for each in part.totals]
        yield [part.title, "", language.say("Sum"), "", *totals, "", "", ""]


def _row(row: Row) -> list[str]:
    most = ["" if row.uncapped else _number(each) for each in row.most]
    rules, notes = "\n".join(row.rules), "\n".join(row.notes)
    return [rules, *most, row.given_by, row.evidence, notes]


def _number(number: Decimal | None) -> str:
    return NOT_HERE if number is None else f"{number:f}"
