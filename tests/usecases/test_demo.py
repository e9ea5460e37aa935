"""The demo province is made by the deeds of people: it is sound, and ends today."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from evalsvc.domain.access import SERVICE, Role
from evalsvc.domain.course import Status
from evalsvc.domain.dates import ZONE
from evalsvc.domain.errors import Refused
from evalsvc.domain.windows import Hour, Task
from evalsvc.files.kinds import Limits
from evalsvc.files.recognise import recognise
from evalsvc.settings import Settings
from evalsvc.store import accounts, documents, journal, queues, schema, units
from evalsvc.store.assessments import Record
from evalsvc.store.database import Database
from evalsvc.store.documents import Document
from evalsvc.store.queues import Wanted
from evalsvc.usecases import demo, depot, rounds, sheets
from evalsvc.usecases.demo import Made
from evalsvc.usecases.demo_days import Span, days
from evalsvc.usecases.demo_people import COMMUNE, OFFICE, PASSWORD
from evalsvc.usecases.depot import Depot
from evalsvc.usecases.password_hashes import fits
from evalsvc.usecases.verify import verify
from evalsvc.usecases.work import Office

NOW = datetime(2027, 5, 20, 14, 0, tzinfo=ZONE)
ONLY = {
    OFFICE: Status.OPEN,
    COMMUNE: Status.OPEN,
    "so-y-te": Status.SUBMITTED,
    "so-noi-vu": Status.SUBMITTED,
    "so-cong-thuong": Status.REVIEWED,
    "so-tai-chinh": Status.OPEN,
    "xa-hong-thai-dong": Status.REVIEWED,
}
"""A unit of each state: half, late, under review, reviewed, nearly done; and one with a flag."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Depot:
    return depot.of_settings(Settings(files=str(tmp_path_factory.mktemp("files"))))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, files: Depot) -> Iterator[tuple[Office, Made]]:
    """One province for all of these tests, which only look at it."""
    path: Path = tmp_path_factory.mktemp("demo") / "demo.db"
    database = Database(f"sqlite:///{path}")
    schema.upgrade(database)
    office = Office(database, lambda _store: NOW)
    yield office, office.do(SERVICE, demo.fill, set(ONLY), files)
    database.close()


@pytest.fixture
def office(made: tuple[Office, Made]) -> Office:
    return made[0]


def records(office: Office, code: str) -> dict[str, Record]:
    with office.reading(SERVICE) as doing:
        of = rounds.of_code(doing, code)
        return {each.unit_code: each for each in queues.led(doing.store, SERVICE, Wanted(of.id))}


def test_it_has_all_units_and_two_rounds(made: tuple[Office, Made]) -> None:
    assert (made[1].units, made[1].sheets) == (130, 260)


def test_units_stand_where_the_plan_has_them(office: Office) -> None:
    this_year = records(office, "2027")

    assert {unit: this_year[unit].status for unit in ONLY} == ONLY


def test_the_year_before_is_concluded(office: Office) -> None:
    last_year = records(office, "2026")

    assert {last_year[unit].status for unit in ONLY} == {Status.CLOSED}
    with office.reading(SERVICE) as doing:
        assert rounds.of_code(doing, "2026").closed


def test_what_is_kept_agrees_with_a_new_computation(office: Office) -> None:
    with office.reading(SERVICE) as doing:
        checked = verify(doing, pytest.fail)

    assert checked.differences == 0


def test_units_work_in_the_grace_and_reviewers_in_their_window(office: Office) -> None:
    with office.reading(SERVICE) as doing:
        windows = rounds.of_code(doing, "2027").windows

    assert windows[Task.ASSESS].at(NOW) is Hour.LATE
    assert windows[Task.REVIEW].at(NOW) is Hour.OPEN
    assert windows[Task.ASSESS].locks - NOW > timedelta(days=11)


def test_one_office_has_been_given_more_time(office: Office) -> None:
    id_ = records(office, "2027")[OFFICE].id

    with office.writing(SERVICE) as doing:
        _, window = sheets.held(doing, id_, Task.ASSESS)

    assert window.at(NOW) is Hour.OPEN


def test_who_handed_in_after_the_window_is_late(office: Office) -> None:
    this_year = records(office, "2027")

    assert [unit for unit in ONLY if this_year[unit].late] == ["so-y-te"]


def test_nothing_was_done_after_now(office: Office) -> None:
    with office.reading(SERVICE) as doing:
        streams = [journal.assessment(each.id) for each in records(office, "2027").values()]
        latest = [journal.latest(doing.store, name) for name in (*streams, "round:2027", "units")]

    assert max(each for each in latest if each is not None) <= NOW


def test_some_lines_were_adjusted_and_a_flag_was_raised(office: Office) -> None:
    deeds: Counter[str] = Counter()
    with office.reading(SERVICE) as doing:
        for each in records(office, "2027").values():
            told = journal.of_stream(doing.store, journal.assessment(each.id))
            deeds.update(one.entry.deed for one in told)

    assert deeds["accept"] > deeds["adjust"] > 0
    assert deeds["raise-flag"] == 1


def scans(office: Office, *codes: str) -> list[Document]:
    ids = [records(office, "2027")[code].id for code in codes]
    with office.reading(SERVICE) as doing:
        found = [documents.of_assessment(doing.store, id_).values() for id_ in ids]
    return [each.document for of in found for all_ in of for each in all_ if each.document.sha256]


def test_some_papers_that_were_handed_in_were_scanned(office: Office, files: Depot) -> None:
    found = scans(office, *(code for code, status in ONLY.items() if status != Status.OPEN))

    assert found
    for each in found:
        assert recognise(files.shelves.vault.path(each.sha256 or ""), Limits()).kind == each.kind


def test_what_is_not_handed_in_waits_for_its_scans(office: Office) -> None:
    assert scans(office, "so-tai-chinh") == []


def test_there_is_an_account_to_try_for_each_role(made: tuple[Office, Made]) -> None:
    office, province = made
    names = [each.name for each in province.accounts]

    with office.reading(SERVICE) as doing:
        kept = [accounts.get(doing.store, name) for name in names]

    assert {each.role for each in province.accounts} == set(Role)
    assert all(each is not None and not each.must_change for each in kept)
    assert {fits(each.password, PASSWORD) for each in kept if each is not None} == {True}


def test_the_accounts_to_try_are_known_later_too(made: tuple[Office, Made]) -> None:
    office, province = made

    with office.reading(SERVICE) as doing:
        assert demo.shown(doing) == province.accounts
        assert not demo.is_empty(doing)


def test_it_is_made_in_an_empty_database_only(office: Office) -> None:
    with pytest.raises(Refused) as caught:
        office.do(SERVICE, demo.fill)

    assert caught.value.message == "database-not-empty"


def test_communes_stand_since_before_the_first_round(office: Office) -> None:
    with office.reading(SERVICE) as doing:
        found = units.all_of(doing.store).values()

    assert sum(each.valid_on(NOW.date()) for each in found) == 130


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (datetime(2026, 12, 1, 9, 30, tzinfo=ZONE), datetime(2026, 12, 1, 9, 30, tzinfo=ZONE)),
        (datetime(2026, 12, 1, 9, 29, tzinfo=ZONE), datetime(2026, 11, 30, 9, 30, tzinfo=ZONE)),
        (datetime(2026, 12, 1, 23, 0, tzinfo=ZONE), datetime(2026, 12, 1, 9, 30, tzinfo=ZONE)),
    ],
)
def test_the_plan_ends_on_the_last_morning(now: datetime, last: datetime) -> None:
    assert days(now).now == last


@pytest.mark.parametrize(
    ("now", "year"),
    [
        (datetime(2026, 12, 1, 12, tzinfo=ZONE), 2026),
        (datetime(2027, 2, 15, 12, tzinfo=ZONE), 2026),
        (datetime(2027, 3, 15, 12, tzinfo=ZONE), 2027),
    ],
)
def test_the_year_is_that_in_which_the_work_was_done(now: datetime, year: int) -> None:
    assert (days(now).year(2026), days(now).year(2025)) == (year, year - 1)


def test_deeds_are_spread_over_working_hours_in_their_order() -> None:
    first = datetime(2027, 4, 1, 22, tzinfo=ZONE)
    span = Span(first, first + timedelta(days=10))

    moments = [span.moment(at, 40) for at in range(40)]

    assert moments == sorted(moments)
    assert all(7 <= each.hour <= 17 for each in moments[4:])
    assert moments[0] == first
    assert moments[-1] < span.last
