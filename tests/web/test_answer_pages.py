"""What the controls of a line look like on a page, and what a browser sends back."""

from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from evalsvc.domain.criteria import Reason
from evalsvc.domain.errors import Refused
from evalsvc.domain.readings import read_value
from evalsvc.domain.scales import Scale
from evalsvc.resources import templates
from evalsvc.web.answers import AnswerForm, answer_form, element_id
from evalsvc.words.language import ENGLISH, VIETNAMESE, language
from tests import dom, make, page_checks
from tests.page_forms import Form
from tests.web.answer_texts import (
    BANDS,
    JUDGED,
    LATE,
    LESS,
    ONE_REASON,
    OPTIONS,
    RATIO,
    SCALES,
    TEXTS,
    YEAR,
    YES_NO,
)

VI, EN = language(VIETNAMESE), language(ENGLISH)
EVERY_TEXT = pytest.mark.parametrize(("scale", "text"), TEXTS, ids=lambda each: str(each)[:40])
CHECKS = (page_checks.identifiers, page_checks.fields, page_checks.code, page_checks.nesting)


def form_of(scale: Scale, here: Any = VI, **changes: Any) -> type[AnswerForm]:
    return answer_form(make.entry(scale, **changes), here, bands=BANDS)


def filled(scale: Scale, text: str = "", here: Any = VI, **changes: Any) -> AnswerForm:
    value = read_value(make.entry(scale, **changes), text, YEAR) if text else None
    return form_of(scale, here, **changes).filled(value, None, YEAR)


def typed(scale: Scale, fields: dict[str, Any], **changes: Any) -> AnswerForm:
    return form_of(scale, **changes)(MultiDict(fields))


def refused(scale: Scale, fields: dict[str, Any]) -> AnswerForm:
    """The form with its fault marked."""
    form = typed(scale, fields)
    with pytest.raises(Refused) as caught:
        read_value(make.entry(scale), form.text(), YEAR)
    form.mark(caught.value)
    return form


def sent(text: str) -> MultiDict[str, Any]:
    """What a browser sends when nobody touches the form."""
    document = dom.read(f"<form>{text}</form>")
    return Form(document.all("form")[0], document).data()


def page(form: AnswerForm, here: Any = VI, **given: Any) -> str:
    environment = Environment(loader=FileSystemLoader(templates()), autoescape=True)
    environment.globals.update(say=here.say, language=here)
    wrapped = '<span lang="vi">{}</span>' if here.code == ENGLISH else "{}"
    environment.filters["vi"] = lambda text: Markup(wrapped).format(text)  # noqa: S704 - our own text
    source = (
        '{% from "parts/answers.html" import controls with context %}{{ controls(form, **given) }}'
    )
    return environment.from_string(source).render(form=form, given={"line_id": "A1-1", **given})


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: type(scale).__name__)
def test_every_control_has_a_label_and_an_id_of_its_own(scale: Scale) -> None:
    document = dom.read(page(filled(scale, less=LESS, reasons=make.REASONS)))

    assert document.faults == ()
    assert [fault for check in CHECKS for fault in check(document)] == []
    assert len(document.all("fieldset")) == len(document.all("legend")) == 3


@EVERY_TEXT
def test_what_a_page_shows_is_what_a_browser_sends_back(scale: Scale, text: str) -> None:
    shown = page(filled(scale, text, EN))

    assert form_of(scale, EN)(sent(shown)).text() == text


@pytest.mark.parametrize(("of", "number"), [(ONE_REASON, 1), (make.REASONS, 5)])
def test_reasons_stand_on_the_page_in_their_own_words(of: tuple[Reason, ...], number: int) -> None:
    shown = page(filled(RATIO, f"n/a {of[0].code}", reasons=of))

    assert sum(reason.text in shown for reason in of) == number
    assert sent(shown)["reason"] == of[0].code


def test_a_fault_stands_beside_its_field_and_is_told_to_those_who_listen() -> None:
    form = refused(RATIO, {"done": "8", "due": "7"})

    shown = page(form)

    assert element_id("A1-1", form.faults[0].number) == "A1-1--0"
    assert 'id="A1-1--0" name="done" type="text" value="8"' in shown
    assert 'aria-invalid="true" aria-describedby="A1-1--0-error"' in shown
    assert '<p class="err" id="A1-1--0-error">' in shown


def test_what_is_described_exists() -> None:
    document = dom.read(page(refused(LATE, {"sent-q1": "1", "sent-q2": "2/3/2019"})))

    described = [word for each in document.elements for word in each["aria-describedby"].split()]

    assert described == ["A1-1--0-hint", "A1-1--0-error", "A1-1--2-hint"]
    assert [fault for check in CHECKS for fault in check(document)] == []


def test_words_of_the_regulation_are_marked_on_an_english_page() -> None:
    shown = page(filled(OPTIONS, here=EN), EN)

    assert '<span lang="vi">Chủ trì</span> <span class="p">2 points</span>' in shown
    assert "Answer to 1" in shown


def test_a_form_to_look_at_is_closed() -> None:
    shown = page(filled(RATIO, "5/7"), readonly=True)

    assert shown.count("<fieldset disabled") == shown.count("<fieldset") == 1


def test_the_name_of_a_unit_can_stand_in_the_legend() -> None:
    assert '<legend class="vh">Sở Nội vụ</legend>' in page(filled(YES_NO), name="Sở Nội vụ")


def test_what_people_typed_is_escaped() -> None:
    shown = page(typed(JUDGED, {"grounds": "</textarea><script>"}))

    assert "<script>" not in shown
