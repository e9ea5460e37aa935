"""The security log: what happened at the door and to rights; swept in time, unlike the journal."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from evalsvc.domain.access import can_administer, require
from evalsvc.domain.history import Entry
from evalsvc.settings import Settings
from evalsvc.store import journal, security_log, sign_ins
from evalsvc.store.security_log import Happened, Line
from evalsvc.usecases.work import Work

__all__ = ["Line", "listed", "log", "note_account", "sweep"]


def log(doing: Work, deed: str, account: int | None, address: str = "", said: str = "") -> None:
    by = doing.actor.account
    security_log.add(
        doing.store, Happened(doing.now, deed, account, by, address=address, said=said)
    )


def note_account(
    doing: Work, account: int, deed: str, data: Mapping[str, str | int | None]
) -> None:
    """What changes an account or its rights stands in its journal for good, and in the log."""
    entry = Entry(deed, doing.now, doing.actor.account, data=data)
    journal.note(doing.store, f"account:{account}", entry)
    said = " ".join(f"{key}={value}" for key, value in data.items() if value)
    log(doing, deed, account, said=said)


def listed(doing: Work, most: int, name: str = "", since: datetime | None = None) -> Sequence[Line]:
    """Newest first; of one account where it is named."""
    require(can_administer(doing.actor), "see-security-log")
    return security_log.latest(doing.store, most, name, since)


def sweep(doing: Work, settings: Settings) -> int:
    """How many lines went that are older than what is kept."""
    before = doing.now - timedelta(days=settings.sign_in_days)
    return sign_ins.sweep(doing.store, before) + security_log.sweep(doing.store, before)
