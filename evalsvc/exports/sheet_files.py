"""One unit's sheet as sheets of a workbook: every line in its layers, and how the total is made."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from evalsvc.domain.criteria import Criterion, Heading
from evalsvc.domain.forms import Entry, Form, Section
from evalsvc.domain.lines import Layer, LineScore, State
from evalsvc.domain.scoring import OUT, ZERO, Compared, ScoreSheet
from evalsvc.exports.tables import Cell, Column, ColumnKind, Made, Sheet, Strong, made_note
from evalsvc.words.amounts import Names, capital
from evalsvc.words.language import Language
from evalsvc.words.reckonings import reckoning
from evalsvc.words.rules import NO_NAMES
from evalsvc.words.sheets import LAYERS, ROLES, when
from evalsvc.words.steps import step_sentences, total_and_compared

Texts = Mapping[str, str]
NO_TEXTS: Texts = MappingProxyType({})
Row = tuple[Cell, ...]
Points = Callable[[ScoreSheet], Decimal | None]
CODE_AND_NAME = 2
"""So many columns stay in sight."""


@dataclass(frozen=True, slots=True)
class SheetHeading:
    """Whose sheet it is; `notes` are further sentences that stand above the table."""

    unit_name: str
    unit_code: str
    provisional: bool = False
    made: Made | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    """What every row needs. `latest` is the last layer that was reached."""

    language: Language
    sheets: Mapping[Layer, ScoreSheet]
    reasons: Texts
    names: Names

    @property
    def latest(self) -> ScoreSheet:
        return self.sheets[next(layer for layer in reversed(Layer) if layer in self.sheets)]

    @property
    def form(self) -> Form:
        return self.latest.form

    @property
    def decimals(self) -> int:
        return self.form.set.decimals

    def rows(self) -> Iterator[Row]:
        for section in self.form.sections:
            yield self._group(section)
            yield from self._lines(section)
        yield from self._totals()

    def _group(self, section: Section) -> Row:
        group = section.group
        most = section.capped(section.scale_most) if section.scale_most else section.cap
        sums = self._of_layers(lambda sheet: _group_points(sheet, section))
        return Strong((group.code, group.name, most, None, *sums, None))

    def _lines(self, section: Section) -> Iterator[Row]:
        entries = {entry.code: entry for entry in section.entries}
        for child in section.group.children:
            if isinstance(child, Criterion):
                if child.code in entries:
                    yield self._line(entries[child.code])
            elif parts := [entries[part.code] for part in child.parts if part.code in entries]:
                yield self._heading(child)
                yield from map(self._line, parts)

    def _heading(self, heading: Heading) -> Row:
        nothing = (None for _ in Layer)
        return (heading.code, heading.name, None, None, *nothing, None)

    def _line(self, entry: Entry) -> Row:
        role = ROLES[entry.criterion.role]
        name = entry.criterion.name + (self.language.say(role) if role else "")
        points = self._of_layers(lambda sheet: _line_points(sheet.line(entry.code)))
        answers = "\n".join(self._answers(entry.code))
        return (entry.code, name, entry.most, answers, *points, self.reasons.get(entry.code))

    def _answers(self, code: str) -> Iterator[str]:
        """The sum in words of the first layer, and of each layer that changed the value."""
        before: LineScore | None = None
        for layer in Layer:
            sheet = self.sheets.get(layer)
            line = sheet.line(code) if sheet else None
            if line is None or (before and line.value == before.value):
                continue
            said = reckoning(self.language, line, self.decimals, self.names)
            yield f"{self._layer(layer)}: {said}" if before else said
            before = line

    def _totals(self) -> Iterator[Row]:
        say, latest = self.language.say, self.latest
        totals = self._of_layers(lambda sheet: sheet.total if sheet.steps else None)
        total = (say("Total of the sheet"), latest.unit_scale, None, *totals, None)
        yield Strong((None, *total))
        if any(_is_compared(sheet) for sheet in self.sheets.values()):
            compared = self._of_layers(lambda sheet: sheet.compared if sheet.steps else None)
            scale = self.form.set.scale
            yield Strong((None, say("Compared points"), scale, None, *compared, None))

    def _of_layers(self, points: Points) -> Row:
        """A cell for each layer, empty for those that were not reached."""
        found = (self.sheets.get(layer) for layer in Layer)
        return tuple(None if sheet is None else points(sheet) for sheet in found)

    def steps(self) -> Iterator[Row]:
        for layer, sheet in self.sheets.items():
            yield Strong((self._layer(layer), self._total(sheet)))
            yield from ((None, said) for said in step_sentences(self.language, sheet))
            if layer is Layer.CLAIMED and sheet.own_most != sheet.unit_scale:
                say, most = self.language.say, self.language.number(sheet.own_most)
                yield (
                    None,
                    say("At most {most} points can be claimed by the unit itself", most=most),
                )

    def _total(self, sheet: ScoreSheet) -> str:
        if not sheet.steps:
            return self.language.say("Not rated: no line of the sheet is applicable")
        return total_and_compared(self.language, sheet)

    def _layer(self, layer: Layer) -> str:
        return capital(self.language.say(LAYERS[layer]))

    def columns(self) -> Iterator[Column]:
        say, points, places = self.language.say, ColumnKind.POINTS, self.decimals
        yield Column(say("Code"), width=9)
        yield Column(say("Criterion"), width=46)
        yield Column(say("Most points"), points, 9, places)
        yield Column(say("Answer"), width=40)
        for layer in Layer:
            yield Column(self._layer(layer), points, 10, places)
        yield Column(say("Reason"), width=36)


def score_sheets(
    language: Language,
    heading: SheetHeading,
    sheets: Mapping[Layer, ScoreSheet],
    reasons: Texts = NO_TEXTS,
    names: Names = NO_NAMES,
) -> tuple[Sheet, Sheet]:
    """All lines with the layers side by side, then the steps from the sums to the totals.

    `sheets` has the layers that were reached, at least one; `reasons` what was said on a line,
    by its code; `names` as in `rules.rule`.
    """
    told = _Told(language, sheets, reasons, names)
    form = told.form
    period = when(language, form.year, form.half)
    title = language.say("Score sheet of {unit}, {when}", unit=heading.unit_name, when=period)
    notes = tuple(_notes(language, heading, form))
    lines, steps = language.say("Lines"), language.say("How the total is made")
    columns = (Column(language.say("Points taken from"), width=20), Column(steps, width=100))
    return (
        Sheet(title, tuple(told.columns()), told.rows(), notes, lines, CODE_AND_NAME),
        Sheet(f"{steps}: {heading.unit_name}", columns, told.steps(), notes, steps),
    )


def _notes(language: Language, heading: SheetHeading, form: Form) -> Iterator[str]:
    version = language.say("version {number}", number=form.set.version)
    yield f"{form.set.title} ({form.set.code}, {version})"
    yield language.say("Code of the unit: {code}", code=heading.unit_code)
    if heading.provisional:
        yield language.say("Provisional, may still change")
    yield from heading.notes
    if heading.made:
        yield made_note(language, heading.made)


def _group_points(sheet: ScoreSheet, section: Section) -> Decimal:
    """What counts of the lines on the scale; where there are none, of those beside it."""
    for group in sheet.groups:
        if group.section.group.code == section.group.code:
            return group.counted
    codes = {entry.code for entry in section.entries}
    beside = (each.counted for each in sheet.outside if codes.issuperset(each.codes))
    return sum(beside, ZERO)


def _line_points(line: LineScore | None) -> Decimal | None:
    """None where a line has no points at all, which is not the same as 0."""
    if line is None or line.state is State.NOT_DUE or line.treatment in OUT:
        return None
    return line.points


def _is_compared(sheet: ScoreSheet) -> bool:
    return bool(sheet.steps) and isinstance(sheet.steps[-1], Compared)
