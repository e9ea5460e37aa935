"""A file is what its bytes say; whatever is not on the list is refused with what to do instead."""

import mimetypes
from dataclasses import replace

import pytest

from evalsvc.domain.errors import Refused
from evalsvc.files.kinds import Kind, Limits, Recognised
from evalsvc.files.recognise import recognise
from tests.files import made
from tests.files.made import Write

LIMITS = Limits()

TAKEN = [
    pytest.param(made.pdf(3), Recognised(Kind.PDF, 3), id="pdf"),
    pytest.param(b"\r\n" + made.pdf(), Recognised(Kind.PDF, 1), id="pdf after an empty line"),
    # Many readers allow it, and the owner only forbids printing.
    pytest.param(made.encrypted_pdf(b""), Recognised(Kind.PDF, 1), id="pdf with an owner"),
    # It stays a PDF, and is only ever served as an attachment.
    pytest.param(made.pdf() + b"<html><script>", Recognised(Kind.PDF, 1), id="pdf, then html"),
    pytest.param(made.picture("PNG"), Recognised(Kind.PNG, 1), id="png"),
    pytest.param(made.picture("JPEG"), Recognised(Kind.JPEG, 1), id="jpeg"),
    pytest.param(made.docx(), Recognised(Kind.DOCX, None), id="docx"),
    pytest.param(made.xlsx(), Recognised(Kind.XLSX, None), id="xlsx"),
]

REFUSED = [
    pytest.param(b"", "file-empty", id="nothing"),
    pytest.param(b"<!DOCTYPE html><p>x", "file-is-page", id="html"),
    pytest.param(b"\xef\xbb\xbf \n<html><p>x", "file-is-page", id="html after a mark"),
    pytest.param(b"<html>%PDF-1.4 %%EOF", "file-is-page", id="html with a pdf header"),
    pytest.param(b"<svg onload='x()'/>", "file-is-drawing", id="svg"),
    pytest.param(b"<?xml version='1.0'?>\n<svg/>", "file-is-drawing", id="svg after a header"),
    pytest.param(b"\x7fELF\x02\x01\x01" + bytes(60), "file-is-program", id="elf"),
    pytest.param(made.PE, "file-is-program", id="exe"),
    pytest.param(b"#!/bin/sh\n", "file-is-program", id="script"),
    pytest.param(made.PE + made.docx(), "file-is-program", id="exe that unpacks itself"),
    pytest.param(made.OLE + bytes(600), "file-is-other-office", id="old doc"),
    pytest.param(rb"{\rtf1 Bao cao}", "file-is-other-office", id="rtf"),
    pytest.param(
        made.OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "file-locked",
        id="docx with a password",
    ),
    pytest.param(made.picture("GIF"), "file-is-other-picture", id="gif"),
    pytest.param(made.picture("TIFF"), "file-is-other-picture", id="tiff"),
    pytest.param(b"\0\0\0\x18ftypheic" + bytes(20), "file-is-other-picture", id="heic"),
    pytest.param(b"Rar!\x1a\x07\x01\x00", "file-is-archive", id="rar"),
    pytest.param(made.package({"evil.txt": b"x"}), "file-is-archive", id="zip"),
    pytest.param(made.package({}), "file-is-archive", id="empty zip"),
    pytest.param(b"Bao cao nam 2026", "file-unknown", id="text"),
    pytest.param(bytes(2000), "file-unknown", id="zeros"),
    pytest.param(b"%PDF-1.4\nno more", "pdf-broken", id="pdf without an end"),
    pytest.param(b"%PDF-1.4\n%%EOF", "pdf-broken", id="pdf without anything"),
    pytest.param(made.pdf(pages=0), "pdf-broken", id="pdf without a page"),
    pytest.param(made.encrypted_pdf(b"bi mat"), "file-locked", id="pdf with a password"),
    pytest.param(made.picture("PNG")[:20], "picture-broken", id="half a png header"),
    pytest.param(made.picture("JPEG")[:30], "picture-broken", id="half a jpeg header"),
]


@pytest.mark.parametrize(("content", "found"), TAKEN)
def test_what_is_on_the_list_is_taken(write: Write, content: bytes, found: Recognised) -> None:
    assert recognise(write(content), LIMITS) == found


@pytest.mark.parametrize(("content", "message"), REFUSED)
def test_what_is_not_on_the_list_is_refused(write: Write, content: bytes, message: str) -> None:
    with pytest.raises(Refused) as error:
        recognise(write(content), LIMITS)

    assert error.value.message == message


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_type_that_browsers_know(kind: Kind) -> None:
    assert [mimetypes.guess_type(f"a{each}")[0] for each in kind.endings] == [kind.mime] * len(
        kind.endings
    )


def test_a_name_that_lies_changes_nothing(write: Write) -> None:
    path = write(b"\x7fELF" + bytes(60))
    lying = path.rename(path.with_name("anh.png"))

    with pytest.raises(Refused, match="file-is-program"):
        recognise(lying, LIMITS)


def test_a_file_that_is_too_large_is_not_even_looked_at(write: Write) -> None:
    path = write(made.pdf() + bytes(1024 * 1024))

    with pytest.raises(Refused) as error:
        recognise(path, replace(LIMITS, most_bytes=1024 * 1024))

    assert (error.value.message, error.value.facts) == ("evidence-too-large", {"most": 1})


@pytest.mark.parametrize("format_name", ["PNG", "JPEG"])
def test_a_picture_with_too_many_pixels_is_refused(write: Write, format_name: str) -> None:
    path = write(made.picture(format_name, (2000, 1501)))

    with pytest.raises(Refused) as error:
        recognise(path, replace(LIMITS, most_pixels=3_000_000))

    assert (error.value.message, error.value.facts) == ("picture-too-large", {"most": 3})


@pytest.mark.parametrize("side", [10_000, 60_000])
def test_a_picture_that_only_claims_to_be_huge_is_refused_by_its_header(
    write: Write, side: int
) -> None:
    honest = made.picture("PNG", (60, 40))
    size = side.to_bytes(4, "big") * 2
    header = b"IHDR" + size + honest[24:29]
    path = write(honest[:12] + header + made.checked(header) + honest[33:])

    with pytest.raises(Refused, match="picture-too-large"):
        recognise(path, LIMITS)
