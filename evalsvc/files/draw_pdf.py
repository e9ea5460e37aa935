"""A process of its own: counts the pages of a PDF, or writes one as PNG to standard output."""

import struct
import sys
import zlib
from collections.abc import Sequence

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from pypdfium2 import raw

from evalsvc.files.confined import LOCKED, confine

_TALLEST = 4
"""Times the width; a page like a paper roll is drawn narrower instead."""

_QUICK = 3
_NOT_FOR_US = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)


def main(arguments: Sequence[str]) -> int:
    """`PATH` says how many pages; `PATH PAGE WIDTH` draws one, the first is 1."""
    confine()
    path, *which = arguments
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        return LOCKED if error.err_code in _NOT_FOR_US else 1
    if which:
        page, width = map(int, which)
        sys.stdout.buffer.write(_drawn(document, page, width))
    else:
        sys.stdout.write(str(len(document)))
    return 0


def _drawn(document: pdfium.PdfDocument, page: int, width: int) -> bytes:
    # Signatures and filled forms are fields; without this they stay invisible.
    document.init_forms()
    sheet = document[page - 1]
    across, down = sheet.get_size()
    scale = min(width / across, _TALLEST * width / down)
    drawn = sheet.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
    content = bytes(drawn.buffer)
    starts = range(0, drawn.height * drawn.stride, drawn.stride)
    rows = (content[at : at + drawn.width * 3] for at in starts)
    return _png(drawn.width, drawn.height, b"".join(b"\0" + row for row in rows))


def _png(width: int, height: int, rows: bytes) -> bytes:
    """Written here: starting the picture library would take as long as drawing the page."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, content)
        for name, content in (
            (b"IHDR", header),
            (b"IDAT", zlib.compress(rows, _QUICK)),
            (b"IEND", b""),
        )
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
