"""An opened line with all that belongs to it: history, rules that speak, seats, documents."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from evalsvc.domain.dates import ZONE
from evalsvc.domain.history import Entry
from evalsvc.usecases import reasons, review
from evalsvc.usecases.review import ReviewSheet
from evalsvc.usecases.review_rows import Row
from evalsvc.usecases.review_seats import Chair
from evalsvc.usecases.work import Work
from evalsvc.web.evaluate_aside import Aside, ChairView, Sending
from evalsvc.web.evaluate_evidence import papers_beside
from evalsvc.web.evaluate_views import RowView, Shower

DAYS_TO_SUPPLY = 3
EVENING = time(17)


def with_details(doing: Work, shower: Shower, found: ReviewSheet, view: RowView) -> RowView:
    """What only the open line shows."""
    row, code = view.row, view.row.entry.code
    deeds = review.histories(doing, found, [code]).get(code, ())
    return replace(
        view,
        history=shower.history(row, deeds),
        warnings=tuple(each.say for each in found.warnings([code])),
        papers=papers_beside(doing, found, code),
        aside=Aside(
            tuple(chair_view(shower, row, each) for each in row.seats.chairs),
            _before(shower, row, [entry for _, entry in deeds]),
            _reasons(doing, found, view),
            Sending(_until(shower, found)) if row.may_return else None,
            Sending() if row.may_pass else None,
        ),
    )


def chair_view(shower: Shower, row: Row, chair: Chair) -> ChairView:
    who, mark = ", ".join(chair.who), chair.mark
    if mark is None:
        return ChairView(chair.seat, who, chair.state.value)
    points = shower.language.points(mark.points, row.decimals)
    # Whoever gave the mark may have handed the seat over since.
    said = shower.said(row, mark.value)
    return ChairView(chair.seat, mark.who or who, chair.state.value, said, points, mark.reason)


def _before(shower: Shower, row: Row, deeds: Sequence[Entry]) -> str:
    """What stood there when the line was returned the last time; the newest entry comes first."""
    if row.line.supplied_at is None:
        return ""
    for each in deeds:
        if each.deed == "return":
            claim = (each.data or {}).get("claim")
            return shower.said(row, str(claim)) if claim else shower.language.say("nothing stated")
    return ""


def _reasons(doing: Work, found: ReviewSheet, view: RowView) -> tuple[str, ...]:
    if view.form is None:
        return ()
    return tuple(reasons.on_criterion(doing, found.sheet.round.id, view.row.entry.code))


def _until(shower: Shower, found: ReviewSheet) -> str:
    """Some days from now in the evening, and not after the review has ended."""
    day = (found.now.astimezone(ZONE) + timedelta(days=DAYS_TO_SUPPLY)).date()
    last = found.window.locks.astimezone(ZONE) - timedelta(days=1)
    until = min(datetime.combine(day, EVENING, ZONE), last)
    return until.strftime("%d/%m/%Y %H:%M")
