"""The rule of a criterion in words, for the form and for tables: what gives how many points."""

from collections.abc import Mapping
from fractions import Fraction
from typing import assert_never

from evalsvc.domain.answers import Treatment
from evalsvc.domain.criteria import Role
from evalsvc.domain.dates import Due, YearlyDay
from evalsvc.domain.forms import Entry
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
    Scale,
    Sort,
    Survey,
    Tiers,
    YesNo,
)
from evalsvc.words.amounts import Names, awarded, capital, percent, points
from evalsvc.words.language import Language, sentence
from evalsvc.words.tiers import tier_range

NO_NAMES: Names = {}

TREATMENTS: Mapping[Treatment, str] = {
    Treatment.DROP: sentence("the line is left out and the unit's scale shrinks by its points"),
    Treatment.RESCALE: sentence("the line is left out and the rest is stretched"),
    Treatment.FULL: sentence("full points"),
    Treatment.ZERO: sentence("0 points"),
    Treatment.EXCLUDE: sentence("the unit is not rated"),
}


def line_rule(language: Language, entry: Entry, decimals: int, names: Names = NO_NAMES) -> str:
    """The rule of a line with what is taken off it and when it is not applicable."""
    own = _rule(language, entry.scale, decimals, names)
    said = [_sentence(_with_role(language, entry.criterion.role, own))]
    if less := entry.criterion.less:
        said.append(language.say("Taken off: {each}.", each=_sorts(language, less)))
    for reason in entry.criterion.reasons:
        then = language.say(TREATMENTS[reason.treatment])
        said.append(f"{reason.text}: {then}.")
    return " ".join(said)


def _with_role(language: Language, role: Role, said: str) -> str:
    match role:
        case Role.SCALE:
            return said
        case Role.BONUS:
            return language.say("bonus: {rule}", rule=said)
        case Role.PENALTY:
            return language.say("penalty: {rule}", rule=said)
        case _:
            assert_never(role)


def _sentence(said: str) -> str:
    return capital(said).rstrip(".") + "."


def rule(language: Language, scale: Scale, decimals: int, names: Names = NO_NAMES) -> str:
    """What gives how many points. `names` are those of bands and kinds of other sets, by code."""
    return _sentence(_rule(language, scale, decimals, names))


def _rule(language: Language, scale: Scale, decimals: int, names: Names) -> str:  # noqa: C901, PLR0911, PLR0912 - one case for each kind
    match scale:
        case YesNo(most):
            full = points(language, most)
            return language.say("yes: {points}; no: {none}", points=full, none=_none(language))
        case Options(_, levels):
            said = (f"{each.name}: {awarded(language, each.points, decimals)}" for each in levels)
            return "; ".join(said)
        case Checklist():
            return _checklist(language, scale)
        case Tiers():
            return _tiers(language, scale, decimals)
        case Ratio():
            return _ratio(language, scale)
        case Count():
            return _count(language, scale)
        case Deduct():
            return _deduct(language, scale)
        case Lateness():
            return _lateness(language, scale, decimals)
        case Judged():
            return _judged(language, scale)
        case Survey():
            return _survey(language, scale)
        case Imported():
            return _imported(language, scale)
        case Children() | OneChild():
            return _children(language, scale, decimals, names)
        case _:
            assert_never(scale)


def _none(language: Language) -> str:
    return points(language, 0)


def _checklist(language: Language, scale: Checklist) -> str:
    worth = {item.points for item in scale.items}
    if len(worth) == 1:
        each, names = points(language, worth.pop()), "; ".join(item.name for item in scale.items)
        return language.say("{points} for each item that holds: {items}", points=each, items=names)
    items = "; ".join(f"{item.name} {points(language, item.points)}" for item in scale.items)
    return language.say("the sum of the items that hold: {items}", items=items)


def _tiers(language: Language, scale: Tiers | Children, decimals: int) -> str:
    return "; ".join(
        f"{tier_range(language, scale, tier)}: {awarded(language, tier.points, decimals)}"
        for tier in scale.tiers
    )


def _ratio(language: Language, scale: Ratio) -> str:
    done = scale.asks.done or language.say("how many were done")
    share = f"{done} / {_due_number(language, scale)}"
    if scale.line is not None:
        low, high = (percent(language, end) for end in (scale.line.start, scale.line.end))
        said = language.say(
            "{share}: up to {low} {none}, from {high} up {points}, straight between",
            share=share,
            low=low,
            high=high,
            none=_none(language),
            points=points(language, scale.most),
        )
    else:
        said = f"{share} × {points(language, scale.most)}"
    if scale.cut_below is not None:
        bound = percent(language, scale.cut_below)
        said += language.say("; under {bound} {none}", bound=bound, none=_none(language))
    if scale.may_exceed:
        said += language.say("; more than was due gives full points")
    return said


def _due_number(language: Language, scale: Ratio) -> str:
    if scale.due is None:
        return scale.asks.due or language.say("how many were due")
    if not scale.due_may_change:
        return str(scale.due)
    due = scale.asks.due or language.say("how many were due")
    return language.say("{due} (usually {number})", due=due, number=scale.due)


def _sorts(language: Language, sorts: tuple[Sort, ...], noun: str = "") -> str:
    """`mỗi cuộc 1 điểm`; several sorts one after the other."""
    if len(sorts) == 1:
        name = noun or sorts[0].name or language.say("case")
        return language.say("{points} for each {name}", name=name, points=_each(language, sorts[0]))
    names = "; ".join(f"{sort.name} {_each(language, sort)}" for sort in sorts)
    name = noun or language.say("case")
    return language.say("for each {name}: {sorts}", name=name, sorts=names)


def _each(language: Language, sort: Sort) -> str:
    return points(language, sort.each)


def _count(language: Language, scale: Count) -> str:
    said = _sorts(language, scale.sorts, scale.asks.noun)
    if scale.most is None:
        return said
    return language.say("{said}, at most {points}", said=said, points=points(language, scale.most))


def _deduct(language: Language, scale: Deduct) -> str:
    return language.say(
        "from {points} is taken off: {sorts}; not below 0",
        points=points(language, scale.most),
        sorts=_sorts(language, scale.sorts, scale.asks.noun),
    )


def _lateness(language: Language, scale: Lateness, decimals: int) -> str:
    if len(scale.dues) == 1:
        said = f"{_due(language, scale.dues[0])}: {points(language, scale.most)}"
        return "; ".join([said, *_late(language, scale, decimals)])
    each = points(language, scale.most / len(scale.dues))
    days = "; ".join(f"{due.name or due.code} {_due(language, due)}" for due in scale.dues)
    number = len(scale.dues)
    said = language.say(
        "{number} dates, {points} each: {days}", number=number, points=each, days=days
    )
    return ". ".join([said, capital("; ".join(_late(language, scale, decimals)))])


def _due(language: Language, due: Due) -> str:
    day = _yearly(language, due.day) if isinstance(due.day, YearlyDay) else language.day(due.day)
    if due.before:
        return language.say("before {day}", day=day)
    return language.say("by {day}", day=day)


def _yearly(language: Language, day: YearlyDay) -> str:
    said = f"{day.day}/{day.month}"
    return language.say("{day} of the next year", day=said) if day.next_year else said


def _late(language: Language, scale: Lateness, decimals: int) -> list[str]:
    """What is left after so many days, ends included, down to what gives nothing."""
    said, first = [], 1
    for step in scale.steps:
        kept = _kept(language, scale, step.share, decimals)
        said.append(f"{_days(language, first, step.up_to)}: {kept}")
        first = (step.up_to or 0) + 1
    ends = scale.steps and scale.steps[-1].up_to is None
    last = language.say("not sent") if ends else language.say("later or not sent")
    return [*said, f"{last}: {_none(language)}"]


def _days(language: Language, first: int, last: int | None) -> str:
    if last is None and first == 1:
        return language.say("late")
    if last is None:
        return language.say("late by {first} days or more", first=first)
    if last == first:
        return language.say("late on day {last}", last=last)
    if first == 1:
        return language.say("late by up to {last} days", last=last)
    return language.say("late by {first} to {last} days", first=first, last=last)


def _kept(language: Language, scale: Lateness, share: Fraction, decimals: int) -> str:
    if len(scale.dues) == 1:
        return awarded(language, scale.most * share, decimals)
    return language.say("{share} of the date's points", share=str(share))


def _judged(language: Language, scale: Judged) -> str:
    said = language.say(
        "from 0 to {points} in steps of {step}, with grounds",
        points=points(language, scale.most),
        step=scale.step,
    )
    texts = (
        language.say("from {points}: {text}", points=points(language, each.start), text=each.text)
        for each in scale.wordings
    )
    return ". ".join([said, *(capital(text) for text in texts)])


def _survey(language: Language, scale: Survey) -> str:
    said = language.say(
        "survey: {low} gives {none}, {high} gives {points}, straight between",
        low=scale.line.start,
        high=scale.line.end,
        none=_none(language),
        points=points(language, scale.most),
    )
    if not scale.minimum:
        return said
    then = language.say(TREATMENTS[scale.too_few])
    few = language.say("; under {number} replies {then}", number=scale.minimum, then=then)
    return said + few


def _imported(language: Language, scale: Imported) -> str:
    said = f"{scale.what} / {language.number(scale.out_of)} × {points(language, scale.most)}"
    if scale.year_before:
        return language.say("{said}, result of the year before", said=said)
    return said


def _children(language: Language, scale: Children | OneChild, decimals: int, names: Names) -> str:
    kind = names.get(scale.of.kind, scale.of.kind)
    if isinstance(scale, Children):
        bands = ", ".join(names.get(band, band) for band in scale.bands)
        share = language.say("share of units below ({kind}) with {bands}", kind=kind, bands=bands)
        return f"{share}: {_tiers(language, scale, decimals)}"
    said = language.say("band of the unit below ({kind})", kind=kind)
    rest = language.say("any other")
    levels = (
        f"{rest if level.band is None else names.get(level.band, level.band)}"
        f" {awarded(language, level.points, decimals)}"
        for level in scale.levels
    )
    return f"{said}: {'; '.join(levels)}"
