"""Saves one line of an own sheet: for a script as JSON, for a plain form as a page."""

from dataclasses import dataclass, replace
from typing import Any

from flask import Response, jsonify
from flask import request as asked
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from evalsvc import request
from evalsvc.domain.errors import Refused, Stale
from evalsvc.domain.forms import Entry
from evalsvc.exports.squares import squares
from evalsvc.usecases import assess, evidence_seen, own_sheets, own_years
from evalsvc.usecases.assess import Typed
from evalsvc.usecases.own_sheets import Below, Kept, Line
from evalsvc.web.answers import AnswerForm, answer_form, line_id, raw
from evalsvc.web.refusals import refusal
from evalsvc.web.unit_conflict import Conflict, as_typed, conflict_of
from evalsvc.web.unit_lines import After, Shower, mark
from evalsvc.web.unit_sheet import Refusal, group_page, lede, shower_of
from evalsvc.web.unit_views import Sums, sums_view

NOTE, CLEAR, CHARGE = "note", "clear", "who"


@dataclass(frozen=True, slots=True)
class Sent:
    """What came for one line: the filled form and the note."""

    id: int
    code: str
    entry: Entry
    year: int
    form: AnswerForm
    note: str


def save(id: int, code: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    try:
        return _kept(request.do(own_sheets.save, id, code, reader(), request.seen()))
    except Stale:
        return stale_page(sent(id, code))
    except Refused as refused:
        return refused_page(sent(id, code), refused)


def copy(id: int, code: str) -> ResponseReturnValue:  # noqa: A002
    """Last year's answer into this year's line."""
    try:
        return _kept(request.do(own_years.copy_last, id, code, request.seen()), whole=True)
    except Stale:
        return stale_page(sent(id, code))
    except Refused as refused:
        return refused_page(sent(id, code), refused)


def reader() -> own_sheets.Reads:
    """Reads the fields that came with the controls of the line."""
    language, posted, note = request.spoken(), _posted(), _note()

    def read(entry: Entry, below: Below | None) -> Typed:
        made = answer_form(entry, language, bands=below.bands if below else {})(posted)
        return Typed(made.text(), raw(made), note)

    return read


def sent(id_: int, code: str) -> Sent:
    """The filled form, to be shown once more."""
    with request.reading() as doing:
        entry, year, below = own_sheets.asked(doing, id_, code)
    made = answer_form(entry, request.spoken(), bands=below.bands if below else {})
    return Sent(id_, code, entry, year, made(_posted()), _note())


def _posted() -> MultiDict[str, str]:
    return MultiDict() if CLEAR in asked.form else asked.form


def _note() -> str:
    return asked.form.get(NOTE, "").replace("\r\n", "\n").strip()


def put_in_charge(id: int, code: str) -> ResponseReturnValue:  # noqa: A002
    """Who answers for a line; printed beside it."""
    request.do(assess.put_in_charge, id, code, asked.form.get(CHARGE, ""))
    with request.reading() as doing:
        group = own_sheets.own(doing, id).group_of(code)
    return request.back_to("unit.group", anchor=line_id(code), id=id, code=group)


def _kept(kept: Kept, *, whole: bool = False) -> ResponseReturnValue:
    """`whole`: what stands in the fields changed too."""
    own, code = kept.own, kept.saved.line.code
    if not request.wants_json():
        group, anchor = own.group_of(code), line_id(code)
        return request.back_to("unit.group", anchor=anchor, id=own.record.id, code=group)
    answer = _answer(kept)
    if whole:
        with request.reading() as doing:
            before = own_years.last_year(doing, own)
            papers = evidence_seen.of_own(doing, own.sheet, own.window, [own.line(code).entry])
        shower = Shower(request.spoken(), own, before, {}, papers)
        answer["article"] = _article(shower, own.line(code))
    return jsonify(answer)


def _answer(kept: Kept) -> dict[str, object]:
    """The line as this save left it; the sums around it as they are now."""
    own, saved = kept.own, kept.saved.line
    shower, standing = Shower(request.spoken(), own), own.line(saved.code)
    line = shower.after(replace(standing, record=saved))
    sums = sums_view(shower.language, own, own.group_of(saved.code))
    return {
        "state": "error" if line.faults else "saved",
        "version": saved.version,
        "newest": standing.record.version,
        "time": line.saved,
        "points": _points(line),
        "reckoning": f"{line.calc.text} {line.calc.value}".strip(),
        "total": sums.total,
        "faults": [{"id": id_, "text": text} for id_, text in line.faults],
        "parts": _parts(shower, line, sums),
        "texts": _texts(shower, sums),
    }


def _points(line: After) -> str:
    return "–" if line.claimed is None else request.spoken().points(line.claimed)


def _parts(shower: Shower, line: After, sums: Sums) -> dict[str, str]:
    """Pieces of the page that a save draws anew, by where they stand."""
    language, states = shower.language, sums.here.states
    speaking = shower.own.warnings(sums.here.code)
    return {
        "[data-rules]": str(_macros("unit/parts.html").rules(speaking)),
        f'[id="{line.id}"] [data-calc]': _macros("unit/line.html").reckoned(line),
        ".groups a[aria-current] .oly": squares(language, states, size=9, per_row=11),
        ".groupbar summary .oly": squares(language, states, size=12, per_row=16),
    }


def _texts(shower: Shower, sums: Sums) -> dict[str, str]:
    """Words and numbers around the line, by where they stand."""
    language, here = shower.language, sums.here
    return {
        "[data-sum=lede]": lede(language, shower.own.group(here.code)),
        "[data-sum=total]": sums.total,
        "[data-sum=done]": language.say("{done}/{of} criteria", done=sums.done, of=sums.asked),
        "[data-sum=points]": here.points,
        "[data-sum=note]": here.note,
        ".sheet > .tot .cl": here.claimed,
    }


def _article(shower: Shower, line: Line) -> str:
    made = _macros("unit/line.html")
    text: str = made.article(shower.own.record.id, shower.show(line), shower.decimals)
    return text


def _macros(template: str) -> Any:
    """The macros of a template outside of a page."""
    return request.template_of(template).module


# Somebody else was first, or it cannot be


def stale_page(sent: Sent) -> ResponseReturnValue:
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
    standing = shower.own.line(found.code)
    line = shower.after(standing)
    sums = sums_view(shower.language, shower.own, shower.own.group_of(found.code))
    return jsonify(
        state="conflict",
        version=standing.record.version,
        who=found.who,
        when=line.saved,
        current=found.theirs.text,
        fields=found.fields,
        html=_macros("unit/line.html").conflict_block(found, script=True),
        article=_article(shower, standing),
        parts=_parts(shower, line, sums),
        texts=_texts(shower, sums),
    )


def refused_page(sent: Sent, refused: Refused) -> ResponseReturnValue:
    text = refusal(request.spoken(), refused)
    if request.wants_json():
        return jsonify(state="refused", error=refused.message, what=text), 422
    with request.reading() as doing:
        own = own_sheets.own(doing, sent.id)
        group = own.group_of(sent.code)
        shower = shower_of(doing, own, own.group(group))
    if own.is_editable(own.line(sent.code)):
        mark(sent.form, sent.entry, sent.year)
    again = Refusal(sent.code, text, sent.form, sent.note, as_typed(sent.form))
    return group_page(shower, group, 422, refused=again)
