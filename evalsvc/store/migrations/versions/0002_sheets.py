"""Sheets with their lines, what reviewers put on them, and the journal."""

import sqlalchemy as sa
from alembic import op

from evalsvc.store.migrations.guards import guard_journal

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
POINTS = sa.BigInteger()
SORTED = sa.String(2000).with_variant(sa.String(2000, collation="C"), "postgresql")


def upgrade() -> None:
    _assessments()
    _lines()
    _marks()
    _journal()
    guard_journal(op.get_bind())


def _assessments() -> None:
    op.create_table(
        "assessment",
        sa.Column("id", ID, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("unit_code", sa.String(60), nullable=False),
        sa.Column("unit_name", sa.String(300), nullable=False),
        sa.Column("sort_key", SORTED, nullable=False),
        sa.Column("search_key", sa.String(600), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("block", sa.String(60), nullable=False),
        sa.Column("tags", sa.String(2000), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("engine", sa.Integer(), nullable=False),
        sa.Column("exempt", sa.String(500), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("submitted_at", MOMENT),
        sa.Column("submitted_by", ID),
        sa.Column("reviewed_at", MOMENT),
        sa.Column("closed_at", MOMENT),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("faulty", sa.Integer(), nullable=False),
        sa.Column("to_mark", sa.Integer(), nullable=False),
        sa.Column("marked", sa.Integer(), nullable=False),
        sa.Column("claimed", sa.Text(), nullable=False),
        sa.Column("reviewed", sa.Text()),
        sa.Column("final", sa.Text()),
        sa.Column("rated", sa.Boolean(), nullable=False),
        sa.Column("claimed_rated", sa.Boolean(), nullable=False),
        sa.Column("reviewed_rated", sa.Boolean()),
        sa.Column("final_rated", sa.Boolean()),
        sa.Column("band", sa.String(60), nullable=False),
        sa.Column("claimed_compared", POINTS, nullable=False),
        sa.Column("reviewed_compared", POINTS),
        sa.Column("final_compared", POINTS),
        sa.Column("in_force", POINTS, nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("link", sa.String(64), nullable=False),
        sa.CheckConstraint(
            "status = 'open' OR submitted_at IS NOT NULL", name="ck_assessment_submitted"
        ),
        sa.CheckConstraint(
            "status IN ('open', 'submitted', 'reviewed', 'closed')", name="ck_assessment_status"
        ),
        sa.CheckConstraint(
            "(final IS NULL) = (final_compared IS NULL)", name="ck_assessment_final"
        ),
        sa.CheckConstraint(
            "(reviewed IS NULL) = (reviewed_compared IS NULL)", name="ck_assessment_reviewed"
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_assessment_round_id"),
        sa.ForeignKeyConstraint(["sha256"], ["criteria_text.sha256"], name="fk_assessment_sha256"),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["account.id"], name="fk_assessment_submitted_by"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_assessment_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_assessment"),
        sa.UniqueConstraint("round_id", "unit_id", name="uq_assessment_round_id_unit_id"),
    )
    op.create_index(
        "ix_assessment_course",
        "assessment",
        ["round_id", "block", "status"],
        unique=False,
        postgresql_include=[
            "kind",
            "exempt",
            "late",
            "band",
            "rated",
            "claimed_rated",
            "reviewed_rated",
            "final_rated",
        ],
    )
    op.create_index(
        "ix_assessment_overall",
        "assessment",
        ["round_id", "in_force", "unit_code"],
        unique=False,
        sqlite_where=sa.text("exempt = '' AND status <> 'open'"),
        postgresql_where=sa.text("exempt = '' AND status <> 'open'"),
        postgresql_include=[
            "block",
            "kind",
            "rated",
            "claimed_rated",
            "reviewed_rated",
            "final_rated",
            "claimed_compared",
            "reviewed_compared",
            "final_compared",
        ],
    )
    op.create_index(
        "ix_assessment_ranking",
        "assessment",
        ["round_id", "block", "in_force", "unit_code"],
        unique=False,
        sqlite_where=sa.text("exempt = '' AND status <> 'open'"),
        postgresql_where=sa.text("exempt = '' AND status <> 'open'"),
        postgresql_include=[
            "block",
            "kind",
            "rated",
            "claimed_rated",
            "reviewed_rated",
            "final_rated",
            "claimed_compared",
            "reviewed_compared",
            "final_compared",
        ],
    )
    op.create_index("ix_assessment_unit_id", "assessment", ["unit_id"])


def _lines() -> None:
    op.create_table(
        "line",
        sa.Column("assessment_id", ID, nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("most", POINTS),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("claim", sa.String(8000)),
        sa.Column("claimed_points", POINTS, nullable=False),
        sa.Column("note", sa.String(4000), nullable=False),
        sa.Column("draft", sa.String(8000)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", MOMENT),
        sa.Column("saved_by", ID),
        sa.Column("reviewed", sa.String(8000)),
        sa.Column("reviewed_points", POINTS),
        sa.Column("final", sa.String(8000)),
        sa.Column("final_points", POINTS),
        sa.CheckConstraint(
            "(state = 'not-applicable') = (claim IS NOT NULL AND claim LIKE 'n/a %')",
            name="ck_line_reason",
        ),
        sa.CheckConstraint(
            "state IN ('unanswered', 'answered', 'not-applicable', 'not-due')", name="ck_line_state"
        ),
        sa.CheckConstraint(
            "claimed_points >= 0 AND (most IS NULL OR claimed_points <= most)",
            name="ck_line_claimed_points",
        ),
        sa.CheckConstraint(
            "final_points >= 0 AND (most IS NULL OR final_points <= most)",
            name="ck_line_final_points",
        ),
        sa.CheckConstraint(
            "reviewed_points >= 0 AND (most IS NULL OR reviewed_points <= most)",
            name="ck_line_reviewed_points",
        ),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name="fk_line_assessment_id"),
        sa.ForeignKeyConstraint(["saved_by"], ["account.id"], name="fk_line_saved_by"),
        sa.PrimaryKeyConstraint("assessment_id", "code", name="pk_line"),
    )


def _marks() -> None:
    op.create_table(
        "mark",
        sa.Column("id", ID, nullable=False),
        sa.Column("assessment_id", ID, nullable=False),
        sa.Column("line", sa.String(60), nullable=False),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("value", sa.String(8000), nullable=False),
        sa.Column("points", POINTS, nullable=False),
        sa.Column("adjusts", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(4000), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("NOT adjusts OR reason <> ''", name="ck_mark_reason"),
        sa.CheckConstraint("points >= 0", name="ck_mark_points"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_mark_account_id"),
        sa.ForeignKeyConstraint(
            ["assessment_id", "line"], ["line.assessment_id", "line.code"], name="fk_mark_line"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mark"),
        sa.UniqueConstraint(
            "assessment_id",
            "line",
            "stage",
            "account_id",
            name="uq_mark_assessment_id_line_stage_account_id",
        ),
    )
    op.create_table(
        "flag",
        sa.Column("id", ID, nullable=False),
        sa.Column("assessment_id", ID, nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("document", sa.String(500), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.Column("withdrawn_because", sa.String(1000), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_flag_account_id"),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name="fk_flag_assessment_id"),
        sa.PrimaryKeyConstraint("id", name="pk_flag"),
    )
    op.create_index("ix_flag_assessment_id", "flag", ["assessment_id"])


def _journal() -> None:
    op.create_table(
        "stream",
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("link", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_stream"),
    )
    op.create_table(
        "journal",
        sa.Column("id", ID, nullable=False),
        sa.Column("stream", sa.String(60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("account_id", ID),
        sa.Column("deed", sa.String(40), nullable=False),
        sa.Column("line", sa.String(60), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("key", sa.String(64)),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("link", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_journal_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_journal"),
        sa.UniqueConstraint("stream", "key", name="uq_journal_stream_key"),
        sa.UniqueConstraint("stream", "number", name="uq_journal_stream_number"),
    )
