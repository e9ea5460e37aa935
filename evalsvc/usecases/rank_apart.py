"""Units that are listed apart from a ranking, and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from evalsvc.domain.course import Status
from evalsvc.domain.errors import NotFound
from evalsvc.domain.lines import Layer
from evalsvc.domain.ranking import ApartBy
from evalsvc.store import listed_apart
from evalsvc.store.listed_apart import ApartRecord
from evalsvc.store.queues import Wanted
from evalsvc.store.rounds import RoundRecord
from evalsvc.usecases import rank_scope
from evalsvc.usecases.rank_scope import Tab
from evalsvc.usecases.work import Work

PAGE = 100


@dataclass(frozen=True, slots=True)
class Apart:
    """One unit that is listed apart, why, and what that rests on: a reason or codes."""

    record: ApartRecord
    why: ApartBy | None
    facts: tuple[tuple[str, str], ...] = ()
    gates: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ApartPage:
    """One page of those that are listed apart."""

    round: RoundRecord
    tab: Tab
    layer: Layer | None
    page: int
    rows: tuple[Apart, ...]
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def apart_page(
    doing: Work, code: str, block: str | None, layer: Layer | None, page: int
) -> ApartPage:
    here = rank_scope.led(doing, code).round
    tab = rank_scope.asked_of(
        rank_scope.tabs(doing, here, rank_scope.sizes(doing, here, layer)), block
    )
    total, first = tab.all - tab.ranked, (page - 1) * PAGE
    if page < 1 or (first >= total and page > 1):
        raise NotFound("page")
    rows = apart(doing, Wanted(here.id, tab.code), layer, (first, PAGE))
    return ApartPage(here, tab, layer, page, rows, total)


def apart(
    doing: Work, wanted: Wanted, layer: Layer | None, page: tuple[int, int] | None = None
) -> tuple[Apart, ...]:
    found = listed_apart.part(doing.store, doing.actor, wanted, layer, page)
    return tuple(_apart(doing, record) for record in found)


def _apart(doing: Work, record: ApartRecord) -> Apart:
    if record.exempt:
        return Apart(record, ApartBy.EXEMPT)
    if record.status is Status.OPEN:
        return Apart(record, ApartBy.NOT_SUBMITTED)
    if record.totals is None:
        return Apart(record, None)
    parted = [each.partition(":") for each in record.totals.unrated]
    gates = {gate.code: gate.name for gate in doing.shelf.set_of(doing.store, record.sha256).gates}
    return Apart(record, ApartBy.UNRATED, tuple((by, what) for by, _, what in parted), gates)
