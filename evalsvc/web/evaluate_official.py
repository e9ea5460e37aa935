"""Official results: the lines that hold them, and one list of all units for each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, url_for
from flask import request as asked
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect

from evalsvc import request
from evalsvc.domain.answers import Official, Stated
from evalsvc.domain.course import Status
from evalsvc.domain.dates import read_day, write_day
from evalsvc.domain.errors import DomainError, Refused
from evalsvc.domain.readings import demand_day_past
from evalsvc.domain.scales import Imported
from evalsvc.usecases import official_results, review, review_criteria
from evalsvc.usecases.assess import today
from evalsvc.usecases.official_results import AskedResults, Entered, Given, Results
from evalsvc.usecases.review_rows import Row
from evalsvc.web.answers.controls import day, slashed
from evalsvc.web.evaluate_results import (
    NOT_APPLICABLE,
    SEEN,
    VALUE,
    Typed,
    as_written,
    cells_of,
    empty_field,
    fields_of,
    text_of,
)
from evalsvc.web.evaluate_views import Shower
from evalsvc.web.refusals import refusal
from evalsvc.words.language import Language

NO_FAULTS: Mapping[str, str] = {}


def add_to(blueprint: Blueprint) -> None:
    at = "/rounds/<code>/official"
    blueprint.add_url_rule("/official", "official", official)
    blueprint.add_url_rule(at, "official_lines", official_lines)
    blueprint.add_url_rule(f"{at}/<line>", "results", results)
    blueprint.add_url_rule(f"{at}/<line>", "enter_results", enter_results, methods=["POST"])


@dataclass(frozen=True, slots=True)
class ResultView:
    """One unit in the list; `typed` by the name of the field."""

    row: Row
    typed: Mapping[str, str]
    told: str
    error: str = ""
    closed: bool = False


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
        now = today(doing)
    typed = _typed(found)
    given = list(_given(found, typed))
    if given and (head := _head_faults(language, found, typed, now)):
        return _page(found, names, typed, {}, head=head)
    if both := _both(found, typed):
        return _page(found, names, typed, both)
    entered = request.do(official_results.enter_all, code, line, given, typed.document)
    if not entered.faults:
        _tell(language, given, entered)
        args = {"set": about.set or None, "block": about.block or None, "page": about.page}
        return request.back_to("evaluate.results", code=code, line=line, **args)  # type: ignore[arg-type]
    with request.reading() as doing:
        found = official_results.results(doing, code, about)
    kept = Typed(typed.document, typed.day, {id_: typed.rows[id_] for id_ in entered.faults})
    return _page(found, names, kept, entered.faults, len(entered.saved))


def _tell(language: Language, given: Sequence[Given], entered: Entered) -> None:
    emptied = {each.id for each in given if not each.text}
    cleared = sum(id_ in emptied for id_ in entered.saved)
    saved = len(entered.saved) - cleared
    if saved:
        request.notice(language.say("Results saved for {units} units.", units=saved))
    if cleared:
        request.notice(language.say("Results taken out for {units} units.", units=cleared))
    if not entered.saved:
        request.notice(language.say("No result was changed."), "info")


def _head_faults(language: Language, found: Results, typed: Typed, now: date) -> dict[str, str]:
    """What is wrong with the document, which is asked for once."""
    faults: dict[str, str] = {}
    if not isinstance(found.entry.scale, Imported):
        return faults
    if not typed.document:
        faults["document"] = language.say("Write number and issuer of the document.")
    try:
        demand_day_past(read_day(typed.day), now)
    except Refused as refused:
        faults["day"] = refusal(language, refused)
    return faults


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
    return Typed(slashed(once, "document"), as_written(day(once, "day")), rows)


def _given(found: Results, typed: Typed) -> Iterator[Given]:
    """Only units for which something else is typed than what stands there."""
    for row in found.rows:
        cells = typed.rows[row.id]
        stands = cells_of(found, row)
        same = all(cells.get(name, "") == value for name, value in stands.items())
        if not same or (cells.get(VALUE) and _has_new_document(found, row, typed)):
            seen = request.version(cells[SEEN])
            yield Given(row.id, text_of(found, cells, typed), seen)


def _both(found: Results, typed: Typed) -> dict[int, DomainError]:
    """Units for which another result is typed and "not applicable" is chosen."""
    return {
        row.id: Refused("value-and-not-applicable")
        for row in found.rows
        if typed.rows[row.id][NOT_APPLICABLE]
        and typed.rows[row.id].get(VALUE, "") not in ("", cells_of(found, row).get(VALUE, ""))
    }


def _has_new_document(found: Results, row: Row, typed: Typed) -> bool:
    """A result follows the document that was offered for all; one with another document stays."""
    offered = found.latest
    answer = row.official.answer if isinstance(row.official, Stated) else None
    if offered is None or not isinstance(answer, Official):
        return False
    follows = (answer.document, answer.day) == (offered.document, offered.day)
    return follows and (typed.document, typed.day) != (offered.document, write_day(offered.day))


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
    cells = {**cells_of(found, row), **typed.rows.get(row.id, {})}
    told = shower.words(row, row.official_score) if row.official is not None else ""
    error = ""
    if fault := faults.get(row.id):
        said = _said(language, fault)
        if found.is_survey and isinstance(fault, Refused):
            said = _about_empty(language, found, cells) or said
        error = f"{row.unit_name}: {said}"
    return ResultView(row, cells, told, error, row.status is Status.CLOSED)


def _about_empty(language: Language, found: Results, cells: Mapping[str, str]) -> str:
    """One of two numbers was left out: it is named, not how a text is put together."""
    field = empty_field(fields_of(language, found), cells)
    return language.say("“{field}” is still empty.", field=field) if field else ""


def _said(language: Language, fault: DomainError) -> str:
    if isinstance(fault, Refused):
        return refusal(language, fault)
    return language.say("Somebody else has put in a result meanwhile; look at it and save again.")
