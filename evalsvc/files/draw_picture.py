"""A process of its own: writes a PNG or JPEG, upright, small and bare, to standard output."""

import sys
import warnings
from collections.abc import Sequence

from PIL import Image

from evalsvc.files.confined import confine

_TALLEST, _QUICK = 4, 3
_PLAIN = ("L", "RGB", "RGBA")
_ORIENTATION = 0x0112
_TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ON_ITS_SIDE = (5, 6, 7, 8)
"""Telephones do not turn the picture but write down how they were held."""


def main(arguments: Sequence[str]) -> int:
    """`PATH FORMAT WIDTH`; small pictures stay as small as they are."""
    confine()
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    path, format_name, width = arguments
    with Image.open(path, formats=(format_name,)) as opened:
        _shown(opened, int(width)).save(sys.stdout.buffer, "PNG", compress_level=_QUICK)
    return 0


def _shown(opened: Image.Image, width: int) -> Image.Image:
    turn = opened.getexif().get(_ORIENTATION)
    size = _fitting(opened.size, width, on_its_side=turn in _ON_ITS_SIDE)
    # A JPEG can be unpacked at a half, a quarter, an eighth right away.
    opened.draft("RGB", size)
    small = _on_white(_plain(opened).resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0))
    upright = small.transpose(_TURNED[turn]) if turn in _TURNED else small
    # Where it was taken, with which telephone, by whom: none of it is asked for.
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    return bare


def _fitting(size: tuple[int, int], width: int, *, on_its_side: bool) -> tuple[int, int]:
    across, down = size
    most_across, most_down = width, _TALLEST * width
    if on_its_side:
        most_across, most_down = most_down, most_across
    scale = min(most_across / across, most_down / down, 1)
    return max(1, round(across * scale)), max(1, round(down * scale))


def _plain(picture: Image.Image) -> Image.Image:
    """In a mode that can be made smaller; the others are few, and cost a copy at full size."""
    if picture.mode in _PLAIN:
        return picture
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    white = Image.new("RGB", clear.size, "white")
    white.paste(clear, mask=clear.getchannel("A"))
    return white


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
