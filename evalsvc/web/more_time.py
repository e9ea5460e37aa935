"""More time in words: what leaders read of every unit, and a unit of itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from evalsvc import request
from evalsvc.domain.history import GONE
from evalsvc.usecases.times_seen import Longer
from evalsvc.words.course_names import TASKS
from evalsvc.words.language import Language


@dataclass(frozen=True, slots=True)
class LongerView:
    """What a unit has more time for, until when and why."""

    task: str
    until: datetime
    reason: str


def longer_views(language: Language, found: Iterable[Longer]) -> Iterator[LongerView]:
    for each in found:
        said = reason(language, each.reason)
        yield LongerView(language.say(TASKS[each.task]), each.until, said)


def reason(language: Language, text: str) -> str:
    """As it was written, or that it was taken away."""
    if text == GONE:
        return language.say("What stood here was deleted as the law requires")
    return request.regulation(language, text)
