"""Every flaw that a scale finds in itself: its message, where it stands, its facts."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from evalsvc.domain.dates import Due
from evalsvc.domain.errors import Flaw, Unsound
from evalsvc.domain.scales import (
    Checklist,
    Children,
    ChildrenOf,
    Count,
    Deduct,
    Judged,
    Lateness,
    LateStep,
    Level,
    Line,
    OfBand,
    OneChild,
    Options,
    Ratio,
    Scale,
    Sort,
    Tier,
    Tiers,
    Wording,
)

D, F = Decimal, Fraction
OF = ChildrenOf("TY-B", "to")
HALF = LateStep(F(1, 2))


def levels(**points: int) -> tuple[Level, ...]:
    return tuple(Level(code, "", F(number)) for code, number in points.items())


def dues(*codes: str) -> tuple[Due, ...]:
    return tuple(Due(code, "", date(2019, 6, 10)) for code in codes)


def late(*steps: tuple[Fraction | int, int | None]) -> Lateness:
    return Lateness(F(3), dues("q1"), tuple(LateStep(F(share), up_to) for share, up_to in steps))


def tiers(*steps: tuple[int, int | None]) -> tuple[Tier, ...]:
    return tuple(Tier(F(points), None if bound is None else D(bound)) for points, bound in steps)


def wordings(*starts: int) -> tuple[Wording, ...]:
    return tuple(Wording(D(start), "") for start in starts)


def one_child(*steps: tuple[int, str | None]) -> OneChild:
    return OneChild(F(3), OF, tuple(OfBand(F(points), band) for points, band in steps))


def duplicate(key: str, index: int, code: str) -> Flaw:
    return Flaw("duplicate-code", (key, index, "code"), {"code": code})


def above_most(key: str, index: int, points: int, most: int = 3) -> Flaw:
    return Flaw("above-most", (key, index), {"points": points, "most": most})


def best_is_not_most(key: str, most: int = 3) -> Flaw:
    return Flaw("best-is-not-most", (key, 0), {"most": most})


def flaws_of(make_scale: Callable[[], object]) -> tuple[Flaw, ...]:
    with pytest.raises(Unsound) as error:
        make_scale()
    return error.value.flaws


@pytest.mark.parametrize(
    ("make_scale", "flaws"),
    [
        (
            lambda: Options(F(3), (*levels(a=3, b=1), *levels(a=0))),
            [duplicate("levels", 2, "a")],
        ),
        # "none" is the word for nothing at all, no level may take it
        (lambda: Options(F(3), levels(none=3, b=0)), [duplicate("levels", 0, "none")]),
        (lambda: Options(F(3), levels(a=3, b=4)), [above_most("levels", 1, 4)]),
        (lambda: Options(F(3), levels(a=2, b=0)), [best_is_not_most("levels")]),
        # that the best is not the most is said only of levels that are sound
        (
            lambda: Options(F(3), (*levels(a=4, none=1), *levels(a=5))),
            [
                duplicate("levels", 1, "none"),
                duplicate("levels", 2, "a"),
                above_most("levels", 0, 4),
                above_most("levels", 2, 5),
            ],
        ),
        (
            lambda: Checklist(F(3), levels(a=1, b=1)),
            [Flaw("items-do-not-add-up", ("items",), {"total": 2, "most": 3})],
        ),
        (
            lambda: Checklist(F(3), (*levels(a=1, none=1), *levels(a=2))),
            [
                duplicate("items", 1, "none"),
                duplicate("items", 2, "a"),
                Flaw("items-do-not-add-up", ("items",), {"total": 4, "most": 3}),
            ],
        ),
    ],
)
def test_flaws_of_levels_and_items(make_scale: Callable[[], Scale], flaws: list[Flaw]) -> None:
    assert flaws_of(make_scale) == tuple(flaws)


LOWEST_HAS_BOUND = "lowest-tier-has-bound"


@pytest.mark.parametrize(
    ("made", "flaws"),
    [
        (tiers((4, 90), (0, None)), [above_most("tiers", 0, 4)]),
        (tiers((2, 90), (0, None)), [best_is_not_most("tiers")]),
        (tiers((3, 90), (2, 80), (1, 80), (0, None)), [Flaw("tiers-out-of-order", ("tiers", 2))]),
        (tiers((3, None), (0, None)), [Flaw("tiers-out-of-order", ("tiers", 1))]),
        (tiers((3, 90), (1, 80), (2, None)), [Flaw("tiers-out-of-order", ("tiers", 2))]),
        (tiers((3, 90), (2, 80), (0, 10)), [Flaw(LOWEST_HAS_BOUND, ("tiers", 2))]),
        (
            (*tiers((3, 90), (2, 80)), Tier(F(0), D(0), above=True)),
            [Flaw(LOWEST_HAS_BOUND, ("tiers", 2))],
        ),
        (
            (*tiers((3, 90), (2, 80)), Tier(F(0), above=True)),
            [Flaw(LOWEST_HAS_BOUND, ("tiers", 2))],
        ),
        (
            tiers((1, 90), (2, 95)),
            [
                Flaw("tiers-out-of-order", ("tiers", 1)),
                Flaw(LOWEST_HAS_BOUND, ("tiers", 1)),
                best_is_not_most("tiers"),
            ],
        ),
        (
            tiers((1, 90), (4, 95), (5, None)),
            [
                above_most("tiers", 1, 4),
                Flaw("tiers-out-of-order", ("tiers", 1)),
                above_most("tiers", 2, 5),
                Flaw("tiers-out-of-order", ("tiers", 2)),
            ],
        ),
    ],
)
def test_flaws_of_tiers_on_both_scales_that_have_them(
    made: tuple[Tier, ...], flaws: list[Flaw]
) -> None:
    assert flaws_of(lambda: Tiers(F(3), made)) == tuple(flaws)
    assert flaws_of(lambda: Children(F(3), OF, ("tot",), made)) == tuple(flaws)


@pytest.mark.parametrize(
    ("make_scale", "flaws"),
    [
        (
            lambda: Line(D(98), D(97)),
            [Flaw("line-does-not-rise", ("line",), {"start": D(98), "end": D(97)})],
        ),
        (
            lambda: Line(D(98), D(98)),
            [Flaw("line-does-not-rise", ("line",), {"start": D(98), "end": D(98)})],
        ),
        (
            lambda: Ratio(F(3), cut_below=D(70), line=Line(D(1), D(2))),
            [Flaw("cut-and-line", ("line",))],
        ),
        # 0 is a cut too, though it cuts nothing
        (
            lambda: Ratio(F(3), cut_below=D(0), line=Line(D(1), D(2))),
            [Flaw("cut-and-line", ("line",))],
        ),
    ],
)
def test_flaws_of_lines(make_scale: Callable[[], object], flaws: list[Flaw]) -> None:
    assert flaws_of(make_scale) == tuple(flaws)


@pytest.mark.parametrize("make_scale", [Count, Deduct])
def test_flaws_of_sorts_on_both_scales_that_have_them(
    make_scale: type[Count] | type[Deduct],
) -> None:
    sorts = [Sort(code, "", F(each)) for code, each in (("a", 1), ("b", 0), ("a", 2), ("b", 0))]

    assert flaws_of(lambda: make_scale(F(3), tuple(sorts))) == (
        Flaw("each-is-zero", ("sorts", 1, "each")),
        duplicate("sorts", 2, "a"),
        duplicate("sorts", 3, "b"),
        Flaw("each-is-zero", ("sorts", 3, "each")),
    )


def out_of_order(index: int) -> Flaw:
    return Flaw("late-steps-out-of-order", ("late", index))


def gains(index: int) -> Flaw:
    return Flaw("late-gains", ("late", index))


@pytest.mark.parametrize(
    ("make_scale", "flaws"),
    [
        (
            lambda: Lateness(F(3), dues("a", "b", "a", "b"), ()),
            [duplicate("due", 2, "a"), duplicate("due", 3, "b")],
        ),
        (lambda: late((F(1, 2), 0)), [out_of_order(0)]),
        (lambda: late((F(1, 2), 5), (F(1, 4), 5)), [out_of_order(1)]),
        (lambda: late((F(1, 2), 5), (F(1, 4), 4), (0, None)), [out_of_order(1)]),
        (lambda: late((F(1, 2), None), (F(1, 4), 5)), [out_of_order(0)]),
        # a step without days that is not the last does not reset the days
        (lambda: late((F(1, 2), 5), (F(1, 4), None), (0, 5)), [out_of_order(1), out_of_order(2)]),
        (lambda: late((F(5, 4), 5)), [gains(0)]),
        (lambda: late((F(1, 4), 5), (F(1, 2), None)), [gains(1)]),
        (lambda: late((F(1, 4), 5), (F(1, 2), 5)), [out_of_order(1), gains(1)]),
        (
            lambda: Lateness(F(3), dues("a", "a"), (HALF, HALF)),
            [duplicate("due", 1, "a"), out_of_order(0)],
        ),
    ],
)
def test_flaws_of_due_dates_and_of_what_is_kept(
    make_scale: Callable[[], Scale], flaws: list[Flaw]
) -> None:
    assert flaws_of(make_scale) == tuple(flaws)


def step_does_not_divide(step: Fraction) -> Flaw:
    return Flaw("step-does-not-divide-most", ("step",), {"step": step, "most": F(3)})


@pytest.mark.parametrize(
    ("step", "starts", "flaws"),
    [
        (F(0), (), [step_does_not_divide(F(0))]),
        (F(2, 5), (), [step_does_not_divide(F(2, 5))]),
        (F(6), (), [step_does_not_divide(F(6))]),
        (F(1), (0, 4), [above_most("levels", 1, 4)]),
        (F(1), (1, 2, 2), [Flaw("wordings-do-not-rise", ("levels", 2))]),
        (F(1), (2, 1), [Flaw("wordings-do-not-rise", ("levels", 1))]),
        (
            F(2),
            (5, 4),
            [
                step_does_not_divide(F(2)),
                above_most("levels", 0, 5),
                above_most("levels", 1, 4),
                Flaw("wordings-do-not-rise", ("levels", 1)),
            ],
        ),
    ],
)
def test_flaws_of_steps_and_wordings(
    step: Fraction, starts: tuple[int, ...], flaws: list[Flaw]
) -> None:
    assert flaws_of(lambda: Judged(F(3), step, wordings(*starts))) == tuple(flaws)


def rest_is_not_last(index: int) -> Flaw:
    return Flaw("last-level-is-the-rest", ("child", index))


@pytest.mark.parametrize(
    ("make_scale", "flaws"),
    [
        (lambda: one_child((3, "tot"), (4, None)), [above_most("child", 1, 4)]),
        (lambda: one_child((2, "tot"), (0, None)), [best_is_not_most("child")]),
        (lambda: one_child((3, "tot")), [rest_is_not_last(0)]),
        (lambda: one_child((3, "tot"), (1, "kha")), [rest_is_not_last(1)]),
        (lambda: one_child((3, "tot"), (2, None), (0, None)), [rest_is_not_last(2)]),
        (lambda: one_child((3, None), (2, "tot")), [rest_is_not_last(1)]),
        (
            lambda: one_child((3, "tot"), (2, "kha"), (1, "tot"), (0, None)),
            [Flaw("duplicate-code", ("child", 2, "band"), {"code": "tot"})],
        ),
        # the rest may not be named twice either, which is no duplicate of a code
        (lambda: one_child((3, None), (2, "tot"), (0, None)), [rest_is_not_last(2)]),
        (
            lambda: one_child((4, "tot"), (2, "tot"), (1, "tot")),
            [
                above_most("child", 0, 4),
                Flaw("duplicate-code", ("child", 1, "band"), {"code": "tot"}),
                Flaw("duplicate-code", ("child", 2, "band"), {"code": "tot"}),
                rest_is_not_last(2),
            ],
        ),
        # the best is compared only where everything else is sound
        (lambda: one_child((2, "tot")), [rest_is_not_last(0)]),
        (
            lambda: one_child((4, "tot"), (5, "kha")),
            [above_most("child", 0, 4), above_most("child", 1, 5), rest_is_not_last(1)],
        ),
    ],
)
def test_flaws_of_the_bands_of_one_child(
    make_scale: Callable[[], Scale], flaws: list[Flaw]
) -> None:
    assert flaws_of(make_scale) == tuple(flaws)


@pytest.mark.parametrize(
    "make_scale",
    [
        lambda: Options(F(3), levels(a=3, b=3)),
        lambda: Checklist(F(3), levels(a=3, b=0)),
        lambda: Tiers(F(3), tiers((3, None))),
        lambda: Tiers(F(3), tiers((3, 90), (3, 80), (0, 0))),
        lambda: Ratio(F(3), cut_below=D(0)),
        lambda: Count(F(3), (Sort("a", "", F(1)), Sort("b", "", F(1)))),
        lambda: late(),
        lambda: late((1, 1), (1, 2), (0, None)),
        lambda: late((0, None)),
        lambda: Judged(F(3), F(3), wordings(0, 3)),
        lambda: Judged(F(0), F(1)),
        lambda: one_child((3, None)),
        lambda: one_child((3, "tot"), (3, "kha"), (3, None)),
    ],
)
def test_a_scale_at_its_bounds_is_sound(make_scale: Callable[[], Scale]) -> None:
    assert make_scale().most is not None


def test_an_unsound_scale_names_all_its_flaws() -> None:
    with pytest.raises(Unsound, match=r"^above-most, above-most, last-level-is-the-rest$"):
        one_child((4, "tot"), (5, "kha"))
