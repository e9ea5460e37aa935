"""Reasons that people give for what they do: bounded, and never empty where one is asked for."""

from collections.abc import Sequence

from evalsvc.domain.errors import NotFound, Refused
from evalsvc.store import marks
from evalsvc.usecases.work import Work

MOST_REASON, MOST_SHORT = 4_000, 1_000


def reason_of(text: str, line: str = "") -> str:
    said = text.strip()
    if not said:
        raise Refused("reason-missing", line=line)
    return bounded_reason(said)


def short_reason_of(text: str) -> str:
    """Beside a list, where nobody reads a page."""
    said = reason_of(text)
    if len(said) > MOST_SHORT:
        raise Refused("reason-too-long", most=MOST_SHORT)
    return said


def bounded_reason(text: str) -> str:
    said = text.strip()
    if len(said) > MOST_REASON:
        raise Refused("reason-too-long", most=MOST_REASON)
    return said


def account_of(doing: Work) -> int:
    """Marks, replies and decisions are those of a person, not of the service."""
    if doing.actor.account is None:
        raise NotFound("account")
    return doing.actor.account


def on_criterion(doing: Work, round_id: int, code: str) -> Sequence[str]:
    """Reasons already given on the same criterion in this round, to be picked again."""
    return marks.reasons(doing.store, doing.actor, round_id, code)
