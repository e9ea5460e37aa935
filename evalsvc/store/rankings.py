"""A live ranking: indexed queries over the summaries that are kept with the assessments."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.access import Actor
from evalsvc.domain.course import FINAL, Status, in_force
from evalsvc.domain.lines import Layer
from evalsvc.domain.summary import Totals
from evalsvc.store import scope
from evalsvc.store.assessments import RANKABLE, assessment
from evalsvc.store.queues import NEWEST, Wanted, narrowed
from evalsvc.store.rounds import round_
from evalsvc.store.totals_text import of_text

MOST_SHAPES = 1_024
"""Statements are made once for each shape of roles: making them took longer than their answers."""

COMPARED: Mapping[Layer | None, sa.Column[Decimal]] = {
    None: assessment.c.in_force,
    Layer.CLAIMED: assessment.c.claimed_compared,
    Layer.REVIEWED: assessment.c.reviewed_compared,
    Layer.FINAL: assessment.c.final_compared,
}
"""By layer; None is what is in force on each sheet, which mixes layers."""

RATED: Mapping[Layer | None, sa.Column[bool]] = {
    None: assessment.c.rated,
    Layer.CLAIMED: assessment.c.claimed_rated,
    Layer.REVIEWED: assessment.c.reviewed_rated,
    Layer.FINAL: assessment.c.final_rated,
}
TEXT: Mapping[Layer | None, sa.ColumnElement[str]] = {
    None: sa.case(
        (assessment.c.status.in_(sorted(FINAL)), assessment.c.final),
        (assessment.c.status == Status.REVIEWED.value, assessment.c.reviewed),
        else_=assessment.c.claimed,
    ),
    Layer.CLAIMED: assessment.c.claimed,
    Layer.REVIEWED: assessment.c.reviewed,
    Layer.FINAL: assessment.c.final,
}


@dataclass(frozen=True, slots=True)
class RankRecord:
    """A sheet as a ranking sees it, with the totals of one layer."""

    id: int
    unit_id: int
    unit_code: str
    unit_name: str
    kind: str
    block: str
    status: Status
    late: bool
    sha256: str
    tags: str
    layer: Layer
    totals: Totals
    to_mark: int
    marked: int

    @property
    def is_half_reviewed(self) -> bool:
        """Lines without a mark count as they are claimed."""
        return self.layer is Layer.REVIEWED and self.marked < self.to_mark


@dataclass(frozen=True, slots=True)
class Slice:
    """Complete clusters of equals, best first; `better` stand before each compared value."""

    better: Mapping[Decimal, int]
    rows: tuple[RankRecord, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """Of one block: all sheets in scope, and those of them that are ranked."""

    all: int
    ranked: int


def ranked_where(actor: Actor, wanted: Wanted, layer: Layer | None) -> list[Any]:
    return [scope.led_by(actor, assessment), *narrowed(wanted), *_ranked(layer)]


def _ranked(layer: Layer | None) -> list[Any]:
    return [sa.text(RANKABLE), RATED[layer].is_(sa.true())]


def rounds_led(connection: Connection, actor: Actor) -> Sequence[int]:
    """Rounds with anything that this leader may see, newest first."""
    statement = _rounds_led(scope.shape(actor))
    return connection.execute(statement, scope.parameters(actor)).scalars().all()


@lru_cache(maxsize=MOST_SHAPES)
def _rounds_led(of: scope.Shape) -> sa.Select[Any]:
    seen = sa.exists().where(assessment.c.round_id == round_.c.id).where(scope.led(of, assessment))
    return sa.select(round_.c.id).where(seen).order_by(*NEWEST)


def sizes(
    connection: Connection, actor: Actor, round_id: int, layer: Layer | None
) -> Mapping[str, Size]:
    """How many stand in each block."""
    given = {**scope.parameters(actor), "round": round_id}
    rows = connection.execute(_sizes(scope.shape(actor), layer), given)
    return {block: Size(number, ranked) for block, number, ranked in rows}


@lru_cache(maxsize=MOST_SHAPES)
def _sizes(of: scope.Shape, layer: Layer | None) -> sa.Select[Any]:
    stands = sa.and_(
        assessment.c.exempt == "",
        assessment.c.status != Status.OPEN.value,
        RATED[layer].is_(sa.true()),
    )
    return (
        sa.select(assessment.c.block, sa.func.count(), sa.func.count().filter(stands))
        .where(scope.led(of, assessment), assessment.c.round_id == sa.bindparam("round"))
        .group_by(assessment.c.block)
    )


def columns_of(layer: Layer | None) -> list[sa.ColumnElement[Any]]:
    return [
        assessment.c.id,
        assessment.c.unit_id,
        assessment.c.unit_code,
        assessment.c.unit_name,
        assessment.c.kind,
        assessment.c.block,
        assessment.c.status,
        assessment.c.late,
        assessment.c.sha256,
        assessment.c.tags,
        TEXT[layer].label("totals"),
        assessment.c.to_mark,
        assessment.c.marked,
    ]


def record_of(row: Any, layer: Layer | None) -> RankRecord:
    id_, unit_id, code, name, kind, block, *rest = row[:13]
    status, late, sha256, tags, text, to_mark, marked = rest
    known, totals = Status(status), of_text(text)
    if totals is None:
        raise LookupError(f"assessment {id_} is ranked without totals")
    return RankRecord(
        *(id_, unit_id, code, name, kind, block, known, late, sha256, tags),
        layer=layer or in_force(known),
        totals=totals,
        to_mark=to_mark,
        marked=marked,
    )


def part(
    connection: Connection,
    actor: Actor,
    within: tuple[int, str],
    layer: Layer | None,
    page: tuple[int, int],
) -> Slice:
    """The rows from `page[0]`, `page[1]` of them, made whole: equals are ranked together.

    `within` is a round and a block; all blocks where that is empty.
    """
    (round_id, block), (first, number) = within, page
    ends, whole = _part(scope.shape(actor), layer, in_block=bool(block))
    given = {**scope.parameters(actor), "round": round_id} | ({"block": block} if block else {})
    best, worst = connection.execute(ends, {**given, "first": first, "number": number}).one()
    if best is None:
        return Slice({}, ())
    rows = connection.execute(whole, {**given, "best": best, "worst": worst}).all()
    return _slice([record_of(row, layer) for row in rows], rows[0][-1])


@lru_cache(maxsize=MOST_SHAPES)
def _part(
    of: scope.Shape, layer: Layer | None, *, in_block: bool
) -> tuple[sa.Select[Any], sa.Select[Any]]:
    """The best and the worst value of a page, and the rows from one to the other."""
    compared = COMPARED[layer]
    where = [
        scope.led(of, assessment),
        assessment.c.round_id == sa.bindparam("round"),
        *([assessment.c.block == sa.bindparam("block")] if in_block else []),
        *_ranked(layer),
    ]
    best, worst = (sa.bindparam(name, type_=compared.type) for name in ("best", "worst"))
    ends = (
        sa.select(compared.label("value"))
        .where(*where)
        .order_by(compared.desc())
        .offset(sa.bindparam("first", type_=sa.Integer))
        .limit(sa.bindparam("number", type_=sa.Integer))
        .subquery()
    )
    better = sa.select(sa.func.count()).where(*where, compared > best).scalar_subquery()
    return (
        sa.select(sa.func.max(ends.c.value), sa.func.min(ends.c.value)),
        sa.select(*columns_of(layer), better)
        .where(*where, compared <= best, compared >= worst)
        .order_by(compared.desc(), assessment.c.unit_code),
    )


def _slice(rows: Sequence[RankRecord], before: int) -> Slice:
    better: dict[Decimal, int] = {}
    for at, row in enumerate(rows, before):
        better.setdefault(row.totals.compared, at)
    return Slice(better, tuple(rows))


def found(
    connection: Connection, actor: Actor, wanted: Wanted, layer: Layer | None, most: int
) -> tuple[frozenset[int], Slice]:
    """Ids of the best `most` units with the text, and all that they are equal with.

    They keep the places that they have among all, so the text narrows nothing but the ids.
    """
    compared = COMPARED[layer]
    matches = connection.execute(
        sa.select(assessment.c.id, compared)
        .where(*ranked_where(actor, wanted, layer))
        .order_by(compared.desc(), assessment.c.unit_code)
        .limit(most)
    ).all()
    if not matches:
        return frozenset(), Slice({}, ())
    everyone = ranked_where(actor, Wanted(wanted.round_id, wanted.block), layer)
    placed = (
        sa.select(
            assessment.c.id,
            compared.label("value"),
            (sa.func.rank().over(order_by=compared.desc()) - 1).label("better"),
        )
        .where(*everyone)
        .subquery()
    )
    rows = connection.execute(
        sa.select(*columns_of(layer), placed.c.better)
        .join(placed, placed.c.id == assessment.c.id)
        .where(placed.c.value.in_({value for _, value in matches}))
        .order_by(compared.desc(), assessment.c.unit_code)
    ).all()
    records = [record_of(row, layer) for row in rows]
    better = {record.totals.compared: row[-1] for record, row in zip(records, rows, strict=True)}
    return frozenset(id_ for id_, _ in matches), Slice(better, tuple(records))


def each_ranked(
    connection: Connection, actor: Actor, wanted: Wanted, layer: Layer | None
) -> Iterator[RankRecord]:
    """The whole ranking, best first, for files."""
    compared = COMPARED[layer]
    rows = connection.execution_options(yield_per=500).execute(
        sa.select(*columns_of(layer))
        .where(*ranked_where(actor, wanted, layer))
        .order_by(compared.desc(), assessment.c.unit_code)
    )
    for row in rows:
        yield record_of(row, layer)


def in_force_of(
    connection: Connection, actor: Actor, round_id: int, units: Sequence[int]
) -> Mapping[int, tuple[Decimal, str]]:
    """What units had in another round, and by which set: rated ones that were handed in."""
    before = sa.select(assessment.c.unit_id, assessment.c.in_force, assessment.c.sha256).where(
        *ranked_where(actor, Wanted(round_id), None), assessment.c.unit_id.in_(units)
    )
    return {unit: (value, sha256) for unit, value, sha256 in connection.execute(before)}


def sorts(
    connection: Connection, actor: Actor, wanted: Wanted, layer: Layer | None
) -> Sequence[tuple[str, str, str]]:
    """Set, kind and tags of what is ranked, each combination once: they have the same lines."""
    columns = assessment.c.sha256, assessment.c.kind, assessment.c.tags
    found = sa.select(*columns).where(*ranked_where(actor, wanted, layer)).distinct()
    rows = connection.execute(found.order_by(*columns)).all()
    return [(sha256, kind, tags) for sha256, kind, tags in rows]
