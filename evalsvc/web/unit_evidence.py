"""A unit adds documents to a line, changes them, takes them off, and sends files in pieces."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, jsonify, url_for
from flask import request as asked
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect

from evalsvc import request
from evalsvc.domain.dates import read_typed_day
from evalsvc.domain.errors import Refused, Stale
from evalsvc.domain.evidence import Described
from evalsvc.files.kinds import MEGABYTE
from evalsvc.files.pieces import MOST_PIECE
from evalsvc.usecases import depot, evidence, evidence_seen, own_sheets, uploads
from evalsvc.usecases.depot import Depot
from evalsvc.usecases.evidence import Paper
from evalsvc.usecases.own_sheets import Own
from evalsvc.usecases.uploads import Put
from evalsvc.web.answers import line_id
from evalsvc.web.evidence_views import LinePapers, kind_of, of_line, words
from evalsvc.web.refusals import refusal
from evalsvc.web.unit_evidence_faults import FIELDS, field_at
from evalsvc.web.unit_pages import show

WITH_FILE = frozenset({"unit.attach", "unit.replace_evidence"})
PIECE = "unit.send_piece"
WITH_BYTES = WITH_FILE | {PIECE}
MOST_DIGITS = 12


def add_to(blueprint: Blueprint) -> None:
    at, post = "/sheets/<int:id>/lines/<code>/evidence", ["POST"]
    blueprint.add_url_rule(at, "evidence", evidence_page)
    blueprint.add_url_rule(at, "attach", attach, methods=post)
    blueprint.add_url_rule(f"{at}/again", "show_again", show_again, methods=post)
    blueprint.add_url_rule(f"{at}/uploads", "begin_upload", begin_upload, methods=post)
    one = f"{at}/<int:evidence_id>"
    blueprint.add_url_rule(f"{one}/replace", "replace_evidence", replace_evidence, methods=post)
    blueprint.add_url_rule(f"{one}/remove", "remove_evidence", remove_evidence, methods=post)
    blueprint.add_url_rule("/uploads/<token>", "upload", upload)
    blueprint.add_url_rule("/uploads/<token>", "send_piece", send_piece, methods=post)


def most_bytes(endpoint: str) -> int:
    """The largest body that an address takes; files only from who is signed in."""
    of = request.settings()
    if endpoint not in WITH_BYTES or request.signed_in() is None:
        return of.most_bytes
    most = MOST_PIECE if endpoint == PIECE else of.most_file_mb * MEGABYTE + of.most_bytes
    return max(of.most_bytes, most)


@dataclass(frozen=True, slots=True)
class Again:
    """A document that the unit has shown before."""

    id: int
    text: str
    kind: str
    on_line: bool


@dataclass(frozen=True, slots=True)
class Trouble:
    """What was typed and not kept, why, and on which form: 0 is the one that adds."""

    text: str
    form: int = 0
    field: str = ""


def evidence_page(id: int, code: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """All about the documents of one line; also the way without scripts."""
    if request.wants_json():
        return jsonify(html=_macros().again_list(*_again(id, code)))
    return _page(id, code)


def _page(
    id_: int, code: str, trouble: Trouble | None = None, status: int = 200
) -> ResponseReturnValue:
    language = request.spoken()
    own, papers = _papers(id_, code)
    _, again = _again(id_, code)
    typed = _typed()
    group = own.group_of(code)
    return show(
        "unit/evidence.html",
        status,
        papers=papers,
        again=again,
        asked_for=asked.args.get("q", ""),
        entry=own.sheet.entry(code),
        group=group,
        back_url=_line_url(own, code, papers),
        trouble=trouble,
        trouble_at=_place(papers, trouble),
        typed=typed,
        heading=language.say("Documents for {code}", code=code),
    )


def _place(papers: LinePapers, trouble: Trouble | None) -> str:
    """Where on the page it is put right; nowhere when nothing can be changed any more."""
    if trouble and any(each.id == trouble.form and each.can_change for each in papers.papers):
        at = f"{papers.id}-{trouble.form}-{trouble.field}"
        return f"#{at}" if trouble.field else f"#paper-{trouble.form}"
    if not papers.can_add:
        return ""
    return f"#{papers.id}-{trouble.field}" if trouble and trouble.field else "#add"


def _typed() -> dict[str, str]:
    return {name: asked.form.get(name, "") for name in FIELDS}


def _papers(id_: int, code: str) -> tuple[Own, LinePapers]:
    with request.reading() as doing:
        own = own_sheets.own(doing, id_)
        line = own.line(code)
        found = evidence_seen.of_own(doing, own.sheet, own.window, [line.entry])
    return own, of_line(request.spoken(), id_, line, found)


def _again(id_: int, code: str) -> tuple[LinePapers, list[Again]]:
    """What may be shown again, newest first."""
    language = request.spoken()
    with request.reading() as doing:
        own = own_sheets.own(doing, id_)
        here = own.line(code)
        found = evidence_seen.of_own(doing, own.sheet, own.window, [here.entry])
        documents = evidence_seen.of_unit(doing, own.sheet, asked.args.get("q", ""))
    line = of_line(language, id_, here, found)
    shown = {each.document for each in line.papers}
    return line, [
        Again(each.id, words(language, each), kind_of(language, each), each.id in shown)
        for each in documents
    ]


def _line_url(own: Own, code: str, papers: LinePapers) -> str:
    if papers.with_reply:
        return url_for("unit.explanations", id=own.record.id, _anchor=line_id(code))
    group, anchor = own.group_of(code), line_id(code)
    return url_for("unit.group", id=own.record.id, code=group, _anchor=anchor)


# Deeds


def attach(id: int, code: str) -> ResponseReturnValue:  # noqa: A002
    return _put(id, code, 0)


def replace_evidence(id: int, code: str, evidence_id: int) -> ResponseReturnValue:  # noqa: A002
    return _put(id, code, evidence_id)


def _put(id_: int, code: str, replaces: int) -> ResponseReturnValue:
    try:
        said = Paper(_described(), asked.form.get("pages", ""))
        if token := _upload(id_, code, said):
            put = Put(id_, code, said, request.seen(), replaces)
            uploads.finish(request.office(), request.actor(), _depot(), token, put)
        elif replaces:
            request.do(evidence.replace_, id_, code, replaces, said, request.seen())
        else:
            request.do(evidence.attach, id_, code, said, request.seen())
    except Stale:
        return _stale(id_, code)
    except Refused as refused:
        return _refused(id_, code, refused, replaces, field_at(refused, _typed()))
    return _changed(id_, code)


def _upload(id_: int, code: str, said: Paper) -> str:
    """The token of the file that comes with the form, in pieces before or in it; or empty."""
    if token := asked.form.get("upload", ""):
        return token
    sent = asked.files.get("file")
    if sent is None or not sent.filename:
        return ""
    request.do(evidence.demand, id_, code, said)
    file = sent.filename, sent.stream
    return uploads.receive_whole(request.office(), request.actor(), _depot(), (id_, code), file)


def _described() -> Described:
    text = {name: asked.form.get(name, "").strip() for name in FIELDS}
    day = read_typed_day(text["day"]) if text["day"] else None
    return Described(text["number"], day, text["issuer"], text["title"], text["link"])


def show_again(id: int, code: str) -> ResponseReturnValue:  # noqa: A002
    number = request.version(asked.form.get("document", ""))
    shown = number, asked.form.get("pages", "")
    try:
        request.do(evidence.show_again, id, code, shown, request.seen())
    except Refused as refused:
        return _refused(id, code, refused, 0)
    return _changed(id, code)


def remove_evidence(id: int, code: str, evidence_id: int) -> ResponseReturnValue:  # noqa: A002
    try:
        request.do(evidence.remove, id, code, evidence_id, request.seen())
    except Stale:
        return _stale(id, code)
    except Refused as refused:
        return _refused(id, code, refused, evidence_id)
    return _changed(id, code)


def _changed(id_: int, code: str) -> ResponseReturnValue:
    own, papers = _papers(id_, code)
    if request.wants_json():
        return jsonify(_told(papers))
    if asked.form.get("stay"):
        return request.back_to("unit.evidence", id=id_, code=code)
    said = request.spoken().say("The documents for {line} are changed.", line=code)
    request.notice(said)
    return redirect(_line_url(own, code, papers), 303)


def _told(papers: LinePapers) -> dict[str, object]:
    return {"version": papers.version, "html": _macros().evidence(papers)}


def _macros() -> Any:
    """The macros of the part, outside of a page."""
    return request.template_of("parts/evidence.html").module


def _stale(id_: int, code: str) -> ResponseReturnValue:
    text = request.spoken().say(
        "Somebody else has changed line {line} meanwhile. Look at it again, then go on.", line=code
    )
    if request.wants_json():
        _, papers = _papers(id_, code)
        return jsonify(error="stale", what=text, **_told(papers)), 409
    return _page(id_, code, Trouble(text), 409)


def _refused(
    id_: int, code: str, refused: Refused, form: int, field: str = ""
) -> ResponseReturnValue:
    text = refusal(request.spoken(), refused)
    if request.wants_json():
        return jsonify(error=refused.message, what=text, field=field), 422
    return _page(id_, code, Trouble(text, form, field), 422)


# Files in pieces


def begin_upload(id: int, code: str) -> ResponseReturnValue:  # noqa: A002
    """The name and the size that a script has announced."""
    size = asked.form.get("size", "")
    known = size.isascii() and size.isdigit() and len(size) <= MOST_DIGITS
    at, name = (id, code), asked.form.get("name", "")
    try:
        token = request.do(uploads.begin, _depot(), at, name, int(size) if known else 0)
    except Refused as refused:
        return _refused(id, code, refused, 0, field_at(refused, _typed()))
    return jsonify(upload=token, arrived=0, url=url_for("unit.upload", token=token))


def upload(token: str) -> ResponseReturnValue:
    """How much has arrived: whoever lost the line goes on from there."""
    found, length = request.do(uploads.arrived, _depot(), token)
    return jsonify(arrived=length, size=found.size, done=found.document is not None)


def send_piece(token: str) -> ResponseReturnValue:
    """Acknowledged when it is safe; `at` is where it begins."""
    at = request.version(asked.args.get("at", ""))
    content = asked.get_data(cache=False, parse_form_data=False)
    if at < 0 or not content:
        raise Refused("piece-gap", length=request.do(uploads.arrived, _depot(), token)[1])
    length = uploads.receive(request.office(), request.actor(), _depot(), token, (at, content))
    return jsonify(arrived=length)


def _depot() -> Depot:
    return depot.of_settings(request.settings())
