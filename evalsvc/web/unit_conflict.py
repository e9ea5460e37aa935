"""Two versions of one line: what was sent and what stands there, to choose from."""

import secrets
from dataclasses import dataclass

from flask import url_for

from evalsvc.domain.answers import Value
from evalsvc.domain.errors import Refused
from evalsvc.domain.lines import Layer
from evalsvc.domain.readings import read_value
from evalsvc.usecases.own_sheets import Line
from evalsvc.web.answers import AnswerForm, line_id
from evalsvc.web.answers.controls import Filled
from evalsvc.web.unit_lines import KEY_BYTES, Shower


@dataclass(frozen=True, slots=True)
class Version:
    """One of the two: its points, and the answer in words."""

    heading: str
    note: str
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """`fields` are those of the version that was sent, to be sent once more."""

    code: str
    id: str
    heading: str
    mine: Version
    theirs: Version
    fields: tuple[tuple[str, str], ...]
    version: int
    key: str
    who: str
    save_url: str
    group_url: str


def conflict_of(shower: Shower, code: str, form: AnswerForm, note: str, who: str) -> Conflict:
    own, say = shower.own, shower.language.say
    line = own.line(code)
    id_, group = line_id(code), own.group_of(code)
    sent = [(name, value) for name, values in typed_in(form).items() for value in values]
    return Conflict(
        code,
        id_,
        say(
            "Line {line} has been changed meanwhile. Both versions are here; choose one.", line=code
        ),
        _mine(shower, line, form, note),
        _theirs(shower, line, who),
        (*sent, ("note", note)),
        line.record.version,
        secrets.token_hex(KEY_BYTES),
        who,
        url_for("unit.save", id=own.record.id, code=code),
        url_for("unit.group", id=own.record.id, code=group, _anchor=id_),
    )


def typed_in(form: AnswerForm) -> Filled:
    return {
        name: field.data
        for name, field in form._fields.items()
        if any(field.data) and not field.control.fixed
    }


def as_typed(form: AnswerForm) -> str:
    return "; ".join(", ".join(values) for values in typed_in(form).values())


def _mine(shower: Shower, line: Line, form: AnswerForm, note: str) -> Version:
    say, text = shower.language.say, form.text()
    heading, when = say("Your version"), say("(not saved)")
    try:
        value = read_value(line.entry, text, shower.year) if text else None
    except Refused:
        return Version(heading, when, "–", _with_note(shower, as_typed(form), note))
    return _version(shower, line, (heading, when), value, note)


def _theirs(shower: Shower, line: Line, who: str) -> Version:
    say, record = shower.language.say, line.record
    time = shower.language.moment(record.saved_at) if record.saved_at else "–"
    head = say("The version that is saved"), say("({time}, {who})", time=time, who=who or "–")
    if record.draft is not None:
        typed = "; ".join(", ".join(values) for values in record.draft.values())
        return Version(*head, "–", _with_note(shower, typed, record.note))
    return _version(
        shower, line, head, shower.own.sheet.value(line.entry, record.claim), record.note
    )


def _version(
    shower: Shower, line: Line, head: tuple[str, str], value: Value | None, note: str
) -> Version:
    if value is None:
        return Version(*head, "–", _with_note(shower, shower.language.say("Left empty"), note))
    score = shower.own.sheet.line_score(line.entry, value, Layer.CLAIMED)
    points = shower.language.points(score.points, shower.decimals)
    return Version(*head, points, _with_note(shower, shower.text(score), note))


def _with_note(shower: Shower, text: str, note: str) -> str:
    if not note:
        return text
    said = shower.language.say("Note: {note}", note=note)
    return f"{text}. {said}"
