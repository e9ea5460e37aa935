"""Histories of sheets and rounds in plain words, on the desk of whoever reads them."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, url_for
from flask import request as asked
from flask.typing import ResponseReturnValue

from evalsvc import request
from evalsvc.domain.errors import NotFound, Refused
from evalsvc.domain.history import Entry
from evalsvc.domain.lines import Layer, line_score, settled
from evalsvc.usecases import histories_seen, own_sheets, rank_sheets, review
from evalsvc.usecases.histories_seen import OfRound, OfSheet
from evalsvc.usecases.sheets import Sheet
from evalsvc.words import histories
from evalsvc.words.histories import Named
from evalsvc.words.language import Language
from evalsvc.words.reckonings import reckoning


@dataclass(frozen=True, slots=True)
class DeedView:
    """One entry: when, who, on which line, what."""

    number: int
    when: str
    who: str
    line: str
    said: str


def add_to(blueprint: Blueprint) -> None:
    """The desk of reviewers; the other two name their own."""
    blueprint.add_url_rule("/sheets/<int:id>/history", "history", of_review)


def of_unit(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    with request.reading() as doing:
        own_sheets.own(doing, id)
        found = histories_seen.of_sheet(doing, id, _number())
    return _sheet(found, "unit/history.html", url_for("unit.sheet", id=id))


def of_review(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    with request.reading() as doing:
        review.sheet_of(doing, id)
        found = histories_seen.of_sheet(doing, id, _number())
    return _sheet(found, "evaluate/history.html", url_for("evaluate.sheet", id=id))


def of_leader(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    with request.reading() as doing:
        rank_sheets.opened(doing, id)
        found = histories_seen.of_sheet(doing, id, _number())
    return _sheet(found, "lead/history.html", url_for("lead.sheet", id=id))


def _sheet(found: OfSheet, template: str, back: str) -> ResponseReturnValue:
    language = request.spoken()
    return request.page(
        template,
        record=found.sheet.record,
        round=found.sheet.round,
        history=found.history,
        deeds=list(_deeds(language, found)),
        endpoint=template.removesuffix(".html").replace("/", "."),
        back=back,
    )


def _deeds(language: Language, found: OfSheet) -> Iterator[DeedView]:
    for told in found.history.entries:
        yield _view(
            language, (told.number, told.who), told.entry, _said(language, found.sheet, told.entry)
        )


def _said(language: Language, sheet: Sheet, deed: Entry) -> str:
    entry = next((each for each in sheet.form.entries() if each.code == deed.line), None)
    if entry is None:
        return histories.told(language, deed)
    decimals = sheet.form.set.decimals

    def shown(text: str) -> str:
        try:
            value = sheet.mark(entry, text)
        except Refused:
            return f"“{text}”"
        score = line_score(entry, settled(entry, value, Layer.REVIEWED), decimals)
        return reckoning(language, score, decimals)

    return histories.told(language, deed, shown)


def _view(language: Language, of: tuple[int, str], entry: Entry, said: str) -> DeedView:
    number, who = of[0], of[1] or language.say("The service")
    text = f"{said.rstrip('.')}."
    return DeedView(number, language.moment(entry.at), who, entry.line, text)


def of_round(code: str) -> ResponseReturnValue:
    language = request.spoken()
    with request.reading() as doing:
        found = histories_seen.of_round(doing, code, _number())
    return request.page(
        "lead/round_history.html",
        round=found.round,
        history=found.history,
        deeds=list(_round_deeds(language, found)),
    )


def _round_deeds(language: Language, found: OfRound) -> Iterator[DeedView]:
    blocks = {each.code: each.name for each in found.round.blocks}
    named = Named(found.units, blocks)
    for told in found.history.entries:
        said = histories.told(language, told.entry, None, named)
        yield _view(language, (told.number, told.who), told.entry, said)


def _number() -> int:
    number = asked.args.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) < 7):
        raise NotFound("page")
    return int(number)
