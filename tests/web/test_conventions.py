"""What holds for every address, template and answer, so that nobody has to remember it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask, template_rendered
from flask import request as asked
from jinja2 import nodes
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from evalsvc import request, resources
from evalsvc.store.database import metadata
from evalsvc.words.language import CODES
from tests.web import rights_house
from tests.web.crawl import Walk
from tests.web.rights_house import Browsers, Dump, Stage
from tests.web.rights_tables import PEOPLE

TEMPLATES = Path(str(resources.templates()))
PAGES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
KEBAB = re.compile(r"(/[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)?|/<[^>]+>(\.[a-z0-9]+)?)*/?")
WHO_POSTS = {
    "account": "head",
    "unit": "head",
    "evaluate": "lead",
    "explanations": "lead",
    "assignments": "lead",
    "lead": "leader",
}
JSON = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with rights_house.stages(tmp_path_factory.mktemp("conventions"), ["submitted"]) as found:
        yield found["submitted"]


@pytest.fixture
def browsers(stage: Stage) -> Browsers:
    stage.enter()
    return stage.browsers


@pytest.fixture
def app(browsers: Browsers) -> Flask:
    return browsers.house.app


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def posts(app: Flask) -> list[tuple[str, str]]:
    """Each address that changes something, with somebody who may, and places filled in."""
    return [
        (WHO_POSTS[rule.endpoint.partition(".")[0]], filled(rule))
        for rule in rules(app)
        if "POST" in (rule.methods or ())
    ]


def filled(rule: Rule) -> str:
    path = re.sub(r"/rounds/<[a-z]+>", "/rounds/NAM-2026", re.sub(r"<int[^>]*>", "4", rule.rule))
    return re.sub(r"<[a-z]+>", "A1", path)


# Addresses


def test_every_blueprint_has_one_guard(app: Flask) -> None:
    guards = {name: len(app.before_request_funcs.get(name, ())) for name in app.blueprints}

    assert guards == dict.fromkeys(app.blueprints, 1)
    assert all(hasattr(each, "guard_rule") for each in app.blueprints.values())


def test_only_the_way_in_is_open_to_everyone(app: Flask) -> None:
    open_ = {name for name, each in app.blueprints.items() if vars(each)["guard_rule"] is None}

    assert open_ == {"public", "account"}


def test_addresses_are_in_kebab_case(app: Flask) -> None:
    assert [rule.rule for rule in rules(app) if not KEBAB.fullmatch(rule.rule)] == []


def test_numbers_in_addresses_are_numbers(app: Flask) -> None:
    loose = [
        rule.rule
        for rule in rules(app)
        if re.search(r"<(string:)?(id|flag|number|page)>", rule.rule)
    ]

    assert loose == []


def test_an_address_is_looked_at_or_changes_something_never_both(app: Flask) -> None:
    both = [rule.rule for rule in rules(app) if {"GET", "POST"} <= (rule.methods or set())]

    assert both == []


def test_endpoints_say_desk_and_view(app: Flask) -> None:
    assert [
        rule.endpoint for rule in rules(app) if not re.fullmatch(r"[a-z]+\.[a-z_]+", rule.endpoint)
    ] == []


# Forgery


def test_nothing_is_done_without_a_token(app: Flask, browsers: Browsers) -> None:
    answers = {path: browsers.ask(who, "POST", path).status_code for who, path in posts(app)}

    assert answers == dict.fromkeys(answers, 400)


def test_nothing_is_done_with_the_token_of_another_account(app: Flask, browsers: Browsers) -> None:
    token = browsers.tokens["admin"]

    answers = {
        path: browsers.ask(who, "POST", path, data={"csrf": token}).status_code
        for who, path in posts(app)
    }

    assert answers == dict.fromkeys(answers, 400)


def test_nothing_is_done_for_another_site(app: Flask, browsers: Browsers) -> None:
    answers = {
        path: browsers.send(who, path, {}, headers={"Sec-Fetch-Site": "cross-site"}).status_code
        for who, path in posts(app)
    }

    assert answers == dict.fromkeys(answers, 400)


def test_forgeries_change_nothing(app: Flask, stage: Stage) -> None:
    stage.enter()

    for who, path in posts(app):
        stage.browsers.ask(who, "POST", path, data={"csrf": stage.browsers.tokens["admin"]})

    assert stage.browsers.dump() == stage.before


# Looking


@dataclass(frozen=True)
class Walked:
    """All that one person came to see, from which template each was made, and what is stored
    afterwards."""

    seen: Mapping[str, TestResponse]
    templates: Mapping[str, str]
    after: Dump


def walked(stage: Stage, person: str) -> Walked:
    stage.enter()
    made: dict[str, str] = {}

    def note(_sender: Flask, template: object, **_more: object) -> None:
        made[asked.full_path.rstrip("?")] = str(getattr(template, "name", ""))

    with template_rendered.connected_to(note, stage.house.app):
        seen = Walk(stage.browsers, person).from_("/").seen
    return Walked(seen, made, stage.browsers.dump())


@pytest.fixture(scope="module")
def walks() -> dict[str, Walked]:
    """Each person walks once."""
    return {}


@pytest.fixture
def walk(stage: Stage, walks: dict[str, Walked], person: str) -> Walked:
    return walk_of(stage, walks, person)


def walk_of(stage: Stage, walks: dict[str, Walked], person: str) -> Walked:
    return walks.get(person) or walks.setdefault(person, walked(stage, person))


@pytest.mark.parametrize("person", [name for name in PEOPLE if name != "newcomer"])
def test_looking_changes_nothing_but_the_journal_of_exports(stage: Stage, walk: Walked) -> None:
    after = walk.after
    others = [name for name in metadata.tables if name not in ("journal", "stream")]
    added = [row for row in after["journal"] if row not in stage.before["journal"]]
    deeds = {row[list(metadata.tables["journal"].c.keys()).index("deed")] for row in added}
    assert {name: after[name] for name in others} == {name: stage.before[name] for name in others}
    assert deeds <= {"export"}
    assert len(after["journal"]) - len(stage.before["journal"]) == len(added)


@pytest.mark.parametrize("person", ["head", "lead", "leader", "admin"])
def test_every_link_leads_somewhere(walk: Walked) -> None:
    lost = {path: answer.status for path, answer in walk.seen.items() if answer.status_code >= 400}
    assert lost == {}


def test_a_page_is_made_from_the_template_of_its_address(
    app: Flask, stage: Stage, walks: dict[str, Walked]
) -> None:
    map_ = app.url_map.bind("localhost")
    found = [walk_of(stage, walks, person) for person in ("nobody", "head", "lead", "leader")]
    shown = {
        map_.match(path.partition("?")[0], "GET")[0]: walk.templates[path]
        for walk in found
        for path, answer in walk.seen.items()
        if answer.status_code == 200 and path in walk.templates
    }

    assert len(shown) >= 15
    assert shown == {endpoint: f"{endpoint.replace('.', '/')}.html" for endpoint in shown}


# Templates


@pytest.mark.parametrize("name", PAGES)
def test_a_template_can_be_read_in_each_language(app: Flask, name: str) -> None:
    found = [each.get_template(name) for each in app.extensions[request.TEMPLATES].values()]

    assert [each.filename for each in found] == len(CODES) * [str(TEMPLATES / name)]


@pytest.mark.parametrize("name", PAGES)
def test_a_template_uses_what_it_imports(app: Flask, name: str) -> None:
    tree = app.jinja_env.parse((TEMPLATES / name).read_text("utf-8"))

    imported = {
        each if isinstance(each, str) else each[1]
        for node in tree.find_all(nodes.FromImport)
        for each in node.names
    } | {node.target for node in tree.find_all(nodes.Import)}
    used = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    assert imported - used == set()


def test_every_template_is_used(app: Flask) -> None:
    """By a view, or by another template."""
    texts = [path.read_text("utf-8") for path in TEMPLATES.rglob("*.html")]
    code = Path(__file__).parents[2] / "evalsvc"
    texts += [path.read_text("utf-8") for path in code.rglob("*.py")]
    named = set(re.findall(r"[\"']([a-z_/0-9]+\.html)[\"']", "\n".join(texts)))

    assert {name for name in PAGES if name not in named and not name.startswith("errors/")} == set()


# Errors


ERRORS = [
    (400, "head", "POST", "/unit/sheets/4/submit", {}),
    (401, "nobody", "GET", "/unit/", {}),
    (404, "head", "GET", "/nowhere", {}),
    (404, "head", "GET", "/lead/", {}),
    (405, "head", "GET", "/sign-out", {}),
    (413, "head", "POST", "/sign-out", {"data": b"x" * 1_100_000}),
]


@pytest.mark.parametrize(("status", "person", "method", "path", "sent"), ERRORS)
def test_an_error_for_a_script_is_json(
    browsers: Browsers, status: int, person: str, method: str, path: str, sent: dict[str, bytes]
) -> None:
    answer = browsers.ask(person, method, path, headers=JSON, **sent)

    assert (answer.status_code, answer.mimetype) == (status, "application/json")
    assert answer.get_json()["error"]


def test_what_may_not_be_done_is_told_to_a_script_as_json(browsers: Browsers, stage: Stage) -> None:
    path = f"/unit/sheets/{stage.sheets['own']}/submit"

    answer = browsers.send("editor", path, {"yes": "yes"}, headers=JSON)

    assert (answer.status_code, answer.mimetype) == (403, "application/json")


def test_a_refusal_is_told_to_a_script_as_json(browsers: Browsers, stage: Stage) -> None:
    path = f"/unit/sheets/{stage.sheets['own']}/lines/A1"
    seen = stage.versions[stage.sheets["own"], "A1"]

    answer = browsers.send("editor", path, {"answer": "yes", "seen": seen}, headers=JSON)

    assert (answer.status_code, answer.mimetype) == (422, "application/json")
    assert answer.get_json()["what"]


def test_what_is_out_of_date_is_told_to_a_script_as_json(browsers: Browsers, stage: Stage) -> None:
    path = f"/review/sheets/{stage.sheets['own']}/lines/A1/accept"

    answer = browsers.send("lead", path, {"seen": "0"}, headers=JSON)

    assert (answer.status_code, answer.mimetype) == (409, "application/json")


def test_a_page_that_is_refused_keeps_the_headers_of_its_method(browsers: Browsers) -> None:
    answer = browsers.ask("head", "GET", "/sign-out")

    assert "POST" in answer.headers["Allow"]
