"""What units say to what they were shown, line by line and turn by turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.store.accounts import account
from evalsvc.store.database import Id, Moment, metadata

reply = sa.Table(
    "reply",
    metadata,
    sa.Column("assessment_id", Id, primary_key=True),
    sa.Column("line", sa.String(60), primary_key=True),
    sa.Column("turn", sa.Integer, primary_key=True),
    sa.Column("text", sa.String(4000), nullable=False),
    sa.Column("wanted", sa.String(8000), nullable=False),
    sa.Column("account_id", sa.ForeignKey("account.id"), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("sent_at", Moment),
    sa.Column("withdrawn_at", Moment),
    sa.ForeignKeyConstraint(
        ["assessment_id", "line"], ["line.assessment_id", "line.code"], name="fk_reply_line"
    ),
)


@dataclass(frozen=True, slots=True)
class Reply:
    """A draft until it is sent; `wanted` is the value that the unit asks for, where it says one."""

    line: str
    turn: int
    text: str
    wanted: str
    account: int
    at: datetime
    sent_at: datetime | None = None
    withdrawn_at: datetime | None = None
    who: str = ""


def of_assessment(connection: Connection, id_: int) -> Sequence[Reply]:
    found = (
        sa.select(
            reply.c.line,
            reply.c.turn,
            reply.c.text,
            reply.c.wanted,
            reply.c.account_id,
            reply.c.at,
            reply.c.sent_at,
            reply.c.withdrawn_at,
            account.c.label,
        )
        .join(account, account.c.id == reply.c.account_id)
        .where(reply.c.assessment_id == id_)
        .order_by(reply.c.line, reply.c.turn)
    )
    return [Reply(*row) for row in connection.execute(found)]


def put(connection: Connection, id_: int, record: Reply) -> None:
    """A later draft of the same turn takes the place of the earlier one."""
    mine = sa.and_(
        reply.c.assessment_id == id_, reply.c.line == record.line, reply.c.turn == record.turn
    )
    columns = {
        "text": record.text,
        "wanted": record.wanted,
        "account_id": record.account,
        "at": record.at,
        "sent_at": record.sent_at,
        "withdrawn_at": record.withdrawn_at,
    }
    if connection.execute(reply.update().where(mine).values(columns)).rowcount:
        return
    connection.execute(
        reply.insert().values(assessment_id=id_, line=record.line, turn=record.turn, **columns)
    )
