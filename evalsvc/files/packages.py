"""Looks into a Word or Excel file: a zip that could hold anything, and could unfold to anything."""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from evalsvc.domain.errors import Refused
from evalsvc.files import smuggled
from evalsvc.files.kinds import MEGABYTE, Kind, Limits

_BROKEN = (
    *(BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(NotImplementedError, ValueError, OverflowError, IndexError),
)
"""All that the reader of zips is known to raise at bytes that somebody has bent."""

_CHUNK = 64 * 1024
_A_LITTLE = 16 * MEGABYTE
_ENCRYPTED = 0x1
_ENTRY = re.compile(rb"PK\x01\x02")
_ELSEWHERE = re.compile(r"/|[A-Za-z]:|(?:.*/)?\.\.(?:/|$)")
_TYPES = "[Content_Types].xml"
_MAIN = (
    (Kind.DOCX, ".wordprocessingml.document.main+xml", re.compile(r"word/document\d*\.xml")),
    (Kind.XLSX, ".spreadsheetml.sheet.main+xml", re.compile(r"xl/workbook\d*\.xml")),
)


@dataclass(slots=True)
class _Allowance:
    """What may still be unfolded, from the package and from what is packed in it, together."""

    parts: int
    bytes: int

    def take_parts(self, number: int) -> None:
        self.parts -= number
        self._demand_rest()

    def take_bytes(self, number: int) -> None:
        self.bytes -= number
        self._demand_rest()

    def _demand_rest(self) -> None:
        if self.parts < 0 or self.bytes < 0:
            raise Refused("office-too-big")


def kind(content: bytes, limits: Limits) -> Kind:
    """Which of the two it is; raises Refused. Every part is unfolded once, and counted."""
    most = min(limits.most_inflated, max(_A_LITTLE, limits.most_ratio * len(content)))
    allowance = _Allowance(limits.most_parts, most)
    try:
        return _kind(_looked_through(content, allowance, inside=False))
    except _BROKEN as error:
        raise Refused("office-broken") from error


@dataclass(frozen=True, slots=True)
class _Package:
    names: tuple[str, ...]
    types: str


def _looked_through(content: bytes, allowance: _Allowance, *, inside: bool) -> _Package:
    # Counted before the directory is read: half a million entries would fill the memory.
    if sum(1 for _ in _ENTRY.finditer(content)) > allowance.parts:
        raise Refused("office-too-big")
    with ZipFile(BytesIO(content)) as archive:
        members = archive.infolist()
        allowance.take_parts(len(members))
        _demand_honest(members, allowance)
        for member in members:
            _look_at(archive, member, allowance, inside=inside)
        return _Package(tuple(archive.namelist()), _types(archive))


def _demand_honest(members: list[ZipInfo], allowance: _Allowance) -> None:
    """Before anything is unfolded: sizes as declared, names, locks."""
    if sum(each.file_size for each in members) > allowance.bytes:
        raise Refused("office-too-big")
    if any(each.flag_bits & _ENCRYPTED for each in members):
        raise Refused("file-locked")
    names = [each.orig_filename.replace("\\", "/") for each in members]
    if len(set(names)) < len(names) or any(_ELSEWHERE.match(each) for each in names):
        raise Refused("office-broken")
    if any(each.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for each in members):
        raise Refused("office-broken")
    for name in names:
        smuggled.refuse_name(name)


def _look_at(archive: ZipFile, member: ZipInfo, allowance: _Allowance, *, inside: bool) -> None:
    chunks = _unfolded(archive, member, allowance)
    head = next(chunks, b"")
    smuggled.refuse_head(head)
    match smuggled.wrapping(head):
        case smuggled.Wrapping.ZIP:
            _look_inside(member.filename, head + b"".join(chunks), allowance, inside=inside)
        case smuggled.Wrapping.OLE:
            smuggled.refuse_object(head + b"".join(chunks))
        case None:
            for _ in chunks:
                pass


def _unfolded(archive: ZipFile, member: ZipInfo, allowance: _Allowance) -> Iterator[bytes]:
    """The bytes that there really are; the declared size is only what somebody wrote down."""
    with archive.open(member) as part:
        while chunk := part.read(_CHUNK):
            allowance.take_bytes(len(chunk))
            yield chunk


def _look_inside(name: str, content: bytes, allowance: _Allowance, *, inside: bool) -> None:
    """A chart brings its table along, as a file of its own; nothing else is packed in there."""
    if inside or "/embeddings/" not in name:
        raise Refused("office-has-archive")
    if not _looked_through(content, allowance, inside=True).types:
        raise Refused("office-has-archive")


def _types(archive: ZipFile) -> str:
    """What the parts say that they are; empty where this is no Office file."""
    if _TYPES not in archive.namelist():
        return ""
    content = archive.read(_TYPES)
    text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")
    if "<!" in text.replace("<!--", ""):
        raise Refused("office-broken")
    smuggled.refuse_types(text)
    return text


def _kind(package: _Package) -> Kind:
    found = [
        each
        for each, main, part in _MAIN
        if main in package.types and any(map(part.fullmatch, package.names))
    ]
    if len(found) == 1:
        return found[0]
    known = package.types or "mimetype" in package.names
    raise Refused("file-is-other-office" if known else "file-is-archive")
