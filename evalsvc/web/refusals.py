"""What was refused, in one piece of text: what is wrong and what to do instead."""

from evalsvc.domain.errors import Refused
from evalsvc.words.faults import what_is_wrong, what_to_write
from evalsvc.words.language import Language, sentence

ON_PAGES = {"not-a-date": sentence("Write day/month/year, such as 30/11/2026.")}
"""Files know days of every year as well; forms ask for one day only."""


def refusal(language: Language, error: Refused) -> str:
    what = what_is_wrong(language, error.message, error.facts)
    if error.message in ON_PAGES:
        return f"{what} {language.say(ON_PAGES[error.message])}"
    return f"{what} {what_to_write(language, error.message, error.facts)}"
