"""What a unit sees of its released sheet, and what it says to it line by line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from evalsvc.domain.course import RELEASED, Status
from evalsvc.domain.deeds import Deed, may
from evalsvc.domain.errors import Refused, Stale
from evalsvc.domain.explanations import is_in_time
from evalsvc.domain.line_course import WITH_UNIT, Step
from evalsvc.store import explanations
from evalsvc.store.explanations import Reply
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import explain, own_news, own_sheets, sheets
from evalsvc.usecases.own_news import News
from evalsvc.usecases.own_sheets import Line, Own
from evalsvc.usecases.sheets import Seen, Sheet
from evalsvc.usecases.work import Work


@dataclass(frozen=True, slots=True)
class Heard:
    """A line on which the unit was given something else than it claimed.

    While it is open the unit may agree; it may explain as long as it has a turn left. A line that
    was raised to what the unit claims stays, with what was said, and is not open any more.
    """

    line: Line
    replies: tuple[Reply, ...]
    until: datetime
    is_open: bool
    turns_left: int
    closed: Refused | None = None

    @property
    def draft(self) -> Reply | None:
        """What somebody of the unit has written and nobody has sent."""
        return next((each for each in self.replies if each.sent_at is None), None)

    @property
    def step(self) -> Step:
        return self.line.record.step


@dataclass(frozen=True, slots=True)
class Explained:
    """A sheet after its release; `may_send`: whoever asks speaks for the unit."""

    own: Own
    lines: tuple[Heard, ...]
    may_send: bool
    news: News

    @property
    def is_released(self) -> bool:
        return self.own.record.status in RELEASED

    @property
    def open(self) -> Sequence[Heard]:
        """Lines to which the unit may still say something."""
        return [each for each in self.lines if each.is_open]

    @property
    def asking(self) -> Sequence[Heard]:
        """Open lines that wait for a word: after its last turn a unit need not say anything."""
        return [each for each in self.open if each.turns_left > 0]

    @property
    def sent(self) -> int:
        """Explanations of the unit that stand, one for each turn."""
        return sum(stands(each) for line in self.lines for each in line.replies)

    @property
    def answered(self) -> int:
        return self.sent - len(self.at(Step.CONTESTED))

    def at(self, *steps: Step) -> Sequence[Heard]:
        return [each for each in self.lines if each.step in steps]

    def line(self, code: str) -> Heard | None:
        return next((each for each in self.lines if each.line.entry.code == code), None)


def of(doing: Work, id_: int) -> Explained:
    return of_own(doing, own_sheets.own(doing, id_))


def of_own(doing: Work, own: Own) -> Explained:
    may_send = may(doing.actor, own.record.place, Deed.CONTEST)
    if own.record.status not in RELEASED:
        return Explained(own, (), may_send, News())
    said = explain.replies(doing, own.sheet)
    changed = {entry.code for entry in explain.changed_lines(own.sheet)}
    lines = [
        _heard(doing, own, own.line(entry.code), tuple(said.get(entry.code, ())))
        for entry in own.sheet.form.entries()
        if entry.code in changed or any(map(stands, said.get(entry.code, ())))
    ]
    return Explained(own, tuple(lines), may_send, own_news.of(doing, own.sheet))


def stands(reply: Reply) -> bool:
    """Sent and not withdrawn: it is answered, or waits for it."""
    return reply.sent_at is not None and reply.withdrawn_at is None


def _heard(doing: Work, own: Own, line: Line, replies: tuple[Reply, ...]) -> Heard:
    record = line.record
    until = explain.until(own.sheet, record)
    is_released = own.record.status is Status.RELEASED
    is_changed = explain.is_changed(own.sheet, line.entry)
    is_mine = is_released and is_changed and record.step in WITH_UNIT
    return Heard(
        line,
        replies,
        until,
        is_mine and is_in_time(record.step, doing.now, until),
        explain.turns_left(own.sheet, record),
        _closed(doing, own.sheet, record) if is_mine else None,
    )


def _closed(doing: Work, sheet: Sheet, line: LineRecord) -> Refused | None:
    """Why the unit cannot explain a line that is with it."""
    try:
        explain.demand_open(doing, sheet, line)
    except Refused as refused:
        return refused
    return None


# What is said


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed: text, value asked for, and which draft had been on the screen."""

    text: str
    wanted: str = ""
    draft: str = ""


def token(reply: Reply | None) -> str:
    """Tells one version of a draft from the next."""
    return "" if reply is None else reply.at.isoformat()


def draft(doing: Work, id_: int, code: str, said: Said) -> None:
    """Kept for the unit; raises Stale where somebody has written another draft since."""
    sheet, _ = sheets.begin(doing, id_, Deed.REPLY)
    sheet.entry(code)
    _demand_same(_draft_of(doing, sheet, code), said)
    explain.draft(doing, id_, code, said.text, said.wanted)


def contest(doing: Work, id_: int, code: str, said: Said, seen: Seen) -> None:
    """As `explain.contest`, where nobody else has changed the draft in between."""
    sheet, _ = sheets.begin(doing, id_, Deed.CONTEST)
    sheet.entry(code)
    if sheet.lines[code].version == seen.version:
        _demand_same(_draft_of(doing, sheet, code), said)
    explain.contest(doing, id_, code, said.text, seen, said.wanted)


def _draft_of(doing: Work, sheet: Sheet, code: str) -> Reply | None:
    turn = sheet.lines[code].turn + 1
    for reply in explanations.of_assessment(doing.store, sheet.record.id):
        if (reply.line, reply.turn, reply.sent_at) == (code, turn, None):
            return reply
    return None


def _demand_same(standing: Reply | None, said: Said) -> None:
    if token(standing) == said.draft:
        return
    if standing is None or (standing.text, standing.wanted) != (said.text.strip(), said.wanted):
        raise Stale(0, 0 if standing is None else standing.turn)


@dataclass(frozen=True, slots=True)
class Agreed:
    done: tuple[str, ...]
    left: tuple[str, ...]


def agree_rest(doing: Work, id_: int, picked: Iterable[tuple[str, int]], key: str) -> Agreed:
    """Agree to several lines as they were shown; what has changed since is left and named.

    A refused one has written nothing, so the others of the transaction stand.
    """
    sheets.begin(doing, id_, Deed.CONTEST)
    done, left = [], []
    for code, version in picked:
        try:
            explain.agree(doing, id_, code, Seen(version, key))
        except (Refused, Stale):
            left.append(code)
        else:
            done.append(code)
    return Agreed(tuple(done), tuple(left))
