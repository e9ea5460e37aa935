"""A small house for tests of pages: three units, two rounds, an account for each role."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy.engine import Connection, Engine, make_url

from evalsvc import app as service
from evalsvc import request, visit
from evalsvc.catalog import sets
from evalsvc.catalog.round_openings import RoundOpening
from evalsvc.domain.access import SERVICE, Actor, Grant, Role
from evalsvc.domain.dates import ZONE
from evalsvc.domain.evidence import Described
from evalsvc.domain.rounds import Block
from evalsvc.domain.windows import Task, Window
from evalsvc.settings import Settings
from evalsvc.store import accounts, assessments, rounds, sessions, sheet_lines, units
from evalsvc.store.database import Database
from evalsvc.store.units import UnitRecord
from evalsvc.usecases import assess, depot, password_hashes, uploads
from evalsvc.usecases.assess import Typed
from evalsvc.usecases.evidence import Paper
from evalsvc.usecases.password_hashes import FirstPassword
from evalsvc.usecases.rounds import open_
from evalsvc.usecases.sheets import Seen
from evalsvc.usecases.uploads import Put
from evalsvc.usecases.work import Office, Work
from evalsvc.words.language import CODES
from tests import journalled
from tests.browsing import Visitor
from tests.conftest import Copy
from tests.postgres import Prepare
from tests.web.small_sets import SO, XA

PASSWORD = "chim hót trên cành"  # noqa: S105 - of nobody
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=ZONE)
LAST_YEAR = NOW.replace(year=2025)
ROUND, ROUND_BEFORE = "NAM-2026", "NAM-2025"
BLOCKS = (Block("khoi-1", "Khối sở, ngành"), Block("khoi-2", "Khối xã"))
UNITS = (
    UnitRecord("so-noi-vu", "Sở Nội vụ", "so", "khoi-1", place=1),
    UnitRecord("so-y-te", "Sở Y tế", "so", "khoi-1", place=2, tags=("chu-tri",)),
    UnitRecord("xa-binh-an", "Xã Bình An", "xa", "khoi-2", place=3),
)

WINDOWS = {
    Task.ASSESS: ((10, 1), (11, 30), 2),
    Task.REVIEW: ((11, 1), (12, 20), 0),
    Task.EXPLAIN: ((12, 21), (12, 24), 0),
    Task.DECIDE: ((12, 25), (12, 30), 0),
}
"""First day, last day and days of grace of each task."""

ROLES: dict[str, tuple[Role, str]] = {
    "editor": (Role.EDITOR, "so-noi-vu"),
    "second": (Role.EDITOR, "so-noi-vu"),
    "head": (Role.HEAD, "so-noi-vu"),
    "y-te-editor": (Role.EDITOR, "so-y-te"),
    "y-te-head": (Role.HEAD, "so-y-te"),
    "xa-editor": (Role.EDITOR, "xa-binh-an"),
    "xa-head": (Role.HEAD, "xa-binh-an"),
    "evaluator": (Role.EVALUATOR, ""),
    "lead": (Role.LEAD, ""),
    "leader": (Role.LEADER, ""),
    "admin": (Role.ADMIN, ""),
}
LABELS = {
    "editor": "Văn phòng Sở Nội vụ",
    "second": "Phòng Tổ chức Sở Nội vụ",
    "head": "Lãnh đạo Sở Nội vụ",
}
HEADS = {"so-noi-vu": "head", "so-y-te": "y-te-head", "xa-binh-an": "xa-head"}

ANSWERS = {
    "A1": "yes",
    "A2": "5/7",
    "A3": "mot-phan",
    "A4": "ke-hoach; so-ket",
    "B1": "3,5; Rút thời gian giải quyết 12 thủ tục.",
    "B2": "vu 1; don 0",
    "B3": "q1 10/3/2026; q2 not-sent",
    "T1": "2",
    "P1": "0",
}
"""An answer for every line that a unit of kind so answers; the commune has A1, A2 and P1."""


EXPLAINED = {"A1": "Hồ sơ giấy lưu tại văn thư."}
"""Lines that need evidence are explained, where a test is about something else."""


class Clock:
    """Stands still until a test moves it."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self, _connection: Connection) -> datetime:
        return self.at

    def later(self, **words: int) -> None:
        self.at += timedelta(**words)


class Compiled(BytecodeCache):
    """Templates are compiled once for all apps of a run."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = {code: Compiled() for code in CODES}


@dataclass(frozen=True)
class House:
    """The service with everything that stands in it; the names of `ROLES` sign in."""

    app: Flask
    office: Office
    clock: Clock
    people: dict[str, Actor]
    tokens: dict[str, str]

    @property
    def engine(self) -> Engine:
        return self.office.database.engine

    def actor(self, name: str) -> Actor:
        return self.people[name]

    def visitor_of(self, name: str) -> Visitor:
        """Signed in already; the session is as old as the clock says now."""
        visitor = Visitor(self.app)
        visitor.client.set_cookie("evalsvc_session", self.token(name))
        return visitor

    def token(self, name: str) -> str:
        token = hashlib.sha256(f"{name} {len(self.tokens)}".encode()).hexdigest()
        self.tokens[token] = name
        with self.office.writing(SERVICE) as doing:
            digest = hashlib.sha256(token.encode()).hexdigest()
            of = self.people[name].account or 0
            sessions.add(doing.store, digest, of, "Thử", doing.now)
        return token

    def sheet(self, unit: str = "so-noi-vu", round_code: str = ROUND) -> int:
        """The id of a sheet."""
        with self.office.reading(SERVICE) as doing:
            return _sheet_id(doing, unit, round_code)

    def answer(self, unit: str, code: str, text: str, note: str = "", by: str = "") -> None:
        """What a clerk of the unit states on a line of this year's sheet."""
        said = note or EXPLAINED.get(code, "")
        self.answer_on(self.sheet(unit), (code, text, said), self.people[by or HEADS[unit]])

    def answer_on(self, id_: int, answer: tuple[str, str, str], by: Actor) -> None:
        code, text, note = answer
        with self.office.reading(SERVICE) as doing:
            lines = {line.code: line for line in sheet_lines.of_assessment(doing.store, id_)}
        typed = Typed(text, {"answer": [text]}, note)
        self.office.do(by, assess.save_answer, id_, code, typed, Seen(lines[code].version))

    def fill(self, unit: str, but: Iterable[str] = ()) -> None:
        """All lines of the unit, but for those that are named."""
        id_ = self.sheet(unit)
        with self.office.reading(SERVICE) as doing:
            codes = [line.code for line in sheet_lines.of_assessment(doing.store, id_)]
        for code in codes:
            if code in ANSWERS and code not in but:
                self.answer(unit, code, ANSWERS[code])

    def submit(self, unit: str) -> None:
        """Hands in as it stands, with every gap accepted."""
        id_, head = self.sheet(unit), self.people[HEADS[unit]]
        with self.office.reading(SERVICE) as doing:
            lines = sheet_lines.of_assessment(doing.store, id_)
        gaps = [each.code for each in lines if each.claim is None and each.code in ANSWERS]
        self.office.do(head, assess.submit, id_, gaps)


Furnish = Callable[[House], House]
"""What is done in the small house before a test begins."""
After = Callable[[Furnish], House]
"""A small house of one's own, as it stands after this."""


def as_built(house: House) -> House:
    return house


@dataclass(frozen=True)
class Furnished:
    """Prepares a database, once for all tests that begin with the same: its tables, the small
    house, and the deeds that were done in it; files of evidence are not copied with it."""

    tables: Prepare
    furnish: Furnish = as_built
    so: str = SO

    def __call__(self, url: str) -> None:
        self.tables(url)
        house = self.furnish(build(url, self.so))
        _LEFT[self] = house.clock.at, dict(house.people), dict(house.tokens)
        house.office.database.close()

    def moved_into(self, url: str) -> House:
        """A house of one's own on a copy of that database, with the service of all tests."""
        at, people, tokens = _LEFT[self]
        clock = Clock(at)
        office = Office(Database(url), clock)
        journalled.watch(office.database.engine)
        app = _service()
        app.extensions[request.HOUSE] = visit.House(office, _settings(url))
        return House(app, office, clock, dict(people), dict(tokens))


@contextmanager
def copies(copy: Copy, tables: Prepare, so: str = SO) -> Iterator[After]:
    """Houses on copies of databases, closed at the end."""
    with ExitStack() as closing:

        def after(furnish: Furnish) -> House:
            prepared = Furnished(tables, furnish, so)
            house = prepared.moved_into(copy(prepared))
            closing.callback(house.office.database.close)
            return house

        yield after


_LEFT: dict[Furnished, tuple[datetime, dict[str, Actor], dict[str, str]]] = {}


@cache
def _service() -> Flask:
    """Made once; each house moves into it."""
    nowhere = f"sqlite:///{_scratch().name}/nowhere.db"
    return app_on(Office(Database(nowhere), Clock()), _settings(nowhere))


def app_on(office: Office, settings: Settings) -> Flask:
    app = service.create_app(settings, office)
    for code, templates in app.extensions[request.TEMPLATES].items():
        templates.bytecode_cache = COMPILED[code]
    return app


def _settings(url: str) -> Settings:
    name = "Ủy ban nhân dân tỉnh Bình An"
    return Settings(database_url=url, organisation=name, files=files_of(url))


def build(url: str, so: str = SO) -> House:
    """On a database that has its tables."""
    clock = Clock()
    office = Office(Database(url), clock)
    journalled.watch(office.database.engine)
    with office.writing(SERVICE) as doing:
        units.put_all(doing.store, UNITS)
        people = {name: _account(doing, name) for name in ROLES}
        open_(doing, _opening(ROUND_BEFORE, 2025, so))
        open_(doing, _opening(ROUND, 2026, so))
    return House(app_on(office, _settings(url)), office, clock, people, {})


def files_of(url: str) -> str:
    """A folder for files beside that of the database, where this is a file itself."""
    path = make_url(url).database if url.startswith("sqlite") else None
    if path is None:
        return str(Path(_scratch().name) / uuid4().hex)
    folder = Path(path).parent
    return str(folder.with_name(f"{folder.name}-files"))


@cache
def _scratch() -> "TemporaryDirectory[str]":
    """Gone when the tests are over."""
    return TemporaryDirectory(prefix="evalsvc-files-")


def send_file(house: House, unit: str, code: str, name: str, content: bytes, **said: str) -> None:
    """A file of the unit on a line, as a plain form would bring it."""
    office, actor, at = house.office, house.people[HEADS[unit]], (house.sheet(unit), code)
    lying = depot.of_settings(house.app.extensions["evalsvc"].settings)
    token = uploads.receive_whole(office, actor, lying, at, (name, BytesIO(content)))
    pages = said.pop("pages", "")
    put = Put(*at, Paper(Described(**said), pages), Seen(0))  # type: ignore[arg-type]
    uploads.finish(office, actor, lying, token, put)


def with_last_year(house: House) -> House:
    """The sheet of Sở Nội vụ of the year before, filled in and handed in."""
    house.clock.at = LAST_YEAR
    id_, head = house.sheet(round_code=ROUND_BEFORE), house.people["head"]
    texts = ANSWERS | {"A2": "7/7", "B3": "q1 10/3/2025; q2 10/6/2025"}
    for code, text in texts.items():
        house.answer_on(id_, (code, text, EXPLAINED.get(code, "")), head)
    house.office.do(head, assess.submit, id_, [])
    house.clock.at = NOW
    return house


def open_one(house: House, code: str, text: str) -> None:
    """One more round, of departments alone, by a set of its own, with everything open at once."""
    loaded = sets.load(code, text.encode())
    opens = datetime(2026, 10, 1, 7, 30, tzinfo=ZONE)
    window = Window(opens, datetime(2026, 12, 30, 17, 0, tzinfo=ZONE), timedelta())
    windows, texts = dict.fromkeys(Task, window), {loaded.sha256: text}
    opening = RoundOpening(code, "Kỳ thử", 2026, {"so": loaded}, texts, BLOCKS, windows)
    with house.office.writing(SERVICE) as doing:
        open_(doing, opening)


def _opening(code: str, year: int, so: str) -> RoundOpening:
    """A round with windows on the same days of every year."""
    loaded = {kind: sets.load(kind, text.encode()) for kind, text in (("so", so), ("xa", XA))}
    texts = {each.sha256: text for each, text in zip(loaded.values(), (so, XA), strict=True)}
    title = f"Đánh giá công tác dân vận năm {year}"
    windows = {task: _window(year, *days) for task, days in WINDOWS.items()}
    return RoundOpening(code, title, year, loaded, texts, BLOCKS, windows, overall=True)


def _window(year: int, first: tuple[int, int], last: tuple[int, int], grace: int) -> Window:
    opens = datetime(year, *first, 7, 30, tzinfo=ZONE)
    return Window(opens, datetime(year, *last, 17, 0, tzinfo=ZONE), timedelta(days=grace))


@cache
def _first() -> FirstPassword:
    return password_hashes.known_password(PASSWORD)


def _account(doing: Work, name: str) -> Actor:
    role, unit = ROLES[name]
    label = LABELS.get(name, name)
    id_ = accounts.add(doing.store, name, label, _first().hash, doing.now)
    accounts.put_password(doing.store, id_, _first().hash, must_change=False)
    grant = Grant(role, units.ids(doing.store)[unit] if unit else None)
    accounts.add_grant(doing.store, id_, grant)
    return Actor(id_, label, (grant,))


def _sheet_id(doing: Work, unit: str, round_code: str) -> int:
    found = rounds.of_code(doing.store, round_code)
    table = assessments.assessment
    wanted = table.select().where(
        table.c.round_id == (found.id if found else 0), table.c.unit_code == unit
    )
    return int(doing.store.execute(wanted).one().id)
