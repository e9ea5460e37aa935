"""The ranking of a block or a round as it stands now, and the units that are listed apart."""

from typing import Any

from flask import request as asked
from flask import url_for
from flask.typing import ResponseReturnValue

from evalsvc import request
from evalsvc.domain.errors import NotFound
from evalsvc.domain.lines import Layer
from evalsvc.usecases import rank, rank_apart, rank_scope
from evalsvc.usecases.rank import Live
from evalsvc.web import lead_views
from evalsvc.web.lead_rows import Rows
from evalsvc.web.lead_views import LAYERS, Item
from evalsvc.words.language import Language
from evalsvc.words.sheets import when

SHOWN, HIDDEN = "1", "0"
"""What `groups` says of the points of the groups; without a word they stand where there is room."""


def ranking(code: str) -> ResponseReturnValue:
    language = request.spoken()
    with request.reading() as doing:
        if not code and not rank_scope.rounds_of(doing):
            return request.page("lead/nothing.html")
        live = rank.live(doing, code, asked.args.get("block"), layer(), page=page(), text=text())
        windows, at = rank_scope.windows_of(doing, live.round), doing.now
    columns, folded = lead_views.heads(live), groups() == HIDDEN
    return request.page(
        "lead/ranking.html",
        live=live,
        period=when(language, live.round.year, live.round.half),
        now=lead_views.now(language, windows, at),
        tabs=_tabs(language, live),
        layers=_layers(language, live),
        columns=columns,
        groups=groups(),
        rows=Rows(language, live, columns, folded=folded) if live.rows else None,
        apart=lead_views.apart_views(language, live.apart),
        mixed=len({row.record.layer for row in live.rows}) > 1,
        here=_here(live),
    )


def layer() -> Layer | None:
    named = asked.args.get("layer", "")
    if named not in LAYERS:
        raise NotFound("layer")
    return LAYERS[named][0]


def page() -> int:
    number = asked.args.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) < 7):
        raise NotFound("page")
    return int(number)


def text() -> str:
    return asked.args.get("q", "")[:200]


def groups() -> str:
    named = asked.args.get("groups", "")
    if named not in ("", SHOWN, HIDDEN):
        raise NotFound("groups")
    return named


def _here(live: Live) -> dict[str, Any]:
    """What the address of this page says, for links that change one thing of it."""
    named = live.asked.layer.value if live.asked.layer else ""
    said = {"layer": named, "q": live.asked.text, "groups": groups()}
    return {
        "code": live.round.code,
        "block": live.asked.block,
        **{key: value for key, value in said.items() if value},
    }


def _tabs(language: Language, live: Live) -> list[Item]:
    here = _here(live)
    return [
        Item(
            lead_views.tab_name(language, tab),
            url_for(".ranking", **{**here, "block": tab.code}),
            tab.code == live.asked.block,
            str(tab.ranked),
        )
        for tab in live.tabs
    ]


def _layers(language: Language, live: Live) -> list[tuple[str, str, bool]]:
    return [
        (name, language.say(said), of is live.asked.layer) for name, (of, said) in LAYERS.items()
    ]


def apart(code: str) -> ResponseReturnValue:
    """All that are listed apart, page by page."""
    language = request.spoken()
    with request.reading() as doing:
        found = rank_apart.apart_page(doing, code, asked.args.get("block"), layer(), page())
    return request.page(
        "lead/apart.html",
        found=found,
        period=when(language, found.round.year, found.round.half),
        block=lead_views.tab_name(language, found.tab),
        rows=lead_views.apart_views(language, found.rows),
        layer=asked.args.get("layer", ""),
    )
