"""Accounts are made, given a new first password, and ended by the machine room; who has which."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from evalsvc.domain.access import OF_UNIT, Grant, Role, can_administer, require
from evalsvc.domain.errors import Refused
from evalsvc.post import letters as post
from evalsvc.store import accounts, people, sessions, units
from evalsvc.store.accounts import Account, Listed, RoleOver
from evalsvc.usecases import security
from evalsvc.usecases.password_hashes import FirstPassword, first_password, known_password
from evalsvc.usecases.work import Work

__all__ = [
    "FirstPassword",
    "Listed",
    "RoleOver",
    "create",
    "end",
    "first_password",
    "folded",
    "grants_of",
    "known_password",
    "listed",
    "put_email",
    "reset",
]

NAME = re.compile(r"[a-z0-9][a-z0-9.-]{2,59}")
MOST_LABEL = 200
EVERYWHERE = frozenset({Role.ADMIN})
"""Roles that are over the whole service and name no place."""


def folded(name: str) -> str:
    """However it was typed."""
    return unicodedata.normalize("NFC", name).casefold().strip()


def create(
    doing: Work,
    name: str,
    label: str,
    grants: Sequence[Grant] | None,
    first: FirstPassword,
    email: str = "",
) -> int:
    """A new account with its roles; `label` is how pages and the journal call it.

    No `grants` at all: somebody whom rounds name for some lines, without a role besides.
    """
    require(can_administer(doing.actor), "create-account")
    name, label = folded(name), " ".join(label.split())
    _demand_sound(doing, name, label)
    if grants is not None and not grants:
        raise Refused("account-without-role")
    reached = address(email)
    id_ = accounts.add(doing.store, name, label, first.hash, doing.now, reached)
    if not first.must_change:
        accounts.put_password(doing.store, id_, first.hash, must_change=False)
    for grant in dict.fromkeys(grants or ()):
        accounts.add_grant(doing.store, id_, grant, doing.now)
    roles = ", ".join(each.text for each in accounts.roles_of(doing.store, id_))
    security.note_account(
        doing, id_, "create-account", {"name": name, "label": label, "roles": roles}
    )
    return id_


def _demand_sound(doing: Work, name: str, label: str) -> None:
    if NAME.fullmatch(name) is None:
        raise Refused("not-an-account-name", text=name)
    if not label or len(label) > MOST_LABEL:
        raise Refused("not-a-label", most=MOST_LABEL)
    if accounts.get(doing.store, name) is not None:
        raise Refused("account-exists", text=name)


def put_email(doing: Work, name: str, text: str) -> str:
    """Where mails to an account go from now on; empty text: nowhere. The address as it is kept."""
    require(can_administer(doing.actor), "change-email")
    of = _standing(doing, name)
    reached = address(text)
    if (person := people.locked(doing.store, of.id)) is not None:
        people.put_mails(doing.store, of.id, reached, person.mails)
    # The address itself is no matter of the journal, which nobody can blank afterwards.
    security.note_account(doing, of.id, "change-email", {})
    return reached


def address(text: str) -> str:
    """As it is kept, or nothing; raises Refused for what is no address."""
    return post.address(text) if text.strip() else ""


def reset(doing: Work, name: str, first: FirstPassword) -> None:
    """A new first password; whoever is signed in with the old one is signed out."""
    require(can_administer(doing.actor), "reset-password")
    of = _standing(doing, name)
    accounts.put_password(doing.store, of.id, first.hash, must_change=first.must_change)
    sessions.end_all(doing.store, of.id, doing.now)
    security.note_account(doing, of.id, "reset-password", {})


def end(doing: Work, name: str) -> None:
    """Nobody signs in with it any more; what was done with it stays in the journal."""
    require(can_administer(doing.actor), "end-account")
    of = _standing(doing, name)
    accounts.put_end(doing.store, of.id, doing.now)
    sessions.end_all(doing.store, of.id, doing.now)
    security.note_account(doing, of.id, "end-account", {})


def listed(doing: Work) -> Sequence[Listed]:
    """All accounts with their roles, by name; ended ones too."""
    require(can_administer(doing.actor), "list-accounts")
    return accounts.all_of(doing.store)


def _standing(doing: Work, name: str) -> Account:
    name = folded(name)
    found = accounts.get(doing.store, name) if NAME.fullmatch(name) else None
    if found is None:
        known = [each.name for each in accounts.all_of(doing.store) if each.ended_at is None]
        raise Refused("no-such-account", text=name, choices=known)
    if found.ended:
        raise Refused("account-ended", text=name)
    return found


# Roles as they are written: editor@so-noi-vu, evaluator@kind:xa, lead@block:khoi-1, leader


def grants_of(doing: Work, texts: Iterable[str]) -> tuple[Grant, ...]:
    """Raises Refused at the first that cannot be read or names what does not exist."""
    return tuple(_grant(doing, text) for text in texts)


def _grant(doing: Work, text: str) -> Grant:
    name, _, over = text.strip().partition("@")
    if name not in list(Role):
        raise Refused("no-such-role", text=name, choices=[each.value for each in Role])
    role = Role(name)
    if role in EVERYWHERE and over:
        raise Refused("role-over-everything", text=text)
    what, colon, code = over.partition(":")
    if role in OF_UNIT and (not over or colon):
        raise Refused("role-without-unit", text=text)
    if colon:
        return _over_some(doing, role, what, code)
    return Grant(role, _unit(doing, over)) if over else Grant(role)


def _over_some(doing: Work, role: Role, what: str, code: str) -> Grant:
    if what not in ("kind", "block"):
        raise Refused("not-a-place-of-role", text=f"{what}:{code}")
    records = units.all_of(doing.store).values()
    kinds, blocks = {each.kind for each in records}, {each.block for each in records}
    if what == "kind":
        return Grant(role, kind=_known(code, kinds))
    return Grant(role, block=_known(code, blocks))


def _known(code: str, known: Iterable[str]) -> str:
    choices = sorted(each for each in known if each)
    if code not in choices:
        raise Refused("role-over-no-unit", text=code, choices=choices)
    return code


def _unit(doing: Work, code: str) -> int:
    ids = units.ids(doing.store)
    if code not in ids:
        raise Refused("role-of-unknown-unit", text=code, choices=sorted(ids))
    return ids[code]
