"""A small house in which some lines have reviewers of their own: one named, one marked twice."""

from evalsvc.domain.access import SERVICE, Actor, Grant, Role
from evalsvc.store import accounts, rounds
from evalsvc.usecases import evaluate, password_hashes
from evalsvc.usecases.found import Found
from evalsvc.usecases.sheets import Seen
from tests.web.evaluator import handed_in, line_of
from tests.web.small_house import PASSWORD, ROUND, House

DOUBLE, NAMED = "A3", "A4"
PARTS = {
    "seat-1": (frozenset({DOUBLE}), 1),
    "seat-2": (frozenset({DOUBLE}), 2),
    "thanh-tra": (frozenset({NAMED}), 1),
}
LABELS = {"seat-1": "Chị Lượt Một", "seat-2": "Anh Lượt Hai", "thanh-tra": "Thanh tra tỉnh"}


def with_parts(house: House) -> House:
    """Two sheets are handed in, and three people are named for lines of this round."""
    handed_in(house)
    first = password_hashes.known_password(PASSWORD)
    with house.office.writing(SERVICE) as doing:
        found = rounds.of_code(doing.store, ROUND)
        assert found is not None
        for name, (lines, seat) in PARTS.items():
            id_ = accounts.add(doing.store, name, LABELS[name], first.hash, doing.now)
            accounts.put_password(doing.store, id_, first.hash, must_change=False)
            grant = Grant(Role.EVALUATOR, round=found.id, lines=lines, seat=seat)
            accounts.add_grant(doing.store, id_, grant)
            house.people[name] = Actor(id_, LABELS[name], (grant,))
    return house


def seen(house: House, code: str, unit: str = "so-noi-vu") -> Seen:
    return Seen(line_of(house, code, unit).version)


def mark(house: House, who: str, text: str, reason: str = "", code: str = DOUBLE) -> None:
    """On the line that two people mark, where no other is named."""
    actor, found = house.actor(who), Found(text)
    house.office.do(actor, evaluate.adjust, house.sheet(), code, found, reason, seen(house, code))
