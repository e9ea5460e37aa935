"""Units: who can be assessed, with their places in the order of protocol."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from evalsvc.domain.names import search_key, sort_key
from evalsvc.store.database import Id, Sorted, metadata

unit = sa.Table(
    "unit",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("code", sa.String(60), nullable=False, unique=True),
    sa.Column("name", sa.String(300), nullable=False),
    sa.Column("sort_key", Sorted, nullable=False),
    sa.Column("search_key", sa.String(600), nullable=False),
    sa.Column("kind", sa.String(60), nullable=False),
    sa.Column("block", sa.String(60), nullable=False),
    sa.Column("parent_id", sa.ForeignKey("unit.id")),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("tags", sa.String(2000), nullable=False),
    sa.Column("exempt", sa.String(500), nullable=False),
    sa.Column("valid_from", sa.Date),
    sa.Column("valid_until", sa.Date),
    sa.CheckConstraint(
        "valid_from IS NULL OR valid_until IS NULL OR valid_from <= valid_until", "validity"
    ),
)

predecessor = sa.Table(
    "unit_predecessor",
    metadata,
    sa.Column("unit_id", sa.ForeignKey("unit.id"), primary_key=True),
    sa.Column("predecessor_id", sa.ForeignKey("unit.id"), primary_key=True),
)


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """A unit as it is kept between rounds; parent and predecessors by code."""

    code: str
    name: str
    kind: str
    block: str
    parent: str = ""
    place: int = 0
    tags: tuple[str, ...] = ()
    exempt: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    predecessors: tuple[str, ...] = field(default=())

    def valid_on(self, day: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day <= self.valid_until)


_parent = unit.alias("parent")


def all_of(connection: Connection) -> Mapping[int, UnitRecord]:
    """Every unit by its id, in the order of protocol, then of names."""
    found = (
        sa.select(unit, _parent.c.code.label("parent"))
        .outerjoin(_parent, _parent.c.id == unit.c.parent_id)
        .order_by(unit.c.place, unit.c.sort_key, unit.c.code)
    )
    before = _predecessors(connection)
    return {row.id: _record(row, before.get(row.id, ())) for row in connection.execute(found)}


def ids(connection: Connection) -> Mapping[str, int]:
    return dict(connection.execute(sa.select(unit.c.code, unit.c.id)).all())


def _predecessors(connection: Connection) -> Mapping[int, tuple[str, ...]]:
    rows = connection.execute(
        sa.select(predecessor.c.unit_id, unit.c.code)
        .join(unit, unit.c.id == predecessor.c.predecessor_id)
        .order_by(predecessor.c.unit_id, unit.c.code)
    )
    found: dict[int, tuple[str, ...]] = {}
    for id_, code in rows:
        found[id_] = (*found.get(id_, ()), code)
    return found


def _record(row: Row[tuple[object, ...]], before: tuple[str, ...]) -> UnitRecord:
    read = row._mapping  # noqa: SLF001 - SQLAlchemy's documented way to columns by name
    return UnitRecord(
        read["code"],
        read["name"],
        read["kind"],
        read["block"],
        read["parent"] or "",
        read["place"],
        tuple(json.loads(read["tags"])),
        read["exempt"],
        read["valid_from"],
        read["valid_until"],
        before,
    )


def put_all(connection: Connection, records: Sequence[UnitRecord]) -> None:
    """Add what is new and change what is known, by code; parents and predecessors afterwards."""
    known = ids(connection)
    new = [_columns(each) for each in records if each.code not in known]
    if new:
        connection.execute(unit.insert(), new)
    changed = [_columns(each) | {"of": each.code} for each in records if each.code in known]
    if changed:
        of = unit.update().where(unit.c.code == sa.bindparam("of"))
        connection.execute(of, changed)
    _put_links(connection, records)


def _columns(record: UnitRecord) -> dict[str, object]:
    return {
        "code": record.code,
        "name": record.name,
        "sort_key": sort_key(record.name),
        "search_key": search_key(f"{record.name} {record.code}"),
        "kind": record.kind,
        "block": record.block,
        "parent_id": None,
        "place": record.place,
        "tags": json.dumps(sorted(record.tags), ensure_ascii=False),
        "exempt": record.exempt,
        "valid_from": record.valid_from,
        "valid_until": record.valid_until,
    }


def _put_links(connection: Connection, records: Iterable[UnitRecord]) -> None:
    known = ids(connection)
    for record in records:
        mine = known[record.code]
        if record.parent:
            of = unit.update().where(unit.c.id == mine)
            connection.execute(of.values(parent_id=known[record.parent]))
        connection.execute(predecessor.delete().where(predecessor.c.unit_id == mine))
        for code in record.predecessors:
            link = {"unit_id": mine, "predecessor_id": known[code]}
            connection.execute(predecessor.insert().values(**link))
