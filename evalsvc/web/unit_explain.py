"""Explanations of a unit: what was changed and why, and what the unit says to it."""

from flask import jsonify
from flask import request as asked
from flask.typing import ResponseReturnValue

from evalsvc import request
from evalsvc.domain.errors import Refused, Stale
from evalsvc.usecases import evidence_seen, explain, own_explanations
from evalsvc.usecases.own_explanations import Said
from evalsvc.web.answers import line_id
from evalsvc.web.refusals import refusal
from evalsvc.web.unit_news import news
from evalsvc.web.unit_pages import note_opening, show
from evalsvc.web.unit_replies import (
    DRAFT,
    LINE,
    TEXT,
    WANTED,
    Typed,
    explained_view,
    wanted_text,
)
from evalsvc.web.unit_result import document
from evalsvc.web.unit_views import sheet_view


def explanations(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    return _page(id)


def _page(id_: int, status: int = 200, typed: Typed | None = None) -> ResponseReturnValue:
    language = request.spoken()
    with request.reading() as doing:
        found = own_explanations.of(doing, id_)
        why = document(doing, found.own)
        entries = found.own.sheet.form.entries()
        papers = evidence_seen.of_own(doing, found.own.sheet, found.own.window, entries)
    note_opening(found.own)
    return show(
        "unit/explanations.html",
        status,
        view=sheet_view(language, found.own),
        why=why,
        news=list(news(language, found)),
        found=explained_view(language, found, why, papers, typed),
    )


def save_draft(id: int, code: str) -> ResponseReturnValue:  # noqa: A002
    """What editors prepare; a script is told the new version of the draft."""
    typed = _typed(code)
    try:
        request.do(own_explanations.draft, id, code, _said(typed))
    except (Refused, Stale) as error:
        return _again(id, typed, error)
    if not request.wants_json():
        request.notice(request.spoken().say("The draft for {line} is saved.", line=code))
        return _back(id, code)
    with request.reading() as doing:
        found = own_explanations.of(doing, id).line(code)
    standing = found.draft if found else None
    time = request.spoken().time(standing.at) if standing else ""
    return jsonify(state="saved", draft=own_explanations.token(standing), time=time)


def contest(id: int, code: str) -> ResponseReturnValue:  # noqa: A002
    typed = _typed(code)
    try:
        request.do(own_explanations.contest, id, code, _said(typed), request.seen())
    except (Refused, Stale) as error:
        return _again(id, typed, error)
    request.notice(request.spoken().say("The explanation for {line} has been sent.", line=code))
    return _back(id, code)


def agree(id: int, code: str) -> ResponseReturnValue:  # noqa: A002
    try:
        request.do(explain.agree, id, code, request.seen())
    except (Refused, Stale) as error:
        return _again(id, _typed(code), error)
    request.notice(request.spoken().say("The unit has agreed to {line}.", line=code))
    return _back(id, code)


def withdraw(id: int, code: str) -> ResponseReturnValue:  # noqa: A002
    try:
        request.do(explain.withdraw, id, code, request.seen())
    except (Refused, Stale) as error:
        return _again(id, _typed(code), error)
    language = request.spoken()
    request.notice(
        language.say(
            "The explanation for {line} has been withdrawn; the unit agrees to what was given.",
            line=code,
        )
    )
    return _back(id, code)


def agree_rest(id: int) -> ResponseReturnValue:  # noqa: A002
    """All lines that were shown as open and without a draft."""
    picked = [each.rpartition(":") for each in asked.form.getlist(LINE)]
    lines = [(code, request.version(version)) for code, _, version in picked]
    done = request.do(own_explanations.agree_rest, id, lines, request.seen().key)
    say = request.spoken().say
    if done.done:
        request.notice(say("The unit has agreed to: {lines}.", lines=done.done))
    if left := done.left:
        text = say("These lines have changed meanwhile and are still open: {lines}.", lines=left)
        request.notice(text, "warn")
    return request.back_to("unit.explanations", id=id)


def _back(id_: int, code: str) -> ResponseReturnValue:
    return request.back_to("unit.explanations", anchor=line_id(code), id=id_)


def _typed(code: str) -> Typed:
    text = asked.form.get(TEXT, "").replace("\r\n", "\n").strip()
    return Typed(code, text, asked.form.get(WANTED, ""), asked.form.get(DRAFT, ""))


def _said(typed: Typed) -> Said:
    return Said(typed.text, wanted_text(typed), typed.draft)


def _again(id_: int, typed: Typed, error: Refused | Stale) -> ResponseReturnValue:
    """What was typed stays; where somebody else was first, both are shown."""
    stale = isinstance(error, Stale)
    language = request.spoken()
    fault = "" if isinstance(error, Stale) else refusal(language, error)
    status = 409 if stale else 422
    if request.wants_json():
        return jsonify(state="conflict" if stale else "refused", what=fault), status
    return _page(id_, status, typed.failed(fault, stale=stale))
