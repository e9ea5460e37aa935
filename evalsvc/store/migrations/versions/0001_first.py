"""Units, accounts and rounds."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
SORTED = sa.String(2000).with_variant(sa.String(2000, collation="C"), "postgresql")


def upgrade() -> None:
    _units()
    _accounts()
    _sign_ins()
    _rounds()
    _round_parts()


def _units() -> None:
    op.create_table(
        "unit",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("sort_key", SORTED, nullable=False),
        sa.Column("search_key", sa.String(600), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("block", sa.String(60), nullable=False),
        sa.Column("parent_id", ID),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("tags", sa.String(2000), nullable=False),
        sa.Column("exempt", sa.String(500), nullable=False),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_until", sa.Date()),
        sa.CheckConstraint(
            "valid_from IS NULL OR valid_until IS NULL OR valid_from <= valid_until",
            name="ck_unit_validity",
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name="fk_unit_parent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
        sa.UniqueConstraint("code", name="uq_unit_code"),
    )
    op.create_table(
        "unit_predecessor",
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("predecessor_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["unit.id"], name="fk_unit_predecessor_predecessor_id"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_unit_predecessor_unit_id"),
        sa.PrimaryKeyConstraint("unit_id", "predecessor_id", name="pk_unit_predecessor"),
    )


def _accounts() -> None:
    op.create_table(
        "account",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("password", sa.String(200), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("name", name="uq_account_name"),
    )
    op.create_table(
        "account_role",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("unit_id", ID),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("block", sa.String(60), nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.CheckConstraint(
            "role NOT IN ('editor', 'head') OR unit_id IS NOT NULL",
            name="ck_account_role_of_a_unit",
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_account_role_account_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_account_role_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_account_role"),
    )
    op.create_index("ix_account_role_account_id", "account_role", ["account_id"])
    op.create_index("ix_account_role_unit_id", "account_role", ["unit_id"])


def _sign_ins() -> None:
    op.create_table(
        "session",
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("agent", sa.String(200), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_session_account_id"),
        sa.PrimaryKeyConstraint("token", name="pk_session"),
    )
    op.create_index("ix_session_account_id", "session", ["account_id"])
    op.create_table(
        "sign_in",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("address", sa.String(60), nullable=False),
        sa.Column("browser", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.CheckConstraint("outcome IN ('failed', 'succeeded')", name="ck_sign_in_outcome"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in"),
    )
    op.create_index("ix_sign_in_address_at", "sign_in", ["address", "at"])
    op.create_index("ix_sign_in_at", "sign_in", ["at"])
    op.create_index("ix_sign_in_name_at", "sign_in", ["name", "at"])


def _rounds() -> None:
    op.create_table(
        "criteria_text",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("version", sa.String(60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_criteria_text"),
        sa.UniqueConstraint("code", "version", name="uq_criteria_text_code_version"),
    )
    op.create_table(
        "round",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("half", sa.Integer()),
        sa.Column("overall", sa.Boolean(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_round"),
        sa.UniqueConstraint("code", name="uq_round_code"),
    )
    op.create_table(
        "round_set",
        sa.Column("round_id", ID, nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_round_set_round_id"),
        sa.ForeignKeyConstraint(["sha256"], ["criteria_text.sha256"], name="fk_round_set_sha256"),
        sa.PrimaryKeyConstraint("round_id", "kind", name="pk_round_set"),
    )


def _round_parts() -> None:
    op.create_table(
        "round_block",
        sa.Column("round_id", ID, nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_round_block_round_id"),
        sa.PrimaryKeyConstraint("round_id", "code", name="pk_round_block"),
    )
    op.create_table(
        "round_date",
        sa.Column("round_id", ID, nullable=False),
        sa.Column("line", sa.String(60), nullable=False),
        sa.Column("due", sa.String(60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_round_date_round_id"),
        sa.PrimaryKeyConstraint("round_id", "line", "due", name="pk_round_date"),
    )
    op.create_table(
        "round_window",
        sa.Column("round_id", ID, nullable=False),
        sa.Column("task", sa.String(20), nullable=False),
        sa.Column("opens", MOMENT, nullable=False),
        sa.Column("closes", MOMENT, nullable=False),
        sa.Column("grace_minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("grace_minutes >= 0", name="ck_round_window_grace"),
        sa.CheckConstraint("opens < closes", name="ck_round_window_opens_first"),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_round_window_round_id"),
        sa.PrimaryKeyConstraint("round_id", "task", name="pk_round_window"),
    )
    op.create_table(
        "extension",
        sa.Column("round_id", ID, nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("task", sa.String(20), nullable=False),
        sa.Column("closes", MOMENT, nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("account_id", ID),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_extension_account_id"),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_extension_round_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_extension_unit_id"),
        sa.PrimaryKeyConstraint("round_id", "unit_id", "task", name="pk_extension"),
    )
