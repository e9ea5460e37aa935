"""How people behind accounts are called, and who signs for a unit."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.access import Role
from evalsvc.store.accounts import account, role


def label_of(connection: Connection, account_id: int) -> str:
    found = sa.select(account.c.label).where(account.c.id == account_id)
    label: str = connection.execute(found).scalar_one()
    return label


def heads_of(connection: Connection, unit_id: int) -> Sequence[str]:
    """Accounts that hand in for a unit, and have not ended."""
    found = (
        sa.select(account.c.label)
        .join(role, role.c.account_id == account.c.id)
        .where(role.c.role == Role.HEAD.value, role.c.unit_id == unit_id)
        .where(role.c.ended_at.is_(None), account.c.ended_at.is_(None))
        .order_by(account.c.label)
    )
    return connection.execute(found).scalars().all()
