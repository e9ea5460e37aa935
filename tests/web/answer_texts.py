"""A text for every way in which a line can be answered, with its scale."""

from decimal import Decimal
from fractions import Fraction

from evalsvc.domain.answers import Treatment
from evalsvc.domain.criteria import Reason
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
    YesNo,
)
from tests import make

YEAR = make.YEAR
F = Fraction
TIERS = (Tier(F(2), Decimal(95)), Tier(F(1), Decimal(80)), Tier(F(0)))
SORTS = (Sort("cap-tinh", "Cấp tỉnh", F(1)), Sort("tw", "Cấp Trung ương", F(2)))
EACH = (Sort("each", "", F(1, 2)),)
STEPS = (LateStep(F(1, 2), 5),)
LESS = (Sort("vu", "Vụ phức tạp không báo cáo", F(1, 2)),)
OF = ChildrenOf("TY-B", "to")
BANDS = {"tot": "Tốt", "kha": "Khá", "tb": "Trung bình"}

YES_NO = YesNo(F(2))
OPTIONS = Options(F(2), (Level("chu-tri", "Chủ trì", F(2)), Level("phoi-hop", "Phối hợp", F(1))))
CHECKLIST = Checklist(F(3), tuple(Level(code, f"Mục {code}", F(1)) for code in "abc"))
SHARE, NUMBER = Tiers(F(2), TIERS), Tiers(F(2), TIERS, of_share=False, asks=Asks("cuộc"))
ASKS = Asks("vụ", "Số vụ đúng hạn", "Số vụ phải giải quyết")
RATIO = Ratio(F(4), asks=ASKS)
FIXED, USUAL = Ratio(F(4), due=13), Ratio(F(4), due=7, due_may_change=True)
COUNT, COUNT_ONE = Count(F(4), SORTS, Asks("mô hình")), Count(F(4), EACH, Asks("cuộc"))
DEDUCT = Deduct(F(4), SORTS)
LATE_ONE = Lateness(F(1), (Due("han", "", YearlyDay(10, 6)),), STEPS)
QUARTERS = (Due("q1", "Quý I", YearlyDay(10, 3)), Due("q2", "Quý II", YearlyDay(10, 6)))
LATE = Lateness(F(1), QUARTERS, STEPS)
JUDGED, JUDGED_FINE = Judged(F(4), F(1, 2)), Judged(F(4), F(1, 100))
SURVEY = Survey(F(3), Line(Decimal(1), Decimal(5)))
IMPORTED = Imported(F(3), Decimal(100), "Chỉ số cải cách hành chính", year_before=True)
CHILDREN = Children(F(4), OF, ("tot",), (Tier(F(4), Decimal(70)), Tier(F(0))))
ONE_CHILD = OneChild(F(3), OF, (OfBand(F(3), "tot"), OfBand(F(0))))

TEXTS: list[tuple[Scale, str]] = [
    (YES_NO, "yes"),
    (YES_NO, "no"),
    (OPTIONS, "phoi-hop"),
    (CHECKLIST, "a; c"),
    (CHECKLIST, "none"),
    (SHARE, "171/190"),
    (SHARE, "87.5"),
    (NUMBER, "12"),
    (NUMBER, "87.6120"),
    (RATIO, "5/7"),
    (RATIO, "0/7"),
    (FIXED, "5/13"),
    (USUAL, "7/7"),
    (USUAL, "5/9"),
    (COUNT, "cap-tinh 3; tw 1"),
    (COUNT, "0"),
    (COUNT_ONE, "3"),
    (COUNT_ONE, "0"),
    (DEDUCT, "cap-tinh 0; tw 1"),
    (LATE_ONE, "10/06/2019"),
    (LATE_ONE, "not-sent"),
    (LATE, "q1 10/03/2019; q2 not-sent"),
    (JUDGED, "3.5; Có báo cáo"),
    (JUDGED, "4; Ba căn cứ;\nmỗi căn cứ | một dòng"),
    (JUDGED_FINE, "3.25; Có báo cáo"),
    (SURVEY, "4.20; 120"),
    (IMPORTED, "87.61; 398/QĐ-UBND, 12/QĐ | a; 22/04/2019; 2018"),
    (CHILDREN, "tot 7; kha 2; unsubmitted 1"),
    (CHILDREN, "tot 3"),
    (ONE_CHILD, "kha"),
]
SCALES = list({type(scale): scale for scale, _ in TEXTS}.values())
ONE_REASON = (Reason("khong-don", "Không có đơn thư trong năm", Treatment.FULL),)
