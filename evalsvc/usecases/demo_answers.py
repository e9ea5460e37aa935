"""What units of the demo province state on their lines: plausible, and always the same."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from evalsvc.domain.answers import (
    Answer,
    Chosen,
    Measured,
    NotApplicable,
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
from evalsvc.domain.criteria import Role
from evalsvc.domain.forms import Entry
from evalsvc.domain.points import rounded
from evalsvc.domain.scales import (
    Checklist,
    Children,
    Count,
    Deduct,
    Imported,
    Judged,
    Lateness,
    OneChild,
    Options,
    Ratio,
    Survey,
    Tiers,
    YesNo,
)
from evalsvc.usecases.demo_draws import Draw, draw
from evalsvc.usecases.demo_texts import grounds

SATURDAY = 5
ONCE_IN = {Treatment.FULL: 4, Treatment.RESCALE: 12, Treatment.DROP: 8}
"""How seldom a line is not applicable, by what then becomes of it."""

SMALL = (3, 12)
AMOUNTS = {
    "người phụ trách": (2, 6),
    "hồ sơ": (640, 9800),
    "thủ tục hành chính": (180, 420),
    "đơn": (2, 24),
    "đơn thư": (2, 24),
    "chỉ tiêu": (14, 26),
    "chế độ, chính sách": (10, 40),
    "hộ": (20, 90),
    "chương trình, dự án": (2, 9),
    "ý kiến, kiến nghị": (3, 22),
    "ý kiến": (3, 18),
    "kiến nghị": (4, 40),
    "mô hình": (1, 4),
    "biên chế": (1, 6),
    "cuộc": (2, 6),
}
"""How many there usually are, by what is counted."""

THERE_ARE = {"lĩnh vực khác nhau": 5}
"""No more than so many can be counted."""

STAFF = "người"
STAFF_SIZES = (28, 180)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of one unit in one year; `level`: how well the unit does there, 0 to 100."""

    entry: Entry
    year: int
    unit: str
    level: int
    chance: Draw

    def amount(self, noun: str) -> int:
        if noun == STAFF and isinstance(self.entry.scale, Tiers):
            staff = draw(self.unit).between(*STAFF_SIZES, "staff")
            return staff + draw(self.unit, self.year).between(-3, 3, "staff")
        return self.chance.between(*AMOUNTS.get(noun, SMALL), "amount")


def quality(unit: str, year: int) -> int:
    """How well a unit works in a year, 0 to 100: most do well, a few do not, none jumps."""
    lasting = draw(unit, "quality")
    best = max(lasting.below(101, "one"), lasting.below(101, "two"))
    return 41 + best * 46 // 100 + draw(unit, year).between(-5, 5, "quality")


def value_for(entry: Entry, year: int, unit: str, quality: int) -> Value:
    """What stands on a line of a unit of that quality; `read_value` reads what it writes."""
    chance = draw(unit, year, entry.code)
    for reason in entry.criterion.reasons:
        # Whether an index is made of a body does not change from year to year
        lasting = draw(unit, entry.code) if reason.treatment is Treatment.DROP else chance
        times = ONCE_IN.get(reason.treatment)
        if times and lasting.once_in(times, reason.code):
            return NotApplicable(reason.code)
    level = min(max(quality + chance.between(-52, 34, "level"), 0), 100)
    line = _Line(entry, year, unit, level, chance)
    less = tuple((sort.code, int(level < 8)) for sort in entry.criterion.less)
    return Stated(_answer(line), less)


def _answer(line: _Line) -> Answer:
    match line.entry.scale:
        case YesNo() | Options() | Checklist() as scale:
            return _picked(scale, line)
        case Tiers() | Ratio() | Survey() | Imported() as scale:
            return _measured(scale, line)
        case Count() | Deduct() | Lateness() as scale:
            return _happened(scale, line)
        case Judged() | Children() | OneChild() as scale:
            return _judged(scale, line)
        case unknown:
            assert_never(unknown)


def _picked(scale: YesNo | Options | Checklist, line: _Line) -> Answer:
    match scale:
        case YesNo():
            return YesOrNo(line.level >= 12)
        case Options():
            worse = (line.level < 55) + (line.level < 15)
            return Chosen(scale.levels[min(worse, len(scale.levels) - 1)].code)
        case Checklist():
            # Nothing else holds where the first does not: a plan comes before its date
            others = len(scale.items) - 1
            missing = min((line.level < 55) + (line.level < 22), others)
            first = line.chance.below(others or 1, "missing")
            out = {1 + (first + step) % others for step in range(missing)}
            return Ticked(tuple(e.code for at, e in enumerate(scale.items) if at not in out))
        case _:
            assert_never(scale)


def _measured(scale: Tiers | Ratio | Survey | Imported, line: _Line) -> Answer:
    match scale:
        case Tiers():
            return _in_tiers(scale, line)
        case Ratio():
            return _ratio(scale, line)
        case Survey():
            return _surveyed(scale, line)
        case Imported():
            value = rounded(Fraction(scale.out_of) * (7000 + line.level * 24) / 10_000, 2)
            return _official(value, line.year, line.year - scale.year_before)
        case _:
            assert_never(scale)


def _in_tiers(scale: Tiers, line: _Line) -> PartOf | Measured:
    if scale.of_share:
        return _part(line, line.amount(scale.asks.noun), may_exceed=scale.may_exceed)
    tier = scale.tiers[min((line.level < 55) + (line.level < 22), len(scale.tiers) - 1)]
    return Measured(Decimal(int(tier.bound or 0) + tier.above))


def _ratio(scale: Ratio, line: _Line) -> PartOf:
    due = scale.due or line.amount(scale.asks.noun)
    if scale.line is None:
        return _part(line, due, may_exceed=scale.may_exceed)
    per_mille = 840 + line.level * 3 // 2
    return PartOf(due * per_mille // 1000, due)


def _part(line: _Line, due: int, *, may_exceed: bool) -> PartOf:
    if line.level >= 58:
        more = line.chance.between(0, 1 + due // 12, "more") if may_exceed else 0
        return PartOf(due + more, due)
    return PartOf(max(due * (62 + line.level * 6 // 10) // 100, 0), due)


def _surveyed(scale: Survey, line: _Line) -> Surveyed:
    width = Fraction(scale.line.end) - Fraction(scale.line.start)
    value = Fraction(scale.line.start) + width * (560 + line.level * 4) / 1000
    few = line.chance.once_in(40, "few")
    replies = line.chance.between(8, 25, "replies") if few else line.chance.between(38, 420, "all")
    return Surveyed(rounded(value, 2), replies)


def _official(value: Decimal, year: int, of: int) -> Official:
    """One decision publishes the results of all units."""
    chance = draw("official", of)
    day = date(year, 4, 1) if of < year else date(year, 10, 1)
    number = chance.between(310, 980, "number")
    return Official(value, f"{number}/QĐ-UBND", day + timedelta(chance.below(25, "day")), of)


def _happened(scale: Count | Deduct | Lateness, line: _Line) -> Answer:
    match scale:
        case Count():
            return _counted(scale, line)
        case Deduct():
            times = [line.level < 14, line.level < 4]
            pairs = enumerate(scale.sorts)
            return Occurred(tuple((s.code, int(at < 2 and times[at])) for at, s in pairs))
        case Lateness():
            days = ((due.code, due.last_day(line.year)) for due in scale.dues)
            return Sent(tuple((code, _sent(last_day, code, line)) for code, last_day in days))
        case _:
            assert_never(scale)


def _counted(scale: Count, line: _Line) -> Occurred:
    first, *others = scale.sorts
    match line.entry.criterion.role:
        case Role.PENALTY:
            number = int(line.chance.once_in(45, "penalty"))
        case Role.BONUS:
            number = int(line.level >= 80 and line.chance.once_in(4, "bonus"))
        case _:
            full = -(-scale.most // first.each) if scale.most is not None else 2
            short = (line.level < 55) + (line.level < 30) + (line.level < 12)
            more = line.chance.below(4, "more") if not short else 0
            number = min(max(full - short, 0) + more, THERE_ARE.get(scale.asks.noun, full + more))
    return Occurred(((first.code, number), *((sort.code, 0) for sort in others)))


def _sent(last_day: date, code: str, line: _Line) -> date | None:
    level = line.level + line.chance.between(-18, 18, f"level of {code}")
    if level < -14:
        return None
    if level < 32:
        late = line.chance.between(6, 8, code) if level < 2 else line.chance.between(1, 5, code)
        return last_day + timedelta(late)
    day = last_day - timedelta(line.chance.between(0, 5, code))
    return day - timedelta(max(day.weekday() - SATURDAY + 1, 0))


def _judged(scale: Judged | Children | OneChild, line: _Line) -> Answer:
    match scale:
        case Judged():
            steps = int(scale.most / scale.step)
            taken = max(min(steps, -(-steps * (line.level + 20) // 100)), 0)
            said = grounds(line.chance, line.entry.code, _named(taken, steps))
            return Proposed(rounded(scale.step * taken, 4).normalize() + 0, said)
        case Children():
            good = line.chance.between(4, 6, "good") + line.level // 25
            return OfChildren(((scale.bands[0], good),), int(line.level < 30))
        case OneChild():
            worse = (line.level < 55) + (line.level < 15)
            levels = [each.band for each in scale.levels if each.band is not None]
            return Chosen(levels[min(worse, len(levels) - 1)])
        case _:
            assert_never(scale)


def _named(taken: int, steps: int) -> str:
    if taken == steps:
        return "high"
    return "middle" if 2 * taken >= steps else "low"
