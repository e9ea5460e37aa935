"""Who reviews what in a round: a role for one round, perhaps for some lines, given and taken."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evalsvc.domain.access import ASSIGNED, Grant, Place, Role, may_give, require
from evalsvc.domain.appraisal import Bench, Lines, added, sitting_twice, unanswerable, unmanned
from evalsvc.domain.errors import NotFound, Refused
from evalsvc.domain.history import Entry as Written
from evalsvc.domain.summary import markable
from evalsvc.store import accounts, assignments, journal, rounds
from evalsvc.store.accounts import Account
from evalsvc.store.assignments import Named, Person, Stand
from evalsvc.store.rounds import RoundRecord
from evalsvc.usecases import security
from evalsvc.usecases.reasons import reason_of
from evalsvc.usecases.work import Work

Data = dict[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody is given: a role over some units, and the lines of it (all where empty)."""

    account: str
    role: Role
    unit: int | None = None
    kind: str = ""
    block: str = ""
    lines: frozenset[str] = frozenset()
    seat: int = 1


def may_assign(doing: Work) -> bool:
    return bool({Role.LEAD, Role.ADMIN} & doing.actor.roles())


def listed(doing: Work, of: RoundRecord) -> Sequence[Named]:
    require(may_assign(doing) or Role.LEADER in doing.actor.roles(), "see-assignments")
    return assignments.of_round(doing.store, of.id)


def codes_of(doing: Work, of: RoundRecord) -> dict[str, str]:
    """Every line that reviewers can be named for in the sets of the round, with its name."""
    found: dict[str, str] = {}
    for sha256 in dict.fromkeys(of.sets.values()):
        criteria = doing.shelf.set_of(doing.store, sha256)
        for criterion in criteria.criteria():
            found.setdefault(criterion.code, criterion.name)
    return found


def assign(doing: Work, of: RoundRecord, part: Part) -> None:
    require(may_assign(doing), "assign")
    _demand_open(doing, of)
    account = _reviewer(doing, part.account)
    if part.role not in ASSIGNED or part.role is Role.LEAD:
        raise Refused("role-not-assigned", text=part.role.value)
    _demand_there(doing, of, part)
    grant = Grant(part.role, part.unit, part.kind, part.block, of.id, part.lines, part.seat)
    require(may_give(doing.actor, grant, _place(doing, of, part.unit)), "assign")
    known = assignments.of_round(doing.store, of.id)
    if any(each.account == account.id and each.grant == grant for each in known):
        raise Refused("assigned-already", text=part.account)
    before = assignments.bench(doing.store, of.id)
    accounts.add_grant(doing.store, account.id, grant, doing.now)
    _demand_two_people(_manning(doing, of, before))
    data: Data = {"account": part.account, **data_of(grant)}
    _tell(doing, of, "assign", data)
    security.note_account(doing, account.id, "assign", {"round": of.code, **data})


def _reviewer(doing: Work, name: str) -> Account:
    """A standing account; on the pages one that appraises already, so that nobody becomes a
    reviewer by a slip: the machine room names whom it wants."""
    account = accounts.get(doing.store, name)
    if account is None or account.ended:
        raise Refused("no-such-reviewer", text=name)
    if doing.actor.account is not None and name not in {each.name for each in reviewers(doing)}:
        raise Refused("no-such-reviewer", text=name)
    return account


def reviewers(doing: Work) -> Sequence[Person]:
    """Accounts that have a role of reviewers, or none at all yet, by name."""
    return assignments.reviewers(doing.store)


def _demand_there(doing: Work, of: RoundRecord, part: Part) -> None:
    if strange := sorted(part.lines - set(codes_of(doing, of))):
        raise Refused("no-such-lines", lines=strange)
    if part.kind and part.kind not in of.sets:
        raise Refused("no-such-kind", text=part.kind, choices=sorted(of.sets))
    blocks = [each.code for each in of.blocks]
    if part.block and part.block not in blocks:
        raise Refused("no-such-block", text=part.block, choices=blocks)
    if part.unit is not None and _place(doing, of, part.unit) is None:
        raise Refused("unit-not-of-round", text=part.unit)


def _place(doing: Work, of: RoundRecord, unit: int | None) -> Place | None:
    return None if unit is None else assignments.place_in(doing.store, of.id, unit)


def hand_over(doing: Work, of: RoundRecord, id_: int, to: str, reason: str) -> None:
    """The tasks of one person go to another; marks already given stay and keep their author."""
    require(may_assign(doing), "assign")
    _demand_open(doing, of)
    named = _named(doing, of, id_)
    account = _reviewer(doing, to)
    if account.id == named.account:
        raise Refused("no-such-reviewer", text=to)
    said = reason_of(reason)
    before = assignments.bench(doing.store, of.id)
    _take(doing, id_)
    accounts.add_grant(doing.store, account.id, named.grant, doing.now)
    demand_manned(doing, of, before)
    data: Data = {"from": named.name, "to": to, **data_of(named.grant)}
    _tell(doing, of, "hand-over", {**data, "reason": said})
    for each in sorted((named.account, account.id)):
        security.note_account(doing, each, "hand-over", {"round": of.code, **data})


def end(doing: Work, of: RoundRecord, id_: int, reason: str) -> None:
    """Refused where a line would be left by it that nobody may review."""
    require(may_assign(doing), "assign")
    _demand_open(doing, of)
    named, said = _named(doing, of, id_), reason_of(reason)
    before = assignments.bench(doing.store, of.id)
    _take(doing, id_)
    demand_manned(doing, of, before)
    data: Data = {"account": named.name, **data_of(named.grant)}
    _tell(doing, of, "end-assignment", {**data, "reason": said})
    security.note_account(doing, named.account, "end-assignment", {"round": of.code, **data})


def _named(doing: Work, of: RoundRecord, id_: int) -> Named:
    for each in assignments.of_round(doing.store, of.id):
        if each.id == id_:
            place = _place(doing, of, each.grant.unit)
            require(may_give(doing.actor, each.grant, place), "assign")
            return each
    raise NotFound("assignment")


def _take(doing: Work, id_: int) -> None:
    if not assignments.end(doing.store, id_, doing.now):
        raise NotFound("assignment")


@dataclass(frozen=True, slots=True)
class _Manning:
    """Who is there for the lines of a round, and who was before a deed: None when it opens."""

    sheets: Lines
    names: dict[int, str]
    now: Bench
    before: Bench | None

    def lacks(self, missing: Callable[[Bench, Lines], dict[int, list[str]]]) -> list[str]:
        """Units with the lines that are missing; a gap from before is held against no deed."""
        found = missing(self.now, self.sheets)
        if self.before is not None:
            found = added(found, missing(self.before, self.sheets))
        return [f"{self.names[unit]} ({', '.join(codes[:5])})" for unit, codes in found.items()]


def _manning(doing: Work, of: RoundRecord, before: Bench | None) -> _Manning:
    return _Manning(*sheets_of(doing, of), assignments.bench(doing.store, of.id), before)


def demand_manned(doing: Work, of: RoundRecord, before: Bench | None = None) -> None:
    """Every line has somebody to review it, somebody else to answer, and two people on two seats.

    With the bench as it was before a deed, only what the deed itself does is held against it.
    """
    manning = _manning(doing, of, before)
    # First of all the reviewers' own body.
    if units := manning.lacks(unmanned):
        raise Refused("lines-without-reviewer", units=units)
    if units := manning.lacks(unanswerable):
        raise Refused("lines-without-answerer", units=units)
    _demand_two_people(manning)


def _demand_two_people(manning: _Manning) -> None:
    if units := manning.lacks(sitting_twice):
        raise Refused("seats-of-one-person", units=units)


def sheets_of(doing: Work, of: RoundRecord) -> tuple[Lines, dict[int, str]]:
    """The lines of all sheets of the round, whoever asks, and the codes of their units."""
    found = assignments.sheets_in(doing.store, of.id)
    sheets_ = [(each.place, _markable(doing, of, each)) for each in found if not each.exempt]
    return sheets_, {each.place.unit: each.code for each in found}


def _markable(doing: Work, of: RoundRecord, each: Stand) -> tuple[str, ...]:
    return markable(doing.shelf.form_of(doing.store, of, each.sha256, (each.place.kind, each.tags)))


def _demand_open(doing: Work, of: RoundRecord) -> None:
    """Asked anew: what is kept of a round is as it was when it opened.

    The parts of one round change one after the other, so that two ends which are harmless each
    leave no line without anybody.
    """
    if not rounds.hold(doing.store, of.id):
        raise Refused("round-is-closed", round=of.code)


def data_of(grant: Grant) -> Data:
    """A part as the journal writes it."""
    return {
        "role": grant.role.value,
        "unit": grant.unit,
        "kind": grant.kind,
        "block": grant.block,
        "lines": " ".join(sorted(grant.lines)),
        "seat": grant.seat,
    }


def _tell(doing: Work, of: RoundRecord, deed: str, data: Data) -> None:
    entry = Written(deed, doing.now, doing.actor.account, data=data)
    journal.note(doing.store, f"round:{of.code}", entry)


def unit_of(doing: Work, of: RoundRecord, code: str) -> int:
    """The unit that has this code, or this name, in the round."""
    for each in assignments.sheets_in(doing.store, of.id):
        if code in (each.code, each.name):
            return each.place.unit
    raise Refused("unit-not-of-round", text=code)


def part_over(
    doing: Work,
    of: RoundRecord,
    who: tuple[str, Role],
    over: str,
    what: tuple[frozenset[str], int],
) -> Part:
    """A part as it is written: over `so-noi-vu`, `kind:so`, `block:khoi-1`, or nothing for all."""
    head, colon, tail = over.partition(":")
    if colon and head in ("kind", "block"):
        kind, block = (tail, "") if head == "kind" else ("", tail)
        return Part(*who, None, kind, block, *what)
    return Part(*who, unit_of(doing, of, over) if over else None, "", "", *what)


def demand_part(doing: Work, of: RoundRecord, id_: int) -> None:
    """For the machine room, where a number is typed: what is not there is refused in words."""
    known = [each.id for each in assignments.of_round(doing.store, of.id)]
    if id_ not in known:
        raise Refused("no-such-part", text=id_, choices=known)
