"""Charts in which each dot is a unit: totals over bands by block, claims on one criterion."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from evalsvc.exports.charts_svg import (
    Axis,
    Said,
    chart,
    circle,
    down_to,
    level,
    rect,
    steps,
    up_to,
    upright,
    words,
    wrapped,
)
from evalsvc.exports.charts_values import FULL, Band, Block, median, rising, thresholds
from evalsvc.exports.charts_zones import Zones
from evalsvc.words.language import Language

LEFT, RIGHT, LINE = Decimal(210), Decimal(840), Decimal(18)
PITCH, SMALLEST = Decimal("11.4"), Decimal(4)
TALLEST = 12
"""Dots in one pile; where more would stand upon each other, all are drawn smaller."""
BARS_FROM = 8
"""Units with the same points from which a bar says it better than a pile of dots."""


@dataclass(frozen=True, slots=True)
class _Dot:
    name: str
    total: Decimal
    x: Decimal
    floor: int


@dataclass(frozen=True, slots=True)
class _Row:
    block: Block
    label: list[str]
    piled: list[_Dot]
    pitch: Decimal
    base: Decimal


def dots(
    language: Language,
    name: str,
    blocks: Sequence[Block],
    bands: Sequence[Band],
    full: Decimal = FULL,
) -> Markup:
    """Where all units stand: a dot at the total of each, over the zones of the bands."""
    zones = Zones.of(_axis(blocks, bands, full), bands)
    rows = list(_rows(language, zones, blocks))
    bottom = (rows[-1].base if rows else zones.top) + 34
    shapes = [*zones.shapes(language, bottom)]
    for row in rows:
        shapes += _row(language, zones.axis, row)
    said = Said(name, language.say("Totals by block"), list(_told(language, blocks, bands)))
    return chart("ch-svg", said, (RIGHT + 10, bottom + 24), shapes)


def _axis(blocks: Sequence[Block], bands: Sequence[Band], full: Decimal) -> Axis:
    totals = [total for block in blocks for _, total in block.units]
    low = min([*totals, *thresholds(bands)], default=Decimal(0)) - 5
    return Axis(max(down_to(low, 5), Decimal(0)), up_to(max([full, *totals]), 5), LEFT, RIGHT)


def _rows(language: Language, zones: Zones, blocks: Sequence[Block]) -> Iterator[_Row]:
    base = zones.top
    for block in blocks:
        pitch, piled = _piled(zones.axis, block.units)
        note = block.note or language.say("{units} units", units=len(block.units))
        label = [*wrapped(block.name, LEFT - 24, 14, bold=True), *wrapped(note, LEFT - 24)]
        high = pitch * (1 + max([dot.floor for dot in piled], default=0))
        base += max(high, LINE * len(label) - 6) + 40
        yield _Row(block, label, piled, pitch, base)


def _piled(axis: Axis, units: Sequence[tuple[str, Decimal]]) -> tuple[Decimal, list[_Dot]]:
    """Each dot exactly at its total, on the lowest floor where nothing is in its way."""
    pitch = PITCH
    while True:
        dots_ = _on_floors(axis, units, pitch)
        if pitch <= SMALLEST or all(dot.floor < TALLEST for dot in dots_):
            return pitch, dots_
        pitch = max(pitch * Decimal("0.8"), SMALLEST)


def _on_floors(axis: Axis, units: Sequence[tuple[str, Decimal]], pitch: Decimal) -> list[_Dot]:
    taken: list[Decimal] = []
    found = []
    for name, total in sorted(units, key=lambda unit: unit[1]):
        x = axis.at(total)
        floor = next((n for n, last in enumerate(taken) if last + pitch <= x), len(taken))
        taken[floor : floor + 1] = [x]
        found.append(_Dot(name, total, x, floor))
    return found


def _row(language: Language, axis: Axis, row: _Row) -> Iterator[Markup]:
    first = row.base - LINE * (len(row.label) - 1) - 2
    names = len(row.label) - len(wrapped(row.block.note or "-", LEFT - 24))
    for at, line in enumerate(row.label):
        yield words(line, Decimal(0), first + LINE * at, "lb hd" if at < names else "")
    yield level("ax", axis.left, axis.right, row.base)
    radius = row.pitch * Decimal("0.48")
    for dot in row.piled:
        y = row.base - row.pitch * (dot.floor + Decimal("0.6")) - 2
        yield circle("dt", dot.x, y, radius, f"{dot.name}: {language.points(dot.total)}")
    yield from _median(language, axis, row)


def _median(language: Language, axis: Axis, row: _Row) -> Iterator[Markup]:
    if not row.block.units:
        yield words(language.say("no total yet"), axis.left + 8, row.base - 8, "halo")
        return
    middle = median([total for _, total in row.block.units])
    x = axis.at(middle)
    text = language.say("median {median}", median=language.points(middle))
    yield upright("med", x, row.base, row.base + 8)
    yield words(text, min(max(x, axis.left + 50), axis.right - 50), row.base + 22, "halo", "middle")


def _told(language: Language, blocks: Sequence[Block], bands: Sequence[Band]) -> Iterator[str]:
    say = language.say
    yield say("Each dot is a unit; the zones are the bands.")
    yield (
        "; ".join(
            say("{band} from {start}", band=band.name, start=band.start) for band in rising(bands)
        )
        + "."
    )
    for block in blocks:
        totals = [total for _, total in block.units]
        if not totals:
            yield say("{block}: no unit has a total yet.", block=block.name)
            continue
        yield say(
            "{block}: {units} units, from {lowest} to {highest}, median {median}.",
            block=block.name,
            units=len(totals),
            lowest=language.points(min(totals)),
            highest=language.points(max(totals)),
            median=language.points(median(totals)),
        )


def distribution(
    language: Language,
    name: str,
    points: Sequence[Decimal],
    most: Decimal,
) -> Markup:
    """How units have claimed on one criterion: rings over the points, bars where many agree."""
    axis = Axis(Decimal(0), max([most, *points, Decimal("0.01")]), Decimal(20), Decimal(320))
    counted = sorted(Counter(points).items())
    piles = _bars if any(count > BARS_FROM for _, count in counted) else _rings
    scale = [level("bs", axis.left, axis.right, Decimal(112))]
    for tick in steps(axis.low, axis.high, _step(axis.high)):
        scale += [
            upright("tkm", axis.at(tick), Decimal(112), Decimal(118)),
            words(language.number(tick), axis.at(tick), Decimal(134), anchor="middle"),
        ]
    nobody = language.say("No unit has claimed points yet.")
    told = [
        language.say("{points} points: {units} units", points=language.points(value), units=count)
        for value, count in counted
    ]
    said = Said(
        name,
        language.say("Points claimed by {units} units", units=len(points)),
        ["; ".join(told)] if told else [nobody],
    )
    if not told:
        scale.append(words(nobody, axis.left, Decimal(98)))
    return chart("ru strip", said, (Decimal(340), Decimal(138)), [*scale, *piles(axis, counted)])


def _step(high: Decimal) -> Decimal:
    """A whole step that leaves at most seven numbers under the line."""
    fit = (each for each in (1, 2, 5, 10, 20, 50) if high / each <= 6)
    return min(Decimal(next(fit, 100)), high)


def _rings(axis: Axis, counted: Sequence[tuple[Decimal, int]]) -> Iterator[Markup]:
    for value, count in counted:
        for floor in range(count):
            yield circle("cl", axis.at(value), Decimal(102 - 12 * floor), Decimal("4.6"))


def _bars(axis: Axis, counted: Sequence[tuple[Decimal, int]]) -> Iterator[Markup]:
    tallest = max(count for _, count in counted)
    for value, count in counted:
        high = Decimal(84 * count) / tallest
        yield rect("cl", axis.at(value) - 4, 112 - high, Decimal(8), high)
        if count * 4 >= tallest:
            yield words(str(count), axis.at(value), 106 - high, "v", "middle")
