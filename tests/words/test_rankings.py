"""A whole outcome as text: who stands where, and why the numbers came out so."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from evalsvc.domain.assessment import Flag, Stage
from evalsvc.domain.conditions import Flagged
from evalsvc.domain.criteria import Kind
from evalsvc.domain.lines import Layer
from evalsvc.domain.outcome import Outcome
from evalsvc.domain.provisions import (
    BandShare,
    BaseIs,
    Bounds,
    Gate,
    Per,
    Quota,
    Rounding,
    Target,
    Title,
)
from evalsvc.domain.quotas import Keep
from evalsvc.domain.titles import Award
from evalsvc.words.columns import table, width
from evalsvc.words.language import ENGLISH, VIETNAMESE, language
from evalsvc.words.rankings import ranking_text
from evalsvc.words.shares import quota_sentences, target_sentences, title_sentences
from tests import make

VI, EN = language(VIETNAMESE), language(ENGLISH)
D = Decimal
TWENTY = Quota("xs", D(20), ("xs", "tot"), Per.BLOCK)
SKILFUL = Title("dvk", "Dân vận khéo", Bounds(D(25), D(30)), bands=("xs", "tot"))
BEST = Title("tb", "Tiêu biểu", Bounds(D(3), D(5), in_percent=False), within="dvk")


def outcome(points: list[int], *decisions: Keep | Award, **provisions: object) -> Outcome:
    """Units a, b, c … of one block with these points."""
    codes = [chr(ord("a") + at) for at in range(len(points))]
    here = make.round_of(
        *(make.unit(code) for code in codes),
        of=make.criteria(**provisions),
        keeps=tuple(each for each in decisions if isinstance(each, Keep)),
        awards=tuple(each for each in decisions if isinstance(each, Award)),
    )
    found = (make.assessment(code, {"1": each}) for code, each in zip(codes, points, strict=True))
    return make.outcome_of(here, *found)


def test_a_block_is_a_table_with_what_stands_apart() -> None:
    gate = Gate("K1", "Điểm nóng", Flagged("nong"), at_most="kha")
    units = [make.unit(code) for code in "abc"]
    exempt, silent = make.unit("d", exempt="mới thành lập"), make.unit("e")
    here = make.round_of(
        *units, exempt, silent, of=make.criteria(gates=(gate,)), deadline=date(2019, 11, 30)
    )
    flagged = make.assessment("b", {"1": 85}, flags=(Flag("nong", "12/KL", date(2019, 12, 1)),))
    late = make.assessment("c", {"1": 70}, submitted=date(2019, 12, 1), stages=frozenset())

    said = ranking_text(VI, make.outcome_of(here, make.assessment("a", {"1": 85}), flagged, late))

    assert said == (
        "Kỳ đánh giá (R, năm 2019)\n"
        "Điểm kết luận; tạm tính\n"
        "\n"
        "Khối I. I\n"
        "Hạng  Đơn vị         Điểm  So sánh  Xếp loại  Ghi chú\n"
        "   1  Đơn vị a  85,00/100    85,00  Tốt\n"
        "   1  Đơn vị b  85,00/100    85,00  Khá       điều kiện K1\n"
        "   3  Đơn vị c  70,00/100    70,00  Khá       Điểm tự chấm; nộp muộn\n"
        "Không xếp hạng:\n"
        "- Đơn vị d: miễn đánh giá (mới thành lập).\n"
        "- Đơn vị e: chưa nộp phiếu.\n"
    )


def test_a_unit_that_is_not_rated_says_why() -> None:
    here = make.round_of(make.unit("a"))
    exclude = make.assessment("a", {"1": make.na("exclude")})

    said = ranking_text(VI, make.outcome_of(here, exclude))

    assert "- Đơn vị a: không xếp loại: không dòng nào của phiếu áp dụng được; " in said
    assert "; không xếp loại: dòng 1 không áp\n  dụng.\n" in said


def test_a_ranking_in_english() -> None:
    said = ranking_text(EN, outcome([85]))

    assert said == (
        "Kỳ đánh giá (R, year 2019)\n"
        "Points: final\n"
        "\n"
        "Block I. I\n"
        "Rank  Unit         Points  Compared  Band  Notes\n"
        "   1  Đơn vị a  85.00/100     85.00  Tốt\n"
    )


def test_keys_that_part_equal_points_are_shown() -> None:
    lines = (make.line("1", 50), make.line("2", 50))
    criteria = make.criteria(*lines, ties=("2",))
    here = make.round_of(make.unit("a"), make.unit("b"), of=criteria)
    first, second = ({"1": 40, "2": 41}, {"1": 41, "2": 40})

    said = ranking_text(
        VI, make.outcome_of(here, make.assessment("a", first), make.assessment("b", second))
    )

    assert "   1  Đơn vị a  81,00/100    81,00  Tốt       bằng điểm, xét 2 41,00\n" in said
    assert "   2  Đơn vị b  81,00/100    81,00  Tốt       bằng điểm, xét 2 40,00\n" in said


def test_notes_that_do_not_fit_go_under_their_row() -> None:
    rows = [("Hạng", "Đơn vị", "Ghi chú"), ("1", "x" * 60, "y" * 40), ("2", "z", "")]

    assert table(rows, "><<") == [
        f"Hạng  Đơn vị{' ' * 54}".rstrip(),
        f"   1  {'x' * 60}",
        f"      {'y' * 40}",
        "   2  z",
    ]


# Letters with marks that stack fill one column, composed or not; wide signs fill two.
@pytest.mark.parametrize(("text", "columns"), [("ế", 1), ("e\u0302\u0301", 1), ("漢", 2)])
def test_the_width_of_a_text_is_what_it_fills(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("points", "quota", "said"),
    [
        (
            [99, 98, 97, 96, 95, 89, 88, 87, 86, 85, 84, 83, 82, 81, 80, 80, 60],
            TWENTY,
            "Khối I, Xuất sắc không quá 20% của 16 đơn vị xếp loại Xuất sắc và Tốt: 3,2, lấy 3; "
            "giữ mức: Đơn vị a, Đơn vị b, Đơn vị c; xuống một bậc: Đơn vị d, Đơn vị e",
        ),
        (
            [95, 95, 85, 84, 83],
            TWENTY,
            "Khối I, Xuất sắc không quá 20% của 5 đơn vị xếp loại Xuất sắc và Tốt: 1, lấy 1; "
            "bằng điểm ở vạch, chờ quyết định 1 chỗ: Đơn vị a, Đơn vị b",
        ),
        (
            [70, 60],
            Quota("xs", D(20), BaseIs.RATED, Per.ROUND),
            "Xuất sắc không quá 20% của 2 đơn vị được xếp loại: 0,4, lấy 0; "
            "không đơn vị nào đạt mức này",
        ),
        (
            [95, 60],
            Quota("xs", D(20), BaseIs.UNITS, Per.ROUND, at_least=1),
            "Xuất sắc không quá 20% của 2 đơn vị: 0,4, nhưng ít nhất 1; giữ mức: Đơn vị a",
        ),
        (
            [95, 94, 60],
            Quota("xs", D(20), BaseIs.UNITS, Per.ROUND, rounding=Rounding.UP),
            "Xuất sắc không quá 20% của 3 đơn vị: 0,6, làm tròn lên 1; giữ mức: Đơn vị a; "
            "xuống một bậc: Đơn vị b",
        ),
    ],
)
def test_a_quota_says_its_sum_and_whom_it_concerns(
    points: list[int], quota: Quota, said: str
) -> None:
    assert list(quota_sentences(VI, outcome(points, quotas=(quota,)))) == [said]


def test_a_quota_that_was_decided_gives_the_reason() -> None:
    keep = Keep("xs", "I", ("b",), "Có mô hình tiêu biểu")

    said = list(quota_sentences(VI, outcome([95, 95, 85, 84, 83], keep, quotas=(TWENTY,))))

    assert said[0].endswith(
        "lấy 1; giữ mức: Đơn vị b; lãnh đạo quyết định (Có mô hình tiêu biểu); "
        "xuống một bậc: Đơn vị a"
    )


def test_a_band_that_waits_is_shown_in_its_row() -> None:
    said = ranking_text(VI, outcome([95, 95, 85, 84, 83], quotas=(TWENTY,)))

    assert "   1  Đơn vị b  95,00/100    95,00  chờ quyết định\n" in said
    assert "Điểm kết luận; tạm tính\n" in said


@pytest.mark.parametrize(
    ("points", "title", "said"),
    [
        (
            [90, 89, 88, 87] + [60] * 4,
            SKILFUL,
            "Dân vận khéo: 8 đơn vị được xếp loại × 25% … 30% = 2 … 2,4, lấy 2; "
            "được tặng: Đơn vị a, Đơn vị b",
        ),
        (
            [90] + [60] * 8,
            SKILFUL,
            "Dân vận khéo: 9 đơn vị được xếp loại × 25% … 30% = 2,25 … 2,7; "
            "không có số nguyên phù hợp, lãnh đạo quyết định",
        ),
        (
            [90] + [60] * 7,
            SKILFUL,
            "Dân vận khéo: 8 đơn vị được xếp loại × 25% … 30% = 2 … 2,4, lấy 1; "
            "chỉ 1 đủ điều kiện, thiếu 1; được tặng: Đơn vị a",
        ),
        (
            [90, 85, 85] + [60] * 5,
            SKILFUL,
            "Dân vận khéo: 8 đơn vị được xếp loại × 25% … 30% = 2 … 2,4, lấy 2; "
            "được tặng: Đơn vị a; bằng điểm ở vạch, chờ quyết định 1 chỗ: Đơn vị b, Đơn vị c",
        ),
    ],
)
def test_a_title_says_its_sum_and_who_gets_it(points: list[int], title: Title, said: str) -> None:
    assert list(title_sentences(VI, outcome(points, titles=(title,)))) == [said]


def test_a_title_within_another_counts_its_holders() -> None:
    wide = replace(SKILFUL, bounds=Bounds(D(50), D(60)))

    said = list(title_sentences(VI, outcome([90, 89, 88, 87] + [60] * 4, titles=(wide, BEST))))

    assert said[1] == (
        "Tiêu biểu: 3 … 5 trong 4, lấy 4; được tặng: Đơn vị a, Đơn vị b, Đơn vị c, Đơn vị d"
    )


def test_a_title_that_was_decided_gives_the_reason() -> None:
    award = Award("dvk", "", "Theo đề nghị của Hội đồng", number=2)

    said = list(title_sentences(VI, outcome([90, 89] + [60] * 7, award, titles=(SKILFUL,))))

    assert said[0].endswith(
        "2,25 … 2,7, lấy 2; lãnh đạo quyết định (Theo đề nghị của Hội đồng); "
        "được tặng: Đơn vị a, Đơn vị b"
    )


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        (Bounds(D(60), above=True), "Tổ tốt: 2/3 = 66,66%, chỉ tiêu trên 60%: đạt"),
        (Bounds(D(70)), "Tổ tốt: 2/3 = 66,66%, chỉ tiêu từ 70% trở lên: chưa đạt"),
        (Bounds(D(60), D(65)), "Tổ tốt: 2/3 = 66,66%, chỉ tiêu 60% … 65%: chưa đạt"),
    ],
)
def test_a_target_says_its_share_and_whether_it_is_met(bounds: Bounds, said: str) -> None:
    target = Target("t", "Tổ tốt", BandShare("so", "tot"), bounds)

    assert list(target_sentences(VI, outcome([90, 80, 60], targets=(target,)))) == [said]


def test_a_target_without_any_unit_says_that_nothing_can_be_counted() -> None:
    target = Target("t", "Tổ tốt", BandShare("to", "tot"), Bounds(D(70)))
    kinds = (Kind("so", "Sở"), Kind("to", "Tổ"))

    said = list(target_sentences(VI, outcome([90], targets=(target,), kinds=kinds)))

    assert said == ["Tổ tốt: chỉ tiêu từ 70% trở lên: chưa có số liệu để tính"]


def test_all_blocks_together_name_their_sets() -> None:
    here = make.round_of(make.unit("a"), make.unit("b", block="II"), overall=True)
    found = make.outcome_of(here, make.assessment("a", {"1": 85}), make.assessment("b", {"1": 84}))

    assert "\nToàn kỳ, tất cả các khối (bộ tiêu chí: BO-1)\n" in ranking_text(VI, found)


def test_a_layer_that_was_reached_early_marks_its_row() -> None:
    here = make.round_of(make.unit("a"), layer=Layer.FINAL)
    reviewed = make.assessment("a", {"1": 85}, stages=frozenset([Stage.REVIEW]))

    assert "  Tốt       Điểm thẩm định\n" in ranking_text(VI, make.outcome_of(here, reviewed))
