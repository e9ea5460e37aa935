"""Pages are drawn by the server, in a process that cannot do harm, and kept."""

import os
import signal
import stat
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from evalsvc.domain.errors import NotFound, Refused
from evalsvc.files.kinds import Kind
from evalsvc.files.pictures import Pictures, Width, pages, picture
from tests.files import made
from tests.files.made import Write

SHA256 = "ab" * 32
RED, WHITE, BLUE = (255, 0, 0), (255, 255, 255), (0, 0, 255)
_ORIENTATION, _MAKER = 0x0112, 0x010F


def drawn(path: Path, kind: Kind, width: Width = Width.BESIDE, page: int = 1) -> Image.Image:
    found = picture(path, kind, page, width)
    assert found is not None
    opened = Image.open(BytesIO(found), formats=("PNG",))
    opened.load()
    return opened


def corner_is_blue(orientation: int) -> bytes:
    """A wide picture whose upper left quarter is blue, with what a telephone writes into it."""
    image = Image.new("RGB", (1600, 800), "red")
    image.paste(BLUE, (0, 0, 800, 400))
    exif = image.getexif()
    exif.update({_ORIENTATION: orientation, _MAKER: "Telephone of somebody"})
    buffer = BytesIO()
    image.save(buffer, "JPEG", exif=exif, quality=95)
    return buffer.getvalue()


def near(found: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(found, tuple)
    return all(abs(one - other) < 12 for one, other in zip(found, colour, strict=True))


@pytest.mark.parametrize(
    ("content", "kind", "number"),
    [
        (made.pdf(12), Kind.PDF, 12),
        (made.picture("PNG"), Kind.PNG, 1),
        (made.picture("JPEG"), Kind.JPEG, 1),
        (made.docx(), Kind.DOCX, None),
        (made.xlsx(), Kind.XLSX, None),
    ],
)
def test_pages_are_counted(write: Write, content: bytes, kind: Kind, number: int | None) -> None:
    assert pages(write(content), kind) == number


@pytest.mark.parametrize("width", Width)
def test_a_page_of_a_pdf_is_drawn_as_wide_as_asked(write: Write, width: Width) -> None:
    page = drawn(write(made.pdf(2)), Kind.PDF, width, page=2)

    assert page.size == (width, -(-width * 4 // 3))
    assert page.getpixel((width // 2, 5)) == WHITE
    assert page.getpixel((width // 2, page.height - 5)) == RED


def test_a_signature_in_a_pdf_is_seen(write: Write) -> None:
    page = drawn(write(made.signed_pdf()), Kind.PDF)

    assert page.getpixel((320, page.height - 5)) == RED


def test_a_page_like_a_paper_roll_is_drawn_narrower(write: Write) -> None:
    page = drawn(write(made.pdf(size=(10, 14_000))), Kind.PDF, Width.READING)

    assert page.height == 4 * Width.READING
    assert page.width < 10


@pytest.mark.parametrize("kind", [Kind.DOCX, Kind.XLSX])
def test_texts_and_tables_have_no_pictures(write: Write, tmp_path: Path, kind: Kind) -> None:
    path = write(made.docx())

    assert picture(path, kind, 1, Width.BESIDE) is None
    assert Pictures(tmp_path / "pictures").of(path, SHA256, kind, 1, Width.BESIDE) is None


@pytest.mark.parametrize(
    ("orientation", "size", "blue"),
    [
        (1, (640, 320), (10, 10)),
        (3, (640, 320), (630, 310)),
        (6, (640, 1280), (630, 10)),
        (8, (640, 1280), (10, 1270)),
        # What is no orientation turns nothing.
        (99, (640, 320), (10, 10)),
    ],
)
def test_a_photograph_is_shown_upright(
    write: Write, orientation: int, size: tuple[int, int], blue: tuple[int, int]
) -> None:
    shown = drawn(write(corner_is_blue(orientation)), Kind.JPEG)

    assert shown.size == size
    assert near(shown.getpixel(blue), BLUE)
    assert near(shown.getpixel((size[0] - 1 - blue[0], size[1] - 1 - blue[1])), RED)


def test_where_and_with_what_it_was_taken_is_not_shown(write: Write) -> None:
    content = corner_is_blue(1)
    assert b"Telephone" in content

    found = picture(write(content), Kind.JPEG, 1, Width.BESIDE)

    assert found is not None
    assert b"Telephone" not in found
    assert b"eXIf" not in found


def test_texts_in_a_picture_are_dropped(write: Write) -> None:
    buffer, note = BytesIO(), PngImagePlugin.PngInfo()
    note.add_text("Author", "Somebody")
    Image.new("RGB", (8, 8)).save(buffer, "PNG", pnginfo=note)

    shown = drawn(write(buffer.getvalue()), Kind.PNG)

    assert shown.info == {}


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_picture_of_any_mode_is_drawn(write: Write, mode: str) -> None:
    buffer = BytesIO()
    Image.new(mode, (50, 30)).save(buffer, "PNG")

    assert drawn(write(buffer.getvalue()), Kind.PNG).size == (50, 30)


def test_what_is_clear_in_a_picture_is_white(write: Write) -> None:
    buffer = BytesIO()
    Image.new("RGBA", (50, 30), (0, 0, 0, 0)).save(buffer, "PNG")

    assert drawn(write(buffer.getvalue()), Kind.PNG).getpixel((5, 5)) == WHITE


@pytest.mark.parametrize(
    ("content", "kind", "page"),
    [
        (made.pdf(2), Kind.PDF, 3),
        (b"%PDF-1.4 %%EOF", Kind.PDF, 1),
        (made.encrypted_pdf(b"bi mat"), Kind.PDF, 1),
        (made.picture("PNG", (900, 900))[:-200], Kind.PNG, 1),
        # One kind is never read as another.
        (made.picture("GIF"), Kind.PNG, 1),
        (made.picture("JPEG"), Kind.PNG, 1),
    ],
)
def test_what_cannot_be_drawn_is_a_refusal(
    write: Write, content: bytes, kind: Kind, page: int
) -> None:
    with pytest.raises(Refused, match="no-picture"):
        picture(write(content), kind, page, Width.BESIDE)


@pytest.mark.parametrize(("kind", "page"), [(Kind.PDF, 0), (Kind.PDF, -1), (Kind.PNG, 2)])
def test_a_page_that_cannot_be_is_not_found(write: Write, kind: Kind, page: int) -> None:
    with pytest.raises(NotFound):
        picture(write(b""), kind, page, Width.BESIDE)


def test_a_picture_that_unfolds_to_far_too_much_does_not_get_the_memory(write: Write) -> None:
    honest = made.picture("PNG", (60, 40))
    header = b"IHDR" + (13_000).to_bytes(4, "big") * 2 + honest[24:29]
    path = write(honest[:12] + header + made.checked(header) + honest[33:])

    with pytest.raises(Refused, match="no-picture"):
        picture(path, Kind.PNG, 1, Width.BESIDE)


GREEDY = """
import sys
from evalsvc.files import confined
confined._MOST = tuple((what, 1 if what == confined.resource.RLIMIT_CPU else most)
                       for what, most in confined._MOST)
confined.confine()
{deed}
"""


@pytest.mark.parametrize(
    ("deed", "status"),
    [
        ("while True: pass", -signal.SIGKILL),
        ("bytes(2 << 30)", 1),
        ("open(sys.argv[1], 'w').write('x' * 9999)", 1),
    ],
)
def test_a_process_that_draws_has_little_time_and_memory_and_no_disk(
    tmp_path: Path, deed: str, status: int
) -> None:
    command = [sys.executable, "-c", GREEDY.format(deed=deed), str(tmp_path / "written")]

    done = subprocess.run(command, stderr=subprocess.DEVNULL, timeout=20, check=False)  # noqa: S603 - a program of this test

    assert done.returncode in (status, -signal.SIGXCPU if status < 0 else status)


CONFINED = """
import sys
from resource import RLIMIT_AS, RLIMIT_CPU, getrlimit
from evalsvc.files import draw_pdf, draw_picture
assert {module}.main([sys.argv[1], *{more}]) == 0
assert getrlimit(RLIMIT_AS) == (1 << 30, 1 << 30)
assert getrlimit(RLIMIT_CPU) == (10, 10)
"""


@pytest.mark.parametrize(
    ("module", "content", "more"),
    [
        ("draw_pdf", made.pdf(), []),
        ("draw_pdf", made.pdf(), ["1", "640"]),
        ("draw_picture", made.picture("PNG"), ["PNG", "640"]),
    ],
)
def test_whoever_draws_is_confined(
    write: Write, module: str, content: bytes, more: list[str]
) -> None:
    program = CONFINED.format(module=module, more=more)
    command = [sys.executable, "-c", program, str(write(content))]

    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)  # noqa: S603 - a program of this test

    assert done.returncode == 0


def test_a_picture_is_drawn_once_and_kept_for_nobody_else(write: Write, tmp_path: Path) -> None:
    path, pictures = write(made.pdf()), Pictures(tmp_path / "pictures")
    first = pictures.of(path, SHA256, Kind.PDF, 1, Width.BESIDE)
    path.unlink()

    second = pictures.of(path, SHA256, Kind.PDF, 1, Width.BESIDE)

    assert first == second
    assert [each.name for each in pictures.each()] == [f"{SHA256}-1-640.png"]
    assert stat.S_IMODE(pictures.folder.stat().st_mode) == 0o700


def test_half_a_picture_after_a_power_cut_is_drawn_again(write: Write, tmp_path: Path) -> None:
    pictures = Pictures(tmp_path)
    (tmp_path / f"{SHA256}-1-640.png").touch()

    found = pictures.of(write(made.pdf()), SHA256, Kind.PDF, 1, Width.BESIDE)

    assert found
    assert (tmp_path / f"{SHA256}-1-640.png").read_bytes() == found


def test_what_cannot_be_drawn_is_not_tried_again_at_once(write: Write, tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    with pytest.raises(Refused):
        pictures.of(write(b"%PDF-1.4"), SHA256, Kind.PDF, 1, Width.BESIDE)

    with pytest.raises(Refused, match="no-picture"):
        pictures.of(write(made.pdf()), SHA256, Kind.PDF, 1, Width.BESIDE)

    assert [each.name for each in pictures.each()] == [f"{SHA256}-1-640.none"]


def test_a_full_disk_keeps_nobody_from_seeing_a_picture(write: Write, tmp_path: Path) -> None:
    path, pictures = write(made.pdf()), Pictures(tmp_path / "pictures")

    with made.no_more_than(1000):
        found = pictures.of(path, SHA256, Kind.PDF, 1, Width.BESIDE)

    assert found
    assert list(pictures.each()) == []


def test_a_process_that_does_not_end_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = tmp_path / "endless"
    os.mkfifo(endless)
    monkeypatch.setattr("evalsvc.files.pictures.WALL_SECONDS", 0.5)

    with pytest.raises(Refused, match="no-picture"):
        picture(endless, Kind.PNG, 1, Width.BESIDE)


def test_a_name_that_is_no_sha256_is_not_found(write: Write, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        Pictures(tmp_path).of(write(made.pdf()), "../x", Kind.PDF, 1, Width.BESIDE)


def test_the_process_that_draws_runs_nothing_that_the_environment_names(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(made.pdf())
    (path.parent / "pypdfium2.py").write_text("raise SystemExit(9)")
    monkeypatch.setenv("PYTHONPATH", str(path.parent))
    monkeypatch.chdir(path.parent)

    assert pages(path, Kind.PDF) == 1
