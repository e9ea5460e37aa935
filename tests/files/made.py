"""Files as people send them, made here byte by byte: documents, pictures, packages."""

import hashlib
import resource
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image

Write = Callable[[bytes], Path]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OF_DOS = b"This program cannot be run in DOS mode"
PE = b"MZ" + bytes(0x3A) + (0x40).to_bytes(4, "little") + b"PE\x00\x00" + bytes(64)
_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX_TYPE = f"{_OFFICE}.wordprocessingml.document.main+xml"
XLSX_TYPE = f"{_OFFICE}.spreadsheetml.sheet.main+xml"
_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_RED_ON_WHITE = b"1 0 0 rg 0 0 300 200 re f"


def package(parts: Mapping[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def types(main: str, part: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{part}" ContentType="{main}"/></Types>'
    ).encode()


def docx(extra: Mapping[str, bytes] | None = None, **changed: str) -> bytes:
    part = changed.get("part", "word/document.xml")
    return package(
        {
            "[Content_Types].xml": types(changed.get("main", DOCX_TYPE), part),
            "_rels/.rels": b"<Relationships/>",
            part: "<w:document>Báo cáo</w:document>".encode(),
            **(extra or {}),
        }
    )


def xlsx(extra: Mapping[str, bytes] | None = None) -> bytes:
    return package(
        {
            "[Content_Types].xml": types(XLSX_TYPE, "xl/workbook.xml"),
            "xl/workbook.xml": b"<workbook/>",
            **(extra or {}),
        }
    )


def picture(format_name: str, size: tuple[int, int] = (60, 40), **how: object) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, "red").save(buffer, format_name, **how)
    return buffer.getvalue()


def document(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    content, starts = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        starts.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\n"
        b"startxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, trailer, len(content))
    )


def pdf(pages: int = 1, size: tuple[int, int] = (300, 400)) -> bytes:
    """Pages whose lower part is red."""
    kids = b" ".join(b"%d 0 R" % (number + 4) for number in range(pages))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 3 0 R >>" % size
    return document(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, kids),
            stream(_RED_ON_WHITE),
            *[page] * pages,
        ]
    )


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more, content)


def signed_pdf() -> bytes:
    """A white page with a red signature, which is a field of a form."""
    return document(
        [
            b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] /SigFlags 3 >> >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Annots [4 0 R] >>",
            b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (ky) /F 4 /Rect [0 0 300 200] "
            b"/AP << /N 5 0 R >> >>",
            stream(_RED_ON_WHITE, b"/Type /XObject /Subtype /Form /BBox [0 0 300 200]"),
        ]
    )


def encrypted_pdf(password: bytes) -> bytes:
    """By the oldest method there is; opens with this password, or with the empty one unasked."""
    padded = (password + _PADDING)[:32]
    owner = _rc4(_md5(b"chu" + _PADDING[:29])[:5], padded)
    rights = (-4).to_bytes(4, "little", signed=True)
    identifier = bytes(16)
    key = _md5(padded + owner + rights + identifier)[:5]
    lock = b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (
        owner.hex().encode(),
        _rc4(key, _PADDING).hex().encode(),
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] >>",
        lock,
    ]
    name = identifier.hex().encode()
    return document(objects, b"/Encrypt 4 0 R /ID [<%s> <%s>]" % (name, name))


def _md5(content: bytes) -> bytes:
    return hashlib.md5(content, usedforsecurity=False).digest()


def _rc4(key: bytes, content: bytes) -> bytes:
    box, at = list(range(256)), 0
    for here in range(256):
        at = (at + box[here] + key[here % len(key)]) % 256
        box[here], box[at] = box[at], box[here]
    here = at = 0
    done = bytearray()
    for each in content:
        here = (here + 1) % 256
        at = (at + box[here]) % 256
        box[here], box[at] = box[at], box[here]
        done.append(each ^ box[(box[here] + box[at]) % 256])
    return bytes(done)


def checked(chunk: bytes) -> bytes:
    """What follows a chunk of a PNG."""
    return zlib.crc32(chunk).to_bytes(4, "big")


@contextmanager
def no_more_than(length: int) -> Iterator[None]:
    """No file of this process may grow beyond so many bytes, as on a disk that runs full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (length, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
