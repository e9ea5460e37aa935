"""Shares to watch for a whole round: no points, no effect."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from evalsvc.domain.answers import NotApplicable, PartOf, Stated
from evalsvc.domain.points import per_cent
from evalsvc.domain.provisions import BandShare, Target, TitleHolders, TotalOf
from evalsvc.domain.quotas import WHOLE_ROUND, Banded, Field
from evalsvc.domain.results import Result
from evalsvc.domain.rounds import Round
from evalsvc.domain.titles import TitleOutcome, bounds_of


@dataclass(frozen=True, slots=True)
class TargetOutcome:
    """Shares as top/bottom; `share` and `met` None where there is nothing to take a share of."""

    target: Target
    set: str
    top: int
    bottom: int
    share: Decimal | None
    met: bool | None


def watched(
    of: Round,
    fields: Mapping[str, Field],
    found: Mapping[str, Banded],
    known: tuple[Sequence[TitleOutcome], Mapping[str, Result]],
) -> Iterator[TargetOutcome]:
    given, results = known
    for code, field in fields.items():
        for target in field.set.targets:
            match target.what:
                case BandShare(kind, band):
                    top, bottom = _band_share(of, field, found[code], (kind, band))
                case TotalOf(criterion):
                    mine = [results[e.unit] for e in field.standings]
                    top, bottom = _total_of(mine, criterion)
                case TitleHolders(title):
                    top = sum(len(each.given) for each in given if each.title.code == title)
                    bottom = len(field.rankings[WHOLE_ROUND])
            yield _target(target, code, top, bottom)


def _target(target: Target, code: str, top: int, bottom: int) -> TargetOutcome:
    low, high = bounds_of(target.bounds, bottom)
    over = top > low if target.bounds.above else top >= low
    if not bottom:
        return TargetOutcome(target, code, top, bottom, None, None)
    met = over and (high is None or top <= high)
    return TargetOutcome(target, code, top, bottom, per_cent(Fraction(top, bottom)), met)


def _band_share(
    of: Round, field: Field, banded: Banded, wanted: tuple[str, str]
) -> tuple[int, int]:
    """Units of a kind with a band or a better one, of all that are not exempt."""
    kind, code = wanted
    good = 0
    for each in field.standings:
        codes = [band.code for band in each.ladder]
        band = banded.bands[each.unit]
        if each.kind == kind and band is not None:
            good += codes.index(band.code) <= codes.index(code)
    return good, sum(unit.kind == kind and not unit.exempt for unit in of.units)


def _total_of(results: Iterable[Result], code: str) -> tuple[int, int]:
    top = bottom = 0
    for each in results:
        line = each.sheet.line(code)
        if line is None or isinstance(line.value, NotApplicable):
            continue
        answer = line.value.answer if isinstance(line.value, Stated) else None
        if isinstance(answer, PartOf):
            top, bottom = top + answer.done, bottom + answer.due
    return top, bottom
