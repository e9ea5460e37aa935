"""Reopening and lower corrections of a released sheet, in words for its unit."""

from collections.abc import Iterator

from evalsvc.usecases.own_explanations import Explained, Heard
from evalsvc.usecases.own_news import Fallen
from evalsvc.words.language import Language


def news(language: Language, found: Explained) -> Iterator[str]:
    told = found.news
    if told.decision:
        decision = told.decision.rstrip(". ")
        yield language.say("The sheet was reopened by: {decision}.", decision=decision)
    for each in told.fallen:
        yield _fallen(language, found, each)


def _fallen(language: Language, found: Explained, fallen: Fallen) -> str:
    decimals = found.own.sheet.form.set.decimals
    said = language.say(
        "A correction lowered {line}: from {before} to {points} points.",
        line=fallen.line,
        before=language.points(fallen.before, decimals),
        points=language.points(fallen.points, decimals),
    )
    heard = found.line(fallen.line)
    if heard is None or not heard.is_open:
        return said
    return f"{said} {_until(language, found, fallen, heard)}"


def _until(language: Language, found: Explained, fallen: Fallen, heard: Heard) -> str:
    """A window that was told before is never cut short by the new days."""
    if heard.until > fallen.at + found.own.sheet.round.hearing.span:
        return language.say(
            "The unit may agree or explain; the hour told before still holds, until {until}.",
            until=heard.until,
        )
    return language.say("The unit may agree or explain until {until}.", until=heard.until)
