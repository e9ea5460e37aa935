"""The way around: what stands in the head of the page for the roles that somebody has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for

from evalsvc.domain.access import OF_UNIT, REVIEWERS, Actor, Role
from evalsvc.domain.deeds import ROLES, Deed
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
ANSWER = (("explanations.waiting", sentence("Explanations")),)
CONCLUDE = (("evaluate.decisions", sentence("Conclusion")),)
ASSIGN = (("assignments.parts", sentence("Assignments")),)
LEAD = (
    ("lead.overview", sentence("Overview")),
    ("lead.ranking", sentence("Ranking")),
    ("lead.times", sentence("Deadlines")),
    ("lead.decisions", sentence("Closing")),
)


PAGES = {
    "evaluate.sheet": "evaluate.queue",
    "evaluate.group": "evaluate.queue",
    "evaluate.flags": "evaluate.queue",
    "evaluate.decision": "evaluate.decisions",
    "evaluate.correction": "evaluate.decisions",
    "evaluate.minutes": "evaluate.decisions",
    "evaluate.history": "evaluate.queue",
    "explanations.line": "explanations.waiting",
    "evaluate.lines": "evaluate.criteria",
    "evaluate.criterion": "evaluate.criteria",
    "evaluate.official_lines": "evaluate.official",
    "evaluate.results": "evaluate.official",
    "lead.apart": "lead.ranking",
    "lead.sheet": "lead.ranking",
    "lead.line": "lead.ranking",
    "lead.history": "lead.ranking",
    "lead.round_history": "lead.overview",
    "lead.decision": "lead.decisions",
    "unit.history": "unit.home",
    "unit.group": "unit.home",
    "unit.submit": "unit.home",
    "unit.result": "unit.home",
    "unit.explanations": "unit.home",
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
    if roles & ROLES[Deed.RULE]:
        yield from ANSWER
    if Role.LEAD in roles:
        yield from CONCLUDE
    if Role.LEADER in roles:
        yield from LEAD
    if roles & {Role.LEAD, Role.ADMIN}:
        yield from ASSIGN
