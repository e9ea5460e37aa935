"""Names in a set that must name something: codes, tags, flags, bands, items, titles."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar, assert_never

from evalsvc.domain.conditions import (
    AllOf,
    AnswerIs,
    AnyOf,
    AtZero,
    ChildrenBelow,
    Condition,
    CriterionBelow,
    Flagged,
    GroupBelow,
    NotHeld,
    Simple,
    Tagged,
    simple_ones,
)
from evalsvc.domain.criteria import CriteriaSet, Criterion
from evalsvc.domain.errors import Flaw, Path, flaw
from evalsvc.domain.places import coded, located
from evalsvc.domain.provisions import (
    AnswerOf,
    BandShare,
    Base,
    BaseIs,
    Comparison,
    Gate,
    PointsOf,
    Quota,
    Target,
    Title,
    TitleHolders,
    TotalOf,
)
from evalsvc.domain.scales import Checklist, Lateness, Options, Ratio, Tiers, YesNo
from evalsvc.domain.scales.choice import NO, YES
from evalsvc.domain.scales.text import NOT_SENT


@dataclass(frozen=True, slots=True)
class Names:
    """What can be named in a set."""

    lines: dict[str, Criterion]
    groups: tuple[str, ...]
    tags: tuple[str, ...]
    flags: tuple[str, ...]
    bands: tuple[str, ...]
    kinds: tuple[str, ...]


def names_of(criteria: CriteriaSet) -> Names:
    bands = dict.fromkeys(band.code for each in criteria.ladders.values() for band in each)
    return Names(
        {line.code: line for line in criteria.criteria()},
        tuple(group.code for group in criteria.groups),
        tuple(criteria.tags),
        tuple(criteria.flags),
        tuple(bands),
        tuple(kind.code for kind in criteria.kinds),
    )


def flaws(criteria: CriteriaSet) -> Iterator[Flaw]:
    names = names_of(criteria)
    yield from _duplicates(criteria)
    yield from _tags(criteria, names)
    yield from _flags(criteria, names)
    yield from _ties(criteria, names)
    yield from _each("gates", criteria.gates, lambda gate: _gate(gate, criteria, names))
    yield from _each("quotas", criteria.quotas, lambda quota: _quota(quota, criteria, names))
    yield from _each("titles", criteria.titles, lambda title: _title(title, names))
    yield from _each("targets", criteria.targets, lambda each: _target(each, criteria, names))
    yield from _each("rules", criteria.rules, lambda rule: _operands(rule, names))
    yield from _codes_once("gates", [gate.code for gate in criteria.gates])
    yield from _codes_once("titles", [title.code for title in criteria.titles])
    yield from _codes_once("targets", [target.code for target in criteria.targets])
    yield from _titles_within(criteria)


_T = TypeVar("_T")


def _each(key: str, items: Iterable[_T], check: Callable[[_T], Iterator[Flaw]]) -> Iterator[Flaw]:
    for index, item in enumerate(items):
        for found in check(item):
            yield found.under(key, index)


def _unknown(message: str, text: str, choices: Collection[str], *path: str | int) -> Iterator[Flaw]:
    if text not in choices:
        yield flaw(message, *path, text=text, choices=list(choices))


def _duplicates(criteria: CriteriaSet) -> Iterator[Flaw]:
    seen: dict[str, Path] = {}
    for path, code in coded(criteria):
        if code in seen:
            yield flaw("duplicate-code", *path, "code", code=code)
        seen[code] = path


def _tags(criteria: CriteriaSet, names: Names) -> Iterator[Flaw]:
    for path, line in located(criteria):
        for index, tag in enumerate(line.only):
            yield from _unknown("no-such-tag", tag, names.tags, *path, "only", index)


def _flags(criteria: CriteriaSet, names: Names) -> Iterator[Flaw]:
    used = {each.flag for each in _conditions(criteria) if isinstance(each, Flagged)}
    for flag in names.flags:
        if flag not in used:
            yield flaw("flag-without-gate", "flags", flag, flag=flag)


def _conditions(criteria: CriteriaSet) -> Iterator[Simple]:
    for gate in criteria.gates:
        yield from simple_ones(gate.condition)


def _ties(criteria: CriteriaSet, names: Names) -> Iterator[Flaw]:
    choices = [*names.groups, *names.lines]
    for index, code in enumerate(criteria.ties):
        yield from _unknown("names-nothing", code, choices, "ties", index)
        if code in criteria.ties[:index]:
            yield flaw("said-twice", "ties", index, text=code)


def _codes_once(key: str, codes: list[str]) -> Iterator[Flaw]:
    for index, code in enumerate(codes):
        if code in codes[:index]:
            yield flaw("duplicate-code", key, index, "code", code=code)


def _gate(gate: Gate, criteria: CriteriaSet, names: Names) -> Iterator[Flaw]:
    for path, condition in _walk(gate.condition, ("if",)):
        for each in _condition(condition, names):
            yield each.under(*path)
    if gate.at_most:
        for ladder in criteria.ladders.values():
            codes = [band.code for band in ladder]
            yield from _unknown("no-such-band", gate.at_most, codes, "at-most")


def _walk(condition: Condition, path: Path) -> Iterator[tuple[Path, Simple]]:
    match condition:
        case AllOf(conditions):
            for index, each in enumerate(conditions):
                yield from _walk(each, (*path, "all-of", index))
        case AnyOf(conditions):
            for index, each in enumerate(conditions):
                yield from _walk(each, (*path, "any-of", index))
        case _:
            yield path, condition


def _condition(condition: Simple, names: Names) -> Iterator[Flaw]:
    match condition:
        case Flagged(flag):
            yield from _unknown("no-such-flag", flag, names.flags, "flag")
        case Tagged(tag):
            yield from _unknown("no-such-tag", tag, names.tags, "tag")
        case GroupBelow(group):
            yield from _unknown("names-nothing", group, names.groups, "group")
        case CriterionBelow(criterion):
            yield from _unknown("names-nothing", criterion, names.lines, "criterion")
        case AtZero(criterion):
            yield from _unknown("names-nothing", criterion, names.lines, "zero")
        case NotHeld() | AnswerIs():
            yield from _of_line(condition, names)
        case ChildrenBelow():
            pass  # the children's set is another file: `catalog.together` looks there
        case _:
            assert_never(condition)


def _of_line(condition: NotHeld | AnswerIs, names: Names) -> Iterator[Flaw]:
    key = "not-held" if isinstance(condition, NotHeld) else "answer"
    line = names.lines.get(condition.criterion)
    if line is None:
        yield from _unknown("names-nothing", condition.criterion, names.lines, key)
        return
    scale = next(iter(line.scales.values()), None)
    if isinstance(condition, NotHeld):
        items = [item.code for item in scale.items] if isinstance(scale, Checklist) else []
        for each in _unknown("no-such-item", condition.item, items, key):
            yield _on(line, each)
        return
    words: list[str] = []
    match scale:
        case YesNo():
            words = [YES, NO]
        case Options():
            words = [level.code for level in scale.levels]
        case Lateness():
            words = [NOT_SENT]
            dues = ["", *(due.code for due in scale.dues)]
            yield from _unknown("names-nothing", condition.due, dues, key)
        case _:
            pass  # no other kind has words to compare: whatever is written is unknown
    way = "is-not" if condition.negated else "is"
    for each in _unknown("no-such-answer", condition.value, words, way):
        yield _on(line, each)


def _on(line: Criterion, flaw: Flaw) -> Flaw:
    """The flaw, telling of which line it speaks."""
    return Flaw(flaw.message, flaw.path, {**flaw.facts, "line": line.code})


def _base(of: Base, names: Names) -> Iterator[Flaw]:
    if not isinstance(of, BaseIs):
        for index, band in enumerate(of):
            yield from _unknown("no-such-band", band, names.bands, "of", index)


def _quota(quota: Quota, criteria: CriteriaSet, names: Names) -> Iterator[Flaw]:
    yield from _unknown("no-such-band", quota.band, names.bands, "band")
    yield from _base(quota.of, names)
    if any(ladder[-1].code == quota.band for ladder in criteria.ladders.values()):
        yield flaw("quota-on-lowest-band", "band", band=quota.band)
    if sum(each.band == quota.band for each in criteria.quotas) > 1:
        yield flaw("two-quotas-on-a-band", "band", band=quota.band)


def _title(title: Title, names: Names) -> Iterator[Flaw]:
    for index, band in enumerate(title.bands):
        yield from _unknown("no-such-band", band, names.bands, "bands", index)
    yield from _base(title.of, names)


def _titles_within(criteria: CriteriaSet) -> Iterator[Flaw]:
    earlier: list[str] = []
    for index, title in enumerate(criteria.titles):
        if title.within:
            yield from _unknown("no-such-title", title.within, earlier, "titles", index, "within")
        earlier.append(title.code)


def _target(target: Target, criteria: CriteriaSet, names: Names) -> Iterator[Flaw]:
    match target.what:
        case BandShare(kind, band):
            yield from _unknown("no-such-kind", kind, names.kinds, "kind")
            own = next((each for each in criteria.kinds if each.code == kind), None)
            if own is not None and (ladder := criteria.ladders.get(own.column, ())):
                codes = [each.code for each in ladder]
                yield from _unknown("no-such-band", band, codes, "band")
        case TitleHolders(title):
            titles = [each.code for each in criteria.titles]
            yield from _unknown("no-such-title", title, titles, "title")
        case TotalOf(code):
            line = names.lines.get(code)
            scales = line.scales.values() if line else ()
            if line is None or not all(isinstance(each, Ratio | Tiers) for each in scales):
                choices = [
                    each.code
                    for each in names.lines.values()
                    if any(isinstance(scale, Ratio | Tiers) for scale in each.scales.values())
                ]
                yield flaw("total-of-no-part", "total-of", text=code, choices=choices)
        case _:
            assert_never(target.what)


def _operands(rule: Comparison, names: Names) -> Iterator[Flaw]:
    for operand in (rule.left, rule.right):
        if isinstance(operand, PointsOf | AnswerOf):
            yield from _unknown("names-nothing", operand.criterion, names.lines, "if")
