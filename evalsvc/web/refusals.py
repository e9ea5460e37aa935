"""What was refused, in one piece of text: what is wrong and what to do instead."""

from evalsvc.domain.errors import Refused
from evalsvc.words.faults import what_is_wrong, what_to_write
from evalsvc.words.language import Language


def refusal(language: Language, error: Refused) -> str:
    what = what_is_wrong(language, error.message, error.facts)
    return f"{what} {what_to_write(language, error.message, error.facts)}"
