"""A round at a glance: who is where, dots of all units, bands, what reviews changed, heat."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from flask import request as asked
from flask import url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from evalsvc import request
from evalsvc.domain.course import FINAL
from evalsvc.domain.dates import ZONE
from evalsvc.exports.charts import Block, Gap, dots, gap_chart
from evalsvc.usecases import rank_overview, rank_scope
from evalsvc.usecases.rank import Row
from evalsvc.usecases.rank_overview import MOST_DOTS, Overview
from evalsvc.web import lead_views
from evalsvc.web.lead_views import Item
from evalsvc.words.language import Language
from evalsvc.words.sheets import when

HEAT = ((95, "h0"), (90, "h1"), (80, "h2"), (70, "h3"), (60, "h4"), (0, "h5"))
"""From so many per cent of what could be earned, a cell has this shade."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Per cent of the most of a group, cut; None where the unit has none of it."""

    percent: int | None
    shade: str = ""


@dataclass(frozen=True, slots=True)
class HeatRow:
    rank: int
    name: str
    url: str
    cells: Sequence[Cell]
    total: str


@dataclass(frozen=True, slots=True)
class Heat:
    """Units of one set: the groups at the top, the best unit first."""

    title: str
    groups: Sequence[tuple[str, str]]
    rows: Sequence[HeatRow]


@dataclass(frozen=True, slots=True)
class BandRow:
    name: str
    url: str
    units: int
    counts: Sequence[int | None]
    unbanded: int


def overview(code: str) -> ResponseReturnValue:
    language = request.spoken()
    with request.reading() as doing:
        if not rank_scope.rounds_of(doing):
            return request.page("lead/nothing.html")
        found = rank_overview.overview(doing, code, asked.args.get("block"))
        at = doing.now
    running = lead_views.now(language, found.windows, at)
    reviews = found.reviews
    return request.page(
        "lead/overview.html",
        found=found,
        period=when(language, found.round.year, found.round.half),
        headline=_headline(language, found),
        now=running,
        course=lead_views.course(language, found.windows, at.astimezone(ZONE).date()),
        pictures=[] if found.pictures is None else list(_dots(language, found)),
        most_dots=MOST_DOTS,
        bands=list(_bands(found)),
        tabs=_tabs(language, found),
        gaps=_gaps(language, found),
        later=_later(found),
        mean=lead_views.signed(language.points, reviews.totals, 2),
        mean_of_claims=lead_views.signed(language.points, reviews.claims, 2),
        moved=[
            (each.unit_name, url_for(".sheet", id=each.id), each.claimed, each.later)
            for each in reviews.most
        ],
        heats=list(_heats(language, found)),
        ranking_url=url_for(".ranking", code=found.round.code),
    )


def _headline(language: Language, found: Overview) -> str:
    """How far the round is, told by the farthest thing that has begun."""
    whole, say = found.whole, language.say
    units = whole.sheets
    if whole.closed:
        return say("{done} of {units} units are closed", done=whole.closed, units=units)
    if whole.concluded:
        return say("{done} of {units} units are concluded", done=whole.concluded, units=units)
    if whole.released:
        return say("{done} of {units} units see their result", done=whole.released, units=units)
    if whole.reviewed:
        return say("{done} of {units} units are reviewed", done=whole.reviewed, units=units)
    return say("{done} of {units} units have handed in", done=whole.handed_in, units=units)


def _tabs(language: Language, found: Overview) -> list[Item]:
    return [
        Item(
            lead_views.tab_name(language, tab),
            url_for(".overview", code=found.round.code, block=tab.code, _anchor="block"),
            tab.code == found.tab.code,
            str(tab.all),
        )
        for tab in found.tabs
        if tab.block
    ]


def _dots(language: Language, found: Overview) -> Iterator[Markup]:
    for number, picture in enumerate(found.pictures or (), 1):
        blocks = [Block(block.name, "", units) for block, units in picture.blocks]
        yield dots(
            language,
            f"dots-{number}",
            blocks,
            lead_views.bands_of(picture.ladder),
            picture.scale,
        )


def _bands(found: Overview) -> Iterator[BandRow]:
    for tab in found.tabs:
        counts = [found.bands.get((tab.code, name)) for name in found.names]
        if tab.block:
            url = url_for(".ranking", code=found.round.code, block=tab.code)
            yield BandRow(tab.block.name, url, tab.ranked, counts, tab.all - tab.ranked)


def _gaps(language: Language, found: Overview) -> Markup | None:
    """Claims beside what stands now; the mark is that of the layer most of them have reached."""
    most = found.reviews.most
    if not most:
        return None
    gaps = [Gap(each.unit_name, each.claimed, each.later) for each in most]
    bands = lead_views.bands_of(found.ladder)
    return gap_chart(language, "gaps", gaps, bands, _later(found))


def _later(found: Overview) -> Literal["reviewed", "final"]:
    return "final" if all(each.status in FINAL for each in found.reviews.most) else "reviewed"


def _heats(language: Language, found: Overview) -> Iterator[Heat]:
    """One table for each set: groups of different sets have nothing to do with each other."""
    sets = {row.record.sha256: row.set for row in found.heat}
    for sha256, criteria in sets.items():
        rows = [row for row in found.heat if row.record.sha256 == sha256]
        codes = {code for row in rows for code, _, _ in row.record.totals.groups}
        groups = [(group.code, group.name) for group in criteria.groups if group.code in codes]
        title = criteria.title if len(sets) > 1 else ""
        yield Heat(title, groups, [_heat_row(language, row, groups) for row in rows])


def _heat_row(language: Language, row: Row, groups: Sequence[tuple[str, str]]) -> HeatRow:
    totals = row.record.totals
    earned = {code: (counted, of) for code, counted, of in totals.groups}
    nothing = Decimal(0), Decimal(0)
    return HeatRow(
        row.rank,
        row.record.unit_name,
        url_for(".sheet", id=row.record.id),
        [cell(*earned.get(code, nothing)) for code, _ in groups],
        language.points(totals.compared, row.set.decimals),
    )


def cell(counted: Decimal, of: Decimal) -> Cell:
    if not of:
        return Cell(None)
    percent = int(counted * 100 / of)
    return Cell(percent, next(shade for least, shade in HEAT if percent >= least))
