"""Texts that stand beside the journal too: found by the entry that wrote them, and blanked."""

from collections.abc import Iterator, Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.history import GONE, Entry
from evalsvc.store.explanations import reply
from evalsvc.store.joint_sessions import joint_session
from evalsvc.store.marks import flag, mark, passed_over
from evalsvc.store.rounds import extension

COPIES: Mapping[str, tuple[sa.Column[str], ...]] = {
    "reason": (mark.c.reason, passed_over.c.reason, flag.c.withdrawn_because),
    "text": (reply.c.text,),
    "document": (flag.c.document,),
    "place": (joint_session.c.place,),
    "present": (joint_session.c.present,),
    "remarks": (joint_session.c.remarks,),
}
"""By the name that a text has in an entry of a sheet: the columns that it is written to besides."""

_OF_OTHERS = (flag.c.withdrawn_because,)
"""The row is somebody else's: who withdraws a flag need not have raised it."""


def blank(connection: Connection, id_: int, entry: Entry) -> int:
    """On how many rows of an assessment the same person's same text stood, on the same line."""
    number = 0
    for column, text in _texts(entry):
        table = column.table
        mine = [table.c.assessment_id == id_, column == text]
        if "line" in table.c:
            mine.append(table.c.line == entry.line)
        if column not in _OF_OTHERS:
            mine.append(table.c.account_id == entry.account)
        changed = sa.update(table).where(*mine).values({column: GONE})
        number += connection.execute(changed).rowcount
    return number


def _texts(entry: Entry) -> Iterator[tuple[sa.Column[str], str]]:
    data = entry.data or {}
    for name, columns in COPIES.items():
        if text := data.get(name):
            yield from ((column, str(text)) for column in columns)


def blank_extensions(connection: Connection, round_id: int, entry: Entry) -> int:
    """The reason for more time, on every unit that was given it."""
    text = str((entry.data or {}).get("reason") or "")
    mine = extension.update().where(
        extension.c.round_id == round_id, extension.c.at == entry.at, extension.c.reason == text
    )
    return connection.execute(mine.values(reason=GONE)).rowcount
