"""Signing in and out: tries are counted before a password is looked at, sessions end by themselves.

The security log holds every try; the journal of an account holds what changed about it.
"""

import hashlib
import math
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from evalsvc.domain import passwords
from evalsvc.domain.access import Actor
from evalsvc.domain.errors import Forbidden, NotFound, Refused
from evalsvc.domain.history import Entry
from evalsvc.settings import Settings
from evalsvc.store import accounts, journal, sessions, sign_ins
from evalsvc.store.accounts import Account, RoleOver
from evalsvc.store.sessions import Session, SignedIn
from evalsvc.store.sign_ins import Try
from evalsvc.usecases import password_hashes, security
from evalsvc.usecases.accounts import NAME, folded
from evalsvc.usecases.work import Office, Work

__all__ = [
    "Begun",
    "Caller",
    "RoleOver",
    "Session",
    "SignedIn",
    "change_password",
    "own_sessions",
    "roles",
    "sign_in",
    "sign_out",
    "sign_out_everywhere",
    "sweep",
    "whose",
]

NOBODY = Actor(None, "")
SEEN_EVERY = timedelta(minutes=5)
NO_NAME = ""
"""Stands in the log for what cannot be a name: some people type their password there."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Where a request comes from; `browser` is the digest of a long-lived cookie."""

    address: str
    browser: str
    agent: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """A new session: only the browser knows the token, the database its digest."""

    token: str
    must_change: bool


@dataclass(frozen=True, slots=True)
class _Try:
    """One try that has been let through, counted as failed for the time being."""

    id: int
    account: Account | None


def sign_in(office: Office, name: str, password: str, caller: Caller) -> Begun:
    """Raises Refused: "try-later" before the password is looked at, else one message for all."""
    name = folded(name)
    tried = office.do(NOBODY, _begin_try, name, caller, sign_ins.SIGN_IN)
    rehash = _verified(tried.account, password)
    token = secrets.token_urlsafe(32)
    return office.do(NOBODY, _begin_session, tried, rehash, token, caller)


def _begin_try(doing: Work, name: str, caller: Caller, deed: str) -> _Try:
    """A try counts as failed until it succeeds, so that many at once are counted too."""
    name = name if NAME.fullmatch(name) else NO_NAME
    network = passwords.network_of(caller.address)
    sign_ins.wait_turn(doing.store, name, network)
    left = _left_to_wait(doing, name, network, caller.browser)
    if left:
        raise Refused("try-later", seconds=math.ceil(left.total_seconds()))
    id_ = sign_ins.add(doing.store, doing.now, Try(name, network, caller.browser, deed))
    return _Try(id_, accounts.get(doing.store, name))


def _left_to_wait(doing: Work, name: str, network: str, browser: str) -> timedelta:
    """A browser in which this account has signed in before waits for its own failures only."""
    since = doing.now - passwords.WINDOW
    known_from = sign_ins.latest_success(doing.store, name, browser)
    if known_from is not None:
        since = max(since, known_from)
        own = sign_ins.failures(doing.store, name, since, browser=browser)
        return passwords.wait(own, doing.now)
    of_address, latest = sign_ins.failures_of_address(doing.store, network, since)
    return max(
        _left_for_account(doing, name, network, since),
        passwords.wait_of_address(of_address, latest, doing.now),
    )


def _left_for_account(doing: Work, name: str, network: str, since: datetime) -> timedelta:
    """Failures from everywhere count, but those from elsewhere make nobody wait for long."""
    if name == NO_NAME:
        return timedelta(0)
    failures = sign_ins.failures(doing.store, name, since)
    from_here = sign_ins.failures(doing.store, name, since, address=network)
    return passwords.wait(failures, doing.now, passwords.longest_wait(len(from_here)))


def _verified(found: Account | None, password: str) -> str:
    """A new hash where the kept one is outdated; outside of transactions, because it takes long."""
    kept = None if found is None or found.ended else found.password
    if not password_hashes.fits(kept, password):
        raise Refused("wrong-name-or-password")
    return password_hashes.hashed(password) if kept and password_hashes.is_outdated(kept) else ""


def _begin_session(doing: Work, tried: _Try, rehash: str, token: str, caller: Caller) -> Begun:
    found = _unchanged(doing, tried.account)
    if rehash:
        accounts.put_password(doing.store, found.id, rehash, must_change=found.must_change)
    sign_ins.put_success(doing.store, tried.id)
    agent = "".join(each for each in caller.agent if each.isprintable())
    sessions.add(doing.store, _digest(token), found.id, agent, doing.now)
    return Begun(token, found.must_change)


def _unchanged(doing: Work, before: Account | None) -> Account:
    """The account may have been ended or reset while its password was being checked."""
    found = None if before is None else accounts.of_id(doing.store, before.id)
    if found is None or found.ended or before is None or found.password != before.password:
        raise Refused("wrong-name-or-password")
    return found


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


# Sessions


def whose(office: Office, token: str, settings: Settings) -> SignedIn | None:
    """Who is signed in with this token; None as well when the session has run out."""
    with office.database.glancing() as store:
        found = sessions.get(store, _digest(token))
        now = office.time(store, found.now if found else None)
    if found is None:
        return None
    if not _is_alive(found, now, settings):
        office.do(NOBODY, _end_session, token, "session-over")
        return None
    if now - found.seen_at >= min(SEEN_EVERY, settings.idle / 4):
        office.do(NOBODY, _touch, token)
    return found


def _is_alive(of: SignedIn | Session, now: datetime, settings: Settings) -> bool:
    idle, age = now - of.seen_at, now - of.started_at
    return idle <= settings.idle and age <= settings.longest_session


def _touch(doing: Work, token: str) -> None:
    sessions.put_seen(doing.store, _digest(token), doing.now)


def sign_out(office: Office, token: str) -> None:
    """Whatever the token is: nobody has to be signed in to sign out."""
    office.do(NOBODY, _end_session, token, "sign-out")


def _end_session(doing: Work, token: str, deed: str) -> None:
    if (found := sessions.get(doing.store, _digest(token))) is None:
        return
    sessions.end(doing.store, _digest(token), doing.now)
    security.log(doing, deed, found.actor.account)


def sign_out_everywhere(doing: Work) -> int:
    """In how many browsers the session ended, this one too."""
    ended = sessions.end_all(doing.store, _own_id(doing), doing.now)
    security.log(doing, "sign-out-everywhere", _own_id(doing), said=str(ended))
    return ended


def own_sessions(doing: Work, settings: Settings) -> Sequence[Session]:
    """Those of the person who asks that have not run out, the one seen last first."""
    found = sessions.of_account(doing.store, _own_id(doing))
    return [each for each in found if _is_alive(each, doing.now, settings)]


def roles(doing: Work) -> Sequence[RoleOver]:
    """Those of the person who asks, with the names of units."""
    return accounts.roles_of(doing.store, _own_id(doing))


def _own_id(doing: Work) -> int:
    if doing.actor.account is None:
        raise Forbidden("own-account")
    return doing.actor.account


def sweep(doing: Work, settings: Settings) -> tuple[int, int]:
    """Lines of the log and sessions that are older than what is kept; how many of each went."""
    lines = security.sweep(doing, settings)
    over = sessions.sweep(doing.store, doing.now - 2 * settings.longest_session)
    return lines, over


# Changing the password


def change_password(
    office: Office, signed_in: SignedIn, token: str, change: tuple[str, str], caller: Caller
) -> None:
    """From the old password to the new one; signs out in every other browser.

    The old one is tried under the same count as at the door: a browser left open is no way to
    guess it.
    """
    old, new = change
    passwords.demand_good(new, signed_in.name)
    if passwords.normal(new) == passwords.normal(old):
        raise Refused("password-not-new")
    deed = sign_ins.CHANGE_PASSWORD
    tried = office.do(signed_in.actor, _begin_try, signed_in.name, caller, deed)
    if tried.account is None:
        raise NotFound("account")
    if not password_hashes.fits(tried.account.password, old):
        raise Refused("old-password-wrong")
    office.do(signed_in.actor, _put_password, tried, password_hashes.hashed(new), token)


def _put_password(doing: Work, tried: _Try, new: str, token: str) -> None:
    found = _unchanged(doing, tried.account)
    sign_ins.put_success(doing.store, tried.id)
    accounts.put_password(doing.store, found.id, new, must_change=False)
    sessions.end_all(doing.store, found.id, doing.now, but=_digest(token))
    entry = Entry("change-password", doing.now, doing.actor.account)
    journal.note(doing.store, f"account:{found.id}", entry)
