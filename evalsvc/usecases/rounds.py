"""Rounds are opened with frozen sets and units, extended for some units, and closed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from evalsvc.catalog.round_openings import RoundOpening
from evalsvc.domain.access import can_administer, can_rank, require
from evalsvc.domain.course import Status
from evalsvc.domain.criteria import CriteriaSet
from evalsvc.domain.dates import ZONE
from evalsvc.domain.errors import Refused
from evalsvc.domain.forms import Entry
from evalsvc.domain.history import Entry as Deed
from evalsvc.domain.lines import Layer
from evalsvc.domain.windows import Task
from evalsvc.store import criteria_texts, journal, queues, rounds, sheet_lines, units
from evalsvc.store.assessments import Record
from evalsvc.store.queues import Wanted
from evalsvc.store.rounds import RoundRecord
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.store.units import UnitRecord
from evalsvc.usecases import blank_sheets, sheets
from evalsvc.usecases.sheets import Sheet, Told
from evalsvc.usecases.work import Work


@dataclass(frozen=True, slots=True)
class Opened:
    """`left_out` are units of today that have no set or no block in the round."""

    id: int
    sheets: int
    lines: int
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Closed:
    """Codes of the units whose sheets are concluded, and of those that were not reviewed."""

    concluded: tuple[str, ...]
    left: tuple[str, ...]


def all_of(doing: Work) -> Sequence[RoundRecord]:
    """Newest first."""
    return rounds.all_of(doing.store)


def of_code(doing: Work, code: str) -> RoundRecord:
    if (found := rounds.of_code(doing.store, code)) is None:
        choices = [each.code for each in rounds.all_of(doing.store)]
        raise Refused("no-such-round", text=code, choices=choices)
    return found


# Opening


def open_(doing: Work, opening: RoundOpening) -> Opened:
    """Freeze the sets and the units of the day on which units begin, and put in every sheet."""
    require(can_administer(doing.actor), "open-round")
    if rounds.of_code(doing.store, opening.code) is not None:
        raise Refused("round-exists", round=opening.code)
    standing = _standing(doing, opening)
    taken = {id_: each for id_, each in standing.items() if _is_of(opening, each)}
    if not taken:
        day = opening.windows[Task.ASSESS].opens.astimezone(ZONE).date()
        raise Refused("round-without-units", day=day)
    made = blank_sheets.blanks(opening, taken.values())
    for criteria in opening.sets.values():
        _freeze(doing, criteria, opening.texts)
    id_ = rounds.add(doing.store, _record(opening), doing.now)
    blank_sheets.put(doing, id_, taken, made)
    lines = sum(len(made[blank_sheets.sort_of(each)].lines) for each in taken.values())
    data: dict[str, str | int | None] = {
        "sheets": len(taken),
        "lines": lines,
        "sets": " ".join(f"{kind}={each.sha256}" for kind, each in sorted(opening.sets.items())),
    }
    _tell(doing, opening.code, "open-round", data)
    left = tuple(each.code for key, each in standing.items() if key not in taken)
    return Opened(id_, len(taken), lines, left)


def _standing(doing: Work, opening: RoundOpening) -> dict[int, UnitRecord]:
    day = opening.windows[Task.ASSESS].opens.astimezone(ZONE).date()
    return {id_: each for id_, each in units.all_of(doing.store).items() if each.valid_on(day)}


def _is_of(opening: RoundOpening, unit: UnitRecord) -> bool:
    return unit.kind in opening.sets and unit.block in {block.code for block in opening.blocks}


def _freeze(doing: Work, criteria: CriteriaSet, texts: Mapping[str, str]) -> None:
    """A text is kept once; the same code and version never get another one."""
    code, version = criteria.code, criteria.version
    kept = criteria_texts.sha256_of(doing.store, code, version)
    if kept is None:
        text = texts[criteria.sha256]
        criteria_texts.add(doing.store, criteria.sha256, code, version, text)
    elif kept != criteria.sha256:
        raise Refused("set-changed", set=code, version=version)


def _record(opening: RoundOpening) -> RoundRecord:
    return RoundRecord(
        0,
        opening.code,
        opening.title,
        opening.year,
        opening.half,
        opening.overall,
        {kind: criteria.sha256 for kind, criteria in opening.sets.items()},
        opening.blocks,
        opening.windows,
        opening.dates,
    )


# Extending


def extend(
    doing: Work, code: str, until: datetime, reason: str, *, unit: str = "", block: str = ""
) -> tuple[str, ...]:
    """More time to assess for one unit or a block; the codes of the units that have it."""
    require(can_rank(doing.actor), "extend-round")
    of = of_code(doing, code)
    if bool(unit) == bool(block):
        raise Refused("unit-or-block")
    if block and block not in (choices := [each.code for each in of.blocks]):
        raise Refused("no-such-block", text=block, choices=choices)
    if not reason.strip():
        raise Refused("reason-missing", line="")
    _demand_later(of, until)
    found = [
        each
        for each in queues.led(doing.store, doing.actor, Wanted(of.id, block))
        if not unit or each.unit_code == unit
    ]
    if not found:
        raise Refused("unit-not-of-round", text=unit or block)
    given = doing.actor.account, doing.now
    for each in found:
        key = of.id, each.unit_id, Task.ASSESS
        rounds.put_extension(doing.store, key, until, reason.strip(), given)
    codes = tuple(each.unit_code for each in found)
    data: dict[str, str | int | None] = {
        "until": until.astimezone(ZONE).isoformat(timespec="minutes"),
        "units": " ".join(codes),
        "reason": reason.strip(),
    }
    _tell(doing, of.code, "extend-round", data)
    return codes


def _demand_later(of: RoundRecord, until: datetime) -> None:
    if of.closed:
        raise Refused("round-is-closed", round=of.code)
    if until <= (closes := of.windows[Task.ASSESS].closes):
        raise Refused("extension-shortens", closes=closes)


# Closing


def close(doing: Work, code: str, decision: str) -> Closed:
    """Conclude every reviewed sheet with what is in force on it; the others stay as they are.

    May be done again for sheets that have been reviewed since.
    """
    require(can_rank(doing.actor), "close-round")
    if not decision.strip():
        raise Refused("decision-missing")
    of = of_code(doing, code)
    all_sheets = queues.led(doing.store, doing.actor, Wanted(of.id))
    reviewed = [each for each in all_sheets if each.status is Status.REVIEWED]
    if not reviewed:
        raise Refused("nothing-to-close", round=code)
    in_order = sorted(reviewed, key=lambda record: record.id)
    done = [each for each in in_order if _conclude(doing, each, decision.strip())]
    if not done:
        raise Refused("nothing-to-close", round=code)
    if not of.closed:
        rounds.put_closed(doing.store, of.id, doing.now)
    left = tuple(_left(queues.led(doing.store, doing.actor, Wanted(of.id))))
    data: dict[str, str | int | None] = {
        "decision": decision.strip(),
        "concluded": len(done),
        "left": " ".join(left),
    }
    _tell(doing, code, "close-round", data)
    return Closed(tuple(each.unit_code for each in done), left)


def _left(all_sheets: Iterable[Record]) -> Iterator[str]:
    for each in all_sheets:
        if each.status in (Status.OPEN, Status.SUBMITTED) and not each.exempt:
            yield each.unit_code


def _conclude(doing: Work, record: Record, decision: str) -> bool:
    """Whether it was still reviewed when its turn came: a review may be taken up again."""
    sheet, _ = sheets.held(doing, record.id, Task.REVIEW)
    if sheet.record.status is not Status.REVIEWED:
        return False
    changed = [concluded(sheet, entry) for entry in sheet.form.entries()]
    sheet_lines.put_all(doing.store, record.id, changed)
    after = replace(sheet, lines={line.code: line for line in changed})
    sheets.keep(
        doing,
        after,
        Told("close", data={"decision": decision}),
        status=Status.CLOSED,
        columns={"closed_at": doing.now},
    )
    return True


def concluded(sheet: Sheet, entry: Entry) -> LineRecord:
    """The line with what is in force on it after the review: the mark, else the claim."""
    line = sheet.lines[entry.code]
    text = line.claim if line.reviewed is None else line.reviewed
    if text is None:
        return line
    points = sheet.points(entry, sheet.mark(entry, text), Layer.FINAL)
    return replace(line, final=text, final_points=points, version=line.version + 1)


def _tell(doing: Work, code: str, deed: str, data: Mapping[str, str | int | None]) -> None:
    entry = Deed(deed, doing.now, doing.actor.account, data=data)
    journal.note(doing.store, f"round:{code}", entry)
