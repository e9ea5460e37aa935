"""Where documents are shown, and what the files of a unit take."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.store.assessments import assessment
from evalsvc.store.documents import document, evidence


@dataclass(frozen=True, slots=True)
class Place:
    """A line on which a document stands now, and with which turn of the explanation it came."""

    assessment: int
    line: str
    turn: int


def places(connection: Connection, document_id: int) -> Sequence[Place]:
    found = sa.select(evidence.c.assessment_id, evidence.c.line, evidence.c.turn).where(
        evidence.c.document_id == document_id, evidence.c.removed_at.is_(None)
    )
    return [Place(*row) for row in connection.execute(found.order_by(evidence.c.id))]


def used(connection: Connection, unit_id: int) -> int:
    """Bytes of all files of a unit; a file that was sent twice lies there once."""
    sizes = (
        sa.select(document.c.sha256, sa.func.max(document.c.size).label("size"))
        .where(document.c.unit_id == unit_id, document.c.sha256.is_not(None))
        .group_by(document.c.sha256)
        .subquery()
    )
    return int(connection.execute(sa.select(sa.func.sum(sizes.c.size))).scalar_one() or 0)


def has_file(connection: Connection, unit_id: int, sha256: str) -> bool:
    found = sa.select(document.c.id).where(
        document.c.unit_id == unit_id, document.c.sha256 == sha256
    )
    return connection.execute(found.limit(1)).first() is not None


def unit_of(connection: Connection, assessment_id: int) -> int:
    found = sa.select(assessment.c.unit_id).where(assessment.c.id == assessment_id)
    return int(connection.execute(found).scalar_one())
