"""The test bed itself: databases, servers and browsers that are real, visitors who look closely."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.request import urlopen

import pytest
from flask import Flask, Response, redirect, request, send_file
from playwright.sync_api import Browser
from sqlalchemy import Engine, create_engine, make_url, text
from werkzeug.wrappers import Response as BaseResponse

from tests import postgres
from tests.browser import OpenPage, axe, offline, windows
from tests.browsing import Visitor
from tests.conftest import Files
from tests.live import Serve, served
from tests.page_forms import Given, Label
from tests.postgres import Prepare

POLICY = "default-src 'none'; script-src 'self'; img-src 'self'; frame-ancestors 'none'"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
CSRF = '<input type="hidden" name="csrf" value="token">'
PREPARED: list[str] = []

Answers = dict[Label, Given]


def page(body: str, title: str = "Trang", lang: str = "vi") -> str:
    icon = '<link rel="icon" href="/icon.png">'
    head = f'<head><meta charset="utf-8"><title>{title} - Thử</title>{icon}</head>'
    return f'<!doctype html><html lang="{lang}">{head}<body><main>{body}</main></body></html>'


def site(**bodies: str) -> Flask:
    """A stand-in: each page at its name, whatever is posted is read back at /echo."""
    app = Flask("stand-in", static_folder=None)
    for name, body in bodies.items():
        view = "" if name == "home" else name
        app.add_url_rule(f"/{view}", name, lambda body=body: whole(body))
    app.add_url_rule("/echo", "echo", echo, methods=["GET", "POST"])
    app.after_request(with_headers)
    return app


def whole(body: str) -> str:
    return body if body.startswith("<!doctype") else page(f"<h1>Trang</h1>{body}")


def echo() -> str:
    sent = [*request.args.items(multi=True), *request.form.items(multi=True)]
    sent += [(str(each.filename), each.read().decode()) for each in request.files.values()]
    rows = "".join(f"<tr><td>{name}</td><td>{value!r}</td></tr>" for name, value in sent if name)
    return page(f"<h1>Trang</h1><table>{rows}</table>")


def with_headers(response: Response) -> Response:
    response.headers.update(HEADERS)
    return response


# Databases


def with_notes(url: str) -> None:
    PREPARED.append(make_url(url).drivername)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE note (words VARCHAR(20) NOT NULL)"))
    engine.dispose()


@pytest.fixture
def prepare() -> Prepare:
    return with_notes


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


def notes(engine: Engine) -> list[str]:
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO note VALUES ('một')"))
        return list(connection.execute(text("SELECT words FROM note")).scalars())


@pytest.mark.parametrize("time", ["first", "second"])
def test_every_test_has_a_database_of_its_own_with_the_tables_made(
    engine: Engine, time: str
) -> None:
    assert notes(engine) == ["một"], time


def test_the_tables_are_made_once_for_each_kind_of_database(engine: Engine) -> None:
    engine.connect().close()

    assert PREPARED.count(engine.url.drivername) == 1


def test_an_address_goes_through_configparser(postgres_url: str) -> None:
    assert "%" not in postgres_url


def test_a_template_that_is_still_in_use_is_not_copied(tmp_path: Path) -> None:
    opened = []

    def forgetful(url: str) -> None:
        connection = sqlite3.connect(make_url(url).database or "")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE note (words TEXT)")
        opened.append(connection)

    with pytest.raises(AssertionError, match=r"still open.*template\.db-wal"):
        Files(tmp_path).fresh(forgetful, tmp_path / "copy.db")

    opened[0].close()


def test_a_given_server_is_used_and_left_as_it_was(
    monkeypatch: pytest.MonkeyPatch, postgres_url: str
) -> None:
    monkeypatch.setenv(postgres.GIVEN, postgres_url)
    before = names_of_databases(postgres_url)

    with postgres.databases() as databases:
        one = databases.fresh(with_notes)
        during = names_of_databases(postgres_url)

    assert make_url(one).database in during
    assert names_of_databases(postgres_url) == before


def names_of_databases(url: str) -> set[str]:
    with postgres.plain(url) as connection:
        return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}


@pytest.mark.skipif(postgres.binaries() is None, reason=postgres.ABSENT)
def test_a_killed_server_comes_back_with_all_it_acknowledged_and_leaves_nothing_behind() -> None:
    with postgres.server(durable=True) as server:
        with closing(postgres.plain(server.url())) as connection:
            connection.execute("CREATE TABLE note (words TEXT)")
            connection.execute("INSERT INTO note VALUES ('một')")
            server.crash()
        server.start()
        with postgres.plain(server.url()) as connection:
            kept = connection.execute("SELECT words FROM note").fetchall()
            durable = connection.execute("SHOW fsync").fetchone()

    assert kept == [("một",)]
    assert durable == ("on",)
    assert not server.folder.exists()


# Visitors

FORM = f"""
<form action="/echo" method="post" enctype="multipart/form-data" aria-label="Khai báo">{CSRF}
  <label for="name">Họ tên</label><input id="name" name="name" value="A">
  <label for="why">Lý do</label><textarea id="why" name="why">
</textarea>
  <label for="kind">Khối</label>
  <select id="kind" name="kind"><option value="">-</option><option value="x">Xã</option></select>
  <label><input type="checkbox" name="sure" value="yes"> Tôi chắc</label>
  <label for="off">Khoá</label><input id="off" name="off" value="1" disabled>
  <fieldset><legend>Mức</legend>
    <label><input type="radio" name="level" value="1" checked> Tốt</label>
    <label><input type="radio" name="level" value="2"> Khá</label></fieldset>
  <fieldset><legend>B1 Nước</legend>
    <label for="b1">Điểm</label><input id="b1" name="b1"></fieldset>
  <fieldset><legend>B10 Điện</legend>
    <label for="b10">Điểm</label><input id="b10" name="b10"></fieldset>
  <label for="file">Tệp</label><input type="file" id="file" name="file">
  <button name="do" value="save">Lưu</button><button name="do" value="send">Gửi</button>
</form>"""


def sent(page_text: list[list[str]]) -> dict[str, str]:
    return {name: value.strip("'") for name, value in page_text}


def test_a_form_is_filled_in_by_labels_and_sent_with_all_that_is_hidden() -> None:
    visitor = Visitor(site(home=FORM))
    visitor.get("home")

    answers: Answers = {
        "Họ tên": "Bê",
        "Lý do": "một\nhai",
        "Khối": "Xã",
        "Tôi chắc": True,
        "Mức": "Khá",
        ("B1", "Điểm"): "4,5",
        "Tệp": ("a.pdf", b"%PDF"),
    }
    answered = visitor.submit("Khai báo", answers, button="Gửi")

    assert sent(answered.table()) == {
        "csrf": "token",
        "name": "Bê",
        "why": r"một\r\nhai",
        "kind": "x",
        "sure": "yes",
        "level": "2",
        "b1": "4,5",
        "b10": "",
        "do": "send",
        "a.pdf": "%PDF",
    }


def test_an_untouched_form_sends_what_stood_in_it_by_its_first_button() -> None:
    visitor = Visitor(site(home=FORM))
    visitor.get("/")

    answered = visitor.submit()

    assert sent(answered.table()) == {
        **dict.fromkeys(["why", "kind", "b1", "b10"], ""),
        "csrf": "token",
        "name": "A",
        "level": "1",
        "do": "save",
    }


def test_forged_values_go_where_no_field_is() -> None:
    visitor = Visitor(site(home=FORM))
    visitor.get("/")

    answered = visitor.submit(forged={"csrf": "other", "admin": "1"})

    assert sent(answered.table()).items() >= {"csrf": "other", "admin": "1"}.items()


@pytest.mark.parametrize(
    ("answers", "complaint"),
    [
        ({"Điểm": "1"}, "2 fields “Điểm”"),
        ({"Tuổi": "1"}, "0 fields “Tuổi”"),
        ({"Khoá": "2"}, "0 fields “Khoá”"),
        ({"Mức": "Kém"}, "no choice"),
        ({"Khối": "Phường"}, "no option"),
        ({"Tôi chắc": "yes"}, "does not take"),
    ],
)
def test_what_a_person_could_not_fill_in_is_refused(answers: Answers, complaint: str) -> None:
    visitor = Visitor(site(home=FORM))
    form = visitor.get("/").form()

    with pytest.raises(AssertionError, match=complaint):
        form.fill(answers)


def test_a_form_that_searches_puts_its_fields_into_the_address() -> None:
    search = '<form action="/echo?old=1" method="get"><input name="q" aria-label="Tìm"></form>'
    visitor = Visitor(site(home=search))
    visitor.get("/")

    answered = visitor.submit(answers={"Tìm": "xã"})

    assert sent(answered.table()) == {"q": "xã"}


def test_the_same_form_in_two_menus_counts_as_one() -> None:
    leave = f'<form action="/echo" method="post">{CSRF}<button>Đăng xuất</button></form>'
    visitor = Visitor(site(home=leave + leave))
    visitor.get("/")

    assert sent(visitor.submit("Đăng xuất").table()) == {"csrf": "token"}


def test_a_link_is_followed_through_redirects_and_cookies_are_kept() -> None:
    app = site(home='<a href="away">Đi</a>', here='<p id="spot">đây</p>')

    def away() -> BaseResponse:
        response = redirect("/here#spot", 302)
        response.set_cookie("seen", "1", httponly=True, samesite="Lax")
        return response

    app.add_url_rule("/away", "away", away)
    visitor = Visitor(app)
    visitor.get("home")

    found = visitor.click("Đi")

    assert (found.address, found.moves) == ("/here#spot", ("/away",))
    assert (found.heading, found.text) == ("Trang", "Trang đây")
    assert visitor.client.get_cookie("seen") is not None


BAD_PAGES = [
    (page("<h1>Khác</h1>"), "does not begin with the h1"),
    (page("<p>a</p>"), "not one title and one h1"),
    (page("<h1>Trang</h1><h1>Trang</h1>"), "not one title and one h1"),
    (page("<h1>Trang</h1>", lang=""), "no lang"),
    (page("<h1>Trang</h1>").replace("<!doctype html>", "<!doctype html5>"), "no <!doctype html>"),
    ('<p id="a">a</p><p id="a">b</p>', "id “a” stands 2 times"),
    ('<input name="x">', "has no label"),
    ('<input name="x" placeholder="Tên">', "has no label"),
    ('<input aria-labelledby="lost">', "no element has the id “lost”"),
    ('<label for="lost">Tên</label>', "is for nothing"),
    ('<label for="a">Tên</label><p id="a">a</p>', "is for nothing"),
    ('<input aria-label="Tên" aria-describedby="lost">', "no element has the id “lost”"),
    ('<a href="#lost">Sang</a>', "leads nowhere"),
    ('<form action="/echo" method="post"><button>Gửi</button></form>', "no csrf field"),
    ('<form action="/echo"><button>Gửi</button></form>', "does not say its method"),
    (f'<form action="/echo" method="get">{CSRF}</form>', "csrf field into the address"),
    ('<a href="/"></a>', "has no text"),
    ("<button></button>", "has no text"),
    ('<img src="/a.png">', "has no alt"),
    ("<p>Còn {count} dòng</p>", "left unfilled"),
    ('<p style="color: red">a</p>', "code or style in the page"),
    ('<p onclick="go()">a</p>', "code or style in the page"),
    ("<script>go()</script>", "stands in the page"),
    ("<style>p {}</style>", "stands in the page"),
    ('<a href="javascript:go()">a</a>', "code in its address"),
    ('<script src="https://cdn.example/a.js"></script>', "comes from elsewhere"),
    ('<script src="//cdn.example/a.js"></script>', "comes from elsewhere"),
    (page("<h1>Trang</h1>").removesuffix("</html>"), "never closed"),
    ("<p>a</div></p>", "stands where </p> is due"),
    ("<div/>", "not closed by its slash"),
    ('<p id="a" id="b">a</p>', "attribute twice"),
    ('<a href="/">a <a href="/">b</a></a>', "stands inside"),
]


@pytest.mark.parametrize(("body", "fault"), BAD_PAGES, ids=[fault for _, fault in BAD_PAGES])
def test_a_bad_page_is_not_let_pass(body: str, fault: str) -> None:
    visitor = Visitor(site(home=body))

    with pytest.raises(AssertionError, match=fault):
        visitor.get("/")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Content-Security-Policy", "default-src 'self'"),
        ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
        ("Content-Security-Policy", "default-src 'none'"),
        ("X-Content-Type-Options", ""),
        ("Referrer-Policy", "unsafe-url"),
        ("Content-Type", "text/html"),
        ("Set-Cookie", "session=1; Path=/"),
    ],
)
def test_a_careless_header_is_not_let_pass(name: str, value: str) -> None:
    app = site()
    app.add_url_rule("/", "home", lambda: (whole(""), {"X-Test": "1"}))

    def careless(response: Response) -> Response:
        response.headers[name] = value
        return response

    # Runs after with_headers, being asked first.
    app.after_request_funcs[None].insert(0, careless)

    with pytest.raises(AssertionError, match=r"header|cookie|content type"):
        Visitor(app).get("/")


def test_a_post_leads_on_with_303_only() -> None:
    app = site(home=FORM)
    app.view_functions["echo"] = lambda: redirect("/", 302)
    visitor = Visitor(app)
    visitor.get("/")

    with pytest.raises(AssertionError, match="302 instead of 303"):
        visitor.submit()


def test_a_failure_of_the_service_shows_its_cause() -> None:
    app = site()
    app.add_url_rule("/", "home", lambda: str(1 // 0))

    with pytest.raises(AssertionError, match="failed") as caught:
        Visitor(app).get("/")

    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_an_unexpected_status_shows_what_was_read_instead() -> None:
    app = site()
    app.register_error_handler(404, lambda _: (whole("<p>Không có</p>"), 404))

    with pytest.raises(AssertionError, match=r"404, not 200\nTrang Không có"):
        Visitor(app).get("/lost")


# Real servers and browsers

LIVE = '<p id="spot">đợi</p><script src="/code.js"></script>'


def live_site(code: str = "", body: str = LIVE) -> Flask:
    app = site(home=body)
    app.add_url_rule("/code.js", "code", lambda: (code, {"Content-Type": "text/javascript"}))
    app.add_url_rule("/icon.png", "icon", lambda: ("", {"Content-Type": "image/png"}))
    return app


def test_a_live_server_answers_side_by_side_and_leaves_no_thread() -> None:
    meeting = threading.Barrier(2, timeout=10)
    app = site()
    app.add_url_rule("/", "home", lambda: str(meeting.wait() >= 0))
    before = threading.active_count()

    with served(app) as base:
        other = threading.Thread(target=lambda: urlopen(base).close())  # noqa: S310
        other.start()
        with urlopen(base) as answer:  # noqa: S310
            body = answer.read()
        other.join()

    assert body == b"True"
    assert threading.active_count() == before


def test_a_server_that_ends_closes_the_file_it_was_still_sending(tmp_path: Path) -> None:
    large = tmp_path / "large"
    large.write_bytes(bytes(20_000_000))
    app, file = site(), large.open("rb")
    app.add_url_rule("/large", "large", lambda: send_file(file, "application/pdf"))

    with served(app) as base, closing(HTTPConnection(base.removeprefix("http://"))) as reader:
        reader.request("GET", "/large")
        with reader.getresponse() as answer:
            answer.read(1)

    assert file.closed


def test_own_scripts_run_under_the_policy_and_a_sound_page_scans_clean(
    serve: Serve, open_page: OpenPage
) -> None:
    opened = open_page(serve(live_site("document.querySelector('#spot').textContent = 'xong'")))

    opened.goto("/")

    assert opened.inner_text("#spot") == "xong"
    assert axe(opened) == []


def test_a_page_works_without_javascript(serve: Serve, open_page: OpenPage) -> None:
    code = "document.querySelector('#spot').textContent = 'xong'"
    opened = open_page(serve(live_site(code)), javascript=False)

    opened.goto("/")

    assert opened.inner_text("#spot") == "đợi"
    with pytest.raises(AssertionError, match="needs JavaScript"):
        axe(opened)


def test_the_scan_tells_what_stands_in_the_way(serve: Serve, open_page: OpenPage) -> None:
    opened = open_page(serve(live_site(body=LIVE + '<input name="x">')))

    opened.goto("/")

    (violation,) = axe(opened)
    assert violation.startswith("label (critical): ")
    assert '<input name="x">' in violation


def test_a_cut_line_is_felt_by_the_page_and_held_against_nobody(
    serve: Serve, open_page: OpenPage
) -> None:
    opened = open_page(serve(live_site()))
    opened.goto("/")

    with offline(opened):
        cut = opened.evaluate("() => navigator.onLine")

    assert cut is False
    assert opened.evaluate("() => navigator.onLine") is True


@pytest.mark.parametrize(
    ("code", "body", "complaint"),
    [
        ("throw new Error('bang')", LIVE, "uncaught: bang"),
        ("console.error('bang')", LIVE, "console: bang"),
        ("", LIVE + '<p style="color: red">a</p>', "Content Security Policy"),
        ("", LIVE + '<img src="/lost.png" alt="a">', "404"),
        ("", LIVE + '<img src="http://localhost:9/a.png" alt="a">', "leaves the site"),
    ],
)
def test_what_goes_wrong_in_the_browser_fails_the_test(
    code: str, body: str, complaint: str, browser: Browser
) -> None:
    with (
        served(live_site(code, body)) as base,
        pytest.raises(AssertionError, match=complaint),
        windows(browser) as start,
    ):
        start(base).goto("/")


def test_an_excused_complaint_is_let_pass(serve: Serve, open_page: OpenPage) -> None:
    opened = open_page(serve(live_site("console.error('bang')")), allow=("bang",))

    assert opened.goto("/")
