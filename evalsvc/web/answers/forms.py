"""The form of one line: a class for each line, an instance for what stands in its fields."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, ClassVar

from wtforms import Field, Form

from evalsvc.domain.answers import Value
from evalsvc.domain.errors import Refused
from evalsvc.domain.forms import Entry
from evalsvc.domain.scales import Imported, Judged
from evalsvc.web.answers.controls import Control, Filled, Shape
from evalsvc.web.answers.faults import TOO_LONG, Fault, fault_of, field_of
from evalsvc.web.answers.judgement import Bands
from evalsvc.web.answers.measure import YEAR
from evalsvc.web.answers.plans import Line, Plan, plan
from evalsvc.words.language import Language, language

MOST_BYTES, MOST_LETTERS = 8000, 4000
MOST_FORMS = 2048
USUAL_DECIMALS = 2
NO_BANDS: Bands = {}


class AnswerField(Field):
    """What was typed into one control, as it was typed; several values only where one ticks."""

    data: list[str]

    def __init__(self, control: Control, number: int, **more: Any) -> None:
        super().__init__(label=control.label.text, **more)
        self.control = control
        self.number = number
        self.fault: Fault | None = None

    @property
    def value(self) -> str:
        return self.data[0] if self.data else ""

    def process_data(self, value: Sequence[str] | None) -> None:
        self.data = list(value or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist if self.control.shape is Shape.TICKS else valuelist[:1]


class AnswerForm(Form):
    """Knows the shape of an answer and nothing of its meaning: that is `readings.read_value`."""

    plan: ClassVar[Plan]
    _fields: dict[str, AnswerField]

    def __init__(self, formdata: Any = None, **more: Any) -> None:
        super().__init__(formdata, **more)
        self.faults: list[Fault] = []

    @classmethod
    def filled(
        cls, value: Value | None, draft: Mapping[str, Sequence[str]] | None, year: int
    ) -> "AnswerForm":
        """The form as it shows a value; what was typed and could not be read goes before it."""
        typed = draft or cls.plan.typed(value)
        return cls(data={**_defaults(cls.plan, year), **typed})

    @property
    def legend(self) -> str:
        return self.plan.language.say("Answer to {code}", code=self.plan.line.code)

    @property
    def has_by_hand(self) -> bool:
        return self.plan.line.by_hand

    @property
    def can_be_not_applicable(self) -> bool:
        return bool(self.plan.line.reasons)

    @property
    def typed(self) -> Filled:
        return {name: field.data for name, field in self._fields.items()}

    def text(self) -> str:
        """The text for `read_value`; empty when nothing was filled in."""
        return self.plan.text(self.typed)

    def by_hand_text(self) -> str:
        """The text for `read_by_hand`; empty when no points were set."""
        return self.plan.by_hand_text(self.typed)

    def mark(self, refused: Refused) -> None:
        """Puts what is wrong where it is seen."""
        fault = fault_of(self.plan, self.typed, refused)
        self.faults.append(fault)
        self._fields[fault.field].fault = fault

    def field_of(self, refused: Refused) -> str:
        return field_of(self.plan, self.typed, refused)


def answer_form(
    entry: Entry, language: Language, *, by_hand: bool = False, bands: Bands = NO_BANDS
) -> type[AnswerForm]:
    """The class for a line. `bands` are those of the set below, best first, with their names."""
    criterion = entry.criterion
    by_hand = by_hand and (criterion.points_by_hand or isinstance(entry.scale, Judged))
    line = Line(
        entry.code,
        entry.scale,
        criterion.less,
        criterion.reasons,
        _decimals(entry),
        by_hand,
        tuple(bands.items()),
    )
    return _form_of(line, language.code)


def raw(form: AnswerForm) -> Filled:
    """What was typed, to be kept until it can be read; raises Refused when it is too long."""
    typed = {
        name: field.data
        for name, field in form._fields.items()
        if any(field.data) and not field.control.fixed
    }
    text = "".join(value for values in typed.values() for value in values)
    if len(text) > MOST_LETTERS or len(text.encode()) > MOST_BYTES:
        raise Refused(TOO_LONG, most=MOST_LETTERS)
    return typed


def line_id(code: str) -> str:
    """The code of a line as the beginning of ids: no full stops, and never two hyphens."""
    return code.replace("_", "__").replace("-", "_").replace(".", "-")


def element_id(line_id: str, number: int) -> str:
    return f"{line_id}--{number}"


@lru_cache(maxsize=MOST_FORMS)
def _form_of(line: Line, code: str) -> type[AnswerForm]:
    made = plan(language(code), line)
    fields = {
        control.name: AnswerField(control, number) for number, control in enumerate(made.controls())
    }
    return type("LineForm", (AnswerForm,), {"plan": made, **fields})


def _decimals(entry: Entry) -> int:
    """Those of the set, which the most of a line is rounded to."""
    exponent = None if entry.most is None else entry.most.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else USUAL_DECIMALS


def _defaults(made: Plan, year: int) -> Filled:
    found = {each.name: [each.default] for each in made.controls() if each.default}
    if isinstance(made.line.scale, Imported):
        found[YEAR] = [str(year - made.line.scale.year_before)]
    return found
