"""A paper of the demo: a picture or a PDF that the service takes as what it is."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from evalsvc.exports.sample_scan import HIGH, PAPER, WIDE, Letter, scanned
from evalsvc.files.kinds import Kind, Limits
from evalsvc.files.recognise import recognise

LETTER = Letter("Ủy ban nhân dân phường Bắc Sông", "12/BC-UBND", date(2026, 8, 4), "Báo cáo năm")


@pytest.mark.parametrize(("pages", "kind"), [(1, Kind.PNG), (3, Kind.PDF)])
def test_a_paper_is_taken_as_what_it_is(tmp_path: Path, pages: int, kind: Kind) -> None:
    path = tmp_path / "scan"
    path.write_bytes(scanned(replace(LETTER, pages=pages)))

    found = recognise(path, Limits())

    assert (found.kind, found.pages) == (kind, pages)


@pytest.mark.parametrize("pages", [1, 2])
def test_the_same_paper_has_the_same_bytes(pages: int) -> None:
    letter = replace(LETTER, pages=pages)

    assert scanned(letter) == scanned(letter)


@pytest.mark.parametrize(
    "other",
    [
        replace(LETTER, number="13/BC-UBND"),
        replace(LETTER, title="Kế hoạch năm"),
        replace(LETTER, day=None),
        replace(LETTER, seed=1),
    ],
)
def test_papers_that_say_something_else_look_otherwise(other: Letter) -> None:
    assert scanned(other) != scanned(LETTER)


def test_a_long_name_and_a_long_title_stay_on_the_page() -> None:
    long = replace(
        LETTER,
        issuer="Ban Quản lý dự án đầu tư xây dựng các công trình dân dụng và công nghiệp tỉnh",
        title=" ".join(["Báo cáo kết quả thực hiện Quy chế dân chủ ở cơ sở"] * 4),
    )

    page = Image.open(BytesIO(scanned(long))).convert("L")

    edge = 30
    frame = [(0, 0, edge, HIGH), (WIDE - edge, 0, WIDE, HIGH), (0, 0, WIDE, edge)]
    white = PAPER // 16 * 16
    assert page.size == (WIDE, HIGH)
    assert all(page.crop(box).getextrema() == (white, white) for box in frame)
