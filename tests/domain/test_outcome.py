"""A whole round: children first, who is ranked, who stands apart, what is provisional."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from evalsvc.domain.answers import Chosen, OfChildren, Stated
from evalsvc.domain.assessment import Flag, Stage
from evalsvc.domain.conditions import ChildrenBelow, Flagged
from evalsvc.domain.criteria import Compare, GivenBy, Kind
from evalsvc.domain.errors import Refused
from evalsvc.domain.lines import Layer, State
from evalsvc.domain.outcome import Outcome, unasked
from evalsvc.domain.provisions import BaseIs, Bounds, Gate, Per, Quota, Title
from evalsvc.domain.quotas import Keep
from evalsvc.domain.ranking import ApartBy
from evalsvc.domain.results import Unrated, UnratedBy
from evalsvc.domain.rounds import Block, Forms
from evalsvc.domain.scales import Children, ChildrenOf, OfBand, OneChild, Tier
from evalsvc.domain.titles import Award
from evalsvc.domain.units import Unit
from tests import make

D, F = Decimal, Fraction

OF = ChildrenOf("CON", "to")
SHARE = Children(F(20), OF, ("xs", "tot"), (Tier(F(20), D(70), above=True), Tier(F(5))))
ONE = OneChild(F(20), OF, (OfBand(F(20), "tot"), OfBand(F(0))))
CHILD_SET = make.criteria(code="CON", kinds=(Kind("to", "Tổ"),))


def parents(scale: object = SHARE, **changes: object) -> dict[str, object]:
    table = make.criteria(
        make.line("con", scale=scale, given_by=GivenBy.SERVICE),  # type: ignore[arg-type]
        make.line("1", 80),
        code="ME",
        **changes,
    )
    return {"so": table, "to": CHILD_SET}


def child(code: str, **changes: object) -> Unit:
    return make.unit(code, kind="to", parent="me", **changes)


def families(
    points: dict[str, int], *more: Unit, sets: dict[str, object] | None = None, **changes: object
) -> Outcome:
    """A parent `me` with 60 on its own line, and children with these points."""
    units = [make.unit("me"), *(child(code) for code in points), *more]
    handed_in = [make.assessment(code, {"1": number}) for code, number in points.items()]
    here = make.round_of(*units, sets=sets or parents(), **changes)
    return make.outcome_of(here, make.assessment("me", {"1": 60}), *handed_in)


def children_line(found: Outcome) -> tuple[State, object, Decimal]:
    line = found.results["me"].sheet.lines[0]
    return line.state, getattr(line.value, "answer", None), line.points


def test_children_are_rated_before_their_parent() -> None:
    found = families({"a": 85, "b": 95, "c": 75})

    assert children_line(found) == (
        State.ANSWERED,
        OfChildren((("kha", 1), ("tot", 1), ("xs", 1))),
        D(5),
    )


@pytest.mark.parametrize(
    ("points", "earned"),
    [({"a": 85, "b": 85, "c": 85}, 20), ({"a": 85, "b": 85}, 5)],
)
def test_an_unsubmitted_child_counts_against_the_parent(
    points: dict[str, int], earned: int
) -> None:
    assert children_line(families(points, child("x")))[2] == earned  # 3 of 4, 2 of 3


def test_exempt_children_and_those_of_others_do_not_count() -> None:
    others = (child("x", exempt="Mới thành lập"), make.unit("y", kind="to", parent="other"))

    assert children_line(families({"a": 85}, *others))[1] == OfChildren((("tot", 1),))


def test_a_parent_without_children_has_a_line_still_to_come() -> None:
    assert children_line(families({}, make.unit("y", kind="to")))[0] is State.NOT_DUE


def test_what_is_counted_cannot_be_stated_too() -> None:
    stated = make.assessment("me", {"con": make.stated(SHARE, "tot 9; kha 1"), "1": 60})
    here = make.round_of(make.unit("me"), child("a"), sets=parents())

    with pytest.raises(Refused) as error:
        make.outcome_of(here, stated, make.assessment("a", {"1": 10}))

    assert error.value.message == "stated-and-counted"


def test_what_is_counted_may_be_not_applicable() -> None:
    out = make.assessment("me", {"con": make.na("drop"), "1": 60})
    here = make.round_of(make.unit("me"), child("a"), sets=parents())

    found = make.outcome_of(here, out, make.assessment("a", {"1": 10}))

    assert children_line(found)[0] is State.NOT_APPLICABLE


def test_children_may_be_stated_where_the_round_has_none() -> None:
    stated = make.assessment("me", {"con": make.stated(SHARE, "tot 9; kha 1"), "1": 60})
    here = make.round_of(make.unit("me"), sets=parents())

    assert children_line(make.outcome_of(here, stated))[2] == 20


def test_an_unrated_child_is_in_the_base() -> None:
    units = [make.unit("me"), child("a"), child("b")]
    values = {"a": {"1": 85}, "b": {"1": make.na("exclude")}}
    handed_in = [make.assessment(code, value) for code, value in values.items()]

    found = make.outcome_of(
        make.round_of(*units, sets=parents()), *handed_in, make.assessment("me")
    )

    assert children_line(found)[1] == OfChildren((("tot", 1),), unsubmitted=1)


def test_a_child_whose_band_waits_for_a_decision_leaves_its_parents_line_to_come() -> None:
    quota = Quota("tot", D(50), BaseIs.RATED, Per.ROUND)
    table = make.criteria(code="CON", kinds=(Kind("to", "Tổ"),), quotas=(quota,))
    sets = {**parents(), "to": table}

    waiting = families({"a": 85, "b": 85}, sets=sets)
    decided = families({"a": 85, "b": 85}, sets=sets, keeps=(Keep("tot", "", ("a",), "…"),))

    assert waiting.provisional
    assert children_line(waiting)[0] is State.NOT_DUE
    assert children_line(decided)[1] == OfChildren((("kha", 1), ("tot", 1)))


@pytest.mark.parametrize(("points", "answer", "earned"), [(85, "tot", 20), (70, "kha", 0)])
def test_one_child_gives_its_band(points: int, answer: str, earned: int) -> None:
    found = families({"a": points}, sets=parents(ONE))

    assert children_line(found) == (State.ANSWERED, Chosen(answer), D(earned))


def test_one_unsubmitted_child_gives_the_rest() -> None:
    assert children_line(families({}, child("x"), sets=parents(ONE)))[2] == 0


def test_two_children_where_one_is_meant_are_refused() -> None:
    with pytest.raises(Refused) as error:
        families({"a": 85, "b": 85}, sets=parents(ONE))

    assert error.value.message == "more-than-one-child"


def test_a_gate_may_look_at_the_children() -> None:
    gate = Gate("K", "", ChildrenBelow("CON", "to", ("tot",), D(100)), at_most="tb")
    sets = {
        "so": make.criteria(code="ME", gates=(gate,)),
        "to": CHILD_SET,
    }

    found = families({"a": 85, "b": 60}, sets=sets)

    assert [fired.gate.code for fired in found.results["me"].fired] == ["K"]


def test_sets_that_read_each_other_are_refused() -> None:
    back = make.criteria(
        make.line("1", scale=Children(F(20), ChildrenOf("ME", "so"), ("tot",), SHARE.tiers)),
        code="CON",
        kinds=(Kind("to", "Tổ"),),
    )

    with pytest.raises(Refused) as error:
        families({"a": 85}, sets={**parents(), "to": back})

    assert error.value.message == "sets-read-each-other"


# --- who is ranked, who stands apart ----------------------------------------------------------


def simple(*handed_in: object, units: str = "abcd", **changes: object) -> Outcome:
    here = make.round_of(*(make.unit(code) for code in units), **changes)
    return make.outcome_of(here, *handed_in)  # type: ignore[arg-type]


def test_the_exempt_the_unrated_and_the_unsubmitted_stand_apart() -> None:
    units = [make.unit("a"), make.unit("b", exempt="Mới thành lập"), make.unit("c"), make.unit("d")]
    handed_in = [
        make.assessment("a", {"1": 85}),
        make.assessment("b", {"1": 99}),
        make.assessment("c", {"1": make.na("exclude"), "2": 40}),
        make.assessment("d", {"1": 99}, submitted=None),
    ]
    table = make.criteria(make.line("1", 90), make.line("2", 10))

    found = make.outcome_of(make.round_of(*units, of=table), *handed_in).rankings[0]

    assert [(each.rank, each.standing.unit) for each in found.placings] == [(1, "a")]
    assert [(each.unit, each.why, each.reason) for each in found.apart] == [
        ("b", ApartBy.EXEMPT, "Mới thành lập"),
        ("c", ApartBy.UNRATED, ""),
        ("d", ApartBy.NOT_SUBMITTED, ""),
    ]
    assert found.apart[1].unrated == (Unrated(UnratedBy.LINE, "1"),)


def test_a_unit_without_any_assessment_is_not_submitted() -> None:
    found = simple(make.assessment("a", {"1": 85}), units="ab")

    assert [each.why for each in found.rankings[0].apart] == [ApartBy.NOT_SUBMITTED]


@pytest.mark.parametrize(
    ("day", "late"),
    [(date(2019, 12, 9), False), (date(2019, 12, 10), False), (date(2019, 12, 11), True)],
)
def test_late_is_marked_and_costs_nothing(day: date, *, late: bool) -> None:
    found = simple(
        make.assessment("a", {"1": 85}, submitted=day), units="a", deadline=date(2019, 12, 10)
    )

    placing = found.rankings[0].placings[0]
    assert (placing.standing.late, placing.standing.compared) == (late, D(85))


def test_without_a_deadline_nobody_is_late() -> None:
    found = simple(make.assessment("a", {"1": 85}), units="a")

    assert not found.rankings[0].placings[0].standing.late


def test_units_are_ranked_in_their_block_and_overall_where_the_round_allows() -> None:
    units = [make.unit("a", block="I"), make.unit("b", block="II"), make.unit("c", block="I")]
    handed_in = [make.assessment(code, {"1": at}) for code, at in (("a", 70), ("b", 80), ("c", 90))]

    apart, together = (
        make.outcome_of(make.round_of(*units, overall=overall), *handed_in).rankings
        for overall in (False, True)
    )

    def units_of(at: int) -> list[tuple[int, str]]:
        return [(each.rank, each.standing.unit) for each in together[at].placings]

    assert [each.block for each in apart] == [Block("I", "I"), Block("II", "II")]
    assert units_of(0) == [(1, "c"), (2, "a")]
    assert units_of(1) == [(1, "b")]
    assert (together[2].block, units_of(2)) == (None, [(1, "c"), (2, "b"), (3, "a")])


def test_units_of_several_sets_stand_in_one_block() -> None:
    sets = {"so": make.criteria(), "to": CHILD_SET}
    units = [make.unit("a"), make.unit("b", kind="to"), make.unit("c")]
    handed_in = [make.assessment(code, {"1": at}) for code, at in (("a", 70), ("b", 80), ("c", 90))]

    found = make.outcome_of(make.round_of(*units, sets=sets), *handed_in).rankings[0]

    assert [(each.rank, each.standing.unit) for each in found.placings] == [
        (1, "c"),
        (2, "b"),
        (3, "a"),
    ]


def test_a_kind_without_a_set_is_refused() -> None:
    here = make.round_of(make.unit("a"))

    with pytest.raises(Refused) as error:
        Forms(here).of(make.unit("x", kind="xa"))

    assert error.value.message == "no-set-for-kind"


def test_flags_reach_the_gates() -> None:
    table = make.criteria(gates=(Gate("K", "", Flagged("f"), at_most="kha"),), flags={"f": ""})
    raised = (Flag("f", "12/KL-UBND", date(2019, 12, 1)),)

    found = simple(make.assessment("a", {"1": 95}, flags=raised), units="a", of=table)

    result = found.results["a"]
    assert (result.earned.code, result.band and result.band.code) == ("xs", "kha")
    assert found.rankings[0].placings[0].standing.compared == 95  # gates do not move a rank


# --- layers and what is provisional -----------------------------------------------------------


@pytest.mark.parametrize(
    ("layer", "compared"), [(Layer.CLAIMED, 90), (Layer.REVIEWED, 80), (Layer.FINAL, 85)]
)
def test_a_round_ranks_the_layer_that_it_names(layer: Layer, compared: int) -> None:
    marks = (make.mark("1", 80), make.mark("1", 85, Stage.FINAL))
    here = make.assessment("a", {"1": 90}, marks=marks)

    found = simple(here, units="a", layer=layer)

    assert found.layers == {"a": layer}
    assert found.rankings[0].placings[0].standing.compared == compared
    assert not found.provisional


def test_a_unit_that_has_not_reached_the_layer_makes_the_ranking_provisional() -> None:
    reviewed = make.assessment("b", {"1": 80}, stages=frozenset({Stage.REVIEW}))

    found = simple(make.assessment("a", {"1": 90}), reviewed, units="ab")

    assert found.layers == {"a": Layer.FINAL, "b": Layer.REVIEWED}
    assert found.provisional


def test_an_open_quota_or_title_makes_the_ranking_provisional() -> None:
    quota = Quota("tot", D(50), BaseIs.RATED, Per.ROUND)
    title = Title("dvk", "", Bounds(D(25), D(30)), bands=("tot",))
    pair = [make.assessment(code, {"1": 85}) for code in "ab"]

    open_quota = simple(*pair, units="ab", of=make.criteria(quotas=(quota,)))
    open_title = simple(*pair, units="ab", of=make.criteria(titles=(title,)))
    decided = simple(
        *pair,
        units="ab",
        of=make.criteria(titles=(title,)),
        awards=(Award("dvk", "", "…", number=0),),
    )

    assert (open_quota.provisional, open_title.provisional) == (True, True)
    assert not decided.provisional


def test_a_line_still_to_come_makes_the_ranking_provisional() -> None:
    assert families({}, make.unit("y", kind="to")).provisional


def test_units_of_one_block_must_share_a_scale_where_points_are_compared() -> None:
    table = make.criteria(make.line("1", 80), make.line("2", 20), compare=Compare.POINTS)
    handed_in = [make.assessment("a", {"1": 60}), make.assessment("b", {"2": make.na("drop")})]

    with pytest.raises(Refused) as error:
        simple(*handed_in, units="ab", of=table)

    assert error.value.message == "points-of-different-scales"


@pytest.mark.parametrize("other", ["tot", "kha"])
def test_decisions_that_nothing_waited_for_are_named(other: str) -> None:
    quota = Quota(other, D(50), BaseIs.RATED, Per.ROUND)
    title = Title("dvk", "", Bounds(D(50), D(50)), bands=("tot",))
    table = make.criteria(quotas=(quota,), titles=(title,))
    keep, award = Keep("tot", "", ("a",), "…"), Award("dvk", "", "…", units=("a",))
    handed_in = [make.assessment("a", {"1": 85}), make.assessment("b", {"1": 81})]

    found = simple(*handed_in, units="ab", of=table, keeps=(keep,), awards=(award,))

    assert list(unasked(found)) == [keep, award]  # a stands before b: nothing was tied


def test_outcomes_do_not_depend_on_the_order_of_units_and_assessments() -> None:
    points = {"a": 85, "b": 95, "c": 85, "d": 60}
    units = [make.unit(code) for code in points]
    handed_in = [make.assessment(code, {"1": number}) for code, number in points.items()]

    one = make.outcome_of(make.round_of(*units), *handed_in)
    other = make.outcome_of(make.round_of(*units[::-1]), *handed_in[::-1])

    assert one.rankings == other.rankings
    assert one.results == other.results
    assert Stated(Chosen("a")) != Stated(Chosen("b"))
