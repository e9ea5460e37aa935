"""Hours that wait for a person, as a calendar names them."""

from collections.abc import Mapping

from evalsvc.domain.deadlines import Deadline, Ending
from evalsvc.words import links
from evalsvc.words.language import Language, sentence

SUMMARIES: Mapping[Ending, str] = {
    Ending.ASSESS: sentence("{unit}: the sheet is handed in"),
    Ending.RETURN: sentence("{unit}, line {line}: put right and given back"),
    Ending.EXPLAIN: sentence("{unit}: explanations end"),
    Ending.REVIEW: sentence("The review ends"),
    Ending.ANSWER: sentence("{unit}, line {line}: an explanation is to be answered"),
}
OF_LINE = sentence("{unit}, line {line}: explanations end")
PLACES: Mapping[Ending, str] = {
    Ending.ASSESS: links.SHEET,
    Ending.RETURN: links.SHEET,
    Ending.EXPLAIN: links.EXPLANATIONS,
    Ending.REVIEW: links.REVIEW,
    Ending.ANSWER: links.CONTEST,
}


def name(language: Language, label: str) -> str:
    return language.say("Work with the people: {what}", what=label)


def summary(language: Language, of: Deadline) -> str:
    is_line = of.ending is Ending.EXPLAIN and of.line
    said = OF_LINE if is_line else SUMMARIES[of.ending]
    return language.say(said, unit=of.unit, line=of.line)


def place(of: Deadline) -> str:
    """The page on which it is dealt with, without the name of the site."""
    return links.path(PLACES[of.ending], of.sheet, of.line)
