"""Sums in words of lines that count events: so many of a sort, so many days late."""

from fractions import Fraction

from evalsvc.domain.answers import Sent, Times
from evalsvc.domain.dates import Due, days_late
from evalsvc.domain.scales import Count, Deduct, Lateness
from evalsvc.domain.scales.events import share_kept, worth
from evalsvc.words.amounts import TIMES, capital
from evalsvc.words.language import Language
from evalsvc.words.working import Working, products, taken_off


def counted(language: Language, scale: Count, times: Times) -> Working:
    terms = " + ".join(products(language, times, scale.sorts))
    spoken = ""
    if len(times) == 1 and scale.asks.noun:
        each = language.number(scale.sorts[0].each)
        spoken = f"{times[0][1]} {scale.asks.noun} {TIMES} {each}"
    total = worth(times, scale.sorts)
    if scale.most is None or total <= scale.most:
        return Working("", terms, spoken)
    return Working("", terms, spoken, total, language.say("capped at"))


def deducted(language: Language, scale: Deduct, times: Times) -> Working:
    if not any(number for _, number in times):
        return Working(language.say("Nothing to take off"))
    terms = language.number(scale.most) + taken_off(language, times, scale.sorts)
    left = scale.most - worth(times, scale.sorts)
    if left >= 0:
        return Working("", terms)
    return Working("", terms, before=left, bound=language.say("not below 0:"))


def lateness(language: Language, scale: Lateness, answer: Sent) -> Working:
    """Each date with the share that it keeps; several dates share the points equally."""
    several = len(scale.dues) > 1
    lead: list[str] = []
    shares: list[Fraction] = []
    for due, (_, sent) in zip(scale.dues, answer.days, strict=True):
        late = None if sent is None else days_late(sent, due.last_day(scale.year))
        shares.append(Fraction(0) if late is None else share_kept(scale, late))
        when = language.say("not sent") if late is None else _when(language, scale, due, late)
        if sent is not None:
            when = language.say("sent {day}, {when}", day=sent, when=when)
        lead.append(f"{due.name or due.code} {when}" if several else when)
    told = capital("; ".join(lead))
    if not several:
        return Working(told)
    terms = " + ".join(str(share) for share in shares)
    return Working(told, f"({terms})/{len(shares)} {TIMES} {language.number(scale.most)}")


def _when(language: Language, scale: Lateness, due: Due, late: int) -> str:
    if not late:
        return language.say("in time")
    last = due.last_day(scale.year)
    if late == 1:
        return language.say("1 day after {last}", last=last)
    return language.say("{late} days after {last}", late=late, last=last)
