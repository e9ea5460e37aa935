"""The points of all lines of many sheets, one text for each sheet: rows by the hundred thousand."""

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.engine import Connection

from evalsvc.domain.access import Actor
from evalsvc.domain.course import FINAL, Status
from evalsvc.domain.lines import Layer
from evalsvc.domain.readings import NOT_DUE_MARK
from evalsvc.store.assessments import assessment
from evalsvc.store.queues import Wanted
from evalsvc.store.rankings import COMPARED, RankRecord, columns_of, ranked_where, record_of
from evalsvc.store.sheet_lines import line

NOTHING = "-"
"""No value, and none was due: whether that is 0 depends on who gives the line."""
BETWEEN = ","

_REVIEWED = sa.func.coalesce(line.c.reviewed, line.c.claim)
_FINAL = sa.func.coalesce(line.c.final, line.c.reviewed, line.c.claim)
_REVIEWED_POINTS = sa.func.coalesce(line.c.reviewed_points, line.c.claimed_points)
_FINAL_POINTS = sa.func.coalesce(line.c.final_points, line.c.reviewed_points, line.c.claimed_points)


def _in_force(claimed: Any, reviewed: Any, final: Any) -> sa.ColumnElement[Any]:
    return sa.case(
        (assessment.c.status.in_(sorted(FINAL)), final),
        (assessment.c.status == Status.REVIEWED.value, reviewed),
        else_=claimed,
    )


VALUE: Mapping[Layer | None, Any] = {
    None: _in_force(line.c.claim, _REVIEWED, _FINAL),
    Layer.CLAIMED: line.c.claim,
    Layer.REVIEWED: _REVIEWED,
    Layer.FINAL: _FINAL,
}
POINTS: Mapping[Layer | None, Any] = {
    None: _in_force(line.c.claimed_points, _REVIEWED_POINTS, _FINAL_POINTS),
    Layer.CLAIMED: line.c.claimed_points,
    Layer.REVIEWED: _REVIEWED_POINTS,
    Layer.FINAL: _FINAL_POINTS,
}


def each_with_lines(
    connection: Connection, actor: Actor, wanted: Wanted, layer: Layer | None
) -> Iterator[tuple[RankRecord, list[str]]]:
    """The whole ranking, best first, with a cell for each line in the order of the sheet.

    A cell is a number of millionths, NOTHING, or the text of a line that is not applicable. They
    are put together in the database: twelve thousand texts come in a tenth of the time that
    three quarters of a million rows take.
    """
    compared = COMPARED[layer]
    rows = connection.execution_options(yield_per=500).execute(
        sa.select(*columns_of(layer), _cells(connection, layer))
        .where(*ranked_where(actor, wanted, layer))
        .order_by(compared.desc(), assessment.c.unit_code)
    )
    for row in rows:
        yield record_of(row, layer), row[-1].split(BETWEEN)


def _cells(connection: Connection, layer: Layer | None) -> sa.ScalarSelect[str]:
    value = VALUE[layer]
    cell = sa.case(
        (value.like("n/a %"), value),
        (sa.and_(value.is_(None), line.c.state == "not-due"), NOTHING),
        (value == NOT_DUE_MARK, NOTHING),
        else_=sa.cast(sa.type_coerce(POINTS[layer], sa.BigInteger), sa.String),
    )
    mine = line.c.assessment_id == assessment.c.id
    if connection.dialect.name == "postgresql":
        ordered = aggregate_order_by(sa.literal(BETWEEN), line.c.place)
        together = sa.func.string_agg(cell, ordered)
        return sa.select(together).where(mine).correlate(assessment).scalar_subquery()
    # SQLite puts together in the order in which the rows come.
    cells = (
        sa.select(cell.label("cell"))
        .where(mine)
        .order_by(line.c.place)
        .correlate(assessment)
        .subquery()
    )
    return sa.select(sa.func.group_concat(cells.c.cell, BETWEEN)).scalar_subquery()
