"""The rule of each kind of scale, as the form and the tables of a set show it."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import get_args

import pytest

from evalsvc.domain.answers import Treatment
from evalsvc.domain.criteria import Reason, Role
from evalsvc.domain.dates import Due, YearlyDay
from evalsvc.domain.scales import (
    Asks,
    Checklist,
    Children,
    ChildrenOf,
    Count,
    Deduct,
    Imported,
    Judged,
    Lateness,
    LateStep,
    Level,
    Line,
    OfBand,
    OneChild,
    Options,
    Ratio,
    Scale,
    Sort,
    Survey,
    Tier,
    Tiers,
    Wording,
    YesNo,
)
from evalsvc.words.language import ENGLISH, VIETNAMESE, language
from evalsvc.words.rules import line_rule, rule
from tests import make

VI, EN = language(VIETNAMESE), language(ENGLISH)
F, D = Fraction, Decimal
HALF = F(1, 2)


def tiers(*steps: tuple[int, int | None], above: bool = False) -> tuple[Tier, ...]:
    return tuple(
        Tier(F(points), None if bound is None else D(bound), above and bound is not None)
        for points, bound in steps
    )


SORTS = (Sort("tinh", "cấp tỉnh", F(1)), Sort("tw", "cấp Trung ương", F(2)))
DUE = Due("1.5", "", date(2019, 3, 30), before=True)
QUARTERS = tuple(Due(f"q{month}", f"quý {month}", YearlyDay(10, 3 * month)) for month in (1, 2))
OF = ChildrenOf("TY-B", "to")

IN_VIETNAMESE: list[tuple[Scale, str]] = [
    (YesNo(F(2)), "Có: 2 điểm; không: 0 điểm."),
    (
        Options(F(2), (Level("a", "Cả hai", F(2)), Level("b", "Một", F(4, 3)))),
        "Cả hai: 2 điểm; Một: 1,33 điểm.",
    ),
    (
        Checklist(F(4), tuple(Level(name, name, F(4, 3)) for name in ("A", "B", "C"))),
        "Mỗi mục đạt được 4/3 điểm: A; B; C.",
    ),
    (
        Checklist(F(2), (Level("a", "A", F(3, 2)), Level("b", "B", HALF))),
        "Cộng điểm các mục đạt được: A 1,5 điểm; B 0,5 điểm.",
    ),
    (
        Tiers(F(2), tiers((2, 95), (1, 80), (0, None))),
        "Từ 95% trở lên: 2 điểm; từ 80% đến dưới 95%: 1 điểm; dưới 80%: 0 điểm.",
    ),
    (
        Tiers(F(2), tiers((2, 100), (0, None))),
        "100%: 2 điểm; dưới 100%: 0 điểm.",
    ),
    # More than the plan is possible, so the best tier has no end.
    (
        Tiers(F(2), tiers((2, 100), (0, None)), may_exceed=True),
        "Từ 100% trở lên: 2 điểm; dưới 100%: 0 điểm.",
    ),
    (
        Tiers(F(4), tiers((4, 70), (2, 50), (0, None), above=True)),
        "Trên 70%: 4 điểm; trên 50% đến 70%: 2 điểm; từ 50% trở xuống: 0 điểm.",
    ),
    (
        Tiers(F(3), tiers((3, 12), (0, None)), of_share=False, asks=Asks("cuộc")),
        "Từ 12 cuộc trở lên: 3 điểm; dưới 12 cuộc: 0 điểm.",
    ),
    (
        Ratio(F(4), 13, cut_below=D(60), asks=Asks(done="Số văn bản đã quán triệt")),
        "Số văn bản đã quán triệt / 13 × 4 điểm; dưới 60% được 0 điểm.",
    ),
    (
        Ratio(F(3), 7, due_may_change=True, may_exceed=True),
        "Số đã thực hiện / số phải thực hiện (thường là 7) × 3 điểm; vượt mức vẫn được đủ điểm.",
    ),
    (
        Ratio(F(5), line=Line(D(80), D(98)), asks=Asks(done="Đúng hạn", due="tổng số")),
        "Đúng hạn / tổng số: từ 80% trở xuống được 0 điểm, từ 98% trở lên được 5 điểm, "
        "ở giữa tính theo đường thẳng.",
    ),
    (
        Count(F(4), (Sort("1", "", HALF),), Asks("tin, bài")),
        "Mỗi tin, bài 0,5 điểm, không quá 4 điểm.",
    ),
    (
        Count(F(4), SORTS, Asks("mô hình")),
        "Mỗi mô hình: cấp tỉnh 1 điểm; cấp Trung ương 2 điểm, không quá 4 điểm.",
    ),
    (Count(None, (Sort("1", "", F(1)),)), "Mỗi trường hợp 1 điểm."),
    (Deduct(F(4), SORTS[:1], Asks("vụ")), "Tính từ 4 điểm, trừ mỗi vụ 1 điểm; không dưới 0."),
    (
        Lateness(F(2), (DUE,), (LateStep(HALF, 10), LateStep(F(1, 4)))),
        "Trước ngày 30/03/2019: 2 điểm; chậm đến 10 ngày: 1 điểm; "
        "chậm từ 11 ngày trở lên: 0,5 điểm; không gửi: 0 điểm.",
    ),
    (
        Lateness(F(3), (Due("1", "", YearlyDay(30, 6, next_year=True)),), (LateStep(HALF),)),
        "Đến hết ngày 30/6 năm sau: 3 điểm; gửi chậm: 1,5 điểm; không gửi: 0 điểm.",
    ),
    (
        Lateness(F(1), QUARTERS, (LateStep(HALF, 5), LateStep(F(1, 4), 9))),
        "2 hạn, mỗi hạn 0,5 điểm: quý 1 đến hết ngày 10/3; quý 2 đến hết ngày 10/6. "
        "Chậm đến 5 ngày: 1/2 số điểm của hạn ấy; chậm 6 đến 9 ngày: 1/4 số điểm của hạn ấy; "
        "chậm hơn hoặc không gửi: 0 điểm.",
    ),
    (
        Judged(F(4), HALF, (Wording(D(0), "Chưa làm"), Wording(D(2), "Có làm"))),
        "Từ 0 đến 4 điểm theo bước 0,5, có nêu căn cứ. Từ 0 điểm: Chưa làm. Từ 2 điểm: Có làm.",
    ),
    (
        Survey(F(4), Line(D(1), D(5)), 30),
        "Khảo sát: 1 được 0 điểm, 5 được 4 điểm, ở giữa tính theo đường thẳng; dưới 30 phiếu thì "
        "không tính dòng này, phần còn lại quy đổi theo thang điểm.",
    ),
    (
        Imported(F(15), D(100), "Chỉ số cải cách hành chính", year_before=True),
        "Chỉ số cải cách hành chính / 100 × 15 điểm, lấy kết quả năm trước.",
    ),
    (
        Children(F(4), OF, ("tot",), tiers((4, 70), (0, None), above=True)),
        "Tỷ lệ đơn vị trực thuộc (tổ dân vận) xếp loại Tốt: trên 70%: 4 điểm; "
        "từ 70% trở xuống: 0 điểm.",
    ),
    (
        OneChild(F(3), OF, (OfBand(F(3), "tot"), OfBand(F(0)))),
        "Xếp loại của đơn vị trực thuộc (tổ dân vận): Tốt 3 điểm; mức khác 0 điểm.",
    ),
]
NAMES = {"to": "tổ dân vận", "tot": "Tốt"}


@pytest.mark.parametrize(("scale", "said"), IN_VIETNAMESE)
def test_a_rule_says_what_gives_how_many_points(scale: Scale, said: str) -> None:
    assert rule(VI, scale, 2, NAMES) == said


def test_every_kind_of_scale_is_among_the_cases() -> None:
    assert {type(scale) for scale, _ in IN_VIETNAMESE} == set(get_args(Scale))


@pytest.mark.parametrize(
    ("scale", "said"),
    [
        (YesNo(F(1)), "Yes: 1 point; no: 0 points."),
        (
            Tiers(F(2), tiers((2, 95), (1, 80), (0, None))),
            "From 95% up: 2 points; from 80% to under 95%: 1 point; under 80%: 0 points.",
        ),
        (
            Lateness(F(2), (DUE,), (LateStep(HALF, 10),)),
            "Before 30/03/2019: 2 points; late by up to 10 days: 1 point; "
            "later or not sent: 0 points.",
        ),
    ],
)
def test_a_rule_in_english(scale: Scale, said: str) -> None:
    assert rule(EN, scale, 2) == said


def test_a_line_adds_what_is_taken_off_and_when_it_does_not_apply() -> None:
    reason = Reason("khong", "Trong năm không có đơn", Treatment.FULL)
    less = Sort("vu", "vụ không báo cáo", HALF)
    line = make.entry(Ratio(F(4), 12), less=(less,), reasons=(reason,))

    said = line_rule(VI, line, 2)

    assert said == (
        "Số đã thực hiện / 12 × 4 điểm. Trừ: mỗi vụ không báo cáo 0,5 điểm. "
        "Trong năm không có đơn: được đủ điểm."
    )


@pytest.mark.parametrize(
    ("role", "said"),
    [
        (Role.BONUS, "Điểm thưởng: mỗi trường hợp 1 điểm."),
        (Role.PENALTY, "Điểm trừ: mỗi trường hợp 1 điểm."),
    ],
)
def test_a_line_outside_the_scale_says_which_way_it_counts(role: Role, said: str) -> None:
    line = make.entry(Count(None, (Sort("T", "", F(1)),)), role=role)

    assert line_rule(VI, line, 2) == said
