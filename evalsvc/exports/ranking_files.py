"""A ranking as sheets: the ranked units, those listed apart, and what the codes stand for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evalsvc.domain.lines import Layer
from evalsvc.exports.tables import Cell, Column, ColumnKind, Made, Sheet, Strong, made_note
from evalsvc.words.language import Language
from evalsvc.words.sheets import LAYERS, layer_sentence

BEFORE_NUMBERS = 2
"""Rank and unit stay in sight while the points pass."""


@dataclass(frozen=True, slots=True)
class Named:
    """A group or a line that has a column: its code is the head, its name is listed."""

    code: str
    name: str
    most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """What the ranking is of; `lines` are empty where only groups have columns.

    Without a `layer` each row counts in its own, which stands in a column.
    """

    title: str
    round: str
    layer: Layer | None
    groups: tuple[Named, ...]
    lines: tuple[Named, ...] = ()
    provisional: bool = False
    decimals: int = 2
    made: Made | None = None


@dataclass(frozen=True, slots=True)
class RankingRow:
    """One unit; `band` is None while a decision is awaited, `standing` says that points may change.

    `groups` and `lines` follow those of the heading, None where the unit has none of it.
    """

    rank: int
    unit_name: str
    unit_code: str
    block: str
    total: Decimal
    unit_scale: Decimal
    compared: Decimal
    band: str | None
    gates: tuple[str, ...]
    late: bool
    layer: Layer
    groups: tuple[Decimal | None, ...]
    lines: tuple[Decimal | None, ...] = ()
    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    standing: bool = False


@dataclass(frozen=True, slots=True)
class ApartRow:
    """A unit that is listed, but not ranked, and the reason in words."""

    unit_name: str
    unit_code: str
    block: str
    reason: str


def ranking_sheets(
    language: Language,
    heading: Heading,
    rows: Iterable[RankingRow],
    apart: Sequence[ApartRow] = (),
) -> tuple[Sheet, ...]:
    """The first sheet is the ranking; it alone makes sense as CSV."""
    notes = tuple(_notes(language, heading))
    ranking = Sheet(
        heading.title,
        tuple(_columns(language, heading)),
        (tuple(_cells(language, heading, row)) for row in rows),
        notes,
        language.say("Ranking"),
        BEFORE_NUMBERS,
    )
    beside = [_apart(language, heading, apart, notes)] if apart else []
    if heading.groups or heading.lines:
        beside.append(_codes(language, heading))
    return (ranking, *beside)


def _notes(language: Language, heading: Heading) -> Iterator[str]:
    say = language.say
    yield heading.round
    layer = say("Points: what counts on each sheet now")
    if heading.layer:
        layer = layer_sentence(language, heading.layer)
    if heading.provisional:
        yield say("{layer}; provisional, may still change", layer=layer)
    else:
        yield layer
    if heading.made:
        yield made_note(language, heading.made)


def _columns(language: Language, heading: Heading) -> Iterator[Column]:
    say, kind, places = language.say, ColumnKind, heading.decimals
    yield Column(say("Rank"), kind.WHOLE, 7)
    yield from _of_units(language)
    for group in heading.groups:
        yield Column(group.code, kind.POINTS, 9, places)
    yield Column(say("Total of the sheet"), kind.POINTS, 10, places)
    yield Column(say("Scale of the sheet"), kind.POINTS, 10, places)
    yield Column(say("Compared points"), kind.POINTS, 10, places)
    yield Column(say("Band"), width=22)
    yield Column(say("Titles"), width=18)
    yield Column(say("Gates"), width=14)
    yield Column(say("Late"), width=10)
    yield Column(say("Points taken from"), width=12)
    yield Column(say("Notes"), width=30)
    for line in heading.lines:
        yield Column(line.code, kind.POINTS, 8, places)


def _of_units(language: Language) -> Iterator[Column]:
    yield Column(language.say("Unit"), width=38)
    yield Column(language.say("Code of the unit"), width=16)
    yield Column(language.say("Block"), width=10)


def _cells(language: Language, heading: Heading, row: RankingRow) -> Iterator[Cell]:
    say = language.say
    yield from (row.rank, row.unit_name, row.unit_code, row.block)
    yield from row.groups
    yield from (row.total, row.unit_scale, row.compared)
    yield say("waits for a decision") if row.band is None else row.band
    yield "; ".join(row.titles)
    yield ", ".join(row.gates)
    yield say("yes") if row.late else ""
    yield say("in force for the time being") if row.standing else say(LAYERS[row.layer])
    yield "; ".join(row.notes)
    if heading.lines:
        yield from row.lines


def _apart(
    language: Language, heading: Heading, apart: Sequence[ApartRow], notes: tuple[str, ...]
) -> Sheet:
    title = language.say("Listed apart")
    columns = (*_of_units(language), Column(language.say("Reason"), width=60))
    rows = ((each.unit_name, each.unit_code, each.block, each.reason) for each in apart)
    return Sheet(f"{title}: {heading.title}", columns, rows, notes, title)


def _codes(language: Language, heading: Heading) -> Sheet:
    """Names are too long for heads of columns; here each code has its own."""
    title = language.say("Codes of the columns")
    columns = (
        Column(language.say("Code"), width=10),
        Column(language.say("Criterion"), width=90),
        Column(language.say("Most points"), ColumnKind.POINTS, 12, heading.decimals),
    )
    groups = (Strong((each.code, each.name, each.most)) for each in heading.groups)
    lines = ((each.code, each.name, each.most) for each in heading.lines)
    return Sheet(title, columns, (*groups, *lines), (heading.round,))
