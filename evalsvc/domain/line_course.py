"""The course of one line: from the claim over review and explanation to its conclusion."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from evalsvc.domain.errors import Refused


class Step(StrEnum):
    CLAIMED = "claimed"
    RETURNED = "returned"
    MARKED = "marked"
    SHOWN = "shown"
    AGREED = "agreed"
    CONTESTED = "contested"
    RULED = "ruled"
    FINAL = "final"


class LineDeed(StrEnum):
    MARK = "mark"
    UNMARK = "unmark"
    RETURN = "return"
    SUPPLY = "supply"
    LAPSE = "lapse"
    RELEASE = "release"
    AGREE = "agree"
    CONTEST = "contest"
    WITHDRAW = "withdraw"
    RULE = "rule"
    RAISE = "raise"
    LOWER = "lower"
    CONCLUDE = "conclude"


LINE: Mapping[tuple[Step, LineDeed], Step] = {
    (Step.CLAIMED, LineDeed.MARK): Step.MARKED,
    (Step.MARKED, LineDeed.MARK): Step.MARKED,
    (Step.MARKED, LineDeed.UNMARK): Step.CLAIMED,
    (Step.CLAIMED, LineDeed.RETURN): Step.RETURNED,
    (Step.MARKED, LineDeed.RETURN): Step.RETURNED,
    (Step.RETURNED, LineDeed.SUPPLY): Step.CLAIMED,
    (Step.RETURNED, LineDeed.LAPSE): Step.CLAIMED,
    # Official results have no mark: the sheet is released with what was published.
    (Step.CLAIMED, LineDeed.RELEASE): Step.SHOWN,
    (Step.MARKED, LineDeed.RELEASE): Step.SHOWN,
    (Step.FINAL, LineDeed.RELEASE): Step.FINAL,
    (Step.SHOWN, LineDeed.AGREE): Step.AGREED,
    (Step.RULED, LineDeed.AGREE): Step.AGREED,
    (Step.SHOWN, LineDeed.CONTEST): Step.CONTESTED,
    (Step.RULED, LineDeed.CONTEST): Step.CONTESTED,
    (Step.CONTESTED, LineDeed.WITHDRAW): Step.AGREED,
    (Step.CONTESTED, LineDeed.RULE): Step.RULED,
    **{(step, LineDeed.RAISE): step for step in (Step.SHOWN, Step.AGREED, Step.RULED, Step.FINAL)},
    # Whoever is given less than was shown before is heard once more.
    **{
        (step, LineDeed.LOWER): Step.SHOWN
        for step in (Step.SHOWN, Step.AGREED, Step.RULED, Step.FINAL)
    },
    **{
        (step, LineDeed.CONCLUDE): Step.FINAL
        for step in (Step.SHOWN, Step.AGREED, Step.RULED, Step.FINAL)
    },
}

WITH_UNIT = frozenset({Step.SHOWN, Step.RULED})
"""Steps at which the unit may still say something, while its window is open."""

_WHY = {
    Step.CLAIMED: "line-not-marked",
    Step.RETURNED: "line-is-returned",
    Step.MARKED: "line-not-released",
    Step.SHOWN: "line-not-contested",
    Step.AGREED: "line-is-agreed",
    Step.CONTESTED: "line-is-contested",
    Step.RULED: "line-is-ruled",
    Step.FINAL: "line-is-final",
}


def after(step: Step, deed: LineDeed, code: str) -> Step:
    """Raises Refused, saying where the line is."""
    if (found := LINE.get((step, deed))) is not None:
        return found
    raise Refused(_WHY[step], line=code)


def demand_with_unit(step: Step, until: datetime, now: datetime) -> None:
    """Raises Refused unless the line has been returned and its hour has not passed."""
    if step is not Step.RETURNED:
        raise Refused("sheet-handed-in")
    if now > until:
        raise Refused("return-lapsed", closes=until)


def standing(step: Step, returned_until: datetime | None, now: datetime) -> Step:
    """A line that was returned and not supplied in time is the reviewers' again."""
    if step is Step.RETURNED and returned_until is not None and now > returned_until:
        return LINE[step, LineDeed.LAPSE]
    return step
