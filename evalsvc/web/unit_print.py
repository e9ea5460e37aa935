"""An own sheet as a whole: on paper, and how its total comes about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask.typing import ResponseReturnValue

from evalsvc import request
from evalsvc.domain.lines import Layer, LineScore, State
from evalsvc.domain.results import Result
from evalsvc.domain.scoring import OUT
from evalsvc.exports.charts import Band, ruler
from evalsvc.exports.charts import Layer as Total
from evalsvc.usecases import own_sheets
from evalsvc.usecases.own_sheets import GroupSeen, Line, Own
from evalsvc.web.unit_home import line_url
from evalsvc.web.unit_lines import Shower
from evalsvc.web.unit_pages import show
from evalsvc.web.unit_views import sheet_view
from evalsvc.words.language import Language
from evalsvc.words.steps import step_sentences, total_and_compared
from evalsvc.words.verdicts import band_sentences, gate_sentences, next_band_sentence


@dataclass(frozen=True, slots=True)
class Row:
    """One line on paper."""

    code: str
    name: str
    stated: str
    most: Decimal | None
    claimed: Decimal | None
    reviewed: Decimal | None
    final: Decimal | None
    note: str


@dataclass(frozen=True, slots=True)
class Part:
    """One group on paper with its lines."""

    code: str
    name: str
    most: Decimal | None
    claimed: Decimal
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Step:
    """One step from the groups to the total, as `working` shows it."""

    title: str
    text: str = ""
    change: str = ""
    value: str = ""
    sum: bool = False


def print_(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    language = request.spoken()
    with request.reading() as doing:
        own = own_sheets.own(doing, id)
        below = own_sheets.below(doing, own.sheet.round, own.sheet.form.entries())
    shower, found = Shower(language, own, None, below), own.sheet.result(Layer.CLAIMED)
    return show(
        "unit/print.html",
        view=sheet_view(language, own),
        parts=[part(shower, each, found) for each in own.groups()],
        steps=list(step_sentences(language, found.sheet)),
        total=total_and_compared(language, found.sheet),
        verdict=[*band_sentences(language, found), *gate_sentences(language, found)],
        decimals=shower.decimals,
        set=own.sheet.form.set,
        year=str(own.sheet.form.year),
        submitted_at=own.record.submitted_at,
    )


def part(shower: Shower, group: GroupSeen, found: Result) -> Part:
    of = group.section.group
    rows = [_row(shower, line, found.sheet.line(line.entry.code)) for line in group.lines]
    return Part(of.code, of.name, group.most, group.points, rows)


def _row(shower: Shower, line: Line, score: LineScore | None) -> Row:
    marks = shower.own.sees_marks
    counts = score is not None and score.state is not State.NOT_DUE and score.treatment not in OUT
    return Row(
        line.entry.code,
        line.entry.criterion.name,
        _stated(shower, line, score),
        line.entry.most,
        score.points if score and counts else None,
        line.record.reviewed_points if marks else None,
        line.record.final_points if marks else None,
        line.record.note,
    )


def _stated(shower: Shower, line: Line, score: LineScore | None) -> str:
    if line.record.draft is not None:
        return shower.calc(line, None).text
    return shower.text(score) if score else ""


def total(id: int) -> ResponseReturnValue:  # noqa: A002
    """Why this total: groups, steps, band, and what the next band would take."""
    language = request.spoken()
    with request.reading() as doing:
        own = own_sheets.own(doing, id)
    found = own.sheet.result(own.layer)
    return show(
        "unit/total.html",
        view=sheet_view(language, own),
        steps=list(steps_of(language, found)),
        verdict=[*band_sentences(language, found), *gate_sentences(language, found)],
        further=next_band_sentence(language, found),
        drawing=_drawing(language, found),
        empty=_named(own, "empty"),
        faulty=_named(own, "error"),
        decimals=own.sheet.form.set.decimals,
    )


def steps_of(language: Language, found: Result) -> Iterator[Step]:
    for said in step_sentences(language, found.sheet):
        title, colon, text = said.partition(": ")
        yield Step(title, text if colon else "")
    text, value = total_and_compared(language, found.sheet), language.points(found.sheet.total)
    yield Step(language.say("Total"), text, "", value, sum=True)


def _drawing(language: Language, found: Result) -> str:
    bands = [Band(band.name, band.bound) for band in found.sheet.form.ladder]
    mine = Total("claimed", language.say("Claimed"), found.sheet.compared)
    return ruler(language, "total-ruler", [mine], bands, found.sheet.form.set.scale)


def _named(own: Own, square: str) -> Sequence[tuple[str, str]]:
    lines = [line for group in own.groups() for line in group.lines]
    return [
        (line.entry.code, line_url(own, line.entry.code)) for line in lines if line.square == square
    ]
