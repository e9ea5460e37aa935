"""What decisions rest on: sheets to release, to conclude and to close, with what is in the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from evalsvc.domain.access import Role, sees_claims
from evalsvc.domain.course import Status
from evalsvc.domain.criteria import CriteriaSet
from evalsvc.domain.deeds import Deed, may
from evalsvc.domain.errors import NotFound
from evalsvc.domain.explanations import Settled, ends
from evalsvc.domain.history import Entry
from evalsvc.domain.lines import Layer
from evalsvc.domain.provisions import Band
from evalsvc.domain.rounds import Block
from evalsvc.domain.windows import Task
from evalsvc.store import history_pages, journal, queues, rounds, settlements
from evalsvc.store.assessments import Record
from evalsvc.store.queues import Counted, Wanted
from evalsvc.store.rounds import RoundRecord
from evalsvc.usecases import decide, explain, rank, rank_scope, review, sheets
from evalsvc.usecases.decide import Obstacle
from evalsvc.usecases.sheets import Sheet
from evalsvc.usecases.work import Work

PAGE = 60
STAGES = (Status.REVIEWED, Status.RELEASED, Status.CONCLUDED, Status.CLOSED)
"""Statuses in which a sheet waits for a decision, or has had the last."""
UNDONE = frozenset({"take-back", "reopen"})
"""Deeds of the journal after which a conclusion does not stand any more."""


@dataclass(frozen=True, slots=True)
class Undone:
    """How a conclusion fell: `why` is the reason or the decision, empty where it was blanked."""

    deed: str
    who: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Case:
    """One sheet as it is decided on; `obstacles` are asked for only where it is released, as is
    how an earlier conclusion fell."""

    record: Record
    set: CriteriaSet
    obstacles: tuple[Obstacle, ...] = ()
    settled: Mapping[Settled, int] | None = None
    undone: Undone | None = None

    @property
    def picked(self) -> str:
        """What a tick on the page sends: the sheet as it was on the screen."""
        return f"{self.record.id}:{self.record.head.link}"

    @property
    def moved(self) -> Decimal | None:
        """What review and explanations changed of the claim; None where one has no total."""
        claimed, now = self.record.totals.get(Layer.CLAIMED), self.record.totals.get(self.layer)
        return None if claimed is None or now is None else now.compared - claimed.compared

    @property
    def layer(self) -> Layer:
        return self.record.layer

    @property
    def band(self) -> Band | None:
        totals = self.record.totals.get(self.layer)
        ladder = rank.ladder_of(self.set, self.record.place.kind)
        return next((each for each in ladder if totals and each.code == totals.band), None)

    @property
    def silent(self) -> int:
        return (self.settled or {}).get(Settled.SILENT, 0)


@dataclass(frozen=True, slots=True)
class Desk:
    """Sheets of one block at one stage, page by page; `numbers` tells how many are at each."""

    round: RoundRecord
    rounds: tuple[RoundRecord, ...]
    blocks: tuple[Block, ...]
    block: str
    stage: Status
    numbers: Mapping[Status, int]
    cases: tuple[Case, ...]
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.numbers.get(self.stage, 0) // PAGE))

    @property
    def ready(self) -> tuple[Case, ...]:
        return tuple(each for each in self.cases if not each.obstacles)

    @property
    def held_up(self) -> tuple[Case, ...]:
        return tuple(each for each in self.cases if each.obstacles)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a desk is narrowed to; without a stage the first that has anything."""

    block: str = ""
    stage: Status | None = None
    page: int = 1


def of_lead(doing: Work, code: str, asked: Asked) -> Desk:
    """Sheets that this person leads the review of."""
    if Role.LEAD not in doing.actor.roles():
        raise NotFound("page")
    of, all_ = review.round_of(doing, code)
    counted = queues.counted(doing.store, doing.actor, Wanted(of.id))
    stage = asked.stage or _first(counted, asked.block, (Status.REVIEWED, Status.RELEASED))
    first = _first_row(asked, stage, counted)
    wanted = Wanted(of.id, asked.block, statuses=(stage,))
    found = queues.to_review(doing.store, doing.actor, wanted, (first, PAGE))
    mine = [each for each in found if may(doing.actor, each.place, Deed.CONCLUDE)]
    return _desk(doing, (of, all_), asked, stage, counted, mine)


def of_leader(doing: Work, code: str, asked: Asked) -> Desk:
    led = rank_scope.led(doing, code)
    here = led.round
    counted = settlements.led(doing.store, doing.actor, Wanted(here.id))
    stage = asked.stage or _first(counted, asked.block, (Status.CONCLUDED, Status.CLOSED))
    first = _first_row(asked, stage, counted)
    wanted = Wanted(here.id, asked.block, statuses=(stage,))
    found = settlements.led_page(doing.store, doing.actor, wanted, (first, PAGE))
    return _desk(doing, (here, led.rounds), asked, stage, counted, found)


def _first(counted: Sequence[Counted], block: str, stages: Sequence[Status]) -> Status:
    """The first of these stages that has anything, else the first."""
    numbers = _numbers(counted, block)
    return next((each for each in stages if numbers.get(each)), stages[0])


def _numbers(counted: Sequence[Counted], block: str) -> Mapping[Status, int]:
    found: dict[Status, int] = {}
    for each in counted:
        if block in ("", each.block):
            found[each.status] = found.get(each.status, 0) + each.sheets
    return found


def _first_row(asked: Asked, stage: Status, counted: Sequence[Counted]) -> int:
    if asked.block and asked.block not in {each.block for each in counted}:
        raise NotFound("block")
    first = (asked.page - 1) * PAGE
    total = _numbers(counted, asked.block).get(stage, 0)
    if asked.page < 1 or (first >= total and asked.page > 1):
        raise NotFound("page")
    return first


def _desk(
    doing: Work,
    both: tuple[RoundRecord, tuple[RoundRecord, ...]],
    asked: Asked,
    stage: Status,
    counted: Sequence[Counted],
    found: Sequence[Record],
) -> Desk:
    of, all_ = both
    mine = {each.block for each in counted}
    return Desk(
        of,
        all_,
        tuple(each for each in of.blocks if each.code in mine),
        asked.block,
        stage,
        _numbers(counted, asked.block),
        tuple(_cases(doing, stage, found)),
        asked.page,
    )


def _cases(doing: Work, stage: Status, found: Sequence[Record]) -> list[Case]:
    settled = settlements.counted(doing.store, [each.id for each in found])
    undone = _undone(doing, found) if stage is Status.RELEASED else {}
    cases = []
    for each in found:
        criteria = doing.shelf.set_of(doing.store, each.sha256)
        obstacles: tuple[Obstacle, ...] = ()
        if stage is Status.RELEASED:
            obstacles = decide.obstacles(doing, sheets.of_record(doing, each))
        counted = settled.get(each.id, {})
        cases.append(Case(each, criteria, obstacles, counted, undone.get(each.id)))
    return cases


def _undone(doing: Work, found: Sequence[Record]) -> Mapping[int, Undone]:
    names = {journal.assessment(each.id): each.id for each in found}
    told = history_pages.newest(doing.store, names, UNDONE) if names else {}
    return {names[name]: _told(each.who, each.entry) for name, each in told.items()}


def _told(who: str, entry: Entry) -> Undone:
    said = entry.data or {}
    why = said.get("reason") or said.get("decision")
    return Undone(entry.deed, who, entry.at, str(why or ""))


# One sheet


@dataclass(frozen=True, slots=True)
class SheetCase:
    """One sheet with everything that may be decided on it by the one who looks."""

    sheet: Sheet
    case: Case
    changed: tuple[str, ...]
    may: frozenset[Deed]


def case_of(doing: Work, id_: int) -> SheetCase:
    """For whoever may decide anything on it, at whatever stage it is."""
    sheet = sheets.seen(doing, id_)
    place = sheet.record.place
    granted = frozenset(deed for deed in _DECISIONS if may(doing.actor, place, deed))
    if not granted:
        raise NotFound("assessment")
    record = sheet.record
    if not sees_claims(doing.actor, place, record.status):
        record = replace(record, totals={})
    (case,) = _cases(doing, record.status, [record])
    changed: tuple[str, ...] = ()
    if sheet.record.released_at is not None:
        changed = tuple(entry.code for entry in explain.changed_lines(sheet))
    return SheetCase(sheet, case, changed, granted)


_DECISIONS = (
    *(Deed.RELEASE, Deed.CORRECT, Deed.CONCLUDE),
    *(Deed.TAKE_BACK, Deed.CLOSE, Deed.REOPEN),
)


def contest_until(doing: Work, of: RoundRecord) -> datetime:
    """The hour until which a unit may contest what would be released to it now."""
    window = rounds.windows_of(doing.store, of.id).get(Task.EXPLAIN)
    return ends(of.hearing, doing.now, window.locks if window else None)


def led_case(doing: Work, id_: int) -> SheetCase:
    """For a leader: every other sheet is not there."""
    found = case_of(doing, id_)
    if not doing.actor.holds({Role.LEADER}, found.sheet.record.place):
        raise NotFound("assessment")
    return found
