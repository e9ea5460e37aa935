"""The frozen text of criteria sets, by its sha256; a text never changes."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.store.database import metadata

criteria_text = sa.Table(
    "criteria_text",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("code", sa.String(60), nullable=False),
    sa.Column("version", sa.String(60), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.UniqueConstraint("code", "version"),
)


def get(connection: Connection, sha256: str) -> str:
    found = sa.select(criteria_text.c.text).where(criteria_text.c.sha256 == sha256)
    text: str = connection.execute(found).scalar_one()
    return text


def sha256_of(connection: Connection, code: str, version: str) -> str | None:
    found = sa.select(criteria_text.c.sha256).where(
        criteria_text.c.code == code, criteria_text.c.version == version
    )
    return connection.execute(found).scalar_one_or_none()


def add(connection: Connection, sha256: str, code: str, version: str, text: str) -> None:
    connection.execute(
        criteria_text.insert().values(sha256=sha256, code=code, version=version, text=text)
    )
