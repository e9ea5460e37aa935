"""Files that arrive in pieces: how much of each has been received, and what became of it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.store.assessments import assessment
from evalsvc.store.database import Moment, metadata

upload = sa.Table(
    "upload",
    metadata,
    sa.Column("token", sa.String(64), primary_key=True),
    sa.Column("account_id", sa.ForeignKey("account.id"), nullable=False),
    sa.Column("assessment_id", sa.ForeignKey("assessment.id"), nullable=False),
    sa.Column("line", sa.String(60), nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("received", sa.BigInteger, nullable=False),
    sa.Column("at", Moment, nullable=False, index=True),
    sa.Column("document_id", sa.ForeignKey("document.id")),
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that arrives in pieces; whatever has been received was acknowledged."""

    token: str
    account: int
    assessment: int
    line: str
    name: str
    size: int
    received: int
    at: datetime
    document: int | None = None


def begin(connection: Connection, record: Upload) -> None:
    connection.execute(
        upload.insert().values(
            token=record.token,
            account_id=record.account,
            assessment_id=record.assessment,
            line=record.line,
            name=record.name,
            size=record.size,
            received=0,
            at=record.at,
        )
    )


def get(connection: Connection, token: str) -> Upload | None:
    row = connection.execute(
        sa.select(upload).where(upload.c.token == token).with_for_update()
    ).one_or_none()
    return None if row is None else Upload(*row)


def put_received(connection: Connection, token: str, received: int) -> None:
    mine = upload.update().where(upload.c.token == token)
    connection.execute(mine.values(received=received))


def put_document(connection: Connection, token: str, document_id: int) -> None:
    mine = upload.update().where(upload.c.token == token)
    connection.execute(mine.values(document_id=document_id))


def pending(connection: Connection) -> frozenset[str]:
    found = sa.select(upload.c.token).where(upload.c.document_id.is_(None))
    return frozenset(connection.execute(found).scalars())


def sweep(connection: Connection, before: datetime) -> int:
    """Uploads that were begun so long ago that nobody goes on with them."""
    return connection.execute(upload.delete().where(upload.c.at < before)).rowcount


def under_way(connection: Connection, unit_id: int, since: datetime) -> int:
    """Bytes that have arrived in uploads of a unit which may still go on."""
    found = (
        sa.select(sa.func.sum(upload.c.received))
        .join(assessment, assessment.c.id == upload.c.assessment_id)
        .where(
            assessment.c.unit_id == unit_id,
            upload.c.document_id.is_(None),
            upload.c.at >= since,
        )
    )
    return int(connection.execute(found).scalar_one() or 0)


def drop(connection: Connection, token: str) -> None:
    """What was refused is not gone on with; an upload that became a document stays."""
    connection.execute(
        upload.delete().where(upload.c.token == token, upload.c.document_id.is_(None))
    )
