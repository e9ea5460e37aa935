"""A round at a glance for its leaders: who is where, and what comes out so far."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evalsvc.domain.course import FINISHED, HANDED_IN, RELEASED, Status
from evalsvc.domain.provisions import Band, Ladder
from evalsvc.domain.rounds import Block
from evalsvc.domain.windows import Task, Window
from evalsvc.store import overviews, rankings
from evalsvc.store.overviews import Moved, Stand
from evalsvc.store.queues import Wanted
from evalsvc.store.rankings import Size
from evalsvc.store.rounds import RoundRecord
from evalsvc.usecases import rank, rank_scope
from evalsvc.usecases.rank import Row
from evalsvc.usecases.rank_scope import Tab
from evalsvc.usecases.work import Work

MOST_DOTS = 600
MOST_MOVED = 8
HEAT = 150


@dataclass(frozen=True, slots=True)
class Course:
    """How far the sheets of a block are, each as far or farther; the exempt are counted apart."""

    sheets: int
    handed_in: int
    late: int
    reviewed: int
    released: int
    concluded: int
    closed: int
    exempt: int

    @property
    def open(self) -> int:
        return self.sheets - self.handed_in


@dataclass(frozen=True, slots=True)
class Picture:
    """Blocks whose units can stand on one ruler: the same bands on the same scale."""

    scale: Decimal
    ladder: Ladder
    blocks: tuple[tuple[Block, tuple[tuple[str, Decimal], ...]], ...]


@dataclass(frozen=True, slots=True)
class Reviews:
    """What reviews changed in a block: the units moved most, and the means of all reviewed.

    `claims` is about what units claimed themselves, `totals` also about what others give.
    """

    most: tuple[Moved, ...]
    units: int
    totals: Decimal
    claims: Decimal


@dataclass(frozen=True, slots=True)
class Overview:
    """`bands` counts by block and name of the band; `pictures` is None where dots are too many."""

    rounds: tuple[RoundRecord, ...]
    round: RoundRecord
    windows: Mapping[Task, Window]
    tabs: tuple[Tab, ...]
    tab: Tab
    courses: Mapping[str, Course]
    whole: Course
    bands: Mapping[tuple[str, str], int]
    names: tuple[str, ...]
    pictures: tuple[Picture, ...] | None
    reviews: Reviews
    ladder: Ladder
    heat: tuple[Row, ...]


def overview(doing: Work, code: str, block: str | None = None) -> Overview:
    led = rank_scope.led(doing, code)
    here = led.round
    stands = overviews.stands(doing.store, doing.actor, Wanted(here.id))
    shown = rank_scope.tabs(doing, here, _sizes(stands))
    blocks = [tab for tab in shown if tab.block]
    tab = rank_scope.asked_of(blocks, block)
    bands = overviews.bands(doing.store, doing.actor, Wanted(here.id))
    ranked = sum(each.ranked for each in blocks)
    wanted = Wanted(here.id, tab.code)
    cut = rankings.part(doing.store, doing.actor, (here.id, tab.code), None, (0, HEAT))
    return Overview(
        led.rounds,
        here,
        rank_scope.windows_of(doing, here),
        shown,
        tab,
        {each.code: _course(stands, each.code) for each in blocks},
        _course(stands),
        _by_name(doing, here, bands),
        tuple(_names(doing, here, bands)),
        tuple(_pictures(doing, here, blocks)) if ranked <= MOST_DOTS else None,
        _reviews(doing, wanted),
        _ladder(doing, here, wanted, cut.rows),
        tuple(rank.placed(doing, cut))[:HEAT],
    )


def _sizes(stands: Sequence[Stand]) -> Mapping[str, Size]:
    codes = {each.block for each in stands}
    return {
        code: Size(
            sum(each.sheets for each in stands if each.block == code),
            sum(each.ranked for each in stands if each.block == code),
        )
        for code in codes
    }


def _course(stands: Sequence[Stand], block: str = "") -> Course:
    mine = [each for each in stands if block in ("", each.block)]
    asked = [each for each in mine if not each.exempt]
    return Course(
        sum(each.sheets for each in asked),
        sum(each.sheets for each in asked if each.status in HANDED_IN),
        sum(each.late for each in asked),
        sum(each.sheets for each in asked if each.status in FINISHED),
        sum(each.sheets for each in asked if each.status in RELEASED),
        sum(each.sheets for each in asked if each.status in (Status.CONCLUDED, Status.CLOSED)),
        sum(each.sheets for each in asked if each.status is Status.CLOSED),
        sum(each.sheets for each in mine if each.exempt),
    )


_Bands = Mapping[tuple[str, str, str], int]


def _by_name(doing: Work, here: RoundRecord, bands: _Bands) -> dict[tuple[str, str], int]:
    """Sets of one round may share names of bands, though not codes; 0 where nobody has one."""
    found: dict[tuple[str, str], int] = {}
    for (block, kind, code), units in bands.items():
        for band in _ladder_of(doing, here, kind):
            key = block, band.name
            found[key] = found.get(key, 0) + (units if band.code == code else 0)
    return found


def _names(doing: Work, here: RoundRecord, bands: _Bands) -> Iterator[str]:
    """Best first."""
    kinds = dict.fromkeys(kind for _, kind, _ in bands)
    ladders = [_ladder_of(doing, here, kind) for kind in kinds]
    yield from dict.fromkeys(band.name for ladder in ladders for band in ladder)


def _ladder_of(doing: Work, here: RoundRecord, kind: str) -> Ladder:
    return rank.ladder_of(rank.set_of(doing, here.sets[kind]), kind)


def _pictures(doing: Work, here: RoundRecord, tabs: Sequence[Tab]) -> Iterator[Picture]:
    totals = overviews.totals(doing.store, doing.actor, Wanted(here.id))
    kinds = {(block, kind) for block, kind, _, _ in totals}
    together: dict[tuple[Decimal, Ladder], list[Block]] = {}
    for tab in tabs:
        mine = sorted(kind for block, kind in kinds if block == tab.code)
        if tab.block and mine:
            scale = rank.set_of(doing, here.sets[mine[0]]).scale
            key = scale, _ladder_of(doing, here, mine[0])
            together.setdefault(key, []).append(tab.block)
    for (scale, ladder), blocks in together.items():
        units = [
            (block, tuple((name, total) for of, _, name, total in totals if of == block.code))
            for block in blocks
        ]
        yield Picture(scale, ladder, tuple(units))


def _reviews(doing: Work, wanted: Wanted) -> Reviews:
    most = overviews.moved(doing.store, doing.actor, wanted, MOST_MOVED)
    all_ = overviews.reviewed(doing.store, doing.actor, wanted)
    totals, claims = (_mean(each, all_.units) for each in (all_.totals, all_.claims))
    return Reviews(tuple(most), all_.units, totals, claims)


def _mean(together: Decimal, units: int) -> Decimal:
    return (together / units).quantize(Decimal("0.01")) if units else Decimal(0)


def _ladder(
    doing: Work, here: RoundRecord, wanted: Wanted, rows: Sequence[rankings.RankRecord]
) -> tuple[Band, ...]:
    """The bands of the block that is looked at; empty before anybody has handed in."""
    return _ladder_of(doing, here, rows[0].kind) if rows and wanted.block else ()
