"""Where each unit of the demo province stands: who has handed in, who waits, who was reviewed."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum

from evalsvc.domain.assessment import Flag
from evalsvc.domain.criteria import GivenBy
from evalsvc.domain.forms import Entry
from evalsvc.usecases.demo_draws import Draw, draw

VIETNAM = timezone(timedelta(hours=7))
NOW = datetime(2026, 12, 1, 9, 30, tzinfo=VIETNAM)
"""The moment at which all states of 2026 are true: the window has closed, its grace has not."""

THIS_YEAR, LAST_YEAR = 2026, 2025


class State(StrEnum):
    UNTOUCHED = "untouched"
    HALF = "half"
    NEARLY = "nearly"
    LATE = "late"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under-review"
    REVIEWED = "reviewed"
    RELEASED = "released"
    CONTESTED = "contested"
    ANSWERED = "answered"
    CONCLUDED = "concluded"
    CLOSED = "closed"
    NOT_SUBMITTED = "not-submitted"


NUMBERS = {
    THIS_YEAR: (
        (State.UNTOUCHED, 18),
        (State.HALF, 30),
        (State.NEARLY, 20),
        (State.LATE, 6),
        (State.UNDER_REVIEW, 16),
        (State.REVIEWED, 8),
        (State.RELEASED, 4),
        (State.CONTESTED, 3),
        (State.ANSWERED, 3),
        (State.CONCLUDED, 2),
    ),
    LAST_YEAR: ((State.NOT_SUBMITTED, 2),),
}
"""How many units are in a state; the others are in the one below."""
THE_OTHERS = {THIS_YEAR: State.SUBMITTED, LAST_YEAR: State.CLOSED}

NOT_HANDED_IN = frozenset({State.UNTOUCHED, State.HALF, State.NEARLY, State.NOT_SUBMITTED})
SHOWN = frozenset({State.RELEASED, State.CONTESTED, State.ANSWERED, State.CONCLUDED, State.CLOSED})
"""Released to their units."""
WHOLLY_REVIEWED = SHOWN | {State.REVIEWED}

FLAGS = {
    ("xa-dai-binh", LAST_YEAR): Flag("khieu-kien-keo-dai", "214/KL-UBND", date(2025, 10, 14)),
    ("xa-hong-thai-dong", THIS_YEAR): Flag("khieu-kien-keo-dai", "187/KL-UBND", date(2026, 9, 22)),
}
"""What was raised on a document, by unit and year."""


def states(units: Iterable[str], year: int) -> dict[str, State]:
    """Every unit's state, in the order of the units."""
    codes = list(units)
    shuffled = sorted(codes, key=lambda code: draw(year, code).below(1 << 32, "standing"))
    found = dict.fromkeys(codes, THE_OTHERS[year])
    start = 0
    for state, number in NUMBERS[year]:
        found |= dict.fromkeys(shuffled[start : start + number], state)
        start += number
    return found


def filled(entries: Iterable[Entry], unit: str, state: State) -> tuple[Entry, ...]:
    """The unit's own lines that it has answered: from the top, and a few further down."""
    own = [entry for entry in entries if entry.criterion.given_by is GivenBy.UNIT]
    chance = draw(unit, state)
    match state:
        case State.UNTOUCHED | State.NOT_SUBMITTED:
            return ()
        case State.HALF:
            return tuple(_begun(own, chance))
        case State.NEARLY:
            missing = {chance.below(len(own), f"missing {at}") for at in range(4)}
        case _:
            # Some hand in although a line is still empty
            missing = {chance.below(len(own), "missing")} if chance.once_in(7, "gap") else set()
    return tuple(entry for at, entry in enumerate(own) if at not in missing)


def _begun(own: Sequence[Entry], chance: Draw) -> Iterable[Entry]:
    share = chance.between(30, 62, "share")
    for at, entry in enumerate(own):
        first = 100 * at < share * len(own)
        if first != chance.once_in(9, entry.code):
            yield entry


def looked_at(entries: Iterable[Entry], unit: str, state: State) -> tuple[Entry, ...]:
    """The lines that a reviewer has been through; what the service gives is not reviewed."""
    given = [entry for entry in entries if entry.criterion.given_by is not GivenBy.SERVICE]
    if state in WHOLLY_REVIEWED:
        return tuple(given)
    if state is not State.UNDER_REVIEW:
        return ()
    share = draw(unit, state).between(20, 85, "share")
    return tuple(given[: len(given) * share // 100])


def handed_in(unit: str, year: int, state: State) -> datetime | None:
    """When the head signed, on a working day in working hours; None while it is not handed in."""
    if state in NOT_HANDED_IN:
        return None
    chance = draw(unit, year, "handed in")
    hour = time(chance.between(7, 10, "hour"), chance.between(30, 59, "minute"))
    if state is State.LATE:
        return datetime.combine(date(year, 12, 1), time(8, hour.minute - 29), VIETNAM)
    early = state is State.UNDER_REVIEW or state in WHOLLY_REVIEWED
    first, last = (10, 13) if early else (16, 20)
    day = date(year, 11, chance.between(first, last, "day"))
    if year == LAST_YEAR:
        day = date(year, 11, chance.one_of((17, 18, 19, 20, 21, 24, 25, 26, 27, 28), "day"))
    return datetime.combine(day, hour, VIETNAM)


def flags(unit: str, year: int) -> tuple[Flag, ...]:
    flag = FLAGS.get((unit, year))
    return (flag,) if flag is not None else ()
