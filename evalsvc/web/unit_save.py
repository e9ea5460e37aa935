"""Saves one line of an own sheet: for a script as JSON, for a plain form as a page."""

from dataclasses import dataclass, replace
from typing import Any

from flask import Response, current_app, jsonify
from flask import request as asked
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from evalsvc import request
from evalsvc.domain.errors import Refused, Stale
from evalsvc.domain.forms import Entry
from evalsvc.usecases import own_sheets
from evalsvc.usecases.assess import Typed
from evalsvc.usecases.own_sheets import Kept
from evalsvc.usecases.sheets import Seen
from evalsvc.web.answers import AnswerForm, answer_form, line_id, raw
from evalsvc.web.refusals import refusal
from evalsvc.web.unit_conflict import Conflict, as_typed, conflict_of
from evalsvc.web.unit_lines import LineView, Shower, mark
from evalsvc.web.unit_sheet import Refusal, group_page, shower_of
from evalsvc.web.unit_views import SheetView, sheet_view

NOTE, SEEN, KEY, CLEAR = "note", "seen", "key", "clear"
MOST_KEY, MOST_VERSION = 60, 9


@dataclass(frozen=True, slots=True)
class Sent:
    """What came for one line: the filled form, the note, and what was on the screen."""

    id: int
    code: str
    entry: Entry
    year: int
    form: AnswerForm
    note: str
    seen: Seen


def save(id: int, code: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    sent = _sent(id, code)
    try:
        typed = Typed(sent.form.text(), raw(sent.form), sent.note)
        return _kept(sent, request.do(own_sheets.save, id, code, typed, sent.seen))
    except Stale:
        return _stale(sent)
    except Refused as refused:
        return _refused(sent, refused)


def copy(id: int, code: str) -> ResponseReturnValue:  # noqa: A002
    """Last year's answer into this year's line."""
    sent = _sent(id, code)
    try:
        return _kept(sent, request.do(own_sheets.copy_last, id, code, sent.seen), whole=True)
    except Stale:
        return _stale(sent)
    except Refused as refused:
        return _refused(sent, refused)


def _sent(id_: int, code: str) -> Sent:
    with request.reading() as doing:
        form, round_ = own_sheets.form_of(doing, id_)
        entry = own_sheets.entry_of(form, code)
        below = own_sheets.below(doing, round_, [entry]).get(code)
    made = answer_form(entry, request.spoken(), bands=below.bands if below else {})
    posted: MultiDict[str, str] = MultiDict() if CLEAR in asked.form else asked.form
    note = asked.form.get(NOTE, "").replace("\r\n", "\n").strip()
    seen = Seen(_version(asked.form.get(SEEN, "")), asked.form.get(KEY, "")[:MOST_KEY])
    return Sent(id_, code, entry, form.year, made(posted), note, seen)


def _version(text: str) -> int:
    """What is no version was never the current one."""
    known = text.isascii() and text.isdigit() and len(text) <= MOST_VERSION
    return int(text) if known else -1


def _kept(sent: Sent, kept: Kept, *, whole: bool = False) -> ResponseReturnValue:
    """`whole`: what stands in the fields changed too."""
    own = kept.own
    if not request.wants_json():
        group, anchor = own.group_of(sent.code), line_id(sent.code)
        return request.back_to("unit.group", anchor=anchor, id=sent.id, code=group)
    with request.reading() as doing:
        below = own_sheets.below(doing, own.sheet.round, [sent.entry])
        before = own_sheets.last_year(doing, own) if whole else None
    return jsonify(_answer(Shower(request.spoken(), own, before, below), sent, kept, whole=whole))


def _answer(shower: Shower, sent: Sent, kept: Kept, *, whole: bool) -> dict[str, object]:
    """The line as this save left it; the sums around it as they are now."""
    saved, standing = kept.saved.line, shower.own.line(sent.code)
    line = shower.show(replace(standing, record=saved))
    view = sheet_view(shower.language, shower.own, shower.own.group_of(sent.code))
    found: dict[str, object] = {
        "state": "error" if line.faults else "saved",
        "version": saved.version,
        "newest": standing.record.version,
        "time": line.saved,
        "points": _points(line),
        "reckoning": f"{line.calc.text} {line.calc.value}".strip(),
        "total": view.total,
        "done": view.done,
        "asked": view.asked,
        "faults": [{"id": id_, "text": text} for id_, text in line.faults],
        "parts": _parts(shower, line, view),
    }
    return found | ({"article": _article(shower, line)} if whole else {})


def _points(line: LineView) -> str:
    return "–" if line.claimed is None else request.spoken().points(line.claimed)


def _parts(shower: Shower, line: LineView, view: SheetView) -> dict[str, str]:
    """Pieces of the page that a save changes, by where they stand."""
    here = next(each for each in view.groups if each.current)
    made = _macros("unit/parts.html")
    return {
        f"#{line.id} [data-calc]": _macros("unit/line.html").reckoned(line),
        ".desk > .groups": made.side(view),
        ".groupbar": made.menu(view, here),
        "[data-part=standing]": made.standing(view),
        ".sheet > .tot": made.group_sum(here),
        "[data-part=foot]": made.foot(here),
    }


def _article(shower: Shower, line: LineView) -> str:
    made = _macros("unit/line.html")
    text: str = made.article(shower.own.record.id, line, shower.decimals)
    return text


def _macros(template: str) -> Any:
    """The macros of a template outside of a page: notices that are said once stay unsaid."""
    found = current_app.jinja_env.get_template(template)
    return found.make_module({"language": request.spoken()})


# Somebody else was first, or it cannot be


def _stale(sent: Sent) -> ResponseReturnValue:
    """Both values, to choose from; nothing is overwritten."""
    with request.reading() as doing:
        own = own_sheets.own(doing, sent.id)
        group = own.group_of(sent.code)
        shower = shower_of(doing, own, own.group(group))
        who = own_sheets.who_saved(doing, own.sheet.lines[sent.code])
    found = conflict_of(shower, sent.code, sent.form, sent.note, who)
    if request.wants_json():
        return _conflict_answer(shower, found), 409
    again = Refusal(sent.code, found.heading, sent.form, sent.note, as_typed(sent.form))
    return group_page(shower, group, 409, refused=again, conflict=found)


def _conflict_answer(shower: Shower, found: Conflict) -> Response:
    line = shower.show(shower.own.line(found.code))
    view = sheet_view(shower.language, shower.own, shower.own.group_of(found.code))
    return jsonify(
        state="conflict",
        version=line.version,
        who=found.who,
        when=line.saved,
        current=found.theirs.text,
        fields=found.fields,
        html=_macros("unit/line.html").conflict_block(found, script=True),
        article=_article(shower, line),
        parts=_parts(shower, line, view),
    )


def _refused(sent: Sent, refused: Refused) -> ResponseReturnValue:
    text = refusal(request.spoken(), refused)
    if request.wants_json():
        return jsonify(state="refused", error=refused.message, what=text), 422
    with request.reading() as doing:
        own = own_sheets.own(doing, sent.id)
        group = own.group_of(sent.code)
        shower = shower_of(doing, own, own.group(group))
    if own.is_open:
        mark(sent.form, sent.entry, sent.year)
    again = Refusal(sent.code, text, sent.form, sent.note, as_typed(sent.form))
    return group_page(shower, group, 422, refused=again)
