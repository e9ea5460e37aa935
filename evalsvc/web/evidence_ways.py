"""From a document back to the lines on which it is shown, each on the desk of whoever looks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask import url_for

from evalsvc.domain.access import OF_UNIT, Actor, Role, can_prepare, can_review
from evalsvc.usecases.sheets import Sheet
from evalsvc.web.answers import line_id
from evalsvc.words.language import Language
from evalsvc.words.sheets import when


@dataclass(frozen=True, slots=True)
class Way:
    """One line, and the sheet around it."""

    sheet: str
    sheet_url: str
    line: str
    line_url: str


def ways(language: Language, actor: Actor, places: Iterable[tuple[Sheet, str]]) -> Sequence[Way]:
    return [_way(language, actor, sheet, code) for sheet, code in places]


def trail(language: Language, actor: Actor, found: Sequence[Way]) -> Iterator[tuple[str, str]]:
    """To the line that shows it last; where none does, to the desk of its unit."""
    if found:
        yield found[0].sheet, found[0].sheet_url
        yield language.say("Line {line}", line=found[0].line), found[0].line_url
    elif actor.roles() & OF_UNIT:
        yield language.say("My work"), url_for("unit.home")


def _way(language: Language, actor: Actor, sheet: Sheet, code: str) -> Way:
    form, name = sheet.form, sheet.record.unit_name
    period = when(language, form.year, form.half)
    said = language.say("Sheet of {unit}, {period}", unit=name, period=period)
    sheet_url, line_url = _urls(actor, sheet, code)
    return Way(said, sheet_url, code, line_url)


def _urls(actor: Actor, sheet: Sheet, code: str) -> tuple[str, str]:
    """The desk of the unit, of its reviewers, of a leader, or of whoever answers the unit."""
    id_, place = sheet.record.id, sheet.record.place
    if can_prepare(actor, place):
        at, group = line_id(code), sheet.reading.group_of[code]
        own = url_for("unit.group", id=id_, code=group, _anchor=at)
        return url_for("unit.sheet", id=id_), own
    if can_review(actor, place):
        line = url_for("evaluate.evidence_line", id=id_, code=code)
        return url_for("evaluate.sheet", id=id_), line
    if actor.holds({Role.LEADER}, place):
        return url_for("lead.sheet", id=id_), url_for("lead.line", id=id_, line=code)
    waiting = url_for("explanations.waiting", code=sheet.round.code)
    if sheet.record.released_at is None:
        return waiting, waiting
    return waiting, url_for("explanations.line", id=id_, line=code)
