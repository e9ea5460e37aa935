"""A Word or Excel file is unfolded with care, and holds nothing that runs."""

import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_STORED, ZipFile

import pytest

from evalsvc.domain.errors import Refused
from evalsvc.files.kinds import MEGABYTE, Kind, Limits
from evalsvc.files.packages import kind
from tests.files import made
from tests.files.made import DOCX_TYPE, OLE, docx, package, types, xlsx

LIMITS = Limits()
VBA = OLE + bytes(600) + "_VBA_PROJECT".encode("utf-16-le")
FORMULA = OLE + bytes(600) + "Equation Native".encode("utf-16-le")
PACKED = OLE + bytes(600) + "\x01Ole10Native".encode("utf-16-le")
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
TEMPLATE = DOCX_TYPE.replace("document.main", "template.main")


def stored(parts: dict[str, bytes], method: int = ZIP_STORED) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def bent(content: bytes, before: bytes, after: bytes) -> bytes:
    assert before in content
    return content.replace(before, after)


def locked() -> bytes:
    """With the bit that says so, in the directory and before the part."""
    content = bytearray(docx())
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + at] |= 1
    return bytes(content)


def lying(real: int, claimed: int) -> bytes:
    """A part that unfolds to more than its directory entry claims."""
    content = docx({"word/media/a.bin": bytes(real)})
    return bent(content, real.to_bytes(4, "little"), claimed.to_bytes(4, "little"))


TAKEN = [
    pytest.param(docx(), Kind.DOCX, id="docx"),
    pytest.param(docx(part="word/document2.xml"), Kind.DOCX, id="docx of the web"),
    pytest.param(xlsx(), Kind.XLSX, id="xlsx"),
    # A chart in a text brings its table along.
    pytest.param(docx({"word/embeddings/t.xlsx": xlsx()}), Kind.DOCX, id="chart"),
    pytest.param(docx({"word/embeddings/o.bin": FORMULA}), Kind.DOCX, id="formula"),
    # Fonts are stored with scrambled first bytes.
    pytest.param(docx({"word/fonts/f.odttf": b"MZ" + bytes(99)}), Kind.DOCX, id="font"),
    # Old pictures in documents are compressed on their own.
    pytest.param(docx({"word/media/i.emz": b"\x1f\x8b" + bytes(9)}), Kind.DOCX, id="emz"),
    # A table with many equal rows packs well, and is small all the same.
    pytest.param(xlsx({"xl/s.xml": b"<row/>" * 10**6}), Kind.XLSX, id="many equal rows"),
]

REFUSED = [
    pytest.param(package({"word/document.xml": b"x"}), "file-is-archive", id="no types"),
    pytest.param(docx(main=SLIDES), "file-is-other-office", id="slides"),
    pytest.param(docx(main=TEMPLATE), "file-is-other-office", id="template"),
    pytest.param(package({"mimetype": b"x"}), "file-is-other-office", id="odt"),
    pytest.param(docx(main=MACRO_MAIN), "office-has-macros", id="docm"),
    pytest.param(docx({"word/vbaProject.bin": b"x"}), "office-has-macros", id="macros by name"),
    pytest.param(docx({"word/data.bin": VBA}), "office-has-macros", id="macros by content"),
    pytest.param(docx({"word/activeX/a1.xml": b"x"}), "office-has-macros", id="control"),
    pytest.param(
        docx({"word/embeddings/t.xlsm": xlsx({"xl/vbaProject.bin": b"x"})}),
        "office-has-macros",
        id="macros in the table of a chart",
    ),
    pytest.param(docx({"word/media/i.png": made.PE}), "office-has-program", id="exe as picture"),
    pytest.param(docx({"word/i.bin": b"\x7fELF" + bytes(9)}), "office-has-program", id="elf"),
    pytest.param(docx({"word/a.js": b"x"}), "office-has-program", id="script by name"),
    pytest.param(
        docx({"word/embeddings/o.bin": PACKED + b"C:\\a\\hoa-don.exe\0"}),
        "office-has-program",
        id="program in an object",
    ),
    pytest.param(
        docx({"word/embeddings/o.bin": FORMULA + made.OF_DOS}),
        "office-has-program",
        id="program without a name",
    ),
    pytest.param(
        docx({"word/embeddings/a.zip": package({"x": b"x"})}), "office-has-archive", id="zip"
    ),
    pytest.param(docx({"word/media/a.xlsx": xlsx()}), "office-has-archive", id="table elsewhere"),
    pytest.param(
        docx({"word/embeddings/a.docx": docx({"word/embeddings/b.xlsx": xlsx()})}),
        "office-has-archive",
        id="three deep",
    ),
    pytest.param(docx({"word/a.rar": b"Rar!\x1a\x07\0"}), "office-has-archive", id="rar"),
    pytest.param(docx({"../evil.xml": b"x"}), "office-broken", id="up"),
    pytest.param(docx({"word/..\\..\\evil.xml": b"x"}), "office-broken", id="up, backwards"),
    pytest.param(docx({"/etc/evil.xml": b"x"}), "office-broken", id="absolute"),
    pytest.param(docx({"C:/evil.xml": b"x"}), "office-broken", id="drive"),
    pytest.param(
        bent(docx({"word/b.xml": b"x", "word/c.xml": b"x"}), b"word/c", b"word/b"),
        "office-broken",
        id="the same name twice",
    ),
    pytest.param(docx()[:-30], "office-broken", id="cut off"),
    pytest.param(
        bent(stored({"a.xml": b"<unharmed/>"}), b"<unharmed/>", b"<changed!/>"),
        "office-broken",
        id="wrong check sum",
    ),
    pytest.param(stored({"a.xml": b"x"}, ZIP_BZIP2), "office-broken", id="unusual method"),
    pytest.param(
        package({"[Content_Types].xml": b"<!DOCTYPE x><Types/>"}), "office-broken", id="doctype"
    ),
    pytest.param(locked(), "file-locked", id="part with a password"),
]

BOMBS: list[tuple[str, Callable[[], bytes], str]] = [
    ("declared size", lambda: docx({"word/a.xml": bytes(40 * MEGABYTE)}), "office-too-big"),
    (
        "many parts of some size",
        lambda: docx({f"word/{number}.xml": bytes(MEGABYTE) for number in range(20)}),
        "office-too-big",
    ),
    ("10 000 members", lambda: docx(dict.fromkeys(map(str, range(10_000)), b"")), "office-too-big"),
    (
        "in the table of a chart",
        lambda: docx({"word/embeddings/a.xlsx": xlsx({"xl/a.xml": bytes(40 * MEGABYTE)})}),
        "office-too-big",
    ),
    # Ends at the size that it claims, and the check sum does not fit.
    ("a size that lies", lambda: lying(40 * MEGABYTE, 1000), "office-broken"),
]


@pytest.mark.parametrize(("content", "found"), TAKEN)
def test_what_offices_write_is_taken(content: bytes, found: Kind) -> None:
    assert kind(content, LIMITS) == found


@pytest.mark.parametrize(("content", "message"), REFUSED)
def test_what_offices_do_not_write_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(Refused) as error:
        kind(content, LIMITS)

    assert error.value.message == message


@pytest.mark.parametrize(
    ("bomb", "message"), [each[1:] for each in BOMBS], ids=[each[0] for each in BOMBS]
)
def test_a_bomb_is_refused_without_going_off(bomb: Callable[[], bytes], message: str) -> None:
    content = bomb()

    tracemalloc.start()
    with pytest.raises(Refused) as error:
        kind(content, LIMITS)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert error.value.message == message
    assert most < MEGABYTE


def test_bytes_are_counted_over_all_that_is_packed_in_one_another() -> None:
    table = xlsx({"xl/a.xml": bytes(9 * MEGABYTE)})
    content = docx({"word/embeddings/a.xlsx": table, "word/embeddings/b.xlsx": table})

    with pytest.raises(Refused, match="office-too-big"):
        kind(content, replace(LIMITS, most_ratio=1))


def test_what_was_unfolded_before_counts_against_what_comes_after() -> None:
    parts = {"word/embeddings/a.xlsx": xlsx({"xl/a.xml": bytes(9 * MEGABYTE)})}
    content = docx({**parts, "word/a.xml": bytes(9 * MEGABYTE)})

    with pytest.raises(Refused, match="office-too-big"):
        kind(content, replace(LIMITS, most_ratio=1))


def test_half_a_million_entries_are_counted_before_they_are_read() -> None:
    content = docx() + b"PK\x01\x02" * 500_000

    with pytest.raises(Refused, match="office-too-big"):
        kind(content, LIMITS)


def test_types_in_another_encoding_are_read_all_the_same() -> None:
    hidden = types(MACRO_MAIN, "word/document.xml").decode().encode("utf-16")
    content = package({"[Content_Types].xml": hidden, "word/document.xml": b"x"})

    with pytest.raises(Refused, match="office-has-macros"):
        kind(content, LIMITS)


@pytest.mark.parametrize("at", range(0, len(docx()), 7))
def test_a_byte_that_is_bent_anywhere_is_a_refusal_or_does_no_harm(at: int) -> None:
    content = bytearray(docx())
    content[at] ^= 0xFF

    try:
        found = kind(bytes(content), LIMITS)
    except Refused:
        found = Kind.DOCX

    assert found is Kind.DOCX
