"""One square per criterion: how far a sheet is, at a glance and in words."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from markupsafe import Markup

from evalsvc.words.language import Language

LARGE = 10
"""From this size on squares stand three pixels apart, smaller ones two."""

_NOT_FILLED = frozenset({"empty", "error", "conflict", "superior"})


def squares(
    language: Language,
    states: Sequence[str],
    *,
    size: int = 13,
    per_row: int = 20,
    counted: tuple[int, int] | None = None,
) -> Markup:
    """A drawing with its words; those that the superior gives are not asked for, unless the page
    has `counted` for itself."""
    if not states:
        return Markup("")
    filled, asked = counted or (
        sum(state not in _NOT_FILLED for state in states),
        sum(state != "superior" for state in states),
    )
    label = language.say("{done}/{of} criteria filled in", done=filled, of=asked)
    width, height, drawn = _rows(tuple(states), size, per_row)
    return Markup(  # noqa: S704 - numbers and words of the catalogue
        f'<svg class="oly" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' role="img" aria-label="{Markup.escape(label)}">{drawn}</svg>'
    )


@lru_cache(maxsize=2_048)
def _rows(states: tuple[str, ...], size: int, per_row: int) -> tuple[int, int, str]:
    """Width, height and what is drawn: most sheets of a round look like others at some time."""
    step = size + (3 if size > LARGE else 2)
    columns, rows = min(len(states), per_row), -(-len(states) // per_row)
    drawn = "".join(
        _drawn(state, at % per_row * step, at // per_row * step, size)
        for at, state in enumerate(states)
    )
    return columns * step - step + size, rows * step - step + size, drawn


def square(state: str, size: int = 13) -> Markup:
    """One alone, beside words that say what it means."""
    drawn = _drawn(state, 0, 0, size)
    return Markup(  # noqa: S704 - numbers only
        f'<svg class="oly" width="{size}" height="{size}" viewBox="0 0 {size} {size}"'
        f' aria-hidden="true">{drawn}</svg>'
    )


@lru_cache(maxsize=8_192)
def _drawn(state: str, x: int, y: int, size: int) -> str:
    return _DRAWN.get(state, _empty)(x, y, size)


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _box(kind: str, x: int, y: int, size: int) -> str:
    return f'<rect class="{kind}" x="{x}" y="{y}" width="{size}" height="{size}"/>'


def _frame(kind: str, x: int, y: int, size: int, inset: float = 0.5) -> str:
    side = _n(size - 2 * inset)
    return (
        f'<rect class="{kind}" x="{_n(x + inset)}" y="{_n(y + inset)}"'
        f' width="{side}" height="{side}"/>'
    )


def _answered(x: int, y: int, size: int) -> str:
    return _box("d", x, y, size)


def _empty(x: int, y: int, size: int) -> str:
    return _frame("n", x, y, size)


def _superior(x: int, y: int, size: int) -> str:
    return _frame("k", x, y, size)


def _not_applicable(x: int, y: int, size: int) -> str:
    slash = f"M{x + 0.5} {y + size - 0.5}L{x + size - 0.5} {y + 0.5}"
    return _frame("x", x, y, size) + f'<path class="xl" d="{slash}"/>'


def _error(x: int, y: int, size: int) -> str:
    middle = _n(x + size / 2)
    mark = f"M{middle} {_n(y + size * 0.2)}v{_n(size * 0.38)}"
    dot = f"M{middle} {_n(y + size * 0.7)}v{_n(size * 0.14)}"
    return _box("e", x, y, size) + f'<path class="ew" d="{mark}{dot}"/>'


def _conflict(x: int, y: int, size: int) -> str:
    half = f"M{x} {y}h{size}L{x} {y + size}z"
    edge = f"M{x + size - 0.5} {y + 0.5}V{y + size - 0.5}H{x + 0.5}"
    return f'<path class="c" d="{half}"/><path class="cn" d="{edge}"/>'


def _returned(x: int, y: int, size: int) -> str:
    dot = f'<circle class="ret-d" cx="{_n(x + size / 2)}" cy="{_n(y + size / 2)}"'
    return _frame("ret-q", x, y, size, 0.8) + f'{dot} r="{_n(size * 0.18)}"/>'


_DRAWN: Mapping[str, Callable[[int, int, int], str]] = {
    "answered": _answered,
    "na": _not_applicable,
    "error": _error,
    "conflict": _conflict,
    "returned": _returned,
    "superior": _superior,
}
