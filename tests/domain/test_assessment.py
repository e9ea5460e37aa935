"""Claims, marks and layers: what counts on a line, and since when."""

import pytest

from evalsvc.domain.answers import NOT_DUE, UNANSWERED, ByHand, NotApplicable
from evalsvc.domain.assessment import Stage, layers, values
from evalsvc.domain.criteria import GivenBy
from evalsvc.domain.errors import Refused
from evalsvc.domain.lines import Layer, State, missing_value, settled
from evalsvc.domain.readings import read_not_applicable
from tests import make

EVERY_STAGE = tuple(make.mark("1", at + 1, stage) for at, stage in enumerate(Stage))


@pytest.mark.parametrize(
    ("layer", "points"), [(Layer.CLAIMED, 9), (Layer.REVIEWED, 2), (Layer.FINAL, 5)]
)
def test_a_later_stage_stands_over_an_earlier_one(layer: Layer, points: int) -> None:
    here = make.assessment(claims={"1": 9}, marks=EVERY_STAGE)

    assert values(here, layer) == {"1": make.value(points)}


@pytest.mark.parametrize("order", [EVERY_STAGE, EVERY_STAGE[::-1]])
def test_marks_count_in_the_order_of_stages_not_of_input(order: tuple[object, ...]) -> None:
    here = make.assessment(claims={"1": 9}, marks=order)

    assert values(here, Layer.FINAL) == {"1": make.value(5)}


@pytest.mark.parametrize(
    ("stage", "reviewed", "final"),
    [
        (Stage.REVIEW, 5, 5),
        (Stage.AGREED, 5, 5),
        (Stage.EXPLAINED, 9, 5),
        (Stage.FINAL, 9, 5),
    ],
)
def test_a_mark_reaches_its_own_layer_and_those_after(
    stage: Stage, reviewed: int, final: int
) -> None:
    here = make.assessment(claims={"1": 9}, marks=(make.mark("1", 5, stage),))

    assert values(here, Layer.CLAIMED) == {"1": make.value(9)}
    assert values(here, Layer.REVIEWED) == {"1": make.value(reviewed)}
    assert values(here, Layer.FINAL) == {"1": make.value(final)}


def test_lines_without_a_mark_were_accepted_as_claimed() -> None:
    here = make.assessment(claims={"1": 9, "2": 3}, marks=(make.mark("1", 5),))

    assert values(here, Layer.REVIEWED) == {"1": make.value(5), "2": make.value(3)}


@pytest.mark.parametrize(
    ("stages", "reached"),
    [
        ((), [Layer.CLAIMED]),
        ((Stage.REVIEW,), [Layer.CLAIMED, Layer.REVIEWED]),
        ((Stage.REVIEW, Stage.EXPLAINED), [Layer.CLAIMED, Layer.REVIEWED]),
        ((Stage.FINAL,), list(Layer)),
        (tuple(Stage), list(Layer)),
    ],
)
def test_layers_are_reached_when_their_stage_is_closed(
    stages: tuple[Stage, ...], reached: list[Layer]
) -> None:
    assert list(layers(make.assessment(stages=frozenset(stages)))) == reached


def test_a_refused_reason_leaves_the_line_unanswered() -> None:
    refusal = make.mark("1", UNANSWERED)
    here = make.assessment(claims={"1": make.na("full"), "2": 80}, marks=(refusal,))
    table = make.criteria(make.line("1", 20), make.line("2", 80))

    claimed, reviewed = (
        make.sheet(table, values(here, layer), layer=layer)
        for layer in (Layer.CLAIMED, Layer.REVIEWED)
    )

    assert (claimed.lines[0].state, claimed.total) == (State.NOT_APPLICABLE, 100)
    assert (reviewed.lines[0].state, reviewed.total) == (State.UNANSWERED, 80)


def test_a_refused_reason_may_be_followed_by_the_fact() -> None:
    marks = (make.mark("1", UNANSWERED), make.mark("1", 12, Stage.AGREED))
    here = make.assessment(claims={"1": make.na("full")}, marks=marks)

    assert values(here, Layer.REVIEWED) == {"1": make.value(12)}


def test_lines_of_the_reviewer_are_still_to_come_in_the_claimed_layer() -> None:
    line = make.line("1", given_by=GivenBy.REVIEWER)

    assert missing_value(line, Layer.CLAIMED) == NOT_DUE
    assert missing_value(line, Layer.FINAL) == UNANSWERED
    assert settled(make.entry(line.scales[""]), ByHand(make.decimals(1)[0]), Layer.FINAL)


def test_a_reason_must_be_listed_on_the_line() -> None:
    entry = make.entry(make.line().scales[""])

    assert read_not_applicable(entry, "zero") == NotApplicable("zero")
    with pytest.raises(Refused) as error:
        read_not_applicable(entry, "khac")
    assert error.value.facts["choices"] == ["drop", "rescale", "full", "zero", "exclude"]
