"""Plain text in columns and paragraphs: widths as they show, hanging indents."""

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence

WIDTH = 100
LEFT, RIGHT = "<", ">"
GAP = "  "
_BOUND = re.compile(r" ([×=]) ")
_HELD = "\u2060"
"""Stands for a space at which a line must not break: sums stay readable."""


def width(text: str) -> int:
    """How many columns a text fills: marks that stack fill none, wide signs two."""
    return sum(_width(each) for each in unicodedata.normalize("NFC", text))


def _width(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1


def wrapped(text: str, first: str = "", later: str | None = None) -> str:
    """A paragraph whose later lines hang under `later` (under the first by default)."""
    hanging = " " * width(first) if later is None else later
    found = textwrap.wrap(
        _BOUND.sub(f"{_HELD}\\1{_HELD}", text),
        WIDTH,
        initial_indent=first,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(found).replace(_HELD, " ") or first.rstrip()


def table(rows: Sequence[Sequence[str]], sides: str) -> list[str]:
    """Rows under their heads, a side for each column.

    Where the last cells do not all fit, they go under their rows and have no head.
    """
    columns = range(len(sides) - 1)
    widths = [max(width(row[at]) for row in rows) for at in columns]
    fits = sum(widths) + len(GAP) * len(columns) + max(width(row[-1]) for row in rows) <= WIDTH
    found = []
    for index, row in enumerate(rows):
        cells = [_cell(row[at], widths[at], sides[at]) for at in columns]
        found.append(GAP.join([*cells, row[-1]] if fits else cells).rstrip())
        if not fits and index and row[-1]:
            found.append(wrapped(row[-1], " " * (widths[0] + len(GAP))))
    return found


def _cell(text: str, size: int, side: str) -> str:
    space = " " * (size - width(text))
    return text + space if side == LEFT else space + text


def paragraphs(parts: Iterable[Sequence[str]]) -> str:
    """Blocks of lines with an empty line between them; empty blocks are left out."""
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"
