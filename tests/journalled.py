"""Whatever a deed changes stands in the journal: watched at each commit, in every test of deeds."""

import re
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from evalsvc.usecases import work

WRITES = re.compile(r"(?:^|[()])\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
"""A statement by itself, and those that stand within another."""
WRITTEN = "tables_written"
PERMANENT = frozenset(
    {"account", "account_role", "assessment", "journal", "line", "round", "seal", "stream", "unit"}
)
"""People, units and what they did are ended, never deleted."""

QUIET = frozenset(
    {
        *("session", "sign_in", "security_log"),  # the door: what changes an account is journalled
        *("letter", "letter_item"),  # mails tell of what the journal has already
        *("upload",),  # pieces on the way; the document they become is journalled
        *("seal",),  # is about the journal
    }
)
BY_DEED = {
    # The same password, hashed with newer parameters.
    "_begin_session": {"account"},
    # Nobody but the unit sees it, and it may be thrown away; what is sent is journalled.
    "draft": {"reply"},
}
"""What some deeds may write besides."""


class Unjournalled(AssertionError):
    """A deed has changed something, and no entry says so."""


class Deleted(AssertionError):
    """Something was deleted that is only ever ended."""


def watch(engine: Engine) -> None:
    """From now on a commit fails that changes what no entry tells of."""
    sa.event.listen(engine, "begin", _begins)
    sa.event.listen(engine, "after_cursor_execute", _done)
    sa.event.listen(engine, "commit", _ends)


def _begins(connection: Connection) -> None:
    connection.info[WRITTEN] = set()


def _done(connection: Connection, cursor: Any, statement: str, *_rest: object) -> None:
    if not cursor.rowcount:
        return
    for deed, table in WRITES.findall(statement):
        if deed.upper() == "DELETE FROM" and table in PERMANENT and _deed():
            raise Deleted(statement)
        connection.info.setdefault(WRITTEN, set()).add(table)


def _ends(connection: Connection) -> None:
    written, deed = connection.info.pop(WRITTEN, set()), _deed()
    if not deed or "journal" in written:
        return
    if loud := written - QUIET - BY_DEED.get(deed.rpartition(".")[2], set()):
        raise Unjournalled(f"{deed} changed {', '.join(sorted(loud))}")


def _deed() -> str:
    """What `Office.do` is doing; nothing where a test writes by itself."""
    for frame in _frames():
        if frame.f_code is work.Office.do.__code__:
            deed = frame.f_locals["deed"]
            return f"{deed.__module__}.{deed.__qualname__}"
    return ""


def _frames() -> Iterator[FrameType]:
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - the way to look up the stack
    while frame is not None:
        yield frame
        frame = frame.f_back
