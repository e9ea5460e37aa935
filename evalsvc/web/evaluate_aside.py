"""What stands beside the form of a line: seats, the claim before a return, and forms to hand on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChairView:
    """One of two seats; `value` and `reason` only where the mark may be seen."""

    seat: int
    who: str
    state: str
    value: str = ""
    points: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """A form that hands a line on, as it was typed; `wrong` is (field, what is wrong with it)."""

    until: str = ""
    because: str = ""
    wrong: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Aside:
    """`before` is the claim that was returned, `sending` the form that returns a line, `passing`
    the one that goes on without an absent reviewer."""

    chairs: tuple[ChairView, ...] = ()
    before: str = ""
    reasons: tuple[str, ...] = ()
    sending: Sending | None = None
    passing: Sending | None = None


NOTHING_ASIDE = Aside()
