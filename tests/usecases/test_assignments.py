"""Parts of a round: given within one's scope, handed over, never so that a line has nobody."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from evalsvc.domain.access import SERVICE, Actor, Grant, Role
from evalsvc.domain.errors import Forbidden, NotFound, Refused
from evalsvc.store import accounts, marks, rounds, units
from evalsvc.store.assignments import Named, of_round
from evalsvc.store.rounds import RoundRecord
from evalsvc.usecases import assignments, evaluate
from evalsvc.usecases.assignments import Part
from evalsvc.usecases.sheets import Seen
from evalsvc.usecases.work import Work
from tests.usecases.together import another_process, while_held
from tests.web.evaluator import handed_in, line_of
from tests.web.small_house import ROUND, House

EDITOR = Role.EDITOR
OF_SO = Part("evaluator", Role.EVALUATOR, kind="so", lines=frozenset({"A1"}))


def of(doing: Work) -> RoundRecord:
    found = rounds.of_code(doing.store, ROUND)
    assert found is not None
    return found


def assign(house: House, part: Part, by: str = "lead") -> None:
    house.office.do(house.actor(by), lambda doing: assignments.assign(doing, of(doing), part))


def parts(house: House) -> list[Named]:
    with house.office.reading(SERVICE) as doing:
        return list(of_round(doing.store, of(doing).id))


def refused(deed: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        deed()
    return caught.value.message


def person(house: House, name: str, *grants: Grant) -> None:
    with house.office.writing(SERVICE) as doing:
        id_ = accounts.add(doing.store, name, name, "none", doing.now)
        for grant in grants:
            accounts.add_grant(doing.store, id_, grant)
    house.people[name] = Actor(id_, name, grants)


def hand_over(house: House, to: str, reason: str = "Nghỉ phép", by: str = "lead") -> None:
    (part,) = parts(house)

    def deed(doing: Work) -> None:
        assignments.hand_over(doing, of(doing), part.id, to, reason)

    house.office.do(house.actor(by), deed)


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (Part("khong-co", Role.EVALUATOR), "no-such-reviewer"),
        (Part("editor", Role.EVALUATOR), "no-such-reviewer"),
        (Part("evaluator", Role.LEAD), "role-not-assigned"),
        (Part("evaluator", Role.HEAD, unit=1), "role-not-assigned"),
        (Part("evaluator", Role.EVALUATOR, kind="tinh"), "no-such-kind"),
        (Part("evaluator", Role.EVALUATOR, block="khoi-9"), "no-such-block"),
        (Part("evaluator", Role.EVALUATOR, unit=99), "unit-not-of-round"),
        (Part("evaluator", Role.EVALUATOR, lines=frozenset({"Z1"})), "no-such-lines"),
    ],
)
def test_what_there_is_not_cannot_be_given(house: House, part: Part, why: str) -> None:
    assert refused(lambda: assign(house, part)) == why
    assert parts(house) == []


def test_an_account_without_any_role_may_be_given_a_part(house: House) -> None:
    person(house, "thanh-tra")

    assign(house, Part("thanh-tra", Role.EVALUATOR, lines=frozenset({"P1"})))

    assert [each.name for each in parts(house)] == ["thanh-tra"]


def test_the_same_part_is_not_given_twice(house: House) -> None:
    assign(house, OF_SO)

    assert refused(lambda: assign(house, OF_SO)) == "assigned-already"


@pytest.mark.parametrize("by", ["evaluator", "leader", "head"])
def test_only_leads_and_administrators_give_parts(house: House, by: str) -> None:
    with pytest.raises(Forbidden):
        assign(house, OF_SO, by)


@pytest.mark.parametrize(
    "part",
    [
        Part("evaluator", Role.EVALUATOR),
        Part("evaluator", Role.EVALUATOR, block="khoi-2"),
        Part("evaluator", Role.EVALUATOR, kind="so"),
        Part("evaluator", Role.EVALUATOR, unit=3),
    ],
)
def test_a_lead_of_a_block_gives_nothing_beyond_it(house: House, part: Part) -> None:
    person(house, "khoi", Grant(Role.LEAD, block="khoi-1"))

    with pytest.raises(Forbidden):
        assign(house, part, "khoi")


def test_a_lead_of_a_block_gives_a_unit_of_it(house: House) -> None:
    person(house, "khoi", Grant(Role.LEAD, block="khoi-1"))
    with house.office.reading(SERVICE) as doing:
        unit = units.ids(doing.store)["so-y-te"]

    assign(house, Part("evaluator", Role.EVALUATOR, unit=unit), "khoi")

    assert [each.unit_name for each in parts(house)] == ["Sở Y tế"]


def test_marks_stay_with_whoever_gave_them_when_a_part_is_handed_over(house: House) -> None:
    handed_in(house)
    person(house, "hai", Grant(Role.EVALUATOR))
    assign(house, OF_SO)
    id_, by = house.sheet(), house.actor("evaluator")
    house.office.do(by, evaluate.accept, id_, "A1", Seen(line_of(house, "A1").version))

    hand_over(house, "hai")

    assert [each.name for each in parts(house)] == ["hai"]
    with house.office.reading(SERVICE) as doing:
        assert marks.authors(doing.store, id_, "A1") == {by.account}


def test_nothing_is_handed_over_without_a_reason_or_to_the_same_person(house: House) -> None:
    assign(house, OF_SO)

    assert refused(lambda: hand_over(house, "lead", " ")) == "reason-missing"
    assert refused(lambda: hand_over(house, "evaluator")) == "no-such-reviewer"
    assert [each.name for each in parts(house)] == ["evaluator"]


def test_a_line_is_not_handed_to_somebody_of_the_unit_alone(house: House) -> None:
    """Whoever is named takes the line from the others; nobody of them would be left."""
    with house.office.reading(SERVICE) as doing:
        own = units.ids(doing.store)["so-noi-vu"]
    person(house, "cua-so", Grant(Role.EDITOR, own), Grant(Role.EVALUATOR))
    with house.office.writing(SERVICE) as doing:
        for name in ("evaluator", "lead"):
            of_ = house.people[name].account or 0
            accounts.add_grant(doing.store, of_, Grant(Role.EDITOR, own))
    person(house, "hai")
    assign(house, Part("hai", Role.EVALUATOR, unit=own, lines=frozenset({"A1"})), "admin")

    why = refused(lambda: hand_over(house, "cua-so", by="admin"))

    assert why == "lines-without-reviewer"
    assert [each.name for each in parts(house)] == ["hai"]


def test_a_part_that_there_is_not_is_not_found(house: House) -> None:
    def deed(doing: Work) -> None:
        assignments.end(doing, of(doing), 999, "Xong việc")

    with pytest.raises(NotFound):
        house.office.do(house.actor("lead"), deed)


# One part on another


def end(house: House, name: str, by: str = "lead") -> None:
    id_ = next(each.id for each in parts(house) if each.name == name)
    house.office.do(house.actor(by), ending(id_))


def ending(id_: int) -> Callable[[Work], None]:
    return lambda doing: assignments.end(doing, of(doing), id_, "Xong việc")


def handing(id_: int, to: str) -> Callable[[Work], None]:
    return lambda doing: assignments.hand_over(doing, of(doing), id_, to, "Nghỉ phép")


def test_nobody_is_given_both_seats_of_a_line(house: House) -> None:
    assign(house, OF_SO)

    assert refused(lambda: assign(house, replace(OF_SO, seat=2))) == "seats-of-one-person"
    assert [each.grant.seat for each in parts(house)] == [1]


def test_nobody_is_handed_the_second_seat_of_an_own_line(house: House) -> None:
    person(house, "hai", Grant(Role.EVALUATOR))
    assign(house, OF_SO)
    assign(house, replace(OF_SO, account="hai", seat=2))
    (second,) = [each for each in parts(house) if each.name == "hai"]

    def deed() -> None:
        house.office.do(house.actor("lead"), handing(second.id, "evaluator"))

    assert refused(deed) == "seats-of-one-person"


def unmanned_elsewhere(house: House) -> None:
    """All who review hold a role in the commune: nobody may review it."""
    with house.office.writing(SERVICE) as doing:
        own = units.ids(doing.store)["xa-binh-an"]
        for name in ("evaluator", "lead"):
            accounts.add_grant(doing.store, house.people[name].account or 0, Grant(EDITOR, own))


def test_an_old_gap_elsewhere_does_not_keep_a_part_from_being_handed_over_and_ended(
    house: House,
) -> None:
    person(house, "hai", Grant(Role.EVALUATOR, block="khoi-1"))
    assign(house, OF_SO)
    unmanned_elsewhere(house)

    hand_over(house, "hai")
    end(house, "hai")

    assert parts(house) == []


def lone(house: House) -> tuple[int, int]:
    """Two parts of one line, which nobody else may review when both have ended."""
    with house.office.writing(SERVICE) as doing:
        own = units.ids(doing.store)["so-noi-vu"]
        for name in ("evaluator", "lead"):
            accounts.add_grant(doing.store, house.people[name].account or 0, Grant(EDITOR, own))
    for name in ("hai", "ba", "tra-loi", "tra-loi-2"):
        person(house, name)
    for name in ("hai", "ba"):
        assign(house, Part(name, Role.EVALUATOR, unit=own), "admin")
    for name in ("tra-loi", "tra-loi-2"):
        assign(house, Part(name, Role.ANSWERER, unit=own), "admin")
    first, second, *_ = parts(house)
    return first.id, second.id


def test_two_who_end_two_parts_at_once_leave_somebody_on_the_line(house: House) -> None:
    first, second = lone(house)
    held = house.actor("admin"), ending(first)

    with another_process(house) as other:
        _, outcome = while_held(
            house, held, partial(other.do, house.actor("admin"), ending(second))
        )

    assert isinstance(outcome, Refused)
    assert outcome.message == "lines-without-reviewer"
    assert second in [each.id for each in parts(house)]


def test_a_part_that_is_handed_over_twice_at_once_gets_one_successor(house: House) -> None:
    for name in ("hai", "ba"):
        person(house, name, Grant(Role.EVALUATOR))
    assign(house, OF_SO)
    (part,) = parts(house)
    held = house.actor("lead"), handing(part.id, "hai")

    with another_process(house) as other:
        late = partial(other.do, house.actor("lead"), handing(part.id, "ba"))
        _, outcome = while_held(house, held, late)

    assert isinstance(outcome, NotFound)
    assert [each.name for each in parts(house)] == ["hai"]
