"""What is frozen of units when their round opens: their sheets are put in with all their lines."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.history import FIRST_LINK
from evalsvc.store import sheet_lines
from evalsvc.store.assessments import assessment
from evalsvc.store.sheet_lines import LineRecord


@dataclass(frozen=True, slots=True)
class Opening:
    """What is frozen of a unit when its round opens."""

    unit_id: int
    unit_code: str
    unit_name: str
    sort_key: str
    search_key: str
    place: int
    kind: str
    block: str
    tags: frozenset[str]
    sha256: str
    engine: int
    exempt: str


def add_all(
    connection: Connection,
    round_id: int,
    openings: Sequence[tuple[Opening, Mapping[str, object], Sequence[LineRecord]]],
    at: datetime,
) -> None:
    """All assessments of a round with all their lines, when it opens."""
    rows = [_opening(round_id, each, at) | dict(summary) for each, summary, _ in openings]
    if not rows:
        return
    connection.execute(assessment.insert(), rows)
    found = sa.select(assessment.c.unit_id, assessment.c.id).where(
        assessment.c.round_id == round_id,
        assessment.c.unit_id.in_([each.unit_id for each, _, _ in openings]),
    )
    ids = dict(connection.execute(found).all())
    sheet_lines.add_all(connection, ((ids[each.unit_id], records) for each, _, records in openings))


def _opening(round_id: int, each: Opening, at: datetime) -> dict[str, object]:
    return {
        "round_id": round_id,
        "unit_id": each.unit_id,
        "unit_code": each.unit_code,
        "unit_name": each.unit_name,
        "sort_key": each.sort_key,
        "search_key": each.search_key,
        "place": each.place,
        "kind": each.kind,
        "block": each.block,
        "tags": json.dumps(sorted(each.tags), ensure_ascii=False),
        "sha256": each.sha256,
        "engine": each.engine,
        "exempt": each.exempt,
        "late": False,
        "changed_at": at,
        "entries": 0,
        "link": FIRST_LINK,
    }
