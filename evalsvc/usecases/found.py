"""What a person states on a line beside the claim, as the value that it makes."""

from dataclasses import dataclass

from evalsvc.domain.answers import UNANSWERED, NotApplicable, Proposed, Stated, Value
from evalsvc.domain.errors import Refused
from evalsvc.domain.forms import Entry
from evalsvc.domain.readings import read_by_hand, read_value
from evalsvc.domain.summary import is_markable
from evalsvc.usecases.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Found:
    """A corrected answer, points by hand, or a refusal of "not applicable".

    Exactly one of the three; `refuses` leaves the line unanswered until the fact is stated.
    """

    text: str = ""
    by_hand: str = ""
    refuses: bool = False

    @property
    def said(self) -> tuple[str, str, str]:
        return self.text, self.by_hand, "refuses" if self.refuses else ""


def value_of(sheet: Sheet, entry: Entry, found: Found) -> Value:
    if not is_markable(entry):
        raise Refused("official-line", line=entry.code)
    if found.refuses:
        if not isinstance(sheet.value(entry, sheet.lines[entry.code].claim), NotApplicable):
            raise Refused("only-not-applicable-is-refused", line=entry.code)
        return UNANSWERED
    if found.by_hand:
        return _by_hand(sheet, entry, found.by_hand)
    if not found.text:
        raise Refused("nothing-stated", line=entry.code)
    return read_value(entry, found.text, sheet.form.year)


def _by_hand(sheet: Sheet, entry: Entry, text: str) -> Value:
    """Points that the unit itself proposes are its claim, with its grounds."""
    value = read_by_hand(entry, text, sheet.form.set.decimals)
    claim = sheet.value(entry, sheet.lines[entry.code].claim)
    if isinstance(claim, Stated) and isinstance(claim.answer, Proposed) and not claim.less:
        return claim if claim.answer.points == value.points else value
    return value
