"""Everything that is kept, piece by piece, for checking it against itself."""

from collections.abc import Iterator, Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.store.assessments import WHOLE, Record, assessment, record_of
from evalsvc.store.journal import journal
from evalsvc.store.rounds import round_

AT_ONCE = 500


def each_sheet(connection: Connection) -> Iterator[tuple[Record, Mapping[str, object]]]:
    """Every assessment in the order of ids, with all of its columns as they are kept."""
    last = 0
    found = sa.select(*WHOLE).where(assessment.c.id > sa.bindparam("last"))
    part = found.order_by(assessment.c.id).limit(AT_ONCE)
    while rows := connection.execute(part, {"last": last}).all():
        for row in rows:
            columns: Mapping[str, object] = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's documented way to columns by name
            yield record_of(row), columns
        last = rows[-1].id


def sheet_id(connection: Connection, round_code: str, unit_code: str) -> int | None:
    """By the names that people know a sheet by."""
    found = (
        sa.select(assessment.c.id)
        .join(round_, round_.c.id == assessment.c.round_id)
        .where(round_.c.code == round_code, assessment.c.unit_code == unit_code)
    )
    return connection.execute(found).scalar_one_or_none()


def number_of_entries(connection: Connection) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(journal)).scalar_one()
