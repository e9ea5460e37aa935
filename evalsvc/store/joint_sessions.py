"""Joint sessions in which a sheet was gone through with its unit: what the minutes say."""

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
)


@dataclass(frozen=True, slots=True)
class JointSession:
    held_at: datetime
    place: str
    present: str
    remarks: str
    account: int
    at: datetime


def get(connection: Connection, assessment_id: int) -> JointSession | None:
    found = sa.select(joint_session).where(joint_session.c.assessment_id == assessment_id)
    row = connection.execute(found).one_or_none()
    if row is None:
        return None
    return JointSession(row.held_at, row.place, row.present, row.remarks, row.account_id, row.at)


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
        )
    )
