"""Says what an uploaded file is, by its content and never by its name, or refuses it."""

import mmap
import re
from pathlib import Path
from typing import NoReturn

from PIL import Image

from evalsvc.domain.errors import Refused
from evalsvc.files import packages, pictures
from evalsvc.files.kinds import MEGABYTE, Kind, Limits, Recognised

_HEAD = 1024
"""Readers of PDF look for its header this far; what stands before it must look like nothing."""

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_ZIP = re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)")
_DRAWING = re.compile(rb"(?si)(?:\xef\xbb\xbf)?\s*<(?:svg|!doctype svg|(?:\?xml|!--).*<svg)")
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
_PROGRAM = re.compile(
    rb"MZ|\x7fELF|#!|\xca\xfe\xba\xbe|\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe"
)
_OTHER_OFFICE = re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|\{\\rtf")
_OTHER_PICTURE = re.compile(
    rb"(?s)GIF8|II\*\x00|MM\x00\*|BM|RIFF....WEBP|....ftyp(?:hei[cfmsx]|hev[cmsx]|mif1|msf1|avi[fs])"
)
_ARCHIVE = re.compile(rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x1f\x8b|BZh|\xfd7zXZ")
_LOCKED_OFFICE = "EncryptedPackage".encode("utf-16-le")
"""The stream in which Word and Excel put a document with a password, wrapped as an old file."""


def recognise(path: Path, limits: Limits) -> Recognised:
    """Raises Refused with what is wrong and what to do instead."""
    size = path.stat().st_size
    if size == 0:
        raise Refused("file-empty")
    if size > limits.most_bytes:
        raise Refused("evidence-too-large", most=limits.most_bytes // MEGABYTE)
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith((_PNG, _JPEG)):
        return _picture(path, Kind.PNG if head.startswith(_PNG) else Kind.JPEG, limits)
    if _ZIP.match(head):
        return Recognised(packages.kind(path.read_bytes(), limits), None)
    # Before the PDF: a page with a PDF header hidden in its first lines is a page.
    _refuse_others(path, head)
    return _document(path, head)


def _refuse_others(path: Path, head: bytes) -> None:
    if _OTHER_OFFICE.match(head) and _LOCKED_OFFICE in path.read_bytes():
        raise Refused("file-locked")
    for message, looks in (
        ("file-is-drawing", _DRAWING),
        ("file-is-page", _PAGE),
        ("file-is-program", _PROGRAM),
        ("file-is-other-office", _OTHER_OFFICE),
        ("file-is-other-picture", _OTHER_PICTURE),
        ("file-is-archive", _ARCHIVE),
    ):
        if looks.match(head):
            raise Refused(message)


def _document(path: Path, head: bytes) -> Recognised:
    if b"%PDF-" not in head:
        raise Refused("file-unknown")
    with (
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
    ):
        if content.rfind(b"%%EOF") < 0:
            raise Refused("pdf-broken")
    return Recognised(Kind.PDF, pictures.pages(path, Kind.PDF))


def _picture(path: Path, kind: Kind, limits: Limits) -> Recognised:
    """The header alone is read; what follows is only ever unpacked in a process of its own."""
    try:
        with Image.open(path, formats=(kind.name,)) as picture:
            width, height = picture.size
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        _too_many_pixels(limits, error)
    except (OSError, ValueError, SyntaxError, OverflowError) as error:
        raise Refused("picture-broken") from error
    if width * height > limits.most_pixels:
        _too_many_pixels(limits)
    return Recognised(kind, 1)


def _too_many_pixels(limits: Limits, cause: Exception | None = None) -> NoReturn:
    raise Refused("picture-too-large", most=limits.most_pixels // 1_000_000) from cause
