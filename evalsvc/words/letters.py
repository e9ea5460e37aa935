"""Mails in words: what is new, one line and one address for each, and how to stop them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from evalsvc.domain.reminders import News, Occasion, days_left
from evalsvc.words import links
from evalsvc.words.language import Language, sentence

SENTENCES: Mapping[Occasion, str] = {
    Occasion.OPENED: sentence("{unit}: the sheet is open and is handed in by {until}."),
    Occasion.DUE: sentence("{unit}: the sheet is due {left}, at {until}."),
    Occasion.RETURNED: sentence(
        "{unit}, line {line}: returned by the reviewers; put it right and give it back by {until}."
    ),
    Occasion.RELEASED: sentence(
        "{unit}: the review is finished and can be read; explanations are taken until {until}."
    ),
    Occasion.EXPLAIN_DUE: sentence("{unit}: the time for explanations ends {left}, at {until}."),
    Occasion.LOWERED: sentence(
        "{unit}, line {line}: corrected after the release; explanations are taken until {until}."
    ),
    Occasion.ANSWERED: sentence("{unit}, line {line}: the explanation has been answered."),
    Occasion.DECIDED: sentence("{unit}: the result has been decided."),
    Occasion.REVIEW_DUE: sentence(
        "The review ends {left}, at {until}; unfinished sheets: {number}."
    ),
    Occasion.CONTESTED: sentence("{unit}, line {line}: an explanation waits for an answer."),
}

TOPICS: Mapping[Occasion, str] = {
    Occasion.OPENED: sentence("The sheet is open"),
    Occasion.DUE: sentence("The sheet is due soon"),
    Occasion.RETURNED: sentence("Returned lines have to be put right"),
    Occasion.RELEASED: sentence("The review can be read and contested"),
    Occasion.EXPLAIN_DUE: sentence("The time for explanations ends soon"),
    Occasion.LOWERED: sentence("A line was corrected after the release"),
    Occasion.ANSWERED: sentence("An explanation has been answered"),
    Occasion.DECIDED: sentence("The result has been decided"),
    Occasion.REVIEW_DUE: sentence("The review ends soon"),
    Occasion.CONTESTED: sentence("Explanations wait for an answer"),
}

PLACES: Mapping[Occasion, str] = {
    Occasion.OPENED: links.SHEET,
    Occasion.DUE: links.SHEET,
    Occasion.RETURNED: links.SHEET,
    Occasion.RELEASED: links.EXPLANATIONS,
    Occasion.EXPLAIN_DUE: links.EXPLANATIONS,
    Occasion.LOWERED: links.EXPLANATIONS,
    Occasion.ANSWERED: links.EXPLANATIONS,
    Occasion.DECIDED: links.RESULT,
    Occasion.REVIEW_DUE: links.REVIEW,
    Occasion.CONTESTED: links.CONTEST,
}


@dataclass(frozen=True, slots=True)
class Site:
    """The service as people find it: whose it is, and the address that links begin with."""

    organisation: str
    address: str


def subject(language: Language, news: Sequence[News], day: date, *, urgent: bool) -> str:
    """One topic by its name, several by their number."""
    topics = {each.occasion for each in news}
    if len(topics) == 1:
        said = language.say(TOPICS[topics.pop()])
    else:
        said = language.say("{number} things of {day}", number=len(news), day=day)
    if urgent:
        said = language.say("Urgent: {what}", what=said[:1].lower() + said[1:])
    return language.say("Work with the people: {what}", what=said[:1].lower() + said[1:])


def text(language: Language, label: str, news: Sequence[News], site: Site, now: datetime) -> str:
    """Plain, in the order of rounds; neither points nor reasons leave the house."""
    parts = [language.say("To {label},", label=label)]
    rounds = list(dict.fromkeys(each.round for each in news))
    for title in rounds:
        mine = [each for each in news if each.round == title]
        parts += ["\n\n".join([title, *_items(language, mine, site, now)])]
    parts.append("\n".join(_foot(language, site)))
    return "\n\n".join(parts) + "\n"


def _items(language: Language, news: Sequence[News], site: Site, now: datetime) -> Iterator[str]:
    for each in news:
        place = links.path(PLACES[each.occasion], each.sheet, each.line)
        yield f"- {line(language, each, now)}\n  {site.address}{place}"


def line(language: Language, of: News, now: datetime) -> str:
    return language.say(
        SENTENCES[of.occasion],
        unit=of.unit,
        line=of.line,
        until=of.until,
        number=of.number,
        left=_left(language, of, now),
    )


def _left(language: Language, of: News, now: datetime) -> str:
    number = 0 if of.until is None else days_left(of.until, now)
    if number == 0:
        return language.say("today")
    if number == 1:
        return language.say("tomorrow")
    return language.say("in {number} days", number=number)


def _foot(language: Language, site: Site) -> Iterator[str]:
    yield "-- "
    if site.organisation:
        yield site.organisation
    yield language.say("This mail was written by the service; answers to it are not read.")
    yield language.say("Other mails, or none: {address}", address=f"{site.address}{links.SETTINGS}")
