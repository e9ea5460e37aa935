"""Claims beside what came out of them, unit by unit."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from markupsafe import Markup

from evalsvc.exports.charts_svg import (
    Axis,
    Said,
    chart,
    down_to,
    layer_mark,
    level,
    up_to,
    upright,
    words,
    wrapped,
)
from evalsvc.exports.charts_values import FULL, Band, Gap, within
from evalsvc.words.amounts import MINUS
from evalsvc.words.language import Language


def gap_chart(
    language: Language,
    name: str,
    gaps: Sequence[Gap],
    bands: Sequence[Band],
    later: Literal["reviewed", "final"] = "reviewed",
) -> Markup:
    """Claims beside what came after, unit by unit in the order given."""
    totals = [total for gap in gaps for total in (gap.claimed, gap.later)]
    low, high = min(totals, default=Decimal(0)), max(totals, default=FULL)
    axis = Axis(down_to(low - 1, 5), up_to(high + 1, 5), Decimal(232), Decimal(510))
    shapes: list[Markup] = []
    y = Decimal(22)
    for gap in gaps:
        lines = wrapped(gap.name, Decimal(212), 14)
        y += 13 + 9 * len(lines)
        shapes += _gap(language, axis, gap, lines, (y, later))
        y += 2 + 9 * len(lines)
    bottom = y + 8
    for start in within(bands, axis.low, axis.high):
        shapes[:0] = _cut(language, axis, start, bottom)
    said = Said(name, _title(language, later), ["; ".join(_told(language, gaps))])
    return chart("ch-svg gaps", said, (Decimal(590), bottom), shapes)


def _title(language: Language, later: Literal["reviewed", "final"]) -> str:
    if later == "reviewed":
        return language.say("Claimed and reviewed totals")
    return language.say("Claimed and final totals")


def _told(language: Language, gaps: Sequence[Gap]) -> Iterator[str]:
    for gap in gaps:
        yield language.say(
            "{name}: claimed {claimed}, then {later}",
            name=gap.name,
            claimed=language.points(gap.claimed),
            later=language.points(gap.later),
        )


def _cut(language: Language, axis: Axis, start: Decimal, bottom: Decimal) -> list[Markup]:
    x = axis.at(start)
    return [
        upright("th", x, Decimal(20), bottom),
        words(language.number(start), x, Decimal(13), anchor="middle"),
    ]


def _gap(
    language: Language,
    axis: Axis,
    gap: Gap,
    lines: Sequence[str],
    at: tuple[Decimal, Literal["reviewed", "final"]],
) -> Iterator[Markup]:
    y, later = at
    first = y + 5 - 9 * (len(lines) - 1)
    for n, line in enumerate(lines):
        yield words(line, Decimal(0), first + 18 * n, "lb")
    difference = gap.later - gap.claimed
    left, right = axis.at(gap.claimed), axis.at(gap.later)
    yield level("dn" if difference < 0 else "upl", left, right, y)
    yield layer_mark("claimed", left, y, Decimal(5))
    yield layer_mark(later, right, y, Decimal(5))
    yield words(_signed(language, difference), Decimal(590), y + 5, "hd", "end")


def _signed(language: Language, difference: Decimal) -> str:
    sign = "+" if difference > 0 else MINUS if difference < 0 else ""
    return f"{sign}{language.points(abs(difference))}"
