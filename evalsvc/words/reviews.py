"""What review changed on a sheet: the layers side by side, and the reasons that were given."""

from collections.abc import Iterator, Mapping, Sequence

from evalsvc.domain.assessment import Mark
from evalsvc.domain.lines import Layer, LineScore, State
from evalsvc.domain.scoring import ScoreSheet
from evalsvc.words.amounts import out_of
from evalsvc.words.language import Language, sentence
from evalsvc.words.steps import total_and_compared

BY_LAYER = {
    Layer.CLAIMED: sentence("claimed {points}"),
    Layer.REVIEWED: sentence("reviewed {points}"),
    Layer.FINAL: sentence("final {points}"),
}


def review_sentences(
    language: Language, sheets: Mapping[Layer, ScoreSheet], marks: Sequence[Mark]
) -> Iterator[str]:
    """The totals of the layers that were reached, then each line on which somebody spoke."""
    if len(sheets) > 1:
        yield language.say(
            "Totals: {totals}",
            totals=[
                language.say(BY_LAYER[layer], points=_total(language, sheet))
                for layer, sheet in sheets.items()
            ],
        )
        for code in dict.fromkeys(mark.line for mark in marks):
            yield _line(language, sheets, [mark for mark in marks if mark.line == code])


def _total(language: Language, sheet: ScoreSheet) -> str:
    """A claimed total names its own most where reviewers give some of the lines."""
    if sheet.own_most == sheet.unit_scale:
        return total_and_compared(language, sheet)
    return out_of(language, sheet.total, sheet.own_most, sheet.form.set.decimals)


def _line(language: Language, sheets: Mapping[Layer, ScoreSheet], marks: list[Mark]) -> str:
    code = marks[0].line
    said = [
        language.say(BY_LAYER[layer], points=_points(language, line, sheet.form.set.decimals))
        for layer, sheet in sheets.items()
        if (line := sheet.line(code)) is not None
    ]
    reasons = [mark.reason for mark in marks if mark.reason]
    return " ".join([f"{code}: {', '.join(said)}.", *reasons])


def _points(language: Language, line: LineScore, decimals: int) -> str:
    valued = line.state is State.ANSWERED or line.treatment is not None
    return language.points(line.points, decimals) if valued else "—"
