"""A whole ranking or a whole sheet for a file, streamed, and journalled before it leaves."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from evalsvc.domain.answers import Treatment
from evalsvc.domain.course import is_standing
from evalsvc.domain.criteria import CriteriaSet, GivenBy
from evalsvc.domain.forms import Entry, Form
from evalsvc.domain.history import Entry as Deed
from evalsvc.domain.lines import Layer, treatment_of
from evalsvc.domain.readings import read_not_applicable
from evalsvc.domain.scoring import OUT
from evalsvc.domain.summary import Totals
from evalsvc.exports.ranking_files import Named, RankingRow
from evalsvc.store import journal, line_points, rankings
from evalsvc.store.database import SCALE
from evalsvc.store.line_points import NOTHING
from evalsvc.store.queues import Wanted
from evalsvc.store.rankings import RankRecord
from evalsvc.store.rounds import RoundRecord
from evalsvc.usecases import rank, rank_apart, rank_scope, rank_sheets
from evalsvc.usecases.rank import Row
from evalsvc.usecases.rank_apart import Apart
from evalsvc.usecases.rank_scope import Tab
from evalsvc.usecases.work import Work

BESIDE = "±"
"""The column of what stands beside the groups: with it, the columns add up to the total."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which ranking a file is to hold; `lines`: with a column for every line.

    `beside` is the name of the column for bonus, penalty, stretching and ceiling together.
    """

    round: str
    block: str | None = None
    layer: Layer | None = None
    lines: bool = False
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole ranking; the rows are read while they are written, inside one transaction."""

    round: RoundRecord
    tab: Tab
    groups: tuple[Named, ...]
    lines: tuple[Named, ...]
    decimals: int
    rows: Iterator[RankingRow]
    apart: tuple[Apart, ...]


def note_ranking(doing: Work, wish: Wish, kind: str) -> None:
    """Before a ranking leaves as a file; raises NotFound where it may not be seen."""
    here = rank_scope.led(doing, wish.round).round
    shown = rank_scope.tabs(doing, here, rank_scope.sizes(doing, here, wish.layer))
    data: dict[str, str | int | None] = {
        "what": "ranking",
        "file": kind,
        "block": rank_scope.asked_of(shown, wish.block).code,
        "layer": wish.layer.value if wish.layer else "",
    }
    _note(doing, here, data)


def note_sheet(doing: Work, id_: int, kind: str) -> None:
    found = rank_sheets.opened(doing, id_).sheet
    data: dict[str, str | int | None] = {
        "what": "sheet",
        "file": kind,
        "unit": found.record.unit_code,
    }
    _note(doing, found.round, data)


def _note(doing: Work, of: RoundRecord, data: dict[str, str | int | None]) -> None:
    entry = Deed("export", doing.now, doing.actor.account, data=data)
    journal.note(doing.store, f"round:{of.code}", entry)


def whole(doing: Work, wish: Wish) -> Whole:
    here = rank_scope.led(doing, wish.round).round
    shown = rank_scope.tabs(doing, here, rank_scope.sizes(doing, here, wish.layer))
    tab = rank_scope.asked_of(shown, wish.block)
    wanted = Wanted(here.id, tab.code)
    table = _table(doing, here, wanted, wish)
    return Whole(
        here,
        tab,
        table.groups,
        table.lines,
        max((each.decimals for each in table.sets), default=2),
        _rows(doing, table, wanted, wish),
        rank_apart.apart(doing, wanted, wish.layer),
    )


# Columns: groups and lines by their codes; by set and code where the ranking mixes sets


@dataclass(slots=True)
class _Table:
    """Which column a group or line has; `places` also by whether the claim is in force."""

    forms: dict[tuple[str, str, str], Form]
    places: dict[tuple[str, str, str, bool], "_Places"] = field(default_factory=dict)
    groups: tuple[Named, ...] = ()
    lines: tuple[Named, ...] = ()

    @property
    def sets(self) -> list[CriteriaSet]:
        return list({form.set.sha256: form.set for form in self.forms.values()}.values())

    def code(self, of: CriteriaSet, code: str) -> str:
        return code if len(self.sets) < 2 else f"{of.code} {code}"


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the groups and lines of one form stand, and what each cell of a line says."""

    groups: dict[str, int]
    lines: tuple[tuple[int, "_Cells"], ...]


class _Cells(dict[str, Decimal | None]):
    """What a text from the database means on one line; each text is understood once."""

    def __init__(self, read: Callable[[str], Decimal | None]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, text: str) -> Decimal | None:
        self[text] = found = self.read(text)
        return found


def _table(doing: Work, here: RoundRecord, wanted: Wanted, wish: Wish) -> _Table:
    forms = {
        (sha256, kind, tags): doing.shelf.form_of(
            doing.store, here, sha256, (kind, frozenset(json.loads(tags)))
        )
        for sha256, kind, tags in rankings.sorts(doing.store, doing.actor, wanted, wish.layer)
    }
    table = _Table(forms)
    groups: dict[str, Named] = {}
    lines: dict[str, Named] = {}
    for form in forms.values():
        for section in form.sections:
            if section.scale_most:
                code = table.code(form.set, section.group.code)
                most = section.capped(section.scale_most)
                _widest(groups, Named(code, section.group.name, most))
            for entry in section.entries if wish.lines else ():
                code = table.code(form.set, entry.code)
                _widest(lines, Named(code, entry.criterion.name, entry.most))
    table.groups = (*groups.values(), Named(BESIDE, wish.beside))
    table.lines = tuple(lines.values())
    for key, form in forms.items():
        for claimed in (True, False):
            table.places[*key, claimed] = _places(table, form, wish, claimed=claimed)
    return table


def _widest(into: dict[str, Named], named: Named) -> None:
    """The most of a column is the highest that any kind of unit can have in it."""
    known = into.setdefault(named.code, named)
    if known.most is not None and (named.most is None or named.most > known.most):
        into[named.code] = named


def _places(table: _Table, form: Form, wish: Wish, *, claimed: bool) -> _Places:
    at = {named.code: place for place, named in enumerate(table.groups)}
    of_line = {named.code: place for place, named in enumerate(table.lines)}
    groups = {
        section.group.code: at[table.code(form.set, section.group.code)]
        for section in form.sections
        if section.scale_most
    }
    lines = tuple(
        (
            of_line[table.code(form.set, entry.code)],
            _Cells(_reader(entry, form.set.decimals, claimed=claimed)),
        )
        for entry in (form.entries() if wish.lines else ())
    )
    return _Places(groups, lines)


def _reader(entry: Entry, decimals: int, *, claimed: bool) -> Callable[[str], Decimal | None]:
    def read(text: str) -> Decimal | None:
        if text == NOTHING:
            reviewers = entry.criterion.given_by is GivenBy.REVIEWER
            return Decimal(0) if reviewers and not claimed else None
        if text.startswith("n/a "):
            reason = read_not_applicable(entry, text.removeprefix("n/a ")).reason
            treatment = treatment_of(entry, reason)
            if treatment in OUT:
                return None
            return (entry.most or Decimal(0)) if treatment is Treatment.FULL else Decimal(0)
        return Decimal(text).scaleb(-SCALE).quantize(Decimal(1).scaleb(-decimals))

    return read


# Rows


def _rows(doing: Work, table: _Table, wanted: Wanted, wish: Wish) -> Iterator[RankingRow]:
    """Best first; equals are ranked together, so only a cluster of them is held at a time."""
    better = 0
    for _, cluster in groupby(_each(doing, wanted, wish), lambda each: each[0].totals.compared):
        cells: dict[int, Sequence[str]] = {}
        together = []
        for record, texts in cluster:
            together.append(record)
            cells[record.id] = texts
        for row in rank.clustered(doing, together, better):
            yield _row(doing, table, row, cells[row.record.id])
        better += len(together)


def _each(doing: Work, wanted: Wanted, wish: Wish) -> Iterator[tuple[RankRecord, Sequence[str]]]:
    if wish.lines:
        yield from line_points.each_with_lines(doing.store, doing.actor, wanted, wish.layer)
        return
    for record in rankings.each_ranked(doing.store, doing.actor, wanted, wish.layer):
        yield record, ()


def _row(doing: Work, table: _Table, row: Row, cells: Sequence[str]) -> RankingRow:
    record, totals = row.record, row.record.totals
    claimed = record.layer is Layer.CLAIMED
    places = table.places[record.sha256, record.kind, record.tags, claimed]
    lines: list[Decimal | None] = [None] * len(table.lines)
    for (place, meanings), text in zip(places.lines, cells, strict=True):
        lines[place] = meanings[text]
    return RankingRow(
        row.rank,
        record.unit_name,
        record.unit_code,
        record.block,
        totals.total,
        totals.unit_scale,
        totals.compared,
        row.band.name if row.band else None,
        tuple(gate.code for gate in row.gates),
        record.late,
        record.layer,
        _groups(table, places, totals),
        tuple(lines),
        standing=record.layer is Layer.FINAL and is_standing(record.status),
    )


def _groups(table: _Table, places: _Places, totals: Totals) -> tuple[Decimal | None, ...]:
    found: list[Decimal | None] = [None] * len(table.groups)
    for code, counted, applicable in totals.groups:
        found[places.groups[code]] = counted if applicable else None
    found[-1] = totals.total - sum(counted for _, counted, _ in totals.groups)
    return tuple(found)
