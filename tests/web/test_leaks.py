"""Nothing that another unit does can be noticed by who may not see it: not a name, not a count.

The same house stands twice; in one of them other units have handed in, were marked and flagged, and
have other names. Everything that a person finds by following links must be the same in both: pages,
counts, searches, charts and files.
"""

import io
import re
import shutil
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from evalsvc.domain.access import SERVICE
from evalsvc.domain.names import search_key, sort_key
from evalsvc.store.assessments import assessment
from tests.web import rights_house
from tests.web.crawl import Walk
from tests.web.rights_house import FAR, NEIGHBOUR, OWN, UNITS, Browsers
from tests.web.small_house import House

ODD = re.compile(rb"[0-9a-f]{16,64}")
OTHER_NAMES = {FAR: "Phường Khác Hẳn", NEIGHBOUR: "Ban Khác Hẳn"}
NAMES = {FAR: "Xã Bình An", NEIGHBOUR: "Sở Y tế", OWN: "Sở Nội vụ"}

MAY_NOT_SEE = {
    "editor": (NEIGHBOUR, FAR),
    "head": (NEIGHBOUR, FAR),
    "block-evaluator": (FAR,),
    "block-leader": (FAR,),
}
ALSO = {
    "editor": ("/unit/", "/unit/?q=binh"),
    "head": ("/unit/", "/unit/?q=binh"),
    "block-evaluator": (
        "/review/?q=binh",
        "/review/?q=khac",
        "/review/?block=khoi-2",
        "/review/?status=submitted",
        "/review/?page=2",
        "/review/rounds/NAM-2026/criteria?block=khoi-2",
        "/review/rounds/NAM-2026/criteria/A1?block=khoi-2",
        "/review/rounds/NAM-2026/criteria/A1?unmarked=1",
        "/review/rounds/NAM-2026/official/C1?block=khoi-2",
    ),
    "block-leader": (
        "/lead/?block=khoi-2",
        "/lead/ranking?q=binh",
        "/lead/ranking?q=khac",
        "/lead/ranking?block=khoi-2",
        "/lead/ranking?block=",
        "/lead/rounds/NAM-2026/ranking?layer=claimed",
        "/lead/rounds/NAM-2026/ranking?layer=reviewed",
        "/lead/rounds/NAM-2026/apart",
        "/lead/rounds/NAM-2026/apart?block=khoi-2",
        "/lead/rounds/NAM-2026/ranking.csv?lines=1",
        "/lead/rounds/NAM-2026/ranking.csv?block=khoi-2",
        "/lead/rounds/NAM-2026/ranking.xlsx?lines=1",
        "/lead/rounds/NAM-2026/ranking.xlsx?block=",
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`quiet.db`: only the own unit has handed in; `busy-…`: the named units have done so too."""
    made = tmp_path_factory.mktemp("leaks")
    house = rights_house.build(f"sqlite:///{made / 'quiet.db'}")
    rights_house.fill(house)
    rights_house.hand_in(house, {"own": OWN})
    Browsers(house).sign_in()
    house.office.database.close()
    for who in set(MAY_NOT_SEE.values()):
        file = shutil.copyfile(made / "quiet.db", made / f"{name_of(who)}.db")
        busy(replace(rights_house.reopened(f"sqlite:///{file}"), people=house.people), who)
    return made


def name_of(units: Iterable[str]) -> str:
    return f"busy-{'-'.join(units)}"


def busy(house: House, units: Iterable[str]) -> None:
    rights_house.hand_in(house, {unit: unit for unit in units})
    with house.office.writing(SERVICE) as doing:
        for unit in units:
            name = OTHER_NAMES[unit]
            changed = sa.update(assessment).where(assessment.c.unit_code == unit)
            keys = {"sort_key": sort_key(name), "search_key": search_key(name)}
            doing.store.execute(changed.values(unit_name=name, **keys))
    house.office.database.close()


@pytest.fixture(scope="module")
def walked() -> dict[str, tuple[Walk, Walk]]:
    """Each person walks once."""
    return {}


@pytest.fixture
def walks(folder: Path, walked: dict[str, tuple[Walk, Walk]], person: str) -> tuple[Walk, Walk]:
    if person not in walked:
        busy = f"{name_of(MAY_NOT_SEE[person])}.db"
        walked[person] = through(folder / "quiet.db", person), through(folder / busy, person)
    return walked[person]


def through(file: Path, person: str) -> Walk:
    house = rights_house.reopened(f"sqlite:///{file}")
    walk = Walk(Browsers(house), person).from_("/", *ALSO[person])
    house.office.database.close()
    return walk


def told(answer: TestResponse) -> tuple[int, dict[str, bytes]]:
    """All that can be read in an answer, but for tokens; of a workbook each of its parts."""
    if "spreadsheet" in str(answer.mimetype):
        with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
            return answer.status_code, {name: book.read(name) for name in book.namelist()}
    return answer.status_code, {"": ODD.sub(b"", answer.data)}


@pytest.mark.parametrize("person", MAY_NOT_SEE)
def test_what_others_do_is_not_to_be_noticed(walks: tuple[Walk, Walk], person: str) -> None:
    quiet, loud = ({path: told(answer) for path, answer in walk.seen.items()} for walk in walks)

    assert set(loud) == set(quiet)
    assert [path for path in quiet if loud[path] != quiet[path]] == []


@pytest.mark.parametrize("person", MAY_NOT_SEE)
def test_others_are_not_named(walks: tuple[Walk, Walk], person: str) -> None:
    names = [names[unit].encode() for unit in MAY_NOT_SEE[person] for names in (NAMES, OTHER_NAMES)]

    found = [
        (path, name.decode())
        for walk in walks
        for path, answer in walk.seen.items()
        for part in told(answer)[1].values()
        for name in names
        if name in part
    ]

    assert found == []


def test_who_sees_everything_notices_it(folder: Path) -> None:
    """Otherwise the tests above would prove nothing."""
    files = folder / "quiet.db", folder / f"{name_of((FAR,))}.db"
    houses = [rights_house.reopened(f"sqlite:///{file}") for file in files]

    pages = [Browsers(each).ask("leader", "GET", "/lead/") for each in houses]

    assert told(pages[0]) != told(pages[1])
    for each in houses:
        each.office.database.close()


@pytest.mark.parametrize("person", MAY_NOT_SEE)
def test_the_walk_finds_what_is_for_this_person(walks: tuple[Walk, Walk], person: str) -> None:
    text = b"".join(part for answer in walks[0].seen.values() for part in told(answer)[1].values())

    assert NAMES[OWN].encode() in text
    assert len(walks[0].seen) >= len(ALSO[person]) + 5
    assert set(UNITS.values()) > set(MAY_NOT_SEE[person])
