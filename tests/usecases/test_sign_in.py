"""Signing in with the real database: the throttle, sessions, and changing the password."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from sqlalchemy.engine import Connection

from evalsvc.domain.access import SERVICE, Actor, Grant, Role
from evalsvc.domain.errors import Forbidden, Refused
from evalsvc.settings import Settings
from evalsvc.store import accounts as kept
from evalsvc.store import journal
from evalsvc.store.database import Database
from evalsvc.store.sessions import session
from evalsvc.store.sign_ins import sign_in as tries
from evalsvc.usecases import accounts, password_hashes, sign_in
from evalsvc.usecases.sign_in import Begun, Caller, SignedIn
from evalsvc.usecases.work import Office

NAME, PASSWORD, WRONG = "so-noi-vu.bien-tap", "chim hót trên cành", "chim bay về tổ"
NEW = "mưa rơi ngoài hiên"
HERE = Caller("203.0.113.7", "a" * 64, "Trình duyệt")
STRANGER = Caller("198.51.100.9", "b" * 64)
SETTINGS = Settings(idle_minutes=60, session_minutes=480, sign_in_days=365)
FIRST = accounts.known_password(PASSWORD)


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)

    def __call__(self, _connection: Connection) -> datetime:
        return self.at

    def later(self, **words: float) -> None:
        self.at += timedelta(**words)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(database_url: str, clock: Clock) -> Iterator[Office]:
    """With one account, whose password need not be changed."""
    made = Office(Database(database_url), clock)
    made.do(SERVICE, accounts.create, NAME, "Sở Nội vụ", [Grant(Role.LEADER)], FIRST)
    yield made
    made.database.close()


def begin(office: Office, password: str = PASSWORD, caller: Caller = HERE) -> Begun:
    return sign_in.sign_in(office, NAME, password, caller)


def fail(office: Office, times: int = 1, caller: Caller = HERE, name: str = NAME) -> None:
    for _ in range(times):
        with pytest.raises(Refused, match="wrong-name-or-password"):
            sign_in.sign_in(office, name, WRONG, caller)


def seconds_to_wait(office: Office, caller: Caller = HERE, name: str = NAME) -> object:
    with pytest.raises(Refused, match="try-later") as refused:
        sign_in.sign_in(office, name, PASSWORD, caller)
    return refused.value.facts["seconds"]


def whose(office: Office, token: str) -> SignedIn | None:
    return sign_in.whose(office, token, SETTINGS)


def signed_in(office: Office, caller: Caller = HERE) -> tuple[SignedIn, str]:
    token = begin(office, caller=caller).token
    found = whose(office, token)
    assert found is not None
    return found, token


def count(office: Office, table: sa.Table) -> int:
    with office.database.reading() as store:
        return store.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


# The door


@pytest.mark.parametrize("name", [NAME, "SO-NOI-VU.Bien-Tap", f"  {NAME}\n"])
def test_the_right_password_opens_a_session_however_the_name_is_typed(
    office: Office, name: str
) -> None:
    begun = sign_in.sign_in(office, name, PASSWORD, HERE)

    found = whose(office, begun.token)
    assert found is not None
    assert (found.name, found.actor.label) == (NAME, "Sở Nội vụ")
    assert found.actor.roles() == {Role.LEADER}
    assert not begun.must_change


def test_the_database_knows_only_the_digest_of_a_token(office: Office) -> None:
    token = begin(office).token

    with office.database.reading() as store:
        row = store.execute(sa.select(session)).one()
    assert token not in str(row)


def test_every_failure_sounds_the_same(office: Office) -> None:
    office.do(SERVICE, accounts.create, "ai-do", "Ai đó", [Grant(Role.LEADER)], FIRST)
    office.do(SERVICE, accounts.end, "ai-do")

    for name, password in ((NAME, WRONG), ("khong-co", PASSWORD), ("ai-do", PASSWORD), ("", "")):
        with pytest.raises(Refused) as refused:
            sign_in.sign_in(office, name, password, HERE)
        assert (refused.value.message, refused.value.facts) == ("wrong-name-or-password", {})


def test_what_cannot_be_a_name_is_not_written_down(office: Office) -> None:
    fail(office, 6, name="Mật khẩu của tôi là\0…")

    with office.database.reading() as store:
        names = store.execute(sa.select(tries.c.name)).scalars().all()
    assert set(names) == {""}


# The throttle


def test_after_five_failures_one_waits_longer_each_time(office: Office, clock: Clock) -> None:
    fail(office, 5)

    for seconds in (2, 4, 8, 16, 32, 60, 60):
        assert seconds_to_wait(office) == seconds
        clock.later(seconds=seconds)
        fail(office)


def test_only_failures_count(office: Office) -> None:
    for _ in range(7):
        begin(office)

    fail(office, 4)
    assert begin(office)


def test_a_success_begins_the_count_of_this_browser_anew(office: Office, clock: Clock) -> None:
    fail(office, 4)
    clock.later(seconds=1)
    begin(office)
    clock.later(seconds=1)

    fail(office, 4)
    assert begin(office)


def test_a_refused_try_does_not_make_the_wait_longer(office: Office, clock: Clock) -> None:
    fail(office, 5)

    for _ in range(10):
        seconds_to_wait(office)
    clock.later(seconds=2)
    assert begin(office)


def test_the_count_is_of_the_account_from_wherever(office: Office) -> None:
    for number in range(5):
        fail(office, caller=Caller(f"198.51.100.{number}", f"{number:064}"))

    assert seconds_to_wait(office, Caller("203.0.113.99", "c" * 64)) == 2


def test_unknown_accounts_are_slowed_in_the_same_way(office: Office) -> None:
    fail(office, 5, name="khong-co")

    assert seconds_to_wait(office, name="khong-co") == 2


def test_strangers_do_not_slow_a_browser_that_the_account_knows(
    office: Office, clock: Clock
) -> None:
    begin(office)
    fail(office, 5, STRANGER)
    for _ in range(6):
        clock.later(seconds=60)
        fail(office, caller=STRANGER)

    assert begin(office)


def test_a_stranger_who_never_stops_locks_nobody_out(office: Office, clock: Clock) -> None:
    fail(office, 5, STRANGER)
    for _ in range(6):
        clock.later(seconds=60)
        fail(office, caller=STRANGER)
    assert seconds_to_wait(office, STRANGER) == 60
    assert seconds_to_wait(office) == 16

    clock.later(seconds=16)
    assert begin(office)


def test_a_known_browser_is_slowed_by_its_own_failures(office: Office) -> None:
    begin(office)
    fail(office, 5)

    assert seconds_to_wait(office) == 2


def test_a_browser_is_known_to_one_account_only(office: Office) -> None:
    office.do(SERVICE, accounts.create, "ai-do", "Ai đó", [Grant(Role.LEADER)], FIRST)
    sign_in.sign_in(office, "ai-do", PASSWORD, STRANGER)
    fail(office, 5)

    assert seconds_to_wait(office, STRANGER) == 2


def test_an_address_is_slowed_after_a_hundred_failures(office: Office, clock: Clock) -> None:
    begin(office)
    with office.writing(SERVICE) as doing:
        rows = [
            {"at": clock.at, "name": f"x{number}", "address": HERE.address, "browser": "d" * 64}
            for number in range(100)
        ]
        doing.store.execute(tries.insert().values(outcome="failed"), rows)

    assert seconds_to_wait(office, Caller(HERE.address, "e" * 64)) == 60
    assert begin(office)
    assert begin(office, caller=STRANGER)
    clock.later(minutes=1)
    assert begin(office, caller=Caller(HERE.address, "e" * 64))


def test_many_tries_at_once_are_counted_too(office: Office) -> None:
    def one(number: int) -> str:
        try:
            sign_in.sign_in(office, NAME, WRONG, Caller("198.51.100.9", f"{number:064}"))
        except Refused as refused:
            return refused.message
        return "signed-in"

    with ThreadPoolExecutor(20) as pool:
        messages = list(pool.map(one, range(20)))

    assert messages.count("wrong-name-or-password") == 5
    assert messages.count("try-later") == 15


def test_many_accounts_at_once_from_one_address_do_not_block_each_other(office: Office) -> None:
    def one(number: int) -> str:
        name = NAME if number % 2 else f"khong-co-{number}"
        try:
            sign_in.sign_in(office, name, PASSWORD, Caller(HERE.address, f"{number:064}"))
        except Refused as refused:
            return refused.message
        return "signed-in"

    with ThreadPoolExecutor(8) as pool:
        messages = list(pool.map(one, range(8)))

    assert messages.count("signed-in") == 4


# Sessions


def test_a_session_ends_when_nobody_uses_it(office: Office, clock: Clock) -> None:
    _, token = signed_in(office)

    clock.later(minutes=60)
    assert whose(office, token) is not None
    clock.later(minutes=60, seconds=1)
    assert whose(office, token) is None


def test_a_session_in_use_ends_after_a_working_day(office: Office, clock: Clock) -> None:
    _, token = signed_in(office)

    for _ in range(16):
        clock.later(minutes=30)
        assert whose(office, token) is not None
    clock.later(seconds=1)
    assert whose(office, token) is None


def test_the_time_of_use_is_written_every_five_minutes_at_most(
    office: Office, clock: Clock
) -> None:
    before, token = signed_in(office)

    clock.later(minutes=4, seconds=59)
    whose(office, token)
    unwritten = whose(office, token)
    clock.later(seconds=1)
    whose(office, token)
    written = whose(office, token)

    assert unwritten is not None
    assert unwritten.seen_at == before.seen_at
    assert written is not None
    assert written.seen_at == clock.at


def test_a_fresh_session_is_found_without_writing(office: Office, clock: Clock) -> None:
    _, token = signed_in(office)
    said: list[str] = []
    sa.event.listen(
        office.database.glances,
        "before_cursor_execute",
        lambda _c, _cursor, statement, *_rest: said.append(statement),
    )

    whose(office, token)

    assert [each.split()[0] for each in said if not each.startswith("BEGIN")] == ["SELECT"]


@pytest.mark.parametrize("token", ["", "unknown", "' OR 1=1 --", "\0", "x" * 10_000])
def test_a_strange_token_is_nobody(office: Office, token: str) -> None:
    assert whose(office, token) is None


def test_signing_out_ends_this_session_only(office: Office) -> None:
    _, here = signed_in(office)
    _, there = signed_in(office, STRANGER)

    sign_in.sign_out(office, here)
    sign_in.sign_out(office, "unknown")

    assert whose(office, here) is None
    assert whose(office, there) is not None


def test_signing_out_everywhere_ends_all_sessions_of_the_account(office: Office) -> None:
    office.do(SERVICE, accounts.create, "ai-do", "Ai đó", [Grant(Role.LEADER)], FIRST)
    other = sign_in.sign_in(office, "ai-do", PASSWORD, HERE).token
    who, here = signed_in(office)
    _, there = signed_in(office, STRANGER)

    ended = office.do(who.actor, sign_in.sign_out_everywhere)

    assert ended == 2
    assert whose(office, here) is None
    assert whose(office, there) is None
    assert whose(office, other) is not None


def test_sessions_that_have_run_out_are_not_shown(office: Office, clock: Clock) -> None:
    signed_in(office, STRANGER)
    clock.later(minutes=61)
    who, _ = signed_in(office)

    with office.reading(who.actor) as doing:
        found = sign_in.own_sessions(doing, SETTINGS)

    assert [each.agent for each in found] == ["Trình duyệt"]


def test_the_roles_of_an_ended_account_end_at_once(office: Office) -> None:
    _, token = signed_in(office)

    office.do(SERVICE, accounts.end, NAME)

    assert whose(office, token) is None


def test_what_is_older_than_the_retention_is_removed(office: Office, clock: Clock) -> None:
    signed_in(office)
    clock.later(days=366)
    _, token = signed_in(office)

    removed = office.do(SERVICE, sign_in.sweep, SETTINGS)

    assert removed == (2, 1)
    assert (count(office, tries), count(office, session)) == (1, 1)
    assert whose(office, token) is not None


# The password


def change(office: Office, who: SignedIn, token: str, old: str = PASSWORD, new: str = NEW) -> None:
    sign_in.change_password(office, who, token, (old, new), HERE)


def test_a_changed_password_ends_every_other_session(office: Office) -> None:
    who, here = signed_in(office)
    _, there = signed_in(office, STRANGER)

    change(office, who, here)

    assert whose(office, here) is not None
    assert whose(office, there) is None
    assert begin(office, NEW)
    with pytest.raises(Refused, match="wrong-name-or-password"):
        begin(office, PASSWORD)


def test_the_first_password_has_to_be_changed_once(office: Office) -> None:
    first = accounts.first_password()
    office.do(SERVICE, accounts.reset, NAME, first)
    begun = begin(office, first.text)
    who = whose(office, begun.token)
    assert begun.must_change
    assert who is not None
    assert who.must_change

    change(office, who, begun.token, old=first.text)

    after = whose(office, begun.token)
    assert after is not None
    assert not after.must_change


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (WRONG, NEW, "old-password-wrong"),
        (PASSWORD, PASSWORD, "password-not-new"),
        (PASSWORD, "ngắn", "password-too-short"),
        (PASSWORD, "Sở Nội vụ 2026", "password-holds-name"),
    ],
)
def test_a_change_that_cannot_be_leaves_the_password(
    office: Office, old: str, new: str, message: str
) -> None:
    who, token = signed_in(office)

    with pytest.raises(Refused, match=message):
        change(office, who, token, old, new)

    assert begin(office, PASSWORD)


def test_an_open_browser_is_no_way_to_guess_the_password(office: Office) -> None:
    who, token = signed_in(office)

    for _ in range(5):
        with pytest.raises(Refused, match="old-password-wrong"):
            change(office, who, token, WRONG)
    with pytest.raises(Refused, match="try-later"):
        change(office, who, token)


def test_a_change_stands_in_the_journal_without_the_password(office: Office) -> None:
    who, token = signed_in(office)

    change(office, who, token)

    with office.reading(SERVICE) as doing:
        told = journal.of_stream(doing.store, f"account:{who.actor.account}")
    assert [(each.entry.deed, each.entry.account) for each in told] == [
        ("create-account", None),
        ("change-password", who.actor.account),
    ]
    assert NEW not in str(told)


def test_a_password_kept_with_older_parameters_is_kept_anew(office: Office) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    who, _ = signed_in(office)
    with office.writing(SERVICE) as doing:
        kept.put_password(doing.store, who.actor.account or 0, old, must_change=False)

    begin(office)

    with office.reading(SERVICE) as doing:
        now = kept.get(doing.store, NAME)
    assert now is not None
    assert "m=19456,t=2,p=1" in now.password
    assert begin(office)


def test_a_password_reset_between_the_look_and_the_session_wins(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    fits = password_hashes.fits

    def slow(kept_hash: str | None, password: str) -> bool:
        office.do(SERVICE, accounts.reset, NAME, accounts.known_password(NEW))
        return fits(kept_hash, password)

    monkeypatch.setattr(password_hashes, "fits", slow)

    with pytest.raises(Refused, match="wrong-name-or-password"):
        begin(office)
    assert count(office, session) == 0


def test_nobody_has_no_sessions_and_no_roles(office: Office) -> None:
    stranger = Actor(None, "")

    with office.reading(stranger) as doing, pytest.raises(Forbidden):
        sign_in.roles(doing)
