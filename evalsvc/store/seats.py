"""How far the seats of lines are: who has given a mark, who was passed over as absent."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.assessment import Stage
from evalsvc.store.accounts import account
from evalsvc.store.marks import MarkRecord, mark, mark_of, passed_over

_Key = TypeVar("_Key", bound=int | str)


def pass_over(
    connection: Connection, id_: int, line: str, seat: int, said: tuple[str, int, datetime]
) -> None:
    reason, account_id, at = said
    connection.execute(
        passed_over.insert().values(
            assessment_id=id_, line=line, seat=seat, reason=reason, account_id=account_id, at=at
        )
    )


Given = tuple[frozenset[int], frozenset[int], bool]
"""The seats that gave a mark, those passed over, and whether the lead agreed."""


def seats_of(connection: Connection, id_: int) -> Mapping[str, Given]:
    """By line."""
    rows = connection.execute(_both(lambda of: of.c.assessment_id == id_))
    return _by((row.line, row.stage, row.seat) for row in rows)


def seats_across(connection: Connection, ids: Sequence[int], line: str) -> Mapping[int, Given]:
    """Of one line on many sheets, by sheet."""
    rows = connection.execute(
        _both(lambda of: sa.and_(of.c.assessment_id.in_(ids), of.c.line == line))
    )
    return _by((row.assessment_id, row.stage, row.seat) for row in rows)


def _both(
    which: Callable[[sa.Table], sa.ColumnElement[bool]],
) -> sa.CompoundSelect[tuple[int, str, str, int]]:
    """Marks with their stage, and absences without one, in one statement."""
    given = sa.select(mark.c.assessment_id, mark.c.line, mark.c.stage, mark.c.seat)
    over = passed_over.c
    left = sa.select(over.assessment_id, over.line, sa.literal("").label("stage"), over.seat)
    return sa.union_all(given.where(which(mark)), left.where(which(passed_over)))


def _by(rows: Iterable[tuple[_Key, str, int]]) -> Mapping[_Key, Given]:
    given: dict[_Key, set[int]] = {}
    passed: dict[_Key, set[int]] = {}
    agreed: set[_Key] = set()
    for key, stage, seat in rows:
        if stage == Stage.AGREED.value:
            agreed.add(key)
        elif stage in ("", Stage.REVIEW.value):
            (given if stage else passed).setdefault(key, set()).add(seat)
    return {
        key: (frozenset(given.get(key, ())), frozenset(passed.get(key, ())), key in agreed)
        for key in {*given, *passed}
    }


def own_across(
    connection: Connection, ids: Sequence[int], line: str, account_id: int
) -> Mapping[int, MarkRecord]:
    """One's own marks of the review on one line of many sheets."""
    found = (
        sa.select(mark, account.c.label)
        .join(account, account.c.id == mark.c.account_id)
        .where(mark.c.assessment_id.in_(ids), mark.c.line == line)
        .where(mark.c.account_id == account_id, mark.c.stage == Stage.REVIEW.value)
    )
    return {row.assessment_id: mark_of(row) for row in connection.execute(found)}
