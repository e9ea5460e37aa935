"""The JSON Schema of the format, against the sets that ship."""

import json
import re

import jsonschema
import pytest

from evalsvc import resources
from evalsvc.catalog import tree
from evalsvc.catalog.json_schema import json_schema
from evalsvc.catalog.skeleton import skeleton
from evalsvc.words.language import language

SCHEMA = json_schema(language())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
FILES = sorted(resources.criteria().glob("*.yaml"))


def as_editor(value: object) -> object:
    """The tree as an editor with YAML 1.2 sees it: numbers and booleans have their own types."""
    match value:
        case dict():
            return {key: as_editor(each) for key, each in value.items()}
        case list():
            return [as_editor(each) for each in value]
        case "true" | "false":
            return value == "true"
        case str() if re.fullmatch(r"\d+", value):
            return int(value)
        case str() if re.fullmatch(r"\d+\.\d+", value):
            return float(value)
        case _:
            return value


def errors(text: str) -> list[str]:
    root = tree.read("a", text.encode()).root
    return [error.message for error in VALIDATOR.iter_errors(root)]


def test_it_is_itself_a_sound_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)

    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("seen_by", [lambda tree: tree, as_editor], ids=["service", "editor"])
def test_every_shipped_set_is_valid(path, seen_by):
    root = seen_by(tree.read(path.name, path.read_bytes()).root)

    assert [error.message for error in VALIDATOR.iter_errors(root)] == []


@pytest.mark.parametrize(
    ("this", "that"),
    [
        ("bonus-cap: 5", "bonus_cap: 5"),
        ("        step: 0.5", "        stpe: 0.5"),
        ("kind: judged", "kind: juged"),
        ("kind: judged\n", "knd: judged\n"),
        ("        given-by: reviewer", "        given-by: reviwer"),
        ("treatment: full", "treatment: ful"),
        ("evidence: {required:", "evidence: {requird:"),
        ("if: {flag: diem-nong}", "if: {flg: diem-nong}"),
        ("of: [xuat-sac, tot]", "of: everybody"),
        ("at-most: 20 %", "at-most: twenty"),
        ("decimals: 2 ", "decimals: 9 "),
        ("version: ", "versoin: "),
        ("        most: 10\n", "        most: ten\n"),
        ("{from: 95, share: 1}", "{form: 95, share: 1}"),
    ],
)
def test_what_is_misspelled_is_not_valid(this, that):
    assert this in skeleton()

    assert errors(skeleton().replace(this, that, 1))


def test_a_misspelled_key_is_named_under_the_kind_of_its_line():
    assert any("stpe" in each for each in errors(skeleton().replace("step: 0.5", "stpe: 0.5")))


def test_keys_have_titles_in_the_language_of_the_reader():
    english = json_schema(language("en"))

    assert SCHEMA["properties"]["bands"]["title"] == "xếp loại"
    assert english["properties"]["bands"]["title"] == "bands"
