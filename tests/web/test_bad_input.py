"""Whatever is thrown at the service: it says what is wrong, and never fails."""

import re
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote, urlencode, urlsplit

import pytest
from flask import Flask, got_request_exception
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.test import TestResponse

from tests import page_checks
from tests.conftest import Files
from tests.dom import read
from tests.live import Serve
from tests.page_forms import Form
from tests.postgres import Databases
from tests.web import rights_house
from tests.web.crawl import Walk
from tests.web.hostile import (
    ASKED,
    BODIES,
    CODES,
    HEADERS,
    HOSTILE,
    METHODS,
    NUMBERS,
    OF_THE_DATABASE,
    URLENCODED,
)
from tests.web.rights_house import FAR, NEIGHBOUR, OWN, Browsers

FORMS_OF = {
    "nobody": "/sign-in",
    "head": "/",
    "lead": "/",
    "leader": "/",
}
ONE_OF_EACH = re.compile(r"/[0-9]+|-[0-9]+")
FIRST_WORD = re.compile(r"[a-z]+")

LOOKED_OVER: set[str] = set()
"""Pages of which one has been read whole, by status and address: reading takes longest."""

TYPED = frozenset({"", "text", "search"})

Sent = tuple[str, str, dict[str, Any], set[str]]
"""Who, where, the fields as they stood on the page, and in which of them people type."""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A copy for each test: what one test does is no help to the next."""
    if request.param == "sqlite":
        files: Files = request.getfixturevalue("sqlite_files")
        yield files.fresh(furnished, tmp_path / "evalsvc.db")
    else:
        databases: Databases = request.getfixturevalue("postgres_databases")
        with databases.one(furnished) as made:
            yield made


@pytest.fixture
def sqlite(request: pytest.FixtureRequest, sqlite_files: Files, tmp_path: Path) -> str:
    """Where the database has no say."""
    return sqlite_files.fresh(furnished, tmp_path / "evalsvc.db")


def furnished(url: str) -> None:
    """One unit fills in its sheet, the two others have handed theirs in."""
    house = rights_house.build(url)
    rights_house.fill(house)
    rights_house.hand_in(house, {"neighbour": NEIGHBOUR, "far": FAR})
    Browsers(house).sign_in()
    house.office.database.close()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Made once; each test moves it into a database of its own."""
    nowhere = tmp_path_factory.mktemp("nowhere") / "evalsvc.db"
    return rights_house.reopened(f"sqlite:///{nowhere}").app


@pytest.fixture
def browsers(request: pytest.FixtureRequest, app: Flask) -> Iterator[Browsers]:
    """On the database that the test names, else on SQLite."""
    named = "url" if "url" in request.fixturenames else "sqlite"
    house = rights_house.reopened(request.getfixturevalue(named), app)
    made = Browsers(house)
    made.find_tokens()
    yield made
    house.office.database.close()


@pytest.fixture(scope="module")
def known() -> dict[str, Sent]:
    """Forms that were found once; they are the same in every copy."""
    return {}


@pytest.fixture
def forms(browsers: Browsers, known: dict[str, Sent]) -> dict[str, Sent]:
    """One of each form that anybody finds, by its address without numbers and its fields."""
    if not known:
        known |= dict(all_forms(browsers))
    return known


def all_forms(browsers: Browsers) -> Iterator[tuple[str, Sent]]:
    for person, start in FORMS_OF.items():
        paths = opened_lines(browsers) if person == "lead" else []
        for path, form in Walk(browsers, person).from_(start, *paths).forms():
            fields = filled(form)
            names = sorted({ONE_OF_EACH.sub("", name) for name in fields})
            typed = {
                each["name"]
                for each in form.controls
                if each.tag != "select" and each["type"] in TYPED and "readonly" not in each
            }
            if "/sign-out" not in path:
                yield f"{ONE_OF_EACH.sub('', path)} {names}", (person, path, fields, typed)


def opened_lines(browsers: Browsers) -> list[str]:
    """Pages on which a line that is marked already is open once more, of each kind of scale."""
    sheet = f"/review/sheets/{browsers.house.sheet(NEIGHBOUR)}/groups"
    lines = ("A1", "A2", "A3", "A4", "B1", "B2", "B3", "T1")
    return [f"{sheet}/{line[0]}?line={line}" for line in lines]


def filled(form: Form) -> dict[str, Any]:
    """Every field, those too that a browser would not send as they stand."""
    return {each["name"]: str(each["value"]) for each in form.controls if each["name"]} | {
        name: str(value) for name, value in form.data().items()
    }


@contextmanager
def watched(browsers: Browsers) -> Iterator[list[BaseException]]:
    raised: list[BaseException] = []

    def note(_app: object, exception: BaseException) -> None:
        raised.append(exception)

    app = browsers.house.app
    with got_request_exception.connected_to(note, app):
        yield raised


def fault(answer: TestResponse, what: str) -> list[str]:
    """Nothing below 500 is a fault, but it has to be said in full."""
    told = f"{what}: {answer.status}"
    if answer.status_code >= 500:
        return [told]
    if answer.status_code < 400 or answer.request.method == "HEAD":
        return []
    if answer.mimetype == "application/json":
        return [] if answer.get_json() else [told]
    if answer.mimetype != "text/html":
        return [f"{told} {answer.mimetype}"]
    kind = f"{answer.status_code} {ONE_OF_EACH.sub('', answer.request.path)}"
    if kind in LOOKED_OVER:
        return []
    LOOKED_OVER.add(kind)
    found = page_checks.faults_of_page(read(answer.get_data(as_text=True)))
    return [f"{told}: {each}" for each in found]


def thrown(browsers: Browsers, throws: Mapping[str, Callable[[], TestResponse]]) -> list[str]:
    faults: list[str] = []
    with watched(browsers) as raised:
        for what, throw in throws.items():
            raised.clear()
            found = fault(throw(), what)
            faults += [f"{each} {raised[-1]!r:.300}" if raised else each for each in found]
    return faults


def test_the_forms_are_found(forms: dict[str, Sent]) -> None:
    people = {sent[0] for sent in forms.values()}

    assert people >= {"nobody", "head", "lead"}
    assert len(forms) >= 20


# Values that no database sees need not be tried on both.
@pytest.mark.parametrize(
    ("url", "what"),
    [*(("sqlite", what) for what in HOSTILE), *(("postgresql", what) for what in OF_THE_DATABASE)],
    indirect=["url"],
)
def test_no_field_of_a_form_makes_the_service_fail(
    browsers: Browsers, forms: dict[str, Sent], what: str, url: str
) -> None:
    throws = {
        f"{path} {name}": lambda to=(person, path), given={**fields, name: HOSTILE[what]}: send(
            browsers, to, given
        )
        for person, path, fields, name in fields_of(browsers, forms).values()
    }

    assert thrown(browsers, throws) == []


def fields_of(
    browsers: Browsers, forms: dict[str, Sent]
) -> dict[tuple[str, str], tuple[str, str, dict[str, Any], str]]:
    """Each field of each kind of form; which line of a sheet it is on makes no difference."""
    map_ = browsers.house.app.url_map.bind("localhost")
    return {
        (map_.match(path, "POST")[0], ONE_OF_EACH.sub("", name)): (person, path, fields, name)
        for person, path, fields, _ in forms.values()
        for name in one_of_each(fields)
    }


def one_of_each(fields: Mapping[str, Any]) -> list[str]:
    kinds = {ONE_OF_EACH.sub("", name): name for name in fields if name != "csrf"}
    return list(kinds.values())


def send(browsers: Browsers, to: tuple[str, str], fields: Mapping[str, Any]) -> TestResponse:
    """With the version that stands there now, so that a form is not only out of date."""
    person, path = to
    body = (
        urlencode({**fields, "csrf": browsers.tokens[person]})
        .replace("%25ED", "%ED")
        .replace("%25A0", "%A0")
        .replace("%2580", "%80")
    )
    return browsers.ask(person, "POST", path, data=body, content_type=URLENCODED)


@pytest.mark.parametrize("what", BODIES)
def test_no_body_makes_the_service_fail(
    browsers: Browsers, forms: dict[str, Sent], what: str
) -> None:
    """With the token in a header, so that the body is all there is to it."""
    body, kind = BODIES[what]
    throws = {
        f"{endpoint} {accept}": lambda to=to, accept=accept: browsers.ask(
            to[0],
            "POST",
            to[1],
            data=body,
            headers={
                "X-CSRF": browsers.tokens[to[0]],
                "Accept": accept,
                "Content-Type": kind,
            },
        )
        for (endpoint, _), to in fields_of(browsers, forms).items()
        for accept in ("text/html", "application/json")
    }

    assert thrown(browsers, throws) == []


def test_what_was_typed_is_kept_where_it_is_refused(
    browsers: Browsers, forms: dict[str, Sent]
) -> None:
    typed = "chưa đọc được zq7"
    answers = {
        (path, name): send(browsers, (person, path), {**fields, name: typed})
        for person, path, fields, names in forms.values()
        for name in names - {"username"}
    }
    refused = {where: each for where, each in answers.items() if each.status_code == 422}

    lost = [
        where for where, answer in refused.items() if typed not in answer.get_data(as_text=True)
    ]
    assert refused
    assert lost == []


# Addresses


def addresses(browsers: Browsers) -> Iterator[tuple[str, str, str]]:
    """Each address with each of its places filled in wrong, with the method it takes."""
    for rule in browsers.house.app.url_map.iter_rules():
        method = "POST" if "POST" in (rule.methods or ()) else "GET"
        plain = re.sub(r"<int[^>]*>", "4", rule.rule).replace("<path:filename>", "x")
        plain = re.sub(r"/rounds/<[a-z]+>", "/rounds/NAM-2026", plain)
        plain = re.sub(r"/groups/<[a-z]+>", "/groups/A", re.sub(r"<[a-z]+>", "A1", plain))
        for at, part in enumerate(rule.rule.split("/")):
            for wrong in (NUMBERS if part.startswith("<int") else CODES) if "<" in part else ():
                parts = plain.split("/")
                parts[at] = wrong
                yield rule.endpoint, method, "/".join(parts)


@pytest.mark.parametrize("person", ["head", "lead", "leader"])
def test_no_address_makes_the_service_fail(browsers: Browsers, person: str) -> None:
    throws = {
        f"{method} {path[:100]}": lambda method=method, path=path: browsers.ask(
            person,
            method,
            path,
            data={"csrf": browsers.tokens[person]} if method == "POST" else None,
        )
        for _, method, path in addresses(browsers)
    }

    assert thrown(browsers, throws) == []


SEEN_BY = {
    "account": "head",
    "public": "head",
    "unit": "head",
    "evaluate": "lead",
    "lead": "leader",
    "explanations": "lead",
    "assignments": "lead",
    "evidence": "lead",
}


class Overheard(ImmutableMultiDict[str, str]):
    """Remembers what a page looks for in its address."""

    names: ClassVar[set[str]] = set()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.names.add(str(name))
        return super().__contains__(name)


@pytest.fixture
def overheard(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.request_class, "parameter_storage_class", Overheard)


def arguments(browsers: Browsers, person: str, path: str) -> set[str]:
    """Those that an address reads, and those that it reads only where others are there."""
    found: set[str] = set()
    for _ in range(2):
        Overheard.names.clear()
        browsers.ask(person, "GET", f"{path}?{urlencode(dict.fromkeys(found, '1'))}")
        found |= Overheard.names
    return found


def questions(browsers: Browsers, desk: str) -> Iterator[tuple[str, str]]:
    for rule in browsers.house.app.url_map.iter_rules():
        if rule.endpoint.startswith(f"{desk}.") and "GET" in (rule.methods or ()):
            own = browsers.house.sheet(OWN if desk == "unit" else NEIGHBOUR)
            values: dict[str, Any] = {"id": own, "code": "A", "line": "A1", "token": "a" * 32}
            values |= {"name": "a.ics", "page": 1}
            if "/rounds/" in rule.rule:
                values["code"] = "NAM-2026"
                values["line"] = "C1" if "official" in rule.rule else "A1"
            if desk == "account":
                values["code"] = "en"
            wanted = {
                name: values[name]
                for name in rule.arguments
                if name in values and not rule.defaults
            }
            path = browsers.house.app.url_map.bind("localhost").build(rule.endpoint, wanted)
            for name in sorted(arguments(browsers, SEEN_BY[desk], path)):
                for asked in ASKED:
                    yield path, f"{name}={quote(asked)}"
            yield path, "nobody=knows&" * 50
            yield path, "page=%FF%FE&q=%00&row=%ED%A0%80"


@pytest.mark.usefixtures("overheard")
def test_the_questions_are_found(browsers: Browsers) -> None:
    found = {query.partition("=")[0] for desk in SEEN_BY for _, query in questions(browsers, desk)}

    assert found >= {"all", "block", "groups", "layer", "line", "lines", "page", "q", "stage"}


@pytest.mark.usefixtures("overheard")
@pytest.mark.parametrize(
    ("desk", "accept"),
    [*((desk, "text/html") for desk in SEEN_BY), ("evaluate", "application/json")],
)
def test_no_question_makes_the_service_fail(browsers: Browsers, desk: str, accept: str) -> None:
    throws = {
        f"{path}?{query[:80]}": lambda path=path, query=query: browsers.ask(
            SEEN_BY[desk], "GET", f"{path}?{query}", headers={"Accept": accept}
        )
        for path, query in questions(browsers, desk)
    }

    assert thrown(browsers, throws) == []


# Headers


@pytest.mark.parametrize("method", METHODS)
def test_no_header_makes_the_service_fail(browsers: Browsers, method: str) -> None:
    paths = [
        "/",
        "/sign-in",
        "/unit/",
        "/review/",
        "/lead/",
        "/static/css/tokens.css",
        "/health",
        "/nowhere",
    ]
    throws = {
        f"{path} {headers!r:.80}": lambda path=path, headers=headers: raw_ask(
            browsers, method, path, headers
        )
        for path in paths
        for headers in HEADERS
    }

    assert [each for each in thrown(browsers, throws) if method != "HEAD" or ": 5" in each] == []


def raw_ask(browsers: Browsers, method: str, path: str, headers: Mapping[str, str]) -> TestResponse:
    environ = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    if length := environ.pop("HTTP_CONTENT_LENGTH", ""):
        environ["CONTENT_LENGTH"] = length
    return browsers.client.open(path, method=method, environ_overrides=environ, buffered=True)


# Too much

POST = f"POST /sign-in HTTP/1.1\nHost: localhost\nConnection: close\nContent-Type: {URLENCODED}"


def told_as(serve: Serve, browsers: Browsers, head: str, body: bytes = b"") -> bytes:
    """What a real server answers to raw bytes on its line."""
    place = urlsplit(serve(browsers.house.app))
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=10) as line:
        line.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n")
        try:
            line.sendall(body)
            line.shutdown(socket.SHUT_WR)
        except OSError:
            """The server has answered and closed the line before all of it was sent."""
        return b"".join(iter(lambda: line.recv(65_536), b""))


@pytest.mark.parametrize(("length", "sent"), [(1_000_001, 1_000_001), (10_000_000_000, 0)])
def test_what_says_that_it_is_too_large_is_refused(
    serve: Serve, browsers: Browsers, length: int, sent: int
) -> None:
    """What is a little too large has come by then; of ten gigabytes nothing is waited for."""
    head = f"{POST}\nContent-Length: {length}"

    answer = told_as(serve, browsers, head, b"x" * sent)

    assert answer.startswith(b"HTTP/1.1 413 ")


def test_what_comes_in_pieces_is_cut_at_the_limit(serve: Serve, browsers: Browsers) -> None:
    most = browsers.house.app.config["MAX_CONTENT_LENGTH"]
    head = f"{POST}\nTransfer-Encoding: chunked"
    piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"

    answer = told_as(serve, browsers, head, piece * (2 + most // 0x10000) + b"0\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 413 ")


def test_a_form_that_is_too_large_is_told_so_on_a_page(browsers: Browsers) -> None:
    most = browsers.house.app.config["MAX_CONTENT_LENGTH"]

    answer = browsers.send("head", "/sign-out", {"note": "x" * most})

    assert answer.status_code == 413
    assert fault(answer, "too large") == []
