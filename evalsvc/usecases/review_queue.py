"""The queue of a reviewer in one round: which sheets, how far each is, what else waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from evalsvc.domain import access
from evalsvc.domain.access import Place, sees_every_line
from evalsvc.domain.appraisal import Bench
from evalsvc.domain.course import FINISHED, Status
from evalsvc.domain.criteria import CriteriaSet
from evalsvc.domain.deeds import ROLES, Deed, may
from evalsvc.domain.errors import NotFound
from evalsvc.domain.rounds import Block
from evalsvc.domain.summary import markable
from evalsvc.domain.windows import Window
from evalsvc.store import assignments, line_queues, marks, queues
from evalsvc.store.assessments import Record
from evalsvc.store.line_queues import Waiting
from evalsvc.store.queues import Counted, Wanted
from evalsvc.store.rounds import RoundRecord
from evalsvc.usecases import explanations_seen
from evalsvc.usecases.review import PAGE, first_of, pages, round_of, window_of
from evalsvc.usecases.work import Work


@dataclass(frozen=True, slots=True)
class Own:
    """By sheet: marked lines and all, of those that are asked of this person; `part`: sheets of
    which only some lines are in scope, and therefore no sums."""

    lines: Mapping[int, tuple[int, int]]
    part: frozenset[int] = frozenset()

    def marked(self, record: Record) -> int:
        return self.lines.get(record.id, (record.progress.marked, 0))[0]

    def to_mark(self, record: Record) -> int:
        return self.lines.get(record.id, (0, record.progress.to_mark))[1]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a queue is narrowed to; empty means everything that one reviews."""

    block: str = ""
    status: Status | None = None
    text: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Queue:
    """The sheets of a reviewer in one round; `counted` are all of them, whatever was asked."""

    round: RoundRecord
    rounds: tuple[RoundRecord, ...]
    window: Window
    now: datetime
    asked: Asked
    counted: tuple[Counted, ...]
    records: tuple[Record, ...]
    total: int
    flags: Mapping[int, tuple[str, ...]]
    sets: Mapping[str, CriteriaSet]
    leads: bool
    own: Own
    waiting: Waiting
    contested: int

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Those in which this reviewer has sheets, in the order of the round."""
        mine = {each.block for each in self.counted}
        return tuple(each for each in self.round.blocks if each.code in mine)

    @property
    def pages(self) -> int:
        return pages(self.total)

    def number(self, *statuses: Status) -> int:
        return sum(each.sheets for each in self.counted if each.status in statuses)

    @property
    def finished(self) -> int:
        """Whatever became of the sheet since: the number never goes back by a release."""
        return self.number(*FINISHED)

    @property
    def ready(self) -> int:
        """Sheets with every line marked, which wait for the lead."""
        return sum(each.ready for each in self.counted if each.status is Status.SUBMITTED)


def queue(doing: Work, code: str, asked: Asked) -> Queue:
    found, all_ = round_of(doing, code)
    if asked.block and asked.block not in {each.code for each in found.blocks}:
        raise NotFound("block")
    statuses = (asked.status,) if asked.status else ()
    wanted = Wanted(found.id, asked.block, "", statuses, asked.text)
    counted = queues.counted(doing.store, doing.actor, Wanted(found.id))
    total = sum(each.sheets for each in counted)
    if wanted != Wanted(found.id):
        narrowed = queues.counted(doing.store, doing.actor, wanted)
        total = sum(each.sheets for each in narrowed)
    first = first_of(asked.page, total)
    records = queues.to_review(doing.store, doing.actor, wanted, (first, PAGE))
    leads = any(may(doing.actor, each.place, Deed.FINISH) for each in records)
    window = window_of(doing, found)
    return Queue(
        found,
        all_,
        window,
        doing.now,
        asked,
        tuple(counted),
        tuple(records),
        total,
        _flags_of(doing, records),
        {each.sha256: doing.shelf.set_of(doing.store, each.sha256) for each in records},
        leads,
        _own(doing, found.id, records),
        line_queues.waiting(doing.store, doing.actor, found.id, agrees=leads),
        _contested(doing, found),
    )


def _contested(doing: Work, of: RoundRecord) -> int:
    """Explanations that this person may answer."""
    answers = doing.actor.roles() & ROLES[Deed.RULE]
    return explanations_seen.counted(doing, of) if answers else 0


def _flags_of(doing: Work, records: Sequence[Record]) -> Mapping[int, tuple[str, ...]]:
    """Names of the flags that stand, by sheet."""
    raised = marks.standing_flags_of(doing.store, [each.id for each in records])
    names = {each.id: doing.shelf.set_of(doing.store, each.sha256).flags for each in records}
    return {
        id_: tuple(names[id_].get(code, code) for code in codes) for id_, codes in raised.items()
    }


def _own(doing: Work, round_id: int, records: Sequence[Record]) -> Own:
    """Asked of the lines only where somebody is named for some: else the summary says it."""
    bench = assignments.bench(doing.store, round_id)
    if not any(each.is_named for each in bench.assigned):
        return Own({})
    part = frozenset(each.id for each in records if not sees_every_line(doing.actor, each.place))
    some = [each for each in records if not access.leads(doing.actor, each.place)]
    done = line_queues.done_by(doing.store, doing.actor, [each.id for each in some])
    seats = _Seats(doing, bench)
    found = {}
    for each in some:
        mine = seats.of(each)
        found[each.id] = len(mine & done.get(each.id, frozenset())), len(mine)
    return Own(found, part)


@dataclass
class _Seats:
    """The lines that are asked of this person on sheets; alike for all units of a kind and block
    that nobody is named for."""

    doing: Work
    bench: Bench
    known: dict[tuple[object, ...], frozenset[str]] = field(default_factory=dict)

    def of(self, record: Record) -> frozenset[str]:
        place = record.place
        special = {each.grant.unit for each in self.bench.assigned}
        special |= {unit for each in self.bench.assigned for unit in each.owned}
        alone = place.unit if place.unit in special else None
        key = alone, place.kind, place.block, record.tags, record.sha256
        if key not in self.known:
            self.known[key] = self._codes(record, place)
        return self.known[key]

    def _codes(self, record: Record, place: Place) -> frozenset[str]:
        doing, unit = self.doing, (place.kind, record.tags)
        of = doing.shelf.round_of(doing.store, record.round_id)
        form = doing.shelf.form_of(doing.store, of, record.sha256, unit)
        return frozenset(
            code
            for code in markable(form)
            if self.bench.seat_of(doing.actor, place, code) is not None
        )
