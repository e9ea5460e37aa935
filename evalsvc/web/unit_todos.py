"""What a unit has to do next with its sheet, in the order of doing it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import url_for
from markupsafe import Markup

from evalsvc.domain.course import Status
from evalsvc.domain.forms import Entry
from evalsvc.domain.line_course import Step
from evalsvc.usecases import assess
from evalsvc.usecases.own_explanations import Explained, Heard
from evalsvc.usecases.own_sheets import Line, Own
from evalsvc.web.answers import line_id
from evalsvc.web.unit_lines import Shower
from evalsvc.words.amounts import criteria
from evalsvc.words.language import Language


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do; without an address it is not open yet. `kind` and `icon` as in `st`."""

    title: str
    url: str
    text: str
    kind: str
    icon: str
    status: str


def todos(language: Language, found: Explained) -> Iterator[Todo]:
    own = found.own
    if own.is_open:
        yield from _filling(language, own)
    elif own.record.status is Status.SUBMITTED:
        yield from (_returned(language, own, line) for line in own.returned())
    elif own.record.status is Status.RELEASED:
        yield from _explaining(language, found)


def _filling(language: Language, own: Own) -> Iterator[Todo]:
    """Put right, fill in, hand in."""
    lines = [line for group in own.groups() for line in group.lines]
    faulty = [line for line in lines if line.square == "error"]
    empty = [line for line in lines if line.square == "empty"]
    bare = [gap.entry for gap in assess.gaps_of(own.sheet) if gap.undocumented]
    yield from (_fault(language, own, line) for line in faulty)
    if empty:
        yield _empty(language, own, empty)
    yield from (_bare(language, own, entry) for entry in bare)
    yield _hand_in(language, own, ready=not (faulty or bare))


def _fault(language: Language, own: Own, line: Line) -> Todo:
    code = line.entry.code
    faults = Shower(language, own).form(line, None).faults
    text = " ".join(fault.text for fault in faults)
    title = language.say("Put {line} right", line=code)
    return Todo(title, line_url(own, code), text, "err", "alert", language.say("1 fault"))


def _empty(language: Language, own: Own, lines: Sequence[Line]) -> Todo:
    number = len(lines)
    most = sum((line.entry.most or Decimal(0) for line in lines if line.entry.on_scale), Decimal(0))
    codes = Markup(", ").join(
        Markup('<a href="{}">{}</a>').format(line_url(own, line.entry.code), line.entry.code)
        for line in lines
    )
    said = language.say("Together at most {most} points.", most=language.points(most))
    todo = language.say("Fill in {number} criteria that are still empty", number=number)
    return Todo(
        language.say("Fill in 1 criterion that is still empty") if number == 1 else todo,
        line_url(own, lines[0].entry.code),
        Markup("{}. {}").format(codes, said),
        "",
        "empty",
        criteria(language, number),
    )


def _bare(language: Language, own: Own, entry: Entry) -> Todo:
    title = language.say(
        "Show a document for {line}, or explain why there is none", line=entry.code
    )
    text, status = entry.criterion.name, language.say("No evidence and no note")
    return Todo(title, line_url(own, entry.code), text, "err", "alert", status)


def _hand_in(language: Language, own: Own, *, ready: bool) -> Todo:
    url = url_for("unit.submit", id=own.record.id)
    if own.may_submit:
        title = language.say("Look over the sheet and hand it in")
    else:
        title = language.say("Ask the head of the unit to hand in the sheet")
    if not ready:
        text = language.say("Opens when every fault is put right.")
        return Todo(title, "", text, "", "lock", language.say("Not open yet"))
    text = language.say("What is still empty is listed once more before handing in.")
    return Todo(title, url, text, "", "check", language.say("Last step"))


def _returned(language: Language, own: Own, line: Line) -> Todo:
    code, until = line.entry.code, line.record.returned_until
    return Todo(
        language.say("Put {line} right and send it again", line=code),
        line_url(own, code),
        line.record.returned_because,
        "err",
        "return",
        language.say("until {until}", until=until),
    )


def _explaining(language: Language, found: Explained) -> Iterator[Todo]:
    """What waits for the unit, then what waits for its reviewers."""
    ready = [each for each in found.asking if each.draft is not None]
    if ready and found.may_send:
        title = language.say("Send the explanations that are written")
        yield _of_lines(language, found, title, ready)
    if found.asking:
        title = language.say("Look at the lines that were changed: agree or explain")
        yield _of_lines(language, found, title, found.asking)
    if contested := found.at(Step.CONTESTED):
        title = language.say("Explanations that wait for an answer")
        yield Todo(title, "", _codes(contested), "wait", "clock", _number(language, contested))


def _of_lines(language: Language, found: Explained, title: str, lines: Sequence[Heard]) -> Todo:
    url = url_for("unit.explanations", id=found.own.record.id)
    until = min(each.until for each in lines)
    text = f"{_codes(lines)}. {language.say('The first of them until {until}.', until=until)}"
    return Todo(title, url, text, "wait", "clock", _number(language, lines))


def _codes(lines: Sequence[Heard]) -> str:
    return ", ".join(each.line.entry.code for each in lines)


def _number(language: Language, lines: Sequence[Heard]) -> str:
    return criteria(language, len(lines))


def line_url(own: Own, code: str) -> str:
    return url_for("unit.group", id=own.record.id, code=own.group_of(code), _anchor=line_id(code))
