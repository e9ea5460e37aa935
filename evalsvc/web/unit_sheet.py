"""The sheet of a unit, one group on a page: answers, points, what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask.typing import ResponseReturnValue

from evalsvc import request
from evalsvc.usecases import evidence_seen, own_sheets, own_years
from evalsvc.usecases.own_sheets import GroupSeen, Own
from evalsvc.usecases.work import Work
from evalsvc.web.answers import AnswerForm
from evalsvc.web.unit_conflict import Conflict
from evalsvc.web.unit_lines import LineView, Shower
from evalsvc.web.unit_pages import note_opening, show
from evalsvc.web.unit_todos import line_url
from evalsvc.web.unit_views import GroupView, sheet_view
from evalsvc.words.amounts import criteria
from evalsvc.words.language import Language


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was sent on one line and not kept: why, and as it was typed."""

    code: str
    text: str
    form: AnswerForm
    note: str
    typed: str


def sheet(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """To the first group in which something is missing."""
    with request.reading() as doing:
        own = own_sheets.own(doing, id)
    groups = own.groups()
    first = next((each for each in groups if each.done < each.asked), groups[0])
    code = first.section.group.code if own.is_open else groups[0].section.group.code
    return request.back_to("unit.group", id=id, code=code)


def group(id: int, code: str) -> ResponseReturnValue:  # noqa: A002
    with request.reading() as doing:
        own = own_sheets.own(doing, id)
        shower = shower_of(doing, own, own.group(code))
    note_opening(own)
    return group_page(shower, code)


def shower_of(doing: Work, own: Own, of: GroupSeen) -> Shower:
    """With last year's sheet and the names of units below, as far as the group needs them."""
    before = own_years.last_year(doing, own)
    below = own_sheets.below(doing, own.sheet.round, of.section.entries)
    papers = evidence_seen.of_own(doing, own.sheet, own.window, of.section.entries)
    return Shower(request.spoken(), own, before, below, papers)


def group_page(
    shower: Shower,
    code: str,
    status: int = 200,
    *,
    refused: Refusal | None = None,
    conflict: Conflict | None = None,
) -> ResponseReturnValue:
    own, found = shower.own, shower.own.group(code)
    typed = {refused.code: refused.form} if refused else {}
    lines = lines_of(shower, found, typed)
    view = sheet_view(shower.language, own, code)
    previous, following = _beside(view.groups, code)
    return show(
        "unit/group.html",
        status,
        view=view,
        group=next(each for each in view.groups if each.current),
        lede=lede(shower.language, found),
        lines=lines,
        decimals=shower.decimals,
        previous=previous,
        following=following,
        refused=refused,
        conflict=conflict,
        submit_url=url_for("unit.submit", id=view.id),
        warnings=own.warnings(code),
        returned=[(each.entry.code, line_url(own, each.entry.code)) for each in own.returned()],
    )


def lines_of(
    shower: Shower, found: GroupSeen, typed: Mapping[str, AnswerForm]
) -> Sequence[LineView]:
    return [shower.show(line, typed.get(line.entry.code)) for line in found.lines]


def _beside(groups: Sequence[GroupView], code: str) -> tuple[GroupView | None, GroupView | None]:
    at = next(number for number, each in enumerate(groups) if each.code == code)
    return (groups[at - 1] if at else None), (groups[at + 1] if at + 1 < len(groups) else None)


def lede(language: Language, found: GroupSeen) -> str:
    """How many criteria, what they can give, how far the unit is, what others give."""
    said = [criteria(language, len(found.lines))]
    if found.most is not None:
        most = language.number(found.most)
        said = [language.say("{criteria}, at most {most} points", criteria=said[0], most=most)]
    said.append(language.say("{done} of {asked} filled in", done=found.done, asked=found.asked))
    if given := [line.entry.code for line in found.lines if not line.is_own]:
        said.append(language.say("not filled in by the unit: {lines}", lines=given))
    return "; ".join(said) + "."
