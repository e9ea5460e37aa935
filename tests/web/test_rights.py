"""Every cell of the table of rights is tried, and every address has a row."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.web import rights_house
from tests.web.rights import DOCUMENT, FLAG, RESULTS, ROUTES, SEEN, SHOWN, Row
from tests.web.rights_house import Stage
from tests.web.rights_tables import PEOPLE, SHEETS
from tests.web.small_house import ROUND

WORDS = {404: "gone", 403: "no", 422: "refused", 401: "door"}
ODD = re.compile(rb"[0-9a-f]{16,64}")
NUMBERS = re.compile(rb"(sheets|assessments|flags|evidence)(/|%2F)[0-9]+")
NO_SHEET = 0


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Stage]]:
    with rights_house.stages(tmp_path_factory.mktemp("rights")) as found:
        yield found


@pytest.fixture(scope="module")
def app(stages: dict[str, Stage]) -> Flask:
    return stages["open"].house.app


def rule_of(app: Flask, address: str) -> Rule:
    """The rule of a row: the word before the first space is its endpoint."""
    return next(app.url_map.iter_rules(address.split()[0]))


def method_of(rule: Rule) -> str:
    return "POST" if "POST" in (rule.methods or ()) else "GET"


def path_of(stage: Stage, endpoint: str, row: Row, column: str) -> str:
    """The address on the sheet or the round that the column says."""
    id_ = stage.sheets.get(column, NO_SHEET)
    values: dict[str, str | int] = dict(row.values)
    rule = rule_of(stage.house.app, endpoint)
    if column in SHEETS:
        values["id"] = id_
    if column in ("this", "no-such"):
        values["code"] = ROUND if column == "this" else "NAM-1999"
    if values.get("flag") == FLAG:
        values["flag"] = stage.flags.get(id_, 1)
    paper, shown = stage.documents.get(id_, (rights_house.UNKNOWN, rights_house.UNKNOWN))
    if row.values.get("id") == DOCUMENT:
        values["id"] = paper
    if values.get("evidence_id") == SHOWN:
        values["evidence_id"] = shown
    path: str = stage.house.app.url_map.bind("localhost").build(rule.endpoint, values)
    return path


def form_of(stage: Stage, row: Row, column: str) -> dict[str, str]:
    seen = stage.versions.get((stage.sheets.get(column, NO_SHEET), row.values.get("code", "")), 0)
    sent = {name: str(seen) if text == SEEN else text for name, text in row.form.items()}
    if sent.get("document") == DOCUMENT:
        id_ = stage.sheets.get(column, NO_SHEET)
        sent["document"] = str(stage.documents.get(id_, (rights_house.UNKNOWN, 0))[0])
    if value := sent.pop(RESULTS, ""):
        for id_ in stage.sheets.values():
            version = stage.versions.get((id_, row.values["line"]), 0)
            sent |= {f"value-{id_}": value, f"seen-{id_}": str(version)}
    return sent


def word_of(answer: TestResponse) -> str:
    """What an answer means in the words of the table."""
    if answer.status_code in (302, 303):
        to = answer.headers["Location"]
        led = {"/sign-in": "door", "/account/password": "password"}
        return led.get(to.partition("?")[0], "ok")
    return "ok" if answer.status_code == 200 else WORDS.get(answer.status_code, answer.status)


def tried(stage: Stage, endpoint: str, person: str, column: str) -> TestResponse:
    row = ROUTES[endpoint]
    path = path_of(stage, endpoint, row, column)
    if method_of(rule_of(stage.house.app, endpoint)) == "GET":
        answer = stage.browsers.ask(person, "GET", path)
    else:
        answer = stage.browsers.send(person, path, form_of(stage, row, column))
    if changes(answer):
        stage.enter()
    return answer


def changes(answer: TestResponse) -> bool:
    """A deed that was done, or a file, of which the journal tells."""
    posted = answer.request.method == "POST" and answer.status_code < 400
    return posted or "Content-Disposition" in answer.headers


def test_every_address_has_a_row(stages: dict[str, Stage], app: Flask) -> None:
    map_ = app.url_map.bind("localhost")
    paths = [
        (path_of(stages["open"], address, row, row.columns[0]), method_of(rule_of(app, address)))
        for address, row in ROUTES.items()
    ]

    known = {str(map_.match(*path, return_rule=True)[0]) for path in paths}

    assert {str(rule) for rule in app.url_map.iter_rules()} == known


def test_every_row_speaks_of_everybody() -> None:
    for endpoint, row in ROUTES.items():
        assert set(row.who) == set(PEOPLE), endpoint
        assert all(column in row.who["head"] for column in row.columns), endpoint


@pytest.mark.parametrize(
    ("address", "hour"), [(address, hour) for address, row in ROUTES.items() for hour in row.hours]
)
def test_rights_are_as_in_the_table(stages: dict[str, Stage], address: str, hour: str) -> None:
    """What is refused changes nothing."""
    stage, row = stages[hour], ROUTES[address]
    cells = [(person, column) for person in PEOPLE for column in row.columns]
    expected = {cell: row.expected(*cell, hour) for cell in cells}
    refused = [cell for cell in cells if expected[cell] != "ok"]
    granted = [cell for cell in cells if expected[cell] == "ok"]

    stage.enter()
    found = {cell: word_of(tried(stage, address, *cell)) for cell in refused}
    left = stage.browsers.dump()
    found |= {cell: word_of(tried(stage, address, *cell)) for cell in granted}

    assert {cell: found[cell] for cell in cells if found[cell] != expected[cell]} == {}
    assert left == stage.before


SHEET_ROUTES = [endpoint for endpoint, row in ROUTES.items() if row.columns == list(SHEETS)]


@pytest.mark.parametrize("endpoint", SHEET_ROUTES)
def test_a_foreign_sheet_and_an_unknown_one_answer_alike(
    stages: dict[str, Stage], endpoint: str
) -> None:
    row = ROUTES[endpoint]
    stage = stages["submitted" if "submitted" in row.hours else "open"]
    stage.enter()
    cells = [
        (person, column)
        for person in PEOPLE
        for column in row.columns
        if row.who[person][column] == "gone"
    ]

    found = {
        (*cell, accept): shape(stage, endpoint, cell, accept)
        for cell in cells
        for accept in ("text/html", "application/json")
    }

    for (person, column, accept), answer in found.items():
        assert answer == found[person, "unknown", accept], (person, column, accept)


def shape(stage: Stage, endpoint: str, cell: tuple[str, str], accept: str) -> tuple[object, ...]:
    """All that can be told from an answer, but for tokens and the number in its address."""
    person, column = cell
    row = ROUTES[endpoint]
    path = path_of(stage, endpoint, row, column)
    method = method_of(rule_of(stage.house.app, endpoint))
    sent = {"headers": {"Accept": accept}}
    if method == "GET":
        answer = stage.browsers.ask(person, "GET", path, **sent)
    else:
        answer = stage.browsers.send(person, path, form_of(stage, row, column), **sent)
    body = NUMBERS.sub(b"", answer.data)
    headers = {
        name: value
        for name, value in answer.headers
        if name not in ("Content-Length", "Set-Cookie")
    }
    return answer.status_code, headers, ODD.sub(b"", body)
