"""Who may see which assessments, as a WHERE clause for pages, files, counts and search alike.

The clause has a place for each role that somebody holds, and the roles fill it in: people with the
same sorts of roles share one statement, which SQLAlchemy then compiles once.
"""

from collections.abc import Iterable, Iterator, Mapping

import sqlalchemy as sa

from evalsvc.domain.access import ASSIGNED, OF_UNIT, Actor, Grant, Role

Shape = tuple[tuple[Role, str, bool], ...]
"""The roles of a person, what each is over, and whether in one round, without saying which one."""

Given = Mapping[str, object]
"""What fills the places of a clause; empty where a statement is filled when it is executed."""

_UNIT, _KIND, _BLOCK, _ALL = "unit_id", "kind", "block", ""
LEADERS = frozenset({Role.LEADER})
_LINES = frozenset(Role) - {Role.ADMIN}
"""Roles that show lines at all, as `access.lines_seen` has it."""


def reviewed_by(actor: Actor, of: sa.Table) -> sa.ColumnElement[bool]:
    """Assessments that this person reviews: what the roles cover, minus units of their own."""
    return _reviewed(shape(actor), of, parameters(actor))


def prepared_by(actor: Actor, of: sa.Table) -> sa.ColumnElement[bool]:
    return _covered(shape(actor), OF_UNIT, of, parameters(actor))


def led_by(actor: Actor, of: sa.Table) -> sa.ColumnElement[bool]:
    return _covered(shape(actor), LEADERS, of, parameters(actor))


def readable_by(actor: Actor, of: sa.Table) -> sa.ColumnElement[bool]:
    return _readable(shape(actor), of, parameters(actor))


def readable(of: Shape, table: sa.Table) -> sa.ColumnElement[bool]:
    """With empty places, which `parameters` fill when the statement is executed."""
    return _readable(of, table, {})


def led(of: Shape, table: sa.Table) -> sa.ColumnElement[bool]:
    """The same for leaders."""
    return _covered(of, LEADERS, table, {})


def lines_of(
    actor: Actor, of: sa.Table, code: sa.ColumnElement[str]
) -> list[sa.ColumnElement[bool]]:
    """Beside one of the above: whoever is named for some lines sees only those."""
    if not any(grant.lines for grant in actor.grants):
        return []
    return [sa.or_(*(_takes(each, of, code) for each in actor.grants if each.role in _LINES))]


def _takes(grant: Grant, of: sa.Table, code: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    found = {_UNIT: grant.unit, _KIND: grant.kind or None, _BLOCK: grant.block or None}
    parts = [of.c[name] == value for name, value in found.items() if value is not None]
    if grant.round is not None:
        parts.append(of.c.round_id == grant.round)
    if grant.lines:
        parts.append(code.in_(sorted(grant.lines)))
    return sa.and_(sa.true(), *parts)


def shape(actor: Actor) -> Shape:
    return tuple((grant.role, _what(grant), grant.round is not None) for grant in actor.grants)


def parameters(actor: Actor) -> Given:
    """What fills a statement that was made for the shape of this person's roles."""
    return dict(_parameters(actor))


def _readable(of: Shape, table: sa.Table, given: Given) -> sa.ColumnElement[bool]:
    return sa.or_(
        _covered(of, OF_UNIT, table, given),
        _reviewed(of, table, given),
        _covered(of, LEADERS, table, given),
    )


def _reviewed(of: Shape, table: sa.Table, given: Given) -> sa.ColumnElement[bool]:
    own = _covered(of, OF_UNIT, table, given)
    return sa.and_(_covered(of, ASSIGNED, table, given), sa.not_(own))


def _parameters(actor: Actor) -> Iterator[tuple[str, object]]:
    for at, grant in enumerate(actor.grants):
        if what := _what(grant):
            yield _name(at), {_UNIT: grant.unit, _KIND: grant.kind, _BLOCK: grant.block}[what]
        if grant.round is not None:
            yield _round(at), grant.round


def _what(grant: Grant) -> str:
    if grant.unit is not None:
        return _UNIT
    if grant.kind:
        return _KIND
    return _BLOCK if grant.block else _ALL


def _name(at: int) -> str:
    return f"grant_{at}"


def _round(at: int) -> str:
    return f"grant_{at}_round"


def _covered(
    of: Shape, roles: Iterable[Role], table: sa.Table, given: Given
) -> sa.ColumnElement[bool]:
    wanted = frozenset(roles)
    parts = []
    for at, (role, what, in_round) in enumerate(of):
        if role not in wanted:
            continue
        part = table.c[what] == _place(_name(at), given) if what else sa.true()
        if in_round:
            part = sa.and_(part, table.c.round_id == _place(_round(at), given))
        parts.append(part)
    return sa.or_(sa.false(), *parts)


def _place(name: str, given: Given) -> sa.BindParameter[object]:
    return sa.bindparam(name, given[name]) if name in given else sa.bindparam(name)
