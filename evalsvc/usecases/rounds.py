"""Rounds are opened with frozen sets and units, extended for some units, and closed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evalsvc.catalog.round_openings import Named, RoundOpening
from evalsvc.domain.access import can_administer, can_rank, require
from evalsvc.domain.course import Status
from evalsvc.domain.criteria import CriteriaSet
from evalsvc.domain.dates import ZONE
from evalsvc.domain.errors import Refused
from evalsvc.domain.history import Entry as Deed
from evalsvc.domain.windows import Task
from evalsvc.store import criteria_texts, journal, queues, rounds, units
from evalsvc.store.assessments import Record
from evalsvc.store.queues import Wanted
from evalsvc.store.rounds import RoundRecord
from evalsvc.store.units import UnitRecord
from evalsvc.usecases import assignments, blank_sheets, decide
from evalsvc.usecases.assignments import Part
from evalsvc.usecases.decide import Picked
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
    """Codes of the units whose sheets are closed, and of those that were not concluded."""

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
    record = replace(_record(opening), id=id_)
    _appoint(doing, record, opening.reviewers)
    assignments.demand_manned(doing, record)
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


def _appoint(doing: Work, of: RoundRecord, named: Iterable[Named]) -> None:
    ids = units.ids(doing.store)
    for each in named:
        if each.unit and each.unit not in ids:
            raise Refused("no-such-unit", text=each.unit)
        over = ids.get(each.unit) if each.unit else None
        part = Part(each.account, each.role, over, each.kind, each.block, each.lines, each.seat)
        assignments.assign(doing, of, part)


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
        hearing=opening.hearing,
    )


# Closing


def close(doing: Work, code: str, decision: str) -> Closed:
    """Close every concluded sheet by one decision; the others stay as they are.

    May be done again for sheets that have been concluded since.
    """
    require(can_rank(doing.actor), "close-round")
    said = decide.decision_of(decision)
    of = of_code(doing, code)
    ready = queues.led(doing.store, doing.actor, Wanted(of.id, statuses=(Status.CONCLUDED,)))
    found = decide.close_all(doing, [Picked(each.id, each.head.link) for each in ready], said)
    if not found.done:
        raise Refused("nothing-to-close", round=code)
    if not of.closed:
        rounds.put_closed(doing.store, of.id, doing.now)
    left = tuple(_left(queues.led(doing.store, doing.actor, Wanted(of.id))))
    data: dict[str, str | int | None] = {
        "decision": said,
        "concluded": len(found.done),
        "left": " ".join(left),
    }
    _tell(doing, code, "close-round", data)
    return Closed(tuple(each.unit_code for each in found.sheets), left)


def _left(all_sheets: Iterable[Record]) -> Iterator[str]:
    for each in all_sheets:
        if each.status is not Status.CLOSED and not each.exempt:
            yield each.unit_code


def _tell(doing: Work, code: str, deed: str, data: Mapping[str, str | int | None]) -> None:
    entry = Deed(deed, doing.now, doing.actor.account, data=data)
    journal.note(doing.store, f"round:{code}", entry)
