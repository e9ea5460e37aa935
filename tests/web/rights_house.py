"""The small house at every stage of its course, with a person for each right there is."""

import hashlib
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from evalsvc import request, visit
from evalsvc.domain.access import SERVICE, Actor, Grant, Role
from evalsvc.domain.dates import ZONE
from evalsvc.settings import Settings
from evalsvc.store import accounts, sessions, sheet_lines, units
from evalsvc.store.database import Database, metadata
from evalsvc.store.documents import evidence
from evalsvc.store.marks import flag
from evalsvc.usecases import decide, evaluate, explain, password_hashes, rounds
from evalsvc.usecases.found import Found
from evalsvc.usecases.password_hashes import FirstPassword
from evalsvc.usecases.sheets import Seen
from evalsvc.usecases.work import Office
from tests import page_checks
from tests.files import made
from tests.web import small_house
from tests.web.rights_tables import HOURS, PEOPLE
from tests.web.small_house import HEADS, PASSWORD, ROUND, House

OWN, NEIGHBOUR, FAR = "so-noi-vu", "so-y-te", "xa-binh-an"
UNITS = {"own": OWN, "neighbour": NEIGHBOUR, "far": FAR}
UNKNOWN = 987_654
SIGNED_IN = [name for name in PEOPLE if name != "nobody"]
Dump = dict[str, list[tuple[Any, ...]]]
CSRF = re.compile(rb'name="csrf" value="([^"]+)"')

_SECOND_ROLE = {"clerk-evaluator": Grant(Role.EVALUATOR)}
_OF_BLOCK = {"block-evaluator": Role.EVALUATOR, "block-leader": Role.LEADER}


def build(url: str) -> House:
    """The small house with its tables, and the people whom only this table knows."""
    database = Database(url)
    with database.writing() as store:
        metadata.create_all(store)
    database.close()
    house = small_house.build(url)
    for name in SIGNED_IN:
        if name not in house.people:
            house.people[name] = _account(house, name)
    return house


def _account(house: House, name: str) -> Actor:
    first: FirstPassword = password_hashes.known_password(PASSWORD)
    with house.office.writing(SERVICE) as doing:
        id_ = accounts.add(doing.store, name, name, first.hash, doing.now)
        accounts.put_password(doing.store, id_, first.hash, must_change=name == "newcomer")
        grants = _grants(name, units.ids(doing.store)[OWN])
        for grant in grants:
            accounts.add_grant(doing.store, id_, grant)
    return Actor(id_, name, grants)


def _grants(name: str, unit: int) -> tuple[Grant, ...]:
    if name in _OF_BLOCK:
        return (Grant(_OF_BLOCK[name], block="khoi-1"),)
    editor = Grant(Role.EDITOR, unit)
    return (editor, _SECOND_ROLE[name]) if name in _SECOND_ROLE else (editor,)


def fill(house: House, units: Mapping[str, str] = UNITS) -> None:
    """Every line of every unit is answered, official results are there, last year is handed in."""
    small_house.with_last_year(house)
    for unit in units.values():
        house.fill(unit)
        small_house.send_file(house, unit, "A1", "ke-hoach.pdf", made.pdf())
    for unit in (OWN, NEIGHBOUR):
        official = "63,5; 12/QĐ-UBND; 10/03/2026; 2025"
        id_, seen = house.sheet(unit), Seen(version(house, house.sheet(unit), "C1"))
        house.office.do(house.people["lead"], evaluate.enter_official, id_, "C1", official, seen)


def hand_in(house: House, units: Mapping[str, str] = UNITS) -> None:
    """Handed in, a flag raised, and every line marked: what is left is to finish."""
    lead, day = house.people["lead"], small_house.NOW.date()
    for unit in units.values():
        house.submit(unit)
        id_ = house.sheet(unit)
        house.office.do(lead, evaluate.raise_flag, id_, "ky-luat", f"{unit}/QĐ", day)
        for code in _codes(house, id_):
            seen = Seen(version(house, id_, code))
            if code == "C2":
                given = Found(by_hand="2,5")
                house.office.do(lead, evaluate.adjust, id_, code, given, "Chấp hành tốt", seen)
            elif code != "C1":
                house.office.do(lead, evaluate.accept, id_, code, seen)


def finish(house: House) -> None:
    for unit in UNITS.values():
        house.office.do(house.people["lead"], evaluate.finish, house.sheet(unit))


def release(house: House) -> None:
    """Every head has seen the result: to look at it again changes nothing."""
    for unit in UNITS.values():
        id_ = house.sheet(unit)
        house.office.do(house.people["lead"], explain.release, id_)
        house.office.do(house.people[HEADS[unit]], explain.opened, id_)


def close(house: House) -> None:
    """After the time for explanations, in which nobody said anything."""
    house.clock.at = datetime(2026, 12, 26, 9, 0, tzinfo=ZONE)
    for unit in UNITS.values():
        house.office.do(house.people["lead"], decide.conclude, house.sheet(unit))
    house.office.do(house.people["leader"], rounds.close, ROUND, "12/QĐ-UBND")


def _codes(house: House, id_: int) -> list[str]:
    with house.office.reading(SERVICE) as doing:
        return [line.code for line in sheet_lines.of_assessment(doing.store, id_)]


def version(house: House, id_: int, code: str) -> int:
    with house.office.reading(SERVICE) as doing:
        lines = {line.code: line.version for line in sheet_lines.of_assessment(doing.store, id_)}
    return lines.get(code, 0)


@dataclass
class Browsers:
    """A browser for each person, signed in, with the token that its forms carry."""

    house: House
    tokens: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.client = self.house.app.test_client(use_cookies=False)

    def sign_in(self) -> None:
        for name in SIGNED_IN:
            with self.house.office.writing(SERVICE) as doing:
                of = self.house.people[name].account or 0
                sessions.add(doing.store, _digest(name), of, "", doing.now)

    def find_tokens(self) -> None:
        self.tokens = {name: self._token(name) for name in PEOPLE}

    def _token(self, name: str) -> str:
        page = self.ask(name, "GET", "/sign-in" if name == "nobody" else "/account/password")
        found = CSRF.search(page.data)
        assert found, f"{name} finds no form: {page.status}"
        return found[1].decode()

    def ask(self, name: str, method: str, path: str, **sent: Any) -> TestResponse:
        """Of one person, whose cookies stay as they are; every answer keeps its reader safe."""
        headers = {"Cookie": cookies(name), **sent.pop("headers", {})}
        answer = self.client.open(path, method=method, headers=headers, buffered=True, **sent)
        faults = page_checks.faults_of_headers(answer.headers)
        assert not faults, f"{name} {method} {path} ({answer.status}): {faults}"
        return answer

    def send(self, name: str, path: str, form: Mapping[str, Any], **sent: Any) -> TestResponse:
        """A form with the right token."""
        return self.ask(name, "POST", path, data={"csrf": self.tokens[name], **form}, **sent)

    def dump(self) -> Dump:
        """All that is stored, table by table."""
        with self.house.office.database.reading() as store:
            return {
                name: sorted((tuple(row) for row in store.execute(table.select())), key=repr)
                for name, table in metadata.tables.items()
            }


@dataclass
class Stage:
    """The house at one hour of its course; there is one house, and `enter` puts it there."""

    browsers: Browsers
    file: Path
    kept: Path
    at: datetime
    sheets: dict[str, int] = field(default_factory=dict)
    versions: dict[tuple[int, str], int] = field(default_factory=dict)
    flags: dict[int, int] = field(default_factory=dict)
    documents: dict[int, tuple[int, int]] = field(default_factory=dict)
    before: Dump = field(default_factory=dict)

    @property
    def house(self) -> House:
        return self.browsers.house

    def enter(self) -> None:
        """Everything as it was at this hour: all deeds since then are undone."""
        self.house.office.database.close()
        shutil.copyfile(self.kept, self.file)
        self.house.clock.at = self.at

    def prepare(self) -> None:
        self.enter()
        self.browsers.sign_in()
        self._look_around()
        self.before = self.browsers.dump()
        self.house.office.database.close()
        shutil.copyfile(self.file, self.kept)

    def _look_around(self) -> None:
        sheets = {name: self.house.sheet(unit) for name, unit in UNITS.items()}
        self.sheets = {**sheets, "unknown": UNKNOWN}
        with self.house.office.reading(SERVICE) as doing:
            self.flags = {row.assessment_id: row.id for row in doing.store.execute(flag.select())}
            self.documents = {
                row.assessment_id: (row.document_id, row.id)
                for row in doing.store.execute(evidence.select())
            }
            self.versions = {
                (id_, line.code): line.version
                for id_ in sheets.values()
                for line in sheet_lines.of_assessment(doing.store, id_)
            }


def reopened(url: str, app: Flask | None = None) -> House:
    """The service on a copy of a database; an app that is there already moves into it."""
    clock, settings = (
        small_house.Clock(),
        Settings(database_url=url, organisation="Tỉnh", files=small_house.files_of(url)),
    )
    office = Office(Database(url), clock)
    app = app or small_house.app_on(office, settings)
    app.extensions[request.HOUSE] = visit.House(office, settings)
    return House(app, office, clock, {}, {})


def cookies(name: str) -> str:
    browser = f"evalsvc_browser={list(PEOPLE).index(name):064x}"
    return f"{browser}; evalsvc_session={name}" if name in SIGNED_IN else browser


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


DEEDS = {
    "open": fill,
    "submitted": hand_in,
    "reviewed": finish,
    "released": release,
    "closed": close,
}
"""What happens from one status to the next, in this order."""


@contextmanager
def stages(folder: Path, hours: Iterable[str] = HOURS) -> Iterator[dict[str, Stage]]:
    """One house in each of these hours of `rights_tables.HOURS`."""
    file = folder / "evalsvc.db"
    house = build(f"sqlite:///{file}")
    for status, deed in DEEDS.items():
        deed(house)
        house.office.database.close()
        shutil.copyfile(file, folder / f"{status}.db")
    browsers = Browsers(house)
    found = {hour: _stage(browsers, file, hour) for hour in hours}
    browsers.find_tokens()
    yield found
    house.office.database.close()


def _stage(browsers: Browsers, file: Path, hour: str) -> Stage:
    status, at = HOURS[hour]
    kept = shutil.copyfile(file.with_name(f"{status}.db"), file.with_name(f"at-{hour}.db"))
    stage = Stage(browsers, file, kept, datetime.fromisoformat(at).replace(tzinfo=ZONE))
    stage.prepare()
    return stage
