"""An own sheet as a whole, on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask.typing import ResponseReturnValue

from evalsvc import request
from evalsvc.domain.lines import Layer, LineScore, State
from evalsvc.domain.results import Result
from evalsvc.domain.scoring import OUT
from evalsvc.usecases import evidence_seen, own_sheets
from evalsvc.usecases.own_sheets import GroupSeen, Line
from evalsvc.web.evidence_views import on_paper
from evalsvc.web.unit_lines import Shower
from evalsvc.web.unit_pages import show
from evalsvc.web.unit_views import sheet_view
from evalsvc.words.steps import step_sentences, total_and_compared
from evalsvc.words.verdicts import band_sentences, gate_sentences


@dataclass(frozen=True, slots=True)
class Row:
    """One line on paper."""

    code: str
    name: str
    stated: str
    most: Decimal | None
    claimed: Decimal | None
    reviewed: Decimal | None
    final: Decimal | None
    note: str
    supplied: str
    in_charge: str
    documents: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One group on paper with its lines."""

    code: str
    name: str
    most: Decimal | None
    claimed: Decimal
    rows: Sequence[Row]


def print_(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    language = request.spoken()
    with request.reading() as doing:
        own = own_sheets.own(doing, id)
        below = own_sheets.below(doing, own.sheet.round, own.sheet.form.entries())
        papers = evidence_seen.of_own(doing, own.sheet, own.window, ())
    shower, found = Shower(language, own, None, below, papers), own.sheet.result(Layer.CLAIMED)
    return show(
        "unit/print.html",
        view=sheet_view(language, own),
        parts=[part(shower, each, found) for each in own.groups()],
        steps=list(step_sentences(language, found.sheet)),
        total=total_and_compared(language, found.sheet),
        verdict=[*band_sentences(language, found), *gate_sentences(language, found)],
        decimals=shower.decimals,
        set=own.sheet.form.set,
        year=str(own.sheet.form.year),
        submitted_at=own.record.submitted_at,
    )


def part(shower: Shower, group: GroupSeen, found: Result) -> Part:
    of = group.section.group
    rows = [_row(shower, line, found.sheet.line(line.entry.code)) for line in group.lines]
    return Part(of.code, of.name, group.most, group.points, rows)


def _row(shower: Shower, line: Line, score: LineScore | None) -> Row:
    marks = shower.own.sees_marks
    counts = score is not None and score.state is not State.NOT_DUE and score.treatment not in OUT
    return Row(
        line.entry.code,
        line.entry.criterion.name,
        _stated(shower, line, score),
        line.entry.most,
        score.points if score and counts else None,
        line.record.reviewed_points if marks else None,
        line.record.final_points if marks else None,
        line.record.note,
        shower.supplied(line.record.supplied_at),
        line.record.in_charge,
        [on_paper(shower.language, each) for each in shower.papers.shown.get(line.entry.code, ())],
    )


def _stated(shower: Shower, line: Line, score: LineScore | None) -> str:
    if line.record.draft is not None:
        return shower.calc(line, None).text
    return shower.text(score) if score else ""
