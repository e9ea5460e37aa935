"""A leader looks at how a round stands: live, from the summaries that are kept with the sheets."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from evalsvc.domain.criteria import CriteriaSet
from evalsvc.domain.errors import NotFound
from evalsvc.domain.lines import Layer
from evalsvc.domain.provisions import Band, Gate, Ladder
from evalsvc.domain.ranking import Standing, ranked
from evalsvc.store import listed_apart, rankings
from evalsvc.store.queues import Wanted
from evalsvc.store.rankings import RankRecord
from evalsvc.store.rounds import RoundRecord
from evalsvc.usecases import rank_apart, rank_scope
from evalsvc.usecases.rank_apart import Apart
from evalsvc.usecases.rank_scope import Tab
from evalsvc.usecases.work import Work

PAGE = 100
FIRST_APART = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """Which ranking: a block or, where empty, the whole round; a layer, or what is in force."""

    block: str = ""
    layer: Layer | None = None
    page: int = 1
    text: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One unit in a ranking, with what its rank rests on.

    `keys` are told where others have equal points; `before` is the total of the year before,
    None where there is none that can be compared.
    """

    rank: int
    record: RankRecord
    set: CriteriaSet
    ladder: Ladder
    band: Band | None
    earned: Band | None
    gates: tuple[Gate, ...]
    equal: bool = False
    keys: tuple[tuple[str, Decimal | None], ...] = ()
    before: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Live:
    """One page of a live ranking; always "for the time being" until it is published.

    `partly`: this leader sees only some units of the block, so that ranks are among those.
    """

    rounds: tuple[RoundRecord, ...]
    round: RoundRecord
    before: RoundRecord | None
    asked: Asked
    tabs: tuple[Tab, ...]
    rows: tuple[Row, ...]
    total: int
    apart: tuple[Apart, ...]
    apart_total: int
    partly: bool

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))

    @property
    def tab(self) -> Tab:
        return next(tab for tab in self.tabs if tab.code == self.asked.block)


def live(
    doing: Work,
    code: str,
    block: str | None = None,
    layer: Layer | None = None,
    *,
    page: int = 1,
    text: str = "",
) -> Live:
    led = rank_scope.led(doing, code)
    here, before = led.round, led.before
    shown = rank_scope.tabs(doing, here, rank_scope.sizes(doing, here, layer))
    tab = rank_scope.asked_of(shown, block)
    asked = Asked(tab.code, layer, page, text.strip())
    wanted = Wanted(here.id, asked.block, text=asked.text)
    rows, total = _page(doing, wanted, asked, tab.ranked)
    apart_total = tab.all - tab.ranked
    if asked.text:
        apart_total = listed_apart.count(doing.store, doing.actor, wanted, layer)
    return Live(
        led.rounds,
        here,
        before,
        asked,
        shown,
        tuple(_with_before(doing, before, rows)),
        total,
        rank_apart.apart(doing, wanted, layer, (0, FIRST_APART)) if apart_total else (),
        apart_total,
        not (
            rank_scope.sees_block(doing.actor, asked.block)
            if asked.block
            else rank_scope.sees_all(doing.actor)
        ),
    )


def _page(doing: Work, wanted: Wanted, asked: Asked, all_: int) -> tuple[list[Row], int]:
    store, actor = doing.store, doing.actor
    if asked.text:
        ids, cut = rankings.found(store, actor, wanted, asked.layer, PAGE)
        rows = [row for row in placed(doing, cut) if row.record.id in ids]
        return rows, len(rows)
    first = (asked.page - 1) * PAGE
    if asked.page < 1 or (first >= all_ and asked.page > 1):
        raise NotFound("page")
    cut = rankings.part(store, actor, (wanted.round_id, wanted.block), asked.layer, (first, PAGE))
    if not cut.rows:
        return [], all_
    before = cut.better[cut.rows[0].totals.compared]
    return list(placed(doing, cut))[first - before :][:PAGE], all_


def placed(doing: Work, cut: rankings.Slice) -> Iterator[Row]:
    """Ranks of complete clusters of equals, so that tie keys decide as in the whole ranking."""
    for compared, cluster in groupby(cut.rows, lambda record: record.totals.compared):
        yield from clustered(doing, list(cluster), cut.better[compared])


def clustered(doing: Work, cluster: Sequence[RankRecord], better: int) -> Iterator[Row]:
    """Rows of units with equal points; `better` units stand before them."""
    if len(cluster) == 1:
        yield _row(doing, better + 1, cluster[0], equal=False)
        return
    by_code = {record.unit_code: record for record in cluster}
    for each in ranked(standing_of(doing, record) for record in cluster):
        yield _row(doing, better + each.rank, by_code[each.standing.unit], equal=True)


def standing_of(doing: Work, record: RankRecord) -> Standing:
    criteria = set_of(doing, record.sha256)
    ladder = ladder_of(criteria, record.kind)
    band = _band(ladder, record.totals.band) or ladder[-1]
    return Standing(
        record.unit_code,
        record.block,
        criteria.code,
        record.kind,
        record.totals.compared,
        ladder,
        band,
        record.totals.keys,
        late=record.late,
    )


def _row(doing: Work, rank: int, record: RankRecord, *, equal: bool) -> Row:
    criteria, totals = set_of(doing, record.sha256), record.totals
    ladder = ladder_of(criteria, record.kind)
    band = _band(ladder, totals.band)
    return Row(
        rank,
        record,
        criteria,
        ladder,
        band,
        band if totals.earned == totals.band else _band(ladder, totals.earned),
        tuple([gate for gate in criteria.gates if gate.code in totals.gates]),
        equal,
        tuple(zip(criteria.ties, totals.keys, strict=True)) if equal else (),
    )


def set_of(doing: Work, sha256: str) -> CriteriaSet:
    return doing.shelf.set_of(doing.store, sha256)


def ladder_of(criteria: CriteriaSet, kind: str) -> Ladder:
    found = criteria.kind(kind)
    return criteria.ladders[found.column if found else ""]


def _band(ladder: Ladder, code: str) -> Band | None:
    for band in ladder:
        if band.code == code:
            return band
    return None


def _with_before(doing: Work, before: RoundRecord | None, rows: Iterable[Row]) -> Iterator[Row]:
    """What the same units had a year before, where both totals are on one scale."""
    found = list(rows)
    if before is None or not found:
        yield from found
        return
    units = [row.record.unit_id for row in found]
    then = rankings.in_force_of(doing.store, doing.actor, before.id, units)
    for row in found:
        value, sha256 = then.get(row.record.unit_id, (None, ""))
        if value is None or _scale(doing, sha256) != _scale(doing, row.record.sha256):
            yield row
        else:
            yield replace(row, before=value)


def _scale(doing: Work, sha256: str) -> Decimal:
    return set_of(doing, sha256).scale
