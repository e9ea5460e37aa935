"""Whatever is thrown at the service: it says what is wrong, and never fails."""

import base64
import json
import re
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest
from flask import got_request_exception
from werkzeug.test import TestResponse

from tests import page_checks
from tests.conftest import Files
from tests.dom import read
from tests.live import Serve
from tests.page_forms import Form
from tests.postgres import Databases, Prepare
from tests.web import rights_house
from tests.web.crawl import Walk
from tests.web.rights_house import FAR, NEIGHBOUR, OWN, Browsers

LONG = "dài " * 12_500
HOSTILE: dict[str, str] = {
    "nothing": "",
    "blanks": " \t\u00a0\u3000",
    "a NUL": "a\x00b",
    "control characters": "".join(chr(code) for code in range(1, 32)) + "\x7f\x85",
    "a letter that is half": "%ED%A0%80",
    "less than nothing": "-1",
    "half a number": "1,",
    "a number in words": "NaN",
    "a number without end": "Infinity",
    "a number beyond 64 bits": "9" * 30,
    "a number of many digits": "9" * 5_000,
    "a number with an exponent": "1e99999",
    "digits of another script": "٣",
    "a fraction as one sign": "½",
    "a superscript": "²",
    "a day that no year has": "31/02/2026",
    "signs of the language of answers": "n/a x; | 1/2 / less 3; q1 1/1/1",
    "markup": "\"'><script>alert(1)</script>&amp;{{ 7*7 }}{% raw %}%(x)s",
    "a formula": "=cmd|'/C calc'!A0",
    "letters beside the plane": "\U0010ffff\ufeff\u202e\u200b\U0001f468\u200d\U0001f469",
    "a pile of marks": "e" + "\u0301" * 3_000,
    "quotes and backslashes": "\"\\" * 1_900,
    "four thousand letters": "ữ" * 4_000,
    "fifty thousand letters": LONG,
}
OF_THE_DATABASE = ("a NUL", "a number beyond 64 bits", "quotes and backslashes", "four thousand letters", "fifty thousand letters")
"""What databases mind, each in its own way."""

FORMS_OF = {
    "nobody": "/sign-in",
    "head": "/",
    "lead": "/",
    "leader": "/",
    "editor": "/account/password",
}
ONE_OF_EACH = re.compile(r"/[0-9]+|-[0-9]+")
FIRST_WORD = re.compile(r"[a-z]+")

Sent = tuple[str, str, dict[str, Any]]
"""Who, where, and the fields as they stood on the page."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, prepare: Prepare) -> Iterator[str]:
    if request.param == "sqlite":
        files: Files = request.getfixturevalue("sqlite_files")
        yield files.fresh(prepare, tmp_path_factory.mktemp("bad") / "evalsvc.db")
    else:
        databases: Databases = request.getfixturevalue("postgres_databases")
        with databases.one(prepare) as made:
            yield made


@pytest.fixture(scope="module")
def browsers(url: str) -> Iterator[Browsers]:
    """One unit fills in its sheet, the two others have handed theirs in."""
    house = rights_house.build(url)
    rights_house.fill(house, {"own": OWN, "neighbour": NEIGHBOUR, "far": FAR})
    rights_house.hand_in(house, {"neighbour": NEIGHBOUR, "far": FAR})
    made = Browsers(house)
    made.sign_in()
    made.find_tokens()
    yield made
    house.office.database.close()


@pytest.fixture(scope="module")
def forms(browsers: Browsers) -> dict[str, Sent]:
    """One of each form that anybody finds, by its address without numbers and its fields."""
    found: dict[str, Sent] = {}
    for person, start in FORMS_OF.items():
        for path, form in Walk(browsers, person).from_(start).forms():
            fields = filled(form)
            kind = f"{ONE_OF_EACH.sub('', path)} {sorted({ONE_OF_EACH.sub('', each) for each in fields})}"
            if "/sign-out" not in path:
                found.setdefault(kind, (person, path, fields))
    return found


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
    if answer.status_code < 400:
        return []
    if answer.mimetype == "application/json":
        return [] if answer.get_json() else [told]
    if answer.mimetype != "text/html":
        return [f"{told} {answer.mimetype}"]
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
    people = {person for person, *_ in forms.values()}

    assert people == {"nobody", "head", "lead", "editor"}
    assert len(forms) >= 20


@pytest.mark.parametrize("what", HOSTILE)
def test_no_field_of_a_form_makes_the_service_fail(
    browsers: Browsers, forms: dict[str, Sent], what: str, url: str
) -> None:
    if url.startswith("postgresql") and what not in OF_THE_DATABASE:
        pytest.skip("the database sees nothing of it")
    throws = {
        f"{path} {name}": lambda to=(person, path), given={**fields, name: HOSTILE[what]}: send(browsers, to, given)
        for person, path, fields in forms.values()
        for name in one_of_each(fields)
    }

    assert thrown(browsers, throws) == []


def one_of_each(fields: Mapping[str, Any]) -> list[str]:
    kinds = {ONE_OF_EACH.sub("", name): name for name in fields if name != "csrf"}
    return list(kinds.values())


def send(browsers: Browsers, to: tuple[str, str], fields: Mapping[str, Any]) -> TestResponse:
    """With the version that stands there now, so that a form is not only out of date."""
    person, path = to
    body = urlencode({**fields, "csrf": browsers.tokens[person]}).replace("%25ED", "%ED").replace("%25A0", "%A0").replace("%2580", "%80")
    return browsers.ask(person, "POST", path, data=body, content_type=URLENCODED)


URLENCODED = "application/x-www-form-urlencoded"
BODIES: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", URLENCODED),
    "nothing of no type": (b"", ""),
    "bytes that are no text": (b"answer=\xff\xfe&note=\x80", URLENCODED),
    "halves of letters": (b"answer=%FF%FE&note=%ED%A0%80", URLENCODED),
    "no fields": (b"&&&===&%&%zz", URLENCODED),
    "twenty thousand fields": (b"a=1&" * 20_000, URLENCODED),
    "the same field fifty times": (b"answer=yes&seen=1&note=x&done=1&due=2&" * 50, URLENCODED),
    "fields as lists": (b"answer[]=1&answer[a]=2&seen[]=3", URLENCODED),
    "parts without a boundary": (b"--x\r\n\r\n", "multipart/form-data"),
    "parts that never end": (b"--x\r\nContent-Disposition: form-data; name=answer\r\n\r\nab", "multipart/form-data; boundary=x"),
    "a file for an answer": (
        b'--x\r\nContent-Disposition: form-data; name="answer"; filename="a.pdf"\r\n\r\n%PDF\r\n--x--\r\n',
        "multipart/form-data; boundary=x",
    ),
    "parts with a strange charset": (
        b'--x\r\nContent-Disposition: form-data; name="answer"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n+AD\r\n--x--\r\n',
        "multipart/form-data; boundary=x",
    ),
    "JSON": (b'{"answer": [1, {"a": null}]}', "application/json"),
    "JSON that never ends": (b"[" * 50_000, "application/json"),
    "a type that is none": (b"answer=yes", "nonsense; ; =\x01"),
    "a body in UTF-16": ("answer=yes".encode("utf-16"), URLENCODED + "; charset=utf-16"),
}


@pytest.mark.parametrize("what", BODIES)
def test_no_body_makes_the_service_fail(
    browsers: Browsers, forms: dict[str, Sent], what: str
) -> None:
    """With the token in a header, so that the body is all there is to it."""
    body, kind = BODIES[what]
    throws = {
        f"{path} {accept}": lambda to=(person, path), accept=accept: browsers.ask(
            to[0],
            "POST",
            to[1],
            data=body,
            headers={"X-CSRF": browsers.tokens[to[0]], "Accept": accept, "Content-Type": kind},
        )
        for person, path, _ in forms.values()
        for accept in ("text/html", "application/json")
    }

    assert thrown(browsers, throws) == []


def test_what_was_typed_is_kept_where_it_is_refused(
    browsers: Browsers, forms: dict[str, Sent]
) -> None:
    typed = "chưa đọc được zq7"
    kept_elsewhere = ("csrf", "seen", "key", "password", "old", "new", "again", "next")
    refused = {
        (path, name): answer
        for person, path, fields in forms.values()
        for name in one_of_each(fields)
        if name not in kept_elsewhere and fields[name] not in ("on", "yes", "1")
        for answer in [send(browsers, (person, path), {**fields, name: typed})]
        if answer.status_code == 422
    }

    lost = [where for where, answer in refused.items() if typed not in answer.get_data(as_text=True)]
    assert refused
    assert lost == []


# Addresses

CODES = ["%00", "..%2f..%2fetc%2fpasswd", "%ff%fe", "%ED%A0%80", "A1%0d%0aX-A:b", "'%22%3Cb%3E", "a" * 5_000, "%F0%9F%98%80"]
NUMBERS = ["0", "9" * 30, "9" * 5_000, "-1", "1.5", "%00", "٣", "1%00"]


def addresses(browsers: Browsers) -> Iterator[tuple[str, str, str]]:
    """Each address with each of its places filled in wrong, with the method it takes."""
    for rule in browsers.house.app.url_map.iter_rules():
        method = "POST" if "POST" in (rule.methods or ()) else "GET"
        plain = re.sub(r"<int:[a-z]+>", "4", rule.rule).replace("<path:filename>", "x")
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
            person, method, path, data={"csrf": browsers.tokens[person]} if method == "POST" else None
        )
        for _, method, path in addresses(browsers)
    }

    assert thrown(browsers, throws) == []


ARGUMENTS = {
    "account": ("next",),
    "public": ("next",),
    "unit": ("line", "page"),
    "evaluate": ("round", "set", "block", "status", "q", "page", "row", "line", "unmarked", "number", "next"),
    "lead": ("block", "layer", "page", "q", "lines", "round"),
}
ASKED = [
    "",
    "0",
    "-1",
    "9" * 21,
    "9" * 5_000,
    "1.5",
    "NaN",
    "²",
    "khoi-1\x00",
    "%_\\",
    "'\"><b>",
    "ữ" * 2_000,
    "//elsewhere.example",
    "/\\elsewhere.example",
    "[]",
]
SEEN_BY = {"account": "head", "public": "head", "unit": "head", "evaluate": "lead", "lead": "leader"}


def questions(browsers: Browsers, desk: str) -> Iterator[tuple[str, str]]:
    for rule in browsers.house.app.url_map.iter_rules():
        if rule.endpoint.startswith(f"{desk}.") and "GET" in (rule.methods or ()):
            own = browsers.house.sheet(OWN if desk == "unit" else NEIGHBOUR)
            values: dict[str, Any] = {"id": own, "code": "A", "line": "A1"}
            if "/rounds/" in rule.rule:
                values["code"] = "NAM-2026"
                values["line"] = "C1" if "official" in rule.rule else "A1"
            if desk == "account":
                values["code"] = "en"
            wanted = {name: values[name] for name in rule.arguments if name in values and not rule.defaults}
            path = browsers.house.app.url_map.bind("localhost").build(rule.endpoint, wanted)
            for name in ARGUMENTS[desk]:
                for asked in ASKED:
                    yield path, f"{name}={quote(asked)}"
            yield path, "nobody=knows&" * 50
            yield path, "page=%FF%FE&q=%00&row=%ED%A0%80"


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
@pytest.mark.parametrize("desk", ARGUMENTS)
def test_no_question_makes_the_service_fail(browsers: Browsers, desk: str, accept: str) -> None:
    throws = {
        f"{path}?{query[:80]}": lambda path=path, query=query: browsers.ask(
            SEEN_BY[desk], "GET", f"{path}?{query}", headers={"Accept": accept}
        )
        for path, query in questions(browsers, desk)
    }

    assert thrown(browsers, throws) == []


# Headers

DEEP = base64.urlsafe_b64encode(b"[" * 5_000).decode()
HEADERS = [
    {"Cookie": f"evalsvc_notices={DEEP}"},
    {"Cookie": "evalsvc_notices=" + base64.urlsafe_b64encode(b"1").decode()},
    {"Cookie": "evalsvc_notices=" + base64.urlsafe_b64encode(b'[["ok"]]').decode()},
    {"Cookie": "evalsvc_notices=" + base64.urlsafe_b64encode(json.dumps([["<b>", "<b>"], [1, None]]).encode()).decode()},
    {"Cookie": "evalsvc_notices=%%%\xff"},
    {"Cookie": "evalsvc_session=\x00; evalsvc_browser=\xff" * 50},
    {"Cookie": "evalsvc_session=" + "x" * 8_000},
    {"Cookie": "evalsvc_browser=" + "\xc3\xa9" * 32 + "; evalsvc_language=xx"},
    {"Cookie": ";;;=;a;b=\"c"},
    {"Accept": "application/json" + ";q=x" * 1_000},
    {"User-Agent": "\xff\x01" + "u" * 9_000},
    {"X-Forwarded-For": "a, b, c" * 500, "X-Forwarded-Proto": "x", "Forwarded": "for=;"},
    {"X-CSRF": "\xff\xfe"},
    {"X-CSRF": "x" * 9_000},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "\xff"},
    {"Host": "a b"},
    {"Host": "[::"},
    {"Host": "x" * 300 + ":99999999"},
    {"Content-Length": "-5"},
    {"Content-Length": "five"},
    {"Content-Length": "٣"},
    {"Range": "bytes=9-1", "If-None-Match": "*", "If-Modified-Since": "yesterday"},
    {"X-HTTP-Method-Override": "DELETE", "Transfer-Encoding": "identity"},
]


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "OPTIONS", "DELETE", "PUT", "TRACE"])
def test_no_header_makes_the_service_fail(browsers: Browsers, method: str) -> None:
    paths = ["/", "/sign-in", "/unit/", "/review/", "/lead/", "/static/css/tokens.css", "/health", "/nowhere"]
    throws = {
        f"{path} {headers!r:.80}": lambda path=path, headers=headers: raw_ask(browsers, method, path, headers)
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


@pytest.mark.parametrize("length", ["2000000", "10000000000"])
def test_what_says_that_it_is_too_large_is_refused_before_it_is_read(
    serve: Serve, browsers: Browsers, length: str
) -> None:
    head = f"POST /sign-in HTTP/1.1\nHost: localhost\nContent-Type: {URLENCODED}\nContent-Length: {length}\nConnection: close"

    answer = told_as(serve, browsers, head)

    assert answer.startswith(b"HTTP/1.1 413 ")


def test_what_comes_in_pieces_is_cut_at_the_limit(serve: Serve, browsers: Browsers) -> None:
    most = browsers.house.app.config["MAX_CONTENT_LENGTH"]
    head = f"POST /sign-in HTTP/1.1\nHost: localhost\nContent-Type: {URLENCODED}\nTransfer-Encoding: chunked\nConnection: close"
    piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"

    answer = told_as(serve, browsers, head, piece * (2 + most // 0x10000) + b"0\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 413 ")


def test_a_form_that_is_too_large_is_told_so_on_a_page(browsers: Browsers) -> None:
    most = browsers.house.app.config["MAX_CONTENT_LENGTH"]

    answer = browsers.send("head", "/sign-out", {"note": "x" * most})

    assert answer.status_code == 413
    assert fault(answer, "too large") == []
