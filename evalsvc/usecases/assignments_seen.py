"""Who reviews what in a round, as it is looked at: people, gaps, and who sits on which group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evalsvc.domain.access import Place, Role
from evalsvc.domain.appraisal import Bench, unanswerable, unmanned
from evalsvc.domain.criteria import Group, leaves
from evalsvc.domain.errors import NotFound
from evalsvc.store import assignments as stored
from evalsvc.store import rounds
from evalsvc.store.assignments import Named, Person
from evalsvc.store.rounds import RoundRecord
from evalsvc.usecases import assignments, review
from evalsvc.usecases import rounds as opened
from evalsvc.usecases.work import Work

MOST_LISTED = 30


@dataclass(frozen=True, slots=True)
class Gap:
    """Lines of one unit that nobody may review, or whose explanations nobody could answer."""

    unit: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One kind of units in one block: who appraises each group of its set."""

    kind: str
    block: str
    groups: tuple[tuple[str, str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """One round with what it assigns; nothing in it tells of points."""

    round: RoundRecord
    rounds: tuple[RoundRecord, ...]
    named: Sequence[Named]
    people: Sequence[Person]
    units: Sequence[tuple[int, str, str]]
    kinds: Mapping[str, str]
    lines: Mapping[str, str]
    unmanned: tuple[Gap, ...]
    unanswered: tuple[Gap, ...]
    bars: tuple[Bar, ...]
    open: bool


def rounds_of(doing: Work) -> tuple[RoundRecord, ...]:
    """An administrator keeps all rounds; others have those in which they see sheets."""
    if Role.ADMIN in doing.actor.roles():
        return tuple(rounds.all_of(doing.store))
    return review.rounds_of(doing)


def round_of(doing: Work, code: str) -> RoundRecord:
    for each in rounds_of(doing):
        if code in ("", each.code) and assignments.may_assign(doing):
            return each
    raise NotFound("round")


def seen(doing: Work, code: str) -> Seen:
    return _seen(doing, round_of(doing, code))


def of_machine(doing: Work, code: str) -> Seen:
    """For the machine room, where a code is typed."""
    return _seen(doing, opened.of_code(doing, code))


def _seen(doing: Work, of: RoundRecord) -> Seen:
    bench = stored.bench(doing.store, of.id)
    lines, _ = assignments.sheets_of(doing, of)
    sheets = stored.sheets_in(doing.store, of.id)
    names = {each.place.unit: each.name for each in sheets}
    now = rounds.get(doing.store, of.id)
    return Seen(
        of,
        rounds_of(doing),
        assignments.listed(doing, of),
        assignments.reviewers(doing),
        [(each.place.unit, each.code, each.name) for each in sheets],
        _kinds(doing, of),
        assignments.codes_of(doing, of),
        _gaps(unmanned(bench, lines), names),
        _gaps(unanswerable(bench, lines), names),
        _bars(doing, of, bench, [each.place for each in sheets]),
        open=now is not None and not now.closed,
    )


def _gaps(missing: Mapping[int, Sequence[str]], names: Mapping[int, str]) -> tuple[Gap, ...]:
    return tuple(Gap(names[unit], tuple(codes)) for unit, codes in missing.items())


def _kinds(doing: Work, of: RoundRecord) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, sha256 in of.sets.items():
        known = {each.code: each.name for each in doing.shelf.set_of(doing.store, sha256).kinds}
        found[kind] = known.get(kind, kind)
    return found


def _bars(doing: Work, of: RoundRecord, bench: Bench, places: Sequence[Place]) -> tuple[Bar, ...]:
    """For units that nobody names: those with somebody of their own stand in the list of parts."""
    known = stored.labels(doing.store, sorted({each.account for each in bench.assigned}))
    kinds, blocks = _kinds(doing, of), {each.code: each.name for each in of.blocks}
    found = []
    for kind, block in dict.fromkeys((each.kind, each.block) for each in places):
        place = Place(0, kind, block, of.id)
        criteria = doing.shelf.set_of(doing.store, of.sets[kind])
        groups = tuple(
            (
                group.code,
                group.name,
                _who(bench, place, known, group),
            )
            for group in criteria.groups
        )
        found.append(Bar(kinds[kind], blocks.get(block, block), groups))
    return tuple(found)


def _who(bench: Bench, place: Place, known: Mapping[int, str], group: Group) -> tuple[str, ...]:
    on = {each.account for line in leaves(group) for each in bench.of_line(place, line.code)}
    return tuple(sorted(known[each] for each in on))
