"""Explanations: the unit contests what it was shown, and is answered, never to its loss."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from evalsvc.domain.errors import Refused
from evalsvc.domain.line_course import WITH_UNIT, Step


class Settled(StrEnum):
    """How a final value came about; silence is shown as such."""

    OPEN = ""
    AGREED = "agreed"
    SILENT = "silent"
    RULED = "ruled"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Hearing:
    """What a round gives to units: how often, how many days, and when silence counts."""

    turns: int = 1
    days: int = 5
    silence_days: int = 3

    @property
    def span(self) -> timedelta:
        return timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Release:
    """When a sheet was shown to its unit, who opened it there, and which mails went out."""

    at: datetime
    until: datetime
    opened_at: datetime | None = None
    mailed: tuple[datetime, ...] = ()


MAILS = 2


def ends(hearing: Hearing, now: datetime, window_closes: datetime | None) -> datetime:
    """Until when the unit may contest: the round's own hour, never fewer days than it promises."""
    least = now + hearing.span
    return least if window_closes is None else max(least, window_closes)


def silence_counts(release: Release, hearing: Hearing, now: datetime) -> bool:
    """The unit's head has opened it, or days have passed after two mails."""
    if release.opened_at is not None:
        return True
    if len(release.mailed) < MAILS:
        return False
    second = sorted(release.mailed)[MAILS - 1]
    return now >= second + timedelta(days=hearing.silence_days)


def demand_contestable(
    step: Step, turn: int, hearing: Hearing, hours: tuple[datetime, datetime], code: str
) -> None:
    """`turn` is the number of times this line was contested before; hours: now, and the last."""
    demand_in_time(step, *hours)
    if step in WITH_UNIT and turn >= hearing.turns:
        raise Refused("explanations-used-up", line=code, most=hearing.turns)


def demand_in_time(step: Step, now: datetime, until: datetime) -> None:
    """All that agreeing asks for: a unit may take an answer that was its last turn."""
    if not is_in_time(step, now, until):
        raise Refused("explanation-locked", closes=until)


def is_in_time(step: Step, now: datetime, until: datetime) -> bool:
    """The same as a question: what a page offers."""
    return step not in WITH_UNIT or now <= until


def heard_until(hearing: Hearing, now: datetime, told: datetime) -> datetime:
    """A new word on a line opens a new window, never shorter than the hour that was told."""
    return max(told, now + hearing.span)


def differs(claim: str, given: str, points: Decimal | None) -> bool:
    """Whether a unit was given something else than it claimed.

    Where it claimed nothing, 0 points are what it has anyway: there is nothing to agree to.
    """
    return given != claim if claim else bool(given) and points != 0


def lowers(points: Decimal, before: Decimal) -> bool:
    """Less than what counted before: whoever opened the sheet has not seen it, and is heard."""
    return points < before


def demand_not_below(points: Decimal, reviewed: Decimal, code: str) -> None:
    """The answer to a contest is never below what was contested."""
    if points < reviewed:
        raise Refused("answer-below-review", line=code, least=reviewed)


def settled(step: Step, was: Settled) -> Settled:
    """How a line is settled when its sheet is concluded; raised by a correction, by that."""
    if was is Settled.CORRECTED:
        return was
    match step:
        case Step.AGREED:
            return Settled.AGREED
        case Step.RULED:
            return Settled.RULED
        case Step.FINAL:
            return was
        case _:
            return Settled.SILENT


@dataclass(frozen=True, slots=True)
class Word:
    """What the unit may still say to a line: until when, and how often."""

    step: Step
    until: datetime
    turns_left: int = 1


def may_conclude(word: Word, now: datetime, *, changed: bool, silence: bool) -> str:
    """Why a line cannot be concluded yet; empty where it can.

    A line on which the unit got what it claimed has nothing that could be contested, and an answer
    after the last turn is the last word.
    """
    step, until = word.step, word.until
    if step is Step.CONTESTED:
        return "line-is-contested"
    is_last = step is Step.RULED and word.turns_left <= 0
    if step not in WITH_UNIT or not changed or is_last:
        return ""
    if now <= until:
        return "line-window-open"
    if step is Step.SHOWN and not silence:
        return "line-not-seen"
    return ""
