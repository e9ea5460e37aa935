"""What people may write as an answer on each kind of scale, and how it is written back."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from evalsvc.domain.answers import (
    NOT_DUE,
    UNANSWERED,
    ByHand,
    NotApplicable,
    OfChildren,
    PartOf,
    Proposed,
    Sent,
    Stated,
    Ticked,
    YesOrNo,
)
from evalsvc.domain.dates import Due, YearlyDay
from evalsvc.domain.errors import Refused
from evalsvc.domain.points import ZERO
from evalsvc.domain.readings import read_by_hand, read_value, write_value
from evalsvc.domain.scales import (
    Checklist,
    Children,
    ChildrenOf,
    Count,
    Deduct,
    Imported,
    Judged,
    Lateness,
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
    points,
    read,
)
from tests import make

F = Fraction
LEVELS = (Level("tot", "Tốt", F(3)), Level("kem", "Kém", F(0)))
ITEMS = (Level("a", "A", F(1)), Level("b", "B", F(1)), Level("c", "C", F(1)))
TIERS = (Tier(F(3), Decimal(90)), Tier(F(0)))
SORTS = (Sort("nhe", "Nhẹ", F(1)), Sort("nang", "Nặng", F(2)))
ONE_SORT = (Sort("1", "", F(1, 2)),)
LESS = (Sort("vu", "Vụ", F(1, 2)),)

YES_NO = YesNo(F(3))
OPTIONS = Options(F(3), LEVELS)
CHECKLIST = Checklist(F(3), ITEMS)
SHARE = Tiers(F(3), TIERS)
OVER = Tiers(F(3), TIERS, may_exceed=True)
NUMBER = Tiers(F(3), TIERS, of_share=False)
WHOLE = Tiers(F(3), TIERS, of_share=False, whole=True)
RATIO = Ratio(F(4))
FIXED = Ratio(F(4), due=13)
USUAL = Ratio(F(4), due=7, due_may_change=True)
EXCEEDS = Ratio(F(4), may_exceed=True)
COUNT = Count(F(3), ONE_SORT)
DEDUCT = Deduct(F(4), SORTS)
DUE = Lateness(F(2), (Due("1", "", YearlyDay(10, 6)),), ())
DUES = Lateness(F(2), (Due("q1", "", YearlyDay(10, 3)), Due("q2", "", YearlyDay(10, 6))), ())
JUDGED = Judged(F(5), F(1, 2))
SURVEY = Survey(F(4), Line(Decimal(1), Decimal(5)), minimum=30)
IMPORTED = Imported(F(15), Decimal(100), "Chỉ số", year_before=True)
OF = ChildrenOf("TY-B", "to")
CHILDREN = Children(F(3), OF, ("tot",), TIERS)
ONE_CHILD = OneChild(F(3), OF, (OfBand(F(3), "tot"), OfBand(F(0))))


@pytest.mark.parametrize(
    ("scale", "text", "written"),
    [
        (YES_NO, "yes", "yes"),
        (YES_NO, " Có ", "yes"),
        (YES_NO, "Không", "no"),
        (OPTIONS, " tot ", "tot"),
        (CHECKLIST, "c; a", "a; c"),
        (CHECKLIST, "a;b;c", "a; b; c"),
        (CHECKLIST, "none", "none"),
        (SHARE, "171/190", "171/190"),
        (SHARE, "87,5", "87.5"),
        (SHARE, "87,612", "87.6120"),
        (OVER, "120/100", "120/100"),
        (OVER, "120", "120"),
        (NUMBER, "12,5", "12.5"),
        (WHOLE, "1.234", "1234"),
        (RATIO, "5/7", "5/7"),
        (RATIO, " 5 / 7 ", "5/7"),
        (RATIO, "1.000/2.000", "1000/2000"),
        (FIXED, "5", "5/13"),
        (FIXED, "5/13", "5/13"),
        (USUAL, "5", "5/7"),
        (USUAL, "5/9", "5/9"),
        (EXCEEDS, "6/4", "6/4"),
        (COUNT, "3", "3"),
        (COUNT, "0", "0"),
        (COUNT, "1 3", "3"),
        (DEDUCT, "nang 2; nhe 1", "nhe 1; nang 2"),
        (DEDUCT, "nhe 1; nang 0", "nhe 1; nang 0"),
        (DEDUCT, "nhe 0; nang 0", "0"),
        (DEDUCT, " 0 ", "0"),
        (DUE, "10/6/2019", "10/06/2019"),
        (DUE, "not-sent", "not-sent"),
        (DUES, "q2 not-sent; q1 9/3/2019", "q1 09/03/2019; q2 not-sent"),
        (JUDGED, "3,5; Làm tốt; có sáng kiến", "3.5; Làm tốt; có sáng kiến"),
        (SURVEY, "4,20; 120", "4.20; 120"),
        (IMPORTED, "87,61; 398/QĐ-UBND; 22/4/2019; 2018", "87.61; 398/QĐ-UBND; 22/04/2019; 2018"),
        (CHILDREN, "tot 7; kha 2; unsubmitted 1", "tot 7; kha 2; unsubmitted 1"),
        (CHILDREN, "tot 1", "tot 1"),
        (ONE_CHILD, " kha ", "kha"),
    ],
)
def test_an_answer_is_read_and_written_back(scale: Scale, text: str, written: str) -> None:
    here = make.entry(scale)

    found = read_value(here, text, make.YEAR)

    assert write_value(found) == written
    assert read_value(here, written, make.YEAR) == found


@pytest.mark.parametrize(
    ("scale", "text", "message"),
    [
        (YES_NO, "maybe", "not-yes-or-no"),
        (YES_NO, "", "not-yes-or-no"),
        (YES_NO, "1", "not-yes-or-no"),
        (OPTIONS, "Tốt", "no-such-choice"),
        (OPTIONS, "", "no-such-choice"),
        (CHECKLIST, "a; x", "no-such-choice"),
        (CHECKLIST, "a; a", "said-twice"),
        (CHECKLIST, "a; none", "no-such-choice"),
        (CHECKLIST, "a;", "empty-part"),
        (CHECKLIST, "", "empty-part"),
        (SHARE, "101", "number-too-great"),
        (SHARE, "5/0", "due-is-zero"),
        (SHARE, "8/7", "more-than-due"),
        (NUMBER, "1.234", "number-two-readings"),
        (WHOLE, "2,5", "number-not-whole"),
        (RATIO, "5", "not-a-part"),
        (RATIO, "0/0", "due-is-zero"),
        (RATIO, "8/7", "more-than-due"),
        (RATIO, "-1/7", "number-negative"),
        (RATIO, "5/7/9", "not-a-number"),
        (RATIO, "2,5/7", "number-not-whole"),
        (FIXED, "5/12", "due-is-fixed"),
        (FIXED, "14", "more-than-due"),
        (FIXED, "5/", "not-a-number"),
        (USUAL, "5/0", "due-is-zero"),
        (COUNT, "2,5", "number-not-whole"),
        (COUNT, "", "empty-part"),
        (DEDUCT, "1", "no-such-choice"),
        (DEDUCT, "nhe 1", "not-all-named"),
        (DEDUCT, "nhe 1; nhe 2", "said-twice"),
        (DEDUCT, "nhe 1; nang", "not-all-named"),
        (DUE, "10/6", "not-a-date"),
        (DUE, "31/6/2019", "no-such-date"),
        (DUES, "10/3/2019", "no-such-choice"),
        (DUES, "q1 10/3/2019", "not-all-named"),
        (DUES, "not-sent", "no-such-choice"),
        (JUDGED, "3,5", "grounds-missing"),
        (JUDGED, "3,5; ", "grounds-missing"),
        (JUDGED, "3,4; x", "points-off-the-step"),
        (JUDGED, "5,5; x", "number-too-great"),
        (SURVEY, "4,20", "not-of-shape"),
        (SURVEY, "4,2055; 120", "number-too-fine"),
        (SURVEY, "4,20; 12,5", "number-not-whole"),
        (IMPORTED, "87,61; 398/QĐ-UBND; 22/4/2019", "not-of-shape"),
        (IMPORTED, "87,61; ; 22/4/2019; 2018", "not-of-shape"),
        (IMPORTED, "100,01; 398/QĐ-UBND; 22/4/2019; 2018", "number-too-great"),
        (IMPORTED, "87,61; 398/QĐ-UBND; 22/4/2019; 2019", "result-of-another-year"),
        (CHILDREN, "tot 7; tot 1", "said-twice"),
        (CHILDREN, "tot 0; kha 0", "due-is-zero"),
        (CHILDREN, "tot", "not-a-number"),
        (YES_NO, "n/a lost", "no-such-reason"),
        (YES_NO, "yes | vu 1", "less-not-asked"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(scale: Scale, text: str, message: str) -> None:
    with pytest.raises(Refused) as error:
        read_value(make.entry(scale), text, make.YEAR)

    assert error.value.message == message


@pytest.mark.parametrize(
    ("text", "less"), [("10/12 | vu 2", 2), ("10/12 | 2", 2), ("10/12 | 0", 0), ("10/12|0", 0)]
)
def test_what_is_taken_off_stands_after_a_bar(text: str, less: int) -> None:
    here = make.entry(RATIO, less=LESS)

    found = read_value(here, text, make.YEAR)

    assert found == Stated(PartOf(10, 12), (("vu", less),))
    assert read_value(here, write_value(found), make.YEAR) == found


@pytest.mark.parametrize(
    ("text", "message"),
    [("10/12", "less-missing"), ("10/12 | ", "empty-part"), ("10/12 | x 1", "not-a-number")],
)
def test_what_is_taken_off_must_be_said(text: str, message: str) -> None:
    with pytest.raises(Refused) as error:
        read_value(make.entry(RATIO, less=LESS), text, make.YEAR)

    assert error.value.message == message


def test_grounds_may_hold_a_bar() -> None:
    found = read_value(make.entry(JUDGED), "3,5; Tổ A | Tổ B", make.YEAR)

    assert found == Stated(Proposed(Decimal("3.5"), "Tổ A | Tổ B"))


def test_grounds_may_hold_a_bar_beside_what_is_taken_off() -> None:
    found = read_value(make.entry(JUDGED, less=LESS), "3,5; Tổ A | Tổ B | vu 1", make.YEAR)

    assert found == Stated(Proposed(Decimal("3.5"), "Tổ A | Tổ B"), (("vu", 1),))


def test_points_of_which_only_one_reading_fits_the_line_are_read() -> None:
    found = read_value(make.entry(Judged(F(5), F(1, 1000))), "3,500; Đạt", make.YEAR)

    assert found == Stated(Proposed(Decimal("3.5"), "Đạt"))


def test_a_survey_mean_of_three_decimals_is_not_read_as_thousands() -> None:
    with pytest.raises(Refused) as error:
        read_value(make.entry(SURVEY), "4,205; 120", make.YEAR)

    assert error.value.message in ("number-too-fine", "number-too-great")


def test_not_applicable_names_a_reason_of_the_line() -> None:
    assert read_value(make.entry(RATIO), "n/a drop", make.YEAR) == NotApplicable("drop")
    assert write_value(NotApplicable("drop")) == "n/a drop"


@pytest.mark.parametrize("value", [UNANSWERED, NOT_DUE])
def test_silence_is_written_as_nothing(value: object) -> None:
    assert write_value(value) == ""  # type: ignore[arg-type]


def test_points_by_hand_are_written_as_a_number() -> None:
    assert write_value(ByHand(Decimal("1.5"))) == "1.5"


@pytest.mark.parametrize(
    ("scale", "by_hand", "text", "message"),
    [
        (YES_NO, False, "1", "points-not-by-hand"),
        (YES_NO, True, "3,01", "number-too-great"),
        (Ratio(F(10)), True, "2,5555", "number-too-fine"),
        (JUDGED, False, "1,2", "points-off-the-step"),
        (JUDGED, False, "-1", "number-negative"),
    ],
)
def test_points_by_hand_only_where_and_as_the_file_allows(
    scale: Scale, text: str, message: str, *, by_hand: bool
) -> None:
    with pytest.raises(Refused) as error:
        read_by_hand(make.entry(scale, points_by_hand=by_hand), text, 2)

    assert error.value.message == message


def test_points_by_hand_are_read() -> None:
    assert read_by_hand(make.entry(JUDGED), "3,5", 2) == ByHand(Decimal("3.5"))
    assert read_by_hand(make.entry(YES_NO, points_by_hand=True), "1,25", 2) == ByHand(
        Decimal("1.25")
    )


@pytest.mark.parametrize("scale", [YES_NO, OPTIONS, CHECKLIST, SHARE, RATIO, COUNT, DUE, JUDGED])
def test_an_answer_of_another_kind_is_refused(scale: Scale) -> None:
    with pytest.raises(Refused) as error:
        points(scale, OfChildren((("tot", 1),)))

    assert error.value.message == "answer-of-another-kind"


def test_a_level_that_the_scale_does_not_have_is_refused() -> None:
    answer = read(ONE_CHILD, "vang")

    assert points(ONE_CHILD, answer) == ZERO
    with pytest.raises(Refused) as error:
        points(OPTIONS, answer)
    assert error.value.message == "no-such-level"


def test_answers_keep_the_order_of_the_scale() -> None:
    ticked = read(CHECKLIST, "c; a")
    sent = read(DUES, "q2 not-sent; q1 9/3/2019")

    assert ticked == Ticked(("a", "c"))
    assert sent == Sent((("q1", date(2019, 3, 9)), ("q2", None)))
    assert read(YES_NO, "có") == YesOrNo(yes=True)
