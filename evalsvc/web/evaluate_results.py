"""What is typed for each unit in a list of official results, and the text that the domain reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evalsvc import request
from evalsvc.domain.answers import NotApplicable, OfChildren, Official, Stated, Surveyed
from evalsvc.domain.dates import read_day, write_day
from evalsvc.domain.errors import Refused
from evalsvc.domain.points import NumberField, plain
from evalsvc.domain.readings import NOT_APPLICABLE_MARK, write_value
from evalsvc.domain.scales import Children, Imported, Survey
from evalsvc.domain.scales.judgement import UNSUBMITTED
from evalsvc.usecases.official_results import Results
from evalsvc.usecases.review_rows import Row
from evalsvc.web.answers.controls import closed, shortest
from evalsvc.words.language import Language

VALUE, REPLIES, NOT_APPLICABLE, SEEN = "value", "replies", "na", "seen"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of the list: what is typed for each unit."""

    name: str
    label: str
    of_regulation: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """What was sent: once for all, and for each unit."""

    document: str = ""
    day: str = ""
    rows: Mapping[int, Mapping[str, str]] = field(default_factory=dict)


def fields_of(language: Language, found: Results) -> tuple[Field, ...]:
    """What is asked for each unit, by the kind of the line."""
    match found.entry.scale:
        case Imported(what=what):
            return (Field(VALUE, what, of_regulation=True),)
        case Survey():
            value, replies = language.say("Survey result"), language.say("Number of replies")
            return Field(VALUE, value), Field(REPLIES, replies)
        case Children():
            bands = (Field(code, name, of_regulation=True) for code, name in found.bands.items())
            return *bands, Field(UNSUBMITTED, language.say("Not handed in"))
        case _:
            return (Field(VALUE, language.say("Result")),)


def as_written(day: str) -> str:
    """`2/6/2026` as `02/06/2026`; what is no date stays as it was typed."""
    try:
        return write_day(read_day(day))
    except Refused:
        return day


def text_of(found: Results, cells: Mapping[str, str], typed: Typed) -> str:
    """The text that the domain reads; empty where nothing was typed for a unit."""
    if reason := cells.get(NOT_APPLICABLE, ""):
        return f"{NOT_APPLICABLE_MARK}{closed(reason)}"
    scale = found.entry.scale
    if isinstance(scale, Children):
        numbers = ((code, cells.get(code, "")) for code in (*found.bands, UNSUBMITTED))
        return "; ".join(f"{code} {closed(number)}" for code, number in numbers if number)
    value = cells.get(VALUE, "")
    if isinstance(scale, Survey):
        replies = cells.get(REPLIES, "")
        return f"{closed(value)}; {closed(replies)}" if value or replies else ""
    if isinstance(scale, Imported) and value:
        year = found.round.year - scale.year_before
        return f"{closed(value)}; {typed.document}; {typed.day}; {year}"
    return closed(value) if not isinstance(scale, Imported) else ""


def cells_of(found: Results, row: Row) -> dict[str, str]:
    """What stands in the fields of a unit."""
    names = [each.name for each in fields_of(request.spoken(), found)]
    cells = dict.fromkeys((*names, NOT_APPLICABLE), "")
    value = row.official
    if isinstance(value, NotApplicable):
        return cells | {NOT_APPLICABLE: value.reason}
    if not isinstance(value, Stated):
        return cells
    match value.answer:
        case Official(number):
            return cells | {VALUE: _number(found, plain(number))}
        case Surveyed(number, replies):
            return cells | {VALUE: _number(found, plain(number)), REPLIES: str(replies)}
        case OfChildren(bands, unsubmitted):
            numbers = {code: str(number) for code, number in bands}
            return cells | numbers | {UNSUBMITTED: str(unsubmitted) if unsubmitted else ""}
        case _:
            return cells | {VALUE: write_value(value)}


def _number(found: Results, text: str) -> str:
    scale = found.entry.scale
    field = NumberField(scale.out_of if isinstance(scale, Imported) else None)
    return shortest(request.spoken(), text, field)


def empty_field(fields: Sequence[Field], cells: Mapping[str, str]) -> str:
    """The field that was left empty beside one that was filled in."""
    return next((each.label for each in fields if not cells.get(each.name)), "")
