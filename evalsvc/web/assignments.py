"""Who reviews what: the parts of a round, given, handed over and ended; no points are shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Blueprint
from flask import request as asked
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField, StringField, TextAreaField

from evalsvc import request
from evalsvc.domain.access import Actor, Role
from evalsvc.domain.errors import Refused
from evalsvc.usecases import assignments, assignments_seen
from evalsvc.usecases.assignments_seen import MOST_LISTED, Seen
from evalsvc.usecases.work import Work
from evalsvc.web.refusals import refusal
from evalsvc.words.account_roles import role_name, role_over
from evalsvc.words.language import Language, sentence

MOST_ID, MOST_UNITS = 2**31 - 1, 500
FIELD_OF = {
    "no-such-reviewer": "account",
    "assigned-already": "account",
    "seats-of-one-person": "seat",
    "no-such-lines": "lines",
    "no-such-unit": "unit",
    "unit-not-of-round": "unit",
    "reviewer-over-one-thing": "unit",
    "no-such-block": "over",
    "no-such-kind": "over",
}
SEATS = {"1": sentence("first or only seat"), "2": sentence("second seat, marks unseen")}
GIVEN = (Role.EVALUATOR, Role.ANSWERER)


def _assigns(actor: Actor) -> bool:
    return bool(actor.roles() & {Role.LEAD, Role.ADMIN})


blueprint = Blueprint("assignments", __name__, url_prefix="/assignments")
request.guarded(blueprint, _assigns)


class PartForm(Form):
    """Who gets which lines of whom."""

    account = SelectField()
    role = SelectField()
    over = SelectField()
    unit = StringField()
    lines = TextAreaField()
    seat = SelectField()


@dataclass(frozen=True, slots=True)
class PartView:
    """One part as it is listed; `error` stands at what was tried with it."""

    id: int
    who: str
    name: str
    role: str
    over: str
    lines: Sequence[str]
    seat: int
    since: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What was refused on a part: which deed, what was typed, and why."""

    part: int
    deed: str
    reason: str
    said: str


@blueprint.get("/", defaults={"code": ""})
@blueprint.get("/rounds/<code>/")
def parts(code: str) -> ResponseReturnValue:
    return _page(code)


def _page(code: str, refused: Refused | None = None, tried: Tried | None = None) -> tuple[str, int]:
    language = request.spoken()
    with request.reading() as doing:
        if not code and not assignments_seen.rounds_of(doing):
            return request.page("assignments/nothing.html")
        found = assignments_seen.seen(doing, code)
    form = _form(language, found)
    if refused is not None:
        form[FIELD_OF.get(refused.message, "account")].errors = [refusal(language, refused)]
    return request.page(
        "assignments/parts.html",
        422 if refused or tried else 200,
        found=found,
        form=form,
        parts=list(_views(language, found)),
        tried=tried,
        most=MOST_LISTED,
        datalist=found.units if len(found.units) <= MOST_UNITS else [],
    )


def _form(language: Language, found: Seen) -> PartForm:
    say = language.say
    form = PartForm(asked.form)
    form.account.choices = [
        ("", say("Choose an account")),
        *((each.name, f"{each.label} ({each.name})") for each in found.people),
    ]
    form.role.choices = [(role.value, role_name(language, role)) for role in GIVEN]
    form.over.choices = [
        ("", say("All units")),
        *((f"kind:{code}", name) for code, name in found.kinds.items()),
        *((f"block:{each.code}", each.name) for each in found.round.blocks),
    ]
    form.seat.choices = [(seat, say(said)) for seat, said in SEATS.items()]
    for name, label in (
        ("account", say("Account")),
        ("role", say("Role")),
        ("over", say("Over which units")),
        ("unit", say("Code of one unit")),
        ("lines", say("Codes of lines")),
        ("seat", say("Seat")),
    ):
        form[name].label.text = label
    return form


def _views(language: Language, found: Seen) -> Iterator[PartView]:
    blocks = {each.code: each.name for each in found.round.blocks}
    for named in found.named:
        grant = named.grant
        over = blocks.get(grant.block) or found.kinds.get(grant.kind) or named.unit_name
        yield PartView(
            named.id,
            named.label,
            named.name,
            role_name(language, grant.role),
            over or role_over(language, "", grant.kind, grant.block),
            sorted(grant.lines),
            grant.seat,
            language.moment(named.given_at) if named.given_at else "",
        )


@blueprint.post("/rounds/<code>/parts")
def assign(code: str) -> ResponseReturnValue:
    form = PartForm(asked.form)
    try:
        request.do(_assign, code, form)
    except Refused as refused:
        return _page(code, refused)
    request.notice(request.spoken().say("The part is given."))
    return request.back_to("assignments.parts", code=code)


def _assign(doing: Work, code: str, form: PartForm) -> None:
    of = assignments_seen.round_of(doing, code)
    over, unit = form.over.data or "", (form.unit.data or "").strip()
    if over and unit:
        raise Refused("reviewer-over-one-thing")
    role = Role(form.role.data) if form.role.data in list(Role) else Role.EVALUATOR
    lines = frozenset((form.lines.data or "").replace(",", " ").replace(";", " ").split())
    what = lines, 2 if form.seat.data == "2" else 1
    who = form.account.data or "", role
    assignments.assign(doing, of, assignments.part_over(doing, of, who, unit or over, what))


@blueprint.post(f"/rounds/<code>/parts/<int(max={MOST_ID}):part>/hand-over")
def hand_over(code: str, part: int) -> ResponseReturnValue:
    to, reason = asked.form.get("to", ""), asked.form.get("reason", "")
    try:
        request.do(_hand_over, code, part, to, reason)
    except Refused as refused:
        said = refusal(request.spoken(), refused)
        return _page(code, tried=Tried(part, "hand-over", reason, said))
    request.notice(request.spoken().say("The part is handed over; marks already given stay."))
    return request.back_to("assignments.parts", code=code)


def _hand_over(doing: Work, code: str, part: int, to: str, reason: str) -> None:
    assignments.hand_over(doing, assignments_seen.round_of(doing, code), part, to, reason)


@blueprint.post(f"/rounds/<code>/parts/<int(max={MOST_ID}):part>/end")
def end(code: str, part: int) -> ResponseReturnValue:
    reason = asked.form.get("reason", "")
    try:
        request.do(_end, code, part, reason)
    except Refused as refused:
        said = refusal(request.spoken(), refused)
        return _page(code, tried=Tried(part, "end", reason, said))
    request.notice(request.spoken().say("The part is ended; marks already given stay."))
    return request.back_to("assignments.parts", code=code)


def _end(doing: Work, code: str, part: int, reason: str) -> None:
    assignments.end(doing, assignments_seen.round_of(doing, code), part, reason)
