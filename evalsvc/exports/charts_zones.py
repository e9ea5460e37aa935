"""Bands behind a chart: a zone for each, its name above, its threshold as a dotted line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from evalsvc.exports.charts_svg import Anchor, Axis, rect, upright, width_of, words, wrapped
from evalsvc.exports.charts_values import Band, rising, thresholds
from evalsvc.words.language import Language

LINE = Decimal(17)
SHADES = ("z0", "z1", "z2", "z3", "z4")


@dataclass(frozen=True, slots=True)
class _Head:
    lines: list[str]
    x: Decimal
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Zones:
    axis: Axis
    bands: Sequence[Band]
    heads: Sequence[_Head]

    @classmethod
    def of(cls, axis: Axis, bands: Sequence[Band]) -> "Zones":
        ordered = rising(bands)
        found = (_head(axis, ordered, at) for at in range(len(ordered)))
        return cls(axis, ordered, [each for each in found if each is not None])

    @property
    def top(self) -> Decimal:
        return LINE * max([len(head.lines) for head in self.heads], default=0) + 8

    def shapes(self, language: Language, bottom: Decimal) -> Iterator[Markup]:
        first = max(len(SHADES) - len(self.bands), 0)
        for at in range(len(self.bands)):
            left, right = _place(self.axis, self.bands, at)
            shade = SHADES[min(first + at, len(SHADES) - 1)]
            yield rect(shade, left, self.top, right - left, bottom - self.top)
        for start in thresholds(self.bands):
            yield upright("th", self.axis.at(start), self.top, bottom)
        for mark in sorted({self.axis.low, *thresholds(self.bands), self.axis.high}):
            yield words(language.number(mark), self.axis.at(mark), bottom + 17, anchor="middle")
        for head in self.heads:
            yield from _words(head, self.top)


def _place(axis: Axis, bands: Sequence[Band], at: int) -> tuple[Decimal, Decimal]:
    """Where the zone of a band begins and ends; the bands are in rising order."""
    end = axis.at(bands[at + 1].start) if at + 1 < len(bands) else axis.right
    return axis.at(bands[at].start), end


def _head(axis: Axis, bands: Sequence[Band], at: int) -> _Head | None:
    """The name in as many lines as its zone needs; the lowest may spread to the left of the chart.

    A name that fits nowhere is left out: the text for listeners and the table name every band.
    """
    left, right = _place(axis, bands, at)
    room, centre = right - left - 8, (left + right) / 2
    lines = wrapped(bands[at].name, room, bold=True)
    if _fit(lines, room) and len(lines) <= 3:
        return _Head(lines, centre, "middle")
    if at == 0:
        return _Head(wrapped(bands[at].name, right - 20, bold=True), right - 8, "end")
    return _Head(lines, centre, "middle") if _fit(lines, room) else None


def _fit(lines: Sequence[str], room: Decimal) -> bool:
    return all(width_of(line, bold=True) <= room for line in lines)


def _words(head: _Head, top: Decimal) -> Iterator[Markup]:
    for at, line in enumerate(reversed(head.lines)):
        yield words(line, head.x, top - 9 - LINE * at, "hd", head.anchor)
