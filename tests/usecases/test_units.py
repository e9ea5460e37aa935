"""Units come from a table: all of it or nothing, with every fault at its place."""

from collections.abc import Iterator
from datetime import date

import pytest

from evalsvc.catalog.faults import Faulty
from evalsvc.domain.access import SERVICE, Actor, Grant, Role
from evalsvc.domain.errors import Forbidden
from evalsvc.store import journal, units
from evalsvc.store.database import Database
from evalsvc.store.units import UnitRecord
from evalsvc.usecases import units as deeds
from evalsvc.usecases.units import Taken
from evalsvc.usecases.work import Office

HEADER = "code,name,kind,block,parent,tags,order,from,until,predecessors\n"
BOTH = (
    HEADER
    + "so-y-te,Sở Y tế,so,khoi-1,,chu-tri;khac,2,2010-01-01,,\n"
    + 'benh-vien,"Bệnh viện, tỉnh",sn,khoi-2,so-y-te,,,01/07/2025,,trung-tam\n'
    + "trung-tam,Trung tâm y tế,sn,khoi-2,,,,,2025-06-30,\n"
)
TAKEN = ("so-y-te", "benh-vien", "trung-tam")


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    made = Office(Database(database_url))
    yield made
    made.database.close()


def take(office: Office, text: str | bytes, by: Actor = SERVICE) -> Taken:
    content = text if isinstance(text, bytes) else text.encode()
    return office.do(by, deeds.take_table, "units.csv", content)


def kept(office: Office) -> dict[str, UnitRecord]:
    with office.reading(SERVICE) as doing:
        return {each.code: each for each in units.all_of(doing.store).values()}


def faults(office: Office, text: str) -> list[tuple[str, int, str]]:
    with pytest.raises(Faulty) as caught:
        take(office, text)
    return [(each.message, each.place.line, each.key) for each in caught.value.faults]


def test_a_table_brings_units_with_all_that_it_says(office: Office) -> None:
    taken = take(office, BOTH)

    assert taken == Taken(new=TAKEN)
    assert kept(office)["so-y-te"] == UnitRecord(
        "so-y-te",
        "Sở Y tế",
        "so",
        "khoi-1",
        place=2,
        tags=("chu-tri", "khac"),
        valid_from=date(2010, 1, 1),
    )
    assert kept(office)["benh-vien"] == UnitRecord(
        "benh-vien",
        "Bệnh viện, tỉnh",
        "sn",
        "khoi-2",
        parent="so-y-te",
        valid_from=date(2025, 7, 1),
        predecessors=("trung-tam",),
    )


@pytest.mark.parametrize(
    "content",
    [
        BOTH.encode("utf-8-sig"),
        BOTH.replace("\n", "\r\n").encode(),
        b"name;code;block;kind\nS\xe1\xbb\x9f Y t\xe1\xba\xbf;so-y-te;khoi-1;so\n",
    ],
    ids=["byte order mark", "lines of Windows", "semicolons and other columns first"],
)
def test_tables_are_read_as_spreadsheets_save_them(office: Office, content: bytes) -> None:
    take(office, content)

    assert kept(office)["so-y-te"].name == "Sở Y tế"


def test_the_same_table_again_changes_nothing(office: Office) -> None:
    take(office, BOTH)

    again = take(office, BOTH)

    assert again == Taken(same=3)


def test_a_second_table_changes_and_ends_and_leaves_the_others_alone(office: Office) -> None:
    take(office, BOTH)

    second = take(
        office,
        HEADER
        + "so-y-te,Sở Y tế tỉnh,so,khoi-1,,,2,,,\n"
        + 'benh-vien,"Bệnh viện, tỉnh",sn,khoi-2,so-y-te,,,01/07/2025,31/12/2026,trung-tam\n',
    )

    assert second == Taken(changed=("so-y-te",), ended=("benh-vien",))
    assert kept(office)["so-y-te"].tags == ()
    assert kept(office)["benh-vien"].valid_until == date(2026, 12, 31)
    assert kept(office)["trung-tam"].valid_until == date(2025, 6, 30)


def test_parents_may_be_units_that_are_kept_already(office: Office) -> None:
    take(office, BOTH)

    take(office, HEADER + "tram,Trạm y tế,sn,khoi-2,so-y-te,,,,,\n")

    assert kept(office)["tram"].parent == "so-y-te"


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("a b,Sở,so,k,,,,,,", ("not-a-code", 2, "code")),
        (",Sở,so,k,,,,,,", ("cell-empty", 2, "code")),
        ("a,,so,k,,,,,,", ("cell-empty", 2, "name")),
        ("a,Sở,so,k,,x y,,,,", ("not-a-code", 2, "tags")),
        ("a,Sở,so,k,,x;x,,,,", ("said-twice", 2, "tags")),
        ("a,Sở,so,k,,,1.5,,,", ("not-whole", 2, "order")),
        ("a,Sở,so,k,,,9999999,,,", ("number-too-great", 2, "order")),
        ("a,Sở,so,k,,,,2025-13-01,,", ("no-such-date", 2, "from")),
        ("a,Sở,so,k,,,,soon,,", ("not-a-date", 2, "from")),
        ("a,Sở,so,k,,,,2025-02-01,2025-01-31,", ("unit-ends-first", 2, "until")),
        ("a,Sở,so,k,nobody,,,,,", ("no-such-unit", 2, "parent")),
        ("a,Sở,so,k,,,,,,nobody", ("no-such-unit", 2, "predecessors")),
        ("a,Sở,so,k,a,,,,,", ("own-parent", 2, "parent")),
        ("a,Sở,so,k,,,,,,a", ("own-predecessor", 2, "predecessors")),
        ("a,Sở,so,k,,,,,", ("row-of-other-width", 2, "")),
        ("a,Sở,so,k,,,,,,\na,Sở,so,k,,,,,,", ("unit-twice", 3, "code")),
        (f"a,{'x' * 301},so,k,,,,,,", ("text-too-long", 2, "name")),
    ],
)
def test_a_fault_is_told_at_its_place(
    office: Office, rows: str, found: tuple[str, int, str]
) -> None:
    assert faults(office, HEADER + rows + "\n") == [found]


def test_all_faults_are_told_at_once_and_nothing_is_kept(office: Office) -> None:
    text = HEADER + "a,Sở,so,k,,,,,,\nb,,so,k,nobody,,,,,\nc c,Sở,so,k,a,,x,,,\n"

    found = faults(office, text)

    assert [(message, line) for message, line, _ in found] == [
        ("cell-empty", 3), ("not-a-code", 4), ("not-whole", 4),
    ]  # fmt: skip
    assert kept(office) == {}


def test_a_unit_whose_own_row_is_faulty_may_still_be_a_parent(office: Office) -> None:
    found = faults(office, HEADER + "a,,so,k,,,,,,\nb,Sở,so,k,a,,,,,\n")

    assert found == [("cell-empty", 2, "name")]


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("code,name,kind\n", ("missing-key", 1, "")),
        ("code,name,kind,block,colour\n", ("unknown-key", 1, "colour")),
        ("code,name,kind,block,name\n", ("duplicate-key", 1, "name")),
        ("", ("missing-key", 1, "")),
    ],
)
def test_the_first_row_names_the_columns(
    office: Office, header: str, found: tuple[str, int, str]
) -> None:
    assert found in faults(office, header)


def test_a_circle_of_parents_is_seen_across_the_table_and_what_is_kept(office: Office) -> None:
    take(office, BOTH)

    found = faults(office, HEADER + "so-y-te,Sở Y tế,so,khoi-1,benh-vien,,,,,\n")

    assert found == [("own-parent", 2, "parent")]


def test_the_journal_says_what_came_and_what_changed(office: Office) -> None:
    take(office, BOTH)
    take(office, HEADER + "so-y-te,Sở Y tế,so,khoi-1,,,3,,,\n")

    with office.reading(SERVICE) as doing:
        told = journal.of_stream(doing.store, deeds.STREAM)

    assert [(each.entry.deed, dict(each.entry.data or {})) for each in told] == [
        ("add-units", {"number": 3, "units": " ".join(TAKEN)}),
        ("change-units", {"number": 1, "units": "so-y-te"}),
    ]


def test_only_the_machine_room_takes_units(office: Office) -> None:
    with pytest.raises(Forbidden):
        take(office, BOTH, Actor(1, "Lãnh đạo", (Grant(Role.LEADER),)))
