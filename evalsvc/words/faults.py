"""Faults in words, for the person who can fix them: what is wrong, what to write instead."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from evalsvc.words.account_faults import ACCOUNTS
from evalsvc.words.answer_faults import ANSWERS
from evalsvc.words.course_faults import COURSE
from evalsvc.words.deed_faults import DEEDS
from evalsvc.words.file_faults import FILES
from evalsvc.words.file_refusals import EVIDENCE
from evalsvc.words.journal_faults import JOURNAL
from evalsvc.words.language import Language
from evalsvc.words.opening_faults import OPENINGS
from evalsvc.words.post_faults import POST
from evalsvc.words.round_faults import ROUNDS
from evalsvc.words.sentence import Sentence
from evalsvc.words.set_faults import SETS
from evalsvc.words.setting_faults import SETTINGS
from evalsvc.words.unit_faults import UNIT
from evalsvc.words.unit_table_faults import UNIT_TABLES

OF_FILES: dict[str, Sentence] = {**FILES, **SETS, **ANSWERS, **ROUNDS}
"""What people hear who write criteria sets, answers and rounds."""

MESSAGES: dict[str, Sentence] = {
    **OF_FILES,
    **OPENINGS,
    **UNIT,
    **UNIT_TABLES,
    **DEEDS,
    **COURSE,
    **POST,
    **ACCOUNTS,
    **EVIDENCE,
    **JOURNAL,
    **SETTINGS,
}

MOST_CHOICES = 12
_LISTS = ("choices", "known")
_NAMES = ("text", "kind", "tag", "line", "reason", "unit", "level", "key")
"""Facts that hold the word in question; sentences call it {text}, whichever of them it is."""


def what_is_wrong(language: Language, message: str, facts: Mapping[str, object]) -> str:
    return language.say(MESSAGES[message].what, **_told(language, facts))


def what_to_write(
    language: Language, message: str, facts: Mapping[str, object], known: Iterable[str] = ()
) -> str:
    """What to write instead; begins with the nearest known word where one is near.

    `known` are words that would do where the fault itself names none.
    """
    instead = language.say(MESSAGES[message].instead, **_told(language, facts))
    near = nearest(_word(facts), _choices(facts) or list(known))
    if not near:
        return instead
    return f"{language.say('Did you mean “{word}”?', word=near)} {instead}"


def nearest(word: str, choices: Iterable[str]) -> str:
    """The choice of which a word may be a misspelling; empty when none is near."""
    by_folded = {choice.casefold(): choice for choice in choices}
    found = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else ""


def _told(language: Language, facts: Mapping[str, object]) -> dict[str, object]:
    """The facts as sentences want them: a name for the word, short lists, the column in words."""
    told: dict[str, object] = {"text": _word(facts), "in_column": "", "in_block": ""}
    for key, value in facts.items():
        told[key] = _listed(language, value) if isinstance(value, list | tuple) else value
    if column := facts.get("column"):
        told["in_column"] = language.say(" (column {column})", column=column)
    if block := facts.get("block"):
        told["in_block"] = language.say(" in block {block}", block=block)
    return told


def _word(facts: Mapping[str, object]) -> str:
    return next((str(facts[name]) for name in _NAMES if name in facts), "")


def _choices(facts: Mapping[str, object]) -> list[str]:
    named = (facts[key] for key in _LISTS if key in facts)
    return [str(each) for each in next(named, ()) if each]  # type: ignore[attr-defined]


def _listed(language: Language, values: Iterable[object]) -> str:
    """`a, b, c`, cut where nobody would read on."""
    words = [language.fact(value) for value in values if value != ""]
    if not words:
        return language.say("nothing")
    shown = ", ".join(words[:MOST_CHOICES])
    rest = len(words) - MOST_CHOICES
    return shown if rest <= 0 else language.say("{shown}, … ({rest} more)", shown=shown, rest=rest)
