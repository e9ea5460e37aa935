"""One released line with its form: what an answer to an explanation and a correction share."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from flask import request as asked

from evalsvc import request
from evalsvc.domain.answers import Value
from evalsvc.domain.errors import Refused
from evalsvc.domain.lines import Layer, line_score, settled
from evalsvc.usecases.explanations_seen import Contested
from evalsvc.usecases.found import Found
from evalsvc.usecases.official_results import bands_below, names_in
from evalsvc.usecases.work import Work
from evalsvc.web.answers import AnswerForm, answer_form, element_id, line_id
from evalsvc.web.refusals import refusal
from evalsvc.words.language import Language
from evalsvc.words.reckonings import reckoning
from evalsvc.words.rules import line_rule

KEY_BYTES = 8
REASONS = frozenset({"reason-missing", "reason-too-long"})


@dataclass(frozen=True, slots=True)
class ValueView:
    """What stands on a line in a layer, in words and points."""

    said: str
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class RulingView:
    """A contested line, ready to be shown; `errors` are (id of the field, what is wrong)."""

    of: Contested
    rule: str
    claimed: ValueView
    now: ValueView
    wanted: ValueView | None
    marks: Sequence[tuple[str, str, ValueView, str]]
    decimals: int
    form: AnswerForm | None = None
    key: str = ""
    why: str = ""
    why_error: str = ""
    errors: tuple[tuple[str, str], ...] = ()

    @property
    def dom(self) -> str:
        return f"line-{line_id(self.of.entry.code)}"

    @property
    def summary(self) -> list[tuple[str, str]]:
        return [(f"#{place}" if place else "", text) for place, text in self.errors]


def view(language: Language, doing: Work, of: Contested) -> RulingView:
    names = names_in(doing, of.sheet.round)
    decimals = of.sheet.form.set.decimals
    wanted = of.wanted
    return RulingView(
        of,
        line_rule(language, of.entry, decimals, names),
        value_view(language, of, of.claim, Layer.CLAIMED, names),
        value_view(language, of, of.now, Layer.FINAL, names),
        None if wanted is None else value_view(language, of, wanted, Layer.FINAL, names),
        [
            (
                each.who,
                language.moment(each.at),
                value_view(
                    language, of, of.sheet.mark(of.entry, each.value), Layer.REVIEWED, names
                ),
                each.reason,
            )
            for each in of.marks
        ],
        decimals,
    )


def value_view(
    language: Language, of: Contested, value: Value | None, layer: Layer, names: Mapping[str, str]
) -> ValueView:
    decimals = of.sheet.form.set.decimals
    score = line_score(of.entry, settled(of.entry, value, layer), decimals)
    return ValueView(reckoning(language, score, decimals, names), score.points)


def form_class(language: Language, doing: Work, of: Contested) -> type[AnswerForm]:
    bands = bands_below(doing, of.sheet.round, of.entry)
    return answer_form(of.entry, language, by_hand=True, bands=bands)


def opened(language: Language, doing: Work, of: Contested, *, typed: bool = False) -> RulingView:
    """With its form: filled with what the unit asks for, else with what counts; or as typed."""
    made = form_class(language, doing, of)
    first = of.now if of.wanted is None else of.wanted
    form = made(asked.form) if typed else made.filled(first, None, of.sheet.form.year)
    why = asked.form.get("why", "") if typed else ""
    return replace(view(language, doing, of), form=form, key=secrets.token_hex(KEY_BYTES), why=why)


def found_of(form: AnswerForm) -> Found:
    if by_hand := form.by_hand_text():
        return Found(by_hand=by_hand)
    return Found(form.text())


def refused(shown: RulingView, error: Refused) -> RulingView:
    """The fault at its field, and in the summary with a link there."""
    said = refusal(request.spoken(), error)
    if error.message in REASONS:
        return replace(shown, why_error=said, errors=((f"{shown.dom}-why", said),))
    known = "line" not in error.facts and error.message != "answer-below-review"
    if shown.form is None or not known:
        return replace(shown, errors=(("", said),))
    shown.form.mark(error)
    at = line_id(shown.of.entry.code)
    errors = tuple(
        (element_id(f"{shown.dom}-{at}", fault.number), fault.text) for fault in shown.form.faults
    )
    return replace(shown, errors=errors)
