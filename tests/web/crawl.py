"""Follows every link of one person, and finds every form there is to send."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from werkzeug.test import TestResponse

from tests import dom
from tests.dom import Document
from tests.page_forms import Form
from tests.web.rights_house import Browsers

MOST = 400
LEAVE = ("/static/", "/language/")


@dataclass
class Walk:
    """What one person comes to see, by address."""

    browsers: Browsers
    person: str
    seen: dict[str, TestResponse] = field(default_factory=dict)

    def from_(self, *paths: str) -> "Walk":
        waiting = list(paths)
        while waiting:
            path = waiting.pop()
            if path in self.seen or path.startswith(LEAVE):
                continue
            assert len(self.seen) < MOST, f"{self.person} finds no end: {path}"
            answer = self.browsers.ask(self.person, "GET", path)
            self.seen[path] = answer
            waiting += _onward(path, answer)
        return self

    def pages(self) -> Iterator[tuple[str, Document]]:
        for path, answer in self.seen.items():
            if answer.status_code == 200 and answer.mimetype == "text/html":
                yield path, dom.read(answer.get_data(as_text=True))

    def forms(self) -> Iterator[tuple[str, Form]]:
        """Forms that change something, each with the address that it is sent to."""
        for path, page in self.pages():
            for element in page.all("form"):
                if element["method"] == "post":
                    for place in _places(element):
                        yield urljoin(path, place), Form(element, page)


def _places(form: dom.Element) -> list[str]:
    other = [button["formaction"] for button in form.all("button") if button["formaction"]]
    return [form["action"], *other]


def _onward(path: str, answer: TestResponse) -> list[str]:
    """Links, and what a form that only looks would ask for."""
    if "Location" in answer.headers:
        return [_here(path, answer.headers["Location"])]
    if answer.mimetype != "text/html":
        return []
    page = dom.read(answer.get_data(as_text=True))
    links = [each["href"] for each in page.all("a") if each["href"]]
    return [_here(path, link) for link in links if not link.startswith("#")]


def _here(path: str, link: str) -> str:
    found = urlsplit(urljoin(path, link))
    return f"{found.path}?{found.query}" if found.query else found.path
