"""Lines of sheets: what the unit claims, what reviewers and the conclusion put beside it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.explanations import Settled
from evalsvc.domain.line_course import Step
from evalsvc.store.database import Moment, Points, metadata

line = sa.Table(
    "line",
    metadata,
    sa.Column("assessment_id", sa.ForeignKey("assessment.id"), primary_key=True),
    sa.Column("code", sa.String(60), primary_key=True),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("most", Points),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("claim", sa.String(8000)),
    sa.Column("claimed_points", Points, nullable=False),
    sa.Column("note", sa.String(4000), nullable=False),
    sa.Column("draft", sa.String(8000)),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("saved_at", Moment),
    sa.Column("saved_by", sa.ForeignKey("account.id")),
    sa.Column("reviewed", sa.String(8000)),
    sa.Column("reviewed_points", Points),
    sa.Column("final", sa.String(8000)),
    sa.Column("final_points", Points),
    sa.Column("step", sa.String(20), nullable=False),
    sa.Column("returned_until", Moment),
    sa.Column("returned_because", sa.String(4000), nullable=False),
    sa.Column("supplied_at", Moment),
    sa.Column("explain_until", Moment),
    # Contests so far, and those that were made before the line was last lowered.
    sa.Column("turn", sa.Integer, nullable=False),
    sa.Column("heard", sa.Integer, nullable=False),
    sa.Column("settled", sa.String(20), nullable=False),
    sa.Column("evidence", sa.Integer, nullable=False),
    sa.Column("in_charge", sa.String(200), nullable=False),
    sa.CheckConstraint(
        "step IN ('claimed', 'returned', 'marked', 'shown', 'agreed', 'contested', 'ruled', "
        "'final')",
        "step",
    ),
    sa.CheckConstraint("step <> 'returned' OR returned_until IS NOT NULL", "returned"),
    sa.CheckConstraint("step <> 'final' OR final IS NOT NULL", "final"),
    sa.CheckConstraint("state IN ('unanswered', 'answered', 'not-applicable', 'not-due')", "state"),
    sa.CheckConstraint(
        "(state = 'not-applicable') = (claim IS NOT NULL AND claim LIKE 'n/a %')", "reason"
    ),
    sa.CheckConstraint(
        "claimed_points >= 0 AND (most IS NULL OR claimed_points <= most)", "claimed_points"
    ),
    sa.CheckConstraint(
        "reviewed_points >= 0 AND (most IS NULL OR reviewed_points <= most)", "reviewed_points"
    ),
    sa.CheckConstraint(
        "final_points >= 0 AND (most IS NULL OR final_points <= most)", "final_points"
    ),
)


@dataclass(frozen=True, slots=True)
class LineRecord:
    """What stands on a line, as text; empty text is a reviewer's refusal of "not applicable"."""

    code: str
    state: str = "unanswered"
    claim: str | None = None
    claimed_points: Decimal = Decimal(0)
    most: Decimal | None = None
    note: str = ""
    draft: Mapping[str, list[str]] | None = None
    version: int = 0
    saved_at: datetime | None = None
    saved_by: int | None = None
    reviewed: str | None = None
    reviewed_points: Decimal | None = None
    final: str | None = None
    final_points: Decimal | None = None
    step: Step = Step.CLAIMED
    returned_until: datetime | None = None
    returned_because: str = ""
    supplied_at: datetime | None = None
    explain_until: datetime | None = None
    turn: int = 0
    heard: int = 0
    settled: Settled = Settled.OPEN
    evidence: int = 0
    in_charge: str = ""


KEPT = (
    line.c.code,
    line.c.state,
    line.c.claim,
    line.c.claimed_points,
    line.c.most,
    line.c.note,
    line.c.draft,
    line.c.version,
    line.c.saved_at,
    line.c.saved_by,
    line.c.reviewed,
    line.c.reviewed_points,
    line.c.final,
    line.c.final_points,
    line.c.step,
    line.c.returned_until,
    line.c.returned_because,
    line.c.supplied_at,
    line.c.explain_until,
    line.c.turn,
    line.c.heard,
    line.c.settled,
    line.c.evidence,
    line.c.in_charge,
)
"""Columns of a line in the order of `LineRecord`."""

_NAMES = tuple(column.name for column in KEPT)
_DRAFT, _STEP, _SETTLED = (_NAMES.index(name) for name in ("draft", "step", "settled"))


def line_of(columns: Sequence[Any]) -> LineRecord:
    read = list(columns)
    if read[_DRAFT] is not None:
        read[_DRAFT] = json.loads(read[_DRAFT])
    read[_STEP], read[_SETTLED] = Step(read[_STEP]), Settled(read[_SETTLED])
    return LineRecord(*read)


_LINES = sa.select(*KEPT).where(line.c.assessment_id == sa.bindparam("of")).order_by(line.c.place)


def of_assessment(connection: Connection, id_: int) -> Sequence[LineRecord]:
    return [line_of(row) for row in connection.execute(_LINES, {"of": id_})]


_ONE_LINE = line.update().where(
    line.c.assessment_id == sa.bindparam("of"), line.c.code == sa.bindparam("which")
)
_SEEN_LINE = _ONE_LINE.where(line.c.version == sa.bindparam("seen"))


def put(
    connection: Connection, id_: int, code: str, columns: Mapping[str, object], *, seen: int
) -> bool:
    """Whether the version was still the one that was seen."""
    given = {**columns, "of": id_, "which": code, "seen": seen}
    return connection.execute(_SEEN_LINE, given).rowcount == 1


def changes(before: LineRecord, after: LineRecord) -> dict[str, object]:
    """The columns in which a line differs from what it was, and its version."""
    was, is_ = columns_of(before), columns_of(after)
    return {name: value for name, value in is_.items() if value != was[name] or name == "version"}


def columns_of(record: LineRecord) -> dict[str, object]:
    draft = None if record.draft is None else json.dumps(record.draft, ensure_ascii=False)
    return {
        "state": record.state,
        "claim": record.claim,
        "claimed_points": record.claimed_points,
        "note": record.note,
        "draft": draft,
        "version": record.version,
        "saved_at": record.saved_at,
        "saved_by": record.saved_by,
        "reviewed": record.reviewed,
        "reviewed_points": record.reviewed_points,
        "final": record.final,
        "final_points": record.final_points,
        "step": record.step.value,
        "returned_until": record.returned_until,
        "returned_because": record.returned_because,
        "supplied_at": record.supplied_at,
        "explain_until": record.explain_until,
        "turn": record.turn,
        "heard": record.heard,
        "settled": record.settled.value,
        "evidence": record.evidence,
        "in_charge": record.in_charge,
    }


def put_all(connection: Connection, id_: int, records: Iterable[LineRecord]) -> None:
    """Several lines at once, where the whole assessment is locked and nothing was seen before."""
    rows = [columns_of(each) | {"of": id_, "which": each.code} for each in records]
    if rows:
        connection.execute(_ONE_LINE, rows)


def add_all(connection: Connection, sheets: Iterable[tuple[int, Sequence[LineRecord]]]) -> None:
    """All lines of sheets that have just been opened, in the order of the form."""
    connection.execute(
        line.insert(),
        [
            columns_of(record)
            | {"assessment_id": of, "code": record.code, "place": place, "most": record.most}
            for of, records in sheets
            for place, record in enumerate(records)
        ],
    )
