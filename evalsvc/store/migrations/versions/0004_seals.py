"""Seals over the journal, entries that can be blanked, and a security log beside the tries."""

import sqlalchemy as sa
from alembic import op

from evalsvc.store.migrations.guards import guard_journal, guard_seals

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _seals()
    _security_log()
    guard_journal(op.get_bind())
    guard_seals(op.get_bind())


def _seals() -> None:
    op.create_table(
        "seal",
        sa.Column("number", ID, nullable=False, autoincrement=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("streams", sa.Integer(), nullable=False),
        sa.Column("heads", sa.String(64), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_seal"),
    )


def _security_log() -> None:
    with op.batch_alter_table("sign_in") as batch:
        batch.add_column(sa.Column("deed", sa.String(20), nullable=False, server_default="sign-in"))
    op.create_table(
        "security_log",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("deed", sa.String(40), nullable=False),
        sa.Column("account_id", ID),
        sa.Column("by_id", ID),
        sa.Column("address", sa.String(60), nullable=False),
        sa.Column("said", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_security_log_account_id"),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name="fk_security_log_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_security_log"),
    )
    op.create_index("ix_security_log_account_id", "security_log", ["account_id"])
    op.create_index("ix_security_log_at", "security_log", ["at"])
