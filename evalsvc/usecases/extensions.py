"""More time: to assess, to review or to explain, for one unit, a block or everybody."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from evalsvc.domain.access import can_rank, require
from evalsvc.domain.course import Status, may_gain
from evalsvc.domain.dates import ZONE
from evalsvc.domain.errors import Refused
from evalsvc.domain.history import Entry as Written
from evalsvc.domain.line_course import WITH_UNIT
from evalsvc.domain.windows import LONGEST_EXTENSION, Task
from evalsvc.store import journal, queues, rounds, sheet_lines
from evalsvc.store.assessments import Record
from evalsvc.store.queues import Wanted
from evalsvc.store.rounds import RoundRecord
from evalsvc.usecases import sheets
from evalsvc.usecases.reasons import short_reason_of
from evalsvc.usecases.rounds import of_code
from evalsvc.usecases.sheets import Told
from evalsvc.usecases.work import Work


@dataclass(frozen=True, slots=True)
class To:
    """For whom there is more time, exactly one of the three, and for what."""

    unit: str = ""
    block: str = ""
    everyone: bool = False
    task: Task = Task.ASSESS


def extend(doing: Work, code: str, until: datetime, reason: str, to: To) -> tuple[str, ...]:
    """More time for those who are named; the codes of the units that have it."""
    require(can_rank(doing.actor), "extend-round")
    of, said, task = of_code(doing, code), short_reason_of(reason), to.task
    unit, block = to.unit, to.block
    if sum((bool(unit), bool(block), to.everyone)) != 1:
        raise Refused("unit-or-block")
    if block and block not in (choices := [each.code for each in of.blocks]):
        raise Refused("no-such-block", text=block, choices=choices)
    _demand_later(doing, of, until, task)
    found = [
        each
        for each in queues.led(doing.store, doing.actor, Wanted(of.id, block))
        if not unit or unit in (each.unit_code, each.unit_name)
    ]
    if not found:
        raise Refused("unit-not-of-round", text=unit or block)
    found = _gaining(doing, of, found, until, task)
    given = doing.actor.account, doing.now
    for each in found:
        rounds.put_extension(doing.store, (of.id, each.unit_id, task), until, said, given)
    if task is Task.EXPLAIN:
        _hear_longer(doing, found, until)
    codes = tuple(each.unit_code for each in found)
    data: dict[str, str | int | None] = {
        "task": task.value,
        "until": until.astimezone(ZONE).isoformat(timespec="minutes"),
        "units": " ".join(codes),
        "reason": said,
    }
    entry = Written("extend-round", doing.now, doing.actor.account, data=data)
    journal.note(doing.store, f"round:{of.code}", entry)
    return codes


def _demand_later(doing: Work, of: RoundRecord, until: datetime, task: Task) -> None:
    if not rounds.hold(doing.store, of.id):
        raise Refused("round-is-closed", round=of.code)
    if task not in of.windows:
        raise Refused("round-without-window", round=of.code)
    if until <= (closes := of.windows[task].closes):
        raise Refused("extension-shortens", closes=closes)
    if until > closes + LONGEST_EXTENSION:
        raise Refused("extension-too-long", until=until)
    if until <= doing.now:
        raise Refused("extension-over", until=until)


def _gaining(
    doing: Work, of: RoundRecord, found: Sequence[Record], until: datetime, task: Task
) -> list[Record]:
    """Those for whom it is more time; nobody loses a later hour to what many are given."""
    standing = rounds.extensions_of(doing.store, of.id, task)
    if not (going := [each for each in found if may_gain(each.status, task)]):
        raise Refused("sheet-closed" if task is not Task.EXPLAIN else "sheet-concluded")
    gaining = [each for each in going if standing.get(each.unit_id, until) <= until]
    if not gaining:
        closes = min(standing[each.unit_id] for each in going)
        raise Refused("extension-shortens", closes=closes)
    return gaining


def _hear_longer(doing: Work, found: Sequence[Record], until: datetime) -> None:
    """Sheets that are with their units already: the hour that was told moves with it."""
    released = [each.id for each in found if each.status is Status.RELEASED]
    for id_ in sorted(released):
        sheet, _ = sheets.held(doing, id_, Task.ASSESS)
        if sheet.record.status is not Status.RELEASED:  # concluded while this waited for it
            continue
        later = [
            replace(line, explain_until=until, version=line.version + 1)
            for line in sheet.lines.values()
            if line.step in WITH_UNIT and line.explain_until and line.explain_until < until
        ]
        sheet_lines.put_all(doing.store, id_, later)
        before = sheet.record.explain_until
        columns = {"explain_until": max(before, until) if before else until}
        told = Told("hear-longer", data={"until": until.isoformat(timespec="minutes")})
        sheets.keep(doing, sheet.with_line(*later), told, columns=columns)
