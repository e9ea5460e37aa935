"""A round file: the year, the set of each kind, blocks, units, and what leaders decided."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from marshmallow import ValidationError, validates_schema

from evalsvc.catalog import tree
from evalsvc.catalog.blocks import Block, FileSchema, Items, Named, flaws_of
from evalsvc.catalog.faults import Faulty
from evalsvc.catalog.fields import Code, Day, DayOrYearly, Text, Whole, Word, Year, YesNo
from evalsvc.catalog.line_schemas import exactly_one
from evalsvc.catalog.sets import KEY_MESSAGES
from evalsvc.domain.criteria import CriteriaSet
from evalsvc.domain.dates import YearlyDay
from evalsvc.domain.errors import Flaw, Refused, flaw
from evalsvc.domain.forms import DueDates
from evalsvc.domain.lines import Layer
from evalsvc.domain.quotas import Keep
from evalsvc.domain.rounds import Block as RoundBlock
from evalsvc.domain.rounds import Forms, Round
from evalsvc.domain.scales import Lateness
from evalsvc.domain.titles import Award
from evalsvc.domain.units import Unit

MOST_BYTES, MOST_VALUES = 20_000_000, 2_000_000
"""A round may hold every commune of the country several times over."""

_Read = dict[str, Any]
FindSet = Callable[[str], CriteriaSet]
"""A set by what the round calls it; raises Refused or Faulty."""


class BlockSchema(FileSchema):
    code = Code(required=True)
    name = Text(required=True)


class UnitSchema(FileSchema):
    code = Code(required=True)
    name = Text(required=True)
    kind = Code(required=True)
    block = Code(required=True)
    tags = Items(Code(), least=0)
    parent = Code()
    exempt = Text()


class DecisionSchema(FileSchema):
    quota = Code()
    title = Code()
    block = Code()
    keep = Items(Code(), least=0)
    give = Items(Code(), least=0)
    number = Whole()
    reason = Text(required=True)

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _what(self, data: dict[str, Any], original: Any, **kwargs: Any) -> None:
        exactly_one(data, original, "quota", "title")
        if "quota" in original:
            exactly_one(data, original, "keep", "give", "number")
        elif not {"give", "number"} & set(original):
            exactly_one(data, original, "give", "number")


class DaysField(DayOrYearly):
    """The day of a line's one due date, or its days by code."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, tree.Mapping):
            return Named(DayOrYearly()).deserialize(value)
        return super()._deserialize(value, attr, data, **kwargs)


class RoundFileSchema(FileSchema):
    """What every file of a round says, whether its units stand in it or are kept elsewhere."""

    format = Word(("1",), required=True)
    round = Code(required=True)
    title = Text(required=True)
    year = Year(required=True)
    half = Word(("1", "2"))
    sets = Named(Text(), required=True)
    blocks = Items(Block(BlockSchema), required=True)
    overall = YesNo()
    dates = Named(DaysField())


class RoundSchema(RoundFileSchema):
    layer = Word(Layer)
    deadline = Day()
    units = Items(Block(UnitSchema), required=True)
    decisions = Items(Block(DecisionSchema), least=0)


def load(file: tree.File, find_set: FindSet) -> Round:
    """Raises Faulty with everything that is wrong with the round."""
    read = shape(file, RoundSchema())
    flaws: list[Flaw] = []
    sets = dict(sets_of(read, find_set, flaws))
    flaws += _of_units(read, sets)
    flaws += _of_decisions(read, sets)
    flaws += flaws_of_dates(read, sets)
    if flaws:
        raise Faulty(file.fault(each) for each in flaws)
    made = _round(read, sets)
    if found := list(_of_forms(made)):
        raise Faulty(file.fault(each) for each in found)
    return made


def shape(file: tree.File, schema: RoundFileSchema) -> _Read:
    """What the file says, by key; raises Faulty with every fault of its shape."""
    if not isinstance(file.root, tree.Mapping):
        raise Faulty([file.fault(Flaw("file-not-a-mapping"))])
    if file.faults:
        raise Faulty(file.faults)
    try:
        return dict(schema.load(file.root))
    except ValidationError as error:
        found = flaws_of(error.messages)
        raise Faulty(file.fault(each, key=each.message in KEY_MESSAGES) for each in found) from None


def sets_of(read: _Read, find_set: FindSet, flaws: list[Flaw]) -> Iterator[tuple[str, CriteriaSet]]:
    """The set of each kind; what is wrong with one is added to the flaws."""
    found: dict[str, CriteriaSet] = {}
    for kind, name in read["sets"].items():
        try:
            criteria = found.setdefault(name, found.get(name) or find_set(name))
        except Refused as error:
            flaws.append(Flaw(error.message, ("sets", kind), error.facts))
            continue
        if criteria.kind(kind) is None:
            choices = [each.code for each in criteria.kinds]
            flaws.append(flaw("set-serves-other-kinds", "sets", kind, kind=kind, choices=choices))
        other = next((each for each in found.values() if each.code == criteria.code), criteria)
        if other != criteria:
            flaws.append(flaw("two-sets-of-one-code", "sets", kind, code=criteria.code))
        yield kind, criteria


def _of_units(read: _Read, sets: Mapping[str, CriteriaSet]) -> Iterator[Flaw]:
    blocks = [block["code"] for block in read["blocks"]]
    codes = [unit["code"] for unit in read["units"]]
    yield from repeated("blocks", blocks)
    yield from repeated("units", codes)
    wanted = {"kind": list(read["sets"]), "block": blocks, "parent": dict.fromkeys(codes)}
    parents = {unit["code"]: unit.get("parent", "") for unit in read["units"]}
    for index, unit in enumerate(read["units"]):
        for key, choices in wanted.items():
            if key in unit and unit[key] not in choices:
                said = unit[key]
                yield flaw("names-nothing", "units", index, key, text=said, choices=list(choices))
        if _is_own_ancestor(unit["code"], parents):
            yield flaw("own-parent", "units", index, "parent", code=unit["code"])


def _is_own_ancestor(code: str, parents: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    above = parents.get(code, "")
    while above and above != code and above not in seen:
        seen.add(above)
        above = parents.get(above, "")
    return above == code


def repeated(key: str, codes: list[str]) -> Iterator[Flaw]:
    seen: set[str] = set()
    for index, code in enumerate(codes):
        if code in seen:
            yield flaw("duplicate-code", key, index, "code", code=code)
        seen.add(code)


def _of_decisions(read: _Read, sets: Mapping[str, CriteriaSet]) -> Iterator[Flaw]:
    units = [unit["code"] for unit in read["units"]]
    wanted = {
        "quota": [quota.band for each in sets.values() for quota in each.quotas],
        "title": [title.code for each in sets.values() for title in each.titles],
        "block": [block["code"] for block in read["blocks"]],
    }
    decided: list[tuple[str, str, str]] = []
    for index, decision in enumerate(read.get("decisions", ())):
        path = ("decisions", index)
        for key, choices in wanted.items():
            if key in decision and decision[key] not in choices:
                said = decision[key]
                yield flaw("names-nothing", *path, key, text=said, choices=sorted(set(choices)))
        for key in ("keep", "give"):
            named = decision.get(key, ())
            for at, unit in enumerate(named):
                if unit not in units:
                    yield flaw("names-nothing", *path, key, at, text=unit, choices=units)
                elif unit in named[:at]:
                    yield flaw("said-twice", *path, key, at, text=unit)
        what = decision.get("quota", ""), decision.get("title", ""), decision.get("block", "")
        if what in decided:
            yield flaw("decided-twice", *path, what=what[0] or what[1])
        decided.append(what)


def flaws_of_dates(read: _Read, sets: Mapping[str, CriteriaSet]) -> Iterator[Flaw]:
    dues = {
        line.code: [due.code for due in scale.dues]
        for each in sets.values()
        for line in each.criteria()
        for scale in line.scales.values()
        if isinstance(scale, Lateness)
    }
    for line, days in read.get("dates", {}).items():
        if line not in dues:
            yield flaw("names-nothing", "dates", line, text=line, choices=list(dues))
            continue
        if not isinstance(days, dict) and len(dues[line]) > 1:
            yield flaw("which-due-date", "dates", line, choices=dues[line])
        for code in days if isinstance(days, dict) else ():
            if code not in dues[line]:
                yield flaw("names-nothing", "dates", line, code, text=code, choices=dues[line])


def _round(read: _Read, sets: Mapping[str, CriteriaSet]) -> Round:
    decisions = read.get("decisions", ())
    return Round(
        read["round"],
        read["title"],
        read["year"],
        sets,
        tuple(RoundBlock(each["code"], each["name"]) for each in read["blocks"]),
        tuple(_unit(each) for each in read["units"]),
        half=int(read["half"]) if "half" in read else None,
        layer=read.get("layer", Layer.FINAL),
        deadline=read.get("deadline"),
        overall=read.get("overall", False),
        dates=due_dates(read),
        keeps=tuple(_keep(each) for each in decisions if "quota" in each),
        awards=tuple(_award(each) for each in decisions if "title" in each),
    )


def _unit(read: _Read) -> Unit:
    return Unit(
        read["code"],
        read["name"],
        read["kind"],
        read["block"],
        frozenset(read.get("tags", ())),
        read.get("parent", ""),
        read.get("exempt", ""),
    )


def due_dates(read: _Read) -> DueDates:
    return {
        line: {code: _day(day, read["year"]) for code, day in _by_code(line, days).items()}
        for line, days in read.get("dates", {}).items()
    }


def _by_code(line: str, days: Any) -> dict[str, Any]:
    """A lone due date has the code of its line."""
    return days if isinstance(days, dict) else {line: days}


def _day(day: date | YearlyDay, year: int) -> date:
    return day.in_year(year) if isinstance(day, YearlyDay) else day


def _keep(read: _Read) -> Keep:
    return Keep(read["quota"], read.get("block", ""), tuple(read["keep"]), read["reason"])


def _award(read: _Read) -> Award:
    units = tuple(read.get("give", ()))
    return Award(read["title"], read.get("block", ""), read["reason"], read.get("number"), units)


def _of_forms(made: Round) -> Iterator[Flaw]:
    """Units whose sheet cannot be made: a strange tag, a year in which the set does not hold."""
    forms = Forms(made)
    for index, unit in enumerate(made.units):
        try:
            forms.of(unit)
        except Refused as error:
            yield Flaw(error.message, ("units", index), error.facts)
