"""Texts that stand beside the journal too: found by the entry that wrote them, and blanked."""

from collections.abc import Iterator, Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.evidence import DEEDS
from evalsvc.domain.history import GONE, Entry
from evalsvc.store.documents import document
from evalsvc.store.explanations import reply
from evalsvc.store.joint_sessions import blank_lines, joint_session
from evalsvc.store.marks import flag, mark, passed_over
from evalsvc.store.rounds import extension
from evalsvc.store.uploads import upload

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
    for text in {text for _, text in _texts(entry)}:
        number += blank_lines(connection, id_, text, GONE)
    return number + _documents(connection, entry)


def _texts(entry: Entry) -> Iterator[tuple[sa.Column[str], str]]:
    data = entry.data or {}
    for name, columns in COPIES.items():
        text = data.get(name)
        if text and isinstance(text, str):
            yield from ((column, text) for column in columns)


def _documents(connection: Connection, entry: Entry) -> int:
    """Number and title of the document that an entry names; a file may be called like that too."""
    data = entry.data or {}
    if entry.deed not in DEEDS or entry.is_blanked:
        return 0
    texts = [text for text in (data.get("number"), data.get("title")) if text]
    of, number = data["document"], 0
    for one, columns in (
        (document.c.id == of, (document.c.number, document.c.title, document.c.name)),
        (upload.c.document_id == of, (upload.c.name,)),
    ):
        said = sa.or_(*(column.in_(texts) for column in columns))
        gone = {each: sa.case((each.in_(texts), GONE), else_=each) for each in columns}
        changed = sa.update(columns[0].table).where(one, said).values(gone)
        number += connection.execute(changed).rowcount
    return number


def blank_extensions(connection: Connection, round_id: int, entry: Entry) -> int:
    """The reason for more time, on every unit that was given it."""
    text = str((entry.data or {}).get("reason") or "")
    mine = extension.update().where(
        extension.c.round_id == round_id, extension.c.at == entry.at, extension.c.reason == text
    )
    return connection.execute(mine.values(reason=GONE)).rowcount
