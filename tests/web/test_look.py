"""The look keeps its promises in the HTML that it makes, and in the files that it is made of."""

import re
from pathlib import Path

import pytest
from flask import Flask

from evalsvc.words.language import language
from tests import dom
from tests.dom import Document, Element
from tests.page_checks import faults_of_page
from tests.web.specimen import STATIC, create

ERRORS = (400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503)
STYLES = sorted((STATIC / "css").glob("*.css"))
MOST_LINES = 400


@pytest.fixture(scope="module")
def app() -> Flask:
    return create(language("vi"))


def of_class(page: Document, tag: str, name: str) -> list[Element]:
    return [each for each in page.all(tag) if name in each["class"].split()]


def read(app: Flask, path: str) -> Document:
    response = app.test_client().get(path)
    assert response.status_code == 200
    return dom.read(response.get_data(as_text=True))


@pytest.fixture(scope="module")
def specimen(app: Flask) -> Document:
    return read(app, "/")


def test_a_page_with_every_macro_is_sound(specimen: Document) -> None:
    assert faults_of_page(specimen) == []


def test_a_page_in_english_is_sound() -> None:
    assert faults_of_page(read(create(language("en")), "/")) == []


@pytest.mark.parametrize("number", ERRORS)
def test_an_error_page_says_what_to_do_and_leads_home(app: Flask, number: int) -> None:
    page = read(app, f"/errors/{number}")

    assert faults_of_page(page) == []
    assert [link["href"] for link in of_class(page, "a", "btn")] == ["/"]
    assert len(page.all("p")) >= 3


def test_a_field_with_an_error_says_so_to_those_who_listen(specimen: Document) -> None:
    field = specimen.ids["name"]

    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"].split() == ["name-hint", "name-error"]


def test_the_summary_of_errors_leads_to_each_field(specimen: Document) -> None:
    summary = of_class(specimen, "div", "esum")[0]

    targets = [link["href"].removeprefix("#") for link in summary.all("a")]

    assert targets == ["name", "number", "reason", "level"]
    assert all(target in specimen.ids for target in targets)


def test_each_region_that_scrolls_can_be_reached_by_keyboard(specimen: Document) -> None:
    regions = [each for each in specimen.all("div") if each["role"] == "region"]

    assert len(regions) >= 3
    assert all(each["tabindex"] == "0" and each["aria-label"] for each in regions)


def test_the_squares_say_in_words_how_far_a_group_is(specimen: Document) -> None:
    drawings = of_class(specimen, "svg", "oly")

    said = [each["aria-label"] for each in drawings if each["role"] == "img"]

    assert said[0] == "Đã kê khai 7/11 tiêu chí"


def test_signing_out_is_a_form_with_its_token(specimen: Document) -> None:
    forms = [each for each in specimen.all("form") if each["action"] == "/sign-out"]

    assert forms
    assert all(form["method"] == "post" for form in forms)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_a_style_sheet_is_short_and_takes_nothing_from_elsewhere(style: Path) -> None:
    text = style.read_text("utf-8")

    assert text.count("\n") < MOST_LINES
    assert "@import" not in text
    for address in re.findall(r'url\("?([^")]*)"?\)', text):
        assert (style.parent / address).is_file()


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_every_token_that_a_style_sheet_uses_is_defined(style: Path) -> None:
    tokens = (STATIC / "css" / "tokens.css").read_text("utf-8")
    defined = set(re.findall(r"(--[\w-]+):", tokens))

    assert set(re.findall(r"var\((--[\w-]+)\)", style.read_text("utf-8"))) <= defined


def test_the_layout_loads_every_style_sheet(specimen: Document) -> None:
    loaded = [link["href"] for link in specimen.all("link") if link["rel"] == "stylesheet"]

    assert sorted(loaded) == [f"/static/css/{style.name}?v=1" for style in STYLES]
