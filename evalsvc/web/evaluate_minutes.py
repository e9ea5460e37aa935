"""Minutes of a joint session with a unit: written down, and printed as an official document."""

from flask import Blueprint
from flask import request as asked
from flask.typing import ResponseReturnValue
from wtforms import Form, StringField, TextAreaField

from evalsvc import request
from evalsvc.domain.dates import ZONE
from evalsvc.domain.errors import Refused
from evalsvc.usecases import minutes_seen
from evalsvc.usecases.minutes_seen import Minutes
from evalsvc.usecases.work import Work
from evalsvc.web.refusals import refusal
from evalsvc.words.language import Language

FIELD_OF = {
    "not-a-moment": "held",
    "moment-to-come": "held",
    "session-before-hand-in": "held",
    "session-incomplete": "place",
    "text-too-long": "remarks",
}


class MinutesForm(Form):
    """When and where it was, who was there, what was said beside the lines."""

    held = StringField()
    place = StringField()
    present = TextAreaField()
    remarks = TextAreaField()


def add_to(blueprint: Blueprint) -> None:
    at = "/sheets/<int:id>/minutes"
    blueprint.add_url_rule(at, "minutes", minutes)
    blueprint.add_url_rule(at, "write_minutes", write, methods=["POST"])
    blueprint.add_url_rule(f"{at}/print", "print_minutes", print_)


def minutes(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    return _page(id)


def _page(id_: int, refused: Refused | None = None) -> tuple[str, int]:
    language = request.spoken()
    with request.reading() as doing:
        found = minutes_seen.minutes(doing, id_)
    form = _form(language, found)
    if refused is not None:
        form[FIELD_OF.get(refused.message, "held")].errors = [refusal(language, refused)]
    return request.page(
        "evaluate/minutes.html",
        422 if refused else 200,
        found=found,
        record=found.sheet.record,
        form=form,
        disputed=[each for each in found.lines if not each.given],
        given=[each for each in found.lines if each.given],
    )


def _form(language: Language, found: Minutes) -> MinutesForm:
    say, session = language.say, found.session
    kept = {}
    if session is not None:
        held = f"{session.held_at.astimezone(ZONE):%d/%m/%Y %H:%M}"
        kept = {
            "held": held,
            "place": session.place,
            "present": session.present,
            "remarks": session.remarks,
        }
    form = MinutesForm(asked.form or None, data=kept)
    form.held.label.text = say("Day and hour of the session")
    form.place.label.text = say("Place")
    form.present.label.text = say("Who was present")
    form.remarks.label.text = say("Remarks")
    return form


def write(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    form = MinutesForm(asked.form)
    try:
        request.do(_write, id, form)
    except Refused as refused:
        return _page(id, refused)
    request.notice(request.spoken().say("The minutes are saved."))
    return request.back_to("evaluate.minutes", id=id)


def _write(doing: Work, id_: int, form: MinutesForm) -> None:
    texts = form.place.data or "", form.present.data or "", form.remarks.data or ""
    minutes_seen.write(doing, id_, form.held.data or "", texts)


def print_(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    with request.reading() as doing:
        found = minutes_seen.minutes(doing, id)
    return request.page(
        "evaluate/print_minutes.html",
        found=found,
        record=found.sheet.record,
        session=found.session,
        disputed=[each for each in found.kept if not each.given],
        given=[each for each in found.kept if each.given],
        decimals=found.sheet.form.set.decimals,
        set=found.sheet.form.set,
    )
