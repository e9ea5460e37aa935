"""What is said when a template is compiled is what would be said on every page."""

import pytest
from flask import Flask, url_for

from evalsvc import request
from evalsvc.app import Service
from evalsvc.web.templating import Templates
from evalsvc.words.language import CODES
from tests.web.small_house import House

SAVE = '{{ say("Save") }}'
ICON = '{% from "parts/icons.html" import icon as drawn %}'


@pytest.fixture
def app(house: House) -> Flask:
    return house.app


@pytest.fixture(params=CODES)
def templates(app: Flask, request: pytest.FixtureRequest) -> Templates:
    return of(app, request.param)


def of(app: Flask, code: str) -> Templates:
    found: Templates = app.extensions[request.TEMPLATES][code]
    return found


def calls(templates: Templates, source: str) -> bool:
    """Whether anything is called when it is drawn."""
    return "context.call(" in templates.compile(source, raw=True)


@pytest.mark.parametrize(("code", "said"), [("vi", "Lưu"), ("en", "Save")])
def test_each_language_has_its_words(app: Flask, code: str, said: str) -> None:
    assert of(app, code).from_string(SAVE).render() == said


@pytest.mark.parametrize("source", [SAVE, f'{ICON}{{{{ drawn("check") }}}}'])
def test_what_is_always_the_same_is_not_called(templates: Templates, source: str) -> None:
    assert not calls(templates, source)


@pytest.mark.parametrize(
    "source",
    ['{{ say("Group {code}", code="A") }}', "{{ say(words) }}", f"{ICON}{{{{ drawn(n) }}}}"],
)
def test_what_hangs_on_the_page_is_called_for_it(templates: Templates, source: str) -> None:
    assert calls(templates, source)


def test_facts_are_put_in_for_each_page(app: Flask) -> None:
    template = of(app, "vi").from_string('{{ say("Group {code}", code=code) }}')

    assert [template.render(code=code) for code in "AB"] == ["Nhóm A", "Nhóm B"]


def test_words_are_escaped_and_drawings_are_not(templates: Templates) -> None:
    drawn = templates.from_string(f'{{{{ say("a < b") }}}}{ICON}{{{{ drawn("check") }}}}').render()

    assert drawn.startswith("a &lt; b<svg ")


def test_a_drawing_is_the_same_whether_its_name_is_known_or_told(templates: Templates) -> None:
    known = templates.from_string(f'{ICON}{{{{ drawn("check") }}}}')
    told = templates.from_string(f"{ICON}{{{{ drawn(name) }}}}")

    assert known.render() == told.render(name="check")


# Addresses


@pytest.mark.parametrize("below", ["", "/dan-van"])
def test_an_address_is_that_of_the_folder_in_which_the_service_stands(
    app: Flask, below: str
) -> None:
    with app.test_request_context(environ_overrides={"SCRIPT_NAME": below}):
        assert url_for("unit.sheet", id=4) == f"{below}/unit/sheets/4/"


def test_an_address_that_is_built_once_more_is_told_apart_by_what_stands_in_it(app: Flask) -> None:
    with app.test_request_context():
        found = [url_for("lead.ranking", page=page) for page in (1, True, "1", 2, None)]

    assert [each.partition("?")[2] for each in found] == [
        "page=1",
        "page=True",
        "page=1",
        "page=2",
        "",
    ]


@pytest.mark.parametrize(("length", "more"), [(10, 1), (9_000, 0)])
def test_only_short_addresses_are_remembered(app: Flask, length: int, more: int) -> None:
    """Anybody may send long ones, each another."""
    assert isinstance(app, Service)
    known = app._known.cache_info  # noqa: SLF001 - how many are remembered
    before = known().currsize
    to = "/" + "x" * length

    with app.test_request_context():
        found = url_for("account.language", code="en", next=to)

    assert found.endswith(to[1:])
    assert known().currsize == before + more
