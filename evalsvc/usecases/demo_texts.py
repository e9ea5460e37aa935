"""The sentences that people of the demo province write, read from their file once."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from evalsvc.catalog import tree
from evalsvc.usecases.demo_draws import Draw

FOLDER = Path(__file__).resolve().parent / "demo_data"
ANY_LINE = "khac"


@cache
def _phrases() -> tree.Mapping:
    path = FOLDER / "phrases.yaml"
    root = tree.read(path.name, path.read_bytes()).root
    if not isinstance(root, tree.Mapping):
        raise TypeError(path.name)
    return root


def _under(*keys: str) -> object:
    found: object = _phrases()
    for key in keys:
        if not isinstance(found, Mapping):
            raise TypeError(key)
        found = found[key]
    return found


def phrase(chance: Draw, *keys: str, **facts: object) -> str:
    """One of the sentences that stand under these keys, with its facts filled in."""
    found = _under(*keys)
    if not isinstance(found, Sequence):
        raise TypeError(keys)
    return str(chance.one_of(found, ".".join(keys))).format(**facts)


def grounds(chance: Draw, line: str, level: str) -> str:
    """`level`: high, middle or low."""
    known = _under("grounds")
    key = line if isinstance(known, Mapping) and line in known else ANY_LINE
    return phrase(chance, "grounds", key, level)


def signs() -> dict[str, str]:
    """What stands for each type of document in its number, by the first words of its name."""
    found = _under("documents")
    if not isinstance(found, Mapping):
        raise TypeError("documents")
    return {str(words): str(sign) for words, sign in found.items()}
