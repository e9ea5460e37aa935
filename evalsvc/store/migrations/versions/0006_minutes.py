"""Minutes that are saved keep what their lines were."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    with op.batch_alter_table("joint_session") as batch:
        batch.add_column(sa.Column("lines", sa.Text(), nullable=False, server_default=""))
