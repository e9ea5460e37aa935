"""Units are taken over from a table: what is new, what changes, what ends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evalsvc.catalog import unit_tables
from evalsvc.catalog.unit_tables import UnitRow
from evalsvc.domain.access import can_administer, require
from evalsvc.domain.history import Entry
from evalsvc.store import journal, units
from evalsvc.store.units import UnitRecord
from evalsvc.usecases.work import Work

STREAM = "units"


@dataclass(frozen=True, slots=True)
class Taken:
    """What a table brings, as codes; `ended` are units that get a last day."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    same: int = 0


def read(doing: Work, name: str, content: bytes) -> Sequence[UnitRecord]:
    """The records of a table; raises Faulty with everything that is wrong, before any is kept."""
    known = {record.code: record.parent for record in units.all_of(doing.store).values()}
    return [_record(row) for row in unit_tables.read(name, content, known)]


def _record(row: UnitRow) -> UnitRecord:
    return UnitRecord(
        row.code,
        row.name,
        row.kind,
        row.block,
        row.parent,
        row.order,
        tuple(sorted(row.tags)),
        row.exempt,
        row.begins,
        row.ends,
        tuple(sorted(row.predecessors)),
    )


def difference(doing: Work, records: Sequence[UnitRecord]) -> Taken:
    """What would happen; a unit that is not among the records is left alone."""
    known = {record.code: record for record in units.all_of(doing.store).values()}
    new, changed, ended = [], [], []
    for record in records:
        before = known.get(record.code)
        if before is None:
            new.append(record.code)
        elif record.valid_until is not None and record.valid_until != before.valid_until:
            ended.append(record.code)
        elif record != _in_order(before):
            changed.append(record.code)
    same = len(records) - len(new) - len(changed) - len(ended)
    return Taken(tuple(new), tuple(changed), tuple(ended), same)


def _in_order(record: UnitRecord) -> UnitRecord:
    tags, before = tuple(sorted(record.tags)), tuple(sorted(record.predecessors))
    return replace(record, tags=tags, predecessors=before)


def take(doing: Work, records: Sequence[UnitRecord]) -> Taken:
    """Keep the records: units are added or changed by code, none is ever removed."""
    require(can_administer(doing.actor), "take-units")
    records = [_in_order(record) for record in records]
    found = difference(doing, records)
    touched = {*found.new, *found.changed, *found.ended}
    units.put_all(doing.store, [record for record in records if record.code in touched])
    account = doing.actor.account
    for deed, codes in (("add", found.new), ("change", found.changed), ("end", found.ended)):
        if codes:
            data: dict[str, str | int | None] = {
                "number": len(codes),
                "units": " ".join(codes),
            }
            told = Entry(f"{deed}-units", doing.now, account, data=data)
            journal.note(doing.store, STREAM, told)
    return found


def take_table(doing: Work, name: str, content: bytes) -> Taken:
    """A whole table, or nothing of it."""
    return take(doing, read(doing, name, content))
