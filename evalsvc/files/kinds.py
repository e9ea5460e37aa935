"""The kinds of evidence that are taken: a closed list, and how large a file may be."""

from dataclasses import dataclass
from enum import StrEnum

MEGABYTE = 1024 * 1024
_OFFICE = "application/vnd.openxmlformats-officedocument"


class Kind(StrEnum):
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    DOCX = "docx"
    XLSX = "xlsx"

    @property
    def mime(self) -> str:
        return _MIME[self]

    @property
    def endings(self) -> tuple[str, ...]:
        """How names of such files end; the first is given to a name that ends otherwise."""
        return (".jpg", ".jpeg") if self is Kind.JPEG else (f".{self}",)

    @property
    def has_pictures(self) -> bool:
        """Whether the server can show its pages; text documents and tables are downloaded."""
        return self not in (Kind.DOCX, Kind.XLSX)


_MIME = {
    Kind.PDF: "application/pdf",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.DOCX: f"{_OFFICE}.wordprocessingml.document",
    Kind.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What is too much, for one file and for what is packed into it."""

    most_bytes: int = 25 * MEGABYTE
    most_pixels: int = 60_000_000
    most_parts: int = 4000
    most_inflated: int = 256 * MEGABYTE
    most_ratio: int = 100
    """How many times its own size a packed file may unfold to, once that is more than a little."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file is by its content; text documents and tables have no pages before printing."""

    kind: Kind
    pages: int | None
