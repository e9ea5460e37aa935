"""What waits on single lines in the scope of a reviewer: counts for the queue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.access import Actor
from evalsvc.domain.appraisal import FIRST, SECOND
from evalsvc.domain.assessment import Stage
from evalsvc.domain.course import Status
from evalsvc.domain.line_course import Step
from evalsvc.store import scope
from evalsvc.store.assessments import assessment
from evalsvc.store.marks import mark, passed_over
from evalsvc.store.sheet_lines import line


@dataclass(frozen=True, slots=True)
class Waiting:
    """Lines of submitted sheets: with the unit, come back from it, with two marks to agree on."""

    returned: int = 0
    supplied: int = 0
    to_agree: int = 0


def waiting(connection: Connection, actor: Actor, round_id: int, *, agrees: bool) -> Waiting:
    """Marks to agree on are counted for those who enter the agreed value."""
    returned = line.c.step == Step.RETURNED.value
    supplied = sa.and_(line.c.step == Step.CLAIMED.value, line.c.supplied_at.is_not(None))
    parts = [_number(returned), _number(supplied)]
    parts.append(_number(_ALL_IN) if agrees else sa.literal(0))
    found = (
        sa.select(*parts)
        .select_from(assessment)
        .join(line, line.c.assessment_id == assessment.c.id)
        .where(
            scope.reviewed_by(actor, assessment),
            assessment.c.round_id == round_id,
            assessment.c.status == Status.SUBMITTED.value,
            line.c.reviewed.is_(None),
            *scope.lines_of(actor, assessment, line.c.code),
        )
    )
    return Waiting(*(int(number or 0) for number in connection.execute(found).one()))


def _number(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0))


def _is_in(seat: int) -> sa.ColumnElement[bool]:
    """Whether a seat has given its mark or was passed over."""
    given, passed = (
        sa.exists()
        .where(of.c.assessment_id == line.c.assessment_id)
        .where(of.c.line == line.c.code, of.c.seat == seat)
        .correlate(line)
        for of in (mark, passed_over)
    )
    return sa.or_(given, passed)


_ALL_IN = sa.and_(_is_in(FIRST), _is_in(SECOND))


def done_by(
    connection: Connection, actor: Actor, ids: Sequence[int]
) -> Mapping[int, frozenset[str]]:
    """By sheet, the lines that count as marked, or that this person has marked."""
    found: dict[int, set[str]] = {}
    of = line.c.assessment_id.in_(ids), line.c.reviewed.is_not(None)
    counted = sa.select(line.c.assessment_id, line.c.code).where(*of)
    mine = sa.select(mark.c.assessment_id, mark.c.line).where(
        mark.c.assessment_id.in_(ids),
        mark.c.account_id == actor.account,
        mark.c.stage == Stage.REVIEW.value,
    )
    for id_, code in connection.execute(sa.union(counted, mine)):
        found.setdefault(id_, set()).add(code)
    return {id_: frozenset(codes) for id_, codes in found.items()}
