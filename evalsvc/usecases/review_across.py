"""Rows of one line on many sheets, each as its reviewer may mark it now."""

from collections.abc import Sequence

from evalsvc.domain import access
from evalsvc.domain.access import can_review
from evalsvc.domain.answers import Value
from evalsvc.domain.deeds import Deed, is_allowed
from evalsvc.domain.line_course import Step, standing
from evalsvc.domain.readings import read_mark, read_value
from evalsvc.domain.windows import Window
from evalsvc.store.queues import Across
from evalsvc.store.rounds import RoundRecord
from evalsvc.usecases import review_seats
from evalsvc.usecases.review_rows import Row
from evalsvc.usecases.review_seats import ANYBODY, Seats
from evalsvc.usecases.work import Work


def rows_of(
    doing: Work, of: RoundRecord, window: Window, across: Sequence[Across]
) -> tuple[Row, ...]:
    if not across:
        return ()
    places = {each.id: each.place for each in across}
    seats = review_seats.across(doing, of.id, places, across[0].line.code)
    return tuple(row_of(doing, of, window, each, seats[each.id]) for each in across)


def row_of(
    doing: Work, of: RoundRecord, window: Window, each: Across, seats: Seats = ANYBODY
) -> Row:
    unit = each.place.kind, each.tags
    form = doing.shelf.form_of(doing.store, of, each.sha256, unit)
    entry = next(entry for entry in form.entries() if entry.code == each.line.code)
    decimals = form.set.decimals
    line, own = each.line, seats.own if each.line.reviewed is None else None
    claim, mark = line.claim, own.value if own else line.reviewed
    step = standing(line.step, line.returned_until, doing.now)
    value: Value | None = None if not claim else read_value(entry, claim, form.year)
    hour = is_allowed(each.status, Deed.MARK, window, doing.now)
    hour = hour and can_review(doing.actor, each.place)
    return Row(
        each.id,
        each.unit_name,
        entry,
        each.line,
        decimals,
        form.year,
        value,
        None if mark is None else read_mark(entry, mark, form.year, decimals),
        each.status,
        hour and seats.may_mark and step is not Step.RETURNED,
        own.reason if own else each.reason,
        own.adjusts if own else each.adjusted,
        seats=seats,
        step=step,
        leads=access.leads(doing.actor, each.place),
        hour=hour,
    )
