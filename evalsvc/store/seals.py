"""Seals: at each, how every stream of the journal ended, as one digest chained to the last."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.history import Head, Seal
from evalsvc.store.assessments import assessment
from evalsvc.store.database import Id, Moment, metadata
from evalsvc.store.journal import stream

seal = sa.Table(
    "seal",
    metadata,
    sa.Column("number", Id, primary_key=True, autoincrement=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("streams", sa.Integer, nullable=False),
    sa.Column("heads", sa.String(64), nullable=False),
    sa.Column("previous", sa.String(64), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
)

_NAME = sa.literal_column("'assessment:'", sa.String) + sa.cast(assessment.c.id, sa.String)
_HEADS = sa.union_all(
    sa.select(_NAME.label("name"), assessment.c.entries.label("number"), assessment.c.link),
    sa.select(stream.c.name, stream.c.number, stream.c.link),
).subquery("heads")


def add(connection: Connection, made: Seal) -> None:
    connection.execute(
        seal.insert().values(
            number=made.number,
            at=made.at,
            streams=made.streams,
            heads=made.heads,
            previous=made.previous,
            digest=made.digest,
        )
    )


def latest(connection: Connection) -> Seal | None:
    row = connection.execute(sa.select(seal).order_by(seal.c.number.desc()).limit(1)).one_or_none()
    return None if row is None else Seal(*row)


def each(connection: Connection) -> Iterator[Seal]:
    """In the order in which they were made."""
    for row in connection.execute(sa.select(seal).order_by(seal.c.number)):
        yield Seal(*row)


def heads(connection: Connection) -> Iterator[tuple[str, Head]]:
    """Where every stream ends, by name, byte by byte: one statement sees one state of them."""
    name: sa.ColumnElement[str] = _HEADS.c.name
    if connection.dialect.name == "postgresql":
        name = name.collate("C")
    found = sa.select(_HEADS).order_by(name).execution_options(stream_results=True)
    for row in connection.execute(found):
        yield row.name, Head(row.number, row.link)
