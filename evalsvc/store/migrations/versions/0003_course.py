"""The full course: assignments, documents, returned lines, releases, explanations, decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
STATUSES = "'open', 'submitted', 'reviewed', 'released', 'concluded', 'closed'"
STEPS = "'claimed', 'returned', 'marked', 'shown', 'agreed', 'contested', 'ruled', 'final'"


def upgrade() -> None:
    _people()
    _rounds()
    _assessments()
    _lines()
    _marks()
    _documents()
    _replies()
    _sessions()
    _letters()


def _text(name: str, most: int, said: str = "") -> sa.Column[str]:
    return sa.Column(name, sa.String(most), nullable=False, server_default=said)


def _number(name: str, said: int) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default=str(said))


def _people() -> None:
    with op.batch_alter_table("account") as batch:
        batch.add_column(_text("email", 254))
    with op.batch_alter_table("account_role") as batch:
        batch.add_column(sa.Column("round_id", ID))
        batch.add_column(_text("lines", 8000))
        batch.add_column(_number("seat", 1))
        batch.add_column(sa.Column("given_at", MOMENT))
        batch.create_foreign_key("fk_account_role_round_id", "round", ["round_id"], ["id"])
        batch.create_check_constraint("ck_account_role_seat", "seat IN (1, 2)")
        batch.create_check_constraint("ck_account_role_lines", "lines = '' OR round_id IS NOT NULL")
        batch.create_index("ix_account_role_round_id", ["round_id"])


def _rounds() -> None:
    with op.batch_alter_table("round") as batch:
        batch.add_column(_number("turns", 1))
        batch.add_column(_number("explain_days", 5))
        batch.add_column(_number("silence_days", 3))


def _assessments() -> None:
    with op.batch_alter_table("assessment") as batch:
        batch.drop_constraint("ck_assessment_status", type_="check")
        batch.create_check_constraint("ck_assessment_status", f"status IN ({STATUSES})")
        batch.add_column(sa.Column("released_at", MOMENT))
        batch.add_column(sa.Column("explain_until", MOMENT))
        batch.add_column(sa.Column("opened_at", MOMENT))
        batch.add_column(sa.Column("opened_by", ID))
        batch.add_column(sa.Column("concluded_at", MOMENT))
        batch.add_column(_number("returned", 0))
        batch.add_column(_number("contested", 0))
        batch.create_foreign_key("fk_assessment_opened_by", "account", ["opened_by"], ["id"])
        batch.create_check_constraint(
            "ck_assessment_released",
            "status NOT IN ('released', 'concluded') OR released_at IS NOT NULL",
        )
    # Earlier versions closed without a release: the closing was when everybody saw the result.
    op.execute(
        "UPDATE assessment SET released_at = closed_at, explain_until = closed_at, "
        "concluded_at = closed_at WHERE status = 'closed'"
    )


def _lines() -> None:
    with op.batch_alter_table("line") as batch:
        batch.add_column(_text("step", 20, "claimed"))
        batch.add_column(sa.Column("returned_until", MOMENT))
        batch.add_column(_text("returned_because", 4000))
        batch.add_column(sa.Column("supplied_at", MOMENT))
        batch.add_column(sa.Column("explain_until", MOMENT))
        batch.add_column(_number("turn", 0))
        batch.add_column(_number("heard", 0))
        batch.add_column(_text("settled", 20))
        batch.add_column(_number("evidence", 0))
        batch.add_column(_text("in_charge", 200))
        batch.create_check_constraint("ck_line_step", f"step IN ({STEPS})")
        batch.create_check_constraint(
            "ck_line_returned", "step <> 'returned' OR returned_until IS NOT NULL"
        )
        batch.create_check_constraint("ck_line_final", "step <> 'final' OR final IS NOT NULL")
    # Sheets of earlier versions: what was marked or concluded stands at the step that follows.
    op.execute("UPDATE line SET step = 'marked' WHERE reviewed IS NOT NULL")
    op.execute("UPDATE line SET step = 'final' WHERE final IS NOT NULL")


def _marks() -> None:
    with op.batch_alter_table("mark") as batch:
        batch.add_column(_number("seat", 1))
    op.create_table(
        "passed_over",
        sa.Column("assessment_id", ID, nullable=False),
        sa.Column("line", sa.String(60), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(4000), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_passed_over_account_id"),
        sa.ForeignKeyConstraint(
            ["assessment_id", "line"],
            ["line.assessment_id", "line.code"],
            name="fk_passed_over_line",
        ),
        sa.PrimaryKeyConstraint("assessment_id", "line", "seat", name="pk_passed_over"),
    )


def _documents() -> None:
    op.create_table(
        "document",
        sa.Column("id", ID, nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("number", sa.String(100), nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("issuer", sa.String(500), nullable=False),
        sa.Column("title", sa.String(500), nullable=False),
        sa.Column("link", sa.String(2000), nullable=False),
        sa.Column("sha256", sa.String(64)),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("pages", sa.Integer()),
        sa.Column("account_id", ID),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("replaces_id", ID),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_document_account_id"),
        sa.ForeignKeyConstraint(["replaces_id"], ["document.id"], name="fk_document_replaces_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_document_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
        sa.CheckConstraint("(sha256 IS NULL) = (kind = '')", name="ck_document_file"),
    )
    op.create_index("ix_document_unit_id", "document", ["unit_id"])
    op.create_index("ix_document_sha256", "document", ["sha256"])
    op.create_table(
        "evidence",
        sa.Column("id", ID, nullable=False),
        sa.Column("assessment_id", ID, nullable=False),
        sa.Column("line", sa.String(60), nullable=False),
        sa.Column("document_id", ID, nullable=False),
        sa.Column("pages", sa.String(100), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("account_id", ID),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_evidence_account_id"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_evidence_document_id"),
        sa.ForeignKeyConstraint(
            ["assessment_id", "line"], ["line.assessment_id", "line.code"], name="fk_evidence_line"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
    )
    op.create_index("ix_evidence_assessment_id_line", "evidence", ["assessment_id", "line"])
    op.create_index("ix_evidence_document_id", "evidence", ["document_id"])
    op.create_table(
        "upload",
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("assessment_id", ID, nullable=False),
        sa.Column("line", sa.String(60), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("document_id", ID),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_upload_account_id"),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="fk_upload_assessment_id"
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_upload_document_id"),
        sa.PrimaryKeyConstraint("token", name="pk_upload"),
    )
    op.create_index("ix_upload_at", "upload", ["at"])


def _replies() -> None:
    op.create_table(
        "reply",
        sa.Column("assessment_id", ID, nullable=False),
        sa.Column("line", sa.String(60), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(4000), nullable=False),
        sa.Column("wanted", sa.String(8000), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.Column("withdrawn_at", MOMENT),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_reply_account_id"),
        sa.ForeignKeyConstraint(
            ["assessment_id", "line"], ["line.assessment_id", "line.code"], name="fk_reply_line"
        ),
        sa.PrimaryKeyConstraint("assessment_id", "line", "turn", name="pk_reply"),
    )


def _sessions() -> None:
    op.create_table(
        "joint_session",
        sa.Column("assessment_id", ID, nullable=False),
        sa.Column("held_at", MOMENT, nullable=False),
        sa.Column("place", sa.String(300), nullable=False),
        sa.Column("present", sa.String(4000), nullable=False),
        sa.Column("remarks", sa.String(4000), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_joint_session_account_id"),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="fk_joint_session_assessment_id"
        ),
        sa.PrimaryKeyConstraint("assessment_id", name="pk_joint_session"),
    )


def _letters() -> None:
    op.create_table(
        "letter",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.Column("failed", sa.String(300), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_letter_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
        sa.UniqueConstraint("key", name="uq_letter_key"),
    )
    op.create_index("ix_letter_account_id_day", "letter", ["account_id", "day"])
    op.create_table(
        "letter_item",
        sa.Column("letter_id", ID, nullable=False),
        sa.Column("about", sa.String(120), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name="fk_letter_item_letter_id"),
        sa.PrimaryKeyConstraint("letter_id", "about", name="pk_letter_item"),
    )
    op.create_index("ix_letter_item_about", "letter_item", ["about"])
