"""Where on a form a refused answer is wrong, in words for the person who filled it in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evalsvc.domain.dates import read_typed_day, with_slashes
from evalsvc.domain.errors import Refused
from evalsvc.web.answers.choice import ANSWER
from evalsvc.web.answers.controls import Control, Shape, Typed, closed, one
from evalsvc.web.answers.judgement import GROUNDS
from evalsvc.web.answers.measure import DONE, DUE, YEAR
from evalsvc.web.answers.plans import BY_HAND, REASON, Plan
from evalsvc.web.refusals import refusal

TOO_LONG, DAY_TO_COME = "text-too-long", "day-to-come"
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "more-than-due": (DONE,),
    "due-is-zero": (DUE,),
    "due-is-fixed": (DUE,),
    "grounds-missing": (GROUNDS,),
    "points-off-the-step": (ANSWER,),
    "result-of-another-year": (YEAR,),
    "no-such-reason": (REASON,),
    TOO_LONG: (GROUNDS,),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the field, the sentence, the number of the field on the form."""

    field: str
    text: str
    number: int


def fault_of(plan: Plan, typed: Typed, refused: Refused) -> Fault:
    """Says first what the form alone can see; the domain only sees one text."""
    controls = plan.controls()
    found = None
    if refused.message != TOO_LONG and not plan.by_hand_text(typed) and not one(typed, REASON):
        found = _rivals(plan, typed) or _gap(plan, typed)
    field, text = found or (field_of(plan, typed, refused), _said(plan, refused))
    names = [control.name for control in controls]
    return Fault(field, text, names.index(field))


def field_of(plan: Plan, typed: Typed, refused: Refused) -> str:
    """By message, else the field in which the refused text stands, else the first one."""
    names = [control.name for control in plan.controls()]
    if plan.by_hand_text(typed):
        return BY_HAND
    known = (name for name in _FIELDS.get(refused.message, ()) if name in names)
    text = str(refused.facts.get("text", ""))
    if refused.message == DAY_TO_COME:
        text = next((said for said in _days(plan, typed) if _is_day(said, refused)), "")
    same = (name for name in names if text and _stands_in(typed.get(name, ()), text))
    return next(known, None) or next(same, None) or names[0]


def _days(plan: Plan, typed: Typed) -> list[str]:
    days = [each.name for each in plan.controls() if each.shape is Shape.DAY]
    return [one(typed, name) for name in days]


def _is_day(said: str, refused: Refused) -> bool:
    """However it was written: the fault names a day, not a text."""
    try:
        return read_typed_day(said) == refused.facts["day"]
    except Refused:
        return False


def _stands_in(values: Iterable[str], text: str) -> bool:
    ways = (str.strip, closed, with_slashes)
    return text.strip() in {way(value) for value in values for way in ways}


def _said(plan: Plan, refused: Refused) -> str:
    return refusal(plan.language, refused)


def _rivals(plan: Plan, typed: Typed) -> tuple[str, str] | None:
    """Two fields that are both filled although one takes the place of the other."""
    controls = {control.name: control for control in plan.answer_controls()}
    for control in controls.values():
        other = controls.get(control.unless)
        if other and control.says_something(typed) and other.says_something(typed):
            said = plan.language.say(
                "Only one of the two can be: “{one}” or “{other}”.",
                one=control.label.text,
                other=other.label.text,
            )
            return other.name, said
    return None


def _gap(plan: Plan, typed: Typed) -> tuple[str, str] | None:
    """A field that was left empty while others were filled."""
    for control in plan.answer_controls():
        if control.fixed or one(typed, control.name) or one(typed, control.unless):
            continue
        return control.name, _empty(plan, control)
    return None


def _empty(plan: Plan, control: Control) -> str:
    name = control.label.text
    if control.counts:
        return plan.language.say(
            "“{field}” is still empty. Write 0 where there is none.", field=name
        )
    return plan.language.say("“{field}” is still empty.", field=name)
