"""The sum in words of one scored line: true, and readable aloud."""

from fractions import Fraction
from pathlib import Path

import pytest

from evalsvc.catalog import sets
from evalsvc.domain.answers import NOT_DUE, UNANSWERED, ByHand, NotApplicable, Value
from evalsvc.domain.criteria import CriteriaSet, GivenBy
from evalsvc.domain.forms import Entry, form
from evalsvc.domain.lines import Layer, line_score, settled
from evalsvc.domain.readings import read_value
from evalsvc.domain.scales import Deduct, Ratio, Sort, YesNo
from evalsvc.words.language import ENGLISH, VIETNAMESE, language
from evalsvc.words.reckonings import reckoning
from tests import make

CRITERIA = Path(__file__).parents[2] / "criteria"
NAMES = {"tot": "Tốt"}


def loaded(name: str) -> CriteriaSet:
    return sets.load(name, (CRITERIA / f"{name}.yaml").read_bytes())


SETS = {name: loaded(name) for name in ("tv-2019", "ty-2017", "ty-b", "qb-01")}
YEARS = {"tv-2019": 2019, "ty-2017": 2017, "ty-b": 2018, "qb-01": 2023}


def entry(name: str, kind: str, code: str) -> Entry:
    sheet = form(SETS[name], kind, SETS[name].tags, year=YEARS[name])
    return next(each for each in sheet.entries() if each.code == code)


def told(line: Entry, value: Value, code: str = VIETNAMESE) -> str:
    return reckoning(language(code), line_score(line, value, 2), 2, NAMES)


def answered(name: str, kind: str, code: str, text: str, spoken: str = VIETNAMESE) -> str:
    line = entry(name, kind, code)
    value = settled(line, read_value(line, text, YEARS[name]), Layer.FINAL)
    return told(line, value, spoken)


TRA_VINH = [
    ("1.4", "yes", "Có: 2,00"),
    ("1.4", "no", "Không: 0,00"),
    ("1.7", "mot-trong-hai", "Chỉ có kế hoạch chuyên đề hoặc chỉ có báo cáo kết quả: 1,00"),
    (
        "3.3",
        "lich; noi-quy; so-theo-doi",
        "Đạt 3/4 mục (chưa đạt: Lãnh đạo tiếp công dân định kỳ): 3 × 0,75 = 2,25",
    ),
    ("3.3", "none", "Không đạt mục nào trong 4 mục: 0,00"),
    ("1.2", "5", "5/13 văn bản × 4 điểm = 1,54"),
    ("1.3", "1899/1999", "1899/1999 = 94,99%, thuộc bậc từ 80% đến dưới 95%: 1,00"),
    ("1.3", "99,99", "99,99%, thuộc bậc từ 95% đến dưới 100%: 2,00"),
    ("1.3", "20/20", "20/20 = 100%, thuộc bậc 100%: 3,00"),
    ("3.4", "13/20", "13/20 đơn thư × 5 điểm = 3,25"),
    ("3.4", "7/12", "7/12 = 58,33%, dưới 60%: 0,00"),
    ("4.3", "89/100", "89/100 = 89%: (89 − 80)/(98 − 80) × 5 = 2,50"),
    # The share has no end, so the sum keeps the fraction.
    ("4.3", "19/21", "19/21 = 90,47%: (19/21 × 100 − 80)/(98 − 80) × 5 = 2,91"),
    ("4.3", "98/100", "98/100 = 98%, từ 98% trở lên: 5,00"),
    ("4.3", "1/2", "1/2 = 50%, từ 80% trở xuống: 0,00"),
    ("1.6", "6", "6 tin, bài × 0,5 = 3,00"),
    ("1.6", "9", "9 tin, bài × 0,5 = 4,50, trần 4,00"),
    ("T.1", "cap-tinh 1; trung-uong 2", "1 × 1 + 2 × 2 = 5,00"),
    ("3.5", "vuot-cap 1; dong-nguoi 0", "3 − 1 × 1 − 0 × 2 = 2,00"),
    ("3.5", "vuot-cap 2; dong-nguoi 2", "3 − 2 × 1 − 2 × 2 = −3,00, không dưới 0: 0,00"),
    ("3.5", "0", "Không có trường hợp bị trừ: 3,00"),
    ("1.5", "29/3/2019", "Gửi 29/03/2019, đúng hạn: 2,00"),
    ("1.5", "30/3/2019", "Gửi 30/03/2019, chậm 1 ngày so với hạn 29/03/2019: 1,00"),
    ("1.5", "9/4/2019", "Gửi 09/04/2019, chậm 11 ngày so với hạn 29/03/2019: 0,50"),
    ("6.3", "not-sent", "Không gửi: 0,00"),
    (
        "6.1",
        "q1 10/3/2019; q2 15/6/2019; q3 16/9/2019; q4 not-sent",
        "Báo cáo quý I gửi 10/03/2019, đúng hạn; "
        "Báo cáo quý II gửi 15/06/2019, chậm 5 ngày so với hạn 10/06/2019; "
        "Báo cáo quý III gửi 16/09/2019, chậm 6 ngày so với hạn 10/09/2019; "
        "Báo cáo quý IV không gửi: (1 + 1/2 + 0 + 0)/4 × 2 = 0,75",
    ),
    ("3.11", "1,5; Có báo cáo", "Chấm theo căn cứ “Có báo cáo”: 1,50"),
    ("4.4", "88,4; 120", "Khảo sát 88,40 với 120 phiếu: 88,40/100 × 4 = 3,54"),
    (
        "4.4",
        "88,4; 29",
        "Không áp dụng (khảo sát có dưới 30 phiếu): không tính dòng này, "
        "phần còn lại quy đổi theo thang điểm",
    ),
    (
        "3.4",
        "n/a khong-don-thu",
        "Không áp dụng (Trong năm không có đơn thư phải giải quyết), được đủ điểm: 5,00",
    ),
]


@pytest.mark.parametrize(("code", "text", "said"), TRA_VINH)
def test_a_line_is_told_with_its_sum(code: str, text: str, said: str) -> None:
    assert answered("tv-2019", "so", code, text) == said


@pytest.mark.parametrize(
    ("name", "kind", "code", "text", "said"),
    [
        ("ty-2017", "dang-bo", "1.5", "10/12 | vu 1", "10/12 × 4 − 1 × 0,5 = 2,83"),
        (
            "ty-2017",
            "dang-bo",
            "1.5",
            "1/12 | vu 1",
            "1/12 × 4 − 1 × 0,5 = −0,17, không dưới 0: 0,00",
        ),
        ("ty-2017", "dang-bo", "1.4", "6/4", "6/4 cuộc, vượt mức, được đủ điểm: 4,00"),
        (
            "ty-2017",
            "dang-bo",
            "5.1",
            "tot 7; kha 2; unsubmitted 1",
            "Đơn vị trực thuộc xếp loại Tốt: 7/10 = 70% (1 chưa có kết quả), "
            "thuộc bậc từ 50% đến 70%: 2,00",
        ),
        ("ty-2017", "dang-bo", "5.2", "tot", "Đơn vị trực thuộc xếp loại Tốt: 3,00"),
        (
            "qb-01",
            "so",
            "C1",
            "87,61; 398/QĐ-UBND; 22/4/2023; 2022",
            "Chỉ số cải cách hành chính năm 2022, 398/QĐ-UBND ngày 22/04/2023: "
            "87,61/100 × 15 = 13,14",
        ),
        (
            "qb-01",
            "so",
            "B4",
            "4,2; 120",
            "Khảo sát 4,20 với 120 phiếu: (4,20 − 1)/(5 − 1) × 4 = 3,20",
        ),
        ("qb-01", "so", "D6", "182/190", "182/190 = 95,78%, thuộc bậc từ 95%: 2,00"),
    ],
)
def test_lines_of_other_sets(name: str, kind: str, code: str, text: str, said: str) -> None:
    assert answered(name, kind, code, text) == said


@pytest.mark.parametrize(
    ("code", "text", "said"),
    [
        ("1.2", "5", "5/13 văn bản × 4 points = 1.54"),
        ("3.5", "0", "Nothing to take off: 3.00"),
        ("1.6", "9", "9 tin, bài × 0.5 = 4.50, capped at 4.00"),
        ("1.5", "30/3/2019", "Sent 30/03/2019, 1 day after 29/03/2019: 1.00"),
        ("1.3", "1899/1999", "1899/1999 = 94.99%, in the tier from 80% to under 95%: 1.00"),
    ],
)
def test_a_line_in_english(code: str, text: str, said: str) -> None:
    assert answered("tv-2019", "so", code, text, ENGLISH) == said


@pytest.mark.parametrize(
    ("given_by", "value", "said"),
    [
        (GivenBy.UNIT, UNANSWERED, "Chưa kê khai: 0,00"),
        (GivenBy.REVIEWER, UNANSWERED, "Chưa chấm: 0,00"),
        (GivenBy.REVIEWER, NOT_DUE, "Chờ người thẩm định chấm"),
        (GivenBy.SERVICE, NOT_DUE, "Chưa đến hạn"),
        (GivenBy.UNIT, ByHand(make.decimals("1.5")[0]), "Người thẩm định cho điểm: 1,50"),
    ],
)
def test_a_line_without_an_answer_says_why(given_by: GivenBy, value: Value, said: str) -> None:
    line = make.entry(YesNo(Fraction(2)), given_by=given_by)

    assert told(line, value) == said


@pytest.mark.parametrize(
    ("treatment", "said"),
    [
        ("drop", "Không áp dụng (drop): không tính dòng này, điểm tối đa của phiếu giảm 2 điểm"),
        (
            "rescale",
            "Không áp dụng (rescale): không tính dòng này, phần còn lại quy đổi theo thang điểm",
        ),
        ("full", "Không áp dụng (full), được đủ điểm: 2,00"),
        ("zero", "Không áp dụng (zero), không có điểm: 0,00"),
        ("exclude", "Không áp dụng (exclude): đơn vị không được xếp loại"),
    ],
)
def test_a_line_that_does_not_apply_says_what_becomes_of_it(treatment: str, said: str) -> None:
    assert told(make.entry(YesNo(Fraction(2))), NotApplicable(treatment)) == said


LESS = (Sort("vu", "vụ", Fraction(1, 2)),)


@pytest.mark.parametrize(
    ("scale", "text", "said"),
    [
        # What is taken off comes off the exact points, wherever they came from.
        (YesNo(Fraction(3)), "yes | vu 2", "Có: 3 − 2 × 0,5 = 2,00"),
        (Ratio(Fraction(4), 12), "11 | 0", "11/12 × 4 − 0 × 0,5 = 3,67"),
        (
            Deduct(Fraction(1), (Sort("1", "", Fraction(2)),)),
            "1 | vu 1",
            "1 − 1 × 2 = −1,00, không dưới 0: 0,00; 0 − 1 × 0,5 = −0,50, không dưới 0: 0,00",
        ),
    ],
)
def test_events_taken_off_stand_in_the_same_sum(
    scale: YesNo | Ratio | Deduct, text: str, said: str
) -> None:
    line = make.entry(scale, less=LESS)

    assert told(line, read_value(line, text, make.YEAR)) == said
