"""Flags on a sheet: raised on a document with its date, withdrawn with a reason."""

from collections.abc import Mapping

from flask import Blueprint
from flask import request as asked
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField, StringField

from evalsvc import request
from evalsvc.domain.dates import read_typed_day
from evalsvc.domain.errors import Refused
from evalsvc.usecases import evaluate, review
from evalsvc.web.refusals import refusal
from evalsvc.words.language import Language

MOST_ID = 2**31 - 1
FIELD_OF = {
    "no-such-flag": "flag",
    "document-missing": "document",
    "document-too-long": "document",
    "not-a-date": "day",
    "no-such-date": "day",
    "day-to-come": "day",
}


class FlagForm(Form):
    """Which flag, and the document on which it rests."""

    flag = SelectField()
    document = StringField()
    day = StringField()


def add_to(blueprint: Blueprint) -> None:
    at = "/sheets/<int:id>/flags"
    blueprint.add_url_rule(at, "flags", flags)
    blueprint.add_url_rule(at, "raise_flag", raise_flag, methods=["POST"])
    blueprint.add_url_rule(
        f"{at}/<int(max={MOST_ID}):flag>/withdraw", "withdraw_flag", withdraw_flag, methods=["POST"]
    )


def flags(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    return _page(id)


def _page(id_: int, refused: Refused | None = None, withdrawing: int = 0) -> tuple[str, int]:
    language = request.spoken()
    with request.reading() as doing:
        found = review.sheet_of(doing, id_)
        raised = review.flags(doing, found)
    form = _form(language, found.sheet.form.set.flags)
    error = ""
    if refused is not None:
        error = refusal(language, refused)
        if not withdrawing:
            form[FIELD_OF.get(refused.message, "flag")].errors = [error]
    return request.page(
        "evaluate/flags.html",
        422 if refused else 200,
        review=found,
        flags=raised,
        form=form,
        names=found.sheet.form.set.flags,
        error=error,
        withdrawing=withdrawing,
        because=asked.form.get("because", ""),
    )


def _form(language: Language, names: Mapping[str, str]) -> FlagForm:
    form = FlagForm(asked.form)
    form.flag.choices = [("", language.say("Choose a flag")), *names.items()]
    form.flag.label.text = language.say("Flag")
    form.document.label.text = language.say("Number and issuer of the document")
    form.day.label.text = language.say("Date of the document")
    return form


def raise_flag(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    form = FlagForm(asked.form)
    try:
        day = read_typed_day(form.day.data or "")
        code, document = form.flag.data or "", form.document.data or ""
        request.do(evaluate.raise_flag, id, code, document, day)
    except Refused as refused:
        return _page(id, refused)
    request.notice(request.spoken().say("The flag is raised."))
    return request.back_to("evaluate.flags", id=id)


def withdraw_flag(id: int, flag: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    try:
        request.do(evaluate.withdraw_flag, id, flag, asked.form.get("because", ""))
    except Refused as refused:
        return _page(id, refused, flag)
    request.notice(request.spoken().say("The flag is withdrawn."))
    return request.back_to("evaluate.flags", id=id)
