"""Every refusal of an answer by its scale: the message and the facts that its sentence needs."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from evalsvc.domain.answers import (
    Answer,
    Chosen,
    Measured,
    Occurred,
    OfChildren,
    PartOf,
    Sent,
    YesOrNo,
)
from evalsvc.domain.dates import Due
from evalsvc.domain.errors import Fact, Refused
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
from evalsvc.domain.scales.judgement import read_points

D, F = Decimal, Fraction
Facts = dict[str, Fact]

ITEMS = tuple(Level(code, "", F(1)) for code in "abc")
SORTS = (Sort("nhe", "", F(1)), Sort("nang", "", F(2)))
TIERS = (Tier(F(3), D(90)), Tier(F(0)))
OF = ChildrenOf("TY-B", "to")

YES_NO = YesNo(F(3))
OPTIONS = Options(F(3), (Level("tot", "", F(3)), Level("kem", "", F(0))))
CHECKLIST = Checklist(F(3), ITEMS)
SHARE = Tiers(F(3), TIERS)
OVER = Tiers(F(3), TIERS, may_exceed=True)
NUMBER = Tiers(F(3), TIERS, of_share=False)
WHOLE = Tiers(F(3), TIERS, of_share=False, whole=True)
RATIO = Ratio(F(4))
FIXED = Ratio(F(4), due=13)
USUAL = Ratio(F(4), due=7, due_may_change=True)
COUNT = Count(F(3), (Sort("1", "", F(1)),))
DEDUCT = Deduct(F(4), SORTS)
DUES = Lateness(F(2), (Due("q1", "", date(2019, 3, 10)), Due("q2", "", date(2019, 6, 10))), ())
JUDGED = Judged(F(5), F(1, 2))
SURVEY = Survey(F(4), Line(D(1), D(5)))
INDEX = Survey(F(4), Line(D(100), D(150)))
IMPORTED = Imported(F(15), D(80), "Chỉ số")
CHILDREN = Children(F(3), OF, ("tot",), TIERS)
ONE_CHILD = OneChild(F(3), OF, (OfBand(F(3), "tot"), OfBand(F(0))))


def refusal(deed: Callable[[], object]) -> tuple[str, Facts]:
    with pytest.raises(Refused) as error:
        deed()
    return error.value.message, error.value.facts


@pytest.mark.parametrize(
    ("scale", "text", "message", "facts"),
    [
        (YES_NO, " Maybe ", "not-yes-or-no", {"text": " Maybe "}),
        (OPTIONS, " Tốt ", "no-such-choice", {"text": "Tốt", "choices": ["tot", "kem"]}),
        (CHECKLIST, "a; x", "no-such-choice", {"text": "x", "choices": ["a", "b", "c", "none"]}),
        (
            CHECKLIST,
            "a; none",
            "no-such-choice",
            {"text": "none", "choices": ["a", "b", "c", "none"]},
        ),
        (CHECKLIST, "a; b; a", "said-twice", {"text": "a; b; a"}),
        (CHECKLIST, "a;; b", "empty-part", {"text": "a;; b"}),
    ],
)
def test_refusals_where_one_picks(scale: Scale, text: str, message: str, facts: Facts) -> None:
    assert refusal(lambda: read(scale, text)) == (message, facts)


@pytest.mark.parametrize(
    ("scale", "text", "message", "facts"),
    [
        (SHARE, "101", "number-too-great", {"text": "101", "greatest": D(100)}),
        (SHARE, "5/0", "due-is-zero", {"text": "5/0"}),
        (SHARE, "8/7", "more-than-due", {"done": 8, "due": 7}),
        (OVER, "8/0", "due-is-zero", {"text": "8/0"}),
        (
            NUMBER,
            "1.234",
            "number-two-readings",
            {"text": "1.234", "first": D("1.234"), "second": D(1234)},
        ),
        (WHOLE, "2,5", "number-not-whole", {"text": "2,5", "places": 6}),
        (RATIO, "5", "not-a-part", {"text": "5"}),
        (RATIO, "8/7", "more-than-due", {"done": 8, "due": 7}),
        (RATIO, "5/7/9", "not-a-number", {"text": "7/9"}),
        (FIXED, "5/12", "due-is-fixed", {"text": "5/12", "due": 13}),
        (FIXED, "14", "more-than-due", {"done": 14, "due": 13}),
        (USUAL, "10/9", "more-than-due", {"done": 10, "due": 9}),
        (USUAL, "5/0", "due-is-zero", {"text": "5/0"}),
        # nothing was due: not a share of anything
        (Ratio(F(4), due=0), "1", "due-is-zero", {"text": "1"}),
        (SURVEY, "4,20", "not-of-shape", {"text": "4,20", "shape": "4,20; 120"}),
        (SURVEY, "100,01; 9", "number-too-great", {"text": "100,01", "greatest": D(100)}),
        (SURVEY, "4,2055; 9", "number-too-fine", {"text": "4,2055", "places": 2}),
        (INDEX, "150,01; 9", "number-too-great", {"text": "150,01", "greatest": D(150)}),
        (
            IMPORTED,
            "87,61; 398/QĐ; 22/4/2019",
            "not-of-shape",
            {
                "text": "87,61; 398/QĐ; 22/4/2019",
                "shape": "87,61; 398/QĐ-UBND; 22/4/2026; 2025",
            },
        ),
        (
            IMPORTED,
            "80,01; 398/QĐ; 22/4/2019; 2018",
            "number-too-great",
            {"text": "80,01", "greatest": D(80)},
        ),
        (IMPORTED, "80; 398/QĐ; 31/4/2019; 2018", "no-such-date", {"text": "31/4/2019"}),
    ],
)
def test_refusals_where_one_measures(scale: Scale, text: str, message: str, facts: Facts) -> None:
    assert refusal(lambda: read(scale, text)) == (message, facts)


@pytest.mark.parametrize(
    ("scale", "text", "message", "facts"),
    [
        (COUNT, "2,5", "number-not-whole", {"text": "2,5", "places": 6}),
        (COUNT, " ", "empty-part", {"text": " "}),
        (DEDUCT, "1", "no-such-choice", {"text": "1", "choices": ["nhe", "nang"]}),
        (DEDUCT, "nhe 1; nhe 2", "said-twice", {"text": "nhe 1; nhe 2"}),
        (DEDUCT, "nang 2", "not-all-named", {"missing": ["nhe"]}),
        (DEDUCT, "nhe 1; nang", "not-all-named", {"missing": ["nang"]}),
        (DEDUCT, "nhe; nang", "not-all-named", {"missing": ["nhe", "nang"]}),
        (DEDUCT, "nhe 1 2; nang 0", "not-a-number", {"text": "1 2"}),
        (DUES, "not-sent", "no-such-choice", {"text": "not-sent", "choices": ["q1", "q2"]}),
        (DUES, "q1 10/3/2019", "not-all-named", {"missing": ["q2"]}),
        (DUES, "q1 10/3; q2 not-sent", "not-a-date", {"text": "10/3"}),
    ],
)
def test_refusals_where_one_counts_events(
    scale: Scale, text: str, message: str, facts: Facts
) -> None:
    assert refusal(lambda: read(scale, text)) == (message, facts)


@pytest.mark.parametrize(
    ("scale", "text", "message", "facts"),
    [
        (JUDGED, "3,5", "grounds-missing", {"text": "3,5"}),
        (JUDGED, "3,5; ", "grounds-missing", {"text": "3,5; "}),
        (JUDGED, "3,4; x", "points-off-the-step", {"points": D("3.4"), "step": F(1, 2)}),
        (JUDGED, "5,5; x", "number-too-great", {"text": "5,5", "greatest": F(5)}),
        (CHILDREN, "tot 7; tot 1", "said-twice", {"text": "tot 7; tot 1"}),
        (CHILDREN, "tot 0; kha 0", "due-is-zero", {"text": "tot 0; kha 0"}),
        # the word is up to the first space, whatever comes last
        (CHILDREN, "tot kha 7", "not-a-number", {"text": "kha 7"}),
    ],
)
def test_refusals_where_somebody_judges(
    scale: Scale, text: str, message: str, facts: Facts
) -> None:
    assert refusal(lambda: read(scale, text)) == (message, facts)


@pytest.mark.parametrize(
    ("text", "most", "step", "message", "facts"),
    [
        ("1,2", F(5), F(1, 2), "points-off-the-step", {"points": D("1.2"), "step": F(1, 2)}),
        ("5,5", F(5), None, "number-too-great", {"text": "5,5", "greatest": F(5)}),
    ],
)
def test_refusals_of_points_by_hand(
    text: str, most: Fraction, step: Fraction | None, message: str, facts: Facts
) -> None:
    assert refusal(lambda: read_points(text, most, step)) == (message, facts)


CHOSEN, STRANGE = Chosen("tot"), OfChildren((("tot", 1),))


@pytest.mark.parametrize(
    ("scale", "answer", "message", "facts"),
    [
        *(
            (scale, STRANGE, "answer-of-another-kind", {"answer": STRANGE})
            for scale in (
                *(YES_NO, OPTIONS, CHECKLIST, SHARE, RATIO, COUNT, DEDUCT, DUES, JUDGED),
                *(SURVEY, IMPORTED, ONE_CHILD),
            )
        ),
        (CHILDREN, CHOSEN, "answer-of-another-kind", {"answer": CHOSEN}),
        (RATIO, Measured(D(50)), "answer-of-another-kind", {"answer": Measured(D(50))}),
        (SHARE, YesOrNo(yes=True), "answer-of-another-kind", {"answer": YesOrNo(yes=True)}),
        (OPTIONS, Chosen("vang"), "no-such-level", {"level": "vang"}),
    ],
)
def test_refusals_of_an_answer_that_was_made_for_another_scale(
    scale: Scale, answer: Answer, message: str, facts: Facts
) -> None:
    assert refusal(lambda: points(scale, answer)) == (message, facts)


@pytest.mark.parametrize(
    ("scale", "answer"),
    [
        (DEDUCT, Occurred((("nhe", 1),))),
        (COUNT, Occurred((("1", 1), ("2", 1)))),
        (DUES, Sent((("q1", date(2019, 3, 10)),))),
    ],
)
def test_an_answer_with_too_few_or_too_many_parts_is_a_programming_error(
    scale: Scale, answer: Answer
) -> None:
    with pytest.raises(ValueError, match=r"^zip\(\)"):
        points(scale, answer)


@pytest.mark.parametrize(
    ("text", "found"), [("5", PartOf(5, 7)), ("5/9", PartOf(5, 9)), ("0", PartOf(0, 7))]
)
def test_what_is_due_may_be_changed_where_the_file_says_so(text: str, found: PartOf) -> None:
    assert read(USUAL, text) == found
