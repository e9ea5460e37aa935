"""Handing in: what is missing, an explicit yes, and who may say it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import request as asked
from flask.typing import ResponseReturnValue

from evalsvc import request
from evalsvc.domain.errors import Refused
from evalsvc.domain.lines import Layer
from evalsvc.domain.summary import Gap
from evalsvc.usecases import assess, own_sheets
from evalsvc.usecases.own_sheets import Own
from evalsvc.web.refusals import refusal
from evalsvc.web.unit_pages import show
from evalsvc.web.unit_todos import line_url
from evalsvc.web.unit_views import sheet_view
from evalsvc.words.verdicts import gate_sentences

YES, GAPS = "yes", "gap"


@dataclass(frozen=True, slots=True)
class GapView:
    """One line of the list of what is missing."""

    code: str
    name: str
    url: str
    most: Decimal | None
    faulty: bool
    undocumented: bool


def submit(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    return _page(id)


def hand_in(id: int) -> ResponseReturnValue:  # noqa: A002
    try:
        if not asked.form.get(YES):
            raise Refused("yes-missing")
        request.do(assess.submit, id, asked.form.getlist(GAPS))
    except Refused as refused:
        return _page(id, 422, refused)
    request.notice(request.spoken().say("The sheet is handed in. The review begins next."))
    return request.back_to("unit.home")


def _page(id_: int, status: int = 200, refused: Refused | None = None) -> ResponseReturnValue:
    language = request.spoken()
    with request.reading() as doing:
        own = own_sheets.own(doing, id_)
        heads = own_sheets.heads(doing, own)
    gaps = assess.gaps_of(own.sheet)
    return show(
        "unit/submit.html",
        status,
        view=sheet_view(language, own),
        blocking=gap_views(own, [gap for gap in gaps if gap.blocks]),
        silent=gap_views(own, [gap for gap in gaps if not gap.blocks]),
        gates=list(gate_sentences(language, own.sheet.result(Layer.CLAIMED))),
        may_submit=own.may_submit,
        heads=heads,
        fault=refusal(language, refused) if refused else "",
    )


def gap_views(own: Own, gaps: Sequence[Gap]) -> Sequence[GapView]:
    return [
        GapView(
            gap.entry.code,
            gap.entry.criterion.name,
            line_url(own, gap.entry.code),
            gap.entry.most if gap.entry.on_scale else None,
            gap.faulty,
            gap.undocumented,
        )
        for gap in gaps
    ]
