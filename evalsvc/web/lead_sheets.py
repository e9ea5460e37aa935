"""One sheet as leaders open it: three layers side by side, and every line with its history."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from flask import url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from evalsvc import request
from evalsvc.domain.criteria import Criterion
from evalsvc.domain.errors import Refused
from evalsvc.domain.forms import Entry, Section
from evalsvc.domain.lines import Layer, LineScore, State, line_score, settled
from evalsvc.domain.results import result
from evalsvc.domain.scoring import OUT, ScoreSheet
from evalsvc.exports.charts import Layer as Mark
from evalsvc.exports.charts import rulers
from evalsvc.usecases import rank_sheets
from evalsvc.usecases.rank_sheets import Opened, OpenedLine
from evalsvc.web import lead_views
from evalsvc.words import histories
from evalsvc.words.amounts import capital
from evalsvc.words.language import Language
from evalsvc.words.reckonings import reckoning
from evalsvc.words.rules import line_rule
from evalsvc.words.sheets import LAYERS, ROLES, when
from evalsvc.words.steps import step_sentences, total_and_compared
from evalsvc.words.verdicts import band_sentences, gate_sentences, next_band_sentence

Cells = Sequence[Decimal | None]
"""Points in the three layers; None where a layer was not reached or a line has no points."""


@dataclass(frozen=True, slots=True)
class LineView:
    code: str
    name: str
    url: str
    most: Decimal | None
    said: str
    cells: Cells
    reason: str
    changed: bool


@dataclass(frozen=True, slots=True)
class GroupView:
    code: str
    name: str
    most: Decimal | None
    cells: Cells
    lines: Sequence[LineView]


@dataclass(frozen=True, slots=True)
class LayerView:
    """How the total of one layer is made, in words."""

    layer: str
    name: str
    total: str
    steps: Sequence[str]
    band: str


def sheet(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    language = request.spoken()
    with request.reading() as doing:
        found = rank_sheets.opened(doing, id)
    of = found.sheet
    verdict = found.result
    return request.page(
        "lead/sheet.html",
        found=found,
        record=of.record,
        period=when(language, of.form.year, of.form.half),
        decimals=of.form.set.decimals,
        set=of.form.set,
        groups=list(_groups(language, found)),
        totals=_totals(found),
        layers=list(_layers(language, found)),
        drawing=_drawing(language, found),
        headline=_headline(language, found.latest),
        verdict=[*band_sentences(language, verdict)],
        gates=[*gate_sentences(language, verdict)],
        next_band=next_band_sentence(language, verdict),
        flags=found.flags,
    )


def _totals(found: Opened) -> Cells:
    scores = (found.scores.get(layer) for layer in Layer)
    return [score.total if score and score.steps else None for score in scores]


def _groups(language: Language, found: Opened) -> Iterator[GroupView]:
    scores = [found.scores.get(layer) for layer in Layer]
    by_layer = [_by_code(each) for each in scores]
    for section in found.sheet.form.sections:
        group = section.group
        most = section.capped(section.scale_most) if section.scale_most else section.cap
        yield GroupView(
            group.code,
            group.name,
            most,
            [None if each is None else _group_points(each, section) for each in scores],
            [_line(language, found, by_layer, entry) for entry in section.entries],
        )


def _by_code(score: ScoreSheet | None) -> dict[str, LineScore]:
    return {} if score is None else {line.entry.code: line for line in score.lines}


def _group_points(score: ScoreSheet, section: Section) -> Decimal:
    """What counts of the lines on the scale; where there are none, of those beside it."""
    for group in score.groups:
        if group.section is section:
            return group.counted
    codes = {entry.code for entry in section.entries}
    beside = (each.counted for each in score.outside if codes.issuperset(each.codes))
    return sum(beside, Decimal(0))


def _line(
    language: Language, found: Opened, by_layer: Sequence[dict[str, LineScore]], entry: Entry
) -> LineView:
    scores = [lines.get(entry.code) for lines in by_layer]
    latest = next(score for score in reversed(scores) if score is not None)
    cells = [None if score is None else points_of(score) for score in scores]
    return LineView(
        entry.code,
        named(language, entry.criterion),
        url_for(".line", id=found.sheet.record.id, line=entry.code),
        entry.most,
        reckoning(language, latest, found.sheet.form.set.decimals),
        cells,
        found.reasons.get(entry.code, ""),
        any(_differs(score, latest) for score in scores),
    )


def _differs(score: LineScore | None, latest: LineScore) -> bool:
    """Whether a layer said something else; a line that was still to come said nothing."""
    if score is None or score.state is State.NOT_DUE:
        return False
    return score.value != latest.value


def named(language: Language, criterion: Criterion) -> str:
    role = ROLES[criterion.role]
    return criterion.name + (language.say(role) if role else "")


def points_of(score: LineScore) -> Decimal | None:
    """None where a line has no points at all, which is not the same as 0."""
    if score.state is State.NOT_DUE or score.treatment in OUT:
        return None
    return score.points


def _layers(language: Language, found: Opened) -> Iterator[LayerView]:
    for layer, score in found.scores.items():
        outcome = result(score, found.sheet.flags)
        steps = list(step_sentences(language, score))
        if layer is Layer.CLAIMED and score.own_most != score.unit_scale:
            most = language.number(score.own_most)
            steps.append(
                language.say("At most {most} points can be claimed by the unit itself", most=most)
            )
        yield LayerView(
            layer.value,
            capital(language.say(LAYERS[layer])),
            total_and_compared(language, score),
            steps,
            outcome.band.name if outcome.band else language.say("no band"),
        )


def _headline(language: Language, score: ScoreSheet) -> str:
    """A claimed total names what the unit itself can claim, where others give the rest."""
    total = total_and_compared(language, score)
    if score.layer is not Layer.CLAIMED or score.own_most == score.unit_scale:
        return total
    most = language.number(score.own_most)
    return language.say("{total}; at most {most} can be claimed", total=total, most=most)


def _drawing(language: Language, found: Opened) -> Markup:
    marks = [
        Mark(layer.value, capital(language.say(LAYERS[layer])), score.compared)
        for layer, score in found.scores.items()
        if score.steps
    ]
    form = found.sheet.form
    return rulers(language, "total", marks, lead_views.bands_of(form.ladder), form.set.scale)


# One line


@dataclass(frozen=True, slots=True)
class ValueView:
    """What stands on a line in one layer, and how its points come out."""

    layer: str
    said: str
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class PastView:
    """One deed on the line: when, who, what."""

    at: datetime
    who: str
    said: str


def line(id: int, line: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    language = request.spoken()
    with request.reading() as doing:
        found = rank_sheets.opened_line(doing, id, line)
    of, entry = found.sheet, found.entry
    decimals = of.form.set.decimals
    return request.page(
        "lead/line.html",
        record=of.record,
        entry=entry,
        round_code=of.round.code,
        name=named(language, entry.criterion),
        period=when(language, of.form.year, of.form.half),
        decimals=decimals,
        rule=line_rule(language, entry, decimals),
        stored=of.lines[entry.code],
        values=[
            ValueView(layer.value, reckoning(language, score, decimals), points_of(score))
            for layer, score in found.scores.items()
        ],
        marks=[
            (mark, "" if mark.value == "" else _shown(language, found, mark.value))
            for mark in found.marks
        ],
        past=list(_past(language, found)),
    )


def _past(language: Language, found: OpenedLine) -> Iterator[PastView]:
    """Newest first, as people look for what happened last."""
    for told in reversed(found.history):
        said = histories.told(language, told.entry, lambda text: _shown(language, found, text))
        yield PastView(told.entry.at, told.who, f"{said.rstrip('.')}.")


def _shown(language: Language, found: OpenedLine, text: str) -> str:
    """A stored answer in words; as it was typed where the sheet no longer reads it."""
    try:
        value = found.value(text)
    except Refused:
        return f"“{text}”"
    layer = Layer.REVIEWED
    score = line_score(
        found.entry, settled(found.entry, value, layer), found.sheet.form.set.decimals
    )
    return reckoning(language, score, found.sheet.form.set.decimals)
