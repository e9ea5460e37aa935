"""The WHERE clause lets through what the domain says may be seen, for every sort of role."""

from collections.abc import Callable
from itertools import combinations

import pytest
import sqlalchemy as sa

from evalsvc.domain.access import SERVICE, Actor, Grant, Place, Role, can_read, can_review
from evalsvc.store import rounds, scope, units
from evalsvc.store.assessments import assessment
from tests.web.small_house import ROUND, House

Clause = Callable[[Actor, sa.Table], sa.ColumnElement[bool]]
OF_UNIT = {Role.EDITOR, Role.HEAD}


def grants(house: House) -> list[Grant]:
    """Each role over a unit, a kind, a block and all, in every round and in one."""
    with house.office.reading(SERVICE) as doing:
        unit = units.ids(doing.store)["so-noi-vu"]
        of = rounds.of_code(doing.store, ROUND)
    assert of is not None
    found = []
    for role in Role:
        found.append(Grant(role, unit))
        if role in OF_UNIT:
            continue
        found += [Grant(role), Grant(role, kind="xa"), Grant(role, block="khoi-1")]
        if role in (Role.EVALUATOR, Role.ANSWERER):
            found += [
                Grant(role, round=of.id),
                Grant(role, block="khoi-1", round=of.id, lines=frozenset({"A1"})),
            ]
    return found


def places(house: House) -> dict[int, Place]:
    with house.office.reading(SERVICE) as doing:
        rows = doing.store.execute(sa.select(assessment)).all()
    return {row.id: Place(row.unit_id, row.kind, row.block, row.round_id) for row in rows}


@pytest.mark.parametrize(
    ("clause", "question"),
    [(scope.readable_by, can_read), (scope.reviewed_by, None)],
    ids=["readable", "reviewed"],
)
def test_the_clause_lets_through_what_the_domain_allows(
    house: House, clause: Clause, question: Callable[[Actor, Place], bool] | None
) -> None:
    sheets, every = places(house), grants(house)
    people = [Actor(7, "Người thử", each) for each in combinations(every, 1)]
    people += [Actor(7, "Người thử", each) for each in combinations(every, 2)]

    with house.office.reading(SERVICE) as doing:
        for actor in people:
            found = set(
                doing.store.execute(sa.select(assessment.c.id).where(clause(actor, assessment)))
                .scalars()
                .all()
            )
            allowed = {id_ for id_, place in sheets.items() if asked(question, actor, place)}
            assert found == allowed, actor.grants


def asked(question: Callable[[Actor, Place], bool] | None, actor: Actor, place: Place) -> bool:
    """Whoever answers explanations reviews what they may see, without marking it."""
    if question is not None:
        return question(actor, place)
    answers = actor.holds({Role.ANSWERER}, place) and place.unit not in actor.own_units()
    return can_review(actor, place) or answers
