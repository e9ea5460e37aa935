"""The way around: what stands in the head of the page for the roles that somebody has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for

from evalsvc.domain.access import OF_UNIT, REVIEWERS, Actor, Role
from evalsvc.words.language import Language, sentence


@dataclass(frozen=True, slots=True)
class Item:
    label: str
    url: str
    current: bool


UNIT = (("unit.home", sentence("My work")),)
REVIEW = (
    ("evaluate.queue", sentence("By unit")),
    ("evaluate.criteria", sentence("By criterion")),
    ("evaluate.official", sentence("Official results")),
)
LEAD = (("lead.overview", sentence("Overview")), ("lead.ranking", sentence("Ranking")))


PAGES = {
    "evaluate.sheet": "evaluate.queue",
    "evaluate.group": "evaluate.queue",
    "evaluate.flags": "evaluate.queue",
    "evaluate.lines": "evaluate.criteria",
    "evaluate.criterion": "evaluate.criteria",
    "evaluate.official_lines": "evaluate.official",
    "evaluate.results": "evaluate.official",
    "lead.apart": "lead.ranking",
    "lead.sheet": "lead.ranking",
    "lead.line": "lead.ranking",
    "unit.group": "unit.home",
    "unit.submit": "unit.home",
    "unit.total": "unit.home",
}
"""Inner pages, and where in the head of the page they belong."""


def navigation(language: Language, actor: Actor, endpoint: str) -> Sequence[Item]:
    here = PAGES.get(endpoint, endpoint)
    return [
        Item(language.say(label), url_for(target), here == target)
        for target, label in _targets(actor)
    ]


def _targets(actor: Actor) -> Iterator[tuple[str, str]]:
    roles = actor.roles()
    if roles & OF_UNIT:
        yield from UNIT
    if roles & REVIEWERS:
        yield from REVIEW
    if Role.LEADER in roles:
        yield from LEAD
