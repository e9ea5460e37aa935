"""Forms of the scales that measure: shares, numbers, surveys, official results."""

from evalsvc.domain.points import NumberField
from evalsvc.domain.readings import survey_ends
from evalsvc.domain.scales import Asks, Imported, Ratio, Survey, Tiers
from evalsvc.domain.scales.measure import TOP_PER_CENT
from evalsvc.web.answers.controls import (
    Asking,
    Control,
    Filled,
    Said,
    Shape,
    Typed,
    day,
    number,
    of_regulation,
    one,
    shortest,
    token,
)
from evalsvc.words.amounts import capital
from evalsvc.words.language import Language

DONE, DUE, SHARE = "done", "due", "share"
VALUE, REPLIES = "value", "replies"
DOCUMENT, DAY, YEAR = "document", "day", "year"


def tiers(language: Language, scale: Tiers) -> Asking:
    return _share(language, scale) if scale.of_share else _number(language, scale)


def _number(language: Language, scale: Tiers) -> Asking:
    asks = scale.asks
    label = of_regulation(asks.done) if asks.done else Said(language.say("Number"))
    control = number(VALUE, label, of_regulation(asks.noun))
    field = NumberField(whole=scale.whole)
    return Asking(
        ((control,),),
        lambda typed: token(typed, VALUE),
        lambda text: {VALUE: [shortest(language, text, field)]},
    )


def _share(language: Language, scale: Tiers) -> Asking:
    """Two numbers, or the per cent where nobody has the numbers."""
    asks, field = scale.asks, NumberField(None if scale.may_exceed else TOP_PER_CENT)
    share = number(
        SHARE,
        Said(language.say("Per cent")),
        Said("%"),
        hint=language.say("Only where the two numbers are not known."),
        unless=DONE,
    )
    row = (_done(language, asks, unless=SHARE), _due(language, asks, unless=SHARE), share)
    return Asking((row,), _share_text, lambda text: _share_typed(language, text, field))


def _done(language: Language, asks: Asks, unless: str = "") -> Control:
    label = capital(asks.done or language.say("how many were done"))
    return number(DONE, Said(label, own=not asks.done), of_regulation(asks.noun), unless=unless)


def _due(language: Language, asks: Asks, unless: str = "", default: str = "") -> Control:
    label = Said(capital(asks.due or language.say("how many were due")), own=not asks.due)
    unit = of_regulation(asks.noun)
    return number(DUE, label, unit, unless=unless, default=default)


def _share_text(typed: Typed) -> str:
    share = one(typed, SHARE).rstrip("% ")
    if not one(typed, DONE) and not one(typed, DUE):
        return share
    part = f"{token(typed, DONE)}/{token(typed, DUE)}"
    return f"{part}; {share}" if share else part


def _share_typed(language: Language, text: str, field: NumberField) -> Filled:
    return part_typed(text) if "/" in text else {SHARE: [shortest(language, text, field)]}


def part_typed(text: str) -> Filled:
    done, _, due = text.partition("/")
    return {DONE: [done], DUE: [due]}


def ratio(language: Language, scale: Ratio) -> Asking:
    usual = "" if scale.due is None else str(scale.due)
    due = _due(language, scale.asks, default=usual)
    if scale.due is not None and not scale.due_may_change:
        due = Control(DUE, Shape.NUMBER, due.label, unit=due.unit, default=usual, fixed=True)
    row = (_done(language, scale.asks), due)

    def text(typed: Typed) -> str:
        stated = usual if due.fixed and not one(typed, DUE) else token(typed, DUE)
        return f"{token(typed, DONE)}/{stated}"

    return Asking((row,), text, part_typed)


def survey(language: Language, scale: Survey) -> Asking:
    low, high = survey_ends(scale)
    hint = language.say("From {low} to {high}", low=low, high=high)
    row = (
        number(VALUE, Said(language.say("Survey result")), hint=hint),
        number(REPLIES, Said(language.say("Number of replies"))),
    )
    return Asking(
        (row,),
        lambda typed: f"{token(typed, VALUE)}; {token(typed, REPLIES)}",
        lambda text: _parts(language, text, (VALUE, REPLIES), NumberField(places=2)),
    )


def imported(language: Language, scale: Imported) -> Asking:
    """The year is that of the round: it is shown, and read from the field when it comes back."""
    hint = language.say("From {low} to {high}", low=0, high=scale.out_of)
    written = language.say("Write day/month/year.")
    rows = (
        (
            number(VALUE, of_regulation(scale.what), hint=hint),
            Control(YEAR, Shape.NUMBER, Said(language.say("Result of the year")), fixed=True),
        ),
        (
            Control(DOCUMENT, Shape.SHORT, Said(language.say("Document number"))),
            Control(DAY, Shape.DAY, Said(language.say("Date of the document")), hint=written),
        ),
    )
    names = (VALUE, DOCUMENT, DAY, YEAR)
    field = NumberField(scale.out_of)
    return Asking(rows, _imported_text, lambda text: _parts(language, text, names, field))


def _imported_text(typed: Typed) -> str:
    # A document may be named with its parts; a comma says the same and does not part the text.
    document = one(typed, DOCUMENT).replace(";", ",").replace("\r", "").replace("\n", " ")
    return "; ".join([token(typed, VALUE), document, day(typed, DAY), token(typed, YEAR)])


def _parts(language: Language, text: str, names: tuple[str, ...], field: NumberField) -> Filled:
    said = [part.strip() for part in text.split(";", len(names) - 1)]
    said[0] = shortest(language, said[0], field)
    return {name: [part] for name, part in zip(names, said, strict=True)}
