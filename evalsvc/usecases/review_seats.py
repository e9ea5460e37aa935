"""Who marks each line that a reviewer looks at: the seat of the one who asks, and the others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evalsvc.domain.access import Place, sees_line
from evalsvc.domain.appraisal import FIRST, Bench, Given, TaskState
from evalsvc.domain.assessment import Stage
from evalsvc.store import assignments, seats
from evalsvc.store.marks import MarkRecord
from evalsvc.usecases.appraise import Hearing
from evalsvc.usecases.sheets import Sheet
from evalsvc.usecases.work import Work

ONE_SEAT = Given((FIRST,))


@dataclass(frozen=True, slots=True)
class Chair:
    """One seat of a line: who sits there, and how far they are."""

    seat: int
    who: tuple[str, ...]
    state: TaskState
    mark: MarkRecord | None = None


@dataclass(frozen=True, slots=True)
class Seats:
    """`mine` is None for somebody who does not mark the line; `chairs` are told where it matters:
    on lines of others, and on lines with two seats. Marks that must not be seen are not in here."""

    mine: int | None = FIRST
    given: Given = ONE_SEAT
    chairs: tuple[Chair, ...] = ()
    own: MarkRecord | None = None

    @property
    def is_double(self) -> bool:
        return self.given.is_double

    @property
    def to_agree(self) -> bool:
        """Both marks are in and the lead has still to enter the value."""
        return self.is_double and self.given.all_in and not self.given.agreed

    @property
    def may_mark(self) -> bool:
        """Whether the one who asks has something to say here; both in is for the lead."""
        return self.mine is not None and not (self.is_double and self.given.all_in)

    @property
    def is_given(self) -> bool:
        """The own part of a line with two seats is done."""
        return self.is_double and self.own is not None

    @property
    def absent(self) -> tuple[Chair, ...]:
        """Seats that could be passed over."""
        return tuple(each for each in self.chairs if each.seat in self.given.absent)


ANYBODY = Seats()
"""A line that nobody is named for."""


def of_sheet(
    doing: Work, sheet: Sheet, hearing: Hearing, seen: Sequence[MarkRecord]
) -> Mapping[str, Seats]:
    """By line, of those in scope; `seen` are the marks that this person may see."""
    place = sheet.record.place
    codes = [each.code for each in sheet.form.entries() if sees_line(doing.actor, place, each.code)]
    found = {code: _seats(doing, hearing.bench, place, (code, hearing.of(code))) for code in codes}
    asked = [code for code, each in found.items() if each.mine is None or each.is_double]
    names = _names(doing, hearing.bench, [(place, code) for code in asked])
    for code in asked:
        given = [each for each in seen if each.line == code]
        found[code] = _told(doing, hearing.bench, (place, code), found[code], names, given)
    return found


def across(
    doing: Work, round_id: int, places: Mapping[int, Place], code: str
) -> Mapping[int, Seats]:
    """Of one line on many sheets, whose places are named by their ids."""
    bench, ids = assignments.bench(doing.store, round_id), list(places)
    double = any(each.grant.seat != FIRST for each in bench.assigned)
    known = seats.seats_across(doing.store, ids, code) if double else {}
    given = {
        id_: Given(bench.seats(place, code), *known.get(id_, (frozenset(), frozenset(), False)))
        for id_, place in places.items()
    }
    found = {id_: _seats(doing, bench, place, (code, given[id_])) for id_, place in places.items()}
    asked = [id_ for id_, each in found.items() if each.mine is None or each.is_double]
    own = _own(doing, [id_ for id_ in asked if found[id_].is_double], code)
    names = _names(doing, bench, [(places[id_], code) for id_ in asked])
    for id_ in asked:
        mine = [own[id_]] if id_ in own else []
        found[id_] = _told(doing, bench, (places[id_], code), found[id_], names, mine)
    return found


def _own(doing: Work, ids: Sequence[int], code: str) -> Mapping[int, MarkRecord]:
    if not ids or doing.actor.account is None:
        return {}
    return seats.own_across(doing.store, ids, code, doing.actor.account)


def _seats(doing: Work, bench: Bench, place: Place, of: tuple[str, Given]) -> Seats:
    code, given = of
    return Seats(bench.seat_of(doing.actor, place, code), given)


def _names(doing: Work, bench: Bench, lines: Iterable[tuple[Place, str]]) -> Mapping[int, str]:
    """Of everybody who marks these lines; one statement, and none where nobody is asked for."""
    found = {each.account for place, code in lines for each in bench.of_line(place, code)}
    return assignments.labels(doing.store, sorted(found)) if found else {}


def _told(
    doing: Work,
    bench: Bench,
    at: tuple[Place, str],
    of: Seats,
    names: Mapping[int, str],
    seen: Sequence[MarkRecord],
) -> Seats:
    review = [each for each in seen if each.stage is Stage.REVIEW]
    by_seat = {each.seat: each for each in review}
    sitting = bench.of_line(*at)
    chairs = tuple(
        Chair(
            seat,
            tuple(names.get(each.account, "") for each in sitting if each.grant.seat == seat),
            of.given.state(seat),
            by_seat.get(seat),
        )
        for seat in of.given.seats
    )
    own = next((each for each in review if each.account == doing.actor.account), None)
    return Seats(of.mine, of.given, chairs, own)
