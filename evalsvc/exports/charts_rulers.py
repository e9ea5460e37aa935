"""Rulers: one unit's totals among the bands, and the small ruler of a row of a ranking."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from markupsafe import Markup

from evalsvc.exports.charts_svg import (
    Axis,
    Said,
    chart,
    circle,
    down_to,
    drawing,
    layer_mark,
    level,
    rect,
    steps,
    up_to,
    upright,
    width_of,
    words,
)
from evalsvc.exports.charts_values import FULL, Band, Layer, rising, thresholds, within
from evalsvc.words.language import Language

WIDE, NARROW = Decimal(780), Decimal(330)
"""Of a screen and of a phone, where the same drawing made smaller could not be read."""

RANK = ("claimed", "reviewed", "final")
NEAR = 15
"""So far above a total its next threshold still stands on the ruler; farther off it would press."""


def rulers(
    language: Language,
    name: str,
    layers: Sequence[Layer],
    bands: Sequence[Band],
    full: Decimal = FULL,
) -> Markup:
    """The same ruler for a wide and for a narrow page, which shows the one that fits."""
    wide = ruler(language, name, layers, bands, full)
    return wide + ruler(language, f"{name}-narrow", layers, bands, full, NARROW)


def ruler(
    language: Language,
    name: str,
    layers: Sequence[Layer],
    bands: Sequence[Band],
    full: Decimal = FULL,
    width: Decimal = WIDE,
) -> Markup:
    """One unit's totals on a ruler that shows only the stretch where they are."""
    low, high = _stretch([layer.total for layer in layers], bands, full)
    axis = Axis(low, high, Decimal(16), width - 16)
    shown = _together(layers)
    top = Decimal(24 + 22 * max(len(shown), 1))
    base = top + 26
    names = list(_named(language, axis, bands))
    shapes = [
        *_zones(axis, bands, top, base),
        *_scale(language, axis, base),
        *_band_words(names, base),
        *_to_next(axis, layers, bands, base),
        *_totals(language, axis, shown, top),
    ]
    told = [
        *(
            language.say("{name} {total}", name=each.name, total=language.points(each.total))
            for each in layers
        ),
        *(text for text, _, _ in names),
    ]
    said = Said(
        name, language.say("Where the total stands among the bands"), ["; ".join(told) + "."]
    )
    depth = base + 30 + 18 * (1 + max([row for _, _, row in names], default=-1))
    return chart("ru" if width == WIDE else "ru ru--n", said, (width, depth), shapes)


def _stretch(
    totals: Sequence[Decimal], bands: Sequence[Band], full: Decimal
) -> tuple[Decimal, Decimal]:
    low, high = min(totals, default=full), max(totals, default=full)
    above = [start for start in thresholds(bands) if high < start <= high + NEAR]
    high = up_to(max([high + 2, *above[:1]]), 5)
    high = max(min(high, up_to(full, 5)), up_to(max(totals, default=full), 5))
    low = max(min(down_to(low - 2, 5), high - 20), Decimal(0))
    return low, high


def _together(layers: Sequence[Layer]) -> list[Layer]:
    """Equal totals share a place and a label; the mark is that of the last layer among them."""
    found = []
    for total, group in groupby(sorted(layers, key=lambda one: one.total), lambda one: one.total):
        same = sorted(group, key=lambda one: RANK.index(one.mark))
        found.append(Layer(same[-1].mark, ", ".join(one.name for one in same), total))
    return found


def _zones(axis: Axis, bands: Sequence[Band], top: Decimal, base: Decimal) -> Iterator[Markup]:
    edges = [
        axis.left,
        *(axis.at(start) for start in within(bands, axis.low, axis.high)),
        axis.right,
    ]
    for at, (left, right) in enumerate(pairwise(edges)):
        yield rect(
            "zb" if (len(edges) - at) % 2 == 0 else "za", left, top, right - left, base - top
        )
    for start in within(bands, axis.low, axis.high):
        yield upright("bd", axis.at(start), top, base + 8)


def _scale(language: Language, axis: Axis, base: Decimal) -> Iterator[Markup]:
    by = Decimal(1) if axis.high - axis.low <= 40 else Decimal(5)
    yield level("bs", axis.left, axis.right, base)
    for tick in steps(axis.low, axis.high, by):
        if tick % (by * 5 if by == 1 else by * 2):
            yield upright("tk", axis.at(tick), base, base + 4)
            continue
        yield upright("tkm", axis.at(tick), base, base + 8)
        yield words(language.number(tick), axis.at(tick), base + 24, anchor="middle")


def _named(
    language: Language, axis: Axis, bands: Sequence[Band]
) -> Iterator[tuple[str, Decimal, int]]:
    """Names of the bands on the ruler with their place, in as many rows as they need."""
    free: list[Decimal] = []
    ordered = rising(bands)
    for at, band in enumerate(ordered):
        end = ordered[at + 1].start if at + 1 < len(ordered) else axis.high + 1
        if end <= axis.low or band.start >= axis.high:
            continue
        text = language.say("{band}, from {start}", band=band.name, start=band.start)
        wide = width_of(text, bold=True)
        x = max(min(axis.at(band.start), axis.right - wide), axis.left)
        row = next((n for n, until in enumerate(free) if until <= x), len(free))
        free[row : row + 1] = [x + wide + 16]
        yield text, x, row


def _band_words(names: Sequence[tuple[str, Decimal, int]], base: Decimal) -> Iterator[Markup]:
    for text, x, row in names:
        yield words(text, x, base + 46 + 18 * row, "bl")


def _to_next(
    axis: Axis, layers: Sequence[Layer], bands: Sequence[Band], base: Decimal
) -> Iterator[Markup]:
    """What separates the total that counts most from the next band."""
    if layers:
        best = max(layers, key=lambda one: RANK.index(one.mark)).total
        above = [start for start in within(bands, axis.low, axis.high) if start > best]
        if above:
            yield level("gap", axis.at(best), axis.at(above[0]), base)


def _totals(
    language: Language, axis: Axis, shown: Sequence[Layer], top: Decimal
) -> Iterator[Markup]:
    """Labels climb away from the marks, so that no leader crosses a label."""
    leftward = bool(shown) and axis.at(shown[0].total) > (axis.left + axis.right) * 2 / 5
    climbing = shown if leftward else list(reversed(shown))
    for at, layer in enumerate(climbing):
        x, y = axis.at(layer.total), top - 16 - 22 * at
        yield upright("lead", x, y + 4, top + 8)
        yield layer_mark(layer.mark, x, top + 13)
        yield _label(language, axis, layer, y, leftward=leftward)


def _label(language: Language, axis: Axis, layer: Layer, y: Decimal, *, leftward: bool) -> Markup:
    """Beside its leader, or as far from the edge as it needs."""
    number, x = language.points(layer.total), axis.at(layer.total)
    beside = width_of(number, 15, bold=True) + 12
    wide = beside + width_of(layer.name)
    if leftward:
        end = max(x + 4, axis.left + wide)
        return words(number, end, y, "v", "end") + words(layer.name, end - beside, y, anchor="end")
    start = max(min(x - 4, axis.right - wide), axis.left)
    return words(number, start, y, "v") + words(layer.name, start + beside, y)


def mini_ruler(
    language: Language,
    name: str | None,
    total: Decimal,
    bands: Sequence[Band],
    before: Decimal | None = None,
    span: tuple[Decimal, Decimal] = (Decimal(0), FULL),
) -> Markup:
    """The ruler of one row of a ranking: its total, and the one before as a small ring."""
    axis = Axis(span[0], span[1], Decimal(8), Decimal(158))
    middle, size = Decimal(13), (Decimal(166), Decimal(26))
    shapes = [level("tk", axis.left, axis.right, middle)]
    shapes += [upright("tk", end, Decimal(10), Decimal(16)) for end in (axis.left, axis.right)]
    shapes += [
        upright("bd", axis.at(start), Decimal(5), Decimal(19))
        for start in within(bands, axis.low, axis.high)
    ]
    if before is not None:
        shapes.append(level("lead", axis.at(before), axis.at(total), middle))
        shapes.append(circle("ly", axis.at(before), middle, Decimal(3)))
    shapes.append(circle("fi", axis.at(total), middle, Decimal(6)))
    if name is None:
        return drawing("ru mini", size, shapes)
    return chart("ru mini", Said(name, _mini_words(language, total, before)), size, shapes)


def _mini_words(language: Language, total: Decimal, before: Decimal | None) -> str:
    now = language.points(total)
    if before is None:
        return language.say("Total {total}", total=now)
    return language.say("Total {total}, before {before}", total=now, before=language.points(before))
