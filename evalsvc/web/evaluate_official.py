"""Official results: the lines that hold them, and one list of all units for each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from flask import Blueprint, url_for
from flask import request as asked
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect

from evalsvc import request
from evalsvc.domain.answers import NotApplicable, OfChildren, Official, Stated, Surveyed
from evalsvc.domain.course import Status
from evalsvc.domain.dates import read_day, write_day
from evalsvc.domain.errors import DomainError, Refused
from evalsvc.domain.points import plain
from evalsvc.domain.readings import NOT_APPLICABLE_MARK, write_value
from evalsvc.domain.scales import Children, Imported, Survey
from evalsvc.domain.scales.judgement import UNSUBMITTED
from evalsvc.usecases import official_results, review, review_criteria
from evalsvc.usecases.official_results import AskedResults, Given, Results
from evalsvc.usecases.review_rows import Row
from evalsvc.web.answers.controls import closed
from evalsvc.web.answers.controls import day as keeping_slashes
from evalsvc.web.evaluate_views import Shower
from evalsvc.web.refusals import refusal
from evalsvc.words.language import VIETNAMESE, Language

VALUE, REPLIES, NOT_APPLICABLE, SEEN = "value", "replies", "na", "seen"
NO_FAULTS: Mapping[str, str] = {}


def add_to(blueprint: Blueprint) -> None:
    at = "/rounds/<code>/official"
    blueprint.add_url_rule("/official", "official", official)
    blueprint.add_url_rule(at, "official_lines", official_lines)
    blueprint.add_url_rule(f"{at}/<line>", "results", results)
    blueprint.add_url_rule(f"{at}/<line>", "enter_results", enter_results, methods=["POST"])


@dataclass(frozen=True, slots=True)
class Field:
    """One column of the list: what is typed for each unit."""

    name: str
    label: str
    of_regulation: bool = False


@dataclass(frozen=True, slots=True)
class ResultView:
    """One unit in the list; `typed` by the name of the field."""

    row: Row
    typed: Mapping[str, str]
    told: str
    error: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """What was sent: once for all, and for each unit."""

    document: str = ""
    day: str = ""
    rows: Mapping[int, Mapping[str, str]] = field(default_factory=dict)


def official() -> ResponseReturnValue:
    """To the newest round."""
    with request.reading() as doing:
        found = review.rounds_of(doing)
    if not found:
        return request.page("evaluate/nothing.html")
    return redirect(url_for("evaluate.official_lines", code=found[0].code))


def official_lines(code: str) -> ResponseReturnValue:
    with request.reading() as doing:
        found = review_criteria.lines(doing, code, "", official=True)
    return request.page("evaluate/official_lines.html", lines=found)


def results(code: str, line: str) -> ResponseReturnValue:
    with request.reading() as doing:
        found = official_results.results(doing, code, _asked(line))
        names = official_results.names_in(doing, found.round)
    return _page(found, names, None, {})


def _asked(line: str) -> AskedResults:
    args = asked.args
    page = args.get("page", 1, type=int)
    return AskedResults(line, args.get("set", ""), args.get("block", ""), page)


def enter_results(code: str, line: str) -> ResponseReturnValue:
    language = request.spoken()
    about = _asked(line)
    with request.reading() as doing:
        found = official_results.results(doing, code, about)
        names = official_results.names_in(doing, found.round)
    typed = _typed(found)
    given = list(_given(found, typed))
    if given and (head := _head_faults(language, found, typed)):
        return _page(found, names, typed, {}, head=head)
    entered = request.do(official_results.enter_all, code, line, given, typed.document)
    if not entered.faults:
        request.notice(language.say("Results saved for {units} units.", units=len(entered.saved)))
        args = {"set": about.set or None, "block": about.block or None, "page": about.page}
        return request.back_to("evaluate.results", code=code, line=line, **args)  # type: ignore[arg-type]
    with request.reading() as doing:
        found = official_results.results(doing, code, about)
    kept = Typed(typed.document, typed.day, {id_: typed.rows[id_] for id_ in entered.faults})
    return _page(found, names, kept, entered.faults, len(entered.saved))


def _head_faults(language: Language, found: Results, typed: Typed) -> dict[str, str]:
    """What is wrong with the document, which is asked for once."""
    faults: dict[str, str] = {}
    if not isinstance(found.entry.scale, Imported):
        return faults
    if not typed.document:
        faults["document"] = language.say("Write number and issuer of the document.")
    try:
        read_day(typed.day)
    except Refused as refused:
        faults["day"] = refusal(language, refused)
    return faults


def fields_of(language: Language, found: Results) -> tuple[Field, ...]:
    """What is asked for each unit, by the kind of the line."""
    match found.entry.scale:
        case Imported(what=what):
            return (Field(VALUE, what, of_regulation=True),)
        case Survey():
            value, replies = language.say("Survey result"), language.say("Number of replies")
            return Field(VALUE, value), Field(REPLIES, replies)
        case Children():
            bands = (Field(code, name, of_regulation=True) for code, name in found.bands.items())
            return *bands, Field(UNSUBMITTED, language.say("Not handed in"))
        case _:
            return (Field(VALUE, language.say("Result")),)


def _typed(found: Results) -> Typed:
    names = [each.name for each in fields_of(request.spoken(), found)]
    rows = {
        row.id: {
            name: asked.form.get(f"{name}-{row.id}", "").strip()
            for name in (*names, NOT_APPLICABLE, SEEN)
        }
        for row in found.rows
    }
    once = asked.form.to_dict(flat=False)
    return Typed(keeping_slashes(once, "document"), _as_written(keeping_slashes(once, "day")), rows)


def _given(found: Results, typed: Typed) -> Iterator[Given]:
    """Only units for which something else is typed than what stands there."""
    for row in found.rows:
        cells = typed.rows[row.id]
        stands = _cells(found, row)
        same = all(cells.get(name, "") == value for name, value in stands.items())
        if not same or (cells.get(VALUE) and _has_new_document(found, row, typed)):
            seen = request.version(cells[SEEN])
            yield Given(row.id, text_of(found, cells, typed), seen)


def _has_new_document(found: Results, row: Row, typed: Typed) -> bool:
    """A result follows the document that was offered for all; one with another document stays."""
    offered = found.latest
    answer = row.claim.answer if isinstance(row.claim, Stated) else None
    if offered is None or not isinstance(answer, Official):
        return False
    follows = (answer.document, answer.day) == (offered.document, offered.day)
    return follows and (typed.document, typed.day) != (offered.document, write_day(offered.day))


def _as_written(day: str) -> str:
    """`2/6/2026` as `02/06/2026`; what is no date stays as it was typed."""
    try:
        return write_day(read_day(day))
    except Refused:
        return day


def text_of(found: Results, cells: Mapping[str, str], typed: Typed) -> str:
    """The text that the domain reads; empty where nothing was typed for a unit."""
    if reason := cells.get(NOT_APPLICABLE, ""):
        return f"{NOT_APPLICABLE_MARK}{closed(reason)}"
    scale = found.entry.scale
    if isinstance(scale, Children):
        numbers = ((code, cells.get(code, "")) for code in (*found.bands, UNSUBMITTED))
        return "; ".join(f"{code} {closed(number)}" for code, number in numbers if number)
    value = cells.get(VALUE, "")
    if isinstance(scale, Survey):
        replies = cells.get(REPLIES, "")
        return f"{closed(value)}; {closed(replies)}" if value or replies else ""
    if isinstance(scale, Imported) and value:
        year = found.round.year - scale.year_before
        return f"{closed(value)}; {typed.document}; {typed.day}; {year}"
    return closed(value) if not isinstance(scale, Imported) else ""


def _cells(found: Results, row: Row) -> dict[str, str]:
    """What stands in the fields of a unit."""
    names = [each.name for each in fields_of(request.spoken(), found)]
    cells = dict.fromkeys((*names, NOT_APPLICABLE), "")
    value = row.claim
    if isinstance(value, NotApplicable):
        return cells | {NOT_APPLICABLE: value.reason}
    if not isinstance(value, Stated):
        return cells
    match value.answer:
        case Official(number):
            return cells | {VALUE: _number(plain(number))}
        case Surveyed(number, replies):
            return cells | {VALUE: _number(plain(number)), REPLIES: str(replies)}
        case OfChildren(bands, unsubmitted):
            numbers = {code: str(number) for code, number in bands}
            return cells | numbers | {UNSUBMITTED: str(unsubmitted) if unsubmitted else ""}
        case _:
            return cells | {VALUE: write_value(value)}


def _number(text: str) -> str:
    return text.replace(".", ",") if request.spoken().code == VIETNAMESE else text


def _page(
    found: Results,
    names: Mapping[str, str],
    typed: Typed | None,
    faults: Mapping[int, DomainError],
    saved: int = 0,
    head: Mapping[str, str] = NO_FAULTS,
) -> tuple[str, int]:
    language = request.spoken()
    shower = Shower(language, names)
    latest = found.latest
    if typed is None and latest is not None:
        typed = Typed(latest.document, write_day(latest.day))
    typed = typed or Typed()
    views = [_view(language, shower, found, row, typed, faults) for row in found.rows]
    return request.page(
        "evaluate/results.html",
        422 if faults or head else 200,
        results=found,
        fields=fields_of(language, found),
        views=views,
        typed=typed,
        with_document=isinstance(found.entry.scale, Imported),
        saved=saved,
        head_errors={"document": "", "day": "", **head},
        errors=[
            *((f"#{name}", text) for name, text in head.items()),
            *((f"#value-{view.row.id}", view.error) for view in views if view.error),
        ],
        to_page=lambda number: _url(found, number),
        rule=shower.rule(found.rows[0]) if found.rows else "",
        asked_for=_asked(found.asked.code),
    )


def _url(found: Results, page: int) -> str:
    about = found.asked
    return url_for(
        "evaluate.results",
        code=found.round.code,
        line=about.code,
        set=about.set or None,
        block=about.block or None,
        page=page,
    )


def _view(
    language: Language,
    shower: Shower,
    found: Results,
    row: Row,
    typed: Typed,
    faults: Mapping[int, DomainError],
) -> ResultView:
    cells = {**_cells(found, row), **typed.rows.get(row.id, {})}
    told = shower.words(row, row.claimed) if row.line.claim is not None else ""
    error = ""
    if fault := faults.get(row.id):
        error = f"{row.unit_name}: {_said(language, fault)}"
    return ResultView(row, cells, told, error, row.status is Status.CLOSED)


def _said(language: Language, fault: DomainError) -> str:
    if isinstance(fault, Refused):
        return refusal(language, fault)
    return language.say("Somebody else has put in a result meanwhile; look at it and save again.")
