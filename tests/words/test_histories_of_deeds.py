"""Every deed that the code writes into the journal has a sentence, and every sentence a deed."""

import ast
from collections.abc import Iterator
from pathlib import Path

import evalsvc
from evalsvc.words.history_deeds import DEEDS, STATED

SOURCE = Path(evalsvc.__file__).parent
TREES = [ast.parse(path.read_text("utf-8")) for path in sorted((SOURCE / "usecases").rglob("*.py"))]
CONSTANTS = ast.parse((SOURCE / "domain" / "history.py").read_text("utf-8"))
WRITERS = frozenset({"Told", "Entry", "Written", "Deed"})
"""How the use cases call the value of the journal."""


def texts(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from texts(body)
            yield from texts(orelse)
        case _:
            pass


def name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def at_deed(tree: ast.AST) -> dict[str, int]:
    """Functions that take the name of a deed and write it, with its place among the arguments."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [each.arg for each in node.args.args]
            named = [each.arg for each in node.args.args if is_text(each) and each.arg == "deed"]
            name = next(iter(named), "") or unpacked(node)
            if name in names:
                found[node.name] = names.index(name)
    return found


def is_text(argument: ast.arg) -> bool:
    return isinstance(argument.annotation, ast.Name) and argument.annotation.id == "str"


def unpacked(function: ast.FunctionDef) -> str:
    """The parameter of which the name of the deed is the first part."""
    for node in ast.walk(function):
        match node:
            case ast.Assign(
                targets=[ast.Tuple(elts=[ast.Name(id="deed"), *_])], value=ast.Name(id=whole)
            ):
                return whole
            case _:
                pass
    return ""


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def chosen(tree: ast.AST, name: str) -> Iterator[str]:
    """What a variable is given before it is written."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=found)], value=value) if found == name:
                yield from texts(value)
            case _:
                pass


def written() -> set[str]:
    found: set[str] = set()
    places = dict.fromkeys(WRITERS, 0)
    for tree in TREES:
        places |= at_deed(tree)
    for tree in TREES:
        for call in calls(tree):
            at = places.get(name_of(call))
            if at is None or at >= len(call.args):
                continue
            argument = call.args[at]
            first = argument.elts[0] if isinstance(argument, ast.Tuple) else argument
            found |= set(texts(first))
            if isinstance(first, ast.Name):
                found |= {text for each in (tree, CONSTANTS) for text in chosen(each, first.id)}
    return {each for each in found if each}


MADE_OF_PARTS = {"add-units", "change-units", "end-units"}


def test_every_deed_has_its_sentence() -> None:
    assert sorted(written() - set(DEEDS) - set(STATED)) == []


def test_every_sentence_has_its_deed() -> None:
    assert sorted(set(DEEDS) | set(STATED)) == sorted(written() | MADE_OF_PARTS)
