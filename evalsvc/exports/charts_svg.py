"""Shapes of SVG with classes instead of styles, so that a strict content policy lets them pass."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal

from markupsafe import Markup

from evalsvc.exports.charts_values import Mark

Anchor = Literal["start", "middle", "end"]
LETTER, BOLD_LETTER = Decimal("0.56"), Decimal("0.6")
"""Mean width of a letter in parts of its size; enough to keep labels out of each other's way."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Points laid out from left to right."""

    low: Decimal
    high: Decimal
    left: Decimal
    right: Decimal

    def at(self, value: Decimal) -> Decimal:
        within = min(max(value, self.low), self.high)
        return self.left + (within - self.low) * (self.right - self.left) / (self.high - self.low)


def down_to(value: Decimal, step: int) -> Decimal:
    return (value / step).to_integral_value(ROUND_FLOOR) * step


def up_to(value: Decimal, step: int) -> Decimal:
    return (value / step).to_integral_value(ROUND_CEILING) * step


def steps(low: Decimal, high: Decimal, by: Decimal) -> list[Decimal]:
    first = (low / by).to_integral_value(ROUND_CEILING) * by
    return [first + by * n for n in range(int((high - first) / by) + 1)] if first <= high else []


def px(number: Decimal) -> str:
    """A place in the drawing, to a tenth of a pixel."""
    return f"{number:.1f}".removesuffix(".0")


def width_of(text: str, size: int = 13, *, bold: bool = False) -> Decimal:
    return len(text) * size * (BOLD_LETTER if bold else LETTER)


def wrapped(text: str, width: Decimal, size: int = 13, *, bold: bool = False) -> list[str]:
    """The text in lines that fit the width; a single long word stands as it is."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def circle(css: str, x: Decimal, y: Decimal, radius: Decimal, title: str = "") -> Markup:
    shape = Markup('<circle class="{}" cx="{}" cy="{}" r="{}"').format(
        css, px(x), px(y), px(radius)
    )
    if not title:
        return shape + Markup("/>")
    return shape + Markup("><title>{}</title></circle>").format(title)


def rect(css: str, x: Decimal, y: Decimal, width: Decimal, height: Decimal) -> Markup:
    return Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>').format(
        css, px(x), px(y), px(width), px(height)
    )


def upright(css: str, x: Decimal, top: Decimal, bottom: Decimal) -> Markup:
    return Markup('<path class="{}" d="M{} {}V{}"/>').format(css, px(x), px(top), px(bottom))


def level(css: str, left: Decimal, right: Decimal, y: Decimal) -> Markup:
    return Markup('<path class="{}" d="M{} {}H{}"/>').format(css, px(left), px(y), px(right))


def words(text: str, x: Decimal, y: Decimal, css: str = "", anchor: Anchor = "start") -> Markup:
    extra = Markup(' class="{}"').format(css) if css else Markup("")
    if anchor != "start":
        extra += Markup(' text-anchor="{}"').format(anchor)
    return Markup('<text{} x="{}" y="{}">{}</text>').format(extra, px(x), px(y), text)


def layer_mark(mark: Mark, x: Decimal, y: Decimal, radius: Decimal = Decimal(6)) -> Markup:
    """A ring for what is claimed, half full for what is reviewed, full for what is final."""
    if mark == "final":
        return circle("fi", x, y, radius + Decimal("0.6"))
    if mark == "claimed":
        return circle("cl", x, y, radius)
    half = Markup('<path class="rvh" d="M{} {}a{} {} 0 010 {}z"/>').format(
        px(x), px(y - radius), px(radius), px(radius), px(2 * radius)
    )
    return circle("rv", x, y, radius) + half


def drawing(css: str, size: tuple[Decimal, Decimal], shapes: Iterable[Markup]) -> Markup:
    """A drawing beside which everything that it shows is printed; nobody has to hear it."""
    width, height = size
    return Markup(
        '<svg class="{}" viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true">{}</svg>'
    ).format(css, px(width), px(height), px(width), px(height), Markup("").join(shapes))


@dataclass(frozen=True, slots=True)
class Said:
    """What a chart says to those who do not see it; the id is its own on the page."""

    id: str
    title: str
    told: Sequence[str] = ()


def chart(css: str, said: Said, size: tuple[Decimal, Decimal], shapes: Iterable[Markup]) -> Markup:
    name, told = f"{said.id}-title", f"{said.id}-desc"
    return Markup(
        '<svg class="{}" id="{}" viewBox="0 0 {} {}" role="img" aria-labelledby="{} {}">'
        '<title id="{}">{}</title><desc id="{}">{}</desc>{}</svg>'
    ).format(
        css,
        said.id,
        px(size[0]),
        px(size[1]),
        name,
        told,
        name,
        said.title,
        told,
        " ".join(said.told),
        Markup("").join(shapes),
    )
