"""What pages of decisions share: what was ticked, what came of it, cases in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask import request as asked

from evalsvc import request
from evalsvc.domain.course import Status
from evalsvc.domain.dates import read_typed_day
from evalsvc.domain.errors import NotFound, Refused
from evalsvc.domain.history import GONE
from evalsvc.domain.lines import Layer
from evalsvc.domain.readings import demand_day_past
from evalsvc.usecases.assess import today
from evalsvc.usecases.decide import Done, Picked
from evalsvc.usecases.decisions_seen import STAGES, Asked, Case, Undone
from evalsvc.usecases.work import Work
from evalsvc.web.evaluate_views import total_of
from evalsvc.web.refusals import refusal
from evalsvc.words.faults import what_is_wrong
from evalsvc.words.language import VIETNAMESE, Language, language

PICK = "pick-"
MOST_NAMES = 8
MOST_DIGITS = 9


def picks() -> list[Picked]:
    """Ticked sheets, each as it was on the screen."""
    found = []
    for name, link in asked.form.items():
        id_ = name.removeprefix(PICK)
        if name.startswith(PICK) and link and id_.isascii() and id_.isdigit():
            found.append(Picked(int(id_[:MOST_DIGITS]), link))
    return found


def ticked(cases: Iterable[Case]) -> frozenset[int]:
    """Nothing, until somebody ticks it or asks for all; what was sent is shown as it was sent."""
    if asked.method == "POST":
        return frozenset(each.id for each in picks())
    wanted = asked.args.get("all") == "1"
    return frozenset(each.record.id for each in cases if wanted)


def demand_picks() -> list[Picked]:
    if not (found := picks()):
        raise Refused("nothing-picked")
    return found


def tell(done: Done, said: str) -> None:
    """What went on, and what was left, by reason."""
    spoken = request.spoken()
    if done.done:
        request.notice(said)
    why: dict[str, list[str]] = {}
    for unit, refused in done.left:
        why.setdefault(refusal(spoken, refused), []).append(unit)
    for reason, units in why.items():
        named = named_units(units)
        request.notice(
            spoken.say("Left as it was: {units}. {why}", units=named, why=reason), "warn"
        )


def named_units(units: Sequence[str]) -> str:
    named = ", ".join(units[:MOST_NAMES])
    if len(units) <= MOST_NAMES:
        return named
    more = len(units) - MOST_NAMES
    return request.spoken().say("{units} and {number} more", units=named, number=more)


def asked_of() -> Asked:
    stage = asked.args.get("stage", "")
    if stage and stage not in list(STAGES):
        raise NotFound("stage")
    page = asked.args.get("page", 1, type=int)
    return Asked(asked.args.get("block", ""), Status(stage) if stage else None, page)


def decision_of(doing: Work, number: str, day: str) -> str:
    """Number and day of a decision as they are kept: a decision is a Vietnamese document."""
    if not number.strip():
        raise Refused("decision-missing")
    read: date = read_typed_day(day)
    demand_day_past(read, today(doing))
    said = language(VIETNAMESE)
    return said.say("{document} of {day}", document=number.strip(), day=read)


@dataclass(frozen=True, slots=True)
class CaseView:
    """One sheet in a list of decisions."""

    case: Case
    claimed: str
    now: str
    moved: Decimal | None
    band: str
    obstacles: Sequence[tuple[str, str]]
    undone: str = ""

    @property
    def id(self) -> int:
        return self.case.record.id


def case_view(spoken: Language, case: Case) -> CaseView:
    """Claimed beside what counts now, and each line in the way with why."""
    totals, band = case.record.totals, case.band
    now = totals.get(case.layer)
    claimed = totals.get(Layer.CLAIMED)
    return CaseView(
        case,
        "" if claimed is None else total_of(spoken, claimed, case.set),
        "" if now is None else total_of(spoken, now, case.set),
        case.moved,
        band.name if band else spoken.say("no band"),
        [
            (each.line, what_is_wrong(spoken, each.why, {"line": each.line}))
            for each in case.obstacles
        ],
        _undone(spoken, case.undone) if case.undone else "",
    )


def _undone(spoken: Language, undone: Undone) -> str:
    who, at, why = undone.who, undone.at, undone.why or GONE
    if undone.deed == "reopen":
        why = why.rstrip(". ")
        return spoken.say(
            "{who} reopened the sheet at {at} by: {decision}.", who=who, at=at, decision=why
        )
    return spoken.say(
        "{who} took the conclusion back at {at}: {reason}", who=who, at=at, reason=why
    )
