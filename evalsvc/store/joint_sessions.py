"""Joint sessions in which a sheet was gone through with its unit: what the minutes say."""

import json
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.store.database import Moment, metadata

joint_session = sa.Table(
    "joint_session",
    metadata,
    sa.Column("assessment_id", sa.ForeignKey("assessment.id"), primary_key=True),
    sa.Column("held_at", Moment, nullable=False),
    sa.Column("place", sa.String(300), nullable=False),
    sa.Column("present", sa.String(4000), nullable=False),
    sa.Column("remarks", sa.String(4000), nullable=False),
    sa.Column("account_id", sa.ForeignKey("account.id"), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("lines", sa.Text, nullable=False, server_default=""),
)


@dataclass(frozen=True, slots=True)
class JointSession:
    """`lines` is what stood on the lines discussed when it was written, as text."""

    held_at: datetime
    place: str
    present: str
    remarks: str
    account: int
    at: datetime
    lines: str = ""


def get(connection: Connection, assessment_id: int) -> JointSession | None:
    found = sa.select(joint_session).where(joint_session.c.assessment_id == assessment_id)
    row = connection.execute(found).one_or_none()
    if row is None:
        return None
    said = row.held_at, row.place, row.present, row.remarks
    return JointSession(*said, row.account_id, row.at, row.lines)


def put(connection: Connection, assessment_id: int, record: JointSession) -> None:
    """Written again until it is right; the journal keeps what it said before."""
    mine = joint_session.delete().where(joint_session.c.assessment_id == assessment_id)
    connection.execute(mine)
    connection.execute(
        joint_session.insert().values(
            assessment_id=assessment_id,
            held_at=record.held_at,
            place=record.place,
            present=record.present,
            remarks=record.remarks,
            account_id=record.account,
            at=record.at,
            lines=record.lines,
        )
    )


def blank_lines(connection: Connection, assessment_id: int, text: str, instead: str) -> int:
    """A reason or an explanation stands in the lines of the minutes in the same words."""
    mine = joint_session.c.assessment_id == assessment_id
    kept = connection.execute(sa.select(joint_session.c.lines).where(mine)).scalar_one_or_none()
    before, after = (json.dumps(each, ensure_ascii=False) for each in (text, instead))
    if not kept or before not in kept:
        return 0
    changed = sa.update(joint_session).where(mine).values(lines=kept.replace(before, after))
    return connection.execute(changed).rowcount
