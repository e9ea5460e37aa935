"""Every page there is, in a real browser: nothing on it stands in anybody's way, wide or narrow."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.browser import OpenPage, axe
from tests.live import Serve
from tests.web.small_house import ROUND, After, House
from tests.web.test_evaluator_in_browser import NARROW, WIDE, Desk
from tests.web.test_rulings import with_two_contests

NO_PAGES = {
    *("static", "public.home", "public.health", "account.calendar", "account.language"),
    *("evidence.file", "evidence.page", "evidence.picture", "unit.upload"),
    *("lead.ranking_xlsx", "lead.ranking_csv", "lead.sheet_xlsx"),
}
"""Files, ways to elsewhere, and pages of documents, which have tests of their own."""
WHO = {
    "account": "head",
    "unit": "head",
    "evaluate": "lead",
    "explanations": "lead",
    "assignments": "lead",
    "lead": "leader",
}
PLACES = {"code": "A", "line": "A2"}
ALSO = {
    "leader": [
        f"/lead/rounds/{ROUND}/ranking?block=khoi-1&layer=reviewed",
        f"/lead/rounds/{ROUND}/apart?block=khoi-2",
    ]
}
"""Pages of which another part, or another layer, is drawn differently."""
OF_LINES = ("correction", "evidence_line", "evidence")


def pages(app: Flask, id_: int) -> dict[str, list[str]]:
    """The addresses of all pages, by who looks at them."""
    found: dict[str, list[str]] = {}
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGES:
            desk, _, view = rule.endpoint.partition(".")
            values: dict[str, str | int] = {**PLACES, "id": id_}
            if view in OF_LINES:
                values["code"] = "A2"
            if "/rounds/" in rule.rule:
                values["code"] = ROUND
                values["line"] = "C1" if "/official" in rule.rule else "A2"
            path = re.sub(r"<(?:int:)?(\w+)>", r"{\1}", rule.rule).format(**values)
            found.setdefault(WHO[desk], []).append(path)
    return found


@pytest.fixture
def contested(house_after: After) -> House:
    return house_after(with_two_contests)


def faults(page: Page, path: str) -> list[str]:
    answer = page.goto(path)
    assert answer is not None
    status = [] if answer.ok else [f"answered {answer.status}"]
    return [*status, *axe(page), *too_wide(page)]


def too_wide(page: Page) -> list[str]:
    """Also on a tablet, and at four times the size, which leaves 320 pixels of 1280."""
    given, found = page.viewport_size, []
    assert given is not None
    for wide in (given["width"], *((768, 320) if given == WIDE else ())):
        page.set_viewport_size({"width": wide, "height": given["height"]})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"wider than {wide} pixels")
    page.set_viewport_size(given)
    return found


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "360"])
@pytest.mark.parametrize("person", ["head", "lead", "leader"])
def test_no_page_stands_in_anybodys_way(
    contested: House, serve: Serve, open_page: OpenPage, person: str, size: dict[str, int]
) -> None:
    desk = Desk(contested, serve, open_page)
    page = desk.window(person, size=size)
    paths = [*pages(contested.app, contested.sheet())[person], *ALSO.get(person, ())]

    found = {path: faults(page, path) for path in paths}

    assert len(paths) >= 8
    assert {path: each for path, each in found.items() if each} == {}


UNREADABLE = """() => [...document.querySelectorAll("svg text")]
  .filter(each => getComputedStyle(each).fill !== getComputedStyle(document.body).color)
  .map(each => each.textContent)"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_drawings_take_the_colours_that_a_reader_has_chosen(
    contested: House, serve: Serve, open_page: OpenPage, scheme: str
) -> None:
    desk = Desk(contested, serve, open_page)
    page = desk.window("leader", forced_colors="active", color_scheme=scheme)

    for path in ("/lead/", f"/lead/sheets/{contested.sheet()}/"):
        page.goto(path)

        assert page.locator("svg text").count() > 10
        assert page.evaluate(UNREADABLE) == []
