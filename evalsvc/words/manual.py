"""Writes the messages of files into the manual: `python -m evalsvc.words.manual docs/*.md`."""

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from evalsvc.words.faults import OF_FILES
from evalsvc.words.language import ENGLISH, VIETNAMESE, Language, language

START, END = "<!-- messages -->\n", "<!-- /messages -->"
_FACT = re.compile(r"\{(\w+)\}")
_SILENT = {"in_column": ""}
"""Facts that are words of their own, and empty in most messages."""


def messages(language: Language) -> str:
    """One line a message, by id: what it says, what to do."""
    return "".join(
        f"- `{message}`: {_shown(language, said.what)} → {_shown(language, said.instead)}\n"
        for message, said in sorted(OF_FILES.items())
    )


def with_messages(document: str, language: Language) -> str:
    """The document with what stands between the markers written anew."""
    before, start, rest = document.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise ValueError(f"no {START.strip()} … {END}")
    return f"{before}{START}{messages(language)}{END}{after}"


def language_of(path: Path) -> Language:
    """`….en.md` is English, any other Vietnamese."""
    return language(ENGLISH if path.suffixes[-2:] == [f".{ENGLISH}", ".md"] else VIETNAMESE)


def main(paths: Iterable[str]) -> None:
    for path in map(Path, paths):
        document = path.read_text("utf-8")
        path.write_text(with_messages(document, language_of(path)), "utf-8")


def _shown(language: Language, sentence: str) -> str:
    facts = dict.fromkeys(_FACT.findall(sentence), "…") | _SILENT
    return language.say(sentence, **facts)


if __name__ == "__main__":
    main(sys.argv[1:])
