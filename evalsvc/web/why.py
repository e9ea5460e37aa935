"""Why a total is what it is, as every desk shows it on the screen and on paper."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from markupsafe import Markup

from evalsvc.domain.course import Status
from evalsvc.domain.criteria import GivenBy
from evalsvc.domain.forms import Entry, Section
from evalsvc.domain.line_course import Step
from evalsvc.domain.lines import Layer, LineScore, State
from evalsvc.domain.scoring import OUT, ZERO, ScoreSheet
from evalsvc.exports.charts import Band, rulers
from evalsvc.exports.charts import Layer as Mark
from evalsvc.usecases.why import Why, WhyLine
from evalsvc.words.amounts import capital
from evalsvc.words.language import Language
from evalsvc.words.reckonings import reckoning
from evalsvc.words.rules import line_rule
from evalsvc.words.settlements import STAGES, standing
from evalsvc.words.sheets import LAYERS, ROLES
from evalsvc.words.steps import StepRow, step_rows, total_and_compared
from evalsvc.words.verdicts import band_sentences, gate_sentences, next_band_sentence

Cells = Sequence[Decimal | None]
"""Points in each layer that is shown; None where a line has none there."""

Places = Callable[[str], str]
"""The address of a group or of a line, by its code."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What it comes to: the number, its place among the bands, and what stands in the way."""

    layer: str
    total: str
    compared: str
    band: str
    said: Sequence[str]
    gates: Sequence[str]
    further: str
    drawing: Markup


@dataclass(frozen=True, slots=True)
class Way:
    """From the groups to the total of one layer."""

    layer: str
    name: str
    steps: Sequence[StepRow]
    total: str
    said: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    code: str
    name: str
    url: str
    cells: Cells
    most: Decimal | None


@dataclass(frozen=True, slots=True)
class Given:
    """One mark, or one word of the unit, with who and when."""

    at: datetime
    what: str
    who: str
    points: Decimal | None
    text: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line with all that was said to it; `said`: how points come out, by layer."""

    code: str
    name: str
    url: str
    rule: str
    most: Decimal | None
    cells: Cells
    said: Sequence[tuple[str, str]]
    given: Sequence[Given]
    note: str
    standing: str
    is_lower: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class WhyView:
    layers: Sequence[str]
    verdict: Verdict
    ways: Sequence[Way]
    groups: Sequence[GroupRow]
    parts: Sequence[tuple[GroupRow, Sequence[LineRow]]]
    decimals: int
    most: Decimal
    is_released: bool
    is_closed: bool

    @property
    def way(self) -> Way:
        """Of the layer that counts."""
        return next(each for each in self.ways if each.layer == self.verdict.layer)

    @property
    def others(self) -> Sequence[Way]:
        return [each for each in self.ways if each.layer != self.verdict.layer]

    @property
    def totals(self) -> Sequence[str]:
        return [each.total for each in self.ways]


def why_view(language: Language, why: Why, group_url: Places, line_url: Places) -> WhyView:
    scores = [result.sheet for result in why.results.values()]
    lines = {line.entry.code: line for line in why.lines}
    parts = [
        (
            _group(section, scores, group_url(section.group.code)),
            [
                line_row(language, why, lines[entry.code], line_url(entry.code))
                for entry in section.entries
            ],
        )
        for section in why.sheet.form.sections
    ]
    return WhyView(
        [layer.value for layer in why.results],
        _verdict(language, why),
        [_way(language, why, layer) for layer in why.results],
        [group for group, _ in parts],
        parts,
        why.sheet.form.set.decimals,
        why.result.sheet.unit_scale,
        why.is_released,
        why.sheet.record.status is Status.CLOSED,
    )


def _verdict(language: Language, why: Why) -> Verdict:
    result = why.result
    score, decimals = result.sheet, result.sheet.form.set.decimals
    return Verdict(
        why.layer.value,
        language.points(score.total, decimals),
        total_and_compared(language, score),
        result.band.name if result.band else language.say("no band"),
        list(band_sentences(language, result)),
        list(gate_sentences(language, result)),
        next_band_sentence(language, result),
        _drawing(language, why),
    )


def _drawing(language: Language, why: Why) -> Markup:
    marks = [
        Mark(layer.value, _layer(language, why, layer), result.sheet.compared)
        for layer, result in why.results.items()
        if result.sheet.steps
    ]
    form = why.sheet.form
    bands = [Band(band.name, band.bound) for band in form.ladder]
    return rulers(language, "total-ruler", marks, bands, form.set.scale)


def _layer(language: Language, why: Why, layer: Layer) -> str:
    """What is not concluded yet is in force only."""
    if layer is Layer.FINAL and why.sheet.record.status is Status.RELEASED:
        return language.say("In force")
    return capital(language.say(LAYERS[layer]))


def _way(language: Language, why: Why, layer: Layer) -> Way:
    result = why.results[layer]
    score = result.sheet
    return Way(
        layer.value,
        _layer(language, why, layer),
        list(step_rows(language, score)),
        language.points(score.total, score.form.set.decimals),
        "; ".join(band_sentences(language, result)),
    )


def _group(section: Section, scores: Sequence[ScoreSheet], url: str) -> GroupRow:
    of = section.group
    cells = [_group_points(score, section) for score in scores]
    most = next(
        (each.applicable for each in scores[-1].groups if each.section.group.code == of.code),
        section.cap,
    )
    return GroupRow(of.code, of.name, url, cells, most)


def _group_points(score: ScoreSheet, section: Section) -> Decimal:
    """What counts of the lines on the scale; where there are none, of those beside it."""
    for group in score.groups:
        if group.section.group.code == section.group.code:
            return group.counted
    codes = {entry.code for entry in section.entries}
    beside = (each.counted for each in score.outside if codes.issuperset(each.codes))
    return sum(beside, ZERO)


# Lines


def line_row(language: Language, why: Why, line: WhyLine, url: str) -> LineRow:
    entry, record, decimals = line.entry, line.record, why.sheet.form.set.decimals
    names = why.names.get(entry.code, {})
    cells = [points_of(score) for score in line.scores.values()]
    is_open = why.is_released and record.step in (Step.SHOWN, Step.CONTESTED)
    final = record.final_points
    return LineRow(
        entry.code,
        named(language, entry),
        url,
        line_rule(language, entry, decimals, names),
        entry.most,
        cells,
        list(_said(language, line, decimals, names)),
        list(_given(language, why, line)),
        record.note,
        _standing(language, why, line, (record.reviewed_points, final)),
        is_lower(cells),
        is_open and line.is_changed,
    )


def is_lower(cells: Cells) -> bool:
    """Whether the review gave less than was claimed."""
    first, second = (*cells, None, None)[:2]
    return first is not None and second is not None and second < first


def named(language: Language, entry: Entry) -> str:
    role = ROLES[entry.criterion.role]
    return entry.criterion.name + (language.say(role) if role else "")


def points_of(score: LineScore) -> Decimal | None:
    """None where a line has no points at all, which is not the same as 0."""
    if score.state is State.NOT_DUE or score.treatment in OUT:
        return None
    return score.points


def _said(
    language: Language, line: WhyLine, decimals: int, names: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """How points come out; a layer that says the same as the one before is not told again."""
    before = None
    for layer, score in line.scores.items():
        if before is not None and score.value == before.value:
            continue
        if before is None or score.state is not State.NOT_DUE:
            yield layer.value, reckoning(language, score, decimals, names)
        before = score


def _given(language: Language, why: Why, line: WhyLine) -> Iterator[Given]:
    """Marks and explanations in the order of time."""
    marks = [
        Given(each.at, language.say(STAGES[each.stage]), each.who, each.points, each.reason)
        for each in line.marks
    ]
    said = language.say("Explanation of the unit")
    words = [
        Given(each.sent_at or each.at, said, each.who, _wanted(why, line, each.wanted), each.text)
        for each in line.replies
    ]
    found = [*words, *marks]
    yield from sorted(found, key=lambda each: each.at)


def _wanted(why: Why, line: WhyLine, wanted: str) -> Decimal | None:
    if not wanted:
        return None
    value = why.sheet.mark(line.entry, wanted)
    return why.sheet.points(line.entry, value, Layer.FINAL)


def _standing(
    language: Language, why: Why, line: WhyLine, points: tuple[Decimal | None, Decimal | None]
) -> str:
    if not why.is_released:
        if line.entry.criterion.given_by is GivenBy.REVIEWER and not line.record.reviewed:
            return language.say("Given by the superior")
        return ""
    if not line.is_changed and line.record.step in (Step.SHOWN, Step.FINAL):
        return language.say("As claimed")
    return standing(language, line.record.step, line.record.settled, points)
