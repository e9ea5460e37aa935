"""Every sentence has its Vietnamese, every message its sentences, and nothing stands unused."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

import evalsvc
from evalsvc import resources
from evalsvc.words import language as languages
from evalsvc.words.faults import MESSAGES
from evalsvc.words.language import VIETNAMESE, catalogue
from evalsvc.words.sentence import Sentence

SOURCE = Path(evalsvc.__file__).parent
TREES = {path: ast.parse(path.read_text("utf-8")) for path in sorted(SOURCE.rglob("*.py"))}
TEXT = Path(languages.__file__).with_name("vi.po").read_text("utf-8")
ENTRIES = catalogue(TEXT)
FACT = re.compile(r"(?<!\{)\{(\w+)\}")
CONSTRUCTORS = {"flaw": 0, "Flaw": 0, "Fault": 0, "Refused": 0, "WrongSetting": 0}
MESSAGE = re.compile(r"[a-z]+[a-z0-9-]*")
NOTHING = Sentence("", "")
WHY_NOT = {"_TOO_EARLY", "_TOO_LATE", "_WHY", "_TASK_WHY"}
"""Tables of the domain that say why a deed is refused at a state."""
SUPPLIED = {"text", "in_column", "in_block"}
"""Facts that `what_is_wrong` makes out of those that a fault carries."""


def name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def literals(node: ast.expr) -> Iterator[str]:
    """The texts that an argument may be: itself, or either side of a choice."""
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from literals(body)
            yield from literals(orelse)
        case _:
            pass


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def of_templates() -> set[str]:
    """Sentences given to `say` in templates, either side of a choice."""
    environment = Environment(autoescape=True)
    found: set[str] = set()
    for path in resources.templates().rglob("*.html"):
        for call in environment.parse(path.read_text("utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "say":
                texts = [call.args[0], *call.args[0].find_all(nodes.Const)]
                found |= {each.value for each in texts if isinstance(each, nodes.Const)}
    return {each for each in found if isinstance(each, str)}


def said() -> set[str]:
    """Sentences given to `say`, or marked for it in a table."""
    found = of_templates()
    for tree in TREES.values():
        for call in calls(tree):
            if name_of(call) in ("say", "sentence") and call.args:
                found |= set(literals(call.args[0]))
    return found


def passing_on(tree: ast.AST) -> dict[str, int]:
    """Functions that take a message and pass it on, with its position among the arguments."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [each.arg for each in node.args.args if each.arg != "self"]
            if "message" in names:
                found[node.name] = names.index("message")
    return found


def assigned(tree: ast.AST) -> Iterator[str]:
    """Messages kept in a variable, in a table of marshmallow, or chosen by a function."""
    chosen = {
        name_of(star.value)
        for call in calls(tree)
        for star in call.args
        if isinstance(star, ast.Starred) and isinstance(star.value, ast.Call)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id="message")], value=value):
                yield from literals(value)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict(values=values)) if (
                name.endswith("error_messages")
            ):
                for value in values:
                    yield from literals(value)
            case ast.For(
                target=ast.Tuple(elts=[ast.Name(id="message"), *_]), iter=ast.Tuple() as of
            ):
                for each in of.elts:
                    yield from literals(each.elts[0])  # type: ignore[attr-defined]
            case ast.FunctionDef(name=name) if name in chosen and name.startswith("_refusal"):
                for inner in ast.walk(node):
                    if isinstance(inner, ast.Tuple):
                        yield from (text for each in inner.elts for text in literals(each))


def tabled(tree: ast.AST) -> Iterator[str]:
    """Messages that the domain keeps in a table of states, or answers to "may it be concluded"."""
    for node in ast.walk(tree):
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Dict(values=values)) | (
                ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict(values=values))
            ) if name in WHY_NOT:
                for value in values:
                    yield from literals(value)
            case ast.FunctionDef(name="may_conclude"):
                for inner in ast.walk(node):
                    if isinstance(inner, ast.Return) and inner.value is not None:
                        yield from literals(inner.value)


@cache
def raised() -> set[str]:
    found: set[str] = set()
    for tree in TREES.values():
        positions = {**passing_on(tree), **CONSTRUCTORS, "refuse": 0}
        for call in calls(tree):
            at = positions.get(name_of(call))
            if at is not None and at < len(call.args):
                found |= set(literals(call.args[at]))
        found |= set(assigned(tree)) | set(tabled(tree))
    return {each for each in found if MESSAGE.fullmatch(each)}


def constants() -> set[str]:
    return of_templates() | {
        node.value
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


SENTENCES = sorted(
    said() | {part for each in MESSAGES.values() for part in (each.what, each.instead)}
)


def test_every_message_that_is_raised_has_its_sentences() -> None:
    assert raised() - set(MESSAGES) == set()


def test_every_message_with_sentences_is_raised_somewhere() -> None:
    assert set(MESSAGES) - raised() == set()


def test_every_sentence_has_its_vietnamese() -> None:
    assert [each for each in SENTENCES if each not in ENTRIES] == []


def test_no_entry_of_the_catalogue_is_unused() -> None:
    written = constants()

    assert [each for each in ENTRIES if each not in written] == []


def test_no_entry_stands_twice() -> None:
    starts = re.findall(r'^msgid "(.+)"$', TEXT, re.MULTILINE)

    assert sorted({each for each in starts if starts.count(each) > 1}) == []


@pytest.mark.parametrize("english", sorted(ENTRIES))
def test_both_languages_name_the_same_facts(english: str) -> None:
    assert set(FACT.findall(ENTRIES[english])) == set(FACT.findall(english))


def test_sentences_ask_only_for_facts_that_the_fault_carries() -> None:
    strange = {}
    for tree in TREES.values():
        for call in calls(tree):
            keywords = {each.arg for each in call.keywords}
            known = name_of(call) in ("flaw", "Refused", "refuse") and None not in keywords
            if not known or not call.args or not (found := list(literals(call.args[0]))):
                continue
            for message in found:
                sentence = MESSAGES.get(message, NOTHING)
                asked = set(FACT.findall(sentence.what + sentence.instead))
                if missing := asked - keywords - SUPPLIED:
                    strange[message] = missing

    assert strange == {}


def test_a_language_without_a_catalogue_speaks_english() -> None:
    assert languages.language("en").say("yes") == "yes"
    assert languages.language(VIETNAMESE).say("yes") == "có"
