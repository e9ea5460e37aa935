"""Mail and calendar: which mails a person wants, the secret of one's calendar, who sends a mail."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("account") as batch:
        batch.add_column(sa.Column("mails", sa.String(10), nullable=False, server_default="all"))
        batch.add_column(sa.Column("feed", sa.String(64)))
        batch.create_unique_constraint("uq_account_feed", ["feed"])
        batch.create_check_constraint("ck_account_mails", "mails IN ('all', 'urgent', 'none')")
    with op.batch_alter_table("letter") as batch:
        batch.add_column(sa.Column("claimed_at", MOMENT))
