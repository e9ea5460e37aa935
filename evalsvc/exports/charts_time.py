"""The course of a round as a ruler of days, and the same as a list for narrow screens."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from markupsafe import Markup

from evalsvc.exports.charts_svg import Axis, Said, chart, px, rect, upright, width_of, words
from evalsvc.exports.charts_svg import level as line
from evalsvc.words.language import Language

WIDE, BASE = Decimal(1216), Decimal(58)
DAYS_DRAWN = 150
"""A round longer than this gets a tick for each week only."""
MONDAY = 0


@dataclass(frozen=True, slots=True)
class Stage:
    """A window of the round, both days included."""

    name: str
    opens: date
    closes: date


@dataclass(frozen=True, slots=True)
class Told:
    """A stage as a list says it."""

    name: str
    when: str
    current: bool


@dataclass(frozen=True, slots=True)
class Course:
    drawing: Markup
    stages: Sequence[Told]

    @classmethod
    def of(cls, language: Language, name: str, stages: Sequence[Stage], today: date) -> "Course":
        told = [
            Told(stage.name, when(language, stage), stage.opens <= today <= stage.closes)
            for stage in stages
        ]
        return cls(timeline(language, name, stages, today), told)


def when(language: Language, stage: Stage, *, short: bool = False) -> str:
    opens, closes = f"{stage.opens:%d/%m}", f"{stage.closes:%d/%m}"
    if opens == closes:
        return language.say("on {day}", day=opens)
    if short:
        return language.say("to {closes}", closes=closes)
    return language.say("{opens} to {closes}", opens=opens, closes=closes)


def timeline(language: Language, name: str, stages: Sequence[Stage], today: date) -> Markup:
    """Ticks are days, long ticks Mondays; the past is filled and today is marked."""
    first = min((stage.opens for stage in stages), default=today)
    last = max((stage.closes for stage in stages), default=today) + timedelta(days=1)
    axis = Axis(Decimal(0), Decimal((last - first).days), Decimal(0), WIDE)
    placed = list(_placed(language, axis, stages, first))
    depth = 108 + 42 * max([row for *_, row in placed], default=0)
    shapes = [
        *_past(axis, first, today),
        *_ticks(axis, first),
        line("base", axis.left, axis.right, BASE),
        *_labels(language, placed),
        *_today(language, axis, first, today),
    ]
    told = [
        *(
            language.say("{stage} {when}", stage=stage.name, when=when(language, stage))
            for stage in stages
        ),
        language.say("Today {day}", day=f"{today:%d/%m}"),
    ]
    said = Said(name, language.say("Course of the round"), ["; ".join(told) + "."])
    return chart("course", said, (WIDE, Decimal(depth)), shapes)


def _day(axis: Axis, first: date, day: date) -> Decimal:
    return axis.at(Decimal((day - first).days))


def _past(axis: Axis, first: date, today: date) -> Iterator[Markup]:
    if today > first:
        yield rect("past", axis.left, Decimal(42), _day(axis, first, today), Decimal(16))


def _ticks(axis: Axis, first: date) -> Iterator[Markup]:
    for n in range(int(axis.high) + 1):
        day = first + timedelta(days=n)
        if day.weekday() == MONDAY:
            yield upright("tickw", axis.at(Decimal(n)), BASE, BASE - 12)
        elif axis.high <= DAYS_DRAWN:
            yield upright("tick", axis.at(Decimal(n)), BASE, BASE - 6)


def _placed(
    language: Language, axis: Axis, stages: Sequence[Stage], first: date
) -> Iterator[tuple[Stage, str, Decimal, Decimal, int]]:
    """Each stage with its tick and its words, on the highest row where no tick line cuts them.

    From the last stage to the first: words of a lower row run under those of later stages.
    """
    ends: list[Decimal] = []
    for at, stage in reversed(list(enumerate(stages))):
        tick = _day(axis, first, stage.opens)
        said = when(language, stage, short=at > 0)
        wide = max(width_of(stage.name, 14, bold=True), width_of(said)) + 10
        x = min(tick + 8, WIDE - wide)
        row = next((n for n, end in enumerate(ends) if x + wide <= end), len(ends))
        ends = [min(tick, x)] * (row + 1) + ends[row + 1 :]
        yield stage, said, tick, x, row


def _labels(
    language: Language, placed: Sequence[tuple[Stage, str, Decimal, Decimal, int]]
) -> Iterator[Markup]:
    for stage, said, tick, x, row in placed:
        down = Decimal(42 * row)
        yield upright("seg", tick, Decimal(30), 66 + down)
        yield words(stage.name, x, 84 + down, "ph")
        yield words(said, x, 103 + down, "pd")


def _today(language: Language, axis: Axis, first: date, today: date) -> Iterator[Markup]:
    at = Decimal((today - first).days)
    if not 0 <= at <= axis.high:
        return
    x = axis.at(at)
    text = language.say("Today {day}", day=f"{today:%d/%m}")
    half = width_of(text, bold=True) / 2
    yield Markup('<path class="now" d="M{} 60l-6 -12h12z"/>').format(px(x))
    yield rect("now", x - 1, Decimal(26), Decimal(2), Decimal(26))
    yield words(text, min(max(x, half), WIDE - half), Decimal(18), "nowt", "middle")
