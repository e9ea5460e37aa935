"""What reviewers of the demo province correct, why, and what units answer to it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from evalsvc.domain import scales
from evalsvc.domain.answers import (
    Answer,
    Chosen,
    Measured,
    Occurred,
    PartOf,
    Proposed,
    Sent,
    Stated,
    Ticked,
    Value,
    YesOrNo,
)
from evalsvc.domain.criteria import GivenBy, Role
from evalsvc.domain.dates import write_day
from evalsvc.domain.forms import Entry
from evalsvc.domain.points import plain
from evalsvc.domain.scales import (
    Checklist,
    Count,
    Deduct,
    Judged,
    Lateness,
    Options,
    Ratio,
    Sort,
    Tiers,
)
from evalsvc.usecases.demo_draws import Draw, draw
from evalsvc.usecases.demo_texts import phrase

Corrected = tuple[Answer, str] | None
"""Another answer to the same question, and why; None where there is nothing to correct."""

ONCE_IN, UP_ONCE_IN = 6, 6
PAPER = "paper"
ABOUT: Mapping[type, str] = {
    Ratio: "number",
    Tiers: "number",
    Deduct: "event",
    Lateness: "day",
    Judged: "judged",
}
"""What an explanation is about, by kind of scale; about papers everywhere else."""

MANY = 100
"""From here on a part is corrected by some per cent, not by one."""


def adjustment(entry: Entry, value: Value, unit: str, year: int) -> tuple[Value, str] | None:
    """A reviewer's corrected answer with the reason: about one of nine lines of the unit's own."""
    chance = draw(unit, year, entry.code, "review")
    own = entry.criterion.given_by is GivenBy.UNIT
    if not own or not isinstance(value, Stated) or not chance.once_in(ONCE_IN, "adjusted"):
        return None
    up = chance.once_in(UP_ONCE_IN, "up")
    found = _corrected(entry, value.answer, chance, up=up)
    if found is None:
        return None
    answer, reason = found
    if scales.points(entry.scale, answer) == scales.points(entry.scale, value.answer):
        return None
    return replace(value, answer=answer), reason


def contest(entry: Entry, unit: str, year: int) -> str:
    """What the unit answers to an adjustment; empty where it agrees, as most do."""
    chance = draw(unit, year, entry.code, "contest")
    about = ABOUT.get(type(entry.scale), PAPER)
    return phrase(chance, "contests", about) if chance.once_in(3, "contest") else ""


def restored(entry: Entry, claimed: Value, unit: str, year: int) -> tuple[Value, str] | None:
    """The claim, where the answer to the contest is that the unit was right."""
    chance = draw(unit, year, entry.code, "restored")
    if contest(entry, unit, year) and chance.once_in(2, "restored"):
        return claimed, phrase(chance, "accepted")
    return None


def _corrected(entry: Entry, answer: Answer, chance: Draw, *, up: bool) -> Corrected:
    match answer:
        case YesOrNo() | Chosen() | Ticked():
            return _picked(entry, answer, chance, up=up)
        case PartOf() | Measured():
            return _measured(entry, answer, chance, up=up)
        case Occurred():
            return _counted(entry, answer, chance, up=up)
        case Sent():
            return _sent_late(entry, answer, chance)
        case Proposed():
            return _judged(entry, answer, chance, up=up)
        case _:
            return None


def _way(*, up: bool) -> str:
    return "up" if up else "down"


def _picked(
    entry: Entry, answer: YesOrNo | Chosen | Ticked, chance: Draw, *, up: bool
) -> Corrected:
    match answer, entry.scale:
        case YesOrNo(yes), _ if yes != up:
            return YesOrNo(up), phrase(chance, "reasons", f"yes-no-{_way(up=up)}")
        case Chosen(code), Options(levels=levels):
            codes = [level.code for level in levels]
            at = codes.index(code) + (-1 if up else 1)
            if not 0 <= at < len(levels):
                return None
            facts = {"level": levels[at].name}
            return Chosen(codes[at]), phrase(chance, "reasons", f"options-{_way(up=up)}", **facts)
        case Ticked(items), Checklist() as scale:
            return _ticked(scale, items, chance, up=up)
        case _:
            return None


def _ticked(scale: Checklist, items: Sequence[str], chance: Draw, *, up: bool) -> Corrected:
    movable = [item for item in scale.items if (item.code in items) != up]
    if not up and len(movable) > 1:
        movable = movable[1:]
    if not movable:
        return None
    moved = chance.one_of(movable, "item")
    left = tuple(e.code for e in scale.items if (e.code in items) != (e.code == moved.code))
    return Ticked(left), phrase(chance, "reasons", f"checklist-{_way(up=up)}", item=moved.name)


def _measured(entry: Entry, answer: PartOf | Measured, chance: Draw, *, up: bool) -> Corrected:
    match answer, entry.scale:
        case PartOf(done, due), Ratio() | Tiers():
            by = 1 if due < MANY else due * chance.between(1, 4, "per cent") // 100
            new = min(done + by, due) if up else done - by
            if new < 0 or new == done or done > due:
                return None
            facts = {"done": new, "due": due}
            return PartOf(new, due), phrase(chance, "reasons", f"part-{_way(up=up)}", **facts)
        case Measured(number), Tiers() if number >= 1 and not up:
            less = number - 1
            return Measured(less), phrase(chance, "reasons", "number-down", number=plain(less))
        case _:
            return None


def _counted(entry: Entry, answer: Occurred, chance: Draw, *, up: bool) -> Corrected:
    (code, number), *others = answer.times
    match entry.scale:
        case Count(asks=asks) if up or number:
            new = number + (1 if up else -1)
            if up and entry.criterion.role is not Role.SCALE:
                return None
            facts = {"number": new, "noun": asks.noun}
            words = phrase(chance, "reasons", f"count-{_way(up=up)}", **facts)
            return Occurred(((code, new), *others)), words
        case Deduct(asks=asks, sorts=sorts) if up == bool(number):
            what = _what(asks.noun, sorts)
            words = phrase(chance, "reasons", f"deduct-{_way(up=up)}", what=what)
            return Occurred(((code, 0 if up else 1), *others)), words
        case _:
            return None


def _what(noun: str, sorts: Sequence[Sort]) -> str:
    """The first sort of event in the middle of a sentence, the noun said once."""
    sort = sorts[0].name[:1].lower() + sorts[0].name[1:]
    if len(sorts) == 1:
        return noun or sort
    return sort if sort.startswith(noun) else f"{noun}: {sort}"


def _sent_late(entry: Entry, answer: Sent, chance: Draw) -> Corrected:
    if not isinstance(entry.scale, Lateness):
        return None
    due = chance.one_of(entry.scale.dues, "due")
    late = due.last_day(entry.scale.year) + timedelta(chance.between(1, 6, "days"))
    if (sent := dict(answer.days)[due.code]) is None or sent >= late:
        return None
    days = tuple((code, late if code == due.code else day) for code, day in answer.days)
    return Sent(days), phrase(chance, "reasons", "late", day=write_day(late))


def _judged(entry: Entry, answer: Proposed, chance: Draw, *, up: bool) -> Corrected:
    if not isinstance(entry.scale, Judged):
        return None
    step = Decimal(entry.scale.step.numerator) / Decimal(entry.scale.step.denominator)
    points = answer.points + (step if up else -step)
    if not 0 <= points <= entry.scale.most:
        return None
    reason = phrase(chance, "reasons", f"judged-{_way(up=up)}")
    return Proposed(points, answer.grounds), reason
