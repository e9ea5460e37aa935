"""What the journal says of a line, read aloud."""

from datetime import UTC, datetime

import pytest

from evalsvc.domain.history import Entry
from evalsvc.words.histories import told
from evalsvc.words.language import language

AT = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
Data = dict[str, str | int | None]

CASES: list[tuple[str, Data, str]] = [
    ("answer", {"after": "5/7", "points": "2.86"}, "Kê khai: “5/7” (2,86 điểm)"),
    ("answer", {"after": None, "points": "0"}, "Xóa nội dung kê khai"),
    (
        "answer",
        {"after": None, "typed": "{}", "points": "0"},
        "Đã nhập nhưng còn lỗi, chưa tính được",
    ),
    ("accept", {"after": "5/7", "points": "2.86"}, "Chấp nhận: “5/7” (2,86 điểm)"),
    ("accept", {"after": "", "points": "0"}, "Chấp nhận: không kê khai"),
    (
        "adjust",
        {"after": "4/7", "points": "2.29", "reason": "Đếm lại"},
        "Điều chỉnh thành: “4/7” (2,29 điểm). Lý do: Đếm lại",
    ),
    (
        "adjust",
        {"after": "", "points": "0", "reason": "Có bảy văn bản"},
        "Không chấp nhận “không áp dụng”. Lý do: Có bảy văn bản",
    ),
    ("official", {"after": None, "points": "0"}, "Xóa số liệu chính thức"),
    (
        "raise-flag",
        {"document": "12-QĐ/UBKT", "day": "2026-06-02"},
        "Gắn cờ theo 12-QĐ/UBKT ngày 02/06/2026",
    ),
    ("resume-review", {"reason": "Có văn bản mới"}, "Mở lại thẩm định. Lý do: Có văn bản mới"),
    (
        "adjust",
        {"blanked": "2026-11-20T18:00:00+00:00", "reason": "Công văn 12"},
        "Nội dung đã được xóa theo quy định ngày 21/11/2026. Lý do: Công văn 12",
    ),
    # Somebody has made it blank by hand: verify says so too.
    ("answer", {"blanked": 1}, "Nội dung đã được xóa theo quy định"),
    ("something-newer", {}, "Có thay đổi"),
]


@pytest.mark.parametrize(("deed", "data", "said"), CASES)
def test_a_deed_is_one_sentence(deed: str, data: Data, said: str) -> None:
    assert told(language(), Entry(deed, AT, 1, "A2", data)) == said


def test_stored_answers_are_put_into_words_by_whoever_knows_the_line() -> None:
    entry = Entry("answer", AT, 1, "A1", {"after": "yes", "points": "2"})

    assert told(language(), entry, lambda _: "Có: 2,00") == "Kê khai: Có: 2,00"
