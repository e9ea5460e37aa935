"""Who may do what, role by role."""

from collections.abc import Callable

import pytest

from evalsvc.domain.access import (
    SERVICE,
    Actor,
    Grant,
    Place,
    Role,
    can_administer,
    can_flag,
    can_prepare,
    can_rank,
    can_read,
    can_read_marks,
    can_review,
    may_give,
    require,
    sees_claims,
)
from evalsvc.domain.course import Status
from evalsvc.domain.errors import Forbidden

HERE, ELSEWHERE = Place(1, "so", "khoi-1"), Place(2, "xa", "khoi-2")

EDITOR, HEAD = Grant(Role.EDITOR, 1), Grant(Role.HEAD, 1)
EVALUATOR, LEAD = Grant(Role.EVALUATOR), Grant(Role.LEAD)
LEADER, ADMIN = Grant(Role.LEADER), Grant(Role.ADMIN)

OF_A_PLACE: dict[Callable[[Actor, Place], bool], set[Role]] = {
    can_prepare: {Role.EDITOR, Role.HEAD},
    can_review: {Role.EVALUATOR, Role.LEAD},
    can_flag: {Role.EVALUATOR, Role.LEAD, Role.LEADER},
    can_read: {Role.EDITOR, Role.HEAD, Role.EVALUATOR, Role.LEAD, Role.LEADER},
    can_read_marks: {Role.EVALUATOR, Role.LEAD, Role.LEADER},
}
OF_ALL: dict[Callable[[Actor], bool], set[Role]] = {
    can_rank: {Role.LEADER},
    can_administer: {Role.ADMIN},
}


def of(*grants: Grant) -> Actor:
    return Actor(7, "Người thử", grants)


@pytest.mark.parametrize("grant", [EDITOR, HEAD, EVALUATOR, LEAD, LEADER, ADMIN])
@pytest.mark.parametrize(("question", "roles"), OF_A_PLACE.items())
def test_a_role_may_do_this_to_a_sheet_and_nothing_else(
    question: Callable[[Actor, Place], bool], roles: set[Role], grant: Grant
) -> None:
    assert question(of(grant), HERE) == (grant.role in roles)


@pytest.mark.parametrize("grant", [EDITOR, HEAD, EVALUATOR, LEAD, LEADER, ADMIN])
@pytest.mark.parametrize(("question", "roles"), OF_ALL.items())
def test_a_role_may_do_this_to_the_service_and_nothing_else(
    question: Callable[[Actor], bool], roles: set[Role], grant: Grant
) -> None:
    assert question(of(grant)) == (grant.role in roles)


@pytest.mark.parametrize("question", OF_A_PLACE)
def test_a_role_of_one_unit_means_nothing_in_another(
    question: Callable[[Actor, Place], bool],
) -> None:
    assert not question(of(EDITOR, HEAD), ELSEWHERE)


@pytest.mark.parametrize("question", [*OF_A_PLACE])
def test_without_a_role_nothing_is_allowed(question: Callable[[Actor, Place], bool]) -> None:
    assert not question(of(), HERE)


@pytest.mark.parametrize(
    ("grant", "covered"),
    [
        (Grant(Role.EVALUATOR), {HERE, ELSEWHERE}),
        (Grant(Role.EVALUATOR, unit=1), {HERE}),
        (Grant(Role.EVALUATOR, kind="xa"), {ELSEWHERE}),
        (Grant(Role.EVALUATOR, block="khoi-1"), {HERE}),
    ],
)
def test_a_reviewer_reviews_what_the_role_is_over(grant: Grant, covered: set[Place]) -> None:
    assert {place for place in (HERE, ELSEWHERE) if can_review(of(grant), place)} == covered


@pytest.mark.parametrize("own", [EDITOR, HEAD])
@pytest.mark.parametrize("question", [can_review, can_flag])
def test_nobody_reviews_the_unit_in_which_they_hold_a_role(
    question: Callable[[Actor, Place], bool], own: Grant
) -> None:
    both = of(LEAD, LEADER, own)

    assert not question(both, HERE)
    assert question(both, ELSEWHERE)


def test_an_editor_who_reviews_elsewhere_does_not_see_the_marks_of_the_own_unit() -> None:
    both = of(EDITOR, EVALUATOR)

    assert can_read(both, HERE)
    assert not can_read_marks(both, HERE)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.HEAD])
def test_a_role_of_a_unit_names_the_unit(role: Role) -> None:
    with pytest.raises(ValueError, match="name the unit"):
        Grant(role, kind="so")


def test_a_role_is_over_one_thing() -> None:
    with pytest.raises(ValueError, match="one thing"):
        Grant(Role.EVALUATOR, kind="xa", block="khoi-2")


def test_a_deed_without_the_right_is_forbidden_by_name() -> None:
    require(can_administer(SERVICE), "create-account")

    with pytest.raises(Forbidden) as forbidden:
        require(can_administer(of(LEADER)), "create-account")
    assert forbidden.value.deed == "create-account"


def test_a_unit_reads_what_reviewers_gave_once_its_sheet_is_released() -> None:
    head = Actor(1, "Thủ trưởng", (Grant(Role.HEAD, HERE.unit),))

    found = [can_read_marks(head, HERE, status) for status in Status]

    assert found == [False, False, False, True, True, True]


@pytest.mark.parametrize(
    ("wide", "part", "within"),
    [
        (Grant(Role.LEAD), Grant(Role.EVALUATOR, block="khoi-2"), True),
        (Grant(Role.LEAD, block="khoi-1"), Grant(Role.EVALUATOR, block="khoi-1"), True),
        (Grant(Role.LEAD, block="khoi-1"), Grant(Role.EVALUATOR, block="khoi-2"), False),
        (Grant(Role.LEAD, block="khoi-1"), Grant(Role.EVALUATOR, kind="so"), False),
        (Grant(Role.LEAD, block="khoi-1"), Grant(Role.EVALUATOR), False),
        (Grant(Role.LEAD, block="khoi-1"), Grant(Role.EVALUATOR, unit=1), True),
        (Grant(Role.LEAD, block="khoi-2"), Grant(Role.EVALUATOR, unit=1), False),
        (Grant(Role.LEAD, round=7), Grant(Role.EVALUATOR, round=8), False),
        (Grant(Role.EVALUATOR), Grant(Role.EVALUATOR), False),
        (Grant(Role.ADMIN), Grant(Role.EVALUATOR), True),
    ],
)
def test_a_part_is_given_only_within_what_is_led(
    wide: Grant,
    part: Grant,
    *,
    within: bool,
) -> None:
    place = Place(1, "so", "khoi-1")

    assert may_give(Actor(5, "ai", (wide,)), part, place) is within


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("grant", [EVALUATOR, LEAD, Grant(Role.ANSWERER)])
def test_reviewers_read_what_a_unit_states_once_it_is_handed_in(
    grant: Grant, status: Status
) -> None:
    assert sees_claims(of(grant), HERE, status) == (status is not Status.OPEN)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize(
    # Leaders follow how far the units are
    ("grant", "sees"),
    [(EDITOR, True), (HEAD, True), (LEADER, True), (ADMIN, False)],
)
def test_the_unit_and_leaders_read_it_at_any_time(
    grant: Grant, sees: object, status: Status
) -> None:
    assert sees_claims(of(grant), HERE, status) is sees


def test_who_reviews_elsewhere_reads_nothing_here() -> None:
    elsewhere = of(Grant(Role.EVALUATOR, block="khoi-2"))

    assert not sees_claims(elsewhere, HERE, Status.SUBMITTED)
