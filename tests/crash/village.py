"""A round that is open now, and people who are signed in: what crashes and benches work on."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from evalsvc.catalog import sets
from evalsvc.catalog.round_openings import RoundOpening
from evalsvc.domain.access import SERVICE, Actor, Grant, Role
from evalsvc.domain.rounds import Block
from evalsvc.domain.windows import Task, Window
from evalsvc.store import accounts, assessments, sessions, units
from evalsvc.store.database import Database
from evalsvc.store.units import UnitRecord
from evalsvc.usecases import rounds
from evalsvc.usecases.work import Office, Work
from tests.web.small_sets import SO

YEAR = 2026
UNITS = tuple(UnitRecord(f"so-{at}", f"Sở số {at}", "so", "khoi", place=at) for at in range(1, 4))
AGENT = "tests"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in; `token` is in the cookie."""

    actor: Actor
    token: str


def opening(kind: str = "so", text: str = SO) -> RoundOpening:
    criteria = sets.load(f"{kind}.yaml", text.encode())
    return RoundOpening(
        "NAM",
        "Kỳ đánh giá",
        YEAR,
        {kind: criteria},
        {criteria.sha256: text},
        (Block("khoi", "Khối"),),
        {},
    )


def settle(url: str, of: RoundOpening, inhabitants: Iterable[UnitRecord]) -> Office:
    """The office on a database with tables: units, and the round whose windows are open now."""
    office = Office(Database(url))
    now = datetime.now(UTC)
    window = Window(now - timedelta(days=30), now + timedelta(days=30))
    standing = replace(of, windows={Task.ASSESS: window, Task.REVIEW: window})
    office.do(SERVICE, _settle, standing, tuple(inhabitants))
    return office


def _settle(doing: Work, of: RoundOpening, inhabitants: tuple[UnitRecord, ...]) -> None:
    units.put_all(doing.store, inhabitants)
    for name, role in (("hoi-dong", Role.EVALUATOR), ("to-truong", Role.LEAD)):
        id_ = accounts.add(doing.store, name, name, "-", doing.now)
        accounts.add_grant(doing.store, id_, Grant(role))
    rounds.open_(doing, of)


def sign_in(office: Office, name: str, *roles: tuple[Role, str]) -> Person:
    """A new account with a session, without the password, whose checking takes its time.

    `roles` name the code of a unit, or nothing where they are over all.
    """
    return office.do(SERVICE, _sign_in, name, roles)


def _sign_in(doing: Work, name: str, roles: tuple[tuple[Role, str], ...]) -> Person:
    id_ = accounts.add(doing.store, name, name, "-", doing.now)
    accounts.put_password(doing.store, id_, "-", must_change=False)
    known = units.ids(doing.store)
    grants = tuple(Grant(role, known[unit] if unit else None) for role, unit in roles)
    for grant in grants:
        accounts.add_grant(doing.store, id_, grant)
    token = hashlib.sha256(f"{name} {os.urandom(8).hex()}".encode()).hexdigest()
    digest = hashlib.sha256(token.encode()).hexdigest()
    sessions.add(doing.store, digest, id_, AGENT, doing.now)
    return Person(Actor(id_, name, grants), token)


def sheet_of(office: Office, unit: str) -> int:
    table = assessments.assessment
    with office.reading(SERVICE) as doing:
        return int(doing.store.execute(table.select().where(table.c.unit_code == unit)).one().id)
