"""Accounts are made, reset, ended and listed by the machine room only."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from evalsvc.domain.access import SERVICE, Actor, Grant, Role
from evalsvc.domain.errors import Forbidden, Refused
from evalsvc.domain.passwords import demand_good
from evalsvc.settings import Settings
from evalsvc.store import journal, units
from evalsvc.store.database import Database
from evalsvc.store.journal import Told
from evalsvc.store.units import UnitRecord
from evalsvc.usecases import accounts, password_hashes, sign_in
from evalsvc.usecases.accounts import FirstPassword, Listed
from evalsvc.usecases.sign_in import Caller
from evalsvc.usecases.work import Office

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
NAME, LABEL = "so-noi-vu.bien-tap", "Sở Nội vụ, cán bộ kê khai"
FIRST = FirstPassword("never looked at", "a hash")
UNITS = (
    UnitRecord("so-noi-vu", "Sở Nội vụ", "so", "khoi-1"),
    UnitRecord("Xa-Binh-An", "Xã Bình An", "xa", "khoi-2"),
)


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """With two units and no account."""
    made = Office(Database(database_url), lambda _: NOW)
    with made.writing(SERVICE) as doing:
        units.put_all(doing.store, UNITS)
    yield made
    made.database.close()


def grants(office: Office, *texts: str) -> tuple[Grant, ...]:
    with office.reading(SERVICE) as doing:
        return accounts.grants_of(doing, texts)


def create(
    office: Office, *roles: str, name: str = NAME, label: str = LABEL, first: FirstPassword = FIRST
) -> int:
    return office.do(
        SERVICE, accounts.create, name, label, grants(office, *(roles or ("leader",))), first
    )


def listed(office: Office) -> list[Listed]:
    with office.reading(SERVICE) as doing:
        return list(accounts.listed(doing))


def told(office: Office, id_: int) -> list[Told]:
    with office.reading(SERVICE) as doing:
        return list(journal.of_stream(doing.store, f"account:{id_}"))


def test_a_new_account_has_its_roles_and_must_change_its_password(office: Office) -> None:
    create(office, "editor@so-noi-vu", "evaluator@kind:xa", "lead@block:khoi-1", "lead")

    (found,) = listed(office)
    assert (found.name, found.label, found.must_change) == (NAME, LABEL, True)
    assert [each.text for each in found.roles] == [
        "editor@so-noi-vu",
        "evaluator@kind:xa",
        "lead@block:khoi-1",
        "lead",
    ]
    assert found.roles[0].unit_name == "Sở Nội vụ"


def test_roles_are_kept_as_they_are_found_again_at_the_door(office: Office) -> None:
    create(office, "head@Xa-Binh-An", "leader", first=accounts.first_password())
    first = accounts.first_password()
    office.do(SERVICE, accounts.reset, NAME, first)

    begun = sign_in.sign_in(office, NAME, first.text, Caller("203.0.113.7", "a" * 64))

    with office.reading(SERVICE) as doing:
        unit = units.ids(doing.store)["Xa-Binh-An"]
    found = sign_in.whose(office, begun.token, Settings())
    assert found is not None
    assert found.actor.grants == (Grant(Role.HEAD, unit), Grant(Role.LEADER))


def test_the_same_role_said_twice_is_one_role(office: Office) -> None:
    create(office, "leader", "leader")

    assert [each.text for each in listed(office)[0].roles] == ["leader"]


def test_a_name_is_the_same_however_it_is_typed(office: Office) -> None:
    create(office, name=" So-Noi-Vu.Bien-Tap ")

    assert listed(office)[0].name == NAME
    with pytest.raises(Refused, match="account-exists"):
        create(office)


@pytest.mark.parametrize(
    "name", ["", "ab", "-abc", ".abc", "sở-nội-vụ", "so noi vu", "a_b_c", "x" * 61, "abc\n.d"]
)
def test_a_name_is_made_of_plain_letters(office: Office, name: str) -> None:
    with pytest.raises(Refused, match="not-an-account-name"):
        create(office, name=name)


@pytest.mark.parametrize("label", ["", "  ", "x" * 201])
def test_an_account_has_a_label(office: Office, label: str) -> None:
    with pytest.raises(Refused, match="not-a-label"):
        create(office, label=label)


def test_an_account_has_a_role(office: Office) -> None:
    with pytest.raises(Refused, match="account-without-role"):
        office.do(SERVICE, accounts.create, NAME, LABEL, (), FIRST)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no-such-role"),
        ("boss", "no-such-role"),
        ("Editor@so-noi-vu", "no-such-role"),
        ("editor", "role-without-unit"),
        ("head@", "role-without-unit"),
        ("editor@kind:so", "role-without-unit"),
        ("editor@so-noi-vuu", "role-of-unknown-unit"),
        ("evaluator@xa", "role-of-unknown-unit"),
        ("evaluator@kind:huyen", "role-over-no-unit"),
        ("evaluator@kind:", "role-over-no-unit"),
        ("lead@block:khoi-9", "role-over-no-unit"),
        ("lead@unit:so-noi-vu", "not-a-place-of-role"),
        ("admin@so-noi-vu", "role-over-everything"),
    ],
)
def test_a_role_that_cannot_be_is_refused(office: Office, text: str, message: str) -> None:
    with pytest.raises(Refused, match=message):
        grants(office, text)


def test_a_new_first_password_ends_the_sessions(office: Office) -> None:
    first = accounts.first_password()
    create(office, first=first)
    who = Caller("203.0.113.7", "a" * 64)
    before = sign_in.sign_in(office, NAME, first.text, who)
    second = accounts.first_password()

    office.do(SERVICE, accounts.reset, NAME, second)

    with pytest.raises(Refused, match="wrong-name-or-password"):
        sign_in.sign_in(office, NAME, first.text, who)
    assert sign_in.sign_in(office, NAME, second.text, who).must_change
    assert sign_in.whose(office, before.token, Settings()) is None


@pytest.mark.parametrize("name", ["khong-co", "", "\0"])
def test_an_unknown_account_is_neither_reset_nor_ended(office: Office, name: str) -> None:
    with pytest.raises(Refused, match="no-such-account"):
        office.do(SERVICE, accounts.reset, name, FIRST)
    with pytest.raises(Refused, match="no-such-account"):
        office.do(SERVICE, accounts.end, name)


def test_an_ended_account_stays_listed_and_its_name_taken(office: Office) -> None:
    create(office)

    office.do(SERVICE, accounts.end, NAME)

    assert listed(office)[0].ended_at == NOW
    with pytest.raises(Refused, match="account-ended"):
        office.do(SERVICE, accounts.reset, NAME, FIRST)
    with pytest.raises(Refused, match="account-ended"):
        office.do(SERVICE, accounts.end, NAME)
    with pytest.raises(Refused, match="account-exists"):
        create(office)


def test_every_deed_stands_in_the_journal_without_a_password(office: Office) -> None:
    first = accounts.first_password()
    id_ = create(office, "editor@so-noi-vu", first=first)
    office.do(SERVICE, accounts.reset, NAME, first)
    office.do(SERVICE, accounts.end, NAME)

    found = told(office, id_)
    assert [each.entry.deed for each in found] == [
        "create-account",
        "reset-password",
        "end-account",
    ]
    assert found[0].entry.data == {"name": NAME, "label": LABEL, "roles": "editor@so-noi-vu"}
    assert first.text not in str(found)
    assert first.hash not in str(found)


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.ADMIN])
def test_only_an_administrator_keeps_accounts(office: Office, role: Role) -> None:
    actor = Actor(None, "Ai đó", (Grant(role, 1),))

    with pytest.raises(Forbidden):
        office.do(actor, accounts.create, NAME, LABEL, (Grant(Role.ADMIN),), FIRST)
    with pytest.raises(Forbidden):
        office.do(actor, accounts.reset, NAME, FIRST)
    with pytest.raises(Forbidden):
        office.do(actor, accounts.end, NAME)
    with office.reading(actor) as doing, pytest.raises(Forbidden):
        accounts.listed(doing)


def test_first_passwords_are_good_and_never_the_same() -> None:
    first, second = accounts.first_password(), accounts.first_password()

    demand_good(first.text, NAME)
    assert first.text != second.text
    assert first.must_change
    assert password_hashes.fits(first.hash, first.text)
    assert not password_hashes.fits(first.hash, second.text)


def test_a_password_fits_from_every_keyboard() -> None:
    known = accounts.known_password("Mùa xuân 1975")

    assert password_hashes.fits(known.hash, "Mu\u0300a xua\u0302n 1975")
    assert not known.must_change


def test_an_unknown_account_costs_the_same_work() -> None:
    assert not password_hashes.is_outdated(password_hashes._OF_NOBODY)  # noqa: SLF001 - its reason
    assert not password_hashes.fits(None, "chim hót trên cành")
