"""The lead evaluator's decisions: release reviewed sheets, conclude what is settled, take back."""

from collections.abc import Callable, Sequence

from flask import Blueprint
from flask import request as asked
from flask.typing import ResponseReturnValue

from evalsvc import request
from evalsvc.domain.access import Role
from evalsvc.domain.errors import NotFound, Refused
from evalsvc.usecases import decide, decisions_seen, explain, review
from evalsvc.usecases.decide import Done, Picked
from evalsvc.usecases.work import Work
from evalsvc.web import decisions as shared
from evalsvc.web.decisions import case_view
from evalsvc.web.refusals import refusal


def add_to(blueprint: Blueprint) -> None:
    at, sheet = "/rounds/<code>/decisions", "/sheets/<int:id>"
    add, post = blueprint.add_url_rule, ["POST"]
    add("/decisions", "decisions", decisions, defaults={"code": ""})
    add(at, "decisions", decisions)
    add(f"{at}/release", "release_all", release_all, methods=post)
    add(f"{at}/conclude", "conclude_all", conclude_all, methods=post)
    add(f"{sheet}/decision", "decision", decision)
    add(f"{sheet}/release", "release", release, methods=post)
    add(f"{sheet}/conclude", "conclude", conclude, methods=post)
    add(f"{sheet}/take-back", "take_back", take_back, methods=post)


def decisions(code: str) -> ResponseReturnValue:
    return _desk(code)


def _desk(code: str, error: str = "") -> tuple[str, int]:
    language = request.spoken()
    with request.reading() as doing:
        if not code and Role.LEAD in doing.actor.roles() and not review.rounds_of(doing):
            return request.page("evaluate/nothing.html")
        desk = decisions_seen.of_lead(doing, code, shared.asked_of())
        until = decisions_seen.contest_until(doing, desk.round)
    return request.page(
        "evaluate/decisions.html",
        422 if error else 200,
        desk=desk,
        ready=[case_view(language, each) for each in desk.ready],
        held_up=[case_view(language, each) for each in desk.held_up],
        ticked=shared.ticked(desk.ready),
        until=until,
        error=error,
    )


def release_all(code: str) -> ResponseReturnValue:
    return _all(code, decide.release_all, _released)


def conclude_all(code: str) -> ResponseReturnValue:
    return _all(code, decide.conclude_all, _concluded)


def _released(number: int, units: str) -> str:
    say = request.spoken().say
    if number == 1:
        return say("1 sheet is released to its unit: {units}.", units=units)
    return say("{number} sheets are released to their units: {units}.", number=number, units=units)


def _concluded(number: int, units: str) -> str:
    say = request.spoken().say
    if number == 1:
        return say("1 sheet is concluded: {units}.", units=units)
    return say("{number} sheets are concluded: {units}.", number=number, units=units)


def _all(
    code: str, deed: Callable[[Work, Sequence[Picked]], Done], said: Callable[[int, str], str]
) -> ResponseReturnValue:
    try:
        done = request.do(_led, code, deed)
    except Refused as refused:
        return _desk(code, refusal(request.spoken(), refused))
    shared.tell(done, said(len(done.done), shared.named_units(done.done)))
    stage, block = asked.args.get("stage"), asked.args.get("block")
    return request.back_to("evaluate.decisions", code=code, stage=stage, block=block)


def _led(doing: Work, code: str, deed: Callable[[Work, Sequence[Picked]], Done]) -> Done:
    if Role.LEAD not in doing.actor.roles():
        raise NotFound("page")
    review.round_of(doing, code)
    return deed(doing, shared.demand_picks())


# One sheet


def decision(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    return _sheet(id)


def _sheet(id_: int, error: str = "") -> tuple[str, int]:
    language = request.spoken()
    with request.reading() as doing:
        review.sheet_of(doing, id_)
        found = decisions_seen.case_of(doing, id_)
        until = decisions_seen.contest_until(doing, found.sheet.round)
    return request.page(
        "evaluate/decision.html",
        422 if error else 200,
        found=found,
        record=found.sheet.record,
        view=case_view(language, found.case),
        until=until,
        error=error,
        reason=asked.form.get("reason", ""),
    )


def release(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    say = request.spoken().say
    return _one(id, lambda doing: explain.release(doing, id), say("The sheet is released."))


def conclude(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    say, link = request.spoken().say, asked.form.get("link", "")
    return _one(id, lambda doing: decide.conclude(doing, id, link), say("The sheet is concluded."))


def take_back(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    say, reason = request.spoken().say, asked.form.get("reason", "")
    said = say("The conclusion is taken back.")
    return _one(id, lambda doing: decide.take_back(doing, id, reason), said)


def _one(id_: int, deed: Callable[[Work], object], said: str) -> ResponseReturnValue:
    try:
        request.do(deed)
    except Refused as refused:
        return _sheet(id_, refusal(request.spoken(), refused))
    request.notice(said)
    return request.back_to("evaluate.decision", id=id_)
