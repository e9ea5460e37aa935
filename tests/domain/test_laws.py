"""What holds for every value: round trips, bounds, sums that can be added up."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalsvc.domain import scales
from evalsvc.domain.answers import (
    Chosen,
    Measured,
    Occurred,
    OfChildren,
    Official,
    PartOf,
    Proposed,
    Sent,
    Stated,
    Surveyed,
    Ticked,
    Treatment,
    Value,
    YesOrNo,
)
from evalsvc.domain.criteria import CriteriaSet, Fit
from evalsvc.domain.dates import Due, YearlyDay
from evalsvc.domain.points import NumberField, plain, read_number, rounded
from evalsvc.domain.readings import read_value, survey_ends, write_value
from evalsvc.domain.results import band_of
from evalsvc.domain.scales import (
    Checklist,
    Children,
    ChildrenOf,
    Count,
    Deduct,
    Imported,
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
    Survey,
    Tier,
    Tiers,
    YesNo,
)
from evalsvc.domain.scoring import (
    Base,
    BonusAdded,
    Clamped,
    Compared,
    PenaltyTaken,
    ScoreSheet,
    Step,
    Stretched,
    score,
)
from tests import make
from tests.domain.laws import LAW, hundredths

ZERO = Decimal(0)

Pair = tuple[Scale, Any]


CODES = ["a", "b1", "c-2", "đ.4", "5", "E_6"]
codes = st.sampled_from(CODES)
mosts = st.integers(1, 80).map(lambda quarters: Fraction(quarters, 4))
shares = st.sampled_from([Fraction(top, bottom) for bottom in (1, 2, 3, 7) for top in (0, 1)])
words = st.text(st.sampled_from("aăâđ 1;,./|-"), min_size=1).map(str.strip).filter(bool)
documents = st.text(st.sampled_from("aĐ1/-., "), min_size=1).map(str.strip).filter(bool)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
yearly = st.dates(date(2001, 1, 1), date(2001, 12, 31)).map(lambda d: YearlyDay(d.day, d.month))
counts = st.integers(0, 999_999_999)
several_codes = st.integers(1, len(CODES)).map(lambda number: CODES[:number])


@st.composite
def yes_no(draw: st.DrawFn) -> Pair:
    return YesNo(draw(mosts)), YesOrNo(draw(st.booleans()))


@st.composite
def options(draw: st.DrawFn) -> Pair:
    most, names = draw(mosts), draw(several_codes)
    levels = [Level(code, "", most * draw(shares)) for code in names[1:]]
    return Options(most, (Level(names[0], "", most), *levels)), Chosen(draw(st.sampled_from(names)))


@st.composite
def checklist(draw: st.DrawFn) -> Pair:
    names = draw(several_codes)
    items = tuple(Level(code, "", draw(shares)) for code in names)
    most = sum((item.points for item in items), Fraction(0))
    ticked = draw(st.sets(st.sampled_from(names)))
    return Checklist(most, items), Ticked(tuple(code for code in names if code in ticked))


@st.composite
def some_tiers(draw: st.DrawFn, most: Fraction) -> tuple[Tier, ...]:
    bounds = draw(st.lists(hundredths(), min_size=1, max_size=4, unique=True))
    falling = sorted((draw(shares) for _ in bounds), reverse=True)
    tiers = [
        Tier(most * share, bound, above=draw(st.booleans()))
        for share, bound in zip([Fraction(1), *falling], sorted(bounds, reverse=True), strict=False)
    ]
    return (*tiers, Tier(min(most * falling[-1], tiers[-1].points)))


@st.composite
def tiers(draw: st.DrawFn) -> Pair:
    most, of_share = draw(mosts), draw(st.booleans())
    scale = Tiers(most, draw(some_tiers(most)), of_share=of_share)
    return scale, draw(parts() if of_share and draw(st.booleans()) else hundredths().map(Measured))


@st.composite
def parts(draw: st.DrawFn) -> PartOf:
    due = draw(st.integers(1, 999_999_999))
    return PartOf(draw(st.integers(0, due)), due)


@st.composite
def ratio(draw: st.DrawFn) -> Pair:
    start, end = sorted(draw(st.lists(hundredths(), min_size=2, max_size=2, unique=True)))
    ways: list[dict[str, Any]] = [{}, {"cut_below": start}, {"line": Line(start, end)}]
    return Ratio(draw(mosts), **draw(st.sampled_from(ways))), draw(parts())


@st.composite
def sorts_and_times(draw: st.DrawFn) -> tuple[tuple[Sort, ...], Occurred]:
    names = draw(several_codes)
    worth = shares.filter(bool)
    sorts = tuple(Sort(code, "", draw(worth)) for code in names)
    return sorts, Occurred(tuple((code, draw(counts)) for code in names))


@st.composite
def count(draw: st.DrawFn) -> Pair:
    sorts, answer = draw(sorts_and_times())
    return Count(draw(mosts), sorts), answer


@st.composite
def deduct(draw: st.DrawFn) -> Pair:
    sorts, answer = draw(sorts_and_times())
    return Deduct(draw(mosts), sorts), answer


@st.composite
def lateness(draw: st.DrawFn) -> Pair:
    names = draw(several_codes)
    limits = sorted(draw(st.lists(st.integers(1, 99), max_size=3, unique=True)))
    kept = sorted((draw(shares) for _ in limits), reverse=True)
    dues = tuple(Due(code, "", draw(yearly), before=draw(st.booleans())) for code in names)
    steps = tuple(LateStep(share, limit) for share, limit in zip(kept, limits, strict=True))
    sent = tuple((code, draw(st.none() | days)) for code in names)
    return Lateness(draw(mosts), dues, steps, year=2019), Sent(sent)


@st.composite
def judged(draw: st.DrawFn) -> Pair:
    step, steps = draw(st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(1, 100)])), 50
    points = draw(st.integers(0, steps)) * step
    amount = Decimal(points.numerator) / Decimal(points.denominator)
    return Judged(steps * step, step), Proposed(amount, draw(words))


@st.composite
def survey(draw: st.DrawFn) -> Pair:
    start, end = sorted(draw(st.lists(hundredths(), min_size=2, max_size=2, unique=True)))
    scale = Survey(draw(mosts), Line(start, end))
    low, high = (int(each * 100) for each in survey_ends(scale))
    mean = draw(st.integers(low, high).map(lambda number: Decimal(number) / 100))
    return scale, Surveyed(mean, draw(counts))


@st.composite
def imported(draw: st.DrawFn) -> Pair:
    out_of = draw(st.integers(1, 100))
    value, year = draw(hundredths(out_of)), draw(st.integers(2000, 2099))
    return Imported(draw(mosts), Decimal(out_of), "Chỉ số"), Official(
        value, draw(documents), draw(days), year
    )


OF = ChildrenOf("CON", "to")


@st.composite
def children(draw: st.DrawFn) -> Pair:
    most, names = draw(mosts), draw(several_codes)
    bands = tuple((code, draw(st.integers(0, 99))) for code in names)
    answer = OfChildren(bands, draw(st.integers(1, 9)))
    return Children(most, OF, tuple(names[:2]), draw(some_tiers(most))), answer


@st.composite
def one_child(draw: st.DrawFn) -> Pair:
    most, names = draw(mosts), draw(several_codes)
    levels = [OfBand(most, names[0]), *(OfBand(most * draw(shares), code) for code in names[1:])]
    return OneChild(most, OF, (*levels, OfBand(Fraction(0)))), Chosen(draw(codes))


PAIRS: dict[type, st.SearchStrategy[Pair]] = {
    YesNo: yes_no(),
    Options: options(),
    Checklist: checklist(),
    Tiers: tiers(),
    Ratio: ratio(),
    Count: count(),
    Deduct: deduct(),
    Lateness: lateness(),
    Judged: judged(),
    Survey: survey(),
    Imported: imported(),
    Children: children(),
    OneChild: one_child(),
}
EVERY_KIND = pytest.mark.parametrize("kind", PAIRS, ids=lambda kind: kind.__name__)


def test_every_kind_of_scale_has_a_strategy() -> None:
    assert set(PAIRS) == set(get_args(Scale))


@EVERY_KIND
@LAW
@given(data=st.data())
def test_an_answer_is_read_back_as_it_was_written(kind: type, data: st.DataObject) -> None:
    scale, answer = data.draw(PAIRS[kind])

    assert scales.read(scale, scales.write(answer)) == answer


@EVERY_KIND
@LAW
@given(data=st.data(), times=st.integers(0, 9))
def test_a_value_is_read_back_as_it_was_written(
    kind: type, data: st.DataObject, times: int
) -> None:
    scale, answer = data.draw(PAIRS[kind])
    less = (Sort("vu", "", Fraction(1, 3)),)
    year = getattr(answer, "year", make.YEAR)

    for here, taken in ((make.entry(scale), ()), (make.entry(scale, less=less), (("vu", times),))):
        value = Stated(answer, taken)
        assert read_value(here, write_value(value), year) == value


@EVERY_KIND
@LAW
@given(data=st.data())
def test_points_lie_between_nothing_and_the_most(kind: type, data: st.DataObject) -> None:
    scale, answer = data.draw(PAIRS[kind])

    exact = scales.points(scale, answer)

    assert scale.most is not None
    assert 0 <= exact <= scale.most


@LAW
@given(st.integers(0, 10**12), st.integers(0, 6))
def test_a_number_is_read_back_as_it_was_written(digits: int, places: int) -> None:
    number = Decimal(digits % 10 ** (9 + places)).scaleb(-places)

    assert read_number(plain(number), NumberField()) == number


@LAW
@given(st.fractions(0, 1000), st.integers(0, 4))
def test_rounding_is_never_off_by_more_than_half_a_step(exact: Fraction, decimals: int) -> None:
    off = Fraction(rounded(exact, decimals)) - exact

    assert -Fraction(1, 2 * 10**decimals) < off <= Fraction(1, 2 * 10**decimals)


# --- sheets -----------------------------------------------------------------------------------

line_mosts = st.lists(st.integers(1, 40), min_size=1, max_size=4)


@st.composite
def tables(draw: st.DrawFn) -> CriteriaSet:
    groups = []
    for at in range(draw(st.integers(1, 4))):
        lines = [make.line(f"{at}.{n}", most) for n, most in enumerate(draw(line_mosts))]
        if draw(st.booleans()):
            lines.append(make.bonus(f"t{at}"))
        if draw(st.booleans()):
            lines.append(make.penalty(f"p{at}"))
        cap = draw(st.none() | st.integers(1, 60))
        groups.append(make.group(*lines, code=f"G{at}", cap=cap))
    if draw(st.booleans()):
        bonuses = [make.bonus("b1"), make.bonus("b2")]
        groups.append(make.group(*bonuses, code="B", cap=draw(st.none() | st.integers(1, 9))))
    return make.criteria(
        *groups,
        fit=draw(st.sampled_from(Fit)),
        bonus_cap=draw(st.none() | hundredths(9)),
        ceiling=draw(st.just(make.criteria().ceiling) | hundredths(150)),
    )


@st.composite
def values_on(draw: st.DrawFn, table: CriteriaSet) -> dict[str, Value]:
    given_values: dict[str, Any] = {}
    for line in table.criteria():
        most = int(line.scales[""].most or 0)
        treatments = [make.na(reason.code) for reason in line.reasons]
        choices = [hundredths(most)] * 4 + [st.sampled_from(treatments)] * bool(treatments)
        given_values[line.code] = draw(st.one_of(choices))
    return make.values(given_values)


@st.composite
def sheets(draw: st.DrawFn) -> ScoreSheet:
    table = draw(tables())
    return score(make.form(table), draw(values_on(table)))


def followed(running: Decimal, step: Step) -> Decimal:
    """What a clerk gets who follows one printed step with a calculator."""
    match step:
        case Base(parts):
            return sum(parts, ZERO)
        case Stretched(_, unit_scale, applicable):
            return rounded(Fraction(running) * Fraction(unit_scale) / Fraction(applicable), 2)
        case BonusAdded(parts, cap):
            total = sum(parts, ZERO)
            return running + (total if cap is None else min(total, cap))
        case PenaltyTaken(parts):
            return running - sum(parts, ZERO)
        case Clamped(_, ceiling):
            return max(min(running, running if ceiling is None else ceiling), ZERO)
        case Compared(_, scale, unit_scale):
            return rounded(Fraction(running) * Fraction(scale) / Fraction(unit_scale), 2)


@LAW
@given(sheets())
def test_printed_steps_add_up_to_the_printed_total(sheet: ScoreSheet) -> None:
    reached = reduce(followed, sheet.steps, ZERO)

    assert reached == sheet.compared
    assert reduce(followed, [s for s in sheet.steps if not isinstance(s, Compared)], ZERO) == (
        sheet.total
    )


@LAW
@given(sheets())
def test_printed_lines_add_up_to_the_printed_groups(sheet: ScoreSheet) -> None:
    by_code = {line.entry.code: line.points for line in sheet.lines}

    for group in sheet.groups:
        on_scale = [e for e in group.section.entries if e.criterion.role == "scale"]
        assert group.earned == sum((by_code[entry.code] for entry in on_scale), ZERO)
        assert group.counted == group.section.capped(group.earned)


@LAW
@given(sheets())
def test_a_total_is_never_below_nothing_nor_above_its_ceiling(sheet: ScoreSheet) -> None:
    ceiling = sheet.form.set.ceiling

    assert 0 <= sheet.total <= (ceiling if isinstance(ceiling, Decimal) else sheet.unit_scale)
    assert sheet.compared >= 0


@LAW
@given(sheets())
def test_dropping_every_line_leaves_a_unit_unrated(sheet: ScoreSheet) -> None:
    on_scale = [line for line in sheet.form.set.criteria() if line.role == "scale"]

    emptied = make.sheet(sheet.form.set, {line.code: make.na("drop") for line in on_scale})

    assert emptied.nothing_applicable


@LAW
@given(hundredths(), hundredths())
def test_bands_never_fall_while_the_compared_value_rises(one: Decimal, other: Decimal) -> None:
    places = [make.LADDER.index(band_of(make.LADDER, each)) for each in sorted((one, other))]

    assert places == sorted(places, reverse=True)


@LAW
@given(sheets(), st.sampled_from(Treatment))
def test_a_reason_for_one_line_changes_the_points_of_no_other(
    sheet: ScoreSheet, treatment: Treatment
) -> None:
    first = next(line for line in sheet.lines if line.entry.criterion.reasons)
    values = {line.entry.code: line.value for line in sheet.lines}

    other = make.sheet(sheet.form.set, {**values, first.entry.code: make.na(treatment)})

    assert [line for line in other.lines if line.entry != first.entry] == [
        line for line in sheet.lines if line.entry != first.entry
    ]
