"""A set of sixty lines of every kind, answers for it, and standings of a large round."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

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
    Value,
    YesOrNo,
)
from evalsvc.domain.criteria import (
    ONLY_COLUMN,
    CriteriaSet,
    Criterion,
    Fit,
    Group,
    Kind,
)
from evalsvc.domain.dates import Due, YearlyDay
from evalsvc.domain.forms import Form, form
from evalsvc.domain.provisions import Band, BaseIs, Bounds, Per, Quota, Title
from evalsvc.domain.ranking import Standing
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
    Options,
    Ratio,
    Scale,
    Sort,
    Survey,
    Tier,
    Tiers,
    YesNo,
)

LINES = 60
YEAR = 2026
BLOCKS = 34
TWO = Fraction(2)
HALF = Fraction(1, 2)
LADDER = (
    Band("xs", "Hoàn thành xuất sắc", Decimal(90)),
    Band("tot", "Hoàn thành tốt", Decimal(70)),
    Band("ht", "Hoàn thành", Decimal(50)),
    Band("khong", "Không hoàn thành", Decimal(0)),
)
_TIERS = (Tier(TWO, Decimal(95)), Tier(Fraction(1), Decimal(80)), Tier(Fraction(0)))
_LEVELS = (Level("du", "Đủ", TWO), Level("thieu", "Thiếu", Fraction(1)))
_ITEMS = tuple(Level(f"muc-{at}", f"Mục {at}", HALF) for at in range(4))
_SORTS = (Sort("tinh", "Cấp tỉnh", HALF), Sort("tw", "Cấp Trung ương", Fraction(1)))
_DUES = tuple(Due(f"q{at}", "", YearlyDay(10, 3 * at)) for at in range(1, 5))
SCALES: tuple[Scale, ...] = (
    YesNo(TWO),
    Options(TWO, _LEVELS),
    Checklist(TWO, _ITEMS),
    Tiers(TWO, _TIERS),
    Ratio(TWO),
    Count(TWO, _SORTS),
    Deduct(TWO, _SORTS),
    Lateness(TWO, _DUES, (LateStep(HALF, 5),)),
    Judged(TWO, HALF),
    Survey(TWO, Line(Decimal(1), Decimal(5)), 30),
    Imported(TWO, Decimal(100), "Chỉ số"),
    Children(TWO, ChildrenOf("CON", "to"), ("tot",), _TIERS),
)


def criteria() -> CriteriaSet:
    lines = [
        Criterion(f"{at // 10 + 1}.{at % 10 + 1}", f"Dòng {at}", {ONLY_COLUMN: scale})
        for at, scale in enumerate(SCALES[at % len(SCALES)] for at in range(LINES))
    ]
    groups = tuple(
        Group(str(at + 1), f"Nhóm {at + 1}", tuple(lines[at * 10 : at * 10 + 10]))
        for at in range(LINES // 10)
    )
    return CriteriaSet(
        "BENCH",
        "1",
        "Sáu mươi dòng",
        (Kind("so", "Sở"),),
        groups,
        {ONLY_COLUMN: LADDER},
        fit=Fit.OWN,
        ties=("1", "2"),
        quotas=(
            Quota("xs", Decimal(20), ("xs", "tot"), Per.BLOCK),
            Quota("tot", Decimal(50), BaseIs.RATED, Per.BLOCK),
        ),
        titles=(Title("dvk", "Danh hiệu", Bounds(Decimal(25), Decimal(30)), ("xs", "tot")),),
    )


def sheet() -> Form:
    return form(criteria(), "so", year=YEAR)


def answers(of: Form, unit: int) -> dict[str, Value]:
    """Answers that differ from line to line and from unit to unit, the same in every run."""
    return {
        entry.code: Stated(_answer(at % len(SCALES), unit + 7 * at))
        for at, entry in enumerate(of.entries())
    }


def _answer(kind: int, seed: int):  # type: ignore[no-untyped-def]
    small, day = seed % 4, date(YEAR, 3, 1 + seed % 20)
    made = (
        YesOrNo(bool(small)),
        Chosen("du" if small else "thieu"),
        Ticked(tuple(item.code for item in _ITEMS[:small])),
        Measured(Decimal(seed % 101)),
        PartOf(seed % 23, 23),
        Occurred((("tinh", small), ("tw", seed % 3))),
        Occurred((("tinh", small), ("tw", 0))),
        Sent(tuple((due.code, day) for due in _DUES)),
        Proposed(Decimal(small) / 2, "căn cứ"),
        Surveyed(Decimal(seed % 401 + 100) / 100, 120),
        Official(Decimal(seed % 10001) / 100, "1/QĐ", day, YEAR),
        OfChildren((("tot", small), ("kha", 3)), 1),
    )
    return made[kind]


def standings(number: int) -> Iterator[Standing]:
    for at in range(number):
        compared = Decimal(5000 + at * 7919 % 5001) / 100
        band = next(band for band in LADDER if compared >= band.bound)
        keys = (Decimal(at * 31 % 997), Decimal(at * 17 % 991))
        block = str(at % BLOCKS)
        yield Standing(f"u{at:06}", block, "BENCH", "so", compared, LADDER, band, keys)


def units(number: int) -> dict[str, int]:
    return {str(at): len(range(at, number, BLOCKS)) for at in range(BLOCKS)}
