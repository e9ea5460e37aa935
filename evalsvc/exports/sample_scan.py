"""A paper as it comes from a scanner: what the demo province shows where others show their own.

It says of itself that it is a sample; where a paper has its sentences stand grey bars.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from itertools import groupby

from PIL import Image, ImageDraw, ImageFont

from evalsvc import resources

WIDE, HIGH, MARGIN = 827, 1169, 96
"""A4 at 100 dots to the inch."""
LEFT, RIGHT = MARGIN + 150, WIDE - MARGIN - 190
"""The middles of the two halves of a head."""
PAPER, INK, TEXT, FAINT = 246, 40, 172, 120
LINE, PARAGRAPH = 27, 5
STATE, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
SAMPLE = "TRANG MẪU CỦA TỈNH MINH HOẠ"

_GREYS = [value // 16 * 16 for value in range(256)]
"""Sixteen are enough, and take half the room."""

_VIETNAMESE = frozenset(
    chr(code)
    for first, last in (
        *((0x102, 0x103), (0x110, 0x111), (0x128, 0x129), (0x168, 0x169), (0x1A0, 0x1A1)),
        *((0x1AF, 0x1B0), (0x300, 0x301), (0x303, 0x304), (0x1EA0, 0x1EF9)),
    )
    for code in range(first, last + 1)
)
"""Letters that are in the file for Vietnamese, as fonts.css says."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands on the first page. `seed` tells papers apart that say the same."""

    issuer: str
    number: str
    day: date | None
    title: str
    pages: int = 1
    seed: int = 0


def scanned(letter: Letter) -> bytes:
    """A PNG of one page, a PDF of more; the same bytes for the same letter."""
    drawn = [_page(letter, number) for number in range(1, letter.pages + 1)]
    content = BytesIO()
    if letter.pages == 1:
        drawn[0].point(_GREYS).save(content, "PNG", compress_level=4)
    else:
        first, *others = drawn
        at = {"creationDate": None, "modDate": None}
        first.save(content, "PDF", save_all=True, append_images=others, resolution=100, **at)
    return content.getvalue()


def _page(letter: Letter, number: int) -> Image.Image:
    page = _blank(has_head=number == 1).copy()
    pen = _Pen(ImageDraw.Draw(page))
    top = _head(pen, letter) if number == 1 else MARGIN
    _bars(pen.draw, letter.seed * 31 + number, top, HIGH - 2 * MARGIN)
    if letter.pages > 1:
        pen.centred(WIDE // 2, MARGIN - 30, str(number), 15, FAINT)
    if (letter.seed + number) % 2:
        return page
    slant = (letter.seed + number) % 7 / 10 - 0.3
    return page.rotate(slant, Image.Resampling.BILINEAR, fillcolor=PAPER)


@cache
def _blank(*, has_head: bool) -> Image.Image:
    """What every page says."""
    page = Image.new("L", (WIDE, HIGH), PAPER)
    pen = _Pen(ImageDraw.Draw(page))
    pen.centred(WIDE // 2, HIGH - MARGIN + 30, SAMPLE, 15, FAINT)
    if has_head:
        pen.centred(RIGHT, MARGIN, STATE, 15)
        pen.centred(RIGHT, MARGIN + 22, MOTTO, 15)
        pen.draw.line((RIGHT - 105, MARGIN + 34, RIGHT + 105, MARGIN + 34), INK)
    return page


def _head(pen: "_Pen", letter: Letter) -> int:
    """Where the text begins below it."""
    under = MARGIN
    for words in _wrapped(letter.issuer.upper(), 15, 290):
        pen.centred(LEFT, under, words, 15)
        under += 22
    if letter.number:
        pen.centred(LEFT, under + 12, f"Số: {letter.number}", 15)
    if letter.day:
        said = f"ngày {letter.day:%d} tháng {letter.day:%m} năm {letter.day:%Y}"
        pen.centred(RIGHT, MARGIN + 64, said, 15)
    under = max(under, MARGIN + 64) + 70
    for words in _wrapped(letter.title, 22, WIDE - 2 * MARGIN - 60):
        pen.centred(WIDE // 2, under, words, 22)
        under += 32
    return under + 30


def _bars(draw: ImageDraw.ImageDraw, seed: int, top: int, bottom: int) -> None:
    """Lines of text from afar, in paragraphs whose last line is short."""
    for at, y in enumerate(range(top, bottom, LINE)):
        place = (at + seed) % PARAGRAPH
        start = MARGIN + (38 if place == 0 else 0)
        short = 90 + (seed * 53 + at * 37) % 380 if place == PARAGRAPH - 1 else 0
        x = start
        while x < WIDE - MARGIN - short:
            wide = 18 + (seed * 29 + at * 17 + x * 7) % 46
            end = min(x + wide, WIDE - MARGIN - short)
            draw.rectangle((x, y, end, y + 8), TEXT)
            x = end + 8


@dataclass(frozen=True, slots=True)
class _Pen:
    draw: ImageDraw.ImageDraw

    def centred(self, middle: int, base: int, text: str, size: int, ink: int = INK) -> None:
        x = middle - _length(text, size) / 2
        for run, font in _runs(text, size):
            self.draw.text((x, base), run, ink, font, anchor="ls")
            x += font.getlength(run)


def _wrapped(text: str, size: int, wide: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and _length(longer, size) > wide:
            yield line
            line = word
        else:
            line = longer
    yield line


def _length(text: str, size: int) -> float:
    return sum(font.getlength(run) for run, font in _runs(text, size))


def _runs(text: str, size: int) -> Iterator[tuple[str, ImageFont.FreeTypeFont]]:
    """Parts of a text with the file of the type that has their letters."""
    for is_vietnamese, letters in groupby(text, _VIETNAMESE.__contains__):
        yield "".join(letters), _font("vietnamese" if is_vietnamese else "latin", size)


@cache
def _font(part: str, size: int) -> ImageFont.FreeTypeFont:
    path = resources.static() / "fonts" / f"be-vietnam-pro-{part}-400-normal.woff2"
    return ImageFont.truetype(path, size)
