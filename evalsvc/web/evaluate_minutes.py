"""Minutes of a joint session with a unit: written down, and printed as an official document."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import Blueprint
from flask import request as asked
from flask.typing import ResponseReturnValue
from wtforms import Form, StringField, TextAreaField

from evalsvc import request
from evalsvc.domain.dates import ZONE
from evalsvc.domain.errors import Refused
from evalsvc.domain.lines import Layer, line_score, settled
from evalsvc.usecases import minutes_seen
from evalsvc.usecases.minutes_seen import Discussed, Minutes
from evalsvc.usecases.work import Work
from evalsvc.web.refusals import refusal
from evalsvc.words.language import Language
from evalsvc.words.reckonings import reckoning

FIELD_OF = {
    "not-a-moment": "held",
    "moment-to-come": "held",
    "session-incomplete": "place",
    "text-too-long": "remarks",
}


class MinutesForm(Form):
    """When and where it was, who was there, what was said beside the lines."""

    held = StringField()
    place = StringField()
    present = TextAreaField()
    remarks = TextAreaField()


@dataclass(frozen=True, slots=True)
class LineView:
    """One line as the minutes print it."""

    code: str
    name: str
    claimed: str
    claimed_points: Decimal
    reviewed_points: Decimal | None
    final_points: Decimal | None
    reasons: Sequence[str]
    replies: Sequence[str]


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
        lines=[_line(language, found, each) for each in found.lines],
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
    language = request.spoken()
    with request.reading() as doing:
        found = minutes_seen.minutes(doing, id)
    return request.page(
        "evaluate/print_minutes.html",
        found=found,
        record=found.sheet.record,
        session=found.session,
        lines=[_line(language, found, each) for each in found.lines],
        decimals=found.sheet.form.set.decimals,
        set=found.sheet.form.set,
    )


def _line(language: Language, found: Minutes, of: Discussed) -> LineView:
    decimals = found.sheet.form.set.decimals
    claim = found.sheet.value(of.entry, of.line.claim)
    score = line_score(of.entry, settled(of.entry, claim, Layer.CLAIMED), decimals)
    return LineView(
        of.entry.code,
        of.entry.criterion.name,
        reckoning(language, score, decimals),
        of.line.claimed_points,
        of.line.reviewed_points,
        of.line.final_points,
        [each.reason for each in of.marks if each.reason],
        [each.text for each in of.replies if each.withdrawn_at is None],
    )
