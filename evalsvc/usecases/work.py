"""Where deeds are done: one transaction, who asks, what time it is, and the frozen sets."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from random import uniform
from time import sleep
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from evalsvc.catalog import sets
from evalsvc.domain import forms
from evalsvc.domain.access import Actor
from evalsvc.domain.answers import Value
from evalsvc.domain.criteria import CriteriaSet
from evalsvc.domain.errors import NotFound
from evalsvc.domain.forms import Entry, Form, Section
from evalsvc.domain.lines import Layer
from evalsvc.domain.readings import read_mark, read_value
from evalsvc.domain.scoring import SectionScore
from evalsvc.domain.summary import Kept, Progress
from evalsvc.store import criteria_texts, rounds
from evalsvc.store.assessments import Record
from evalsvc.store.database import Database, now
from evalsvc.store.rounds import RoundRecord
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases.pace import Pace

Clock = Callable[[Connection], datetime]
_P = ParamSpec("_P")
_T = TypeVar("_T")

AGAIN = frozenset({"40001", "40P01", "23505"})
"""Another went first; the last: it added the same row, which the deed now sees by itself."""
TRIES = 3
SHORTEST, LONGEST = 0.005, 0.03


def pause(tried: int) -> None:
    """Longer from try to try, and hardly ever as long as another's: who has just met somebody on
    the same rows would meet them again."""
    sleep(tried * uniform(SHORTEST, LONGEST))  # noqa: S311 - nothing secret


MOST_READ = 50_000
MOST_KNOWN = 500


class Reading:
    """A form, and the values that texts state on it: text under a frozen set never changes."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.entries = {entry.code: entry for entry in form.entries()}
        self.group_of = {
            entry.code: section.group.code for section in form.sections for entry in section.entries
        }
        self._claims: dict[tuple[str, str], Value] = {}
        self._marks: dict[tuple[str, str], Value] = {}

    def claim(self, entry: Entry, text: str | None) -> Value | None:
        if not text:
            return None
        key = entry.code, text
        if (found := self._claims.get(key)) is None:
            found = read_value(entry, text, self.form.year)
            _bounded(self._claims)[key] = found
        return found

    def mark(self, entry: Entry, text: str | None) -> Value | None:
        """May be a refusal, which is the empty text."""
        if text is None:
            return None
        key = entry.code, text
        if (found := self._marks.get(key)) is None:
            found = read_mark(entry, text, self.form.year, self.form.set.decimals)
            _bounded(self._marks)[key] = found
        return found


def _bounded(kept: dict[tuple[str, str], Value]) -> dict[tuple[str, str], Value]:
    """What people write in words could fill the memory: then it is read anew."""
    if len(kept) >= MOST_READ:
        kept.clear()
    return kept


@dataclass(frozen=True, slots=True)
class Part:
    """One section of a sheet as it stands, with what totals are made of."""

    section: Section
    kept: tuple[Kept, ...]
    progress: Progress
    is_reviewed: bool
    """Whether anything stands beside the claims."""
    scores: dict[Layer, SectionScore] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What stood on a sheet when its journal ended with this link.

    `record` is None where a deed put more than the summary: then it is read once more.
    """

    link: str
    lines: Mapping[str, LineRecord]
    flags: tuple[str, ...]
    record: Record | None = None
    parts: dict[str, Part] = field(default_factory=dict)


class Shelf:
    """Parsed criteria sets and the sheets made from them: frozen, so kept for good.

    Sheets are kept under the last link of their journal, which is chained over every deed on them:
    the same link means the same record and lines, whichever process wrote them.
    """

    def __init__(self) -> None:
        self._known: dict[int, Known] = {}
        self._sets: dict[str, CriteriaSet] = {}
        self._rounds: dict[int, RoundRecord] = {}
        self._readings: dict[tuple[object, ...], Reading] = {}

    def known(self, id_: int, link: str) -> Known | None:
        found = self._known.get(id_)
        return found if found is not None and found.link == link else None

    def learn(self, id_: int, known: Known) -> None:
        if len(self._known) >= MOST_KNOWN and id_ not in self._known:
            self._known.clear()
        self._known[id_] = known

    def set_of(self, connection: Connection, sha256: str) -> CriteriaSet:
        if sha256 not in self._sets:
            text = criteria_texts.get(connection, sha256)
            self._sets[sha256] = sets.load(sha256, text.encode())
        return self._sets[sha256]

    def round_of(self, connection: Connection, id_: int) -> RoundRecord:
        """What was frozen when the round opened; its windows are read where they are judged."""
        if id_ not in self._rounds:
            found = rounds.get(connection, id_)
            if found is None:
                raise NotFound("round")
            self._rounds[id_] = found
        return self._rounds[id_]

    def reading_of(
        self, connection: Connection, of: RoundRecord, sha256: str, unit: tuple[str, frozenset[str]]
    ) -> Reading:
        kind, tags = unit
        key = (of.id, sha256, kind, tags)
        if key not in self._readings:
            criteria = self.set_of(connection, sha256)
            made = forms.form(criteria, kind, tags, year=of.year, half=of.half, dates=of.dates)
            self._readings[key] = Reading(made)
        return self._readings[key]

    def form_of(
        self, connection: Connection, of: RoundRecord, sha256: str, unit: tuple[str, frozenset[str]]
    ) -> Form:
        return self.reading_of(connection, of, sha256, unit).form


@dataclass(frozen=True, slots=True)
class Work:
    """What every deed gets first. The clock is asked once, when somebody wants to know."""

    store: Connection
    actor: Actor
    shelf: Shelf
    clock: Clock
    _told: list[datetime] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        """What the clock of the database showed at the start of the transaction."""
        if not self._told:
            self._told.append(self.clock(self.store))
        return self._told[0]

    def heard(self, at: datetime) -> None:
        """A statement has told the time besides; a clock of a test stands over it."""
        if not self._told and self.clock is now:
            self._told.append(at)


@dataclass(frozen=True, slots=True)
class Office:
    """The database with a clock, the shelf of sets and the pace of calendars: made once, where the
    service starts."""

    database: Database
    clock: Clock = now
    shelf: Shelf = field(default_factory=Shelf)
    pace: Pace = field(default_factory=Pace)
    pause: Callable[[int], None] = pause

    @contextmanager
    def writing(self, actor: Actor) -> Iterator[Work]:
        with self.database.writing() as store:
            yield self._work(store, actor)

    @contextmanager
    def reading(self, actor: Actor) -> Iterator[Work]:
        with self.database.reading() as store:
            yield self._work(store, actor)

    def _work(self, store: Connection, actor: Actor) -> Work:
        return Work(store, actor, self.shelf, self.clock)

    def time(self, store: Connection, told: datetime | None) -> datetime:
        """What a statement has told besides, where no other clock is used."""
        return told if told is not None and self.clock is now else self.clock(store)

    def do(
        self,
        actor: Actor,
        deed: Callable[Concatenate[Work, _P], _T],
        *args: _P.args,
        **kwargs: _P.kwargs,
    ) -> _T:
        """One deed in one transaction; tried again when the database let another go first."""
        for tried in range(1, TRIES):
            try:
                with self.database.writing() as store:
                    return deed(self._work(store, actor), *args, **kwargs)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in AGAIN:
                    raise
            self.pause(tried)
        with self.database.writing() as store:
            return deed(self._work(store, actor), *args, **kwargs)
