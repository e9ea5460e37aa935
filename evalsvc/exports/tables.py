"""Tables with typed cells, and how they become CSV; `workbook` makes spreadsheets of them."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import chain

from evalsvc.exports.csv_files import BOM, guarded
from evalsvc.words.language import VIETNAMESE, Language

Cell = str | Decimal | int | date | None
"""None is an empty cell, which is not 0."""

CHUNK = 16 * 1024


class ColumnKind(StrEnum):
    """What stands in a column; a cell of another type, as text among points, is left as it is."""

    TEXT = "text"
    POINTS = "points"
    WHOLE = "whole"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in characters; `decimals` are always printed, also where they are zeros."""

    title: str
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 12
    decimals: int = 2


class Strong(tuple[Cell, ...]):
    """A row that stands out: the sum of a group, a total."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows may be a generator: they are read once, and only one is held at a time.

    `notes` say what the reader must know first (layer, provisional, who and when); `tab` is the
    short name of the sheet, and `frozen` is how many columns stay in sight.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Cell]]
    notes: tuple[str, ...] = ()
    tab: str = ""
    frozen: int = 1


@dataclass(frozen=True, slots=True)
class Made:
    """Who took a file out, and when by the clock on their wall."""

    at: datetime
    by: str


def made_note(language: Language, made: Made) -> str:
    facts = {"day": made.at.date(), "time": f"{made.at:%H:%M}", "name": made.by}
    return language.say("Taken out at {time} on {day} by {name}", **facts)


def to_csv(language: Language, sheet: Sheet) -> Iterator[bytes]:
    """The heads and the rows alone, so that programs need not skip anything.

    A spreadsheet splits a file by the settings of the country: in Viet Nam the comma belongs to
    decimals, and a file with commas opens as one column. So the Vietnamese file has semicolons
    between cells, decimal commas and days as people write them; the English one has commas,
    decimal points and ISO days.
    """
    text = io.StringIO()
    text.write(BOM)
    separator = ";" if language.code == VIETNAMESE else ","
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    heads = [column.title for column in sheet.columns]
    decimals = [column.decimals for column in sheet.columns]
    for row in chain([heads], sheet.rows):
        cells = zip(row, decimals, strict=True)
        writer.writerow([_in_csv(language, cell, places) for cell, places in cells])
        if text.tell() > CHUNK:
            yield _drained(text)
    yield _drained(text)


def _drained(text: io.StringIO) -> bytes:
    written = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return written


def _in_csv(language: Language, cell: Cell, decimals: int) -> str:
    match cell:
        case None:
            return ""
        case str():
            return guarded(cell)
        case Decimal():
            return language.number(cell, max(decimals, decimals_of(cell)))
        case date():
            return language.day(cell) if language.code == VIETNAMESE else cell.isoformat()
        case _:
            return str(cell)


def decimals_of(number: Decimal) -> int:
    """How many decimals a number is written with: none of them is ever rounded away."""
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
