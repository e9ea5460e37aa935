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


def navigation(language: Language, actor: Actor, endpoint: str) -> Sequence[Item]:
    return [
        Item(language.say(label), url_for(target), endpoint == target)
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
