"""For every kind of scale: what stands in the fields, what text comes out, what is marked."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from evalsvc.domain.answers import ByHand, NotApplicable, OfChildren, Stated
from evalsvc.domain.criteria import Reason
from evalsvc.domain.errors import Refused
from evalsvc.domain.forms import Entry
from evalsvc.domain.readings import read_by_hand, read_value, write_value
from evalsvc.domain.scales import Asks, Count, Scale, Sort
from evalsvc.web.answers import AnswerForm, answer_form, line_id, raw
from evalsvc.words.language import ENGLISH, VIETNAMESE, language
from tests import make
from tests.domain.test_laws import EVERY_KIND, PAIRS
from tests.web.answer_texts import (
    BANDS,
    CHECKLIST,
    CHILDREN,
    COUNT,
    COUNT_ONE,
    EACH,
    FIXED,
    IMPORTED,
    JUDGED,
    JUDGED_FINE,
    LATE,
    LATE_ONE,
    LESS,
    NUMBER,
    ONE_REASON,
    OPTIONS,
    RATIO,
    SCALES,
    SHARE,
    SURVEY,
    TEXTS,
    YEAR,
    YES_NO,
)

VI, EN = language(VIETNAMESE), language(ENGLISH)
EVERY_TEXT = pytest.mark.parametrize(("scale", "text"), TEXTS, ids=lambda each: str(each)[:40])
LAW = settings(
    deadline=None,
    max_examples=40,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
BOTH = pytest.mark.parametrize("here", [VI, EN], ids=lambda each: each.code)


def form_of(scale: Scale, here: Any = VI, **changes: Any) -> type[AnswerForm]:
    return answer_form(make.entry(scale, **changes), here, bands=BANDS)


def filled(scale: Scale, text: str = "", here: Any = VI, **changes: Any) -> AnswerForm:
    value = read_value(make.entry(scale, **changes), text, YEAR) if text else None
    return form_of(scale, here, **changes).filled(value, None, YEAR)


def told(value: Any) -> Any:
    """Without the bands that no child has: nobody misses them."""
    if not isinstance(value.answer, OfChildren):
        return value
    there = tuple((band, number) for band, number in value.answer.bands if number)
    return replace(value, answer=replace(value.answer, bands=there))


def typed(scale: Scale, fields: dict[str, Any], **changes: Any) -> AnswerForm:
    return form_of(scale, **changes)(MultiDict(fields))


def sent_back(form: AnswerForm) -> AnswerForm:
    """As a browser sends what the form shows."""
    shown = MultiDict((field.name, value) for field in form for value in field.data)
    return type(form)(shown)


def refusal(entry: Entry, form: AnswerForm) -> Refused:
    with pytest.raises(Refused) as caught:
        read_value(entry, form.text(), YEAR)
    return caught.value


def marked(scale: Scale, fields: dict[str, Any], **changes: Any) -> tuple[str, str]:
    """The field at which a refused answer is marked, and what is said there in English."""
    entry = make.entry(scale, **changes)
    form = answer_form(entry, EN, bands=BANDS)(MultiDict(fields))
    form.mark(refusal(entry, form))
    return form.faults[0].field, form.faults[0].text


@pytest.mark.parametrize(
    ("scale", "text", "field", "stands"),
    [
        (SHARE, "94.999", "share", "94,999"),
        (IMPORTED, "8,125; 1/QĐ; 1/2/2019; 2018", "value", "8,125"),
        # A number without an upper bound may be read as 1250, too.
        (NUMBER, "1,2500", "value", "1,2500"),
        (SHARE, "94,5000", "share", "94,500"),
        (SHARE, "12,50", "share", "12,50"),
    ],
)
def test_a_number_stands_as_it_was_typed_where_it_reads_only_one_way(
    scale: Scale, text: str, field: str, stands: str
) -> None:
    assert filled(scale, text).typed[field] == [stands]


def test_a_sort_named_like_its_noun_is_said_once() -> None:
    model = Count(Fraction(2), (Sort("1", "mô hình", Fraction(1, 2)),), Asks("mô hình"))

    control, _reason = form_of(model, reasons=ONE_REASON).plan.controls()

    assert (control.label.text, control.unit.text) == ("Số lượng", "mô hình")


# --- from the text to the fields and back -------------------------------------------------------


def test_every_kind_of_scale_has_a_form() -> None:
    assert {type(scale) for scale, _ in TEXTS} == set(get_args(Scale))


@BOTH
@EVERY_TEXT
def test_what_a_form_shows_is_what_it_was_filled_with(scale: Scale, text: str, here: Any) -> None:
    entry = make.entry(scale)
    value = read_value(entry, text, YEAR)

    again = sent_back(answer_form(entry, here, bands=BANDS).filled(value, None, YEAR))

    assert read_value(entry, again.text(), YEAR) == value
    assert write_value(read_value(entry, again.text(), YEAR)) == text


@EVERY_KIND
@LAW
@given(data=st.data(), times=st.integers(0, 9))
def test_any_value_comes_back_as_it_was_shown(kind: type, data: st.DataObject, times: int) -> None:
    scale, answer = data.draw(PAIRS[kind])
    entry = make.entry(scale, less=LESS)
    year = getattr(answer, "year", YEAR)
    value = Stated(answer, (("vu", times),))
    bands = dict(answer.bands) if isinstance(answer, OfChildren) else {}

    form = answer_form(entry, VI, bands=dict.fromkeys(bands, "")).filled(value, None, year)

    assert told(read_value(entry, sent_back(form).text(), year)) == told(value)


@EVERY_TEXT
def test_the_text_of_a_form_in_english_is_the_text_that_was_stored(scale: Scale, text: str) -> None:
    assert filled(scale, text, EN).text() == text


@EVERY_TEXT
def test_what_is_taken_off_comes_back_with_the_answer(scale: Scale, text: str) -> None:
    stored = f"{text} | 2"

    assert filled(scale, stored, EN, less=LESS).text() == stored


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: type(scale).__name__)
def test_a_form_that_was_left_alone_is_unanswered(scale: Scale) -> None:
    form = sent_back(filled(scale, less=LESS))

    assert form.text() == ""
    assert form.by_hand_text() == ""


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: type(scale).__name__)
def test_what_was_typed_goes_before_what_is_stored(scale: Scale) -> None:
    entry = make.entry(scale)
    value = read_value(entry, next(text for each, text in TEXTS if each is scale), YEAR)
    made = form_of(scale)
    name = next(field.name for field in made() if not field.control.fixed)

    form = made.filled(value, {name: ["ba"], "strange": ["x"]}, YEAR)

    assert raw(form)[name] == ["ba"]
    assert "strange" not in raw(form)


def test_a_form_in_vietnamese_shows_a_decimal_comma() -> None:
    assert filled(SURVEY, "4.20; 120")["value"].data == ["4,20"]


def test_a_fixed_total_is_shown_and_stands_even_when_it_is_not_sent() -> None:
    assert filled(FIXED)["due"].data == ["13"]
    assert typed(FIXED, {"done": "5"}).text() == "5/13"


def test_the_year_of_an_official_result_stands_there_from_the_start() -> None:
    assert filled(IMPORTED)["year"].data == ["2018"]


def test_a_form_is_made_once_for_equal_lines() -> None:
    assert answer_form(make.entry(LATE), VI) is answer_form(make.entry(LATE), VI)
    assert answer_form(make.entry(LATE), VI) is not answer_form(make.entry(LATE), EN)


def test_bands_without_names_are_those_of_the_line_and_the_rest() -> None:
    entry = make.entry(CHILDREN)
    value = read_value(entry, "tot 7; kha 2; tb 1", YEAR)

    form = answer_form(entry, EN).filled(value, None, YEAR)

    assert form.text() == "tot 7; other 3"


# --- how people type ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scale", "fields", "text"),
    [
        (SHARE, {"share": " 87,5 % "}, "87,5"),
        (SHARE, {"share": "171/190"}, "171/190"),
        (COUNT, {"times-cap-tinh": "0", "times-tw": "0"}, "0"),
        (COUNT_ONE, {"times-each": "\t3 "}, "3"),
        (CHECKLIST, {"items": ["c", "a"]}, "c; a"),
        (LATE_ONE, {"sent-han": "1-2-2019"}, "1/2/2019"),
        (LATE_ONE, {"sent-han": " 01.02.2019"}, "01/02/2019"),
        (JUDGED, {"answer": "3", "grounds": "một\r\nhai\r\n"}, "3; một\nhai"),
        (CHILDREN, {"band-tot": "0", "band-kha": "4", "band-tb": "0"}, "kha 4; unsubmitted "),
    ],
)
def test_what_people_type_is_put_together(scale: Scale, fields: dict[str, Any], text: str) -> None:
    assert typed(scale, fields).text() == text


def test_a_semicolon_in_the_number_of_a_document_becomes_a_comma() -> None:
    fields = {"value": "80", "document": "1/QĐ;\n2/QĐ", "day": "1/2/2019", "year": "2018"}

    assert typed(IMPORTED, fields).text() == "80; 1/QĐ, 2/QĐ; 1/2/2019; 2018"


@pytest.mark.parametrize(
    ("scale", "fields", "field", "said"),
    [
        (RATIO, {"done": "8", "due": "7"}, "done", "8 is more than the total, 7."),
        (RATIO, {"done": "0", "due": "0"}, "due", "Nothing can be taken of 0"),
        (RATIO, {"done": "5", "due": ""}, "due", "“Số vụ phải giải quyết” is still empty."),
        (RATIO, {"due": "7"}, "done", "“Số vụ đúng hạn” is still empty."),
        (RATIO, {"done": "5/7", "due": "8"}, "done", "“5／7” is not a number."),
        (RATIO, {"done": "5", "due": "7,5"}, "due", "7,5 is not a whole number."),
        (NUMBER, {"value": "1.234"}, "value", "can be read as 1.234 or as 1234"),
        (FIXED, {"done": "5", "due": "14"}, "due", "always 13"),
        (SHARE, {"done": "5"}, "due", "“How many were due” is still empty."),
        (SHARE, {"due": "5"}, "done", "“How many were done” is still empty."),
        (
            SHARE,
            {"done": "5", "due": "7", "share": "71"},
            "share",
            "Only one of the two can be: “How many were done” or “Per cent”.",
        ),
        (SHARE, {"share": "101"}, "share", "greater than 100"),
        (COUNT, {"times-cap-tinh": "2"}, "times-tw", "Write 0 where there is none."),
        (COUNT, {"times-cap-tinh": "2", "times-tw": "x"}, "times-tw", "“x” is not a number."),
        (COUNT, {"times-cap-tinh": "2;tw 1", "times-tw": "1"}, "times-cap-tinh", "not a number"),
        (CHECKLIST, {"items": ["a"], "none": "yes"}, "none", "Only one of the two can be"),
        (LATE_ONE, {"sent-han": "31/2/2019"}, "sent-han", "31/2/2019"),
        (LATE, {"sent-q1": "1/2/2019", "sent-q2": "31-4-2019"}, "sent-q2", "31/4/2019"),
        (
            LATE_ONE,
            {"sent-han": "1/2/2019", "unsent-han": "yes"},
            "unsent-han",
            "Only one of the two can be: “Day sent” or “Not sent”.",
        ),
        (LATE, {"sent-q1": "1/2/2019"}, "sent-q2", "“Quý II” is still empty."),
        (JUDGED, {"answer": "3"}, "grounds", "“Grounds” is still empty."),
        (JUDGED, {"grounds": "Có"}, "answer", "“Proposed points” is still empty."),
        (JUDGED_FINE, {"answer": "3;5", "grounds": "Có"}, "answer", "“3；5” is not a number."),
        (JUDGED_FINE, {"answer": "3,555", "grounds": "Có"}, "answer", "step"),
        (SURVEY, {"value": "4,2"}, "replies", "“Number of replies” is still empty."),
        (IMPORTED, {"value": "80", "year": "2018"}, "document", "is still empty."),
        (
            IMPORTED,
            {"value": "80", "document": "1/QĐ", "day": "1/2/2019", "year": "2019"},
            "year",
            "2018",
        ),
        (CHILDREN, {"band-tot": "3"}, "band-kha", "“Khá” is still empty. Write 0"),
        (
            CHILDREN,
            {"band-tot": "0", "band-kha": "0", "band-tb": "0", "band-unsubmitted": "0"},
            "band-tot",
            "Nothing can be taken of 0",
        ),
        (OPTIONS, {"answer": "a;b"}, "answer", "a"),
    ],
)
def test_a_refused_answer_is_marked_at_its_field(
    scale: Scale, fields: dict[str, Any], field: str, said: str
) -> None:
    found = marked(scale, fields)

    assert found[0] == field
    assert said in found[1]


def test_what_is_taken_off_must_be_said() -> None:
    field, said = marked(RATIO, {"done": "5", "due": "7"}, less=LESS)

    assert field == "less-vu"
    assert said == "“Vụ phức tạp không báo cáo” is still empty. Write 0 where there is none."


def test_an_answer_with_nothing_but_what_is_taken_off_is_refused() -> None:
    assert marked(YES_NO, {"less-vu": "1"}, less=LESS)[0] == "answer"


def test_a_draft_holds_no_more_than_a_line_can() -> None:
    form = typed(JUDGED, {"answer": "3", "grounds": "ệ" * 4001})

    with pytest.raises(Refused) as caught:
        raw(form)

    form.mark(caught.value)
    assert form.faults[0].field == "grounds"
    assert "4000" in form.faults[0].text


def test_a_draft_keeps_what_was_typed_and_leaves_out_what_is_fixed() -> None:
    form = typed(FIXED, {"done": " mười ", "due": "13", "csrf": "x"})

    assert raw(form) == {"done": [" mười "]}


# --- not applicable, points by hand ---------------------------------------------------------------


@pytest.mark.parametrize("reasons", [ONE_REASON, make.REASONS], ids=["one", "several"])
def test_a_line_that_is_not_applicable_says_only_that(reasons: tuple[Reason, ...]) -> None:
    code = reasons[0].code
    form = typed(RATIO, {"done": "5", "reason": code, "by-hand": "1"}, reasons=reasons)

    assert form.can_be_not_applicable
    assert form.text() == f"n/a {code}"
    assert sent_back(filled(RATIO, f"n/a {code}", reasons=reasons)).text() == f"n/a {code}"


def test_a_line_without_reasons_cannot_be_not_applicable() -> None:
    form = typed(RATIO, {"reason": "khong-don"}, reasons=())

    assert not form.can_be_not_applicable
    assert form.text() == ""


def test_a_strange_reason_is_marked_at_the_reasons() -> None:
    assert marked(RATIO, {"reason": "mua"}, reasons=ONE_REASON)[0] == "reason"


def reviewing(scale: Scale, **changes: Any) -> tuple[Entry, type[AnswerForm]]:
    entry = make.entry(scale, **changes)
    return entry, answer_form(entry, EN, by_hand=True)


def test_points_by_hand_are_asked_for_only_where_the_file_allows_it() -> None:
    assert not reviewing(RATIO)[1].plan.line.by_hand
    assert reviewing(RATIO, points_by_hand=True)[1].plan.line.by_hand


def test_points_by_hand_stand_beside_the_answer() -> None:
    entry, made = reviewing(RATIO, points_by_hand=True)

    form = made(MultiDict({"done": "5", "due": "7", "by-hand": "2,5"}))

    assert form.has_by_hand
    assert form.text() == "5/7"
    assert read_by_hand(entry, form.by_hand_text(), 2) == ByHand(Decimal("2.5"))


def test_judged_points_of_a_reviewer_begin_at_the_proposal() -> None:
    entry, made = reviewing(JUDGED)
    value = read_value(entry, "3,50; Có báo cáo", YEAR)

    form = sent_back(made.filled(value, None, YEAR))

    assert form.text() == ""
    assert form.by_hand_text() == "3.5"


@pytest.mark.parametrize("scale", [RATIO, JUDGED, JUDGED_FINE], ids=["beside", "ruler", "number"])
def test_points_that_a_reviewer_gave_are_shown_again(scale: Scale) -> None:
    _, made = reviewing(scale, points_by_hand=True)

    form = sent_back(made.filled(ByHand(Decimal("2.50")), None, YEAR))

    assert Decimal(form.by_hand_text()) == Decimal("2.5")


def test_points_by_hand_do_not_show_on_a_form_without_them() -> None:
    assert form_of(RATIO).filled(ByHand(Decimal(2)), None, YEAR).text() == ""


def test_a_line_not_applicable_has_no_points_by_hand() -> None:
    _, made = reviewing(JUDGED)
    shown = made.filled(NotApplicable("full"), {"by-hand": ["3"], "reason": ["full"]}, YEAR)

    assert shown.by_hand_text() == ""
    assert shown.text() == "n/a full"


def test_points_above_the_most_are_marked_at_the_points() -> None:
    entry, made = reviewing(RATIO, points_by_hand=True)
    form = made(MultiDict({"done": "5", "by-hand": "9"}))

    with pytest.raises(Refused) as caught:
        read_by_hand(entry, form.by_hand_text(), 2)
    form.mark(caught.value)

    assert form.faults[0].field == "by-hand"
    assert form.field_of(caught.value) == "by-hand"


@pytest.mark.parametrize(
    ("code", "safe"), [("A1.1", "A1-1"), ("A-1", "A_1"), ("A_1", "A__1"), ("Đ.4", "Đ-4")]
)
def test_the_code_of_a_line_is_made_safe_for_ids(code: str, safe: str) -> None:
    assert line_id(code) == safe


def test_a_line_without_a_most_has_a_form_too() -> None:
    entry = replace(make.entry(Count(None, EACH)), most=None)

    assert answer_form(entry, VI)(MultiDict({"times-each": "2"})).text() == "2"
