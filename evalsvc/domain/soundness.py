"""What must hold across a criteria set: sums, sheets, validity. Flaws name places in the file."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product

from evalsvc.domain import references
from evalsvc.domain.criteria import (
    ByColumn,
    CriteriaSet,
    Criterion,
    Group,
    Heading,
    Role,
    leaves,
)
from evalsvc.domain.errors import Flaw, flaw
from evalsvc.domain.forms import Form, form, nominal
from evalsvc.domain.places import located
from evalsvc.domain.points import is_finer, rounded
from evalsvc.domain.provisions import Ladder
from evalsvc.domain.scales import Children, OneChild, Scale
from evalsvc.domain.scales.events import flaws_of_sorts

ZERO = Decimal(0)
NEVER_BEFORE, NEVER_AFTER = 1945, 2199


def flaws(criteria: CriteriaSet) -> Iterator[Flaw]:
    """Everything that is wrong with a set whose parts are sound in themselves."""
    yield from _numbers(criteria)
    yield from _columns(criteria)
    for index, group in enumerate(criteria.groups):
        for each in _group_sums(criteria, group):
            yield each.under("groups", index)
    for path, criterion in located(criteria):
        for each in _line(criteria, criterion):
            yield each.under(*path)
    yield from _ladders(criteria)
    yield from references.flaws(criteria)
    yield from _sheets(criteria)


def _numbers(criteria: CriteriaSet) -> Iterator[Flaw]:
    numbers = {"scale": criteria.scale, "bonus-cap": criteria.bonus_cap}
    if isinstance(criteria.ceiling, Decimal):
        numbers["ceiling"] = criteria.ceiling
    for key, number in numbers.items():
        if number is not None and is_finer(number, criteria.decimals):
            yield flaw("finer-than-decimals", key, number=number, places=criteria.decimals)
    if criteria.scale == 0:
        yield flaw("scale-is-zero", "scale")
    start, end = criteria.years.start, criteria.years.end
    if start is not None and end is not None and end < start:
        yield flaw("years-out-of-order", "years", "until", start=start, end=end)


def _columns(criteria: CriteriaSet) -> Iterator[Flaw]:
    used = {kind.column for kind in criteria.kinds}
    for column in criteria.columns:
        if column and column not in used:
            yield flaw("column-without-kind", "columns", column, column=column)
    for kind in criteria.kinds:
        if kind.column not in criteria.columns:
            known = [column for column in criteria.columns if column]
            yield flaw("no-such-column", "kinds", kind.code, text=kind.column, choices=known)


def most_of(scale: Scale) -> Fraction:
    return scale.most if scale.most is not None else Fraction(0)


def _sums(criteria: CriteriaSet, parts: list[Criterion]) -> dict[str, Decimal]:
    """The sum of the mosts on the scale, by column in which any of the lines stands."""
    sums: dict[str, Decimal] = {}
    for part in parts:
        for column, scale in part.scales.items():
            most = rounded(most_of(scale), criteria.decimals) if part.role is Role.SCALE else ZERO
            sums[column] = sums.get(column, ZERO) + most
    return sums


def _group_sums(criteria: CriteriaSet, group: Group) -> Iterator[Flaw]:
    parts = list(leaves(group))
    on_scale = [part for part in parts if part.role is Role.SCALE]
    for index, child in enumerate(group.children):
        if isinstance(child, Heading):
            sums = _sums(criteria, list(child.parts))
            for each in _differences(criteria, child.most, sums, "heading-sum", child.code):
                yield each.under("criteria", index)
    if on_scale:
        yield from _differences(
            criteria, group.most, _sums(criteria, on_scale), "group-sum", group.code
        )
    elif group.most:
        yield flaw("most-outside-scale", "most", code=group.code)
    for column, cap in group.cap.items():
        if is_finer(cap, criteria.decimals):
            yield flaw("finer-than-decimals", "cap", number=cap, places=criteria.decimals)
        if on_scale and cap > group.most.get(column, cap):
            yield flaw("cap-above-sum", "cap", code=group.code, cap=cap, sum=group.most[column])


def _differences(
    criteria: CriteriaSet, said: ByColumn, sums: Mapping[str, Decimal], message: str, code: str
) -> Iterator[Flaw]:
    if not said and sums:
        yield flaw("group-most-missing", code=code, sum=next(iter(sums.values())))
        return
    for column in criteria.columns:
        stated, counted = said.get(column), sums.get(column)
        if (stated or ZERO) != (counted or ZERO):
            facts = {"code": code, "column": column, "said": stated or ZERO, "sum": counted or ZERO}
            yield flaw(message, "most", **facts)
        elif stated is not None and counted is None:
            yield flaw("nothing-in-column", "most", code=code, column=column)


def _line(criteria: CriteriaSet, line: Criterion) -> Iterator[Flaw]:
    for scale in line.scales.values():
        if scale.most is not None and is_finer(scale.most, criteria.decimals):
            number = scale.most
            yield flaw("finer-than-decimals", "most", number=number, places=criteria.decimals)
    if not line.scales:
        yield flaw("on-no-sheet", "most", code=line.code)
    yield from _most_is_zero(line)
    if line.role is not Role.SCALE and line.reasons:
        yield flaw("not-applicable-outside-scale", "not-applicable")
    if line.role is Role.SCALE and _reads_children(line) and not line.reasons:
        yield flaw("children-without-reason", code=line.code)
    if line.validity.every > 1 and line.validity.start is None:
        yield flaw("every-without-from", "valid", "every")
    yield from flaws_of_sorts(line.less, "less")
    if not _ever_valid(criteria, line):
        yield flaw("never-valid", "valid", code=line.code)
    seen: set[str] = set()
    for index, reason in enumerate(line.reasons):
        if reason.code in seen:
            yield flaw("duplicate-code", "not-applicable", index, "code", code=reason.code)
        seen.add(reason.code)


def _most_is_zero(line: Criterion) -> Iterator[Flaw]:
    if any(scale.most == 0 for scale in line.scales.values()):
        yield flaw("most-is-zero", "most", code=line.code)


def _reads_children(line: Criterion) -> bool:
    return any(isinstance(scale, Children | OneChild) for scale in line.scales.values())


def _ever_valid(criteria: CriteriaSet, line: Criterion) -> bool:
    return any(line.validity.holds(year, None) for year in _years(criteria, line))


def _years(criteria: CriteriaSet, line: Criterion) -> range:
    """Years of the set in which the line could be on a sheet; open ends reach one full turn."""
    turn = line.validity.every
    first = criteria.years.start or line.validity.start or line.validity.end or NEVER_BEFORE
    last = criteria.years.end or max(first, line.validity.start or first) + turn
    return range(first, min(last, NEVER_AFTER) + 1)


def _ladders(criteria: CriteriaSet) -> Iterator[Flaw]:
    shared = len({id(ladder) for ladder in criteria.ladders.values()}) == 1
    for column, ladder in criteria.ladders.items():
        for each in _ladder(ladder):
            yield each.under("bands") if shared else each.under("bands", column)


def _ladder(ladder: Ladder) -> Iterator[Flaw]:
    codes: set[str] = set()
    for index, band in enumerate(ladder):
        if band.code in codes:
            yield flaw("duplicate-code", index, "code", code=band.code)
        codes.add(band.code)
        if index:
            above = ladder[index - 1]
            if (band.bound, band.above) >= (above.bound, above.above):
                yield flaw("bands-out-of-order", index, name=band.name)
    if ladder[-1].bound != 0 or ladder[-1].above:
        yield flaw("lowest-band-not-zero", len(ladder) - 1, name=ladder[-1].name)


def _sheets(criteria: CriteriaSet) -> Iterator[Flaw]:
    """Each kind's sheet adds up to the scale, or the set says how it fits."""
    for kind in criteria.kinds:
        for sheet in _sheets_of(criteria, kind.code):
            found = nominal(sheet.sections)
            if found == 0 and not sheet.tags:
                yield flaw("sheet-is-empty", "kinds", kind.code, kind=kind.code, year=sheet.year)
                break
            if found != criteria.scale and criteria.fit is None:
                facts = {"kind": kind.code, "sum": found, "scale": criteria.scale}
                shown = {**facts, "year": sheet.year, "tags": sorted(sheet.tags)}
                yield flaw("sheet-does-not-fit", "kinds", kind.code, **shown)
                break


def _sheets_of(criteria: CriteriaSet, kind: str) -> Iterator[Form]:
    """The sheets that differ: without tags and with each tag, in each year that matters."""
    tags: list[tuple[str, ...]] = [()]
    if criteria.fit is None:
        tags += [(tag,) for tag in criteria.tags]
    halves = (1, 2) if any(line.validity.half for line in criteria.criteria()) else (None,)
    for year, held in product(_years_that_matter(criteria), tags):
        for half in halves:
            yield form(criteria, kind, held, year=year, half=half)


def _years_that_matter(criteria: CriteriaSet) -> list[int]:
    years = {criteria.years.start, criteria.years.end}
    for line in criteria.criteria():
        validity = line.validity
        if validity.start is not None:
            years |= {validity.start - 1, *range(validity.start, validity.start + validity.every)}
        if validity.end is not None:
            years |= {validity.end, validity.end + 1}
    known = {year for year in years if year is not None and criteria.years.holds(year, None)}
    if known or criteria.years.start or criteria.years.end:
        return sorted(known)
    return [NEVER_BEFORE]
