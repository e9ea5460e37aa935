"""A visitor who clicks and fills in forms like a person, and looks every page over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Flask, got_request_exception
from werkzeug.datastructures import Headers, MultiDict
from werkzeug.test import TestResponse

from tests import page_checks
from tests.dom import Document, Element, read, squeezed
from tests.page_checks import name_of
from tests.page_forms import Form, Given, Label

SITE = "http://localhost"
MOVED = {301, 302, 303, 307, 308}
MOST_MOVES = 5
SENDING = {"Origin": SITE, "Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Page:
    """What was answered; `moves` are the addresses passed on the way."""

    address: str
    status: int
    headers: Headers
    body: bytes
    moves: tuple[str, ...] = ()
    _read: list[Document] = field(default_factory=list)

    @property
    def is_html(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")

    @property
    def document(self) -> Document:
        assert self.is_html, f"{self.address} is {self.headers.get('Content-Type')}"
        if not self._read:
            self._read.append(read(self.body.decode()))
        return self._read[0]

    @property
    def root(self) -> Element:
        return self.document.root

    @property
    def heading(self) -> str:
        return self.document.all("h1")[0].text

    @property
    def text(self) -> str:
        """All that is read on it, white space squeezed."""
        return self.root.text

    @property
    def forms(self) -> list[Form]:
        return [Form(each, self.document) for each in self.document.all("form")]

    def form(self, name: str = "") -> Form:
        """By its address, a heading in or above it or a button; without a name, main's only one.

        The same form twice (a menu for wide and one for narrow windows) counts as one.
        """
        forms = [each for each in self.forms if name or each.element.above("main")]
        found = [each for each in forms if not name or name in each.names]
        names = [each.names for each in forms]
        alike = {(each.element["action"], *each.names, *each.labels) for each in found}
        assert len(alike) == 1, f"{len(alike)} forms “{name}” on {self.address}: {names}"
        return found[0]

    def link(self, text: str) -> Element:
        """All links with the text must lead to one place."""
        named = [(name_of(each, self.document), each) for each in self.document.all("a")]
        found = [each for name, each in named if name == squeezed(text)]
        places = {each["href"] for each in found}
        names = [name for name, _ in named]
        assert len(places) == 1, f"{len(places)} links “{text}” on {self.address}: {names}"
        return found[0]

    def table(self, caption: str = "") -> list[list[str]]:
        """The rows of the only table, or of the one with the caption, cell by cell."""
        tables = self.document.all("table")
        titles = [each.first("caption") for each in tables]
        names = [title.text if title else "" for title in titles]
        found = [each for each, name in zip(tables, names, strict=True) if caption in ("", name)]
        assert len(found) == 1, f"{len(found)} tables “{caption}” on {self.address}: {names}"
        rows = [row.all("th", "td") for row in found[0].all("tr")]
        return [[cell.text for cell in row] for row in rows]


class Visitor:
    """One browser with its cookies; `page` is the page in front of it."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self.seen: Page | None = None
        self.raised: list[BaseException] = []
        got_request_exception.connect(self._note, app)

    @property
    def page(self) -> Page:
        assert self.seen is not None, "no page was asked for"
        return self.seen

    def get(self, where: str, *, status: int = 200, follow: bool = True, **values: Any) -> Page:
        """A path, or an endpoint and the values of its route."""
        return self._ask("GET", self.path(where, **values), status, follow=follow)

    def click(self, text: str, *, status: int = 200, follow: bool = True) -> Page:
        return self.get(self._beside(self.page.link(text)["href"]), status=status, follow=follow)

    def submit(
        self,
        form: Form | str = "",
        answers: Mapping[Label, Given] | None = None,
        *,
        button: str = "",
        forged: Mapping[str, str | list[str]] | None = None,
        status: int = 200,
        follow: bool = True,
    ) -> Page:
        """Forged values replace what the form would send under a name, as no browser would."""
        form = self.page.form(form) if isinstance(form, str) else form
        data = form.fill(answers or {}).data(button)
        for name, values in (forged or {}).items():
            data.setlist(name, values if isinstance(values, list) else [values])
        pressed = form.button(button)
        place = (pressed["formaction"] if pressed else "") or form.element["action"]
        to = self._beside(place)
        if form.element["method"].lower() == "get":
            bare = to.partition("?")[0]
            return self._ask("GET", bare, status, follow=follow, query_string=data)
        told = form.element["enctype"]
        return self._ask("POST", to, status, follow=follow, data=posted(data, told))

    def post(
        self, where: str, *, status: int = 200, follow: bool = True, values: Any = None, **sent: Any
    ) -> Page:
        """Without a form: `data`, `json`, `headers` as the test client takes them."""
        path = self.path(where, **(values or {}))
        return self._ask("POST", path, status, follow=follow, **sent)

    def path(self, where: str, **values: Any) -> str:
        if where.startswith(("/", SITE)):
            return where
        return self.app.url_map.bind("localhost").build(where, values)

    def _beside(self, address: str) -> str:
        return urljoin(self.page.address, address)

    def _ask(self, method: str, path: str, status: int, *, follow: bool, **sent: Any) -> Page:
        headers = {**(SENDING if method == "POST" else {}), **sent.pop("headers", {})}
        self.raised.clear()
        response = self.client.open(path.partition("#")[0], method=method, headers=headers, **sent)
        page = self._page(response, method)
        moves: list[str] = []
        while follow and page.status in MOVED:
            assert len(moves) < MOST_MOVES, f"goes round: {moves}"
            moves.append(page.address)
            to = moved_to(page)
            page = self._page(self.client.get(to.partition("#")[0]), "GET", to)
        self.seen = Page(page.address, page.status, page.headers, page.body, tuple(moves))
        assert page.status == status, f"{method} {path}: {page.status}, not {status}\n{seen(page)}"
        return self.seen

    def _page(self, response: TestResponse, method: str, address: str = "") -> Page:
        with response:
            path = address or response.request.full_path.removesuffix("?")
            page = Page(path, response.status_code, response.headers, response.get_data())
        faults = page_checks.faults_of_headers(page.headers) + faults_of(page, method)
        if page.status >= 500 and self.raised:
            raise AssertionError(f"{method} {path} failed") from self.raised[-1]
        if faults:
            raise AssertionError("\n- ".join([f"{method} {path} ({page.status}):", *faults]))
        return page

    def _note(self, _app: Flask, exception: BaseException) -> None:
        self.raised.append(exception)


def faults_of(page: Page, method: str) -> list[str]:
    faults = [f"cookie without HttpOnly or SameSite: {each}" for each in loose_cookies(page)]
    if page.status >= 500:
        faults.append("the service failed")
    if page.status in MOVED:
        if method == "POST" and page.status != 303:
            faults.append(f"after a POST leads on with {page.status} instead of 303")
        if urlsplit(moved_to(page)).netloc not in {"", "localhost"}:
            faults.append(f"leads out of the site: {moved_to(page)}")
        return faults
    kind = page.headers.get("Content-Type", "")
    if not kind and page.status != 204:
        faults.append("no content type")
    if page.is_html:
        faults += [] if kind == "text/html; charset=utf-8" else [f"content type {kind}"]
        faults += page_checks.faults_of_page(page.document)
        anchor = urlsplit(page.address).fragment
        faults += [f"nothing at #{anchor}"] if anchor and anchor not in page.document.ids else []
    return faults


def loose_cookies(page: Page) -> list[str]:
    cookies = page.headers.getlist("Set-Cookie")
    return [each for each in cookies if "HttpOnly" not in each or "SameSite=" not in each]


def moved_to(page: Page) -> str:
    return urljoin(page.address, page.headers["Location"])


def posted(data: MultiDict[str, Any], enctype: str) -> MultiDict[str, Any]:
    """A browser sends the names of files instead of the files where a form forgets its enctype."""
    files = [name for name, value in data.items(multi=True) if isinstance(value, tuple)]
    assert not files or enctype == "multipart/form-data", f"files {files} need the right enctype"
    return data


def seen(page: Page) -> str:
    return page.text[:1000] if page.is_html else page.body[:1000].decode(errors="replace")
