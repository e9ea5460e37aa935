"""Forms of the scales that count events, and of what is taken off a line."""

from evalsvc.domain.dates import Due
from evalsvc.domain.scales import Asks, Lateness, Sort
from evalsvc.domain.scales.text import NOT_SENT, by_code
from evalsvc.web.answers.controls import (
    NOTHING,
    TICKED,
    Asking,
    Control,
    Filled,
    Said,
    Shape,
    Typed,
    day,
    of_regulation,
    one,
    token,
)
from evalsvc.words.amounts import capital
from evalsvc.words.language import Language

TIMES, LESS = "times", "less"
SENT, UNSENT = "sent", "unsent"


def times(language: Language, sorts: tuple[Sort, ...], asks: Asks, prefix: str = TIMES) -> Asking:
    """So many of each sort; 0 must be written."""
    fields = {sort.code: f"{prefix}-{sort.code}" for sort in sorts}
    row = tuple(
        Control(
            fields[sort.code],
            Shape.NUMBER,
            _label(language, sort, asks),
            unit=of_regulation(asks.noun),
            counts=True,
        )
        for sort in sorts
    )
    return Asking(
        (row,),
        lambda typed: _times_text(typed, fields),
        lambda text: _times_typed(text, fields),
    )


def _label(language: Language, sort: Sort, asks: Asks) -> Said:
    """A name that is only the noun stands behind the number anyway."""
    if sort.name.casefold() in ("", asks.noun.casefold()):
        return Said(language.say("How many"))
    return of_regulation(sort.name)


def _times_text(typed: Typed, fields: dict[str, str]) -> str:
    said = {code: token(typed, name) for code, name in fields.items()}
    if set(said.values()) == {"0"}:
        return "0"
    return with_codes(said)


def with_codes(said: dict[str, str]) -> str:
    """`cap-tinh 3; tw 1`; where there is one code it is left out."""
    if len(said) == 1:
        return next(iter(said.values()))
    return "; ".join(f"{code} {value}" for code, value in said.items())


def _times_typed(text: str, fields: dict[str, str]) -> Filled:
    if text == "0":
        return {name: ["0"] for name in fields.values()}
    said = by_code(text, tuple(fields))
    return {fields[code]: [value] for code, value in said.items()}


def lateness(language: Language, scale: Lateness) -> Asking:
    codes = tuple(due.code for due in scale.dues)
    return Asking(
        tuple(_sent_row(language, scale, due) for due in scale.dues),
        lambda typed: with_codes({code: _sent_text(typed, code) for code in codes}),
        lambda text: _sent_typed(text, codes),
    )


def _sent_row(language: Language, scale: Lateness, due: Due) -> tuple[Control, Control]:
    label = of_regulation(due.name) if due.name else Said(language.say("Day sent"))
    last = due.last_day(scale.year)
    hint = language.say("Due by {day}. Write day/month/year.", day=last)
    unsent = Said(capital(language.say("not sent")))
    of = of_regulation(due.name) if len(scale.dues) > 1 else NOTHING
    day_name, unsent_name = f"{SENT}-{due.code}", f"{UNSENT}-{due.code}"
    return (
        Control(day_name, Shape.DAY, label, hint=hint, unless=unsent_name),
        Control(unsent_name, Shape.TICK, unsent, of=of, unless=day_name),
    )


def _sent_text(typed: Typed, code: str) -> str:
    unsent = NOT_SENT if one(typed, f"{UNSENT}-{code}") else ""
    return f"{day(typed, f'{SENT}-{code}')} {unsent}".strip()


def _sent_typed(text: str, codes: tuple[str, ...]) -> Filled:
    said = by_code(text, codes)
    return {
        f"{UNSENT}-{code}" if value == NOT_SENT else f"{SENT}-{code}": [
            TICKED if value == NOT_SENT else value
        ]
        for code, value in said.items()
    }
