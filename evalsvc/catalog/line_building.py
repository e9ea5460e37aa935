"""From a criterion as read to a Criterion: one exact scale for each column."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from evalsvc.catalog.line_schemas import NEXT_YEAR, YEAR_BEFORE
from evalsvc.domain.codes import code_of
from evalsvc.domain.criteria import (
    ALWAYS,
    Criterion,
    Evidence,
    GivenBy,
    Need,
    Reason,
    Role,
    Validity,
)
from evalsvc.domain.dates import Due, YearlyDay
from evalsvc.domain.errors import Flaw, Unsound, demand_sound, flaw
from evalsvc.domain.points import is_finer
from evalsvc.domain.scales import (
    Asks,
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
    Wording,
    YesNo,
)
from evalsvc.domain.scales.events import flaws_of_dues

Read = dict[str, Any]
SERVICE_KINDS = ("survey", "imported", "children")


@dataclass(frozen=True, slots=True)
class Column:
    """The column for which a scale is made: its code, the line's most there, the decimals."""

    code: str
    most: Fraction | None
    decimals: int

    @property
    def full(self) -> Fraction:
        return self.most if self.most is not None else Fraction(0)

    def amount(self, read: Read, *path: str | int, exact: bool = False) -> Fraction:
        """`points` or `share` in this column; points of levels keep to the decimals."""
        if "share" in read:
            return Fraction(read["share"]) * self.full
        return self.number(read["points"], *path, "points", exact=exact)

    def number(self, value: Any, *path: str | int, exact: bool = False) -> Fraction:
        number = value.get(self.code) if isinstance(value, Mapping) else value
        if number is None:
            raise Unsound([flaw("column-not-said", *path, column=self.code)])
        if not exact and is_finer(number, self.decimals):
            raise Unsound([flaw("finer-than-decimals", *path, number=number, places=self.decimals)])
        return Fraction(number)


def by_column(value: Any, columns: Iterable[str]) -> dict[str, Any]:
    """A value for each column that has one; a lone value stands for every column."""
    if isinstance(value, Mapping):
        return {column: value[column] for column in columns if value.get(column) is not None}
    return {} if value is None else dict.fromkeys(columns, value)


def criterion(read: Read, columns: Iterable[str], decimals: int, role: Role) -> Criterion:
    """Raises Unsound with the flaws of all columns, once each; paths are keys of the criterion."""
    columns = tuple(columns)
    flaws: list[Flaw] = []
    scales: dict[str, Scale] = {}
    for column in _columns_of(read, columns):
        most = by_column(read.get("most"), columns).get(column)
        if most is None and (role is Role.SCALE or read["kind"] != "count"):
            raise Unsound([flaw("most-missing", code=read["code"])])
        here = Column(column, None if most is None else Fraction(most), decimals)
        try:
            scales[column] = SCALES[read["kind"]](read, here)
        except Unsound as error:
            flaws += [each for each in error.flaws if each not in flaws]
    if flaws:
        raise Unsound(flaws)
    return Criterion(
        read["code"],
        read["name"],
        scales,
        role=role,
        given_by=read.get("given_by") or _usual_giver(read["kind"]),
        only=tuple(read.get("only_", ())),
        validity=_validity(read.get("valid")),
        less=tuple(_less(each) for each in read.get("less", ())),
        reasons=tuple(_reason(each) for each in read.get("not_applicable", ())),
        points_by_hand=read.get("reviewer_may_set_points", False),
        evidence=Evidence(*read.get("evidence", (Need.NONE, ""))),
        sources=by_column(read.get("source"), scales),
        guide=read.get("guide", ""),
    )


def _columns_of(read: Read, columns: tuple[str, ...]) -> list[str]:
    """Columns on whose sheet the line is; without a most (outside the scale) on all."""
    most = read.get("most")
    return list(columns) if most is None else list(by_column(most, columns))


def _usual_giver(kind: str) -> GivenBy:
    return GivenBy.SERVICE if kind in SERVICE_KINDS else GivenBy.UNIT


def _validity(read: Read | None) -> Validity:
    if read is None:
        return ALWAYS
    half = int(read["half"]) if "half" in read else None
    return Validity(read.get("from_"), read.get("until"), read.get("every", 1), half)


def _less(read: Read) -> Sort:
    return Sort(named_code(read), read["name"], Fraction(read["each"]))


def _reason(read: Read) -> Reason:
    return Reason(read.get("code") or code_of(read["text"]), read["text"], read["treatment"])


def named_code(read: Read) -> str:
    """The code that the writer gave, or the one that the name makes."""
    return str(read.get("code") or code_of(read.get("name", "")))


def _yes_no(read: Read, column: Column) -> Scale:
    return YesNo(column.full)


def _options(read: Read, column: Column) -> Scale:
    levels = (
        Level(named_code(each), each["name"], column.amount(each, "levels", index))
        for index, each in enumerate(read["levels"])
    )
    return Options(column.full, tuple(levels))


def _checklist(read: Read, column: Column) -> Scale:
    items = read["items"]
    equal = column.full / len(items) if read.get("equal") else None
    made = (
        Level(
            named_code(each),
            each["name"],
            equal if equal is not None else column.amount(each, "items", index, exact=True),
        )
        for index, each in enumerate(items)
    )
    return Checklist(column.full, tuple(made))


def _asks(read: Read) -> Asks:
    return Asks(read.get("in_", ""), read.get("done_name", ""), read.get("due_name", ""))


def _tiers_of(read: Read, column: Column) -> tuple[Tier, ...]:
    return tuple(
        Tier(
            column.amount(each, "tiers", index),
            each.get("more_than", each.get("from_")),
            above="more_than" in each,
        )
        for index, each in enumerate(read["tiers"])
    )


def _tiers(read: Read, column: Column) -> Scale:
    return Tiers(
        column.full,
        _tiers_of(read, column),
        of_share=read.get("of", "share") == "share",
        may_exceed=read.get("may_exceed", False),
        whole=read.get("whole", False),
        asks=_asks(read),
    )


def _line(read: Read) -> Line:
    return Line(read["from_"], read["to"])


def _ratio(read: Read, column: Column) -> Scale:
    due, may_change = read.get("due", (None, False))
    return Ratio(
        column.full,
        due,
        may_change,
        read.get("cut_below"),
        _line(read["line"]) if "line" in read else None,
        may_exceed=read.get("may_exceed", False),
        asks=_asks(read),
    )


def _sorts(read: Read, column: Column) -> tuple[Sort, ...]:
    if "each" in read:
        each = column.number(read["each"], "each", exact=True)
        if not each:
            raise Unsound([flaw("each-is-zero", "each")])
        return (Sort(read["code"], read.get("in_", ""), each),)
    return tuple(
        Sort(
            named_code(each),
            each["name"],
            column.number(each["each"], "sorts", index, "each", exact=True),
        )
        for index, each in enumerate(read["sorts"])
    )


def _count(read: Read, column: Column) -> Scale:
    return Count(column.most, _sorts(read, column), _asks(read))


def _deduct(read: Read, column: Column) -> Scale:
    return Deduct(column.full, _sorts(read, column), _asks(read))


def _due_day(read: Read, own: str) -> Due:
    day = read["before"] if "before" in read else read["by"]
    if isinstance(day, YearlyDay):
        day = YearlyDay(day.day, day.month, read.get("of") == NEXT_YEAR)
    return Due(str(read.get("code") or own), read.get("name", ""), day, "before" in read)


def _lateness(read: Read, column: Column) -> Scale:
    dues = tuple(_due_day(each, read["code"]) for each in read["due"])
    demand_sound(list(flaws_of_dues(dues)))
    steps = tuple(
        LateStep(_share_of_part(each, column, index, len(dues)), each.get("up_to"))
        for index, each in enumerate(read.get("late", ()))
    )
    return Lateness(column.full, dues, steps)


def _share_of_part(read: Read, column: Column, index: int, parts: int) -> Fraction:
    if "share" in read:
        return Fraction(read["share"])
    if parts > 1:
        raise Unsound([flaw("late-steps-as-shares", "late", index)])
    points = column.amount(read, "late", index)
    return points / column.full if column.full else points


def _judged(read: Read, column: Column) -> Scale:
    step = column.number(read["step"], "step")
    levels = tuple(Wording(Decimal(each["from_"]), each["text"]) for each in read.get("levels", ()))
    return Judged(column.full, step, levels)


def _survey(read: Read, column: Column) -> Scale:
    made = Survey(column.full, _line(read["line"]), read.get("minimum", 0))
    return Survey(made.most, made.line, made.minimum, read.get("too_few", made.too_few))


def _imported(read: Read, column: Column) -> Scale:
    before = read.get("result_of") == YEAR_BEFORE
    return Imported(column.full, read["out_of"], read["what"], year_before=before)


def _children(read: Read, column: Column) -> Scale:
    of = ChildrenOf(read["set"], read["of_kind"])
    if "tiers" in read:
        return Children(column.full, of, tuple(read["bands"]), _tiers_of(read, column))
    levels = (
        OfBand(column.amount(each, "child", index), each.get("band"))
        for index, each in enumerate(read["child"])
    )
    return OneChild(column.full, of, tuple(levels))


SCALES: dict[str, Callable[[Read, Column], Scale]] = {
    "yes-no": _yes_no,
    "options": _options,
    "checklist": _checklist,
    "tiers": _tiers,
    "ratio": _ratio,
    "count": _count,
    "deduct": _deduct,
    "lateness": _lateness,
    "judged": _judged,
    "survey": _survey,
    "imported": _imported,
    "children": _children,
}
